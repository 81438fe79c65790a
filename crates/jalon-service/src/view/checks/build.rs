//! Checks and runs computed.

use jalon_domain::{
    evidence::Outcome,
    ids::{EngagementId, RunId},
    measure::{Family, RuleResult},
    text::Text,
};
use jalon_store::{
    findings,
    findings::FindingFilter,
    runs,
    runs::{Run, RunState},
    schedules,
};
use serde_json::Value;

use super::{Checks, FamilyView, RuleRow, RunPage, RunRow, ScheduleView, TargetRow};
use crate::{
    App, Caller, Error, Permission, Result,
    engagement::Picture,
    measure::progress_of,
    view::{Link, NextStep, build::open_findings},
};

/// Runs listed.
const RUNS: u64 = 25;
/// Findings listed under a run.
const FINDINGS: u64 = 50;

impl App {
    /// The checks of an engagement.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn checks(&self, caller: &Caller, id: EngagementId) -> Result<Checks> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let schedules = schedules::of_engagement(self.store(), id).await?;
        let latest = runs::latest_done(self.store(), id).await?;
        let live = runs::live(self.store(), id).await?;
        let mut families = Vec::new();
        for family in Family::ALL {
            let mut targets = Vec::new();
            for target in picture.targets.iter().filter(|it| it.family == *family) {
                let run_of = |all: &[Run]| all.iter().find(|it| it.target == target.id).cloned();
                targets.push(TargetRow {
                    id: target.id,
                    value: target.value.clone(),
                    last: run_of(&latest).map(|it| row(&picture, &it)),
                    current: self.live_row(&picture, run_of(&live)).await?,
                    findings: picture
                        .open_findings(|it| it.check.family() == family.word() && it.target == target.value),
                });
            }
            let schedule = schedules.iter().find(|it| it.family == *family).map(|it| ScheduleView {
                id: it.id,
                every_seconds: it.every_seconds,
                enabled: it.enabled,
                next_at: it.next_at,
            });
            families.push(FamilyView {
                family: *family,
                rules: rules_of(*family),
                schedule,
                targets,
            });
        }
        let runs = runs::page(self.store(), id, None, None, RUNS).await?;
        let mut rows: Vec<RunRow> = Vec::new();
        for run in runs {
            let current = live.iter().any(|it| it.id == run.id);
            rows.extend(if current {
                self.live_row(&picture, Some(run)).await?
            } else {
                Some(row(&picture, &run))
            });
        }
        Ok(Checks {
            header: picture.header(self.store(), caller, &rights).await?,
            busy: !live.is_empty(),
            next: next(&picture, &families),
            families,
            runs: rows,
        })
    }

    /// One run in detail.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for a run that is not of the engagement.
    pub async fn run_page(&self, caller: &Caller, id: EngagementId, run: RunId) -> Result<RunPage> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let run = runs::find(self.store(), run)
            .await?
            .filter(|it| it.engagement == id)
            .ok_or(Error::NotFound)?;
        let picture = Picture::load(self, self.store(), id).await?;
        let filter = FindingFilter {
            target: Some(run.target),
            family: Some(run.family),
            ..open_findings()
        };
        let (findings, _) = findings::page(self.store(), id, &filter, None, FINDINGS).await?;
        let report = run.report.clone().unwrap_or(Value::Null);
        let before = runs::page(self.store(), id, Some(run.target), None, RUNS).await?;
        let is_live = matches!(run.state, RunState::Queued | RunState::Running);
        let head = if is_live {
            self.live_row(&picture, Some(run.clone())).await?
        } else {
            None
        };
        Ok(RunPage {
            header: picture.header(self.store(), caller, &rights).await?,
            run: head.unwrap_or_else(|| row(&picture, &run)),
            vantage: report["vantage"].as_str().unwrap_or_default().to_owned(),
            sha256: run.sha256.clone(),
            rules: rules(&report),
            findings: findings.into_iter().map(|it| picture.finding(it)).collect(),
            facts: facts(&report),
            stats: report["stats"].clone(),
            before: before
                .iter()
                .filter(|it| it.id != run.id)
                .map(|it| row(&picture, it))
                .collect(),
        })
    }

    pub(crate) async fn live_row(&self, picture: &Picture, run: Option<Run>) -> Result<Option<RunRow>> {
        let Some(run) = run else { return Ok(None) };
        let progress = progress_of(self, run.job).await?;
        Ok(Some(RunRow {
            progress,
            ..row(picture, &run)
        }))
    }
}

