//! Why no certificate was seen, in words that tell a network's fault from a server's.

use std::net::SocketAddr;

use crate::reach;

/// A look that saw no usable TLS. An untrusted or expired certificate is no error but a fact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// No `HOST:PORT`.
    #[error("`{target}` is not HOST or HOST:PORT: {reason}")]
    BadTarget {
        /// As given.
        target: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The name service says that there is no such name.
    #[error("the name {host} does not exist")]
    NameNotFound {
        /// The name.
        host: String,
    },
    /// The name service did not say whether there is such a name.
    #[error("the name {host} could not be looked up: {reason}")]
    LookupFailed {
        /// The name.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The settings keep measurements away from there.
    #[error(transparent)]
    OutOfReach(#[from] reach::Refused),
    /// Nothing listens on the port, or a firewall says so.
    #[error("{address} refused the connection")]
    Refused {
        /// Who was called.
        address: SocketAddr,
    },
    /// No answer in time.
    #[error("{address} did not answer in time ({during})")]
    Timeout {
        /// Who was called.
        address: SocketAddr,
        /// `connection` or `handshake`.
        during: &'static str,
    },
    /// No way there.
    #[error("{address} cannot be reached: {reason}")]
    Unreachable {
        /// Who was called.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// The server hung up on the greeting without a word.
    #[error("{address} closed the connection during the handshake")]
    Closed {
        /// Who was called.
        address: SocketAddr,
    },
    /// Something else than TLS listens there.
    #[error("{address} does not speak TLS{}", began_with(saw))]
    NotTls {
        /// Who was called.
        address: SocketAddr,
        /// Its first line, printable; empty when it was not seen.
        saw: String,
    },
    /// A server that begins in plain does not serve this caller, now or ever: it said nothing about TLS.
    #[error("{address} turns the caller away: {said}")]
    TurnedAway {
        /// Who was called.
        address: SocketAddr,
        /// Its words.
        said: String,
    },
    /// A server that should begin in plain with one protocol speaks another.
    #[error("{address} does not speak {expected}{}", began_with(saw))]
    OtherProtocol {
        /// Who was called.
        address: SocketAddr,
        /// The protocol.
        expected: &'static str,
        /// Its first line, printable.
        saw: String,
    },
    /// A server that begins in plain speaks the protocol and does not offer TLS, or refuses it for good.
    #[error("{address} does not offer TLS{}", began_with(said))]
    NotOffered {
        /// Who was called.
        address: SocketAddr,
        /// Its words, where it had any.
        said: String,
    },
    /// An answer that ended before it was whole.
    #[error("the answer of {address} ended too early")]
    Incomplete {
        /// Who was called.
        address: SocketAddr,
    },
    /// The server refused the greeting and said why.
    #[error("{address} refused the handshake: {alert} (alert {code})")]
    HandshakeAlert {
        /// Who was called.
        address: SocketAddr,
        /// The name of the alert (RFC 8446, 6), such as `handshake_failure`.
        alert: String,
        /// Its number.
        code: u8,
    },
    /// The handshake broke before any certificate was seen.
    #[error("the handshake with {address} failed: {reason}")]
    HandshakeFailed {
        /// Who was called.
        address: SocketAddr,
        /// What went wrong.
        reason: String,
    },
    /// The server shows something that is no X.509 certificate.
    #[error("certificate {position} of {address} cannot be read: {reason}")]
    UnreadableCertificate {
        /// Who was called.
        address: SocketAddr,
        /// Its place in the chain; 1 is the server's own.
        position: usize,
        /// What is wrong with it.
        reason: String,
    },
}

fn began_with(saw: &str) -> String {
    if saw.is_empty() {
        String::new()
    } else {
        format!(": it begins with `{saw}`")
    }
}
