//! TLS as a witness: who answers, with which protocol, and which certificates it shows, whatever
//! they are worth. Connections made here look and are dropped; no data is ever sent over them.
//! Whether a certificate is good enough lives in the checks.
//!
//! TLS 1.2 and 1.3 are spoken by rustls with a verifier that accepts everything and remembers the
//! chain; the chain is then verified separately, at a given time. Servers that rustls cannot
//! talk to are greeted by a hand-written ClientHello, which up to TLS 1.2 is enough to read
//! version, cipher suite and certificates, as they travel in the clear. Which versions and which
//! kinds of suites a server takes is asked by such greetings alone ([`Survey`]).

mod alert;
mod certificate;
mod client;
pub(crate) mod connect;
mod der;
mod dial;
mod error;
mod extensions;
mod handshake;
mod hello;
mod key;
mod links;
mod names;
mod request;
mod roots;
mod signature;
mod staple;
mod starttls;
mod survey;
mod target;
#[cfg(test)]
mod tests;
mod trust;
mod version;
mod witness;

pub use certificate::{BadCertificate, Bindings, CertificateFacts};
pub use client::Client;
pub use connect::Addresses;
pub use dial::{Dial, Duplex, Opened};
pub use error::TlsError;
pub use handshake::Handshake;
pub use hello::SuiteKind;
pub use key::{KeyAlgorithm, KeyFacts};
pub use links::{Link, Role};
pub use names::name_matches;
pub use request::{CertificateRequest, KeyChoice, RequestError, can_carry, request};
pub use roots::{BadRoots, Roots};
pub use signature::{Digest, SignatureAlgorithm};
pub use staple::{Staple, StapleStatus};
pub use starttls::{NoProtocol, StartTls, Upgraded};
pub use survey::{Answer, Offered, Survey, Unclear};
pub use target::Target;
pub use trust::Trust;
pub use version::Version;
