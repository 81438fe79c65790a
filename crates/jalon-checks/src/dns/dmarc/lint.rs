//! What is wrong or odd in the text of one record, without asking anybody anything.

use jalon_domain::finding::Severity;

use super::record::{Acts, KNOWN, Parsed, Policy, REMOVED, Tag, Target, Wish, is_failure_option, parse};
use crate::dns::spf::syntax::Span;

/// The rules that a text alone can break.
pub(super) const RULES: [&str; 9] = [
    "DMARC-06", "DMARC-07", "DMARC-08", "DMARC-09", "DMARC-11", "DMARC-14", "DMARC-15", "DMARC-16", "DMARC-20",
];

/// How many addresses of one list every receiver has to serve (RFC 9990, section 4).
const MOST_ADDRESSES: usize = 2;

/// Something that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) rule: &'static str,
    /// The problem: the key of its message.
    pub(super) key: &'static str,
    pub(super) span: Span,
    /// Its weight, where it is not that of the rule.
    pub(super) severity: Option<Severity>,
}

impl Flaw {
    fn of(rule: &'static str, key: &'static str, span: Span) -> Self {
        Self {
            rule,
            key,
            span,
            severity: None,
        }
    }

    fn weighing(self, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            ..self
        }
    }
}

/// The flaws of a record, rule by rule.
pub(super) fn lint(text: &str) -> Vec<Flaw> {
    let parsed = parse(text);
    let policy = Policy::of(&parsed);
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    let mut flaws = unknown(&parsed);
    flaws.extend(parsed.tags.iter().filter_map(removed));
    flaws.extend(
        parsed
            .repeated()
            .map(|it| Flaw::of("DMARC-08", "dmarc-repeated", it.span)),
    );
    flaws.extend(unasked(&policy, whole));
    flaws.extend(unreported(&parsed, &policy, whole));
    flaws.extend(addresses(&parsed, &policy));
    flaws.extend(failures(&parsed));
    flaws.extend(unknown_wishes(&parsed, &policy));
    flaws
}

fn unknown(parsed: &Parsed<'_>) -> Vec<Flaw> {
    let unread = parsed.unread.iter().map(|it| Flaw::of("DMARC-06", "dmarc-unread", *it));
    let tag = |it: &Tag<'_>| {
        let is_in = |them: &[&str]| them.iter().any(|known| it.value.eq_ignore_ascii_case(known));
        let is_odd = match it.name {
            "adkim" | "aspf" => !is_in(&["r", "s"]),
            "psd" => !is_in(&["y", "n", "u"]),
            "t" => !is_in(&["y", "n"]),
            _ => false,
        };
        match it.name {
            name if !KNOWN.contains(&name) && !REMOVED.contains(&name) => {
                Some(Flaw::of("DMARC-06", "dmarc-unknown-tag", it.span))
            }
            _ if is_odd => Some(Flaw::of("DMARC-06", "dmarc-odd-value", it.span)),
            _ => None,
        }
    };
    unread.chain(parsed.tags.iter().filter_map(tag)).collect()
}

fn removed(tag: &Tag<'_>) -> Option<Flaw> {
    let flaw = Flaw::of("DMARC-07", "dmarc-removed", tag.span);
    // Older receivers still apply a policy to that share of mail only.
    let is_share = tag.name == "pct" && tag.value != "100";
    let severity = if is_share { Severity::Minor } else { Severity::Info };
    REMOVED.contains(&tag.name).then(|| flaw.weighing(severity))
}

fn unasked(policy: &Policy, whole: Span) -> Option<Flaw> {
    match policy.acts() {
        _ if policy.p != Wish::Unsaid => None,
        Acts::NotAtAll => Some(Flaw::of("DMARC-09", "dmarc-unasked-ignored", whole).weighing(Severity::Major)),
        _ => Some(Flaw::of("DMARC-09", "dmarc-unasked", whole)),
    }
}

fn unreported(parsed: &Parsed<'_>, policy: &Policy, whole: Span) -> Option<Flaw> {
    // Who is not told what the record asks for is told so by another rule; where reports would go comes after that.
    let is_applied = policy.acts() == Acts::AsWritten;
    (is_applied && parsed.tag("rua").is_none()).then(|| Flaw::of("DMARC-11", "dmarc-unreported", whole))
}

