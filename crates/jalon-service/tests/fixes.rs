//! The fix of a rule about directory objects, on both engines: what it would change, its files, the table that people go
//! through, the approval, and the run that proves it.

#![expect(clippy::unwrap_used, reason = "what helpers of tests rely on fails the test")]

use futures::TryStreamExt;
use jalon_checks::directory::fix::Requested;
use jalon_domain::{
    ids::{AttachmentId, EngagementId, RuleId, TargetId},
    text::Lang,
};
use jalon_service::{
    Error,
    engagement::{NewEngagement, Upload},
    fix::{Approval, FixPart, FixScope},
    measure::{RunScope, Selection},
    view::remediation::{FindingsFilter, FindingsView, OpenedGroup, Remediation},
};
use jalon_store::{
    Store,
    attachments::{self, Attachment},
    targets,
};
use jalon_testkit::{Stage, on_both};
use jalon_wire::ldif::ChangeRecords;
use jiff::civil::date;

/// Spaces at their ends: two attributes, one rule.
const SPACES: &str = "DIR-003";

/// Three people; `spoilt` has spaces at the ends of the names of two of them.
fn export(spoilt: bool) -> String {
    let end = if spoilt { " " } else { "" };
    let person = |name: &str, end: &str| {
        let base64 = |value: String| {
            use base64::Engine as _;
            base64::prelude::BASE64_STANDARD.encode(value)
        };
        format!(
            "dn: CN={name},OU=Staff,DC=nord,DC=example\nobjectClass: user\ndisplayName:: {}\ngivenName:: {}\nsAMAccountName: {name}\n\
             mail: {name}@nord.example\nuserPrincipalName: {name}@nord.example\n\n",
            base64(format!("{name}{end}")),
            base64(format!("{name}{end}")),
        )
    };
    [("ana", end), ("bea", end), ("cleo", "")]
        .map(|(name, end)| person(name, end))
        .concat()
}

struct Scene {
    stage: Stage,
    id: EngagementId,
    target: TargetId,
}

impl Scene {
    async fn open(store: Store) -> Self {
        let stage = Stage::on(store).await;
        let new = NewEngagement {
            organisation: "Example Nord".to_owned(),
            name: None,
            profile: Stage::profile(),
            start: date(2026, 9, 7),
            target: None,
            domains: Vec::new(),
            endpoints: Vec::new(),
        };
        let file = upload(&stage, "nord.ldif", &export(true)).await;
        let id = stage
            .app
            .create_engagement(&stage.admin, &new, vec![file])
            .await
            .unwrap()
            .id;
        let known = targets::of_engagement(stage.app.store(), id).await.unwrap();
        let scene = Self {
            target: known[0].id,
            stage,
            id,
        };
        scene.measure().await;
        scene
    }

    async fn measure(&self) {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        app.run_checks(admin, self.id, &RunScope::default()).await.unwrap();
        self.stage.work().await;
    }

    async fn list(&self, filter: FindingsFilter) -> Remediation {
        let list = self.stage.app.remediation(&self.stage.admin, self.id, filter);
        list.await.unwrap()
    }

    async fn opened(&self, filter: FindingsFilter) -> OpenedGroup {
        let filter = FindingsFilter {
            open: Some(SPACES.to_owned()),
            ..filter
        };
        self.list(filter).await.opened.expect("it is among the groups")
    }

    async fn file(&self, part: FixPart, scope: &FixScope) -> String {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        let file = app
            .fix_file(admin, self.id, &rule(SPACES), part, scope, Lang::En)
            .await
            .unwrap();
        let bytes: Vec<bytes::Bytes> = file.body.try_collect().await.unwrap();
        String::from_utf8(bytes.concat()).unwrap()
    }

    async fn approve(&self, new: &Approval) -> Result<uuid::Uuid, Error> {
        let (app, admin) = (&self.stage.app, &self.stage.admin);
        app.approve_fix(admin, self.id, &rule(SPACES), new).await
    }

    /// A newer export in the place of the first.
    async fn hand_in(&self, text: &str) {
        let file = upload(&self.stage, "nord.ldif", text).await;
        let organisation = targets::find(self.stage.app.store(), self.target)
            .await
            .unwrap()
            .unwrap()
            .organisation;
        let row = Attachment {
            id: file.id,
            organisation,
            engagement: self.id,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            sha256: file.sha256,
            by: self.stage.admin.id(),
            at: self.stage.app.now(),
        };
        let store = self.stage.app.store();
        store
            .write(async |tx| {
                attachments::insert(tx, &row).await?;
                targets::set_attachment(tx, self.target, row.id).await
            })
            .await
            .unwrap();
    }

