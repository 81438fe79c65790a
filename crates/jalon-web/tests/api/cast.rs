//! Everybody whom the table of permissions knows, and a call of every operation that succeeds for whoever may.

use std::cell::RefCell;

use axum::http::Method;
use futures::TryStreamExt;
use jalon_domain::{
    ids::{EngagementId, FindingId, ResponsibilityId, RuleId, RunId, ScheduleId, TargetId},
    measure::Family,
    text::Lang,
};
use jalon_service::{
    Level,
    directory::SourceInput,
    duty::NewWaiver,
    engagement::{NewEngagement, NewTarget},
    fix::{Approval, FixPart, FixScope},
    measure::RunScope,
    view::{duties::DutyFilter, remediation::FindingsFilter},
};
use jalon_store::directory::sources::{BindKind, Security};
use jalon_testkit::Stage;
use jiff::civil::date;
use serde_json::{Value, json};

use crate::site::{Call, Client, Site};

/// Those who call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Whose token was taken back.
    SignedOut,
    /// Who leads an engagement of another organisation.
    Stranger,
    Viewer,
    Contributor,
    Lead,
    Administrator,
}

pub(crate) const ROLES: [Role; 6] = [
    Role::SignedOut,
    Role::Stranger,
    Role::Viewer,
    Role::Contributor,
    Role::Lead,
    Role::Administrator,
];

/// Everybody, and what there is to act on.
pub(crate) struct Cast {
    site: Site,
    pub(crate) id: EngagementId,
    pub(crate) elsewhere: EngagementId,
    clients: Vec<Client>,
    lead: Value,
    duties: RefCell<Vec<ResponsibilityId>>,
    finding: FindingId,
    run: RunId,
    directory: TargetId,
    schedule: ScheduleId,
    file: String,
    number: RefCell<usize>,
}

/// A rule that the rehearsal's directory breaks and whose fix needs nobody's decision.
const OBJECTS: &str = "DIR-019";

/// A rule that the rehearsal's zone breaks and that records mend.
const ZONE: &str = "SPF-02";

/// What the handed-in file is for: a deliverable.
const PLAN: &str = "success.plan";

impl Cast {
    /// Everybody in their place, a domain measured, a file handed in.
    pub(crate) async fn on_stage() -> Self {
        let site = Site::open().await;
        let id = site.stage.engagement().await;
        let elsewhere = other_engagement(&site).await;
        let (stage, admin) = (&site.stage, site.admin().await);
        let only = |family| RunScope {
            family: Some(family),
            target: None,
        };
        let asked = stage
            .app
            .run_checks(&stage.admin, id, &only(Family::Dns))
            .await
            .unwrap();
        stage
            .app
            .run_checks(&stage.admin, id, &only(Family::Tls))
            .await
            .unwrap();
        let directory = only(Family::Directory);
        stage.app.run_checks(&stage.admin, id, &directory).await.unwrap();
        stage.work().await;
        let (findings, _) = stage
            .app
            .findings(&stage.admin, id, &FindingsFilter::default(), 1)
            .await
            .unwrap();
        let duties = stage.app.duties(&stage.admin, id, DutyFilter::default()).await.unwrap();
        let duties = duties.groups.into_iter().flat_map(|it| it.rows).map(|it| it.id);
        let checks = stage.app.checks(&stage.admin, id).await.unwrap();
        let directory = SourceInput {
            server: "127.0.0.1:9".to_owned(),
            security: Some(Security::Plain),
            bind: Some(BindKind::Anonymous),
            ..SourceInput::default()
        };
        let directory = stage.app.add_source(&stage.admin, id, &directory).await.unwrap();
        let path = format!("/engagements/{id}/responsibilities/{PLAN}");
        let form = plan(&site, id).await;
        admin.send(form).await.expect(201);
        let page = admin.get(path).await.expect(200).json();
        let file = page["requirements"][0]["evidence"][0]["file"][0]
            .as_str()
            .unwrap()
            .to_owned();

        let gone = site.program(&stage.admin.person).await;
        let tokens = admin.get("/tokens").await.json();
        let token = tokens["items"][0]["id"].as_str().unwrap();
        admin.send(Call::delete(format!("/tokens/{token}"))).await.expect(204);
        let stranger = site.member(elsewhere, "Stranger", Level::Lead).await;
        let viewer = site.member(id, "Viewer", Level::Viewer).await;
        let contributor = site.member(id, "Contributor", Level::Contributor).await;
        let lead = site.member(id, "Lead", Level::Lead).await;
        let lead_id = json!(lead.id);
        let mut clients = vec![gone];
        for person in [stranger, viewer, contributor, lead] {
            clients.push(site.in_browser(person).await);
        }
        clients.push(admin);
        Self {
            id,
            elsewhere,
            clients,
            lead: lead_id,
            duties: RefCell::new(duties.filter(|it| it.as_str() != PLAN).collect()),
            finding: findings[0].id,
            run: asked.runs[0],
            directory,
            schedule: checks.families[0].schedule.as_ref().unwrap().id,
            file,
            number: RefCell::new(0),
            site,
        }
    }

