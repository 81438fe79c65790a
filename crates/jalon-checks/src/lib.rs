#![doc = include_str!("../README.md")]
//!
//! Invariant: a check never opens a socket by itself and never reads the clock: `jalon-wire` speaks the protocols, the
//! caller gives the time. What is kept of a report, and what follows from it, is decided elsewhere.

mod check;
mod context;
pub mod directory;
pub mod dns;
mod document;
mod doubt;
mod facts;
pub mod registry;
mod sheet;
pub mod tls;
mod verdicts;

pub use check::{Check, families, known, rule};
pub use context::{CheckError, Context, Progress};
pub use document::{Document, Line, ObjectLine, document, finding, line};
pub use doubt::Doubt;
pub use facts::sha256;
pub use sheet::Sheet;

#[cfg(test)]
mod tests;
