//! What the door makes of the service's errors: the one place that knows their variants.

use jalon_service::Error;
use jalon_store::StoreError;

use super::Failure;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::Forbidden(permission) => Self::Forbidden {
                permission: permission.to_string(),
            },
            Error::SignedOut => Self::SignedOut,
            Error::Invalid { field, text } => Self::Invalid {
                field: field.to_owned(),
                text,
            },
            Error::Stale { changed } => Self::Stale { changed },
            Error::Conflict(text) => Self::Conflict(Some(text)),
            Error::TooLarge { limit } => Self::TooLarge { limit },
            Error::WrongPassword { .. } => Self::SignedOut,
            Error::Throttled { retry_after } => Self::Throttled { seconds: retry_after },
            Error::Store(it) => it.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let cause = error.to_string();
        match error {
            StoreError::Full { .. } => Self::Full(cause),
            StoreError::TooLarge { limit } => Self::TooLarge { limit },
            // The log says which key file; the page cannot help.
            StoreError::Key(_) => Self::Internal(cause),
            StoreError::Unreachable(_) | StoreError::Busy(_) | StoreError::InUse { .. } => Self::Unavailable(cause),
            StoreError::Interrupted(_) => Self::Interrupted,
            StoreError::Missing => Self::NotFound,
            StoreError::Conflict => Self::Conflict(None),
            StoreError::Stale => Self::Stale { changed: Vec::new() },
            StoreError::Newer { .. } | StoreError::Broken(_) => Self::Internal(cause),
        }
    }
}
