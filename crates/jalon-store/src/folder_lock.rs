//! The lock of a data folder: SQLite's file belongs to one process at a time, and a second one is told so.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use crate::error::StoreError;

/// Holds the folder until dropped. The operating system lets go of it too when the process dies in any way.
#[derive(Debug)]
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the lock of `folder`, which exists.
    pub(crate) fn take(folder: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(folder.join("jalon.lock"))
            .map_err(|it| StoreError::from_io(&it, folder.to_owned()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
                path: folder.to_owned(),
            }),
            Err(TryLockError::Error(it)) => Err(StoreError::from_io(&it, folder.to_owned())),
        }
    }
}
