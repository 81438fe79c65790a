//! From an empty instance to an engagement with targets and people, through the pages alone, as somebody without script.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{
        Method, Request, StatusCode,
        header::{AUTHORIZATION, CONTENT_TYPE, LOCATION},
    },
};
use jalon_service::Caller;
use jalon_store::testing::Place;
use jalon_testkit::Stage;
use metrics_exporter_prometheus::PrometheusBuilder;
use tower::ServiceExt;

use crate::{App, Site};

/// Somebody in front of the pages.
struct Visitor {
    router: Router,
    token: String,
}

/// What a page answered.
struct Answer {
    status: StatusCode,
    to: String,
    body: String,
}

impl Visitor {
    async fn of(stage: &Stage, who: &Caller) -> Self {
        let opened = stage
            .app
            .welcome(who.person.clone(), "a test".to_owned())
            .await
            .unwrap();
        let site = Site::parse("https://jalon.example.org").unwrap();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let app = App::new(
            stage.app.clone(),
            site,
            metrics,
            std::sync::Arc::new(|| Box::pin(async { Ok(()) })),
        );
        Self {
            router: crate::router(app),
            token: opened.secret,
        }
    }

    async fn send(&self, method: Method, path: &str, kind: &str, body: String) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(AUTHORIZATION, format!("Bearer {}", self.token))
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response
            .headers()
            .get(LOCATION)
            .map(|it| it.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer {
            status,
            to,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "text/plain", String::new()).await
    }

    async fn post(&self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, "application/x-www-form-urlencoded", form.to_owned())
            .await
    }

    /// A form with a file: the fields of `form`, then the file.
    async fn upload(&self, path: &str, form: &str, file: (&str, &str)) -> Answer {
        let mut body = String::new();
        for (name, value) in form.split('&').filter_map(|it| it.split_once('=')) {
            let value = value.replace("%0D%0A", "\r\n").replace('+', " ");
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        let (name, bytes) = file;
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"directory\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--b--\r\n"
        );
        self.send(Method::POST, path, "multipart/form-data; boundary=b", body)
            .await
    }
}

const SCOPE: &str = "organisation=Example+Nord&start=2026-09-07&target=2027-01-29&programmes=office365&programmes=ems\
                     &services=exchange&services=teams&options=directory-sync&seats=2340&cloud=worldwide";
const LDIF: &str = "dn: cn=Zoe,dc=nord,dc=example\nobjectClass: user\ncn: Zoe\n";

/// The engagement created through the wizard: its address.
async fn created(claire: &Visitor) -> String {
    let form =
        format!("{SCOPE}&at=directory&domains=nord.example.com%0D%0Anord.example.org&endpoints=mail.nord.example.com");
    let answer = claire.upload("/engagements", &form, ("nord.ldif", LDIF)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.to.starts_with("/e/"), "{}", answer.to);
    answer.to
}

