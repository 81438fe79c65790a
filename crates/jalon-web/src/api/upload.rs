//! A form with one file: streamed into the object store before any row names it, and forgotten again when nothing takes
//! it over.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use jalon_service::{Result as Served, engagement::Upload as Kept};
use utoipa_axum::router::OpenApiRouter;

use super::{M, call::Call, query::invalid};
use crate::{
    App,
    error::{ApiError, Failure},
    pages::wizard::{BODY, keep},
    security::upload::{self, Part},
    text::texts,
};

/// Lets `routes` take a file; the service's own, smaller limit is what refuses it.
pub(super) fn allow(routes: OpenApiRouter<App>) -> OpenApiRouter<App> {
    let (router, document) = routes.split_for_parts();
    OpenApiRouter::with_openapi(document).merge(OpenApiRouter::from(upload::allow(router, BODY)))
}

/// A form that arrives.
pub(super) struct Upload(upload::Upload);

impl FromRequest<App> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let form = upload::Upload::from_request(request, app).await;
        form.map(Self).map_err(|it| ApiError(it.0))
    }
}

/// A form that has arrived.
#[derive(Debug, Default)]
pub(super) struct Sent {
    fields: BTreeMap<String, String>,
    files: Vec<Kept>,
}

impl Upload {
    /// Reads it whole. Call it after asking whether the caller may hand something in.
    pub(super) async fn receive(mut self, call: &Call) -> Result<Sent, Failure> {
        let mut sent = Sent::default();
        let read = self.read(call, &mut sent).await;
        if read.is_err() || sent.files.len() != 1 {
            sent.forget(call).await;
        }
        read?;
        if sent.files.len() == 1 {
            Ok(sent)
        } else {
            Err(invalid("file", texts!(M, "file-needed")))
        }
    }

    async fn read(&mut self, call: &Call, sent: &mut Sent) -> Result<(), Failure> {
        while let Some(part) = self.0.next().await? {
            match part {
                Part::Text { name, value } => drop(sent.fields.insert(name, value)),
                Part::File(file) => sent.files.push(keep(&call.app, file).await?),
            }
        }
        Ok(())
    }
}

impl Sent {
    /// The file.
    pub(super) fn file(&self) -> Result<Kept, Failure> {
        let file = self.files.first().cloned();
        file.ok_or_else(|| invalid("file", texts!(M, "file-needed")))
    }

    /// A text field, if it was sent.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        self.fields.get(name).cloned()
    }

    /// A text field that must be sent.
    pub(super) fn needed(&self, name: &str) -> Result<&str, Failure> {
        let value = self.fields.get(name).map(String::as_str);
        value.ok_or_else(|| invalid(name, texts!(M, "field-needed")))
    }

    /// What a use case made of it; a file that it did not take over is forgotten.
    pub(super) async fn settle<T>(self, call: &Call, done: Served<T>) -> Result<T, Failure> {
        if done.is_err() {
            self.forget(call).await;
        }
        Ok(done?)
    }

    /// Removes the files. One that cannot be removed now is swept away later.
    pub(super) async fn forget(&self, call: &Call) {
        for file in &self.files {
            if let Err(error) = call.service().forget_upload(file).await {
                tracing::warn!(file = %file.id, %error, "the upload {} was not removed: {error}", file.id);
            }
        }
    }
}
