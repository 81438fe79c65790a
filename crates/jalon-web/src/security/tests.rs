//! The guards, through the whole router and a few routes of their own.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, Response, StatusCode},
    middleware::from_fn_with_state,
    routing::{get, post},
};
use serde_json::Value;
use tower::ServiceExt;

use super::{csrf::Csrf, limit, upload};
use crate::{
    Door,
    error::{ApiError, Failure, PageError},
    extract::Form,
};

const PLAIN: &str = "http://127.0.0.1:8420";
const HTTPS: &str = "https://jalon.example.org";

#[derive(Debug, serde::Deserialize)]
struct Named {
    name: String,
}

/// A few routes behind the same guards as the real ones.
fn site(origin: &str) -> Router {
    let door = Door::sample(origin);
    let upload = Router::new().route("/upload", post(take));
    let routes = Router::new()
        .route("/form", get(async |csrf: Csrf| maud::html! { (csrf.token()) }))
        .route("/form", post(async |form: Form<Named>| form.0.name))
        .route(
            "/sign-in",
            post(async || "in").route_layer(from_fn_with_state(door.clone(), limit::sign_in)),
        )
        .route("/panic", get(panics))
        .route("/api/v1/panic", get(panics))
        .route(
            "/api/v1/big",
            get(async || Err::<(), _>(ApiError(Failure::TooLarge { limit: 2 << 20 }))),
        )
        .merge(upload::allow(upload, 100_000));
    super::guard(routes, &door)
        .layer(from_fn_with_state(door.clone(), super::headers::add))
        .layer(from_fn_with_state(door.clone(), super::request::observe))
}

async fn panics() -> &'static str {
    panic!("planted by a test")
}

async fn take(mut form: upload::Upload) -> Result<String, PageError> {
    let mut said = String::new();
    while let Some(part) = form.next().await? {
        match part {
            upload::Part::Text { name, value } if name == "csrf" => {
                said.push_str(if value.is_empty() { "-" } else { "+" })
            }
            upload::Part::Text { name, value } => said.push_str(&format!("{name}={value};")),
            upload::Part::File(file) => said.push_str(&format!("{}:", file.file_name)),
        }
    }
    Ok(said)
}

