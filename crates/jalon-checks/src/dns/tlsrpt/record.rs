//! A record for TLS reports (RFC 8460, section 3): where reports go, and where it is wrong.

use crate::dns::{
    spf::syntax::Span,
    tag_list::{Flaw, TagList, is_space},
};

const VERSION: &str = "v=TLSRPTv1";

/// Whether senders take the text for such a record: they discard what does not begin so.
pub(super) fn is_record(text: &str) -> bool {
    let rest = text.strip_prefix(VERSION).map(|it| it.trim_start_matches(is_space));
    rest.is_some_and(|it| it.starts_with(';'))
}

/// Whether the text was meant to be one.
pub(super) fn is_meant(text: &str) -> bool {
    let begun: String = text.chars().filter(|it| !is_space(*it)).take(8).collect();
    begun.eq_ignore_ascii_case("v=TLSRPT")
}

/// The addresses that reports go to.
///
/// # Errors
/// What keeps senders from following the record, in its order; never empty.
pub(super) fn parse(text: &str) -> Result<Vec<&str>, Vec<Flaw>> {
    let list = TagList::parse(text);
    let mut flaws = list.flaws.clone();
    flaws.extend(version(text, &list));
    let mut addresses = Vec::new();
    match list.tag("rua") {
        None => flaws.push(Flaw::new(
            Span {
                start: 0,
                end: text.len(),
            },
            "it says nowhere where reports go: rua is missing",
            "il ne dit pas où vont les rapports\u{a0}: il manque rua",
        )),
        Some(tag) => {
            let mut start = tag.at.start;
            for piece in tag.value.split(',') {
                let address = piece.trim_matches(is_space);
                let left = piece.len() - piece.trim_start_matches(is_space).len();
                let span = Span {
                    start: start + left,
                    end: start + left + address.len(),
                };
                start += piece.len() + 1;
                match problem(address) {
                    None => addresses.push(address),
                    Some((en, fr)) => flaws.push(Flaw::new(span, en, fr)),
                }
            }
        }
    }
    flaws.sort_by_key(|it| it.span.start);
    if flaws.is_empty() { Ok(addresses) } else { Err(flaws) }
}

fn version(text: &str, list: &TagList<'_>) -> Option<Flaw> {
    if text.starts_with(VERSION) && list.tags.first().is_some_and(|it| it.value == "TLSRPTv1") {
        return None;
    }
    let end = text.find(';').unwrap_or(text.len());
    Some(Flaw::new(
        Span { start: 0, end },
        "it begins with exactly v=TLSRPTv1",
        "il commence exactement par v=TLSRPTv1",
    ))
}

/// What is wrong with an address: reports go by mail or by HTTPS, and nothing else.
fn problem(address: &str) -> Option<(&'static str, &'static str)> {
    let scheme = |name: &str| {
        let head = address.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| &address[name.len()..])
    };
    if let Some(mailbox) = scheme("mailto:") {
        let mailbox = mailbox.split('?').next().unwrap_or_default();
        let is_mailbox = mailbox
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && is_host(domain));
        return (!is_mailbox || has_space(address)).then_some((
            "behind mailto: stands no address such as tls@contoso.example",
            "mailto: n’est pas suivi d’une adresse comme tls@contoso.example",
        ));
    }
    if let Some(rest) = scheme("https://") {
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        return (!is_host(host) || has_space(address))
            .then_some(("behind https:// stands no host", "https:// n’est pas suivi d’un hôte"));
    }
    Some((
        "an address for reports begins with mailto: or https:",
        "une adresse de rapports commence par mailto: ou https:",
    ))
}

fn has_space(text: &str) -> bool {
    text.contains(is_space)
}

fn is_host(name: &str) -> bool {
    let is_label = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    name.contains('.') && name.trim_end_matches('.').split('.').all(is_label)
}

/// The record as it was probably meant, where that reads: the version in its own letters, addresses of mail with their scheme.
pub(super) fn mended(text: &str) -> Option<String> {
    let list = TagList::parse(text);
    let addresses: Vec<String> = list
        .tags
        .iter()
        .find(|it| it.name.eq_ignore_ascii_case("rua"))?
        .value
        .split(',')
        .map(|it| it.trim_matches(is_space))
        .filter(|it| !it.is_empty())
        .map(|it| {
            if it.contains(':') {
                it.to_owned()
            } else {
                format!("mailto:{it}")
            }
        })
        .collect();
    let record = format!("{VERSION}; rua={}", addresses.join(","));
    parse(&record).is_ok().then_some(record)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn refused(text: &str, piece: &str, problem: &str) {
        let flaws = parse(text).expect_err("a flaw");
        let first = &flaws[0];
        assert_eq!(&text[first.span.start..first.span.end], piece, "{text}: {flaws:?}");
        assert!(first.problem.en.contains(problem), "{text}: {flaws:?}");
    }

    #[test]
    fn addresses_are_read() {
        let text = "v=TLSRPTv1; rua=mailto:tls@contoso.example , https://r.contoso.example/v1?x=1; ext=1;";
        assert_eq!(
            parse(text).expect("a record"),
            ["mailto:tls@contoso.example", "https://r.contoso.example/v1?x=1"]
        );
        assert!(is_record(text) && is_meant(text));
        assert!(is_record("v=TLSRPTv1 ;rua=mailto:a@b.example"));
        assert!(!is_record("v=TLSRPTv1") && is_meant("v=TLSRPTv1"));
        assert!(!is_record("V=tlsrptv1; rua=x") && is_meant(" V=tlsrptv1; rua=x"));
        assert!(!is_meant("v=spf1 -all"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        refused("v=TLSRPTv1", "v=TLSRPTv1", "rua is missing");
        refused("v=tlsrptv1; rua=mailto:a@b.example", "v=tlsrptv1", "exactly");
        refused(
            "v=TLSRPTv1; rua=tls@contoso.example",
            "tls@contoso.example",
            "mailto: or https:",
        );
        refused(
            "v=TLSRPTv1; rua=mailto:a@b.example, http://b.example",
            "http://b.example",
            "mailto: or https:",
        );
        refused(
            "v=TLSRPTv1; rua=mailto:contoso.example",
            "mailto:contoso.example",
            "no address",
        );
        refused("v=TLSRPTv1; rua=https:///x", "https:///x", "no host");
        refused("v=TLSRPTv1; rua=", "", "mailto: or https:");
        refused(
            "v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:c@b.example",
            "rua=mailto:c@b.example",
            "twice",
        );
    }

    #[test]
    fn a_record_is_mended_where_its_sense_is_plain() {
        let mended = |it: &str| mended(it);
        assert_eq!(
            mended("v=tlsrptv1; rua=tls@contoso.example").as_deref(),
            Some("v=TLSRPTv1; rua=mailto:tls@contoso.example")
        );
        assert_eq!(mended("v=TLSRPTv1"), None);
        assert_eq!(mended("v=TLSRPTv1; rua=ftp://contoso.example"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_place_is_in_it(text in "(v=TLSRPTv1;)?( rua=)?[ -~é;,]{0,40}") {
            if let Err(flaws) = parse(&text) {
                prop_assert!(!flaws.is_empty());
                for flaw in flaws {
                    prop_assert!(text.get(flaw.span.start..flaw.span.end).is_some());
                }
            }
            if let Some(record) = mended(&text) {
                prop_assert!(parse(&record).is_ok());
            }
        }
    }
}