    async fn kept(&self, id: AttachmentId) -> String {
        let bytes = self.stage.app.store().files().get(id).await.unwrap().unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    async fn files(&self) -> usize {
        let files = attachments::of_engagement(self.stage.app.store(), self.id).await;
        files.unwrap().len()
    }
}

async fn upload(stage: &Stage, name: &str, text: &str) -> Upload {
    let bytes = bytes::Bytes::copy_from_slice(text.as_bytes());
    let stream = futures::stream::once(async { Ok::<_, std::convert::Infallible>(bytes) });
    stage.app.keep_upload(name, "text/plain", stream).await.unwrap()
}

fn rule(raw: &str) -> RuleId {
    RuleId::parse(raw).unwrap()
}

fn given_names() -> FixScope {
    FixScope {
        attribute: Some("givenName".to_owned()),
        ..FixScope::default()
    }
}

#[tokio::test]
async fn an_approved_fix_is_kept_byte_for_byte_and_proved_by_the_run_that_closes_its_findings() {
    on_both(async |store| {
        let scene = Scene::open(store).await;
        let (app, admin) = (&scene.stage.app, &scene.stage.admin);
        let preview = app
            .preview_fix(admin, scene.id, &rule(SPACES), &FixScope::default())
            .await
            .unwrap();
        assert_eq!(
            (preview.objects, preview.values, preview.findings, preview.shown),
            (2, 4, 4, 2)
        );
        assert!(
            preview.undecided.is_empty() && preview.head.starts_with("dn: CN=ana,"),
            "{preview:?}"
        );
        let [changes, undo, script] = [
            scene.file(FixPart::Changes, &FixScope::default()).await,
            scene.file(FixPart::Undo, &FixScope::default()).await,
            scene.file(FixPart::Script, &FixScope::default()).await,
        ];
        assert!(
            changes.contains("add: givenName\ngivenName: ana\n") && script.contains("'CN=ana,"),
            "{changes}"
        );

        let records = ChangeRecords::new(changes.as_bytes());
        let taken = records.map(|it| Requested::of(it.unwrap()).unwrap().dn);
        assert_eq!(taken.count(), 2, "`jalon fix apply` takes it");

        let new = Approval {
            sha256: Some(preview.sha256.clone()),
            note: Some(" agreed with the service desk ".to_owned()),
            ..Approval::default()
        };
        let id = scene.approve(&new).await.unwrap();
        let fix = app.approved_fix(admin, scene.id, id).await.unwrap();
        assert_eq!((fix.findings, fix.open, fix.closed), (4, 4, 0));
        assert_eq!(
            (fix.sha256.as_str(), fix.approved_by.name.as_str()),
            (preview.sha256.as_str(), "Claire Morel")
        );
        assert_eq!(fix.note.as_deref(), Some("agreed with the service desk"));
        assert_eq!(scene.kept(fix.changes.id).await, changes);
        assert_eq!(scene.kept(fix.undo.unwrap().id).await, undo);

        scene.hand_in(&export(false)).await;
        scene.stage.clock.pass_days(1);
        scene.measure().await;
        let filter = FindingsFilter {
            view: Some(FindingsView::Fixed),
            ..FindingsFilter::default()
        };
        let opened = scene.opened(filter).await;
        let [proved] = &opened.approved[..] else {
            panic!("{opened:?}")
        };
        assert_eq!((proved.open, proved.closed, proved.proved_by.len()), (0, 4, 1));
        assert_eq!(
            proved.proved_by[0].run, opened.findings[0].run,
            "the run that proved it"
        );
        let gone = app
            .preview_fix(admin, scene.id, &rule(SPACES), &FixScope::default())
            .await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn people_go_through_the_table_and_what_cannot_be_followed_keeps_nothing() {
    on_both(async |store| {
        let scene = Scene::open(store).await;
        let table = scene.file(FixPart::Review, &given_names()).await;
        assert_eq!(table.lines().count(), 3, "{table}");
        let reviewed = async |table: &str| {
            let review = Some(upload(&scene.stage, "reviewed.csv", table).await);
            let scope = given_names();
            scene
                .approve(&Approval {
                    scope,
                    review,
                    ..Approval::default()
                })
                .await
        };
        let before = scene.files().await;
        let broken = table
            .replace("CN=ana,", "CN=zoe,")
            .replace("yes,\"CN=bea,", "perhaps,\"CN=bea,");
        let Err(Error::Invalid { field: "file", text }) = reviewed(&broken).await else {
            panic!("a table that cannot be read is refused")
        };
        assert_eq!(
            text.en.lines().next(),
            Some("row 3: `perhaps` is neither yes nor no; write one of them")
        );
        let unknown = table.replace("CN=ana,", "CN=zoe,").replace("CN=bea,", "CN=yves,");
        let Err(Error::Invalid { text, .. }) = reviewed(&unknown).await else {
            panic!("objects that nothing is wrong with are refused")
        };
        let rows: Vec<&str> = text.fr.lines().map(|it| it.split('\u{a0}').next().unwrap()).collect();
        assert_eq!(rows, ["ligne 2", "ligne 3"], "{text:?}");
        let nothing = reviewed(&table.replace("yes,", "no,")).await;
        assert!(matches!(nothing, Err(Error::Conflict(_))), "{nothing:?}");
        assert_eq!(scene.files().await, before);

        let own = table
            .replace("yes,\"CN=bea,", "no,\"CN=bea,")
            .replace(",ana,edit", ",Anna,edit");
        let id = reviewed(&own).await.unwrap();
        let (app, admin) = (&scene.stage.app, &scene.stage.admin);
        let fix = app.approved_fix(admin, scene.id, id).await.unwrap();
        assert_eq!(fix.findings, 1);
        assert!(
            scene
                .kept(fix.changes.id)
                .await
                .contains("add: givenName\ngivenName: Anna\n")
        );
        assert_eq!(scene.kept(fix.review.unwrap().id).await, own);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_read_is_not_approved_and_an_approval_is_taken_back_once() {
    on_both(async |store| {
        let scene = Scene::open(store).await;
        let (app, admin) = (&scene.stage.app, &scene.stage.admin);
        let before = scene.files().await;
        let other = Approval {
            sha256: Some("00".to_owned()),
            ..Approval::default()
        };
        assert!(matches!(scene.approve(&other).await, Err(Error::Conflict(_))));
        assert_eq!(scene.files().await, before);
        let id = scene.approve(&Approval::default()).await.unwrap();
        let revoked = async || {
            let fixes = app.approved_fixes(admin, scene.id, Some(&rule(SPACES))).await.unwrap();
            fixes[0].revoked_at.is_some()
        };
        app.revoke_fix(admin, scene.id, id).await.unwrap();
        assert!(revoked().await);
        assert!(matches!(
            app.revoke_fix(admin, scene.id, id).await,
            Err(Error::Conflict(_))
        ));
        app.restore_fix(admin, scene.id, id).await.unwrap();
        assert!(!revoked().await);
        assert!(matches!(
            app.restore_fix(admin, scene.id, id).await,
            Err(Error::Conflict(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn a_correction_that_somebody_holds_soundly_is_left_to_people() {
    on_both(async |store| {
        let scene = Scene::open(store).await;
        let (app, admin) = (&scene.stage.app, &scene.stage.admin);
        let shared = "dn: CN=one,DC=nord,DC=example\nobjectClass: user\nmail: o..ne@nord.example\nsAMAccountName: one\n\n\
                      dn: CN=two,DC=nord,DC=example\nobjectClass: user\nmail: two@nord.example\nsAMAccountName: two\n\
                      proxyAddresses: SMTP:two@nord.example\nproxyAddresses: smtp:o.ne@nord.example\n\n";
        scene.hand_in(shared).await;
        scene.measure().await;
        let preview = app
            .preview_fix(admin, scene.id, &rule("DIR-007"), &FixScope::default())
            .await
            .unwrap();
        let left: Vec<_> = preview.undecided.iter().map(|it| (it.reason, it.count)).collect();
        assert_eq!((preview.values, left), (0, vec![("taken", 1)]));
    })
    .await;
}

#[tokio::test]
async fn the_list_is_narrowed_and_what_is_left_or_picked_is_given_an_owner() {
    on_both(async |store| {
        let scene = Scene::open(store).await;
        let (app, admin) = (&scene.stage.app, &scene.stage.admin);
        let all = scene.list(FindingsFilter::default()).await;
        assert_eq!(
            all.facets.attributes,
            [("displayName".to_owned(), 2), ("givenName".to_owned(), 2)]
        );
        assert_eq!(all.facets.targets[0].id, scene.target);
        let filter = FindingsFilter {
            attribute: Some("givenName".to_owned()),
            target: Some(scene.target),
            error: Some(all.facets.errors[0].0),
            ..FindingsFilter::default()
        };
        let opened = scene.opened(filter.clone()).await;
        assert_eq!((opened.group.count, opened.directories[0].count), (2, 2));
        let views = |it: &Remediation, view| it.views.iter().find(|seen| seen.0 == view).unwrap().1;
        assert_eq!(
            (views(&all, FindingsView::All), views(&all, FindingsView::Mine)),
            (4, 0)
        );

        let (owner, due) = (Some(admin.id()), Some(date(2026, 12, 24)));
        let assign = async |selection: &Selection| {
            app.assign_findings(admin, scene.id, &rule(SPACES), selection, owner, due)
                .await
        };
        let picked = Selection {
            findings: vec![opened.findings[0].id],
            ..Selection::default()
        };
        assert_eq!(assign(&picked).await.unwrap(), 1);
        let left = Selection {
            filter: Some(filter),
            ..Selection::default()
        };
        assert_eq!(assign(&left).await.unwrap(), 2);
        assert_eq!(
            views(&scene.list(FindingsFilter::default()).await, FindingsView::Mine),
            2
        );
        assert_eq!(assign(&Selection::default()).await.unwrap(), 4);
        let none = Selection {
            filter: Some(FindingsFilter {
                attribute: Some("mail".to_owned()),
                ..FindingsFilter::default()
            }),
            ..Selection::default()
        };
        assert!(matches!(assign(&none).await, Err(Error::NotFound)));
    })
    .await;
}