    /// The one who plays `role`.
    pub(crate) fn client(&self, role: Role) -> &Client {
        &self.clients[ROLES.iter().position(|it| *it == role).unwrap()]
    }

    /// A responsibility that nobody has touched yet.
    fn duty(&self) -> String {
        let id = self
            .duties
            .borrow_mut()
            .pop()
            .expect("there are enough responsibilities for the table");
        format!("/engagements/{}/responsibilities/{id}", self.id)
    }

    fn number(&self) -> usize {
        *self.number.borrow_mut() += 1;
        *self.number.borrow()
    }

    /// Who `role` is; the lead for somebody without an id.
    async fn own_id(&self, role: Role) -> Value {
        match role {
            Role::SignedOut => self.lead.clone(),
            role => self.client(role).id().await,
        }
    }

    /// A call of `operation` that succeeds for whoever may, whatever was called before.
    pub(crate) async fn call(&self, operation: &str, what: &str, role: Role) -> Call {
        let e = format!("/engagements/{}", self.id);
        let waiver = json!({ "reason": "accepted until the move", "until": "2026-12-31" });
        match operation {
            "show_document" => Call::get("/openapi.json"),
            "show_me" => Call::get("/me"),
            "set_preferences" => {
                let mut call = Call::put("/me/preferences", json!({ "theme": "dark" }));
                call.method = Method::PATCH;
                call
            }
            "list_tokens" => Call::get("/tokens"),
            "issue_token" => Call::post("/tokens", json!({ "name": "CI", "expires_at": "2026-12-31T00:00:00Z" })),
            "revoke_token" => Call::delete(format!("/tokens/{}", self.token(what, role).await)),
            "show_catalogue" => Call::get("/catalogue"),
            "list_catalogue_responsibilities" => Call::get("/catalogue/responsibilities"),
            "list_catalogue_bullets" => Call::get("/catalogue/bullets"),
            "list_catalogue_gates" => Call::get("/catalogue/gates"),
            "list_engagements" => Call::get("/engagements"),
            "create_engagement" => {
                let name = format!("Example Sud {}", self.number());
                let new = json!({ "organisation": name, "profile": Stage::profile(), "start": "2026-09-07" });
                Call::post("/engagements", new)
            }
            "preview_engagement" => Call::post("/engagements/preview", json!(Stage::profile())),
            "show_engagement" => Call::get(e),
            "list_responsibilities" => Call::get(format!("{e}/responsibilities")),
            "show_responsibility" => Call::get(format!("{e}/responsibilities/{PLAN}")),
            "assign_responsibility" => self.assignment(what, role).await,
            "submit_evidence" => plan(&self.site, self.id).await,
            "state_evidence" => {
                let word =
                    json!({ "requirement": requirement(&self.site, self.id).await, "approved": true, "note": "read" });
                Call::post(format!("{e}/responsibilities/{PLAN}/statements"), word)
            }
            "claim_responsibility" => Call::post(format!("{}/claim", self.duty()), json!({ "reason": "it is done" })),
            "waive_responsibility" => Call::post(format!("{}/waiver", self.duty()), waiver),
            "exclude_responsibility" => Call::post(
                format!("{}/exclusion", self.duty()),
                json!({ "reason": "there is none here" }),
            ),
            "waive_finding" => Call::post(format!("{e}/findings/{}/waiver", self.finding), waiver),
            "revoke_decision" => Call::delete(format!("{e}/decisions/{}", self.decision(what, role).await)),
            "list_findings" => Call::get(format!("{e}/findings")),
            "show_remediation" => Call::get(format!("{e}/remediation?open=DNS-003")),
            "assign_rule" => {
                let owner = if what == "oneself" {
                    self.own_id(role).await
                } else {
                    self.somebody_else(role)
                };
                Call::put(
                    format!("{e}/rules/DNS-003/assignment"),
                    json!({ "owner": owner, "due": null }),
                )
            }
            "show_propagation" => Call::get(format!("{e}/rules/{ZONE}/propagation")),
            "request_look" => Call::post(format!("{e}/rules/{ZONE}/propagation"), json!({})),
            "download_fix" => Call::get(format!("{e}/rules/DNS-003/fix")),
            "preview_fix" => Call::get(format!("{e}/rules/{OBJECTS}/fix/preview")),
            "approve_fix" => Call::post(format!("{e}/rules/{OBJECTS}/fixes"), json!({ "note": "agreed" })),
            "approve_reviewed_fix" => {
                let rule = RuleId::parse(OBJECTS).unwrap();
                let (app, admin) = (&self.site.stage.app, &self.site.stage.admin);
                let all = FixScope::default();
                let file = app.fix_file(admin, self.id, &rule, FixPart::Review, &all, Lang::En);
                let table: Vec<bytes::Bytes> = file.await.unwrap().body.try_collect().await.unwrap();
                Call::form(
                    format!("{e}/rules/{OBJECTS}/fixes/reviewed"),
                    &[],
                    "reviewed.csv",
                    &table.concat(),
                )
            }
            "list_fixes" => Call::get(format!("{e}/fixes?rule={OBJECTS}")),
            "show_fix" => Call::get(format!("{e}/fixes/{}", self.fix(true).await)),
            "revoke_fix" => Call::delete(format!("{e}/fixes/{}", self.fix(true).await)),
            "restore_fix" => Call::post(format!("{e}/fixes/{}/restore", self.fix(false).await), json!({})),
            "show_checks" => Call::get(format!("{e}/checks")),
            "set_schedule" => Call::put(
                format!("{e}/schedules/{}", self.schedule),
                json!({ "every_seconds": 7200, "enabled": true }),
            ),
            "list_runs" => Call::get(format!("{e}/runs")),
            "request_runs" => Call::post(format!("{e}/runs"), json!({ "family": "dns" })),
            "show_run" => Call::get(format!("{e}/runs/{}", self.run)),
            "cancel_run" => Call::post(format!("{e}/runs/{}/cancel", self.waiting_run().await), json!({})),
            "list_targets" => Call::get(format!("{e}/targets")),
            "add_target" => {
                let value = format!("n{}.nord.example", self.number());
                Call::post(format!("{e}/targets"), json!({ "family": "dns", "value": value }))
            }
            "add_directory" => {
                let name = format!("n{}.ldif", self.number());
                Call::form(
                    format!("{e}/targets/file"),
                    &[],
                    &name,
                    b"dn: cn=a,dc=nord,dc=example\ncn: a\n",
                )
            }
            "show_target" => Call::get(format!("{e}/targets/{}", self.domain().await)),
            "show_zone_plan" => Call::get(format!("{e}/targets/{}/zone?form=route53", self.domain().await)),
            "remove_target" => Call::delete(format!("{e}/targets/{}", self.target().await)),
            "list_directories" => Call::get(format!("{e}/directories")),
            "connect_directory" => Call::post(format!("{e}/directories"), self.directory_input()),
            "show_directory" => Call::get(format!("{e}/directories/{}", self.directory)),
            "change_directory" => {
                let path = format!("{e}/directories/{}", self.directory);
                let read = self.client(Role::Administrator).get(&path).await.expect(200);
                Call::put(path, self.directory_input()).with("if-match", read.header("etag"))
            }
            "try_connection" => Call::post(format!("{e}/directories/test"), self.directory_input()),
            "try_directory" => Call::post(format!("{e}/directories/{}/test", self.directory), json!({})),
            "read_directory" => Call::post(format!("{e}/directories/{}/full", self.directory), json!({})),
            "show_environment" => Call::get(format!("{e}/environment")),
            "list_members" => Call::get(format!("{e}/members")),
            "add_member" => {
                let n = self.number();
                let new =
                    json!({ "name": format!("Member {n}"), "email": format!("m{n}@nord.example"), "level": "viewer" });
                Call::post(format!("{e}/members"), new)
            }
            "list_gates" => Call::get(format!("{e}/gates")),
            "show_gate" => Call::get(format!("{e}/gates/initiate")),
            "list_notices" => Call::get(format!("{e}/notices")),
            "read_all_notices" => Call::post(format!("{e}/notices/read"), json!({})),
            "read_notice" => Call::put(format!("{e}/notices/{}/read", self.notice().await), json!({})),
            "unread_notice" => Call::delete(format!("{e}/notices/{}/read", self.notice().await)),
            "list_calendar" => Call::get(format!("{e}/calendar?kind=measurement")),
            "show_feed" => Call::get(format!("{e}/calendar/feed")),
            "make_feed" => Call::post(format!("{e}/calendar/feed"), json!({})),
            "revoke_feed" => Call::delete(format!("{e}/calendar/feed")),
            "list_events" => Call::get(format!("{e}/audit")),
            "verify_chain" => Call::get(format!("{e}/audit/verify")),
            "download_file" => Call::get(format!("{e}/files/{}", self.file)),
            other => panic!("say how {other} is called"),
        }
    }

