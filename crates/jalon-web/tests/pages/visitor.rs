//! Somebody in a browser on a stage: a session's cookie, and forms that are sent with their token.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use jalon_domain::ids::{EngagementId, ResponsibilityId, TargetId};
use jalon_service::{Level, engagement::NewMember, measure::RunScope, view::duty::DutyPage};
use jalon_store::{
    people::{self, Person},
    testing::Place,
};
use jalon_testkit::Stage;
use jalon_web::{App, Site};
use metrics_exporter_prometheus::PrometheusBuilder;
use tower::ServiceExt;

/// A deliverable: people prove it.
pub(crate) const PLAN: &str = "success.plan";

/// The site on a stage, with one engagement that was measured.
pub(crate) struct House {
    pub(crate) stage: Stage,
    pub(crate) id: EngagementId,
    router: Router,
    _place: Place,
}

impl House {
    pub(crate) async fn open() -> Self {
        let place = Place::sqlite();
        let stage = Stage::on(place.open().await).await;
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let site = Site::parse("http://127.0.0.1:8420").unwrap();
        let app = App::new(
            stage.app.clone(),
            site,
            metrics,
            Arc::new(|| Box::pin(async { Ok(()) })),
        );
        let id = stage.engagement().await;
        stage
            .app
            .run_checks(&stage.admin, id, &RunScope::default())
            .await
            .unwrap();
        stage.work().await;
        Self {
            id,
            router: jalon_web::router(app),
            stage,
            _place: place,
        }
    }

    /// Whoever leads it.
    pub(crate) async fn admin(&self) -> Visitor {
        self.visitor(self.stage.admin.person.clone()).await
    }

    /// Somebody new at `level` in `engagement`.
    pub(crate) async fn member(&self, engagement: EngagementId, level: Level) -> Visitor {
        let name = format!("A {}", level.word());
        let email = format!("{}-{engagement}@nord.example.com", level.word());
        let new = NewMember {
            name,
            email,
            level,
            role: None,
        };
        let added = self
            .stage
            .app
            .add_member(&self.stage.admin, engagement, &new)
            .await
            .unwrap();
        let person = people::find(self.stage.app.store(), added.id).await.unwrap().unwrap();
        self.visitor(person).await
    }

    async fn visitor(&self, person: Person) -> Visitor {
        let id = person.id.to_string();
        let opened = self.stage.app.welcome(person, "a browser".into()).await.unwrap();
        let mut visitor = Visitor {
            router: self.router.clone(),
            cookie: format!("jalon={}", opened.secret),
            csrf: String::new(),
            id,
        };
        visitor.csrf = visitor
            .get("/")
            .await
            .between("<meta name=\"csrf\" content=\"", "\"")
            .to_owned();
        visitor
    }

    /// Nobody.
    pub(crate) fn nobody(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            cookie: String::new(),
            csrf: String::new(),
            id: String::new(),
        }
    }

    /// An address inside the engagement.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("/e/{}{path}", self.id)
    }

    /// The id of the target whose value begins so: ports are not the same twice.
    pub(crate) async fn target(&self, value: &str) -> TargetId {
        let checks = self.stage.app.checks(&self.stage.admin, self.id).await.unwrap();
        let mut targets = checks.families.iter().flat_map(|it| &it.targets);
        targets
            .find(|it| it.value.starts_with(value))
            .expect("it is measured")
            .id
    }

    /// A responsibility as it is now.
    pub(crate) async fn duty(&self, id: &str) -> DutyPage {
        let id: ResponsibilityId = id.parse().unwrap();
        self.stage.app.duty(&self.stage.admin, self.id, &id).await.unwrap()
    }
}

/// Somebody in a browser.
pub(crate) struct Visitor {
    router: Router,
    cookie: String,
    csrf: String,
    /// Their id.
    pub(crate) id: String,
}

impl Visitor {
    /// The same whose forms have no token.
    pub(crate) fn without_token(self) -> Self {
        Self {
            csrf: String::new(),
            ..self
        }
    }

    pub(crate) async fn get(&self, path: impl Into<String>) -> Reply {
        self.ask(Request::get(path.into()), Bytes::new()).await
    }

    /// As htmx asks.
    pub(crate) async fn get_piece(&self, path: impl Into<String>) -> Reply {
        self.ask(Request::get(path.into()).header("hx-request", "true"), Bytes::new())
            .await
    }

    /// A form, with its token.
    pub(crate) async fn post(&self, path: impl Into<String>, fields: &[(&str, &str)]) -> Reply {
        let mut body = format!("csrf={}", self.csrf);
        for (name, value) in fields {
            let value: String = value.bytes().map(|it| format!("%{it:02X}")).collect();
            body.push_str(&format!("&{name}={value}"));
        }
        let request = Request::post(path.into()).header("content-type", "application/x-www-form-urlencoded");
        self.ask(request, body.into()).await
    }

    /// A form with a file, with its token.
    pub(crate) async fn upload(&self, path: impl Into<String>, fields: &[(&str, &str)], file: (&str, &[u8])) -> Reply {
        let mut body = Vec::new();
        for (name, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            let part = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\r\n",
            file.0
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file.1);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let request = Request::post(path.into()).header("content-type", "multipart/form-data; boundary=b");
        self.ask(request, body.into()).await
    }

    async fn ask(&self, mut request: axum::http::request::Builder, body: Bytes) -> Reply {
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Reply {
            status,
            headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

/// What was answered.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    /// The answer, when it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.main());
        self
    }

    /// The main part of a page, or all that is no page.
    pub(crate) fn main(&self) -> &str {
        self.text.split_once("<main").map_or(self.text.as_str(), |it| it.1)
    }

    /// The value of a header.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// What stands between two texts.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> &str {
        let rest = self
            .text
            .split_once(before)
            .unwrap_or_else(|| panic!("no `{before}` in {}", self.main()))
            .1;
        rest.split_once(after).unwrap().0
    }
}
