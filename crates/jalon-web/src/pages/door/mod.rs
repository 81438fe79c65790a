//! The pages before one is inside: sign-in, first set-up, errors. Views only: plain structs that render themselves.

mod handlers;
pub mod join;
pub mod problem;
pub mod set_up;
pub mod sign_in;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use jalon_domain::text::Messages;

pub use handlers::routes;

use crate::text::messages;

static M: LazyLock<Messages> = messages!();
