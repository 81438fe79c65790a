//! People: the first administrator, invitations, sign-in, sessions, preferences.

mod password;
mod session;
mod set_up;
mod token;

pub use session::{SignIn, SignedIn};
pub(crate) use set_up::digest;
pub use set_up::{NewAdministrator, NewPerson};
pub use token::{IssuedToken, NewToken, TokenView};
