//! What lists are asked for: pages, and filters whose words are checked. A word that is unknown is refused, because a
//! program would take the whole list for the part that it meant.

use std::{fmt::Display, str::FromStr};

use jalon_domain::{
    ids::PersonId,
    programme::Phase,
    proof::{Reason, State},
    text::Text,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::M;
use crate::{error::Failure, text::texts};

/// Most items of a page.
const MOST: u64 = 200;
/// Items of a page when nobody says how many.
const USUAL: u64 = 50;

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Paging {
    /// `next` of the page before.
    pub(super) after: Option<String>,
    /// How many, 1 to 200; 50 unless said.
    pub(super) limit: Option<u64>,
}

impl Paging {
    /// How many.
    pub(super) fn limit(&self) -> Result<u64, Failure> {
        let limit = self.limit.unwrap_or(USUAL);
        if (1..=MOST).contains(&limit) {
            Ok(limit)
        } else {
            Err(invalid("limit", texts!(M, "limit-bounds", most = MOST)))
        }
    }

    /// Where the page begins, in the list's own terms.
    pub(super) fn after<T: FromStr>(&self) -> Result<Option<T>, Failure> {
        let parsed = self.after.as_deref().map(str::parse).transpose();
        parsed.map_err(|_| unknown_page())
    }
}

/// What is said of an `after` that no page ended with.
pub(super) fn unknown_page() -> Failure {
    invalid("after", texts!(M, "after-unknown"))
}

/// A value that cannot be taken.
pub(super) fn invalid(field: &str, text: Text) -> Failure {
    Failure::Invalid {
        field: field.to_owned(),
        text,
    }
}

/// An owner asked for: an id, or `none`.
pub(super) fn owner(raw: Option<String>) -> Result<Option<String>, Failure> {
    match raw {
        Some(it) if it != "none" && it.parse::<PersonId>().is_err() => {
            Err(invalid("owner", texts!(M, "owner-unknown")))
        }
        other => Ok(other),
    }
}

/// A phase asked for, or `cross`.
pub(super) fn phase(raw: Option<String>) -> Result<Option<String>, Failure> {
    let accepted = joined(Phase::ALL.iter().map(|it| it.word()).chain(["cross"]));
    match raw {
        Some(word) if word != "cross" && word.parse::<Phase>().is_err() => Err(invalid(
            "phase",
            texts!(M, "phase-unknown", word = &word, accepted = &accepted),
        )),
        other => Ok(other),
    }
}

/// A state asked for, or a reason of an open one.
pub(super) fn state(raw: Option<String>) -> Result<Option<String>, Failure> {
    let words = State::ALL.iter().map(|it| it.word());
    let accepted = joined(words.chain(Reason::ALL.iter().map(|it| it.word())));
    match raw {
        Some(word) if word.parse::<State>().is_err() && word.parse::<Reason>().is_err() => Err(invalid(
            "state",
            texts!(M, "state-unknown", word = &word, accepted = &accepted),
        )),
        other => Ok(other),
    }
}

fn joined(words: impl Iterator<Item = impl Display>) -> String {
    words.map(|it| it.to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_to_two_hundred_items() {
        let limit = |limit| Paging { after: None, limit }.limit();
        assert_eq!(
            (limit(None), limit(Some(1)), limit(Some(200))),
            (Ok(50), Ok(1), Ok(200))
        );
        assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
    }

    #[test]
    fn unknown_words_are_refused_by_name() {
        let some = |it: &str| Some(it.to_owned());
        assert!(owner(some("none")).is_ok() && owner(some("me")).is_err());
        assert!(phase(some("cross")).is_ok() && phase(some("enable")).is_ok());
        let refused = phase(some("later")).unwrap_err().to_string();
        assert!(refused.contains("later") && refused.contains("enable"), "{refused}");
        assert!(state(some("failing")).is_ok() && state(some("verified")).is_ok() && state(some("sate")).is_err());
        assert!(
            Paging {
                after: some("x"),
                limit: None
            }
            .after::<i64>()
            .is_err()
        );
    }
}
