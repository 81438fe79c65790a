//! Making changes in a directory: object by object, each read again first, each changed in one request or not at all, each
//! noted before and after. A run that ends in the middle, however it ends, can be taken up again.

mod directory;
mod journal;
mod judge;
mod live;
mod log;
#[cfg(test)]
pub(super) mod memory;
mod outcome;
#[cfg(test)]
mod tests;

use jalon_domain::text::Text;
use jalon_wire::entry::Attributes;
use jiff::Timestamp;

pub use self::{
    directory::{Directory, DirectoryError},
    log::{Log, LogError},
    outcome::{Ended, Made, ObjectResult, Outcome},
};
use self::{
    judge::{State, Verdict, judge, state},
    log::Place,
};
use super::{
    plan::ObjectChange,
    record::{self, EditOf, Requested},
    texts,
};

/// A change to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// From a plan: an empty attribute must still be empty, and a correction that is held already is not added again.
    Planned(ObjectChange),
    /// From a file of change records.
    Requested(Requested),
}

/// What a run is given besides the directory and the changes.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The time, for the journal.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// Asked between two objects: `true` ends the run.
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
    /// Told of each object once it is done with.
    pub on_object: &'a (dyn Fn(&ObjectResult) + Sync),
}

/// Makes the changes, in their order.
///
/// # Errors
/// [`LogError`] when the journal or the undo file cannot be written: nothing is changed that is not noted first.
pub async fn apply<D: Directory>(
    directory: &mut D,
    wanted: &[Wanted],
    log: &mut Log,
    run: Run<'_>,
) -> Result<Outcome, LogError> {
    let mut at = Applying {
        directory,
        log,
        run,
        outcome: Outcome::new(wanted.len()),
    };
    let ended = match at.settle().await {
        Ok(()) => at.all(wanted).await,
        Err(interrupted) => Err(interrupted),
    };
    at.outcome.ended = match ended {
        Ok(ended) => ended,
        Err(Interrupted::Lost(reason)) => Ended::Lost { reason },
        Err(Interrupted::Log(error)) => return Err(error),
    };
    at.log.finish()?;
    Ok(at.outcome)
}

/// What ends a run early.
enum Interrupted {
    /// The directory cannot be reached any more.
    Lost(String),
    Log(LogError),
}

impl From<LogError> for Interrupted {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

type Step<T> = Result<T, Interrupted>;

/// A run on its way.
struct Applying<'a, D> {
    directory: &'a mut D,
    log: &'a mut Log,
    run: Run<'a>,
    outcome: Outcome,
}

