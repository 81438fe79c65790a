//! The site on a stage, and those who call it.

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use jalon_domain::ids::EngagementId;
use jalon_service::{Caller, Level, engagement::NewMember};
use jalon_store::{
    Store,
    people::{self, Person},
    testing::Place,
};
use jalon_testkit::Stage;
use jalon_web::{App, Site as Origin};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use tower::ServiceExt;

/// The site, on its stage.
pub(crate) struct Site {
    /// What it stands on.
    pub(crate) stage: Stage,
    /// The application behind the door.
    pub(crate) app: App,
    router: Router,
    /// Removed with the site.
    _place: Option<Place>,
}

impl Site {
    /// A site on SQLite.
    pub(crate) async fn open() -> Self {
        let place = Place::sqlite();
        let mut site = Self::on(place.open().await).await;
        site._place = Some(place);
        site
    }

    /// A site on `store`.
    pub(crate) async fn on(store: Store) -> Self {
        let stage = Stage::on(store).await;
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let ready: jalon_web::app::Readiness = std::sync::Arc::new(|| Box::pin(async { Ok(()) }));
        let origin = Origin::parse("http://127.0.0.1:8420").unwrap();
        let app = App::new(stage.app.clone(), origin, metrics, ready);
        let router = jalon_web::router(app.clone());
        Self {
            stage,
            app,
            router,
            _place: None,
        }
    }

    /// Somebody in a browser: a session's cookie, and the token that goes with it.
    pub(crate) async fn in_browser(&self, person: Person) -> Client {
        let opened = self.stage.app.welcome(person, "a browser".into()).await.unwrap();
        let cookie = format!("jalon={}", opened.secret);
        let mut client = self.client(vec![("cookie".into(), cookie)]);
        let csrf = client.get("/me").await.json()["csrf"].as_str().unwrap().to_owned();
        client.headers.push(("x-csrf-token".into(), csrf));
        client
    }

    /// The administrator in a browser.
    pub(crate) async fn admin(&self) -> Client {
        self.in_browser(self.stage.admin.person.clone()).await
    }

    /// A program with a token of `person`.
    pub(crate) async fn program(&self, person: &Person) -> Client {
        let day = self.stage.app.now() + jiff::SignedDuration::from_hours(24);
        let body = json!({ "name": "a program", "expires_at": day });
        let issued = self.in_browser(person.clone()).await.post("/tokens", body).await;
        let secret = issued.json()["secret"].as_str().unwrap().to_owned();
        self.bearer(&secret)
    }

    /// Whoever shows `secret`.
    pub(crate) fn bearer(&self, secret: &str) -> Client {
        self.client(vec![("authorization".into(), format!("Bearer {secret}"))])
    }

    /// Nobody.
    pub(crate) fn nobody(&self) -> Client {
        self.client(Vec::new())
    }

    /// What is at `path` of the site itself, asked for by nobody.
    pub(crate) async fn fetch(&self, path: &str) -> Reply {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Reply { status, headers, body }
    }

    fn client(&self, headers: Vec<(String, String)>) -> Client {
        Client {
            router: self.router.clone(),
            headers,
        }
    }

    /// Somebody new at `level` in `engagement`.
    pub(crate) async fn member(&self, engagement: EngagementId, name: &str, level: Level) -> Person {
        self.member_of(&self.stage.admin, engagement, name, level).await
    }

    async fn member_of(&self, by: &Caller, engagement: EngagementId, name: &str, level: Level) -> Person {
        let email = format!("{}@nord.example.com", name.to_lowercase());
        let new = NewMember {
            name: name.into(),
            email,
            level,
            role: None,
        };
        let added = self.stage.app.add_member(by, engagement, &new).await.unwrap();
        people::find(self.stage.app.store(), added.id).await.unwrap().unwrap()
    }
}

/// Somebody who calls.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    headers: Vec<(String, String)>,
}

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Call {
    /// A call without a body; `path` is below the API.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(crate) fn post(path: impl Into<String>, body: Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    pub(crate) fn put(path: impl Into<String>, body: Value) -> Self {
        Self::new(Method::PUT, path).json(body)
    }

    fn json(mut self, body: Value) -> Self {
        self.body = body.to_string().into();
        self.with("content-type", "application/json")
    }

    /// A form with text fields and a file.
    pub(crate) fn form(path: impl Into<String>, fields: &[(&str, &str)], file_name: &str, bytes: &[u8]) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let mut call = Self::new(Method::POST, path).with("content-type", "multipart/form-data; boundary=b");
        call.body = body.into();
        call
    }

    /// With one header more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With a key, to be done once.
    pub(crate) fn once(self, key: &str) -> Self {
        self.with("idempotency-key", key)
    }
}

impl Client {
    /// Sends it.
    pub(crate) async fn send(&self, call: Call) -> Reply {
        let mut request = Request::builder()
            .method(call.method)
            .uri(format!("/api/v1{}", call.path));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::from(call.body)).unwrap())
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Reply { status, headers, body }
    }

    pub(crate) async fn get(&self, path: impl Into<String>) -> Reply {
        self.send(Call::get(path)).await
    }

    pub(crate) async fn post(&self, path: impl Into<String>, body: Value) -> Reply {
        self.send(Call::post(path, body)).await
    }

    pub(crate) async fn put(&self, path: impl Into<String>, body: Value) -> Reply {
        self.send(Call::put(path, body)).await
    }

    /// Who it is.
    pub(crate) async fn id(&self) -> Value {
        self.get("/me").await.json()["id"].clone()
    }

    /// Every item of a list, page by page.
    pub(crate) async fn all(&self, path: &str, limit: usize) -> Vec<Value> {
        let (mut items, mut after) = (Vec::new(), String::new());
        let sign = if path.contains('?') { '&' } else { '?' };
        loop {
            let page = self
                .get(format!("{path}{sign}limit={limit}{after}"))
                .await
                .expect(200)
                .json();
            let found = page["items"].as_array().unwrap();
            assert!(found.len() <= limit, "a page holds {} items", found.len());
            items.extend(found.iter().cloned());
            assert!(items.len() < 20_000, "the pages of {path} do not end");
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return items,
            }
        }
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    /// The answer, when it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?} {:?}", self.status, self.body))
    }

    /// The value of a header.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The problem document, which says the status again.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json");
        let said = (
            self.status.as_u16(),
            problem["status"].as_u64(),
            problem["type"].as_str(),
        );
        assert_eq!(
            said,
            (status, Some(status.into()), Some(&*format!("urn:jalon:problem:{kind}"))),
            "{problem}"
        );
        problem
    }
}