async fn send(
    site: &Router,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

/// Opens the form; the cookie and the token that it gave.
async fn visit(site: &Router) -> (String, String) {
    let page = send(site, Method::GET, "/form", &[], "").await;
    let cookie = page.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    (cookie, text(page).await)
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_form_of_ours_passes_and_every_other_one_is_refused() {
    let site = site(PLAIN);
    let (cookie, token) = visit(&site).await;
    let (_, other_token) = visit(&site).await;
    let good = format!("csrf={token}&name=x");
    let check = async |name: &str, headers: &[(&str, &str)], body: &str, expected: StatusCode| {
        let response = send(&site, Method::POST, "/form", headers, body.to_owned()).await;
        assert_eq!(response.status(), expected, "{name}");
    };
    let (ok, no) = (StatusCode::OK, StatusCode::FORBIDDEN);
    check("ours", &[FORM, ("cookie", &cookie)], &good, ok).await;
    check(
        "ours, from a browser",
        &[FORM, ("cookie", &cookie), ("sec-fetch-site", "same-origin")],
        &good,
        ok,
    )
    .await;
    check(
        "ours, by header",
        &[FORM, ("cookie", &cookie), ("x-csrf-token", &token)],
        "name=x",
        ok,
    )
    .await;
    check("without token", &[FORM, ("cookie", &cookie)], "name=x", no).await;
    check("without cookie", &[FORM], &good, no).await;
    check(
        "another visitor's token",
        &[FORM, ("cookie", &cookie)],
        &format!("csrf={other_token}&name=x"),
        no,
    )
    .await;
    check(
        "from another site",
        &[FORM, ("cookie", &cookie), ("sec-fetch-site", "cross-site")],
        &good,
        no,
    )
    .await;
    check(
        "from a sub-domain",
        &[FORM, ("cookie", &cookie), ("sec-fetch-site", "same-site")],
        &good,
        no,
    )
    .await;
    let from = |origin| {
        [
            FORM,
            ("cookie", cookie.as_str()),
            ("host", "127.0.0.1:8420"),
            ("origin", origin),
        ]
    };
    check("from another origin", &from("https://evil.example"), &good, no).await;
    check("from our origin", &from("http://127.0.0.1:8420"), &good, ok).await;
    check("from nowhere", &from("null"), &good, no).await;
}

#[tokio::test]
async fn a_session_has_tokens_of_its_own() {
    let site = site(PLAIN);
    let (before, old) = visit(&site).await;
    let signed_in = format!("{before}; jalon=session-secret");
    let page = send(&site, Method::GET, "/form", &[("cookie", &signed_in)], "").await;
    assert!(
        page.headers().get("set-cookie").is_none(),
        "the visit has begun already"
    );
    let token = text(page).await;
    for (token, expected) in [(&token, StatusCode::OK), (&old, StatusCode::FORBIDDEN)] {
        let body = format!("csrf={token}&name=x");
        let response = send(&site, Method::POST, "/form", &[FORM, ("cookie", &signed_in)], body).await;
        assert_eq!(response.status(), expected);
    }
}

#[tokio::test]
async fn a_call_with_a_bearer_token_needs_no_form_token() {
    let site = site(PLAIN);
    let response = send(
        &site,
        Method::POST,
        "/form",
        &[FORM, ("authorization", "Bearer x")],
        "name=x",
    )
    .await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn headers_are_on_every_response_and_hsts_on_https_only() {
    for (origin, hsts) in [(PLAIN, false), (HTTPS, true)] {
        let site = crate::assemble(crate::pages::style::routes::<()>(), &Door::sample(origin));
        for path in ["/style", "/healthz", "/nowhere", crate::assets::File::Style.url()] {
            let response = send(&site, Method::GET, path, &[], "").await;
            let headers = response.headers();
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
            assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
            assert_eq!(headers.contains_key("strict-transport-security"), hsts, "{path}");
            assert_eq!(headers["x-request-id"].len(), 9, "{path}");
        }
    }
}

#[tokio::test]
async fn cookies_of_an_https_site_are_bound_to_its_host() {
    let page = send(&site(HTTPS), Method::GET, "/form", &[], "").await;
    let cookie = page.headers()["set-cookie"].to_str().unwrap();
    assert!(
        cookie.starts_with("__Host-jalon-before=") && cookie.contains("; Secure"),
        "{cookie}"
    );
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn sign_in_is_limited_per_address() {
    let site = site(PLAIN);
    let (cookie, token) = visit(&site).await;
    let mut last = StatusCode::OK;
    for _ in 0..11 {
        let response = send(
            &site,
            Method::POST,
            "/sign-in",
            &[FORM, ("cookie", &cookie)],
            format!("csrf={token}"),
        )
        .await;
        last = response.status();
        assert_eq!(
            last == StatusCode::TOO_MANY_REQUESTS,
            response.headers().contains_key("retry-after")
        );
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_the_limit() {
    let site = site(PLAIN);
    let (cookie, token) = visit(&site).await;
    let body = format!("csrf={token}&name={}", "x".repeat(super::BODY_LIMIT));
    let response = send(&site, Method::POST, "/form", &[FORM, ("cookie", &cookie)], body).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text(response).await.contains("1 MiB"));
    let problem = send(&site, Method::GET, "/api/v1/big", &[], "").await;
    assert_eq!(problem.headers()["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_str(&text(problem).await).unwrap();
    assert_eq!(
        (problem["type"].as_str(), problem["limit"].as_u64()),
        (Some("urn:jalon:problem:too-large"), Some(2 << 20))
    );
}

#[tokio::test]
async fn an_upload_has_a_limit_of_its_own_and_shows_its_token_first() {
    let site = site(PLAIN);
    let (cookie, token) = visit(&site).await;
    let kind = ("content-type", "multipart/form-data; boundary=b");
    let form = |token: &str, size: usize| {
        format!(
            "--b\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--b\r\ncontent-disposition: form-data; \
             name=\"kind\"\r\n\r\nldif\r\n--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.ldif\"\r\n\r\n{}\r\n--b--\r\n",
            "x".repeat(size)
        )
    };
    let send = async |token: &str, size| {
        send(
            &site,
            Method::POST,
            "/upload",
            &[kind, ("cookie", &cookie)],
            form(token, size),
        )
        .await
    };
    let taken = send(&token, 50_000).await;
    assert_eq!(taken.status(), StatusCode::OK);
    assert_eq!(text(taken).await, "+kind=ldif;a.ldif:");
    assert_eq!(send("wrong", 10).await.status(), StatusCode::FORBIDDEN);
    let refused = send(&token, 400_000).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(text(refused).await.contains("100000 bytes"));
}

#[tokio::test]
async fn a_panic_is_an_error_page_with_the_reference_of_the_log() {
    let site = site(PLAIN);
    let page = send(&site, Method::GET, "/panic", &[("accept-language", "fr")], "").await;
    assert_eq!(page.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let id = page.headers()["x-request-id"].to_str().unwrap().to_owned();
    let html = text(page).await;
    assert!(
        html.contains(&id) && html.contains("<html lang=\"fr\"") && !html.contains("planted"),
        "{html}"
    );
    crate::lint::assert_whole(&html);
    let problem = send(&site, Method::GET, "/api/v1/panic", &[], "").await;
    assert_eq!(problem.headers()["content-type"], "application/problem+json");
}
