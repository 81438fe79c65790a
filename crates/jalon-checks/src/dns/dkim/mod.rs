//! The DKIM keys of a domain beside those of Exchange Online, which are judged with the other expected records: at the selectors
//! that were named, and at those that senders use unless they are told otherwise.

pub(super) mod key;
mod published;

use std::{collections::BTreeSet, sync::LazyLock};

use jalon_domain::{
    measure::CheckReport,
    profile::{Profile, Service},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use self::published::{Published, Why};
use super::{Case, DnsCheck, Facts, Question, records::expected::Expected};
use crate::{check::Check, doubt::Doubted, sheet::Sheet, verdicts::Verdicts};

/// The check.
pub static CHECK: Dkim = Dkim;

/// Keys of DKIM (RFC 6376, 8301, 8463).
pub struct Dkim;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

/// The rules about a key that is there.
const OF_KEYS: [&str; 6] = ["DKIM-02", "DKIM-03", "DKIM-04", "DKIM-05", "DKIM-06", "DKIM-07"];

/// A selector that nobody has: what is there is there for every selector.
const NOBODY: &str = "jalon-nobody";

#[derive(Deserialize)]
struct Common {
    selectors: Vec<String>,
}

static COMMON: LazyLock<Common> =
    LazyLock::new(|| toml::from_str(include_str!("common.toml")).expect("a test reads the list"));

impl Check for Dkim {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Dkim {
    fn questions(&self, facts: &Facts, profile: &Profile) -> Vec<Question> {
        let selectors = selectors(facts, profile);
        let tried = || selectors.iter().filter(|it| it.1 == Why::Tried);
        let is_something_there = tried().any(|it| published::at(facts, &it.0, it.1).is_ok_and(|it| it.is_some()));
        let for_all = is_something_there.then(|| question(facts, NOBODY));
        selectors
            .iter()
            .map(|it| question(facts, &it.0))
            .chain(for_all)
            .collect()
    }

    fn judge(&self, case: &Case<'_>) -> CheckReport {
        let mut verdicts = Verdicts::new(&SHEET, case.profile, Some(case.retry_at));
        let selectors = selectors(case.facts, case.profile);
        let mut shown = Map::new();
        let (mut is_any_there, mut is_any_unknown) = (false, false);
        for (selector, why) in &selectors {
            match found(case.facts, selector, *why) {
                Ok(Some(published)) => {
                    is_any_there = true;
                    shown.insert(selector.clone(), published.shown());
                    published.judge(case.facts, &mut verdicts);
                }
                Ok(None) if *why == Why::Named => published::complain_missing(case.facts, selector, &mut verdicts),
                Ok(None) => {}
                Err(doubted) => {
                    is_any_unknown = true;
                    unknown(*why, &doubted, &mut verdicts);
                }
            }
        }
        if selectors.iter().all(|it| it.1 != Why::Named) {
            verdicts.not_applicable("DKIM-01", SHEET.text("no-selector", &[]));
        }
        if !is_any_there && !is_any_unknown {
            for rule in OF_KEYS {
                verdicts.not_applicable(rule, SHEET.text("no-key", &[]));
            }
        }
        let mut facts = case.facts.about(&self.questions(case.facts, case.profile));
        facts["dkim"] = Value::from(shown);
        verdicts.finish(facts)
    }
}

fn question(facts: &Facts, selector: &str) -> Question {
    Question::txt(name(facts, selector))
}

fn name(facts: &Facts, selector: &str) -> String {
    facts.below(&format!("{selector}._domainkey"))
}

/// The selectors to look at, and why. Those of Exchange Online are not among them where its records are judged.
fn selectors(facts: &Facts, profile: &Profile) -> Vec<(String, Why)> {
    let has_exchange = profile.services.contains(&Service::Exchange);
    let of_exchange = Expected::of(profile)
        .map(|it| it.selectors.as_slice())
        .unwrap_or_default();
    let (elsewhere, also) = if has_exchange {
        (of_exchange, [].as_slice())
    } else {
        ([].as_slice(), of_exchange)
    };
    let named = facts
        .told
        .selectors
        .iter()
        .map(|it| (it.to_ascii_lowercase(), Why::Named));
    let tried = COMMON.selectors.iter().chain(also).map(|it| (it.clone(), Why::Tried));
    let mut seen: BTreeSet<String> = elsewhere.iter().cloned().collect();
    named.chain(tried).filter(|it| seen.insert(it.0.clone())).collect()
}

/// What is published at a selector. What is there for every name is no key of this one, unless somebody expects it.
fn found<'a>(facts: &'a Facts, selector: &str, why: Why) -> Result<Option<Published<'a>>, Doubted> {
    let Some(published) = published::at(facts, selector, why)? else {
        return Ok(None);
    };
    if why == Why::Tried {
        let for_all = published::at(facts, NOBODY, why)?;
        if for_all.is_some_and(|it| it.says_the_same(&published)) {
            return Ok(None);
        }
    }
    Ok(Some(published))
}

/// Whether a selector was only tried, and nothing of its own is there.
pub(super) fn is_vain_guess(facts: &Facts, selector: &str) -> bool {
    let is_tried = COMMON.selectors.iter().any(|it| it == selector);
    selector == NOBODY || (is_tried && found(facts, selector, Why::Tried).is_ok_and(|it| it.is_none()))
}

fn unknown(why: Why, doubted: &Doubted, verdicts: &mut Verdicts) {
    let of_presence = (why == Why::Named).then_some("DKIM-01");
    for rule in of_presence.into_iter().chain(OF_KEYS) {
        verdicts.doubt(rule, doubted.doubt, &doubted.about);
    }
}
