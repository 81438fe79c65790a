//! The bytes of attachments, in an object store: a folder here, and nothing above knows.

use std::{error::Error, fmt, io, path::PathBuf, sync::Arc};

use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt, pin_mut, stream::BoxStream};
use jalon_domain::ids::AttachmentId;
use object_store::{GetResult, ObjectStore, ObjectStoreExt, WriteMultipart, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};

use crate::error::StoreError;

/// How many parts may be on their way to the object store at once: it bounds the memory of one upload.
const PARTS_UNDER_WAY: usize = 2;

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its size, bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The files.
#[derive(Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
    /// For messages.
    place: PathBuf,
}

impl Files {
    /// The files in `folder`, created when it is not there.
    pub(crate) fn open(folder: &std::path::Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|it| StoreError::from_io(&it, folder.to_owned()))?;
        let place = folder.to_owned();
        match LocalFileSystem::new_with_prefix(folder) {
            Ok(it) => Ok(Self {
                objects: Arc::new(it.with_fsync(true)),
                place,
            }),
            Err(error) => Err(failed(&error, place)),
        }
    }

    /// Keeps the bytes of `stream` under `id`, all of them or none, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] past the limit, [`StoreError::Full`] when the disk is, [`StoreError::Interrupted`] when
    /// the stream ends in an error.
    pub async fn put<E: fmt::Display>(
        &self,
        id: AttachmentId,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Kept, StoreError> {
        let upload = self
            .objects
            .put_multipart(&path(id))
            .await
            .map_err(|it| self.failed(&it))?;
        let mut upload = WriteMultipart::new(upload);
        match self.receive(&mut upload, stream, limit).await {
            Ok(kept) => {
                upload.finish().await.map_err(|it| self.failed(&it))?;
                Ok(kept)
            }
            Err(error) => {
                if let Err(left) = upload.abort().await {
                    tracing::warn!(%id, error = %left, "what was received of file {id} was not removed: {left}");
                }
                Err(error)
            }
        }
    }

    async fn receive<E: fmt::Display>(
        &self,
        upload: &mut WriteMultipart,
        stream: impl Stream<Item = Result<Bytes, E>>,
        limit: u64,
    ) -> Result<Kept, StoreError> {
        let mut hash = Sha256::new();
        let mut size = 0u64;
        pin_mut!(stream);
        while let Some(bytes) = stream.next().await {
            let bytes = bytes.map_err(|it| StoreError::Interrupted(it.to_string()))?;
            size = size.saturating_add(bytes.len() as u64);
            if size > limit {
                return Err(StoreError::TooLarge { limit });
            }
            hash.update(&bytes);
            upload
                .wait_for_capacity(PARTS_UNDER_WAY)
                .await
                .map_err(|it| self.failed(&it))?;
            upload.put(bytes);
        }
        Ok(Kept {
            size,
            sha256: hex::encode(hash.finalize()),
        })
    }

    /// The bytes kept under `id`, all at once.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when they cannot be read.
    pub async fn get(&self, id: AttachmentId) -> Result<Option<Bytes>, StoreError> {
        let Some(found) = self.find(id).await? else {
            return Ok(None);
        };
        found.bytes().await.map(Some).map_err(|it| self.failed(&it))
    }

    /// The bytes kept under `id`, piece by piece, and how many they are.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when they cannot be read.
    pub async fn stream(
        &self,
        id: AttachmentId,
    ) -> Result<Option<(u64, BoxStream<'static, Result<Bytes, StoreError>>)>, StoreError> {
        let Some(found) = self.find(id).await? else {
            return Ok(None);
        };
        let place = self.place.clone();
        let size = found.meta.size;
        Ok(Some((
            size,
            found
                .into_stream()
                .map_err(move |it| failed(&it, place.clone()))
                .boxed(),
        )))
    }

    async fn find(&self, id: AttachmentId) -> Result<Option<GetResult>, StoreError> {
        match self.objects.get(&path(id)).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Removes what is kept under `id`, if anything.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] when it cannot be removed.
    pub async fn delete(&self, id: AttachmentId) -> Result<(), StoreError> {
        match self.objects.delete(&path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &object_store::Error) -> StoreError {
        failed(error, self.place.clone())
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// The last two digits, which are random, spread the files over 256 folders.
fn path(id: AttachmentId) -> Path {
    let name = id.0.simple().to_string();
    Path::from_iter([&name[name.len() - 2..], &name])
}

/// The object store wraps what the disk said in several layers.
fn failed(error: &object_store::Error, place: PathBuf) -> StoreError {
    let mut layer: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(it) = layer {
        if let Some(io) = it.downcast_ref::<io::Error>() {
            return StoreError::from_io(io, place);
        }
        layer = it.source();
    }
    StoreError::Unreachable(format!("{}: {error}", place.display()))
}

#[cfg(test)]
mod tests;
