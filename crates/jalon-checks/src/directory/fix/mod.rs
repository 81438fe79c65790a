//! Mending a directory: what to change (`plan`), how that is written down (`record`, `powershell`, `review`) and how it is
//! made (`apply`). What is wrong is the checks' to say; how a server is spoken to, the wire's.

pub mod apply;
mod clash;
mod plan;
mod planner;
mod powershell;
mod record;
pub(super) mod review;
mod settle;
#[cfg(test)]
mod tests;
mod texts;
mod watch;

pub use plan::{ObjectChange, Plan, Reason, Undecided, ValueChange};
pub use powershell::write_powershell;
pub use record::{NotText, Requested, write_ldif};
pub use review::{ReviewError, ReviewProblem, ReviewRow, read_review, write_review};
pub use watch::Watch;
