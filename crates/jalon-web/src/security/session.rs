//! The session cookie, and where a visitor may be sent back to. Sessions themselves are rows of the service; the cookie
//! carries nothing but their secret token.

use axum::http::{HeaderMap, HeaderValue};

use super::cookie;
use crate::Site;

const NAME: &str = "jalon";
/// Before there is a session: what the token of the sign-in form is bound to.
const BEFORE: &str = "jalon-before";

/// The session token that the browser sent, if any. Whether it is (still) a session is for the service to say.
pub fn token<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie::read(headers, &cookie::host_name(site, NAME))
}

/// The cookie that opens a session, for `seconds`. `token` is visible ASCII without `;`, as the service makes them.
pub fn open(site: &Site, token: &str, seconds: u32) -> HeaderValue {
    cookie::write(site, &cookie::host_name(site, NAME), token, Some(seconds))
}

/// The cookie that ends it in the browser.
pub fn close(site: &Site) -> HeaderValue {
    cookie::write(site, &cookie::host_name(site, NAME), "", Some(0))
}

/// The secret that form tokens of a visitor without session are bound to.
pub(super) fn before<'a>(site: &Site, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie::read(headers, &cookie::host_name(site, BEFORE))
}

/// The cookie that begins a visit.
pub(super) fn begin(site: &Site, secret: &str) -> HeaderValue {
    cookie::write(site, &cookie::host_name(site, BEFORE), secret, None)
}

/// `raw` when it is an address of this site, to go to after signing in; the start page otherwise, so that a crafted link
/// leads nowhere else.
pub fn back_to(raw: &str) -> &str {
    let is_ours = raw.starts_with('/') && !raw.starts_with("//") && !raw.contains(['\\', '\r', '\n', '\t']);
    if is_ours { raw } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_sent_back_only_inside_the_site() {
        assert_eq!(back_to("/engagements?view=mine"), "/engagements?view=mine");
        for raw in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:x",
        ] {
            assert_eq!(back_to(raw), "/", "{raw}");
        }
    }
}
