//! Uploads: read as a stream, each route with its own limit, refused with a 413 that names it.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Extension, FromRequest, Multipart, Request, multipart::Field},
    http::StatusCode,
};
use bytes::Bytes;
use jalon_domain::text::Text;

use crate::error::{Failure, PageError};

/// The limit of the route, in bytes.
#[derive(Clone, Copy, Debug)]
struct Limit(u64);

/// What a form around a file needs beside the file: fields, boundaries.
const AROUND: usize = 64 * 1024;
/// The largest text field beside a file, in bytes.
const TEXT: usize = 16 * 1024;

/// Lets `routes` take a file of `limit` bytes.
pub fn allow<S: Clone + Send + Sync + 'static>(routes: Router<S>, limit: u64) -> Router<S> {
    let whole = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(AROUND);
    routes
        .layer(Extension(Limit(limit)))
        .layer(DefaultBodyLimit::max(whole))
}

/// A form with a file: call [`Upload::next`] until it is through. The route must be under [`allow`].
#[derive(Debug)]
pub struct Upload {
    form: Multipart,
    limit: u64,
}

/// One part of the form.
pub enum Part<'a> {
    /// A text field.
    Text {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// A file.
    File(FilePart<'a>),
}

/// A file that arrives.
pub struct FilePart<'a> {
    /// The name of the form field.
    pub name: String,
    /// The name of the file as its sender calls it: to be shown, never to be used as a path. Empty when none was chosen.
    pub file_name: String,
    // On the heap, so that a text field is not as large as a file.
    field: Box<Field<'a>>,
    limit: u64,
    read: u64,
}

impl Upload {
    /// The next part; text fields are read whole, a file is yours to read before the next call.
    ///
    /// # Errors
    /// 413 when a limit is passed, 400 when the form is broken.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, Failure> {
        let limit = self.limit;
        let broken = |error: axum::extract::multipart::MultipartError| refusal(&error, limit);
        let Some(mut field) = self.form.next_field().await.map_err(broken)? else {
            return Ok(None);
        };
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(str::to_owned) {
            return Ok(Some(Part::File(FilePart {
                name,
                file_name,
                field: Box::new(field),
                limit,
                read: 0,
            })));
        }
        let mut value = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            value.extend_from_slice(&chunk);
            if value.len() > TEXT {
                return Err(Failure::TooLarge { limit: TEXT as u64 });
            }
        }
        Ok(Some(Part::Text {
            name,
            value: String::from_utf8_lossy(&value).into_owned(),
        }))
    }
}

impl FilePart<'_> {
    /// The next piece of the file.
    ///
    /// # Errors
    /// 413 when the file is larger than its route allows, 400 when the form is broken.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        let chunk = self.field.chunk().await.map_err(|error| refusal(&error, self.limit))?;
        self.read += chunk.as_ref().map_or(0, |it| it.len() as u64);
        if self.read > self.limit {
            Err(Failure::TooLarge { limit: self.limit })
        } else {
            Ok(chunk)
        }
    }

    /// The whole file, for those that are small by their limit.
    ///
    /// # Errors
    /// As [`FilePart::chunk`].
    pub async fn bytes(mut self) -> Result<Vec<u8>, Failure> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole)
    }
}

fn refusal(error: &axum::extract::multipart::MultipartError, limit: u64) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::TooLarge { limit }
    } else {
        Failure::Unreadable(Text::same(error.body_text()))
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let limit = request
            .extensions()
            .get::<Limit>()
            .map_or(super::BODY_LIMIT as u64, |it| it.0);
        let broken =
            |error: axum::extract::multipart::MultipartRejection| Failure::Unreadable(Text::same(error.body_text()));
        let form = Multipart::from_request(request, state).await.map_err(broken)?;
        Ok(Self { form, limit })
    }
}