    /// A directory that nobody answers for: what comes of trying it out is no matter of permissions.
    fn directory_input(&self) -> Value {
        let name = format!("Directory {}", self.number());
        json!({ "name": name, "server": "127.0.0.1:9", "security": "plain", "bind": "anonymous" })
    }

    /// Somebody of the engagement who is not `role`.
    fn somebody_else(&self, role: Role) -> Value {
        match role {
            Role::Lead => json!(self.site.stage.admin.id()),
            _ => self.lead.clone(),
        }
    }

    /// A domain that is measured.
    async fn domain(&self) -> TargetId {
        let (app, admin) = (&self.site.stage.app, &self.site.stage.admin);
        let checks = app.checks(admin, self.id).await.unwrap();
        checks.families[0].targets[0].id
    }

    async fn token(&self, what: &str, role: Role) -> String {
        let somebody = match (what, role) {
            ("one's own", role) if role != Role::SignedOut => self.client(role),
            (_, Role::Administrator) => self.client(Role::Lead),
            _ => self.client(Role::Administrator),
        };
        let new = json!({ "name": "to be revoked", "expires_at": "2026-12-31T00:00:00Z" });
        let issued = somebody.post("/tokens", new).await.expect(201).json();
        issued["token"]["id"].as_str().unwrap().to_owned()
    }

