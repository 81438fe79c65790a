//! A failure told to a person: the sign-in page, an error page, or a message inside the page that htmx asked for.

use axum::{
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};

use super::{Failure, facts::facts};
use crate::{
    pages::door::problem::ProblemPage,
    prefs::Prefs,
    ui::{
        note::{Tone, note},
        shell::Frame,
        sprite,
    },
};

/// Where it went wrong.
pub(super) struct Place {
    /// Path and query.
    pub(super) path: String,
    /// Whether sending the visitor back there makes sense.
    pub(super) is_get: bool,
    /// Whether htmx asked, for a piece of a page.
    pub(super) is_piece: bool,
}

/// The response.
pub(super) fn respond(failure: &Failure, place: Place, prefs: Prefs, reference: &str) -> Response {
    if *failure == Failure::SignedOut {
        return to_sign_in(&place);
    }
    let (facts, lang) = (facts(failure), prefs.lang);
    let (title, sentence) = (facts.title.get(lang).to_owned(), facts.detail.get(lang).to_owned());
    if place.is_piece {
        let message = maud::html! { b { (title) "." } " " (sentence) " " code { (reference) } };
        let headers = [("hx-retarget", "#j-flash"), ("hx-reswap", "innerHTML")];
        return (failure.status(), headers, sprite::piece(&note(Tone::Bad, &message))).into_response();
    }
    let changed = match failure {
        Failure::Stale { changed } => changed.iter().map(|it| it.get(lang).to_owned()).collect(),
        _ => Vec::new(),
    };
    let is_lasting = matches!(
        failure.status(),
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::METHOD_NOT_ALLOWED
    );
    let again = (place.is_get && !is_lasting).then(|| place.path.clone());
    let frame = Frame {
        path: place.path,
        ..Frame::new(prefs)
    };
    let page = ProblemPage {
        title,
        sentence,
        changed,
        again,
        reference: reference.to_owned(),
    };
    (failure.status(), page.render(&frame)).into_response()
}

/// Sign in, then come back.
fn to_sign_in(place: &Place) -> Response {
    let back = if place.is_get { place.path.as_str() } else { "/" };
    let target = format!("/sign-in?to={}", escape(back));
    let target = HeaderValue::try_from(target).unwrap_or(HeaderValue::from_static("/sign-in"));
    if place.is_piece {
        return (StatusCode::UNAUTHORIZED, [("hx-redirect", target)]).into_response();
    }
    (StatusCode::SEE_OTHER, [(LOCATION, target)]).into_response()
}

/// Percent-encodes everything but unreserved characters and the slash (RFC 3986, section 2.3).
fn escape(raw: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-._~/".contains(&it);
    raw.bytes()
        .map(|it| {
            if is_plain(it) {
                char::from(it).to_string()
            } else {
                format!("%{it:02X}")
            }
        })
        .collect()
}
