//! Use cases: authorise, load, decide with the domain, save, audit, enqueue. No HTTP types, no HTML, no SQL text.
//!
//! Doors (the web, the command line) hold an [`App`] and call one method a use case. Reads come back as the views of
//! [`view`]; every write ends in [`refresh`](engagement::refresh), which derives the proofs anew and records what changed.

pub mod access;
pub mod account;
pub mod app;
pub mod directory;
pub mod duty;
pub mod engagement;
mod error;
pub mod feed;
pub mod fix;
pub mod measure;
pub mod notice;
pub mod once;
pub mod propagation;
pub mod view;

pub use access::{Caller, Level, Permission, Rights};
pub use app::{App, Clock, Entropy, Network, Settings, World};
pub use error::{Error, Result};
