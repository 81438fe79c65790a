//! What making changes needs of a directory.

use std::future::Future;

use jalon_wire::{entry::Attributes, ldif::Change};

/// A directory whose objects can be read and changed one by one.
pub trait Directory {
    /// What an object holds of these attributes; none when there is no such object.
    fn read(
        &mut self,
        dn: &str,
        attributes: &[&str],
    ) -> impl Future<Output = Result<Option<Attributes>, DirectoryError>> + Send;

    /// Makes all of the changes in one request, in their order, or none.
    fn modify(&mut self, dn: &str, changes: &[Change<'_>]) -> impl Future<Output = Result<(), DirectoryError>> + Send;
}

/// Why a directory did not do something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// It says no, and nothing was changed; in its words.
    #[error("{0}")]
    Refused(String),
    /// It cannot be reached any more: whether it did is not known.
    #[error("{0}")]
    Lost(String),
}
