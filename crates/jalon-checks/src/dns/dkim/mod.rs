//! The DKIM keys of a domain beside those of Exchange Online, which are judged with the other expected records: at the selectors
//! that were named, and at those that senders use unless they are told otherwise.

pub(super) mod key;
mod published;

use std::{collections::BTreeSet, sync::LazyLock};

use jalon_domain::profile::{Profile, Service};
use jalon_wire::dns::RecordType;
use serde::Deserialize;
use serde_json::{Map, Value};

use self::published::{Published, Why};
use super::{
    Case, DnsCheck, Extra, Facts, Question,
    records::{dkim as of_exchange, expected::Expected, wanted},
    spf,
};
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
        let basis = basis(facts, profile);
        let is_decided = basis.iter().all(|it| facts.knows(it));
        let mut selectors = selectors(facts, profile);
        selectors.retain(|it| is_decided || it.1 == Why::Named);
        let tried = || selectors.iter().filter(|it| it.1 == Why::Tried);
        let is_something_there = tried().any(|it| published::at(facts, &it.0, it.1).is_ok_and(|it| it.is_some()));
        let for_all = is_something_there.then(|| question(facts, NOBODY));
        selectors
            .iter()
            .map(|it| question(facts, &it.0))
            .chain(for_all)
            .chain(basis)
            .collect()
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        let selectors = selectors(case.facts, case.profile);
        let mut shown = Map::new();
        let (mut is_any_there, mut is_any_unknown) = (false, false);
        for (selector, why) in &selectors {
            match found(case.facts, selector, *why) {
                Ok(Some(published)) => {
                    is_any_there = true;
                    shown.insert(selector.clone(), published.shown());
                    published.judge(case.facts, verdicts);
                }
                Ok(None) if *why == Why::Named => published::complain_missing(case.facts, selector, verdicts),
                Ok(None) => {}
                Err(doubted) => {
                    is_any_unknown = true;
                    unknown(*why, &doubted, verdicts);
                }
            }
        }
        if selectors.iter().all(|it| it.1 != Why::Named) {
            verdicts.not_applicable("DKIM-01", SHEET.text("no-selector", &[]));
        }
        if !is_any_there && !is_any_unknown {
            let why = if selectors.is_empty() {
                "no-other-sender"
            } else {
                "no-key"
            };
            for rule in OF_KEYS {
                verdicts.not_applicable(rule, SHEET.text(why, &[]));
            }
        }
        [("dkim".to_owned(), Value::from(shown))].into_iter().collect()
    }
}

fn question(facts: &Facts, selector: &str) -> Question {
    Question::txt(name(facts, selector))
}

fn name(facts: &Facts, selector: &str) -> String {
    facts.below(&format!("{selector}._domainkey"))
}

/// Exchange Online's records, where the profile has it.
fn exchange(profile: &Profile) -> Option<&'static Expected> {
    Expected::of(profile).filter(|_| profile.services.contains(&Service::Exchange))
}

/// What decides whether usual selectors are tried.
fn basis(facts: &Facts, profile: &Profile) -> Vec<Question> {
    let keys = exchange(profile).map(|it| of_exchange::questions(facts, it));
    let texts = keys.into_iter().flatten().filter(|it| it.kind() == RecordType::Txt);
    texts.chain([Question::txt(&facts.domain)]).collect()
}

/// Whether nobody but Exchange Online signs, as far as can be known: its keys are there, and SPF lets nobody else send.
fn is_alone(facts: &Facts, profile: &Profile) -> bool {
    let lets_no_other = |include: String| spf::lets_only(facts, &include) == Ok(true);
    exchange(profile).is_some_and(|it| of_exchange::is_any_there(facts, it))
        && wanted::include(facts, profile).is_some_and(lets_no_other)
}

/// The selectors to look at, and why. Those of Exchange Online are not among them where its records are judged.
fn selectors(facts: &Facts, profile: &Profile) -> Vec<(String, Why)> {
    let microsoft = Expected::of(profile).map_or([].as_slice(), |it| &it.selectors);
    let is_judged_elsewhere = exchange(profile).is_some();
    let named = facts.told.selectors.iter();
    let named = named.map(|it| (it.to_ascii_lowercase(), Why::Named));
    let also = microsoft.iter().filter(|_| !is_judged_elsewhere);
    let is_alone = is_alone(facts, profile);
    let tried = COMMON.selectors.iter().chain(also).filter(|_| !is_alone);
    let mut seen: BTreeSet<String> = microsoft.iter().filter(|_| is_judged_elsewhere).cloned().collect();
    named
        .chain(tried.map(|it| (it.clone(), Why::Tried)))
        .filter(|it| seen.insert(it.0.clone()))
        .collect()
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
