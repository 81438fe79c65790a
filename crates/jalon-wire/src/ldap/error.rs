//! What can go wrong with a directory, by what whoever asked can do about it.

use std::net::SocketAddr;

use super::Distrust;
use crate::reach;

/// An operation on a directory that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LdapError {
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
    /// The settings keep connections away from there.
    #[error(transparent)]
    OutOfReach(#[from] reach::Refused),
    /// Nothing listens there, or no way leads there.
    #[error("{address} cannot be reached: {reason}")]
    Unreachable {
        /// Who was called.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// No answer in time.
    #[error("{server} did not answer in time ({during})")]
    Timeout {
        /// Who was asked.
        server: String,
        /// `connection`, `handshake`, `bind`, `search`…
        during: &'static str,
    },
    /// The certificate is not to be trusted.
    #[error("the certificate of {server} is not trusted: {why}")]
    Untrusted {
        /// Who showed it.
        server: String,
        /// Why not.
        why: Distrust,
    },
    /// The server does not turn the connection into TLS.
    #[error("{server} does not offer StartTLS ({said}); use ldaps:// or install a certificate there")]
    NoStartTls {
        /// Who was asked.
        server: String,
        /// What it answered.
        said: String,
    },
    /// TLS could not be agreed on for another reason than the certificate.
    #[error("no TLS with {server}: {reason}")]
    NoTls {
        /// Who was called.
        server: String,
        /// What went wrong.
        reason: String,
    },
    /// The name or the password is wrong, or the account may not be used (result 49).
    #[error("{server} does not let {name} in: {why}")]
    Denied {
        /// Who was asked.
        server: String,
        /// Who wanted to sign in.
        name: String,
        /// Why not, as far as the server says it.
        why: Denial,
    },
    /// The server does not accept such a bind on an unprotected connection (results 8 and 13).
    #[error("{server} demands signing or encryption: use ldaps:// or StartTLS ({said})")]
    ProtectionRequired {
        /// Who was asked.
        server: String,
        /// In its words.
        said: String,
    },
    /// The server does not know this way to sign in (results 7 and 48).
    #[error("{server} does not accept this way to sign in ({said})")]
    MethodRefused {
        /// Who was asked.
        server: String,
        /// In its words.
        said: String,
    },
    /// The server shows nothing to whoever has not signed in.
    #[error("{server} answers nothing to anonymous clients: sign in ({said})")]
    SignInRequired {
        /// Who was asked.
        server: String,
        /// In its words.
        said: String,
    },
    /// Who signed in may not do this (result 50).
    #[error("{server} forbids it ({said})")]
    Forbidden {
        /// Who was asked.
        server: String,
        /// In its words.
        said: String,
    },
    /// There is no such base (result 32).
    #[error("`{base}` does not exist on {server}{}", nearest(matched))]
    NoBase {
        /// Who was asked.
        server: String,
        /// The base.
        base: String,
        /// The nearest name above it that exists; empty when the server does not say.
        matched: String,
    },
    /// The base is no distinguished name (result 34).
    #[error("`{dn}` is no distinguished name")]
    BadDn {
        /// As given.
        dn: String,
    },
    /// The filter cannot be read.
    #[error("`{filter}` is no LDAP filter (RFC 4515)")]
    BadFilter {
        /// As given.
        filter: String,
    },
    /// Another server holds the base (result 10); it is not asked.
    #[error("{server} does not hold `{base}` and refers to {}", urls.join(", "))]
    Elsewhere {
        /// Who was asked.
        server: String,
        /// The base.
        base: String,
        /// Who holds it, according to the server.
        urls: Vec<String>,
    },
    /// The server gives no more entries than that, paged or not (results 4 and 11).
    #[error("{server} gives at most {entries} entries to this account ({said})")]
    ServerSizeLimit {
        /// Who was asked.
        server: String,
        /// How many were read.
        entries: u64,
        /// In its words.
        said: String,
    },
    /// The query's own limit.
    #[error("there are more than {limit} entries")]
    SizeLimit {
        /// In entries.
        limit: u64,
    },
    /// The server worked longer than it may (result 3).
    #[error("{server} reached its time limit after {entries} entries")]
    TimeLimit {
        /// Who was asked.
        server: String,
        /// How many were read.
        entries: u64,
    },
    /// The server is busy or shutting down (results 51 and 52).
    #[error("{server} is busy or shutting down ({said}); try again later")]
    Busy {
        /// Who was asked.
        server: String,
        /// In its words.
        said: String,
    },
    /// The connection broke and did not come back.
    #[error("the connection to {server} was lost ({reason}) after {entries} entries")]
    ConnectionLost {
        /// Who was asked.
        server: String,
        /// What happened to it.
        reason: String,
        /// How many were read.
        entries: u64,
    },
    /// Whoever asked said stop.
    #[error("stopped after {entries} entries")]
    Stopped {
        /// How many were read.
        entries: u64,
    },
    /// What changed since then cannot be told: read everything.
    #[error("a full scan is needed: {reason}")]
    FullScanNeeded {
        /// Why.
        reason: String,
    },
    /// A change was not made; nothing of it was.
    #[error("`{dn}` was not changed: {why} ({said})")]
    Rejected {
        /// The object.
        dn: String,
        /// Why not.
        why: Rejection,
        /// In the server's words.
        said: String,
    },
    /// A change that cannot be sent.
    #[error("`{dn}` was not changed: {reason}")]
    BadChange {
        /// The object.
        dn: String,
        /// What is wrong with the change.
        reason: String,
    },
    /// The answer cannot be read.
    #[error("{server} sent an unreadable answer: {reason}")]
    Malformed {
        /// Who was asked.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another result.
    #[error("{server} answered {code} ({name}): {said}")]
    Other {
        /// Who was asked.
        server: String,
        /// The result code (RFC 4511, 4.1.9).
        code: i64,
        /// Its name there.
        name: &'static str,
        /// In the server's words.
        said: String,
    },
}

/// Why somebody is not let in. Only Active Directory says more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denial {
    /// The name or the password; most servers do not say which.
    #[error("the name or the password is wrong")]
    WrongCredentials,
    /// No such account (`data 525`).
    #[error("there is no such account")]
    NoSuchAccount,
    /// Outside of the hours or the computers allowed (`data 530`, `531`).
    #[error("the account may not sign in now or from here")]
    NotNow,
    /// The password has expired or must be changed first (`data 532`, `773`).
    #[error("the password has expired or must be changed first")]
    PasswordExpired,
    /// The account is disabled (`data 533`).
    #[error("the account is disabled")]
    Disabled,
    /// The account has expired (`data 701`).
    #[error("the account has expired")]
    AccountExpired,
    /// The account is locked (`data 775`).
    #[error("the account is locked")]
    Locked,
    /// The channel binding does not fit (`data 80090346`): the server demands it.
    #[error("the server demands channel binding, which a simple bind over ldaps:// has no need of")]
    ChannelBinding,
}

/// Why an object was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Result 32.
    #[error("there is no such object")]
    NoSuchObject,
    /// Result 50.
    #[error("the account may not change it")]
    Forbidden,
    /// Results 19 and 68: often a value that must be unique.
    #[error("the value breaks a constraint, or another object holds it")]
    Constraint,
    /// Result 20.
    #[error("the attribute holds this value already")]
    ValueExists,
    /// Result 16. Active Directory says so of an attribute that its schema does not know, too.
    #[error("the attribute does not hold this value, or is unknown")]
    ValueAbsent,
    /// Result 17.
    #[error("the schema knows no such attribute")]
    NoSuchAttribute,
    /// Result 21.
    #[error("the value does not fit the attribute's syntax")]
    Syntax,
    /// Results 65, 67 and 69.
    #[error("the object may not hold this, or must hold what would be removed")]
    ObjectClass,
    /// Result 53.
    #[error("the server is not willing to do it")]
    Unwilling,
}

fn nearest(matched: &str) -> String {
    if matched.is_empty() {
        String::new()
    } else {
        format!("; `{matched}` does")
    }
}

impl LdapError {
    /// Another connection, or another moment, may succeed.
    pub(super) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::ConnectionLost { .. }
                | Self::Timeout { .. }
                | Self::Unreachable { .. }
                | Self::LookupFailed { .. }
                | Self::Busy { .. }
        )
    }

    /// The last of several tries.
    pub(super) fn for_good(self) -> Self {
        match self {
            Self::Unreachable { address, reason } => Self::ConnectionLost {
                server: address.to_string(),
                reason,
                entries: 0,
            },
            other => other,
        }
    }

    /// The same error, knowing how many entries were read before it.
    pub(super) fn after(mut self, read: u64) -> Self {
        if let Self::ConnectionLost { entries, .. }
        | Self::ServerSizeLimit { entries, .. }
        | Self::TimeLimit { entries, .. }
        | Self::Stopped { entries } = &mut self
        {
            *entries = read;
        }
        self
    }
}
