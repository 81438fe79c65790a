//! The JSON API as programs see it: the whole door on a real store, asked in-process.

#![expect(clippy::unwrap_used, reason = "what helpers of tests rely on fails the test")]

mod calendar;
mod cast;
mod catalogue;
mod directories;
mod document;
mod fixes;
mod lists;
mod once;
mod permissions;
mod problems;
mod site;
mod story;
mod tokens;