pub(crate) fn row(picture: &Picture, run: &Run) -> RunRow {
    RunRow {
        id: run.id,
        family: run.family,
        target: run.target_value.clone(),
        state: run.state,
        outcome: run.outcome,
        reason: run.reason.clone(),
        trigger: run.trigger,
        by: run.requested_by.and_then(|it| picture.person(it)),
        queued_at: run.queued_at,
        started_at: run.started_at,
        ended_at: run.ended_at,
        found: run.found,
        expires_at: run.expires_at,
        progress: None,
    }
}

fn rules_of(family: Family) -> usize {
    let known = jalon_checks::known();
    known
        .iter()
        .filter(|(check, _)| check.family() == family.word())
        .map(|(_, rules)| rules.len())
        .sum()
}

fn rules(report: &Value) -> Vec<RuleRow> {
    let mut rows = Vec::new();
    for check in report["checks"].as_array().into_iter().flatten() {
        let results: Vec<RuleResult> = serde_json::from_value(check["rules"].clone()).unwrap_or_default();
        for result in results {
            let Some(rule) = jalon_checks::rule(&result.rule) else {
                continue;
            };
            let found = check["found"][result.rule.as_str()].as_u64().unwrap_or_default();
            rows.push(RuleRow {
                title: rule.title.clone(),
                severity: rule.severity,
                source: rule.source.clone(),
                found: usize::try_from(found).unwrap_or(usize::MAX),
                rule: result.rule,
                outcome: result.outcome,
                reason: result.reason,
                retry_at: result.retry_at,
            });
        }
    }
    let rank = |it: &RuleRow| match it.outcome {
        Outcome::Fail => 0,
        Outcome::Inconclusive => 1,
        Outcome::Pass => 2,
        Outcome::NotApplicable => 3,
    };
    rows.sort_by(|a, b| {
        (rank(a), std::cmp::Reverse(a.severity), &a.rule).cmp(&(rank(b), std::cmp::Reverse(b.severity), &b.rule))
    });
    rows
}

/// The facts of every check, by check.
fn facts(report: &Value) -> Value {
    let checks = report["checks"].as_array().into_iter().flatten();
    checks
        .filter_map(|it| Some((it["check"].as_str()?.to_owned(), it["facts"].clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn next(picture: &Picture, families: &[FamilyView]) -> Option<NextStep> {
    if picture.targets.is_empty() {
        return Some(picture.next_step(false));
    }
    let failing = families
        .iter()
        .flat_map(|it| &it.targets)
        .filter(|it| it.findings > 0)
        .count();
    let n = picture.open_findings(|_| true);
    (failing > 0).then(|| NextStep {
        title: Text::new(
            format!(
                "Mend what {failing} of {} targets show: {n} open findings",
                picture.targets.len()
            ),
            format!(
                "Corriger ce que montrent {failing} cibles sur {} : {n} constats ouverts",
                picture.targets.len()
            ),
        ),
        detail: Text::new(
            "Each has a fix; running the check again closes what was mended.",
            "Chacun a son correctif ; relancer le contrôle clôt ce qui est corrigé.",
        ),
        label: Text::new("Open the remediation list", "Ouvrir la remédiation"),
        link: Link::Remediation {
            family: None,
            rule: None,
        },
    })
}
