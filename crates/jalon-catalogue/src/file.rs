//! The shapes of the data files, as they are written. Unknown keys are refused; the ids inside are checked by the domain.

use std::collections::BTreeSet;

use jalon_domain::{
    ids::{BulletId, CheckId, RequirementId, ResponsibilityId, RuleId},
    profile::Condition,
    programme::{GateRule, Phase, ProvedBy, Requirement, Responsibility, Role, Side, Workstream},
    text::Text,
};
use serde::Deserialize;

use crate::Source;

/// `catalogue.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueFile {
    pub(crate) version: String,
    pub(crate) probes: BTreeSet<String>,
    pub(crate) source: Vec<Source>,
    #[serde(default)]
    pub(crate) overlay: Vec<OverlayHeader>,
}

/// An `[[overlay]]` of `catalogue.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverlayHeader {
    pub(crate) id: String,
    pub(crate) title: Text,
    pub(crate) page: Text,
    pub(crate) version: String,
    pub(crate) applies: Condition,
    pub(crate) count: usize,
}

/// `bullets/PROGRAMME.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulletsFile {
    pub(crate) bullet: Vec<BulletEntry>,
}

/// A `[[bullet]]`; its programme, section and version follow from its id and its page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulletEntry {
    pub(crate) id: BulletId,
    pub(crate) ordinal: String,
    pub(crate) title: Text,
    pub(crate) responsibilities: Vec<ResponsibilityId>,
    pub(crate) divergence: Option<Text>,
}

/// `overlays/ID.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverlayFile {
    pub(crate) responsibility: Vec<ResponsibilityEntry>,
}

/// `gates.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GatesFile {
    pub(crate) gate: Vec<GateRule>,
}

/// `responsibilities/ID.toml`: the domain's noun, with its keys held to the letter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResponsibilityEntry {
    id: ResponsibilityId,
    title: Text,
    good: Text,
    proof: Text,
    #[serde(default)]
    bullets: Vec<BulletId>,
    phase: Option<Phase>,
    needed_by: Option<Phase>,
    #[serde(default)]
    core: bool,
    workstream: Workstream,
    side: Side,
    accountable: Role,
    responsible: Role,
    #[serde(default)]
    contributors: Vec<Role>,
    #[serde(default)]
    informed: Vec<Role>,
    counterpart: Option<Role>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    legacy: bool,
    #[serde(default)]
    retired: bool,
    #[serde(default)]
    applies: Condition,
    days: u16,
    #[serde(default)]
    depends_on: Vec<ResponsibilityId>,
    #[serde(default)]
    children: Vec<ResponsibilityId>,
    #[serde(default)]
    requirement: Vec<RequirementRow>,
}

impl From<ResponsibilityEntry> for Responsibility {
    fn from(it: ResponsibilityEntry) -> Self {
        Self {
            id: it.id,
            title: it.title,
            good: it.good,
            proof: it.proof,
            bullets: it.bullets,
            phase: it.phase,
            needed_by: it.needed_by,
            core: it.core,
            workstream: it.workstream,
            side: it.side,
            accountable: it.accountable,
            responsible: it.responsible,
            contributors: it.contributors,
            informed: it.informed,
            counterpart: it.counterpart,
            optional: it.optional,
            legacy: it.legacy,
            retired: it.retired,
            applies: it.applies,
            days: it.days,
            depends_on: it.depends_on,
            children: it.children,
            requirements: it.requirement.into_iter().map(|it| it.0).collect(),
        }
    }
}

/// A `[[requirement]]` whose keys agree with each other.
#[derive(Deserialize)]
#[serde(try_from = "RequirementEntry")]
struct RequirementRow(Requirement);

/// A `[[requirement]]` as written: which keys it needs follows from `by`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementEntry {
    id: RequirementId,
    title: Text,
    by: Means,
    check: Option<CheckId>,
    rules: Option<Vec<RuleId>>,
    deliverable: Option<String>,
    meeting: Option<String>,
    register: Option<String>,
    approvers: Option<Vec<Role>>,
    signer: Option<Role>,
    file: Option<bool>,
    stands_for: Option<Vec<String>>,
    valid_days: Option<u16>,
    #[serde(default)]
    applies: Condition,
}

/// The words of `by`.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Means {
    Check,
    Deliverable,
    Meeting,
    Register,
    SignOff,
}

impl Means {
    const fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Deliverable => "deliverable",
            Self::Meeting => "meeting",
            Self::Register => "register",
            Self::SignOff => "sign-off",
        }
    }

    fn need<T>(self, value: Option<T>, key: &'static str) -> Result<T, BadRequirement> {
        value.ok_or(BadRequirement::Missing { by: self.word(), key })
    }
}

/// Keys of a requirement that do not go together.
#[derive(Debug, thiserror::Error)]
enum BadRequirement {
    #[error("a requirement by `{by}` needs `{key}`; add it")]
    Missing { by: &'static str, key: &'static str },
    #[error("`{key}` does not belong to a requirement by `{by}`; remove it")]
    Superfluous { by: &'static str, key: &'static str },
}

impl TryFrom<RequirementEntry> for RequirementRow {
    type Error = BadRequirement;

    fn try_from(mut it: RequirementEntry) -> Result<Self, BadRequirement> {
        let means = it.by;
        let by = match means {
            Means::Check => ProvedBy::Check {
                check: means.need(it.check.take(), "check")?,
                rules: it.rules.take().unwrap_or_default(),
            },
            Means::Deliverable => ProvedBy::Deliverable {
                deliverable: means.need(it.deliverable.take(), "deliverable")?,
                approvers: means.need(it.approvers.take(), "approvers")?,
            },
            Means::Meeting => ProvedBy::Meeting {
                meeting: means.need(it.meeting.take(), "meeting")?,
                approvers: means.need(it.approvers.take(), "approvers")?,
            },
            Means::Register => ProvedBy::Register {
                register: means.need(it.register.take(), "register")?,
                approvers: means.need(it.approvers.take(), "approvers")?,
            },
            Means::SignOff => ProvedBy::SignOff {
                signer: means.need(it.signer.take(), "signer")?,
                file: it.file.take().unwrap_or_default(),
                stands_for: it.stands_for.take().unwrap_or_default(),
            },
        };
        if let Some(key) = it.left_over() {
            return Err(BadRequirement::Superfluous { by: means.word(), key });
        }
        Ok(Self(Requirement {
            id: it.id,
            title: it.title,
            by,
            valid_days: it.valid_days,
            applies: it.applies,
        }))
    }
}

impl RequirementEntry {
    /// A key that was given and that no one took.
    fn left_over(&self) -> Option<&'static str> {
        let given = [
            ("check", self.check.is_some()),
            ("rules", self.rules.is_some()),
            ("deliverable", self.deliverable.is_some()),
            ("meeting", self.meeting.is_some()),
            ("register", self.register.is_some()),
            ("approvers", self.approvers.is_some()),
            ("signer", self.signer.is_some()),
            ("file", self.file.is_some()),
            ("stands_for", self.stands_for.is_some()),
        ];
        given.into_iter().find_map(|(key, given)| given.then_some(key))
    }
}
