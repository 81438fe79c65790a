//! Every failure has a status, a word and texts in both languages, and both shapes say them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode},
    routing::get,
};
use jalon_domain::text::{Lang, Text};
use serde_json::Value;
use tower::ServiceExt;

use super::{ApiError, Failure, PageError, facts::facts};
use crate::{Door, lint::assert_whole, security};

fn failures() -> Vec<Failure> {
    let text = || Text::new("said in English", "dit en français");
    let secret = || "secret detail".to_owned();
    vec![
        Failure::NotFound,
        Failure::Forbidden {
            permission: "engagement.edit".to_owned(),
        },
        Failure::SignedOut,
        Failure::Invalid {
            field: "name".to_owned(),
            text: text(),
        },
        Failure::Stale { changed: vec![text()] },
        Failure::Conflict(Some(text())),
        Failure::Conflict(None),
        Failure::TooLarge { limit: 1 << 20 },
        Failure::Throttled { seconds: 7 },
        Failure::Full(secret()),
        Failure::Unavailable(secret()),
        Failure::Internal(secret()),
        Failure::Forged,
        Failure::Unreadable(text()),
        Failure::Interrupted,
        Failure::NoSuchMethod,
        Failure::TimedOut,
    ]
}

/// A site whose page and API route `/N` fail with the n-th failure.
fn site() -> Router {
    let door = Door::sample("http://127.0.0.1:1");
    let mut routes = Router::new();
    for (n, failure) in failures().into_iter().enumerate() {
        let other = failure.clone();
        routes = routes
            .route(&format!("/{n}"), get(async move || Err::<(), _>(PageError(failure))))
            .route(&format!("/api/{n}"), get(async move || Err::<(), _>(ApiError(other))));
    }
    security::guard(routes, &door)
}

async fn ask(site: &Router, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[test]
fn every_failure_is_said_in_both_languages() {
    for failure in failures() {
        let facts = facts(&failure);
        assert!(facts.title.is_complete() && facts.detail.is_complete(), "{failure:?}");
        assert_ne!(facts.title.en, facts.title.fr, "{failure:?}");
        assert!(failure.status().is_client_error() || failure.status().is_server_error());
    }
}

#[tokio::test]
async fn a_page_says_it_in_the_visitors_language_and_betrays_nothing() {
    let site = site();
    for (n, failure) in failures().into_iter().enumerate() {
        if failure == Failure::SignedOut {
            continue;
        }
        for lang in Lang::ALL {
            let response = ask(&site, &format!("/{n}"), &[("accept-language", lang.code())]).await;
            assert_eq!(response.status(), failure.status());
            let html = text(response).await;
            assert_whole(&html);
            assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{html}");
            assert!(!html.contains("secret detail"), "{html}");
        }
    }
}

#[tokio::test]
async fn a_problem_document_says_it_to_programs() {
    let site = site();
    for (n, failure) in failures().into_iter().enumerate() {
        let response = ask(&site, &format!("/api/{n}"), &[("accept-language", "fr")]).await;
        assert_eq!(response.status(), failure.status());
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(response.headers()["content-language"], "fr");
        let body = text(response).await;
        assert!(!body.contains("secret detail"), "{body}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["status"], failure.status().as_u16());
        assert!(problem["type"].as_str().unwrap().starts_with("urn:jalon:problem:"));
        assert!(problem["reference"].is_string());
    }
}

#[tokio::test]
async fn who_is_signed_out_is_asked_to_sign_in_and_comes_back() {
    let site = site();
    let page = ask(&site, "/2?q=a%20b", &[]).await;
    assert_eq!(page.status(), StatusCode::SEE_OTHER);
    assert_eq!(page.headers()["location"], "/sign-in?to=/2%3Fq%3Da%2520b");
    let piece = ask(&site, "/2", &[("hx-request", "true")]).await;
    assert_eq!(piece.headers()["hx-redirect"], "/sign-in?to=/2");
    let problem = ask(&site, "/api/2", &[]).await;
    assert_eq!(problem.headers()["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn a_piece_of_a_page_fails_as_a_message() {
    let site = site();
    let piece = ask(&site, "/4", &[("hx-request", "true")]).await;
    assert_eq!(piece.status(), StatusCode::CONFLICT);
    assert_eq!(piece.headers()["hx-retarget"], "#j-flash");
    let html = text(piece).await;
    assert!(
        html.starts_with("<svg class=\"j-sprite") && html.contains("role=\"alert\""),
        "{html}"
    );
}

#[tokio::test]
async fn an_address_that_leads_nowhere_says_so_in_the_shape_of_its_side() {
    let site = crate::assemble(crate::pages::style::routes::<()>(), &Door::sample("http://127.0.0.1:1"));
    let page = ask(&site, "/nowhere", &[]).await;
    assert_eq!(page.status(), StatusCode::NOT_FOUND);
    assert!(text(page).await.contains("<html"));
    let problem = ask(&site, "/api/v1/nowhere", &[]).await;
    assert_eq!(problem.status(), StatusCode::NOT_FOUND);
    assert_eq!(problem.headers()["content-type"], "application/problem+json");
    let request = Request::builder()
        .method("DELETE")
        .uri("/style")
        .header("authorization", "Bearer x");
    let refused = site.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(refused.headers().contains_key("allow"));
}

#[test]
fn what_the_service_says_keeps_its_meaning() {
    use jalon_service::Error;
    use jalon_store::StoreError;

    let check = |error: Error, status: u16| assert_eq!(Failure::from(error).status().as_u16(), status);
    check(Error::NotFound, 404);
    check(Error::SignedOut, 401);
    check(Error::invalid("name", "too short", "trop court"), 422);
    check(Error::conflict("there", "là"), 409);
    check(Error::TooLarge { limit: 1 }, 413);
    check(Error::Throttled { retry_after: 1 }, 429);
    check(StoreError::Full { path: "data".into() }.into(), 507);
    check(StoreError::Busy("x".to_owned()).into(), 503);
    check(StoreError::Stale.into(), 409);
    check(StoreError::Broken("x".to_owned()).into(), 500);
}
