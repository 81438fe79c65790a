//! The quick look: values that are plainly sound, as nearly all are, are told in one pass over their bytes, without
//! memory of their own. Whatever is not plainly sound goes to `rules`, which says what is wrong with it, if anything.

use super::{
    address::{is_atom_byte, is_domain},
    charset::Charset,
    names::Name,
    object::Kind,
    rules::{Domains, PARTS, longest_account},
};

/// What a byte may be part of.
const ATOM: u8 = 1;
const PRINCIPAL: u8 = 2;
const NICKNAME: u8 = 4;
const ACCOUNT: u8 = 8;
const X400: u8 = 16;

/// For each byte, what it may be part of. Bytes beyond ASCII are part of nothing here: `rules` looks at them.
const PARTS_OF: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        let is_atom = is_atom_byte(byte);
        let mut parts = 0;
        if is_atom {
            parts |= ATOM;
        }
        if is_atom && !is_among(byte, Charset::PRINCIPAL) {
            parts |= PRINCIPAL;
        }
        if !is_among(byte, Charset::NICKNAME) {
            parts |= NICKNAME;
        }
        if !is_among(byte, Charset::ACCOUNT) {
            parts |= ACCOUNT;
        }
        // Single spaces are usual in these, and a second colon is not.
        if byte == b' ' || (byte != b':' && !is_among(byte, Charset::X400)) {
            parts |= X400;
        }
        table[byte as usize] = parts;
        byte += 1;
    }
    table
};

const fn is_among(byte: u8, charset: Charset) -> bool {
    let characters = charset.characters().as_bytes();
    let mut at = 0;
    while at < characters.len() {
        if characters[at] == byte {
            return true;
        }
        at += 1;
    }
    // White space and control characters, whatever the set says of them.
    byte <= b' ' || byte == 127
}

/// Domains that were found sound: a directory has few of them.
#[derive(Default)]
pub(super) struct Known {
    mail: Vec<Vec<u8>>,
    principal: Vec<Vec<u8>>,
}

/// How many domains are remembered.
const REMEMBERED: usize = 8;

impl Known {
    /// Whether the value is plainly sound.
    pub(super) fn is_sound(&mut self, name: Name, value: &[u8], kind: Kind, domains: Domains<'_>) -> bool {
        match name {
            Name::DisplayName => value.len() <= 255 && has_plain_edges(value),
            Name::GivenName => value.len() <= 63 && has_plain_edges(value),
            Name::Mail => value.len() <= 256 && self.is_address(value, ATOM, domains),
            Name::MailNickname => value.len() <= 64 && consists_of(value, NICKNAME) && has_no_edge_dot(value),
            Name::ProxyAddresses => value.len() <= 256 && (self.is_smtp(value, domains) || is_x500(value)),
            Name::AccountName => value.len() <= longest_account(kind) && consists_of(value, ACCOUNT),
            Name::TargetAddress => value.len() <= 255 && self.is_smtp(value, domains),
            Name::PrincipalName => value.len() <= 113 && self.is_principal(value, domains),
            _ => true,
        }
    }

    fn is_smtp(&mut self, value: &[u8], domains: Domains<'_>) -> bool {
        let Some((prefix, address)) = value.split_at_checked(5) else {
            return false;
        };
        prefix.eq_ignore_ascii_case(b"smtp:") && self.is_address(address, ATOM, domains)
    }

    fn is_principal(&mut self, value: &[u8], domains: Domains<'_>) -> bool {
        let Some(at) = memchr::memrchr(b'@', value) else {
            return false;
        };
        at <= PARTS.0 && value.len() - at - 1 <= PARTS.1 && self.is_address(value, PRINCIPAL, domains)
    }

    fn is_address(&mut self, value: &[u8], part: u8, domains: Domains<'_>) -> bool {
        let Some(at) = memchr::memchr(b'@', value) else {
            return false;
        };
        let (local, domain) = (&value[..at], &value[at + 1..]);
        is_local(local, part) && self.is_known(domain, part, domains)
    }

