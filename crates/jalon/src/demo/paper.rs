//! What people of the story write: small text files as evidence, and the usual words of an approval.

use jalon_domain::{
    programme::{Requirement, Responsibility},
    text::Lang,
};
use jiff::Timestamp;

use crate::text;

/// A document: its name and its text.
pub(super) struct Paper {
    pub(super) name: String,
    pub(super) text: String,
}

/// The document that `author` hands in for `requirement`.
pub(super) fn paper(
    lang: Lang,
    organisation: &str,
    duty: &Responsibility,
    requirement: &Requirement,
    author: &str,
    at: Timestamp,
) -> Paper {
    let day = at.strftime("%Y-%m-%d").to_string();
    let args = [
        ("organisation", organisation.into()),
        ("duty", duty.title.get(lang).into()),
        ("requirement", requirement.title.get(lang).into()),
        ("good", duty.good.get(lang).into()),
        ("author", author.into()),
        ("day", day.as_str().into()),
    ];
    Paper {
        name: format!("{day} {}-{}.txt", duty.id, requirement.id).replace(' ', "_"),
        text: text::say(lang, "demo-paper", &args),
    }
}
