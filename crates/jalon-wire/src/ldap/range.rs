//! Attributes that come in parts: Active Directory gives the first 1,500 values as
//! `member;range=0-1499` and the others to whoever asks for `member;range=1500-*` (MS-ADTS
//! 3.1.1.3.1.3.3). Here they are put together under the plain name.

use super::{Client, LdapError, decode::Decoded};

/// What of an attribute has not come yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// The attribute without its range.
    name: String,
    /// The place of the next value.
    from: u64,
}

impl Rest {
    /// The plain name of a description with a range, and what is missing; `None` when it has no
    /// range. As everywhere that Active Directory says it, the range is the last option.
    pub(super) fn of(description: &str) -> Option<(&str, Option<Self>)> {
        let (name, option) = description.rsplit_once(';')?;
        let (key, range) = option.split_once('=')?;
        let (_, last) = range.split_once('-').filter(|_| key.eq_ignore_ascii_case("range"))?;
        let rest = last.parse::<u64>().ok().map(|last| Self {
            name: name.to_owned(),
            from: last.saturating_add(1),
        });
        Some((name, rest))
    }

    fn description(&self) -> String {
        format!("{};range={}-*", self.name, self.from)
    }
}

/// Fetches what is missing of an entry, part after part.
pub(super) async fn complete(client: &mut Client, decoded: &mut Decoded) -> Result<(), LdapError> {
    while let Some(rest) = decoded.rests.pop() {
        let Some(part) = client.part(&decoded.entry.dn, rest.description()).await? else {
            // The object has gone in the meantime; what came of it is as good as any other answer.
            return Ok(());
        };
        let before = decoded.entry.attributes.view().len();
        for (name, value) in part.entry.attributes.iter() {
            decoded.entry.attributes.push(name, value.bytes);
        }
        let has_grown = decoded.entry.attributes.view().len() > before;
        decoded
            .rests
            .extend(part.rests.into_iter().filter(|it| has_grown && it.from > rest.from));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(description: &str, expected: Option<(&str, Option<&str>)>) {
        let found = Rest::of(description);
        let found = found
            .as_ref()
            .map(|(name, rest)| (*name, rest.as_ref().map(Rest::description)));
        let expected = expected.map(|(name, rest)| (name, rest.map(str::to_owned)));
        assert_eq!(found, expected, "{description}");
    }

    #[test]
    fn a_range_says_where_to_go_on() {
        check("member;range=0-1499", Some(("member", Some("member;range=1500-*"))));
        check("member;Range=1500-2999", Some(("member", Some("member;range=3000-*"))));
        check("member;range=3000-*", Some(("member", None)));
        check("a;binary;range=0-9", Some(("a;binary", Some("a;binary;range=10-*"))));
    }

    #[test]
    fn other_options_are_no_range() {
        check("member", None);
        check("userCertificate;binary", None);
        check("cn;lang-fr", None);
        check("cn;range=", None);
    }
}
