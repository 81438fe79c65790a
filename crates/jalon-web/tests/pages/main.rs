//! The pages of an engagement as browsers ask for them: the whole door on a real store, asked in-process.

#![expect(clippy::unwrap_used, reason = "what helpers of tests rely on fails the test")]

mod calendar;
mod directories;
mod files;
mod fixes;
mod forms;
mod permissions;
mod visitor;
mod zones;
