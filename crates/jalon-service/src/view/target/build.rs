//! One target computed.

use jalon_checks::dns::{change::Form, told::told};
use jalon_domain::{
    ids::{EngagementId, RunId, TargetId},
    measure::Family,
};
use jalon_store::{
    findings,
    findings::FindingFilter,
    runs,
    runs::{Run, RunState},
    schedules, targets,
};
use serde_json::Value;

use super::{HistoryRow, TargetPage, endpoint};
use crate::{
    App, Caller, Error, Permission, Result,
    engagement::Picture,
    view::{build::open_findings, checks::row},
};

/// Runs of the history on one page.
const RUNS: u64 = 20;
/// Findings shown.
const FINDINGS: u64 = 50;

impl App {
    /// One target, with the runs before `before`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for what the engagement does not measure.
    pub async fn target_page(
        &self,
        caller: &Caller,
        id: EngagementId,
        target: TargetId,
        before: Option<RunId>,
    ) -> Result<TargetPage> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let target = targets::find(self.store(), target)
            .await?
            .filter(|it| it.engagement == id && it.removed_at.is_none())
            .ok_or(Error::NotFound)?;
        let picture = Picture::load(self, self.store(), id).await?;
        let is_own = |it: &Run| it.target == target.id;
        let last = runs::latest_done(self.store(), id).await?.into_iter().find(is_own);
        let newest = runs::latest(self.store(), id).await?.into_iter().find(is_own);
        let current = runs::live(self.store(), id).await?.into_iter().find(is_own);
        let report = match &last {
            Some(it) => runs::find(self.store(), it.id)
                .await?
                .and_then(|it| it.report)
                .unwrap_or_default(),
            None => Value::Null,
        };
        let facts: Vec<&Value> = report["checks"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| &it["facts"])
            .collect();
        let filter = FindingFilter {
            family: Some(target.family),
            target: Some(target.id),
            ..open_findings()
        };
        let (rows, _) = findings::page(self.store(), id, &filter, None, FINDINGS).await?;
        let history = runs::page(self.store(), id, Some(target.id), before, RUNS).await?;
        let schedules = schedules::of_engagement(self.store(), id).await?;
        let is_domain = target.family == Family::Dns;
        Ok(TargetPage {
            header: picture.header(self.store(), caller, &rights).await?,
            id: target.id,
            family: target.family,
            value: target.value.clone(),
            connect: target.connect.clone(),
            since: target.created_at,
            failed: newest
                .filter(|it| it.state == RunState::Failed)
                .map(|it| row(&picture, &it)),
            current: self.live_row(&picture, current).await?,
            vantage: report["vantage"].as_str().map(str::to_owned),
            next_at: schedules
                .iter()
                .find(|it| it.family == target.family && it.enabled)
                .map(|it| it.next_at),
            expires_at: last.as_ref().and_then(|it| it.expires_at),
            last: last.map(|it| row(&picture, &it)),
            domain: if is_domain {
                told(facts.iter().copied())
            } else {
                Vec::new()
            },
            endpoint: (target.family == Family::Tls)
                .then(|| endpoint(facts.iter().copied()))
                .flatten(),
            open: picture.open_findings(|it| it.check.family() == target.family.word() && it.target == target.value),
            plan: match is_domain && !rows.is_empty() {
                true => Some(self.planned_zone(&target, None, Form::Diff).await?),
                false => None,
            },
            findings: rows.into_iter().map(|it| picture.finding(it)).collect(),
            before: history.last().map(|it| it.id).filter(|_| history.len() as u64 == RUNS),
            history: history
                .iter()
                .map(|it| HistoryRow {
                    run: row(&picture, it),
                    opened: it.opened,
                    closed: it.closed,
                })
                .collect(),
        })
    }
}
