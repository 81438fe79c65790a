//! Whether the records of a rule's fix are seen everywhere: every authoritative name server and the resolvers are asked, by
//! a job. A look tells where a change has come; it closes nothing: that is for the next measurement.

mod ask;
mod look;
mod plan;
mod view;

pub use jalon_checks::dns::change::Form;
pub use jalon_store::propagation::Reached;
pub use plan::{LeftOut, ZonePlan};
pub use view::{Elsewhere, Seen, SeenOn, SeenSet};

pub(crate) use ask::LOOK_JOB;
pub(crate) use look::Looked;
pub(crate) use view::{seen, seen_on};
