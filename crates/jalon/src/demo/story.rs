//! The story as data: who is there, what they did on which day. How it is done is in `play`.

use std::collections::BTreeMap;

use jalon_domain::{
    ids::{RequirementId, ResponsibilityId, RuleId},
    profile::Profile,
    programme::Role,
    text::Text,
};
use jalon_service::Level;
use serde::Deserialize;

/// The whole story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    pub(super) organisation: String,
    pub(super) name: Text,
    /// Working days before today on which the engagement begins.
    pub(super) begins: u16,
    /// Calendar days after today by which everything should be proven.
    pub(super) target_in: u16,
    pub(super) profile: Profile,
    pub(super) domains: Vec<String>,
    /// By the key that the acts use.
    pub(super) people: BTreeMap<String, Somebody>,
    /// In order.
    #[serde(rename = "day")]
    pub(super) days: Vec<Day>,
}

/// Somebody of the story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Somebody {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) level: Level,
    pub(super) roles: Vec<Role>,
}

/// A working day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Day {
    /// Working days before today; 0 is the present.
    pub(super) ago: u16,
    pub(super) acts: Vec<Act>,
}

/// One thing that happened.
#[derive(Debug, Deserialize)]
pub(super) struct Act {
    /// Who did it; the project manager where nobody is named.
    #[serde(default)]
    pub(super) by: Option<String>,
    /// What was said, where the usual words do not do.
    #[serde(default)]
    pub(super) says: Option<Text>,
    #[serde(flatten)]
    pub(super) deed: Deed,
}

/// What was done.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Deed {
    /// Responsibilities get an owner.
    Gives { to: String, duties: Vec<ResponsibilityId> },
    /// A document is handed in.
    HandsIn(Asked),
    /// What was handed in is approved.
    Approves(Asked),
    /// What was handed in is refused.
    Refuses(Asked),
    /// A document is handed in by one and approved by another, an hour later.
    Settles { what: Asked, approved_by: String },
    /// Somebody signs off; a file comes with it where one is asked for.
    Signs(Asked),
    /// Somebody says that it is done.
    Claims(ResponsibilityId),
    /// A gap is accepted for so many days.
    Waives {
        duty: ResponsibilityId,
        days: u16,
        ticket: String,
    },
    /// The findings of a rule are accepted for so many days.
    Accepts { rule: RuleId, days: u16, ticket: String },
    /// A responsibility is set as not applicable.
    LeavesOut(ResponsibilityId),
    /// The findings of some rules get somebody to mend them, due in so many days.
    Mends {
        rules: Vec<RuleId>,
        to: String,
        due_in: i16,
    },
    /// A domain becomes a target.
    AddsDomain(String),
    /// The hosts of the scene become targets.
    AddsEndpoints(Vec<String>),
    /// A directory export becomes a target, in the place of the former one.
    Exports { name: String, more_defects: bool },
    /// Zone lines are taken away and published.
    Edits { withdraw: String, publish: String },
    /// A name server stops working.
    Breaks(String),
    /// A certificate is replaced by a sound one.
    Renews(String),
    /// Everything is measured.
    Measures(Measured),
}

/// Everything there is to measure.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Measured {
    Everything,
}

/// One requirement of one responsibility, written `kickoff.meeting/minutes`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Asked {
    pub(super) duty: ResponsibilityId,
    pub(super) requirement: RequirementId,
}

impl TryFrom<String> for Asked {
    type Error = String;
    fn try_from(raw: String) -> Result<Self, String> {
        let (duty, requirement) = raw
            .split_once('/')
            .ok_or_else(|| format!("`{raw}` is not DUTY/REQUIREMENT"))?;
        Ok(Self {
            duty: duty.parse().map_err(|it: jalon_domain::ids::BadId| it.to_string())?,
            requirement: requirement
                .parse()
                .map_err(|it: jalon_domain::ids::BadId| it.to_string())?,
        })
    }
}

/// The story.
pub(super) fn story() -> Story {
    toml::from_str(include_str!("story.toml")).expect("the story is part of the program, and a test reads it")
}

#[cfg(test)]
mod tests {
    use jalon_catalogue::Catalogue;

    use super::*;

    /// The requirements and responsibilities that an act names.
    fn named(deed: &Deed) -> (Vec<&Asked>, Vec<&ResponsibilityId>) {
        match deed {
            Deed::HandsIn(it)
            | Deed::Approves(it)
            | Deed::Refuses(it)
            | Deed::Signs(it)
            | Deed::Settles { what: it, .. } => (vec![it], vec![]),
            Deed::Gives { duties, .. } => (vec![], duties.iter().collect()),
            Deed::Claims(it) | Deed::LeavesOut(it) | Deed::Waives { duty: it, .. } => (vec![], vec![it]),
            _ => (vec![], vec![]),
        }
    }

    #[test]
    fn the_story_names_only_what_the_catalogue_knows() {
        let (story, book) = (story(), Catalogue::builtin());
        let applies = |id: &ResponsibilityId| book.applicable(&story.profile).any(|it| it.id == *id);
        for act in story.days.iter().flat_map(|it| &it.acts) {
            let (asked, duties) = named(&act.deed);
            for it in asked {
                let duty = book.responsibility(&it.duty).unwrap_or_else(|| panic!("{}", it.duty));
                assert!(applies(&it.duty), "{} does not apply", it.duty);
                assert!(
                    duty.requirements.iter().any(|own| own.id == it.requirement),
                    "{}/{}",
                    it.duty,
                    it.requirement
                );
            }
            duties
                .into_iter()
                .for_each(|it| assert!(applies(it), "{it} does not apply"));
        }
    }

    #[test]
    fn days_follow_each_other_and_everybody_is_known() {
        let story = story();
        assert!(
            story.days.is_sorted_by(|a, b| a.ago > b.ago),
            "days go towards the present"
        );
        assert!(story.days.iter().all(|it| it.ago <= story.begins));
        for act in story.days.iter().flat_map(|it| &it.acts) {
            let others = match &act.deed {
                Deed::Gives { to, .. } | Deed::Mends { to, .. } => Some(to),
                Deed::Settles { approved_by, .. } => Some(approved_by),
                _ => None,
            };
            for who in act.by.iter().chain(others) {
                assert!(story.people.contains_key(who), "nobody is called {who}");
            }
        }
    }
}
