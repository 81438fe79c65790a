//! Playing the story: each act is the use case that a person would have called, at its time.

use bytes::Bytes;
use futures::stream;
use jalon_domain::{
    ids::{EngagementId, ResponsibilityId, RuleId},
    measure::Family,
    programme::{Requirement, Responsibility},
    text::{Lang, Text},
};
use jalon_rehearsal::{
    directory::{Defect, Directory, Flaw, Plan},
    scene::{Fault, Scene},
};
use jalon_service::{
    App, Caller,
    duty::{Assignment, NewDecision, NewWaiver, Statement, Submission},
    engagement::{NewTarget, Picture, Upload},
    measure::{RunScope, Selection, Worker, WorkerOptions},
};
use jalon_store::findings;
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use super::{
    clock::{StoryClock, moment},
    paper,
    story::{Act, Asked, Day, Deed},
};
use crate::{
    exit::{Failure, Result},
    text,
};

/// Everything that an act may touch.
pub(super) struct Play<'a> {
    pub(super) app: &'a App,
    pub(super) clock: &'a StoryClock,
    pub(super) scene: &'a mut Scene,
    pub(super) engagement: EngagementId,
    pub(super) organisation: &'a str,
    pub(super) lang: Lang,
    /// The present.
    pub(super) now: Timestamp,
    /// The people by their keys; the first is who acts where nobody is named.
    pub(super) people: &'a [(String, Caller)],
}

