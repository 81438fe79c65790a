//! A reader that remembers the SHA-256 of what went through it: the evidence rests on those very bytes.

use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

use sha2::{Digest, Sha256};

/// The reader.
pub(super) struct Hashing<R> {
    inner: R,
    hash: Hash,
}

/// What went through it so far.
#[derive(Clone, Default)]
pub(super) struct Hash(Arc<Mutex<Sha256>>);

impl<R> Hashing<R> {
    pub(super) fn new(inner: R) -> (Self, Hash) {
        let hash = Hash::default();
        (
            Self {
                inner,
                hash: hash.clone(),
            },
            hash,
        )
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.hash
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .update(&into[..count]);
        Ok(count)
    }
}

impl Hash {
    /// In hexadecimal.
    pub(super) fn finish(&self) -> String {
        hex::encode(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone().finalize())
    }
}