    async fn assignment(&self, what: &str, role: Role) -> Call {
        let path = format!("/engagements/{}/responsibilities/{PLAN}", self.id);
        let owner = if what == "oneself" {
            self.own_id(role).await
        } else {
            self.somebody_else(role)
        };
        let read = self.client(Role::Administrator).get(&path).await.expect(200);
        let new = json!({ "owner": owner, "due": "2026-12-01" });
        Call::put(format!("{path}/assignment"), new).with("if-match", read.header("etag"))
    }

    async fn decision(&self, what: &str, role: Role) -> String {
        let duty = self.duty();
        let may_claim = matches!(role, Role::Contributor | Role::Lead | Role::Administrator);
        if what == "one's own claim" && may_claim {
            let made = self
                .client(role)
                .post(format!("{duty}/claim"), json!({ "reason": "" }))
                .await
                .expect(201);
            return made.json()["id"].as_str().unwrap().to_owned();
        }
        let stage = &self.site.stage;
        let id = ResponsibilityId::parse(duty.rsplit('/').next().unwrap()).unwrap();
        let new = NewWaiver {
            reason: "accepted until the move".into(),
            until: date(2026, 12, 31),
            ticket: None,
            approver: None,
        };
        stage
            .app
            .waive(&stage.admin, self.id, &id, &new)
            .await
            .unwrap()
            .to_string()
    }

    /// Something that was told: a certificate that ends soon.
    async fn notice(&self) -> String {
        let told = self
            .client(Role::Administrator)
            .get(format!("/engagements/{}/notices", self.id))
            .await;
        told.expect(200).json()["items"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A run that waits.
    async fn waiting_run(&self) -> RunId {
        let (stage, target) = (&self.site.stage, self.target().await);
        let scope = RunScope {
            family: None,
            target: Some(target),
        };
        stage.app.run_checks(&stage.admin, self.id, &scope).await.unwrap().runs[0]
    }

    /// An approved fix of its own, whose approval stands or was taken back.
    async fn fix(&self, stands: bool) -> uuid::Uuid {
        let (app, admin) = (&self.site.stage.app, &self.site.stage.admin);
        let rule = RuleId::parse(OBJECTS).unwrap();
        let fix = app
            .approve_fix(admin, self.id, &rule, &Approval::default())
            .await
            .unwrap();
        if !stands {
            app.revoke_fix(admin, self.id, fix).await.unwrap();
        }
        fix
    }

    /// A target of its own.
    async fn target(&self) -> TargetId {
        let new = NewTarget {
            family: Family::Dns,
            value: format!("n{}.nord.example", self.number()),
            connect: None,
            file: None,
        };
        self.site
            .stage
            .app
            .add_target(&self.site.stage.admin, self.id, new)
            .await
            .unwrap()
    }
}

async fn other_engagement(site: &Site) -> EngagementId {
    let new = NewEngagement {
        organisation: "Example Ouest".into(),
        name: None,
        profile: Stage::profile(),
        start: date(2026, 9, 7),
        target: None,
        domains: Vec::new(),
        endpoints: Vec::new(),
    };
    site.stage
        .app
        .create_engagement(&site.stage.admin, &new, Vec::new())
        .await
        .unwrap()
        .id
}

/// The requirement of the plan.
async fn requirement(site: &Site, id: EngagementId) -> String {
    let plan = ResponsibilityId::parse(PLAN).unwrap();
    let page = site.stage.app.duty(&site.stage.admin, id, &plan).await.unwrap();
    page.requirements[0].status.id.to_string()
}

/// Handing the plan in.
async fn plan(site: &Site, id: EngagementId) -> Call {
    let requirement = requirement(site, id).await;
    let path = format!("/engagements/{id}/responsibilities/{PLAN}/evidence");
    Call::form(path, &[("requirement", &requirement)], "plan.pdf", b"the plan")
}