    fn is_known(&mut self, domain: &[u8], part: u8, domains: Domains<'_>) -> bool {
        let known = if part == PRINCIPAL {
            &mut self.principal
        } else {
            &mut self.mail
        };
        if known.iter().any(|it| it == domain) {
            return true;
        }
        let is_sound = is_sound_domain(domain, part, domains);
        if is_sound && known.len() < REMEMBERED {
            known.push(domain.to_owned());
        }
        is_sound
    }
}

fn is_sound_domain(domain: &[u8], part: u8, domains: Domains<'_>) -> bool {
    let Ok(domain) = std::str::from_utf8(domain) else {
        return false;
    };
    let tld = domain.rsplit('.').next().unwrap_or_default();
    let is_verified = || {
        domains
            .verified
            .is_none_or(|it| it.contains(&domain.to_ascii_lowercase()))
    };
    domain.is_ascii() && is_domain(domain) && domains.tlds.has(tld) && (part != PRINCIPAL || is_verified())
}

/// What Exchange writes for every mailbox that was moved.
fn is_x500(value: &[u8]) -> bool {
    let (prefix, rest) = value.split_at(value.len().min(5));
    prefix.eq_ignore_ascii_case(b"x500:") && consists_of(rest, X400)
}

/// Atoms with single dots between them.
fn is_local(local: &[u8], part: u8) -> bool {
    let mut was_dot = true;
    for byte in local {
        let is_dot = *byte == b'.';
        if (is_dot && was_dot) || (!is_dot && PARTS_OF[*byte as usize] & part == 0) {
            return false;
        }
        was_dot = is_dot;
    }
    !was_dot
}

fn consists_of(value: &[u8], part: u8) -> bool {
    value.iter().all(|it| PARTS_OF[*it as usize] & part != 0)
}

fn has_no_edge_dot(value: &[u8]) -> bool {
    value.first() != Some(&b'.') && value.last() != Some(&b'.')
}

/// Neither end is a space, nor part of a character that might be one.
fn has_plain_edges(value: &[u8]) -> bool {
    let is_plain = |it: Option<&u8>| it.is_some_and(|it| *it > b' ' && *it < 127);
    is_plain(value.first()) && is_plain(value.last())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{
        super::{rules, tlds::TopLevelDomains},
        *,
    };

    #[track_caller]
    fn check(name: Name, value: &str, expected: bool) {
        let tlds = TopLevelDomains::default();
        let domains = Domains {
            tlds: &tlds,
            verified: None,
        };
        assert_eq!(
            Known::default().is_sound(name, value.as_bytes(), Kind::User, domains),
            expected,
            "{value}"
        );
    }

    #[test]
    fn usual_values_are_plainly_sound() {
        check(Name::PrincipalName, "ada.lovelace@contoso.example", true);
        check(Name::ProxyAddresses, "SMTP:ada+news@contoso.example", true);
        check(Name::DisplayName, "Ada Lovelace", true);
        check(Name::AccountName, "ada", true);
        check(Name::PrincipalName, "o'neil@contoso.example", false);
        check(Name::PrincipalName, "ada@contoso.local", false);
        check(Name::Mail, "@contoso.example", false);
        check(Name::MailNickname, "ada.", false);
    }

    fn any_value() -> impl Strategy<Value = String> {
        prop_oneof![
            ".{0,40}",
            "[.a-zA-Z0-9 é'+;:_-]{0,12}@[a-zA-Z.-]{0,12}(com|fr|local|example)?",
            "(smtp|SMTP|x500|sip):[ -~]{0,30}",
            "(smtp|SMTP):[a-z.]{0,20}@[a-z.-]{0,10}(com|local)",
            "[a-z.]{50,150}@[a-z.]{1,60}com",
        ]
    }

    proptest! {
        #[test]
        fn what_is_plainly_sound_breaks_no_rule(value in any_value(), name in prop::sample::select(rules::JUDGED.to_vec()), knows in any::<bool>()) {
            let tlds = TopLevelDomains::default();
            let own = BTreeSet::from(["a.com".to_owned()]);
            let domains = Domains { tlds: &tlds, verified: knows.then_some(&own) };
            for kind in Kind::ALL {
                if Known::default().is_sound(name, value.as_bytes(), kind, domains) {
                    let flaws = rules::judge(name, &value, kind, domains).flaws;
                    prop_assert!(flaws.is_empty(), "{value} {flaws:?}");
                }
            }
        }
    }
}
