//! People: the first administrator, invitations, sign-in, sessions, preferences.

mod password;
mod session;
mod set_up;

pub use session::{SignIn, SignedIn};
pub use set_up::{NewAdministrator, NewPerson};
