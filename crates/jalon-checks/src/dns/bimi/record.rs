//! A BIMI record (draft-brand-indicators-for-message-identification, section 4.2): where the logo is, and where it is wrong.

use crate::dns::{
    spf::syntax::Span,
    tag_list::{Flaw, Tag, TagList, is_space},
};

/// What a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Logo<'a> {
    /// Where the logo is; empty where none is to be shown.
    pub(super) location: &'a str,
    /// Where the proof of the right to it is.
    pub(super) evidence: Option<&'a str>,
}

/// Whether the text was meant to be a BIMI record.
pub(super) fn is_meant(text: &str) -> bool {
    let begun: String = text.chars().filter(|it| !is_space(*it)).take(6).collect();
    begun.eq_ignore_ascii_case("v=BIMI")
}

/// Reads a record.
///
/// # Errors
/// What keeps receivers from using it, in its order; never empty.
pub(super) fn parse(text: &str) -> Result<Logo<'_>, Vec<Flaw>> {
    let list = TagList::parse(text);
    let mut flaws = list.flaws.clone();
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    if !list
        .tags
        .first()
        .is_some_and(|it| it.name == "v" && it.value == "BIMI1")
    {
        let end = text.find(';').unwrap_or(text.len());
        flaws.push(Flaw::new(
            Span { start: 0, end },
            "it begins with v=BIMI1",
            "il commence par v=BIMI1",
        ));
    }
    let location = list.tag("l");
    if location.is_none() {
        flaws.push(Flaw::new(
            whole,
            "it does not say where the logo is: l is missing",
            "il ne dit pas où est le logo\u{a0}: il manque l",
        ));
    }
    let evidence = list.tag("a").filter(|it| !it.value.is_empty());
    flaws.extend([location, evidence].into_iter().flatten().filter_map(address));
    flaws.sort_by_key(|it| it.span.start);
    match location {
        Some(location) if flaws.is_empty() => Ok(Logo {
            location: location.value,
            evidence: evidence.map(|it| it.value),
        }),
        _ => Err(flaws),
    }
}

/// What is wrong with an address. An empty one says that no logo is to be shown.
fn address(tag: &Tag<'_>) -> Option<Flaw> {
    if tag.value.is_empty() {
        return None;
    }
    let (en, fr) = match tag.value.get(..8).filter(|it| it.eq_ignore_ascii_case("https://")) {
        None => ("an address begins with https://", "une adresse commence par https://"),
        Some(_) if tag.value.contains(is_space) || tag.value.contains(',') => {
            ("one address may stand here", "une seule adresse est permise ici")
        }
        Some(_) if tag.value[8..].split('/').next().is_none_or(|it| !it.contains('.')) => {
            ("behind https:// stands no host", "https:// n’est pas suivi d’un hôte")
        }
        Some(_) => return None,
    };
    Some(Flaw::new(tag.at, en, fr))
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
    fn a_record_tells_where_the_logo_is() {
        let logo = |location, evidence| Logo { location, evidence };
        for (text, expected) in [
            (
                "v=BIMI1; l=https://contoso.example/logo.svg; a=https://contoso.example/proof.pem; avp=brand;",
                logo(
                    "https://contoso.example/logo.svg",
                    Some("https://contoso.example/proof.pem"),
                ),
            ),
            (
                "v=BIMI1;l=HTTPS://contoso.example/l.svg;a=",
                logo("HTTPS://contoso.example/l.svg", None),
            ),
            ("v=BIMI1; l=; a=;", logo("", None)),
        ] {
            assert_eq!(parse(text).expect("a record"), expected);
            assert!(is_meant(text));
        }
        assert!(!is_meant("v=spf1 -all") && is_meant("V=bimi2"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        refused("v=BIMI1", "v=BIMI1", "l is missing");
        refused("v=bimi1; l=", "v=bimi1", "begins with");
        refused(
            "v=BIMI1; l=http://contoso.example/l.svg",
            "http://contoso.example/l.svg",
            "https",
        );
        refused("v=BIMI1; l=; a=contoso.example", "contoso.example", "https");
        refused(
            "v=BIMI1; l=https://a.example/1.svg,https://a.example/2.svg",
            "https://a.example/1.svg,https://a.example/2.svg",
            "one address",
        );
        refused("v=BIMI1; l=https:///l.svg", "https:///l.svg", "no host");
        refused("v=BIMI1; l=; l=", "l=", "twice");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_place_is_in_it(text in "(v=BIMI1;)?( l=)?(https://)?[ -~é;,]{0,40}") {
            if let Err(flaws) = parse(&text) {
                prop_assert!(!flaws.is_empty());
                for flaw in flaws {
                    prop_assert!(text.get(flaw.span.start..flaw.span.end).is_some());
                }
            }
        }
    }
}
