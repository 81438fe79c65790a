//! Asking for looks: by hand, and after each run that finds, keeps or closes what zone lines mend.

use std::collections::BTreeSet;

use jalon_domain::{
    finding::FixKind,
    ids::{EngagementId, JobId, RuleId, TargetId},
    measure::Family,
};
use jalon_store::{
    Db, Tx, findings,
    findings::{FindingFilter, FindingRow},
    jobs,
    jobs::NewJob,
    propagation,
    propagation::{Look, Reached},
    targets,
    targets::Target,
};
use serde_json::json;

use crate::{Caller, Error, Permission, Result, app::App, view::build::open_findings};

/// The kind of the job that looks at one domain.
pub(crate) const LOOK_JOB: &str = "dns.look";
/// Tries before a look is given up.
const TRIES: i32 = 3;
/// Findings of one domain that are mended by zone lines: a domain has some dozens.
const MOST: u64 = 1_000;

impl App {
    /// Asks to look where the records of the rule's fix are seen, of each domain that breaks it or did.
    ///
    /// # Errors
    /// [`Error::NotFound`] when no domain has such a finding.
    pub async fn ask_look(&self, caller: &Caller, id: EngagementId, rule: &RuleId) -> Result<()> {
        self.require(self.store(), caller, id, Permission::Measure).await?;
        self.change(id, async |tx: &Tx| {
            let mut asked = 0;
            for target in targets::of_engagement(tx, id).await? {
                if target.family == Family::Dns && self.rules_to_look_for(tx, &target).await?.contains(rule) {
                    self.queue_look(tx, &target, rule).await?;
                    asked += 1;
                }
            }
            if asked == 0 {
                return Err(Error::NotFound);
            }
            self.audit(
                tx,
                caller,
                id,
                "propagation.asked",
                rule.as_str(),
                json!({ "domains": asked }),
            )
            .await
        })
        .await?;
        self.store().wake();
        Ok(())
    }

    /// Asks to look after a run of the domain, unless everything about it was closed and seen everywhere before.
    pub(crate) async fn look_after(&self, tx: &Tx, target: &Target) -> Result<()> {
        if target.family != Family::Dns {
            return Ok(());
        }
        let open = rules_of(&zone_findings(tx, target.engagement, target.id).await?);
        let known = propagation::of_target(tx, target.engagement, target.id).await?;
        let is_settled = |it: &Look| it.closed && it.state == Reached::Everywhere && !open.contains(&it.rule);
        let waiting = known.iter().filter(|it| !is_settled(it)).map(|it| it.rule.clone());
        let rules: BTreeSet<RuleId> = open.iter().cloned().chain(waiting).collect();
        for rule in &rules {
            self.queue_look(tx, target, rule).await?;
        }
        Ok(())
    }

    /// The rules of a domain whose fix can be looked for: those with open findings, and those that had some.
    async fn rules_to_look_for(&self, db: &impl Db, target: &Target) -> Result<BTreeSet<RuleId>> {
        let mut rules = rules_of(&zone_findings(db, target.engagement, target.id).await?);
        let known = propagation::of_target(db, target.engagement, target.id).await?;
        rules.extend(known.into_iter().map(|it| it.rule));
        Ok(rules)
    }

    async fn queue_look(&self, tx: &Tx, target: &Target, rule: &RuleId) -> Result<()> {
        let known = propagation::of_target(tx, target.engagement, target.id).await?;
        let known = known.into_iter().find(|it| it.rule == *rule);
        let look = known.unwrap_or_else(|| Look {
            organisation: target.organisation,
            engagement: target.engagement,
            target: target.id,
            rule: rule.clone(),
            wanted: json!([]),
            closed: false,
            picture: None,
            unasked: json!([]),
            state: Reached::Unknown,
            reason: None,
            asked_at: self.now(),
            looked_at: None,
        });
        let asked = Look {
            asked_at: self.now(),
            ..look
        };
        propagation::put(tx, &asked).await?;
        self.queue_job(tx, target).await
    }

    /// The job that looks at a domain, unless one waits or is under way.
    pub(super) async fn queue_job(&self, tx: &Tx, target: &Target) -> Result<()> {
        let job = NewJob {
            id: JobId::new(self.ids()),
            kind: LOOK_JOB.to_owned(),
            payload: json!({ "target": target.id }),
            priority: 0,
            run_at: self.now(),
            max_attempts: TRIES,
            dedupe_key: Some(format!("look:{}", target.id)),
            organisation: Some(target.organisation),
            created_at: self.now(),
        };
        jobs::enqueue(tx, &job).await?;
        Ok(())
    }
}

/// The open findings of a domain that zone lines mend.
pub(super) async fn zone_findings(db: &impl Db, engagement: EngagementId, target: TargetId) -> Result<Vec<FindingRow>> {
    let filter = FindingFilter {
        family: Some(Family::Dns),
        target: Some(target),
        ..open_findings()
    };
    let (mut rows, _) = findings::page(db, engagement, &filter, None, MOST).await?;
    rows.retain(|it| it.defect.fix.as_ref().is_some_and(|fix| fix.kind == FixKind::Zone));
    Ok(rows)
}

fn rules_of(rows: &[FindingRow]) -> BTreeSet<RuleId> {
    rows.iter().map(|it| it.defect.rule.clone()).collect()
}
