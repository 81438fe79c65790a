//! What surrounds a page (how it is seen, by whom, in which engagement) and what stands above its content.

use axum::{extract::FromRequestParts, http::request::Parts};
use jalon_domain::text::Lang;
use maud::Markup;

use super::nav::Place;
use crate::{prefs::Prefs, security::csrf::Csrf};

/// What surrounds every page, whatever its content: how it is seen, by whom, in which engagement.
///
/// As an extractor it knows preferences, address and form token; the page adds the rest:
/// `Frame { person: …, engagement: …, ..frame }`.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Language, theme, keys.
    pub prefs: Prefs,
    /// Path and query of the page: the switches come back to it.
    pub path: String,
    /// The token of this page's forms.
    pub csrf: String,
    /// The name of whoever is signed in.
    pub person: Option<String>,
    /// The engagement that the page is in.
    pub engagement: Option<Around>,
    /// How many engagements there are to choose from.
    pub engagements: Option<usize>,
}

/// The engagement around a page.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Its address: `/e/ID`.
    pub base: String,
    /// The organisation's name.
    pub name: String,
    /// What it is about: "Office 365 + EMS".
    pub caption: String,
    /// Responsibilities that apply.
    pub responsibilities: usize,
    /// Open findings.
    pub findings: usize,
    /// Gates that are open, of how many.
    pub gates: (usize, usize),
    /// Notices that whoever is signed in has not read.
    pub unread: usize,
}

impl Frame {
    /// A frame with nothing but preferences.
    pub fn new(prefs: Prefs) -> Self {
        Self {
            prefs,
            ..Self::default()
        }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.prefs.lang
    }

    /// The address of this page with a preference changed.
    pub(super) fn with(&self, name: &str, word: &str) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let others = query
            .split('&')
            .filter(|it| !it.is_empty() && it.split('=').next() != Some(name));
        let query = others
            .map(str::to_owned)
            .chain([format!("{name}={word}")])
            .collect::<Vec<_>>()
            .join("&");
        format!("{path}?{query}")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Frame {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let prefs = Prefs::from_request_parts(parts, state).await?;
        let csrf = Csrf::from_request_parts(parts, state).await?.token();
        let path = parts
            .uri
            .path_and_query()
            .map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self {
            path,
            csrf,
            ..Self::new(prefs)
        })
    }
}

/// What stands above a page's content.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub(super) title: String,
    pub(super) place: Option<Place>,
    pub(super) crumbs: Vec<(String, String)>,
    pub(super) mark: Option<Markup>,
    pub(super) meta: Vec<Markup>,
    pub(super) actions: Vec<Markup>,
}

impl Head {
    /// The page's title: what it shows, also in the browser's tab.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// The place of the navigation that it belongs to.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// A page above this one; the engagement's own crumb comes by itself.
    #[must_use]
    pub fn crumb(mut self, name: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push((name.into(), href.into()));
        self
    }

    /// A mark before the title, such as a gate's flag.
    #[must_use]
    pub fn mark(mut self, mark: Markup) -> Self {
        self.mark = Some(mark);
        self
    }

    /// A fact below the title: a state, an owner, a date.
    #[must_use]
    pub fn meta(mut self, fact: Markup) -> Self {
        self.meta.push(fact);
        self
    }

    /// A secondary action: a link or a form with class `btn`. The primary one is in the next step.
    #[must_use]
    pub fn action(mut self, action: Markup) -> Self {
        self.actions.push(action);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_keeps_the_rest_of_the_address() {
        let frame = |path: &str| Frame {
            path: path.to_owned(),
            ..Frame::default()
        };
        assert_eq!(frame("/style").with("lang", "fr"), "/style?lang=fr");
        assert_eq!(
            frame("/list?q=dns&lang=fr&state=open").with("lang", "en"),
            "/list?q=dns&state=open&lang=en"
        );
    }
}
