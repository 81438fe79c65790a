//! The one record that a domain should publish: whatever is wrong with the one it has, every fix proposes the same.

use futures::FutureExt;
use jalon_domain::{finding::Fix, profile::Profile};

use super::{
    ending::{End, end},
    evaluate::MOST_LOOKUPS,
    lint, mail, near, reach, record,
    syntax::{Qualifier, parse},
    tree::{advice, tree_of},
};
use crate::dns::{
    Case, Facts, Question,
    records::wanted,
    zone::{self, Line},
};

/// The record; none where what is published cannot be mended without asking its owner.
pub(in crate::dns) fn proposal(facts: &Facts, profile: &Profile) -> Option<String> {
    let text = draft(facts, profile)?;
    let tree = reach::Known::new(facts);
    let tree = tree_of(&tree, &facts.domain, text.clone()).now_or_never()?;
    let text = match tree.lookups > MOST_LOOKUPS {
        true => advice(&tree)?.record,
        false => text,
    };
    parse(&text).errors.is_empty().then_some(text)
}

/// What the record has to say, whatever it costs.
fn draft(facts: &Facts, profile: &Profile) -> Option<String> {
    let published = record::published(facts, &facts.domain).ok()?;
    let include = wanted::include(facts, profile);
    let include = include.as_deref();
    let is_null = mail::is_null_mx(facts).unwrap_or(false);
    if is_null && include.is_none() {
        return Some(mail::NOBODY.to_owned());
    }
    let sound: Vec<String> = published.iter().map(|it| without_idle(it.value)).collect();
    let mut text = match sound.as_slice() {
        [] => meant(facts).or_else(|| include.filter(|_| !is_null).map(|_| mail::NOBODY.to_owned()))?,
        [text] => text.clone(),
        several => record::merge(&several.iter().map(String::as_str).collect::<Vec<_>>(), None),
    };
    if !parse(&text).errors.is_empty() {
        return None;
    }
    if let Some(include) = include.filter(|_| !is_null)
        && record::leads_to(facts, &text, include) == Ok(false)
    {
        text = record::with(&text, Some(include), None);
    }
    let refuses_all = mail::refuses_all(facts).unwrap_or(false);
    for provider in mail::providers(facts, profile).unwrap_or_default() {
        if !refuses_all && mail::leads_to(facts, &text, provider) == Ok(false) {
            text = record::with(&text, provider.spf.first().map(String::as_str), None);
        }
    }
    let is_open = match end(facts, &text) {
        Ok(End::Own(it)) => matches!(it, Qualifier::Pass | Qualifier::Neutral),
        Ok(End::Open { is_redirected }) => !is_redirected,
        _ => false,
    };
    Some(match is_open {
        true => record::with(&text, None, Some('-')),
        false => text,
    })
}

/// The record without what says nothing there.
fn without_idle(text: &str) -> String {
    lint::mended(text, &lint::lint(text)).unwrap_or_else(|| text.to_owned())
}

/// The first text that was meant as a record.
fn meant(facts: &Facts) -> Option<String> {
    let near = near::near(facts).ok()?;
    near.iter()
        .find_map(|it| near::meant(it.value))
        .map(|it| without_idle(&it))
}

/// What to ask before the proposal is known to be sound: what it includes beside what is published.
pub(super) fn questions(facts: &Facts, profile: &Profile) -> Vec<Question> {
    let Some(text) = draft(facts, profile) else {
        return Vec::new();
    };
    let known = reach::Known::new(facts);
    let _ = tree_of(&known, &facts.domain, text.clone()).now_or_never();
    let mut questions = known.asked();
    if let Some(include) = wanted::include(facts, profile) {
        questions.extend(record::questions(facts, &text, &include));
    }
    questions
}

/// The fix that publishes the proposal in place of every record, and of every text that was meant as one; none where
/// nothing would change.
pub(in crate::dns) fn fix(case: &Case<'_>) -> Option<Fix> {
    let (facts, domain) = (case.facts, &case.facts.domain);
    let proposal = proposal(facts, case.profile)?;
    let published = record::published(facts, domain).ok()?;
    let near = near::near(facts).ok()?;
    let is_there = published.iter().any(|it| it.value == proposal);
    let new = (!is_there).then(|| Line::txt(domain, &proposal));
    let old = published.iter().chain(&near).filter(|it| it.value != proposal);
    let old: Vec<Line> = old.map(|it| Line::of(domain, it.record)).collect();
    (new.is_some() || !old.is_empty()).then(|| zone::fix(new.as_slice(), &old))
}
