//! What is wrong or odd in the text of one record, without asking anybody anything.

use std::collections::BTreeSet;

use jalon_domain::{finding::Severity, text::Text};

use super::syntax::{Mechanism, Parsed, Span, Term, TermKind, parse};

/// The rules that a text alone can break.
pub(super) const RULES: [&str; 10] = [
    "SPF-04", "SPF-09", "SPF-11", "SPF-12", "SPF-14", "SPF-15", "SPF-16", "SPF-20", "SPF-21", "SPF-22",
];

/// Bytes from which an answer may no longer fit where other texts stand beside the record.
const LONG: usize = 451;
/// Bytes from which it does not fit into a datagram of RFC 1035 (RFC 7208, section 3.4).
pub(super) const TOO_LONG: usize = 513;

/// What bytes become that are no UTF-8.
const UNDECODED: &str = "\u{fffd}";

/// Something that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    pub(super) rule: &'static str,
    /// The problem: the key of its message.
    pub(super) key: &'static str,
    pub(super) span: Span,
    /// What a syntax error is.
    pub(super) problem: Option<Text>,
    /// Its weight, where it is not that of the rule.
    pub(super) severity: Option<Severity>,
    /// Whether the record says the same without it.
    pub(super) is_idle: bool,
}

impl Flaw {
    fn idle(rule: &'static str, key: &'static str, term: &Term) -> Self {
        Self {
            is_idle: true,
            ..Self::of(rule, key, term.span)
        }
    }

    fn of(rule: &'static str, key: &'static str, span: Span) -> Self {
        Self {
            rule,
            key,
            span,
            problem: None,
            severity: None,
            is_idle: false,
        }
    }
}

/// The flaws of a record, rule by rule.
pub(super) fn lint(text: &str) -> Vec<Flaw> {
    let parsed = parse(text);
    let wrong = parsed.errors.iter().map(|it| match &text[it.span.start..it.span.end] {
        UNDECODED => Flaw::of("SPF-22", "spf-undecoded", it.span),
        _ => Flaw {
            problem: Some(it.problem.text()),
            ..Flaw::of(it.problem.rule(), "spf-wrong", it.span)
        },
    });
    let mut flaws: Vec<Flaw> = wrong.collect();
    flaws.extend(repeated(&parsed));
    flaws.extend(pointers(&parsed));
    flaws.extend(unreached(&parsed));
    flaws.extend(long(text));
    flaws
}

fn repeated(parsed: &Parsed) -> impl Iterator<Item = Flaw> {
    let mut seen = BTreeSet::new();
    let includes = parsed.directives().filter_map(|(term, _, mechanism)| match mechanism {
        Mechanism::Include(domain) => Some((term, domain.to_string().to_ascii_lowercase())),
        _ => None,
    });
    let again = includes.filter(move |it| !seen.insert(it.1.trim_end_matches('.').to_owned()));
    again.map(|it| Flaw::idle("SPF-09", "spf-repeated", it.0))
}

fn pointers(parsed: &Parsed) -> impl Iterator<Item = Flaw> {
    let pointers = parsed.directives().filter(|it| matches!(it.2, Mechanism::Ptr(_)));
    pointers.map(|it| Flaw::of("SPF-11", "spf-ptr", it.0.span))
}

/// Mechanisms behind the first `all`, and a redirect beside it, say nothing (RFC 7208, sections 5.1 and 6.1).
fn unreached(parsed: &Parsed) -> Vec<Flaw> {
    let Some(all) = parsed.directives().find(|it| *it.2 == Mechanism::All) else {
        return Vec::new();
    };
    let behind = |it: &&Term| it.span.start > all.0.span.start;
    let flaw = |it: &Term| match it.kind {
        TermKind::Redirect(_) => Some(Flaw::idle("SPF-15", "spf-redirect-idle", it)),
        TermKind::Directive { .. } if behind(&it) => Some(Flaw::idle("SPF-14", "spf-behind-all", it)),
        _ => None,
    };
    parsed.terms.iter().filter_map(flaw).collect()
}

fn long(text: &str) -> Option<Flaw> {
    if text.len() < LONG {
        return None;
    }
    let is_too_long = text.len() >= TOO_LONG;
    let severity = if is_too_long { Severity::Major } else { Severity::Minor };
    let span = Span {
        start: 0,
        end: text.len(),
    };
    Some(Flaw {
        severity: Some(severity),
        ..Flaw::of("SPF-20", "spf-long", span)
    })
}

/// The record without what says nothing there; none where nothing does.
pub(super) fn mended(text: &str, flaws: &[Flaw]) -> Option<String> {
    let mut idle: Vec<Span> = flaws.iter().filter(|it| it.is_idle).map(|it| it.span).collect();
    // From the end: what is taken out does not move what stands before it.
    idle.sort_by_key(|it| std::cmp::Reverse(it.start));
    let without = |text: String, span: &Span| {
        let (before, after) = (&text[..span.start], &text[span.end..]);
        format!("{}{after}", before.trim_end_matches(' '))
    };
    (!idle.is_empty()).then(|| idle.iter().fold(text.to_owned(), without))
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
        check("v=spf1 a mx include:x.example -all exp=why.example", &[]);
        check(
            "v=spf1 moo ip4:192.0.2 exists:%x.example -all",
            &[("SPF-04", "moo"), ("SPF-12", "192.0.2"), ("SPF-21", "%x")],
        );
        check("v=spf1 a:\u{fffd}.example -all", &[("SPF-22", "\u{fffd}")]);
        check(
            "v=spf1 include:x.example ~include:X.example. ptr -all",
            &[("SPF-09", "~include:X.example."), ("SPF-11", "ptr")],
        );
        check(
            "v=spf1 redirect=x.example -all a ~all",
            &[("SPF-15", "redirect=x.example"), ("SPF-14", "a"), ("SPF-14", "~all")],
        );
        check(
            "v=spf1 redirect=x.example redirect=y.example",
            &[("SPF-16", "redirect=y.example")],
        );
    }

    #[test]
    fn long_records_weigh_more_the_longer_they_are() {
        let weight = |length: usize| {
            let record = format!("v=spf1 a:{}.example", "x".repeat(length - 17));
            assert_eq!(record.len(), length);
            lint(&record).first().and_then(|it| it.severity)
        };
        assert_eq!(
            [450, 451, 512, 513].map(weight),
            [
                None,
                Some(Severity::Minor),
                Some(Severity::Minor),
                Some(Severity::Major)
            ]
        );
    }

    #[test]
    fn what_says_nothing_is_taken_out_with_its_space() {
        let mended = |record: &str| mended(record, &lint(record));
        assert_eq!(
            mended("v=spf1  redirect=x.example -all").as_deref(),
            Some("v=spf1 -all")
        );
        assert_eq!(mended("v=spf1 -all a  mx ~all").as_deref(), Some("v=spf1 -all"));
        assert_eq!(mended("v=spf1 ptr -all"), None);
    }
}
