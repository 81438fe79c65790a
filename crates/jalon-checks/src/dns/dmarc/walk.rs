//! The tree walk (RFC 9989, section 4.10.1) and what makes a text a policy. No verdicts here.

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
pub(super) fn strictness(text: &str) -> u8 {
    let tag = |it: &str| {
        it.split_once('=')
            .map(|(tag, value)| (tag.trim_ascii().to_owned(), value.trim_ascii().to_owned()))
    };
    let policy = text
        .split(';')
        .filter_map(tag)
        .find(|it| it.0 == "p")
        .map(|it| it.1.to_ascii_lowercase());
    match policy.as_deref() {
        Some("reject") => 3,
        Some("quarantine") => 2,
        Some("none") => 1,
        _ => 0,
    }
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
        assert_eq!(strictness("v=DMARC1"), 0);
    }
}
