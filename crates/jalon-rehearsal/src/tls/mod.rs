//! TLS listeners on the loopback whose certificates are made at start by a private authority, one fault each.
//! No client and no verdict. Weak keys and signatures (RSA of 1,024 bits, SHA-1) cannot be planted: ring, which makes
//! the certificates here, refuses to create them; rehearse those against a real server.

mod authority;
mod condition;
mod listeners;

pub use condition::Condition;
pub use listeners::{Listener, Listeners, TlsError};
