//! What is to be filled, and what stands in the way.

use std::{fmt, sync::LazyLock};

use jalon_domain::{ids::RuleId, text::Text};
use serde::{Serialize, Serializer};

use super::{person::Who, phrase};
use crate::directory::fix::ValueChange;

/// The rule that a missing value breaks.
static RULE: LazyLock<RuleId> = LazyLock::new(|| RuleId::parse("DIR-039").expect("it has the form of a rule"));

/// An attribute that mail needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// The address that people see.
    Mail,
    /// The alias.
    MailNickname,
    /// Every address.
    ProxyAddresses,
    /// Where mail is forwarded to.
    TargetAddress,
}

impl Attribute {
    /// All of them, in the order of a change.
    pub const ALL: [Self; 4] = [
        Self::Mail,
        Self::MailNickname,
        Self::ProxyAddresses,
        Self::TargetAddress,
    ];

    /// Its name in the directory's own case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::MailNickname => "mailNickname",
            Self::ProxyAddresses => "proxyAddresses",
            Self::TargetAddress => "targetAddress",
        }
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Attribute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One value that comes into Active Directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fill {
    /// The attribute.
    pub attribute: Attribute,
    /// The value that goes for it; none where nothing is lost, which is always so unless overwriting was asked for.
    pub value: Option<String>,
    /// The value that comes.
    pub proposed: String,
}

impl Fill {
    pub(super) fn add(attribute: Attribute, proposed: impl Into<String>) -> Self {
        Self {
            attribute,
            value: None,
            proposed: proposed.into(),
        }
    }

    pub(super) fn change(attribute: Attribute, value: impl Into<String>, proposed: impl Into<String>) -> Self {
        Self {
            attribute,
            value: Some(value.into()),
            proposed: proposed.into(),
        }
    }

    /// The same as a change of an object.
    pub(super) fn change_of(&self) -> ValueChange {
        ValueChange {
            attribute: self.attribute.name().to_owned(),
            from: self.value.clone(),
            to: Some(self.proposed.clone()),
            rules: vec![RULE.clone()],
        }
    }

    /// Active Directory lacks the value, and loses none for it.
    pub fn is_missing(&self) -> bool {
        self.value.is_none()
    }
}

/// A value of the other directory that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The object of Active Directory.
    pub dn: String,
    /// The person who it is.
    pub person: Who,
    /// The attribute.
    pub attribute: Attribute,
    /// What the object has there.
    pub value: Option<String>,
    /// What the other directory would put there.
    pub wanted: String,
    /// Why it is not put there.
    #[serde(flatten)]
    pub reason: Reason,
}

/// Why a value is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", content = "others", rename_all = "kebab-case")]
pub enum Reason {
    /// The object has another value; overwriting was not asked for.
    Differs,
    /// The address would be the primary one, and the object has it as another; overwriting was not asked for.
    NotPrimary,
    /// Another object of Active Directory has it already: their distinguished names.
    Held(Vec<String>),
    /// Several people of the other directory have it, and it can go to one object only: the others' names.
    Shared(Vec<String>),
    /// It is a further address, and none is known that could be the primary one.
    NoPrimary,
    /// The object has a mailbox here, and mail must not be forwarded past it.
    LocalMailbox,
    /// It is nothing that the attribute could hold.
    Unsound,
    /// The schema of the directory does not have the attribute.
    NoSchema,
    /// The global catalogue does not show the attribute: the object may have a value.
    NotShown,
}

impl Reason {
    /// The word of a document.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::NotPrimary => "not-primary",
            Self::Held(_) => "held",
            Self::Shared(_) => "shared",
            Self::NoPrimary => "no-primary",
            Self::LocalMailbox => "local-mailbox",
            Self::Unsound => "unsound",
            Self::NoSchema => "no-schema",
            Self::NotShown => "not-shown",
        }
    }

    /// A sentence for people.
    pub fn text(&self) -> Text {
        phrase::text(self.word(), &[])
    }

    /// The object lacks the value because of it; else it has one, only not the same.
    pub fn leaves_a_gap(&self) -> bool {
        matches!(
            self,
            Self::NotPrimary | Self::Held(_) | Self::Shared(_) | Self::NoPrimary | Self::NotShown
        )
    }

    /// Who else has the value.
    pub fn others(&self) -> &[String] {
        match self {
            Self::Held(it) | Self::Shared(it) => it,
            _ => &[],
        }
    }
}
