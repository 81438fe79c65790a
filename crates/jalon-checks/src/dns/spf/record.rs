//! SPF records as far as presence, merging and "does it include that name" need them (RFC 7208). No verdicts here.

use std::collections::BTreeSet;

use crate::{
    dns::{Facts, Question, facts::Held},
    doubt::{Doubt, Doubted},
};

/// How many names one record may lead to (RFC 7208, section 4.6.4).
const MOST_LOOKUPS: usize = 10;

/// The SPF records at a name: texts whose version section is exactly `v=spf1` (RFC 7208, section 4.5).
pub(in crate::dns) fn published<'a>(facts: &'a Facts, name: &str) -> Result<Vec<Held<'a, str>>, Doubted> {
    let mut texts = facts.texts(name)?;
    texts.retain(|it| is_spf(it.value));
    Ok(texts)
}

pub(in crate::dns) fn is_spf(text: &str) -> bool {
    let (version, rest) = text.split_at_checked(6).unwrap_or((text, ""));
    version.eq_ignore_ascii_case("v=spf1") && (rest.is_empty() || rest.starts_with(' '))
}

/// The terms behind the version.
pub(in crate::dns) fn terms(text: &str) -> impl Iterator<Item = &str> {
    text.split_ascii_whitespace().skip(1)
}

/// One record that allows what each of `texts` allows, and `include`. The strictest `all` is kept: what was allowed by
/// one record stays allowed by name.
pub(in crate::dns) fn merge(texts: &[&str], include: Option<&str>) -> String {
    let required = include.filter(|it| !it.is_empty()).map(|it| format!("include:{it}"));
    let all = texts
        .iter()
        .flat_map(|it| terms(it))
        .filter_map(all_qualifier)
        .max_by_key(|it| strictness(*it));
    // A redirect counts only where no record says `all`, which a merged one does; an include keeps what it allowed.
    let kept = texts
        .iter()
        .flat_map(|it| terms(it))
        .filter(|it| all_qualifier(it).is_none())
        .map(|it| match modifier(it) {
            Some(("redirect", target)) => format!("include:{target}"),
            _ => it.to_owned(),
        });
    let mut seen = BTreeSet::new();
    let terms: Vec<String> = kept
        .chain(required)
        .filter(|it| seen.insert(it.to_ascii_lowercase()))
        .collect();
    let (modifiers, mechanisms): (Vec<String>, Vec<String>) = terms.into_iter().partition(|it| modifier(it).is_some());
    let all = format!("{}all", all.unwrap_or('-'));
    ["v=spf1".to_owned()]
        .into_iter()
        .chain(mechanisms)
        .chain([all])
        .chain(modifiers)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The record with one more include in front of what ends it, or with another end.
pub(in crate::dns) fn with(text: &str, include: Option<&str>, ending: Option<char>) -> String {
    let include = include.map(|it| format!("include:{it}"));
    let (ends, others): (Vec<&str>, Vec<&str>) =
        terms(text).partition(|it| all_qualifier(it).is_some() || modifier(it).is_some());
    let kept = ends
        .into_iter()
        .filter(|it| ending.is_none() || all_qualifier(it).is_none())
        .map(str::to_owned);
    let ending = ending.map(|it| format!("{it}all"));
    let others = others.into_iter().map(str::to_owned);
    ["v=spf1".to_owned()]
        .into_iter()
        .chain(others)
        .chain(include)
        .chain(ending)
        .chain(kept)
        .collect::<Vec<_>>()
        .join(" ")
}

fn strictness(qualifier: char) -> u8 {
    match qualifier {
        '-' => 3,
        '~' => 2,
        '?' => 1,
        _ => 0,
    }
}

/// The qualifier of an `all` term; `+` when none is written (RFC 7208, section 4.6.2).
fn all_qualifier(term: &str) -> Option<char> {
    let (qualifier, name) = match term.chars().next() {
        Some(it @ ('+' | '-' | '~' | '?')) => (it, &term[1..]),
        _ => ('+', term),
    };
    name.eq_ignore_ascii_case("all").then_some(qualifier)
}

/// A modifier, `name=value`; mechanisms have their colon or slash first.
fn modifier(term: &str) -> Option<(&str, &str)> {
    let (name, value) = term.split_once('=')?;
    let is_name = name
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
    is_name.then_some((
        if name.eq_ignore_ascii_case("redirect") {
            "redirect"
        } else {
            name
        },
        value,
    ))
}

/// The names whose senders a record lets pass, lower-case: what stands behind `all` is never read, a redirect beside it is
/// never followed, and an include with another sign lets nobody pass (RFC 7208, sections 5.1, 5.2 and 6.1).
fn targets(text: &str) -> impl Iterator<Item = String> {
    let has_all = terms(text).any(|it| all_qualifier(it).is_some());
    let target = move |term: &str| {
        let included = term
            .trim_start_matches('+')
            .split_once(':')
            .filter(|it| it.0.eq_ignore_ascii_case("include"))
            .map(|it| it.1);
        let redirected = modifier(term)
            .filter(|it| it.0 == "redirect" && !has_all)
            .map(|it| it.1);
        included
            .or(redirected)
            .map(|it| it.trim_end_matches('.').to_ascii_lowercase())
    };
    terms(text)
        .take_while(|it| all_qualifier(it).is_none())
        .filter_map(target)
}

/// Whether the record says by itself that `wanted` is included.
pub(in crate::dns) fn includes(text: &str, wanted: &str) -> bool {
    targets(text).any(|it| it == wanted)
}

/// Whether the record includes `wanted`, by itself or through what it includes.
pub(in crate::dns) fn leads_to(facts: &Facts, text: &str, wanted: &str) -> Result<bool, Doubted> {
    let mut walk = Walk {
        facts,
        met: BTreeSet::new(),
        doubt: None,
    };
    let found = walk.finds(text, wanted);
    match walk.doubt {
        Some(doubted) if !found => Err(doubted),
        _ => Ok(found),
    }
}

/// What is to be asked before [`leads_to`] can say: the names met on the way there.
pub(in crate::dns) fn questions(facts: &Facts, text: &str, wanted: &str) -> Vec<Question> {
    let mut walk = Walk {
        facts,
        met: BTreeSet::new(),
        doubt: None,
    };
    walk.finds(text, wanted);
    walk.met.into_iter().map(Question::txt).collect()
}

/// A walk through includes that meets no name twice.
struct Walk<'a> {
    facts: &'a Facts,
    met: BTreeSet<String>,
    doubt: Option<Doubted>,
}

