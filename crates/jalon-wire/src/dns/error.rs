//! Why there is no answer. "No such name" and "no such record" are answers and not here.

use std::net::SocketAddr;

/// A question that got no answer; whoever asked knows nothing about the record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// Nothing came back in time, at every try.
    #[error("{server} did not answer for {name} within {after_ms} ms")]
    Timeout {
        /// Who was asked last.
        server: SocketAddr,
        /// For what.
        name: String,
        /// How long each try waited.
        after_ms: u64,
    },
    /// The server will not answer this (RCODE 5), often because it serves other zones only.
    #[error("{server} refuses to answer for {name}")]
    Refused {
        /// Who was asked.
        server: SocketAddr,
        /// For what.
        name: String,
    },
    /// The server failed to find out (RCODE 2).
    #[error("{server} failed to find an answer for {name} (SERVFAIL)")]
    ServFail {
        /// Who was asked.
        server: SocketAddr,
        /// For what.
        name: String,
    },
    /// The server knows neither the zone nor how to ask others: an empty answer means nothing.
    #[error("{server} is neither authoritative for {name} nor does it ask other servers")]
    NotResponsible {
        /// Who was asked.
        server: SocketAddr,
        /// For what.
        name: String,
    },
    /// Another error code.
    #[error("{server} answered {code} for {name}")]
    OtherCode {
        /// Who was asked.
        server: SocketAddr,
        /// For what.
        name: String,
        /// The code by its name.
        code: String,
    },
    /// The answer cannot be read.
    #[error("{server} sent an unreadable answer for {name}: {reason}")]
    Malformed {
        /// Who was asked.
        server: SocketAddr,
        /// For what.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server cannot be reached at all.
    #[error("{server} cannot be reached: {reason}")]
    Unreachable {
        /// Who was asked.
        server: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// Aliases lead in a circle, or further than eight hops.
    #[error("the aliases of {name} lead in a circle or too far: {}", chain.join(" -> "))]
    CnameLoop {
        /// The name that was asked for.
        name: String,
        /// The aliases in the order they were followed.
        chain: Vec<String>,
    },
    /// The server was not asked: it, or every server that was to be asked by its address, kept silent a moment ago.
    #[error("{server} was not asked for {name}: there was only silence a moment ago")]
    Silent {
        /// Who would have been asked.
        server: SocketAddr,
        /// For what.
        name: String,
    },
    /// An address that may not be asked.
    #[error(transparent)]
    OutOfReach(#[from] crate::reach::Refused),
    /// The way to the answer is longer than any honest one: it was given up.
    #[error("{name} leads from name server to name server without end")]
    Astray {
        /// The name that was asked for.
        name: String,
    },
    /// No question can be asked with this name.
    #[error("`{name}` is not a domain name: {reason}")]
    BadName {
        /// The name as given.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Nobody to ask.
    #[error("no name server is configured")]
    NoServers,
}
