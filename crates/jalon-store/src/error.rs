//! What can go wrong between Jalon and its database or its files, named by what the caller can do about it.

use std::{io, path::PathBuf};

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use crate::seal::KeyError;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does not answer: try again later.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Another transaction was in the way (deadlock, serialisation, a writer that did not end): do it all again.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// Another process holds the data folder: stop it, or choose another folder.
    #[error("{} is in use by another process", path.display())]
    InUse {
        /// The data folder.
        path: PathBuf,
    },
    /// The database was written by a newer program: upgrade the program.
    #[error("the database is newer than this program: it holds {found}, this program knows up to {known}")]
    Newer {
        /// The newest migration found in the database.
        found: String,
        /// The newest migration that this program knows.
        known: String,
    },
    /// No space is left: make room.
    #[error("no space left in {}", path.display())]
    Full {
        /// The folder or the database that is full.
        path: PathBuf,
    },
    /// More bytes than the caller allows.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// How many bytes were allowed.
        limit: u64,
    },
    /// Whoever sent the bytes stopped: they may send them again.
    #[error("the bytes stopped coming: {0}")]
    Interrupted(String),
    /// Something else already has the same unique key.
    #[error("it exists already")]
    Conflict,
    /// Something that it refers to does not exist, or it does not exist itself.
    #[error("something that it refers to does not exist")]
    Missing,
    /// It was changed by somebody else since it was read: read it again.
    #[error("it was changed in the meantime")]
    Stale,
    /// A secret cannot be sealed or opened: see to the key file.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Anything else: a bug, or a damaged database.
    #[error("the store is broken: {0}")]
    Broken(String),
}

/// SQLite's result codes (<https://www.sqlite.org/rescode.html>): the primary code is the low byte.
const SQLITE_BUSY: i32 = 5;
const SQLITE_IOERR: i32 = 10;
const SQLITE_FULL: i32 = 13;
const SQLITE_CANTOPEN: i32 = 14;

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => return Self::Conflict,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Self::Missing,
            _ => {}
        }
        match error {
            DbErr::RecordNotUpdated => Self::Missing,
            DbErr::ConnectionAcquire(it) => Self::Unreachable(it.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(it))
            | DbErr::Exec(RuntimeErr::SqlxError(it))
            | DbErr::Query(RuntimeErr::SqlxError(it)) => Self::from(&*it),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<&sqlx::Error> for StoreError {
    fn from(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(it) => Self::from_io(it, "the database".into()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::Tls(_) => {
                Self::Unreachable(error.to_string())
            }
            sqlx::Error::Database(it) => Self::from_code(&it.code().unwrap_or_default(), it.message()),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

impl StoreError {
    /// Which error an I/O error at `path` is.
    pub(crate) fn from_io(error: &io::Error, path: PathBuf) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Unreachable(format!("{}: {error}", path.display())),
        }
    }

    /// Which error a code of either engine is: five characters of PostgreSQL (appendix A of its manual), or a number of
    /// SQLite.
    fn from_code(code: &str, message: &str) -> Self {
        match code {
            "53100" => {
                return Self::Full {
                    path: "the database".into(),
                };
            }
            "40001" | "40P01" | "55P03" => return Self::Busy(message.to_owned()),
            _ if code.len() == 5 && ["08", "53", "57", "28", "3D"].iter().any(|it| code.starts_with(it)) => {
                return Self::Unreachable(message.to_owned());
            }
            _ => {}
        }
        match code.parse::<i32>().map(|it| it & 0xff) {
            Ok(SQLITE_FULL) => Self::Full {
                path: "jalon.db".into(),
            },
            Ok(SQLITE_BUSY) => Self::Busy(message.to_owned()),
            Ok(SQLITE_IOERR | SQLITE_CANTOPEN) => Self::Unreachable(message.to_owned()),
            _ => Self::Broken(format!("{message} (code {code})")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        assert_eq!(StoreError::from_code(code, "m").to_string(), expected, "{code}");
    }

    #[test]
    fn codes_of_both_engines_say_what_to_do() {
        check("13", "no space left in jalon.db");
        check("53100", "no space left in the database");
        check("5", "the database is busy: m");
        check("517", "the database is busy: m");
        check("40P01", "the database is busy: m");
        check("57P01", "the database cannot be reached: m");
        check("3D000", "the database cannot be reached: m");
        check("1", "the store is broken: m (code 1)");
        check("42601", "the store is broken: m (code 42601)");
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        // ENOSPC is 28 on Linux (errno(3)).
        let full = StoreError::from_io(&io::Error::from_raw_os_error(28), "data".into());
        assert!(
            matches!(full, StoreError::Full { ref path } if path.as_os_str() == "data"),
            "{full}"
        );
        let broken = StoreError::from_io(&io::Error::from_raw_os_error(5), "data".into());
        assert!(matches!(broken, StoreError::Unreachable(_)), "{broken}");
    }

    #[test]
    fn a_full_disk_is_seen_through_the_layers() {
        let io = sqlx::Error::Io(io::Error::from_raw_os_error(28));
        assert!(matches!(StoreError::from(&io), StoreError::Full { .. }));
        let db = DbErr::Exec(RuntimeErr::SqlxError(std::sync::Arc::new(io)));
        assert!(matches!(StoreError::from(db), StoreError::Full { .. }));
    }
}