#[tokio::test]
async fn the_wizard_leads_from_nothing_to_an_overview() {
    let place = Place::sqlite();
    let stage = Stage::on(place.open().await).await;
    let claire = Visitor::of(&stage, &stage.admin).await;
    let home = claire.get("/").await;
    assert!(
        home.body.contains("No engagement yet") && home.body.contains("href=\"/engagements/new\""),
        "{}",
        home.body
    );

    let first = claire.get("/engagements/new").await;
    assert!(
        first.body.contains("value=\"2026-11-20\"") && first.body.contains("64 source bullets"),
        "{}",
        first.body
    );
    let answer = claire
        .post(
            "/engagements/new/preview",
            "programmes=office365&programmes=ems&options=configuration-manager",
        )
        .await;
    assert!(
        answer.body.contains("id=\"preview\"") && !answer.body.contains("<html"),
        "{}",
        answer.body
    );

    let back = claire
        .post(
            "/engagements/new",
            "at=scope&go=domains&organisation=Example+Nord&seats=0",
        )
        .await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.body.contains("Choose at least one programme.") && back.body.contains("value=\"Example Nord\""));
    let second = claire
        .post("/engagements/new", &format!("at=scope&go=domains&{SCOPE}"))
        .await;
    assert_eq!(second.status, StatusCode::OK);
    assert!(second.body.contains("id=\"f-domains\"") && second.body.contains("name=\"seats\" value=\"2340\""));
    let third = claire
        .post(
            "/engagements/new",
            &format!("at=domains&go=directory&{SCOPE}&domains=nord.example.com"),
        )
        .await;
    assert!(third.body.contains("id=\"f-directory\"") && third.body.contains("enctype=\"multipart/form-data\""));

    let overview = created(&claire).await;
    let page = claire.get(&overview).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("What blocks gate 1") && page.body.contains("Run the first checks"),
        "{}",
        page.body
    );
    let home = claire.get("/").await;
    assert!(
        home.body.contains(&format!("href=\"{overview}\"")) && home.body.contains("Example Nord"),
        "{}",
        home.body
    );
    for (path, text) in [
        ("/gates", "Gate 1: Kickoff held"),
        ("/gates/close", "Gate 6:"),
        ("/gates/core", "Inside Enable"),
    ] {
        let page = claire.get(&format!("{overview}{path}")).await;
        assert!(
            page.status == StatusCode::OK && page.body.contains(text),
            "{path}: {}",
            page.body
        );
    }
    assert_eq!(
        claire.get(&format!("{overview}/gates/none")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_loses_nothing_that_was_typed() {
    let place = Place::sqlite();
    let stage = Stage::on(place.open().await).await;
    let claire = Visitor::of(&stage, &stage.admin).await;
    let form = format!("{SCOPE}&at=directory&domains=nord.example.com");
    let answer = claire.upload("/engagements", &form, ("nord.ldif", "")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    assert!(
        answer.body.contains("“nord.ldif” is empty.")
            && answer.body.contains("name=\"organisation\" value=\"Example Nord\"")
    );
    let answer = claire
        .upload("/engagements", &format!("{form}%0D%0Anord"), ("nord.ldif", LDIF))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("“nord” is not a domain name"), "{}", answer.body);
    let answer = claire.upload("/engagements", &form, ("", "")).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "no file is no mistake: {}",
        answer.body
    );
}

#[tokio::test]
async fn targets_are_added_and_removed_and_people_are_invited_once() {
    let place = Place::sqlite();
    let stage = Stage::on(place.open().await).await;
    let claire = Visitor::of(&stage, &stage.admin).await;
    let overview = created(&claire).await;
    let targets = format!("{overview}/targets");
    let page = claire.get(&targets).await.body;
    for value in [
        "nord.example.com",
        "nord.example.org",
        "mail.nord.example.com:443",
        "nord.ldif",
    ] {
        assert!(page.contains(value), "{value}");
    }

    let twice = claire.post(&targets, "domain=nord.example.com").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("nord.example.com is measured already") && twice.body.contains("id=\"f-domain-e\""));
    let wrong = claire.post(&targets, "endpoint=https://nord").await;
    assert!(
        wrong.body.contains("is not an endpoint") && wrong.body.contains("value=\"https://nord\""),
        "{}",
        wrong.body
    );
    assert!(
        claire
            .post(&targets, "endpoint=vpn.nord.example.com:8443")
            .await
            .to
            .ends_with("/targets?done=added")
    );
    let file = format!("{targets}/file");
    assert_eq!(
        claire.upload(&file, "", ("", "")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert!(
        claire
            .upload(&file, "", ("sud.csv", "cn\nZoe\n"))
            .await
            .to
            .ends_with("done=added")
    );

    let page = claire.get(&targets).await.body;
    let remove = page
        .split('"')
        .find(|it| it.ends_with("/remove"))
        .expect("a target can be removed")
        .to_owned();
    assert!(claire.post(&remove, "").await.to.ends_with("?done=removed"));
    assert!(
        claire
            .get(&format!("{targets}?done=removed"))
            .await
            .body
            .contains("it can be added again")
    );

    let members = format!("{overview}/members");
    let invited = claire
        .post(&members, "name=Zoe+Petit&email=zoe@nord.example.com&level=viewer&role=")
        .await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);
    let link = invited
        .body
        .split(['<', '>'])
        .find(|it| it.contains("/join?key="))
        .expect("the link is shown");
    let joins = claire
        .get(link.strip_prefix("https://jalon.example.org").unwrap())
        .await;
    assert!(
        joins.status == StatusCode::OK && joins.body.contains("zoe@nord.example.com"),
        "{}",
        joins.body
    );
    assert!(
        !claire.get(&targets).await.body.contains("/join?key="),
        "the link is shown once"
    );
    let again = claire
        .post(&members, "name=Zoe&email=zoe@nord.example.com&level=viewer&role=")
        .await;
    assert!(
        again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("takes part already"),
        "{}",
        again.body
    );
    let second = claire
        .post(
            &members,
            "name=Zoe&email=zoe@nord.example.com&level=contributor&role=network-engineer",
        )
        .await;
    assert!(second.to.ends_with("?done=joined"), "{}", second.body);
}

#[tokio::test]
async fn who_only_reads_creates_and_changes_nothing() {
    let place = Place::sqlite();
    let stage = Stage::on(place.open().await).await;
    let claire = Visitor::of(&stage, &stage.admin).await;
    let overview = created(&claire).await;
    let invited = claire
        .post(
            &format!("{overview}/members"),
            "name=Zoe&email=zoe@nord.example.com&level=viewer",
        )
        .await;
    let key = invited
        .body
        .split("/join?key=")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    let person = stage
        .app
        .accept_invitation(&key, "a low gate on a quiet road".to_owned(), Default::default())
        .await
        .unwrap();
    let zoe = Visitor::of(&stage, &Caller { person }).await;

    assert!(zoe.get("/").await.body.contains("Example Nord"));
    assert_eq!(zoe.get("/engagements/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        zoe.upload("/engagements", SCOPE, ("nord.ldif", LDIF)).await.status,
        StatusCode::FORBIDDEN
    );
    let targets = format!("{overview}/targets");
    assert!(!zoe.get(&targets).await.body.contains("id=\"f-domain\""));
    assert_eq!(
        zoe.post(&targets, "domain=sud.example.com").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        zoe.upload(&format!("{targets}/file"), "", ("a.csv", "cn\n"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}
