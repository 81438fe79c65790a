//! What a form of the page comes back with: what was typed, what is wrong, what succeeded, a link to hand over.

use jalon_domain::{ids::TargetId, text::Lang};
use jalon_service::directory::Trial;
use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::{forms::Errors, note},
};

/// A small act that succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// A target was added.
    Added,
    /// A target was removed.
    Removed,
    /// Somebody known was added.
    Joined,
    /// A live directory was connected.
    Connected,
    /// How a live directory is reached was changed.
    Changed,
}

impl Done {
    const ALL: [Self; 5] = [Self::Added, Self::Removed, Self::Joined, Self::Connected, Self::Changed];

    /// The word in the address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Joined => "joined",
            Self::Connected => "connected",
            Self::Changed => "changed",
        }
    }

    /// The act of a word.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == raw)
    }

    /// What is said of it.
    pub fn toast(self, lang: Lang) -> Markup {
        let text = match self {
            Self::Added => t!(lang, M, "added-target"),
            Self::Removed => t!(lang, M, "removed-target"),
            Self::Joined => t!(lang, M, "added-person"),
            Self::Connected => t!(lang, M, "connected"),
            Self::Changed => t!(lang, M, "changed"),
        };
        html! { (note::toast(lang, &text, None)) }
    }
}

/// What was typed about somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their access, a word.
    pub level: String,
    /// Their role, a word; empty for none.
    pub role: String,
}

/// Somebody who was invited: the link is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Who.
    pub name: String,
    /// The address of the one-time link.
    pub link: String,
}

/// What the page knows of the form that was sent, if any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The domain typed.
    pub domain: String,
    /// The endpoint typed.
    pub endpoint: String,
    /// The person typed.
    pub person: Person,
    /// What is wrong, by field.
    pub errors: Errors,
    /// What succeeded.
    pub done: Option<Done>,
    /// Whom to hand a link to.
    pub invitation: Option<Invitation>,
    /// What trying out a live directory came to.
    pub trial: Option<(TargetId, Trial)>,
}
