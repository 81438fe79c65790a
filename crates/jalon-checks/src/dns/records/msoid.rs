//! DNS-011: the name `msoid`. 21Vianet needs it; with every other cloud it sends clients to the wrong one, and Office cannot be
//! activated (Microsoft 365, "External Domain Name System records").

use jalon_domain::profile::Profile;

use super::{
    expected::{Expected, Msoid},
    not_in_table, wanted,
};
use crate::{
    dns::{
        Facts, Question,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

const LABEL: &str = "msoid";

/// A name that nobody publishes: what is there is there for every name.
const NOBODY: &str = "jalon-nobody";

pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let own = Question::cname(facts.below(LABEL));
    let is_there = facts.alias(&facts.below(LABEL)).is_ok_and(|it| it.is_some());
    let for_all = is_there.then(|| Question::cname(facts.below(NOBODY)));
    for_all.into_iter().chain([own]).collect()
}

pub(super) fn judge(facts: &Facts, profile: &Profile, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = facts.below(LABEL);
    let is_asked_for = wanted::alias(facts, profile, LABEL);
    let rule = Expected::of(profile).map_or(Msoid::Unknown, |it| it.msoid);
    let held = facts.alias(&name)?;
    let mut told = Complaint {
        rule: "DNS-011",
        subject: &facts.domain,
        attribute: Some("CNAME"),
        observed: held.as_ref().map_or_else(String::new, |it| it.value.to_owned()),
        args: &[("name", name.as_str().into())],
        ..Complaint::BLANK
    };
    let old: Vec<Line> = held.iter().map(|it| Line::of(&name, it.record)).collect();
    match (is_asked_for, &held) {
        (Ok(wanted), Some(held)) if held.value == wanted.value => return Ok(()),
        (Ok(wanted), held) => {
            told.key = if held.is_some() {
                "msoid-elsewhere"
            } else {
                "msoid-missing"
            };
            told.fix = Some(zone::fix(&[Line::cname(&name, &wanted.value)], &old));
            told.severity = wanted.severity();
            told.expected = wanted.value;
        }
        (Err(_), Some(held)) if rule == Msoid::Forbidden => {
            // A wildcard answers for every name, this one too: what it leads to is no cloud of Microsoft's.
            let for_all = facts.alias(&facts.below(NOBODY))?;
            if for_all.is_some_and(|it| it.value == held.value) {
                return Ok(());
            }
            told.key = "msoid-present";
            told.fix = Some(zone::fix(&[], &old));
        }
        (Err(_), None) if rule == Msoid::Forbidden => return Ok(()),
        (Err(_), _) => return Err(not_in_table(profile, &format!("CNAME {name}"))),
    }
    verdicts.complain(told);
    Ok(())
}
