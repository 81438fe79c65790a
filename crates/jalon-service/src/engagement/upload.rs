//! Uploaded files: streamed into the object store before any row names them.

use bytes::Bytes;
use futures::{Stream, StreamExt, stream::BoxStream};
use jalon_domain::ids::{AttachmentId, EngagementId};
use jalon_store::{StoreError, attachments, attachments::Attachment};

use super::Upload;
use crate::{App, Caller, Error, Permission, Result};

/// Longest name of a file, characters.
const NAME: usize = 200;

impl App {
    /// Keeps the bytes of `stream` and says what was kept. Whoever is refused afterwards forgets it: [`App::forget_upload`].
    ///
    /// # Errors
    /// [`Error::TooLarge`] past the limit, [`Error::Invalid`] for an empty file, and the store's own when the disk is full.
    pub async fn keep_upload<E: std::fmt::Display>(
        &self,
        name: &str,
        media_type: &str,
        stream: impl Stream<Item = std::result::Result<Bytes, E>>,
    ) -> Result<Upload> {
        let id = AttachmentId::new(self.ids());
        let kept = match self.store().files().put(id, stream, self.settings().upload_limit).await {
            Ok(kept) => kept,
            Err(StoreError::TooLarge { limit }) => return Err(Error::TooLarge { limit }),
            Err(error) => return Err(error.into()),
        };
        if kept.size == 0 {
            self.store().files().delete(id).await?;
            return Err(Error::invalid("file", "the file is empty", "le fichier est vide"));
        }
        Ok(Upload {
            id,
            name: plain_name(name),
            media_type: media_type.chars().take(100).collect(),
            size: i64::try_from(kept.size).unwrap_or(i64::MAX),
            sha256: kept.sha256,
        })
    }

    /// Forgets an upload that was not taken over.
    ///
    /// # Errors
    /// When the object store cannot remove it.
    pub async fn forget_upload(&self, upload: &Upload) -> Result<()> {
        Ok(self.store().files().delete(upload.id).await?)
    }

    /// A file of the engagement with its bytes, for whoever may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn file(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        id: AttachmentId,
    ) -> Result<(
        Attachment,
        u64,
        BoxStream<'static, std::result::Result<Bytes, StoreError>>,
    )> {
        self.require(self.store(), caller, engagement, Permission::See).await?;
        let row = attachments::find(self.store(), id)
            .await?
            .filter(|it| it.engagement == engagement);
        let row = row.ok_or(Error::NotFound)?;
        let (size, stream) = self.store().files().stream(id).await?.ok_or(Error::NotFound)?;
        Ok((row, size, stream.boxed()))
    }
}

/// The last part of a name as browsers send it, without what could be mistaken for a path or a header.
fn plain_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|it| !it.is_control() && *it != '"')
        .take(NAME)
        .collect();
    if plain.trim().is_empty() {
        "file".to_owned()
    } else {
        plain.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(plain_name("C:\\exports\\nord.ldif"), "nord.ldif");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\r\nb\".csv"), "ab.csv");
        assert_eq!(plain_name("  "), "file");
    }
}
