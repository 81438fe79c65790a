//! How a run ended: what became of each object.

use jalon_domain::text::Text;
use serde::{Deserialize, Serialize};

use crate::directory::fix::plan::ObjectChange;

/// What became of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Made {
    /// It was changed.
    Applied,
    /// A former run changed it, as its journal says.
    Before,
    /// It holds already what it should.
    Already,
    /// It is not as it was when the change was planned: left alone.
    Moved,
    /// The directory refused.
    Refused,
}

/// One object, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectResult {
    /// What was changed, or should have been.
    pub change: ObjectChange,
    /// What became of it.
    pub made: Made,
    /// Why it was not changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Text>,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Ended {
    /// Every object had its turn.
    Finished,
    /// Somebody asked to stop.
    Stopped,
    /// The directory could not be reached any more.
    Lost {
        /// What happened, in the words of the connection.
        reason: String,
    },
}

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The objects that had their turn.
    pub results: Vec<ObjectResult>,
    /// How many had none.
    pub remaining: usize,
    /// How it ended.
    pub ended: Ended,
}

impl Outcome {
    pub(super) fn new(remaining: usize) -> Self {
        Self {
            results: Vec::new(),
            remaining,
            ended: Ended::Finished,
        }
    }

    pub(super) fn add(&mut self, change: ObjectChange, made: Made, told: Option<Text>) {
        self.results.push(ObjectResult { change, made, told });
    }

    /// The next object had its turn.
    pub(super) fn done(&mut self, change: ObjectChange, made: Made, told: Option<Text>) -> &ObjectResult {
        self.remaining -= 1;
        self.add(change, made, told);
        &self.results[self.results.len() - 1]
    }

    /// How many objects that became of.
    pub fn count(&self, made: Made) -> usize {
        self.results.iter().filter(|it| it.made == made).count()
    }

    /// Whether every object is now as it should be.
    pub fn is_complete(&self) -> bool {
        let is_well = |it: &ObjectResult| matches!(it.made, Made::Applied | Made::Before | Made::Already);
        self.ended == Ended::Finished && self.results.iter().all(is_well)
    }
}