impl<D: Directory> Applying<'_, D> {
    /// What a former run began and did not end: the object itself says whether it was changed.
    async fn settle(&mut self) -> Step<()> {
        for (place, change) in self.log.unfinished() {
            let (state, now) = (self.state_of(&change).await?, (self.run.clock)());
            let (made, key) = match state {
                State::After => {
                    self.log.found_made(place, &change, now)?;
                    continue;
                }
                State::Before => (Made::Refused, "not-made"),
                State::Neither => (Made::Moved, "moved-meanwhile"),
            };
            let told = texts::both(key, &[]);
            self.log.not_made(&place, made, &told, now)?;
            // What is as before has its turn again, if it is still wanted.
            if made == Made::Moved {
                self.outcome.add(change, made, Some(told));
            }
        }
        Ok(())
    }

    async fn all(&mut self, wanted: &[Wanted]) -> Step<Ended> {
        for (number, it) in wanted.iter().enumerate() {
            if (self.run.is_stopped)() {
                return Ok(Ended::Stopped);
            }
            let (change, made, told) = self.one(number, it).await?;
            let result = self.outcome.done(change, made, told);
            (self.run.on_object)(result);
        }
        Ok(Ended::Finished)
    }

    async fn one(&mut self, number: usize, wanted: &Wanted) -> Step<(ObjectChange, Made, Option<Text>)> {
        let place = Place {
            number,
            dn: wanted.dn().to_owned(),
        };
        if let Some(change) = self.log.made_before(&place, wanted) {
            return Ok((change, Made::Before, None));
        }
        let held = match self.directory.read(wanted.dn(), &wanted.attributes()).await {
            Ok(Some(held)) => held,
            Ok(None) => return self.left(place, wanted, Made::Moved, texts::both("gone", &[])),
            Err(DirectoryError::Refused(said)) => return self.left(place, wanted, Made::Refused, Text::same(said)),
            Err(DirectoryError::Lost(reason)) => return Err(Interrupted::Lost(reason)),
        };
        match judge(wanted, &held) {
            Verdict::Already => Ok((wanted.change(), Made::Already, None)),
            Verdict::Moved(told) => self.left(place, wanted, Made::Moved, told),
            Verdict::Ready(change) => self.make(place, change).await,
        }
    }

    /// Notes that an object is left as it is.
    fn left(
        &mut self,
        place: Place,
        wanted: &Wanted,
        made: Made,
        told: Text,
    ) -> Step<(ObjectChange, Made, Option<Text>)> {
        let change = wanted.change();
        self.log.left(place, made, &told, (self.run.clock)())?;
        Ok((change, made, Some(told)))
    }

    /// Notes the change, makes it, and notes how that went. A connection that breaks while the answer is awaited leaves
    /// that unknown: the object is read again, and if it was not changed, the change is made once more.
    async fn make(&mut self, place: Place, change: ObjectChange) -> Step<(ObjectChange, Made, Option<Text>)> {
        self.log.begin(place, &change, (self.run.clock)())?;
        let mut answer = self.modify(&change).await;
        if let Err(DirectoryError::Lost(_)) = answer {
            answer = match self.state_of(&change).await? {
                State::After => Ok(()),
                State::Before => self.modify(&change).await,
                State::Neither => {
                    let told = texts::both("moved-meanwhile", &[]);
                    self.log.end(Made::Moved, Some(&told), (self.run.clock)())?;
                    return Ok((change, Made::Moved, Some(told)));
                }
            };
        }
        let now = (self.run.clock)();
        match answer {
            Ok(()) => {
                self.log.end(Made::Applied, None, now)?;
                Ok((change, Made::Applied, None))
            }
            Err(DirectoryError::Refused(said)) => {
                let told = Text::same(said);
                self.log.end(Made::Refused, Some(&told), now)?;
                Ok((change, Made::Refused, Some(told)))
            }
            Err(DirectoryError::Lost(reason)) => Err(Interrupted::Lost(reason)),
        }
    }

    async fn modify(&mut self, change: &ObjectChange) -> Result<(), DirectoryError> {
        let edits = record::edits(change);
        let changes: Vec<_> = edits.iter().map(EditOf::change).collect();
        self.directory.modify(&change.dn, &changes).await
    }

    /// Whether an object is as before a change or as after it.
    async fn state_of(&mut self, change: &ObjectChange) -> Step<State> {
        let attributes: Vec<&str> = change.changes.iter().map(|it| it.attribute.as_str()).collect();
        match self.directory.read(&change.dn, &attributes).await {
            Ok(held) => Ok(state(&change.changes, &held.unwrap_or_else(Attributes::default))),
            Err(DirectoryError::Refused(_)) => Ok(State::Neither),
            Err(DirectoryError::Lost(reason)) => Err(Interrupted::Lost(reason)),
        }
    }
}

impl Wanted {
    /// The object's distinguished name.
    pub fn dn(&self) -> &str {
        match self {
            Self::Planned(it) => &it.dn,
            Self::Requested(it) => &it.dn,
        }
    }

    /// The attributes that it is about, each once.
    fn attributes(&self) -> Vec<&str> {
        let mut attributes: Vec<&str> = match self {
            Self::Planned(it) => it.changes.iter().map(|it| it.attribute.as_str()).collect(),
            Self::Requested(it) => it.edits.iter().map(|it| it.attribute.as_str()).collect(),
        };
        attributes.sort_unstable_by_key(|it| it.to_ascii_lowercase());
        attributes.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
        attributes
    }

    /// The change as far as it can be told without the object.
    fn change(&self) -> ObjectChange {
        match self {
            Self::Planned(it) => it.clone(),
            Self::Requested(it) => judge::as_written(it),
        }
    }
}
