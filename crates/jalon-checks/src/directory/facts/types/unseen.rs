//! What was not seen and why, and what the facts say of prerequisites.

use jalon_domain::{evidence::Outcome, text::Text};
use serde::{Deserialize, Serialize};

use crate::directory::facts::Part;

/// A part that was not seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// The part.
    pub part: Part,
    /// The domain whose part it is; none for what the whole forest shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// Why, for programs.
    pub why: Why,
    /// Why, for people.
    pub reason: Text,
}

/// Why a part was not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The directory has no such thing.
    NotThere,
    /// The account may not see it.
    Forbidden,
    /// Nobody has signed in.
    SignInRequired,
    /// Another server holds it.
    Elsewhere,
    /// There is more of it than this program reads.
    TooMany,
    /// The server did not answer, or the connection broke.
    NoAnswer,
    /// The server refused in another way.
    Failed,
}

/// What the facts say of one of the programme's prerequisites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prerequisite {
    /// Its id in the programme, such as `P-DIR-01`.
    pub id: String,
    /// What they say.
    pub outcome: Outcome,
    /// Why.
    pub reason: Text,
}
