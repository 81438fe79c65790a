//! Directories that are measured where they live: how each is reached, trying that out, and what is told of them.

mod connect;
mod input;
mod said;
mod source;
mod trial;
mod view;

pub(crate) use connect::{Reached, query};
pub use input::SourceInput;
pub use said::key_said;
pub(crate) use said::{may_pass, said};
pub use trial::Trial;
pub use view::SourceView;
