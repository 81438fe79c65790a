//! The tree walk (RFC 9989, section 4.10.1) and what makes a text a policy. No verdicts here.

use super::record::{Disposition, Policy};

/// The names above a domain at which a policy is looked for, nearest first: at most seven, so that with the domain
/// itself no more than eight questions are put. From names of eight labels and more the walk jumps to seven.
pub(super) fn above(domain: &str) -> impl Iterator<Item = String> {
    let labels: Vec<String> = domain.split('.').map(str::to_owned).collect();
    let first = labels.len().saturating_sub(7).max(1);
    (first..labels.len()).map(move |from| labels[from..].join("."))
}

/// Whether the text is a DMARC policy: its first tag is `v` with exactly `DMARC1` (RFC 9989, section 4.8).
pub(super) fn is_policy(text: &str) -> bool {
    let first = text.split(';').next().unwrap_or_default();
    let Some((tag, value)) = first.split_once('=') else {
        return false;
    };
    // Space before the tag makes it another text; space around the sign does not.
    tag.trim_ascii_end() == "v" && value.trim_ascii() == "DMARC1"
}

/// How much a policy asks of receivers.
pub(super) fn strictness(text: &str) -> Disposition {
    Policy::read(text).own().0
}

/// A text that somebody meant as a policy and no receiver takes for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// There is something before the version.
    Shifted,
    /// The version is written in another way, or is not the first tag.
    Misspelt,
}

/// Whether somebody meant that text as a policy, though it is none.
pub(super) fn near(text: &str) -> Option<Near> {
    if is_policy(text) {
        return None;
    }
    let begun = text.trim_start_matches(|it: char| it.is_whitespace() || "\"'\u{feff}\u{fffd}".contains(it));
    if begun.len() < text.len() && is_policy(begun) {
        return Some(Near::Shifted);
    }
    let lower = text.to_ascii_lowercase();
    let mut tags = lower.split(';').map(|it| it.split_once('=').unwrap_or((it, "")));
    let names_version = |it: (&str, &str)| {
        let value = it.1.trim_matches(|it: char| it.is_whitespace() || it == '"');
        it.0.trim() == "v" && value.starts_with("dmarc")
    };
    (tags.any(names_version) || lower.trim_start().starts_with("dmarc1")).then_some(Near::Misspelt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(domain: &str, expected: &[&str]) {
        assert_eq!(above(domain).collect::<Vec<_>>(), expected, "{domain}");
    }

    #[test]
    fn the_walk_goes_up_label_by_label_and_asks_eight_times_at_most() {
        check("contoso.example", &["example"]);
        check(
            "a.b.contoso.example",
            &["b.contoso.example", "contoso.example", "example"],
        );
        check(
            "h.g.f.e.d.c.b.example",
            &[
                "g.f.e.d.c.b.example",
                "f.e.d.c.b.example",
                "e.d.c.b.example",
                "d.c.b.example",
                "c.b.example",
                "b.example",
                "example",
            ],
        );
        check(
            "j.i.h.g.f.e.d.c.b.example",
            &[
                "g.f.e.d.c.b.example",
                "f.e.d.c.b.example",
                "e.d.c.b.example",
                "d.c.b.example",
                "c.b.example",
                "b.example",
                "example",
            ],
        );
        check("example", &[]);
    }

    #[test]
    fn a_policy_begins_with_its_exact_version() {
        for (text, expected) in [
            ("v=DMARC1", true),
            ("v = DMARC1 ; p=none", true),
            ("v=dmarc1; p=none", false),
            ("v=DMARC10; p=none", false),
            ("p=none; v=DMARC1", false),
            ("", false),
        ] {
            assert_eq!(is_policy(text), expected, "{text}");
        }
    }

    #[test]
    fn reject_is_stricter_than_quarantine() {
        assert!(strictness("v=DMARC1; p=Reject") > strictness("v=DMARC1; p=quarantine"));
        assert_eq!(strictness("v=DMARC1"), Disposition::None);
    }

    #[test]
    fn what_was_meant_as_a_policy_is_told_from_other_texts() {
        for (text, expected) in [
            ("v=DMARC1; p=none", None),
            (" v=DMARC1; p=none", Some(Near::Shifted)),
            ("\"v=DMARC1; p=none\"", Some(Near::Shifted)),
            ("v=dmarc1; p=none", Some(Near::Misspelt)),
            ("V=DMARC1; p=none", Some(Near::Misspelt)),
            ("v=DMARC 1; p=none", Some(Near::Misspelt)),
            ("v=DMARC1 p=none", Some(Near::Misspelt)),
            ("p=none; v=DMARC1", Some(Near::Misspelt)),
            ("v=spf1 -all", None),
            ("something else", None),
        ] {
            assert_eq!(near(text), expected, "{text}");
        }
    }
}