impl Walk<'_> {
    fn finds(&mut self, text: &str, wanted: &str) -> bool {
        if includes(text, wanted) {
            return true;
        }
        targets(text).any(|target| self.finds_behind(target, wanted))
    }

    fn finds_behind(&mut self, target: String, wanted: &str) -> bool {
        // What a macro stands for depends on the sender: it cannot be asked for here (RFC 7208, section 7).
        if target.contains('%') {
            self.doubt.get_or_insert(Doubted {
                doubt: Doubt::NotAsked,
                about: target,
            });
            return false;
        }
        if self.met.contains(&target) {
            return false;
        }
        if self.met.len() >= MOST_LOOKUPS {
            self.doubt.get_or_insert(Doubted {
                doubt: Doubt::NotAsked,
                about: target,
            });
            return false;
        }
        self.met.insert(target.clone());
        match published(self.facts, &target) {
            Ok(texts) => texts.iter().any(|it| self.finds(it.value, wanted)),
            Err(doubted) => {
                self.doubt.get_or_insert(doubted);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_version_makes_an_spf_record() {
        for (text, expected) in [
            ("v=spf1", true),
            ("V=SPF1 -all", true),
            ("v=spf10 -all", false),
            ("v=spf1-all", false),
            (" v=spf1 -all", false),
            ("v=spf2.0/pra -all", false),
            ("v=spfé", false),
        ] {
            assert_eq!(is_spf(text), expected, "{text}");
        }
    }

    #[track_caller]
    fn check_merge(texts: &[&str], include: Option<&str>, expected: &str) {
        assert_eq!(merge(texts, include), expected);
    }

    #[test]
    fn merging_keeps_every_mechanism_once_and_one_all() {
        check_merge(
            &[
                "v=spf1 ip4:192.0.2.1 include:Mail.example ~all",
                "v=spf1 include:mail.example a:x.example -all exp=e.example",
            ],
            Some("spf.protection.outlook.com"),
            "v=spf1 ip4:192.0.2.1 include:Mail.example a:x.example include:spf.protection.outlook.com -all exp=e.example",
        );
        check_merge(
            &["v=spf1 redirect=_spf.example", "v=spf1 mx ?all"],
            None,
            "v=spf1 include:_spf.example mx ?all",
        );
        check_merge(&["v=spf1 mx"], None, "v=spf1 mx -all");
        check_merge(&[], None, "v=spf1 -all");
    }

    #[test]
    fn only_what_lets_senders_pass_counts_as_included() {
        for (text, expected) in [
            ("v=spf1 include:X.example. -all", true),
            ("v=spf1 +include:x.example -all", true),
            ("v=spf1 redirect=x.example", true),
            ("v=spf1 -all include:x.example", false),
            ("v=spf1 redirect=x.example -all", false),
            ("v=spf1 ?include:x.example -all", false),
        ] {
            assert_eq!(includes(text, "x.example"), expected, "{text}");
        }
    }

    #[test]
    fn a_record_is_mended_in_place() {
        let text = "v=spf1 ip4:192.0.2.1 ?all exp=e.example";
        assert_eq!(
            with(text, Some("x.example"), None),
            "v=spf1 ip4:192.0.2.1 include:x.example ?all exp=e.example"
        );
        assert_eq!(with(text, None, Some('-')), "v=spf1 ip4:192.0.2.1 -all exp=e.example");
    }
}
