//! Engagements: creating one, reading everything of one, deriving its proofs anew after each change.

mod create;
mod edit;
mod picture;
mod preview;
mod refresh;
mod upload;

pub use create::{Created, NewEngagement, NewTarget, Upload};
pub(crate) use create::{attachment, bad_target};
pub use edit::{AddedMember, NewMember};
pub use picture::{Duty, Membership, Picture};
pub use preview::{LeftOut, Preview, preview};
pub use refresh::REFRESH_JOB;
pub(crate) use refresh::{Cause, is_regression, refresh};