impl Play<'_> {
    /// One day.
    pub(super) async fn day(&mut self, day: &Day) -> Result<()> {
        for (nth, act) in day.acts.iter().enumerate() {
            match day.ago {
                0 => self.clock.release(),
                ago => self.clock.set(moment(self.now, ago, nth)),
            }
            self.act(act).await?;
        }
        Ok(())
    }

    async fn act(&mut self, act: &Act) -> Result<()> {
        let caller = self.somebody(act.by.as_deref())?;
        let says = |usual: &str| {
            act.says
                .clone()
                .unwrap_or_else(|| text::both(usual, &[]))
                .get(self.lang)
                .to_owned()
        };
        match &act.deed {
            Deed::Gives { to, duties } => self.give(&caller, to, duties).await,
            Deed::HandsIn(it) => self.hand_in(&caller, it, act.says.as_ref()).await,
            Deed::Approves(it) => self.say(&caller, it, true, says("demo-approved")).await,
            Deed::Refuses(it) => self.say(&caller, it, false, says("demo-approved")).await,
            Deed::Settles { what, approved_by } => {
                self.hand_in(&caller, what, None).await?;
                let approver = self.somebody(Some(approved_by))?;
                self.say(&approver, what, true, says("demo-approved")).await
            }
            Deed::Signs(it) => {
                if self.asked(it)?.1.by.needs_file() {
                    self.hand_in(&caller, it, None).await?;
                }
                self.say(&caller, it, true, says("demo-signed")).await
            }
            Deed::Claims(duty) => {
                let new = NewDecision {
                    reason: says("demo-signed"),
                };
                Ok(self.app.claim(&caller, self.engagement, duty, &new).await.map(drop)?)
            }
            Deed::Waives { duty, days, ticket } => {
                let new = self.waiver(says("demo-decided"), *days, ticket);
                Ok(self.app.waive(&caller, self.engagement, duty, &new).await.map(drop)?)
            }
            Deed::Accepts { rule, days, ticket } => {
                let new = self.waiver(says("demo-decided"), *days, ticket);
                self.accept(&caller, rule, &new).await
            }
            Deed::LeavesOut(duty) => {
                let new = NewDecision {
                    reason: says("demo-decided"),
                };
                Ok(self
                    .app
                    .leave_out(&caller, self.engagement, duty, &new)
                    .await
                    .map(drop)?)
            }
            Deed::Mends { rules, to, due_in } => {
                let (owner, due) = (self.somebody(Some(to))?.id(), self.day_in(i64::from(*due_in)));
                let all = Selection::default();
                for rule in rules {
                    self.app
                        .assign_findings(&caller, self.engagement, rule, &all, Some(owner), Some(due))
                        .await?;
                }
                Ok(())
            }
            Deed::AddsDomain(name) => self.add_domain(&caller, name).await,
            Deed::AddsEndpoints(hosts) => self.add_endpoints(&caller, hosts).await,
            Deed::Exports { name, more_defects } => self.export(&caller, name, *more_defects).await,
            Deed::Edits { withdraw, publish } => self.edit(withdraw, publish),
            Deed::Breaks(name) => self.scene.edit(|zones| zones.break_at(name)).map_err(|it| plotted(&it)),
            Deed::Renews(host) => self.renew(host),
            Deed::Measures(_) => self.measure(&caller).await,
        }
    }

    fn somebody(&self, key: Option<&str>) -> Result<Caller> {
        let found = match key {
            Some(key) => self.people.iter().find(|it| it.0 == key),
            None => self.people.first(),
        };
        found
            .map(|it| it.1.clone())
            .ok_or_else(|| plotted(&format!("nobody is called {key:?}")))
    }

    fn asked(&self, it: &Asked) -> Result<(&'static Responsibility, &'static Requirement)> {
        let duty = self.app.catalogue().responsibility(&it.duty);
        let found = duty.and_then(|duty| Some((duty, duty.requirements.iter().find(|own| own.id == it.requirement)?)));
        found.ok_or_else(|| plotted(&format!("{}/{} does not exist", it.duty, it.requirement)))
    }

    fn day_in(&self, days: i64) -> Date {
        let today = self.now.to_zoned(TimeZone::UTC).date();
        today.saturating_add(days.days())
    }

    fn waiver(&self, reason: String, days: u16, ticket: &str) -> NewWaiver {
        NewWaiver {
            reason,
            until: self.day_in(days.into()),
            ticket: Some(ticket.to_owned()),
            approver: None,
        }
    }

    async fn give(&self, caller: &Caller, to: &str, duties: &[ResponsibilityId]) -> Result<()> {
        let owner = self.somebody(Some(to))?.id();
        let picture = Picture::load(self.app, self.app.store(), self.engagement).await?;
        for id in duties {
            let row = &picture
                .duty(id)
                .ok_or_else(|| plotted(&format!("{id} is not of the engagement")))?
                .row;
            let new = Assignment {
                owner: Some(owner),
                due: row.due,
                version: row.version,
            };
            self.app.assign(caller, self.engagement, id, &new).await?;
        }
        Ok(())
    }

    async fn hand_in(&self, caller: &Caller, it: &Asked, says: Option<&Text>) -> Result<()> {
        let (duty, requirement) = self.asked(it)?;
        let author = &caller.person.name;
        let paper = paper::paper(self.lang, self.organisation, duty, requirement, author, self.app.now());
        let new = Submission {
            requirement: it.requirement.clone(),
            file: self.keep(&paper.name, "text/plain", paper.text.into()).await?,
            note: says.map(|it| it.get(self.lang).to_owned()),
        };
        Ok(self
            .app
            .submit(caller, self.engagement, &it.duty, new)
            .await
            .map(drop)?)
    }

    async fn say(&self, caller: &Caller, it: &Asked, approved: bool, note: String) -> Result<()> {
        let new = Statement {
            requirement: it.requirement.clone(),
            approved,
            note,
        };
        Ok(self
            .app
            .state(caller, self.engagement, &it.duty, &new)
            .await
            .map(drop)?)
    }

    async fn keep(&self, name: &str, media_type: &str, bytes: Bytes) -> Result<Upload> {
        let stream = stream::iter([Ok::<_, std::convert::Infallible>(bytes)]);
        Ok(self.app.keep_upload(name, media_type, stream).await?)
    }

    async fn accept(&self, caller: &Caller, rule: &RuleId, new: &NewWaiver) -> Result<()> {
        let filter = findings::FindingFilter {
            state: Some(jalon_domain::finding::FindingState::Open),
            rules: vec![rule.clone()],
            ..Default::default()
        };
        let (open, _) = findings::page(self.app.store(), self.engagement, &filter, None, 1_000).await?;
        for it in open {
            self.app.waive_finding(caller, self.engagement, it.id, new).await?;
        }
        Ok(())
    }

    async fn add_domain(&self, caller: &Caller, name: &str) -> Result<()> {
        let new = NewTarget {
            family: Family::Dns,
            value: name.to_owned(),
            connect: None,
            file: None,
        };
        Ok(self.app.add_target(caller, self.engagement, new).await.map(drop)?)
    }

    async fn add_endpoints(&self, caller: &Caller, hosts: &[String]) -> Result<()> {
        for it in self.scene.endpoints().iter().filter(|it| hosts.contains(&it.host)) {
            let new = NewTarget {
                family: Family::Tls,
                value: format!("{}:443", it.host),
                connect: Some(std::net::SocketAddr::new(it.addr, it.port).to_string()),
                file: None,
            };
            self.app.add_target(caller, self.engagement, new).await?;
        }
        Ok(())
    }

    async fn export(&self, caller: &Caller, name: &str, more_defects: bool) -> Result<()> {
        let former = jalon_store::targets::of_engagement(self.app.store(), self.engagement).await?;
        for it in former.iter().filter(|it| it.family == Family::Directory) {
            self.app.remove_target(caller, self.engagement, it.id).await?;
        }
        let ldif = if more_defects {
            Directory::from(spoilt()?).ldif
        } else {
            self.scene.directory().ldif.clone()
        };
        let file = self.keep(name, "text/ldif", ldif.into()).await?;
        let new = NewTarget {
            family: Family::Directory,
            value: name.to_owned(),
            connect: None,
            file: Some(file),
        };
        Ok(self.app.add_target(caller, self.engagement, new).await.map(drop)?)
    }

    fn edit(&self, withdraw: &str, publish: &str) -> Result<()> {
        let change = |zones: &mut jalon_rehearsal::dns::Zones| {
            zones.withdraw(withdraw)?;
            zones.publish(publish)
        };
        self.scene.edit(change).map_err(|it| plotted(&it))
    }

    fn renew(&mut self, host: &str) -> Result<()> {
        let fault = match host.split('.').next() {
            Some("mail") => Fault::MailCertificateEnds,
            _ => Fault::AutodiscoverCertificateName,
        };
        self.scene.heal(fault).map_err(|it| plotted(&it))
    }

    async fn measure(&self, caller: &Caller) -> Result<()> {
        self.app
            .run_checks(caller, self.engagement, &RunScope::default())
            .await?;
        Worker::new(self.app.clone(), WorkerOptions::named("demo"))
            .drain()
            .await?;
        Ok(())
    }
}

/// The directory before the first clean-up: half as many defects again, of the kinds that are mended first.
fn spoilt() -> Result<Plan> {
    let demo = Plan::demo();
    let more = [Flaw::PrincipalLocalDomain, Flaw::ProxySpace, Flaw::PrincipalAccent].repeat(4);
    let flaws: Vec<Flaw> = demo.defects.iter().map(Defect::flaw).chain(more).collect();
    Plan::new(demo.entries, demo.seed, &flaws).map_err(|it| plotted(&it))
}

/// The story contradicts itself: a bug, which the tests of the story find.
fn plotted(error: &impl ToString) -> Failure {
    Failure::new("demo-plot", &[("error", error.to_string().into())])
}
