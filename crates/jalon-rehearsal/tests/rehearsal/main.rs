//! Stories over the whole crate: real sockets on the loopback, real handshakes, the generated directory read back.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod client;
mod directory;
mod dns;
mod judge;
mod scene;
mod tls;
