//! The one error of every use case: its variants say what the caller can do. Doors map it to a status or an exit code.

use jalon_domain::text::Text;
use jalon_store::StoreError;

use crate::access::Permission;

/// Why a use case did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// The caller lacks a permission.
    #[error("the permission `{0}` is missing")]
    Forbidden(Permission),
    /// Nobody is signed in, or the session has ended.
    #[error("nobody is signed in")]
    SignedOut,
    /// A value cannot be taken.
    #[error("{field}: {}", .text.en)]
    Invalid {
        /// The field of the form, as named in the input.
        field: &'static str,
        /// What is wrong and what would be right.
        text: Text,
    },
    /// Somebody changed the same thing meanwhile.
    #[error("somebody changed this meanwhile")]
    Stale {
        /// What it is now, one line a difference.
        changed: Vec<Text>,
    },
    /// What is asked contradicts the present state.
    #[error("{}", .0.en)]
    Conflict(Text),
    /// A body or a file is over the limit.
    #[error("larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit, bytes.
        limit: u64,
    },
    /// A wrong address or password, never telling which.
    #[error("wrong address or password")]
    WrongPassword {
        /// Tries before a pause.
        tries_left: u64,
        /// The pause, seconds.
        pause: u64,
    },
    /// Too many tries.
    #[error("too many tries; try again in {retry_after} s")]
    Throttled {
        /// Seconds until the next try is worth it.
        retry_after: u64,
    },
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// A value that cannot be taken.
    pub fn invalid(field: &'static str, en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self::Invalid {
            field,
            text: Text::new(en, fr),
        }
    }

    /// A contradiction with the present state.
    pub fn conflict(en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self::Conflict(Text::new(en, fr))
    }
}

/// What a use case returns.
pub type Result<T> = std::result::Result<T, Error>;
