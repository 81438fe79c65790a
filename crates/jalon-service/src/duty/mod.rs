//! What people do with one responsibility: own it, claim it, prove it, sign, waive, leave it out, take it back.

mod assign;
mod decide;
mod evidence;

pub use assign::Assignment;
pub use decide::{NewDecision, NewWaiver};
pub use evidence::{Statement, Submission};
