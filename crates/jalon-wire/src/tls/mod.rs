//! TLS as a witness: who answers, with which protocol, and which certificates it shows, whatever
//! they are worth. Connections made here look and are dropped; no data is ever sent over them.
//! Whether a certificate is good enough lives in the checks.
//!
//! TLS 1.2 and 1.3 are spoken by rustls with a verifier that accepts everything and remembers the
//! chain; the chain is then verified separately, at a given time. Servers that rustls cannot
//! talk to are greeted by a hand-written ClientHello, which up to TLS 1.2 is enough to read
//! version, cipher suite and certificates, as they travel in the clear.

mod alert;
mod certificate;
mod client;
pub(crate) mod connect;
mod error;
mod handshake;
mod hello;
mod key;
mod names;
mod roots;
mod signature;
mod starttls;
mod target;
#[cfg(test)]
mod tests;
mod trust;
mod version;
mod witness;

pub use certificate::{BadCertificate, Bindings, CertificateFacts};
pub use client::Client;
pub use error::TlsError;
pub use handshake::Handshake;
pub use key::{KeyAlgorithm, KeyFacts};
pub use names::name_matches;
pub use roots::{BadRoots, Roots};
pub use signature::{Digest, SignatureAlgorithm};
pub use starttls::{NoProtocol, StartTls, Upgraded};
pub use target::Target;
pub use trust::Trust;
pub use version::Version;