fn addresses(parsed: &Parsed<'_>, policy: &Policy) -> Vec<Flaw> {
    let all = || policy.rua.iter().chain(&policy.ruf);
    let flaw = |it: &Target| match it {
        it if it.uri.is_none() => Some(Flaw::of("DMARC-11", "dmarc-bad-address", it.span)),
        it if it.is_sized => Some(Flaw::of("DMARC-15", "dmarc-sized", it.span)),
        _ => None,
    };
    let long = [("rua", &policy.rua), ("ruf", &policy.ruf)];
    let long = long.into_iter().filter(|it| it.1.len() > MOST_ADDRESSES);
    let long = long.filter_map(|it| Some(Flaw::of("DMARC-14", "dmarc-many-addresses", parsed.tag(it.0)?.span)));
    all().filter_map(flaw).chain(long).collect()
}

fn failures(parsed: &Parsed<'_>) -> Option<Flaw> {
    let tag = parsed.tag("fo")?;
    let is_known = tag.value.split(':').map(str::trim).all(is_failure_option);
    match () {
        () if !is_known => Some(Flaw::of("DMARC-16", "dmarc-odd-failures", tag.span)),
        () if parsed.tag("ruf").is_none() => {
            Some(Flaw::of("DMARC-16", "dmarc-idle-failures", tag.span).weighing(Severity::Info))
        }
        () => None,
    }
}

fn unknown_wishes(parsed: &Parsed<'_>, policy: &Policy) -> Vec<Flaw> {
    let wishes = [("p", policy.p), ("sp", policy.sp), ("np", policy.np)];
    let key = match policy.acts() {
        Acts::NotAtAll => "dmarc-unknown-policy-ignored",
        _ => "dmarc-unknown-policy",
    };
    let unknown = wishes.into_iter().filter(|it| it.1 == Wish::Unknown);
    unknown
        .filter_map(|it| Some(Flaw::of("DMARC-20", key, parsed.tag(it.0)?.span)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(record: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = lint(record)
            .iter()
            .map(|it| (it.rule, &record[it.span.start..it.span.end]))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_rule_points_at_what_breaks_it() {
        check(
            "v=DMARC1; p=reject; sp=none; np=reject; t=y; psd=n; adkim=s; aspf=R; fo=1:d; rua=mailto:a@x.example,mailto:b@x.example; ruf=mailto:f@x.example",
            &[],
        );
        check(
            "v=DMARC1; p=reject; moo; x=1; adkim=z; pct=50; p=none; rua=mailto:a@x.example!1m,a@x.example; fo=0",
            &[
                ("DMARC-06", "moo"),
                ("DMARC-06", "x=1"),
                ("DMARC-06", "adkim=z"),
                ("DMARC-07", "pct=50"),
                ("DMARC-08", "p=none"),
                ("DMARC-15", "mailto:a@x.example!1m"),
                ("DMARC-11", "a@x.example"),
                ("DMARC-16", "fo=0"),
            ],
        );
        check("v=DMARC1; p=reject", &[("DMARC-11", "v=DMARC1; p=reject")]);
        check("v=DMARC1", &[("DMARC-09", "v=DMARC1")]);
        check("v=DMARC1; p=refuse", &[("DMARC-20", "p=refuse")]);
        check(
            "v=DMARC1; p=none; rua=mailto:a@x.example,mailto:b@x.example,mailto:c@x.example",
            &[(
                "DMARC-14",
                "rua=mailto:a@x.example,mailto:b@x.example,mailto:c@x.example",
            )],
        );
    }

    #[test]
    fn a_share_weighs_more_than_what_nobody_reads() {
        let weight = |text: &str| {
            lint(text)
                .iter()
                .find(|it| it.rule == "DMARC-07")
                .and_then(|it| it.severity)
        };
        assert_eq!(weight("v=DMARC1; p=reject; pct=100"), Some(Severity::Info));
        assert_eq!(weight("v=DMARC1; p=reject; pct=20"), Some(Severity::Minor));
    }
}
