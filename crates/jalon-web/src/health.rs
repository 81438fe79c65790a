//! What machines ask: is it alive, can it serve, how is it doing.

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::Door;

/// `/healthz` (the process answers), `/readyz` (what it stands on answers too), `/metrics` (Prometheus text format).
pub fn routes<S>(door: &Door) -> Router<S> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(door.clone())
}

async fn ready(State(door): State<Door>) -> Response {
    match (door.readiness)().await {
        Ok(()) => "ready\n".into_response(),
        Err(missing) => (StatusCode::SERVICE_UNAVAILABLE, format!("{missing}\n")).into_response(),
    }
}

async fn metrics(State(door): State<Door>) -> Response {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        door.metrics.render(),
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_server_that_cannot_serve_says_what_is_missing() {
        let mut door = Door::sample("http://127.0.0.1:1");
        door.readiness = Arc::new(|| Box::pin(async { Err("the database does not answer".to_owned()) }));
        for (path, status) in [("/healthz", 200), ("/readyz", 503), ("/metrics", 200)] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = crate::assemble(Router::<()>::new(), &door)
                .oneshot(request)
                .await
                .unwrap();
            assert_eq!(response.status(), status, "{path}");
        }
    }
}
