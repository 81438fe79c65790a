//! Evidence: what was seen or said, by whom or from where, when, and until when it holds.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{AttachmentId, EvidenceId, PersonId, RequirementId, RunId},
    text::Text,
    words,
};

words! {
    /// The result of a measurement, a rule or a requirement.
    Outcome {
        Pass = "pass", "Pass", "Conforme";
        Fail = "fail", "Fail", "En échec";
        Inconclusive = "inconclusive", "Inconclusive", "Indéterminé";
        NotApplicable = "not_applicable", "Not applicable", "Sans objet";
    }
}

impl Outcome {
    /// The outcome of several together: one failure fails; short of that one doubt is a doubt; nothing applicable is
    /// not applicable.
    pub fn all(outcomes: impl IntoIterator<Item = Self>) -> Self {
        let rank = |it: &Self| match it {
            Self::NotApplicable => 0,
            Self::Pass => 1,
            Self::Inconclusive => 2,
            Self::Fail => 3,
        };
        outcomes.into_iter().max_by_key(rank).unwrap_or(Self::NotApplicable)
    }
}

/// Who or what gave a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Origin {
    /// A measurement.
    Observation {
        /// The run that made it.
        run: RunId,
        /// Where it was measured from: `local`, or a site agent's name.
        vantage: String,
        /// The target it is about, as typed: a domain, `host:port`, a directory source.
        target: String,
    },
    /// A document handed in that nobody has approved yet: it proves nothing by itself.
    Submission {
        /// Who handed it in.
        by: PersonId,
        /// The file.
        file: AttachmentId,
    },
    /// A named person's word: a sign-off, an approval of a submission, approved minutes. Or their refusal.
    Statement {
        /// Who said so.
        by: PersonId,
        /// The file it is about.
        file: Option<AttachmentId>,
    },
}

/// One piece of evidence for one requirement of one responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The requirement it is for.
    pub requirement: RequirementId,
    /// Where it comes from.
    pub origin: Origin,
    /// What it says. A submission says nothing yet: [`Outcome::Inconclusive`].
    pub outcome: Outcome,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// Until when it holds; none means without end.
    pub valid_until: Option<Timestamp>,
    /// One sentence: why it is inconclusive, or what the person wrote (the same in both languages).
    pub note: Option<Text>,
}

impl Evidence {
    /// Whether it still holds at `now`.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.valid_until.is_none_or(|until| now < until)
    }

    /// The target it measured; none for what people say.
    pub fn target(&self) -> Option<&str> {
        match &self.origin {
            Origin::Observation { target, .. } => Some(target),
            Origin::Submission { .. } | Origin::Statement { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{self, *};

    #[test]
    fn one_failure_fails_and_one_doubt_is_a_doubt() {
        assert_eq!(Outcome::all([Pass, Inconclusive, Fail]), Fail);
        assert_eq!(Outcome::all([Pass, Inconclusive]), Inconclusive);
        assert_eq!(Outcome::all([NotApplicable, Pass]), Pass);
        assert_eq!(Outcome::all([]), NotApplicable);
    }
}
