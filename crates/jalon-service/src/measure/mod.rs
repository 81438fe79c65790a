//! Measuring: asking for runs, executing them, recording what they say, and the worker that does it all.

mod assign;
mod directory;
mod ends;
mod execute;
mod live;
mod record;
mod request;
mod worker;

pub use assign::Selection;
pub(crate) use live::unpack;
pub use request::{RunScope, RunsAsked};
pub(crate) use worker::progress_of;
pub use worker::{Worker, WorkerOptions};
