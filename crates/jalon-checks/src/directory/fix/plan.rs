//! What a fix changes, object by object, and what it leaves to people. How it comes out of defects is `planner`'s; how it is
//! written down or made, the other modules'.

use std::collections::BTreeMap;

use jalon_domain::{finding::Action, ids::RuleId, text::Text};
use serde::{Deserialize, Serialize};

use super::texts;

/// Everything that a fix changes and everything that it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The changes, one entry an object, in the order in which the objects were met.
    pub objects: Vec<ObjectChange>,
    /// What is left for people to decide.
    pub undecided: Vec<Undecided>,
}

/// What changes in one object; all of it or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectChange {
    /// Its distinguished name.
    pub dn: String,
    /// Its class, such as `user`; empty where that is not known.
    pub object_class: String,
    /// The changes of its values.
    pub changes: Vec<ValueChange>,
}

/// What changes in one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueChange {
    /// The attribute.
    pub attribute: String,
    /// The value that goes; none where one is only added.
    pub from: Option<String>,
    /// The value that comes; none where one is only taken away.
    pub to: Option<String>,
    /// The rules that the value breaks.
    pub rules: Vec<RuleId>,
}

/// A value that something is wrong with and that is not changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undecided {
    /// The object's distinguished name.
    pub dn: String,
    /// Its class; empty where that is not known.
    pub object_class: String,
    /// The attribute.
    pub attribute: String,
    /// The value; empty where the attribute has none.
    pub value: String,
    /// What was proposed, if anything.
    pub proposed: Option<String>,
    /// What the check says to do.
    pub action: Action,
    /// The rules that the value breaks.
    pub rules: Vec<RuleId>,
    /// Why it is not changed.
    pub reason: Reason,
    /// Other objects that this is about.
    pub others: Vec<String>,
}

/// Why a value is left to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nothing can be proposed.
    NoProposal,
    /// Another object is the one to change.
    Kept,
    /// Several objects hold the value, and each needs one.
    Duplicate,
    /// Two objects would hold the same value afterwards.
    Collision,
    /// Another object holds the proposed value.
    Taken,
    /// The object would lose its primary address.
    Primary,
    /// The source does not name the object.
    Nameless,
    /// Whoever reviewed it said no.
    Declined,
}

impl Reason {
    /// The word for programs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoProposal => "no-proposal",
            Self::Kept => "kept",
            Self::Duplicate => "duplicate",
            Self::Collision => "collision",
            Self::Taken => "taken",
            Self::Primary => "primary",
            Self::Nameless => "nameless",
            Self::Declined => "declined",
        }
    }

    /// A sentence for people.
    pub fn text(self) -> Text {
        texts::both(self.word(), &[])
    }
}

impl Plan {
    /// How many values change.
    pub fn values(&self) -> usize {
        self.objects.iter().map(|it| it.changes.len()).sum()
    }

    /// How many values are left to people, by reason.
    pub fn undecided_by_reason(&self) -> BTreeMap<Reason, usize> {
        let mut counts = BTreeMap::new();
        for it in &self.undecided {
            *counts.entry(it.reason).or_default() += 1;
        }
        counts
    }

    /// The plan that leads back: the inverse changes in the opposite order.
    pub fn undo(&self) -> Vec<ObjectChange> {
        self.objects.iter().rev().map(ObjectChange::inverse).collect()
    }
}

impl ObjectChange {
    /// The change that leads back.
    pub fn inverse(&self) -> Self {
        Self {
            changes: self.changes.iter().rev().map(ValueChange::inverse).collect(),
            ..self.clone()
        }
    }

    /// One of its changes, left to people after all.
    pub(super) fn undecided(&self, change: ValueChange, reason: Reason, others: Vec<String>) -> Undecided {
        Undecided {
            dn: self.dn.clone(),
            object_class: self.object_class.clone(),
            action: change.action(),
            attribute: change.attribute,
            value: change.from.unwrap_or_default(),
            proposed: change.to,
            rules: change.rules,
            reason,
            others,
        }
    }
}

impl ValueChange {
    /// The change that leads back.
    pub fn inverse(&self) -> Self {
        Self {
            from: self.to.clone(),
            to: self.from.clone(),
            ..self.clone()
        }
    }

    /// What the change does, in the words of a check.
    pub fn action(&self) -> Action {
        if self.to.is_some() {
            Action::Edit
        } else {
            Action::Remove
        }
    }
}

/// Whether an attribute holds one value among several: then a value can be added or can go without a replacement.
pub(super) fn is_one_of_several(attribute: &str) -> bool {
    attribute.eq_ignore_ascii_case("proxyAddresses")
}

/// Whether a value is the address that mail is sent from: exactly one is, and is written with `SMTP:`.
pub(super) fn is_primary(attribute: &str, value: &str) -> bool {
    is_one_of_several(attribute) && value.starts_with("SMTP:")
}

/// Values as a directory compares them.
pub(super) fn alike(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}
