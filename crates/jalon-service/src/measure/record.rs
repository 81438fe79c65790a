//! What a run says becomes findings, evidence and states, in the transaction that ends its job: nothing twice.

use jalon_checks::sha256;
use jalon_domain::{
    evidence::{Evidence, Origin, Outcome},
    finding::{Severity, reconcile},
    ids::{EventId, EvidenceId, ResponsibilityId},
    measure::{CheckReport, Report, RuleResult},
    programme::{ProvedBy, Requirement},
    text::Text,
};
use jalon_store::{Tx, audit, audit::NewEvent, evidence, evidence::EvidenceRow, findings, runs, runs::Run};
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use super::{
    ends::{ends, first},
    execute::{Measured, Prepared},
};
use crate::{
    Result,
    app::App,
    engagement::{Cause, Picture, refresh},
    notice,
};

impl App {
    /// Records what was measured.
    pub(super) async fn record(&self, tx: &Tx, prepared: &Prepared, measured: &Measured) -> Result<()> {
        let (run, target, report) = (&prepared.run, &prepared.target, &measured.report);
        if let Some(seen) = &measured.seen {
            self.keep_seen(tx, run, target, seen, report.ended).await?;
        }
        let recorded = findings::recorded(tx, run.engagement, run.target).await?;
        let changes = reconcile(&recorded, report);
        findings::apply(tx, target, &changes, run.id, report.ended, self.ids()).await?;
        let picture = Picture::load(self, tx, run.engagement).await?;
        let sha256 = sha256(report);
        for row in self.evidence_of(&picture, run, report, &sha256) {
            evidence::insert(tx, &row).await?;
        }
        evidence::prune(tx, run.engagement, self.settings().keep_observations).await?;
        let found = report.defects().count();
        let before = runs::last_done(tx, run.engagement, run.target).await?;
        let ends = ends(report, &before.and_then(|it| it.report).unwrap_or_default());
        let kept = json!({
            "vantage": report.vantage,
            "checks": report.checks.iter().map(light).collect::<Vec<_>>(),
            "stats": report.stats,
            "ends": ends,
        });
        let outcome = report.outcome(Severity::Info);
        let finished = runs::Finished {
            outcome,
            reason: first_reason(report.checks.iter().flat_map(|it| &it.rules).filter(|it| !it.by_choice)),
            report: kept,
            sha256: sha256.clone(),
            found: figure(found),
            opened: figure(changes.opened.len() + changes.resumed.len() + changes.reopened.len()),
            closed: figure(changes.fixed.len()),
            expires_at: first(&ends),
        };
        runs::finish(tx, run.id, &finished, report.ended).await?;
        let detail = json!({
            "run": run.id, "family": report.family, "outcome": outcome, "sha256": sha256,
            "opened": changes.opened.len() + changes.resumed.len(), "reopened": changes.reopened.len(), "fixed": changes.fixed.len(), "seen": changes.seen.len(),
        });
        let event = NewEvent {
            id: EventId::new(self.ids()),
            engagement: Some(run.engagement),
            at: self.now(),
            actor: None,
            actor_name: String::new(),
            action: "run.recorded".to_owned(),
            subject: run.target_value.clone(),
            detail,
        };
        audit::append(tx, event).await?;
        let cause = Cause::Run {
            run: run.id,
            target: run.target_value.clone(),
        };
        let told = notice::standing(tx, target).await?;
        let picture = refresh(self, tx, run.engagement, None, &cause).await?;
        notice::came_back(self, tx, target, &changes, &told, &picture).await?;
        self.look_after(tx, target).await
    }

    /// One piece of evidence for each requirement that the report speaks about.
    fn evidence_of(&self, picture: &Picture, run: &Run, report: &Report, sha256: &str) -> Vec<EvidenceRow> {
        let duties = picture.duties.iter().map(|it| it.responsibility);
        duties
            .flat_map(|duty| duty.requirements.iter().map(move |it| (&duty.id, it)))
            .filter_map(|(duty, requirement)| {
                let ProvedBy::Check { check, .. } = &requirement.by else {
                    return None;
                };
                let own = report.checks.iter().find(|it| it.check == *check)?;
                Some(self.observation(run, report, sha256, own, duty, requirement))
            })
            .collect()
    }

    fn observation(
        &self,
        run: &Run,
        report: &Report,
        sha256: &str,
        check: &CheckReport,
        duty: &ResponsibilityId,
        requirement: &Requirement,
    ) -> EvidenceRow {
        let counts = |rule: &_| requirement.by.counts(&check.check, rule);
        let outcome = check.outcome(Severity::HOLDS_GATE, counts);
        let days = requirement.valid_days.unwrap_or(report.family.default_validity());
        let valid_until: Option<Timestamp> = report.ended.checked_add((i64::from(days) * 24).hours()).ok();
        let note = (outcome == Outcome::Inconclusive)
            .then(|| first_reason(check.rules.iter().filter(|it| counts(&it.rule))))
            .flatten();
        let evidence = Evidence {
            id: EvidenceId::new(self.ids()),
            requirement: requirement.id.clone(),
            origin: Origin::Observation {
                run: run.id,
                vantage: report.vantage.clone(),
                target: run.target_value.clone(),
            },
            outcome,
            collected_at: report.ended,
            valid_until: valid_until.filter(|_| outcome != Outcome::Inconclusive),
            note,
        };
        EvidenceRow {
            evidence,
            organisation: run.organisation,
            engagement: run.engagement,
            responsibility: duty.clone(),
            sha256: Some(sha256.to_owned()),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            expected: None,
            observed: None,
        }
    }
}

fn figure(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A check's report without its defects: they are findings already.
fn light(check: &CheckReport) -> serde_json::Value {
    let mut found = std::collections::BTreeMap::new();
    for defect in &check.defects {
        *found.entry(defect.rule.as_str()).or_insert(0usize) += 1;
    }
    json!({ "check": check.check, "rules": check.rules, "found": found, "facts": check.facts })
}

/// The reason of the first of these rules that could not tell.
fn first_reason<'a>(mut rules: impl Iterator<Item = &'a RuleResult>) -> Option<Text> {
    rules.find_map(|it| it.reason.clone().filter(|_| it.outcome == Outcome::Inconclusive))
}
