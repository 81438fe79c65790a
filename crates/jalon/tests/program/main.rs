//! The built program, driven as a shell would drive it: exit codes, documents, lines on standard error, signals.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod bulk;
mod catalogue;
mod check;
mod demo;
mod directory;
mod dmarc;
mod engagement;
mod fix;
mod program;
mod serve;
mod spf;
mod stage;
mod workers;
