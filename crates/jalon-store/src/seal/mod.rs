//! Secrets at rest, in envelopes: each value is sealed with the data key of its organisation, each data key with the key
//! of a file that lies outside the database. Whoever has the database alone, or a copy of it, has no secret.
//!
//! A sealed value opens in its own place only: table, column and row are authenticated with it, so that it cannot be
//! moved to a row where somebody else may use it. The key file is never replaced by the program: a wrong or a missing
//! one is an error, and everything else goes on.

mod data_key;
mod envelope;
mod key_file;

use std::{fmt, path::PathBuf};

use jalon_domain::ids::OrganisationId;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{
    db::{Db, Tx},
    error::StoreError,
    store::Store,
};
pub(crate) use key_file::KeyFile;

/// Fills bytes with randomness that nobody can foresee.
pub type Random<'a> = &'a (dyn Fn(&mut [u8]) + Sync);

/// Where a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's id.
    pub row: Uuid,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|{}|{}", self.table, self.column, self.row)
    }
}

/// A sealed secret, as a column keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(pub(crate) String);

/// Sealed or not, a secret has no place in a log.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// Why a secret cannot be sealed or opened. Nothing was changed, and nothing is lost: with the right key everything
/// opens again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No key file is named: name one.
    #[error("secrets are kept with a key file, and none is named: create one of 32 random bytes and name it")]
    Unnamed,
    /// The file is not there: put it back.
    #[error("the key file {} is missing: put it back, or name the right one", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("the key file {}: {error}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: String,
    },
    /// The file holds something else.
    #[error("{} is no key file: it holds {size} bytes, not 32", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// How many bytes it holds.
        size: u64,
    },
    /// The file holds a key, but not the one with which these secrets were sealed.
    #[error("the key in {} does not open the secrets kept here: put the right key file back", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
    },
    /// A sealed value was altered, or was sealed for another place.
    #[error("the secret at {place} cannot be opened: it was altered, or belongs elsewhere")]
    Damaged {
        /// Where it is kept.
        place: String,
    },
}

/// Seals `secret` for `place`, in the transaction that keeps it. The first secret of an organisation makes its data key;
/// the first of a data folder makes the key file.
///
/// # Errors
/// [`StoreError::Key`] when the key file is missing or another one.
pub async fn seal(
    store: &Store,
    tx: &Tx,
    place: Place,
    secret: &SecretString,
    at: Timestamp,
    random: Random<'_>,
) -> Result<Sealed, StoreError> {
    let key = data_key::of_or_new(store.key_file(), tx, place.organisation, at, random).await?;
    let text = envelope::seal(&key, &place.to_string(), secret.expose_secret().as_bytes(), random);
    Ok(Sealed(text))
}

/// Opens what was sealed for `place`.
///
/// # Errors
/// [`StoreError::Key`] when the key file is missing or another one, or when the value was sealed for another place.
pub async fn open(store: &Store, db: &impl Db, place: Place, sealed: &Sealed) -> Result<SecretString, StoreError> {
    let damaged = || KeyError::Damaged {
        place: place.to_string(),
    };
    let key = data_key::of(store.key_file(), db, place.organisation)
        .await?
        .ok_or_else(damaged)?;
    let plain = envelope::open(&key, &place.to_string(), &sealed.0).ok_or_else(damaged)?;
    Ok(String::from_utf8(plain.to_vec()).map_err(|_| damaged())?.into())
}

/// How the key file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// No secret is kept yet, so none is needed.
    NotNeeded,
    /// It opens the secrets of this many organisations.
    Fits {
        /// How many.
        organisations: usize,
        /// The file.
        path: PathBuf,
        /// Whether others than its owner may read it.
        is_exposed: bool,
    },
}

/// Looks whether the key file is there and opens what is kept here.
///
/// # Errors
/// [`StoreError::Key`] with what is wrong.
pub async fn check(store: &Store) -> Result<KeyState, StoreError> {
    let organisations = data_key::check(store.key_file(), store).await?;
    match store.key_file().path() {
        Some(path) if organisations > 0 => Ok(KeyState::Fits {
            organisations,
            path: path.to_owned(),
            is_exposed: store.key_file().is_exposed(),
        }),
        _ => Ok(KeyState::NotNeeded),
    }
}

#[cfg(test)]
mod tests;
