//! Reading and writing cookies. All of ours have the same attributes: `HttpOnly`, `SameSite=Lax`, `Path=/`, and `Secure`
//! where the site is https.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};

use crate::Site;

/// The value of the cookie `name`, if the browser sent one.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// A `Set-Cookie` value. `seconds` is how long the browser keeps it; none means until it is closed.
///
/// # Panics
/// Never for the values written here: tokens and words of our own, visible ASCII without `;`.
pub fn write(site: &Site, name: &str, value: &str, seconds: Option<u32>) -> HeaderValue {
    let secure = if site.is_https() { "; Secure" } else { "" };
    let age = seconds.map(|it| format!("; Max-Age={it}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    HeaderValue::try_from(line).expect("tokens and words of our own are visible ASCII")
}

/// Adds a `Set-Cookie` beside those already there.
pub fn add(headers: &mut HeaderMap, cookie: HeaderValue) {
    headers.append(SET_COOKIE, cookie);
}

/// The name with the prefix that lets browsers refuse it from a sub-domain, a plain connection or a narrower path
/// (RFC 6265bis, section 4.1.3.2). It needs https, so a plain site has the bare name.
pub(super) fn host_name(site: &Site, name: &str) -> String {
    if site.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; jalon=x.y=="));
        headers.append(COOKIE, HeaderValue::from_static("b=; c=3"));
        assert_eq!(read(&headers, "jalon"), Some("x.y=="));
        assert_eq!(read(&headers, "c"), Some("3"));
        assert_eq!(read(&headers, "b"), None);
        assert_eq!(read(&headers, "alon"), None);
    }

    #[test]
    fn https_cookies_are_secure_and_bound_to_the_host() {
        let https = Site::parse("https://jalon.example.org").unwrap();
        let plain = Site::parse("http://127.0.0.1:8420").unwrap();
        assert_eq!(
            write(&https, &host_name(&https, "jalon"), "t", Some(60)),
            "__Host-jalon=t; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60"
        );
        assert_eq!(
            write(&plain, &host_name(&plain, "jalon"), "t", None),
            "jalon=t; Path=/; HttpOnly; SameSite=Lax"
        );
    }
}
