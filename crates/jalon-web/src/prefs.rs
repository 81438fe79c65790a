//! What a visitor prefers: language, theme, single-key shortcuts. Read from the address, then a cookie, then the
//! browser; what the address asks for is remembered in the cookie.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
    middleware::Next,
    response::Response,
};
use jalon_domain::text::Lang;

use crate::{Door, security::cookie};

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The word of `data-bs-theme`, of the address and of the cookie.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme that the switch leads to.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn parse(raw: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark]
            .into_iter()
            .find(|it| it.word() == raw)
    }
}

/// The preferences of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefs {
    /// The language.
    pub lang: Lang,
    /// The theme.
    pub theme: Theme,
    /// Whether single keys act (WCAG 2.1.4 asks for a way to turn them off).
    pub keys: bool,
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            theme: Theme::default(),
            keys: true,
        }
    }
}

const NAME: &str = "jalon-prefs";
const A_YEAR: u32 = 365 * 24 * 3600;

impl Prefs {
    /// What the cookie and the browser say.
    fn remembered(headers: &HeaderMap) -> Self {
        let spoken = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|it| it.to_str().ok())
            .and_then(Lang::negotiate);
        let mut prefs = Self {
            lang: spoken.unwrap_or_default(),
            ..Self::default()
        };
        cookie::read(headers, NAME)
            .into_iter()
            .flat_map(|it| it.split('.'))
            .for_each(|it| prefs.take(it));
        prefs
    }

    /// What the address asks for, if anything, on top.
    fn asked(self, query: &str) -> Self {
        let mut prefs = self;
        for pair in query.split('&') {
            match pair.split_once('=') {
                Some(("lang", word)) => prefs.lang = word.parse().unwrap_or(prefs.lang),
                Some(("theme", word)) => prefs.theme = Theme::parse(word).unwrap_or(prefs.theme),
                Some(("keys", word)) => prefs.keys = word != "off",
                _ => {}
            }
        }
        prefs
    }

    fn take(&mut self, word: &str) {
        if let Ok(lang) = word.parse() {
            self.lang = lang;
        } else if let Some(theme) = Theme::parse(word) {
            self.theme = theme;
        } else if word == "nokeys" {
            self.keys = false;
        }
    }

    fn value(self) -> String {
        let keys = if self.keys { "" } else { ".nokeys" };
        format!("{}.{}{keys}", self.lang, self.theme.word())
    }
}

/// Middleware: finds the preferences, hands them to handlers, remembers what the address asked for.
pub async fn resolve(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let remembered = Prefs::remembered(request.headers());
    let prefs = remembered.asked(request.uri().query().unwrap_or_default());
    request.extensions_mut().insert(prefs);
    let mut response = next.run(request).await;
    if prefs != remembered {
        cookie::add(
            response.headers_mut(),
            cookie::write(&door.site, NAME, &prefs.value(), Some(A_YEAR)),
        );
    }
    response
}

impl<S: Sync> FromRequestParts<S> for Prefs {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header::COOKIE};

    use super::*;

    #[track_caller]
    fn check(cookie: &'static str, spoken: &'static str, query: &str, expected: (Lang, Theme, bool)) {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static(cookie));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(spoken));
        let prefs = Prefs::remembered(&headers).asked(query);
        assert_eq!(
            (prefs.lang, prefs.theme, prefs.keys),
            expected,
            "{cookie} {spoken} {query}"
        );
    }

    #[test]
    fn the_address_goes_before_the_cookie_and_the_cookie_before_the_browser() {
        check("", "fr-CH,en;q=0.8", "", (Lang::Fr, Theme::Auto, true));
        check("jalon-prefs=en.dark", "fr", "", (Lang::En, Theme::Dark, true));
        check(
            "jalon-prefs=en.dark.nokeys",
            "fr",
            "lang=fr",
            (Lang::Fr, Theme::Dark, false),
        );
        check(
            "jalon-prefs=en.dark",
            "fr",
            "q=x&theme=light&keys=off",
            (Lang::En, Theme::Light, false),
        );
        check(
            "jalon-prefs=zz.pink",
            "de",
            "lang=xx&theme=pink",
            (Lang::En, Theme::Auto, true),
        );
    }
}
