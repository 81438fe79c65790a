//! Forms of these pages: their fields as typed, read one by one, and what a form says when it comes back.

use std::str::FromStr;

use axum::http::StatusCode;
use jalon_domain::text::{Lang, Text};
use jalon_service::Error;
use jiff::civil::Date;
use serde::Deserialize;

use super::M;
use crate::{error::PageError, text::texts};

/// The fields of a form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// One field, trimmed; empty when it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|it| it.0 == name).map_or("", |it| it.1.trim())
    }

    /// One field as it was typed, spaces and all, when something is in it: a password.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|it| it.0 == name)?;
        Some(field.1.as_str()).filter(|it| !it.is_empty())
    }

    /// One field, when something is in it.
    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|it| !it.is_empty()).map(str::to_owned)
    }

    /// A field that may be there several times, each read as a `T`.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field when one is no `T`.
    pub(crate) fn all<T: FromStr>(&self, name: &'static str) -> Result<Vec<T>, Error> {
        let own = self.0.iter().filter(|it| it.0 == name);
        own.map(|it| it.1.parse().map_err(|_| invalid(name, texts!(M, "bad-choice"))))
            .collect()
    }

    /// A field that may be empty, read as a `T`.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field when it is no `T`.
    pub(crate) fn optional<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Error> {
        let raw = self.get(name);
        if raw.is_empty() {
            Ok(None)
        } else {
            raw.parse()
                .map(Some)
                .map_err(|_| invalid(name, texts!(M, "bad-choice")))
        }
    }

    /// A field that must hold a `T`.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field.
    pub(crate) fn needed<T: FromStr>(&self, name: &'static str) -> Result<T, Error> {
        self.optional(name)?.ok_or_else(|| invalid(name, texts!(M, "needed")))
    }

    /// A date that may be empty.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field when it is no date.
    pub(crate) fn date(&self, name: &'static str) -> Result<Option<Date>, Error> {
        let raw = self.get(name);
        if raw.is_empty() {
            Ok(None)
        } else {
            raw.parse().map(Some).map_err(|_| invalid(name, texts!(M, "bad-date")))
        }
    }

    /// A date that must be there.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the field.
    pub(crate) fn needed_date(&self, name: &'static str) -> Result<Date, Error> {
        self.date(name)?.ok_or_else(|| invalid(name, texts!(M, "needed-date")))
    }

    /// A field put in by hand: for parts of an upload, and for tests.
    pub(crate) fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

fn invalid(field: &'static str, text: Text) -> Error {
    Error::Invalid { field, text }
}

/// Why a form was not taken, in words for whoever filled it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The status to answer with.
    pub(crate) status: StatusCode,
    field: &'static str,
    lines: Vec<Text>,
}

impl Refusal {
    /// What can be mended in the form itself.
    ///
    /// # Errors
    /// Everything else: it has a page of its own.
    pub(crate) fn of(error: Error) -> Result<Self, PageError> {
        match error {
            Error::Invalid { field, text } => Ok(Self {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                field,
                lines: vec![text],
            }),
            Error::Conflict(text) => Ok(Self {
                status: StatusCode::CONFLICT,
                field: CONFLICT,
                lines: vec![text],
            }),
            Error::Stale { changed } => Ok(Self {
                status: StatusCode::CONFLICT,
                field: STALE,
                lines: changed,
            }),
            other => Err(other.into()),
        }
    }
}

/// Stands where a field would: the form as a whole is old.
const STALE: &str = "version";
/// Stands where a field would: what is asked contradicts what is there.
const CONFLICT: &str = "";

/// A form that came back: which one, what was typed, why it was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tried {
    /// Which form of the page.
    pub(crate) form: &'static str,
    /// What was typed.
    pub(crate) fields: Fields,
    /// Why it was not taken.
    pub(crate) refusal: Refusal,
}

impl Tried {
    /// The form `form`, with what was typed, after the service refused it.
    ///
    /// # Errors
    /// What no form can mend: it has a page of its own.
    pub(crate) fn of(form: &'static str, fields: &Fields, error: Error) -> Result<Self, PageError> {
        Ok(Self {
            form,
            fields: fields.clone(),
            refusal: Refusal::of(error)?,
        })
    }

    /// What is wrong with the field `name`.
    pub(crate) fn error(&self, name: &str, lang: Lang) -> Option<&str> {
        (self.refusal.field == name)
            .then(|| self.refusal.lines.first().map(|it| it.get(lang)))
            .flatten()
    }

    /// What is wrong with the form as a whole: none of `fields` is to blame, and nothing that it contradicts.
    pub(crate) fn whole(&self, fields: &[&str]) -> &[Text] {
        if self.refusal.field == CONFLICT || fields.contains(&self.refusal.field) {
            &[]
        } else {
            &self.refusal.lines
        }
    }

    /// What it contradicts. That is said above everything: with what is there now, the form itself may have no place.
    pub(crate) fn conflict(&self) -> &[Text] {
        if self.refusal.field == CONFLICT {
            &self.refusal.lines
        } else {
            &[]
        }
    }

    /// Whether somebody else changed what the form is about.
    pub(crate) fn is_stale(&self) -> bool {
        self.refusal.field == STALE
    }
}

/// The form `name` of the page, when it is the one that came back.
pub(crate) fn tried<'a>(tried: Option<&'a Tried>, name: &str) -> Option<&'a Tried> {
    tried.filter(|it| it.form == name)
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Body,
        extract::{FromRequest, Request},
        http::header::CONTENT_TYPE,
    };

    use super::*;
    use crate::extract::Form;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        pairs.iter().for_each(|(name, value)| fields.put(*name, *value));
        fields
    }

    #[tokio::test]
    async fn fields_are_read_from_a_form_and_trimmed() {
        let request = Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.body(Body::from("owner=+x+&due=&owner=y")).unwrap();
        let Form(read) = Form::<Fields>::from_request(request, &()).await.unwrap();
        assert_eq!((read.get("owner"), read.get("due"), read.get("none")), ("x", "", ""));
        assert_eq!(read.some("due"), None);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let form = fields(&[("due", "tomorrow"), ("version", "x")]);
        let error = form.date("due").unwrap_err();
        let refusal = Refusal::of(error).unwrap();
        assert_eq!(refusal.status, StatusCode::UNPROCESSABLE_ENTITY);
        let tried = Tried {
            form: "assign",
            fields: form,
            refusal,
        };
        assert!(
            tried.error("due", Lang::En).is_some_and(|it| it.contains("2026-11-20")),
            "{tried:?}"
        );
        assert_eq!(tried.error("owner", Lang::En), None);
        assert!(tried.whole(&["owner", "due"]).is_empty());
        assert_eq!(fields(&[]).date("due").unwrap(), None);
        assert!(fields(&[]).needed_date("until").is_err() && fields(&[]).needed::<i64>("version").is_err());
    }

    #[test]
    fn a_stale_form_says_what_changed() {
        let changed = vec![Text::new("the owner is now Marc", "le responsable est maintenant Marc")];
        let refusal = Refusal::of(Error::Stale { changed }).unwrap();
        let tried = Tried {
            form: "assign",
            fields: Fields::default(),
            refusal,
        };
        assert!(tried.is_stale());
        assert_eq!(tried.whole(&["owner", "due"]).len(), 1);
        assert!(
            Refusal::of(Error::NotFound).is_err(),
            "what no form can mend has its own page"
        );
    }
}
