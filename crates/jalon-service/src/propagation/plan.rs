//! What a domain's zone should become: the fixes of its open findings joined into one plan that does not contradict itself,
//! in the form that whoever keeps the zone can take.

use jalon_checks::dns::{
    self,
    change::{Form, Plan},
};
use jalon_domain::{
    engagement::DomainName,
    finding::Defect,
    ids::{EngagementId, RuleId, TargetId},
    measure::Family,
    text::Text,
};
use jalon_store::{Db, runs, runs::RunState, targets, targets::Target};
use serde::Serialize;
use serde_json::Value;

use super::ask::zone_findings;
use crate::{App, Caller, Error, Permission, Result};

/// Runs that are gone back over to find the last one that told something.
const BACK: u64 = 25;

/// A plan in one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ZonePlan {
    /// The domain, as typed.
    pub name: String,
    /// The target that it is.
    pub target: TargetId,
    /// The form.
    pub form: Form,
    /// Record sets that change.
    pub changes: usize,
    /// The plan in that form; empty when nothing changes.
    pub text: String,
    /// What its file is called.
    pub file_name: String,
    /// The fixes that are not in it, and why.
    pub left: Vec<LeftOut>,
}

/// A fix that is not in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeftOut {
    /// The rule whose finding it mends.
    pub rule: RuleId,
    /// Why it has to wait, or to be made by hand.
    pub reason: Text,
}

impl App {
    /// What the zone of a domain should become, by the fixes of its open findings; of one rule's if one is named.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for what is no domain of the engagement.
    pub async fn zone_plan(
        &self,
        caller: &Caller,
        id: EngagementId,
        target: TargetId,
        rule: Option<&RuleId>,
        form: Form,
    ) -> Result<ZonePlan> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let target = targets::find(self.store(), target)
            .await?
            .filter(|it| it.engagement == id && it.family == Family::Dns && it.removed_at.is_none())
            .ok_or(Error::NotFound)?;
        self.planned_zone(&target, rule, form).await
    }

    pub(crate) async fn planned_zone(&self, target: &Target, rule: Option<&RuleId>, form: Form) -> Result<ZonePlan> {
        let facts = last_facts(self.store(), target).await?;
        let rows = zone_findings(self.store(), target.engagement, target.id).await?;
        let defects = rows.iter().map(|it| &it.defect);
        let plan = joined(
            target,
            &facts,
            defects.filter(|it| rule.is_none_or(|rule| it.rule == *rule)),
        );
        Ok(written(target, &plan, form))
    }
}

/// The plan of some findings of a domain.
pub(super) fn joined<'a>(target: &Target, facts: &'a [Value], defects: impl Iterator<Item = &'a Defect>) -> Plan {
    Plan::of_kept(&ascii(&target.value), facts, defects)
}

/// The domain as it travels.
pub(super) fn ascii(value: &str) -> String {
    let domain = DomainName::parse(value).ok();
    domain
        .and_then(|it| dns::ascii(&it).ok())
        .unwrap_or_else(|| value.to_owned())
}

/// What the last run of the target that told something saw, check by check.
pub(crate) async fn last_facts(db: &impl Db, target: &Target) -> Result<Vec<Value>> {
    let before = runs::page(db, target.engagement, Some(target.id), None, BACK).await?;
    let Some(last) = before.iter().find(|it| it.state == RunState::Done) else {
        return Ok(Vec::new());
    };
    let report = runs::find(db, last.id)
        .await?
        .and_then(|it| it.report)
        .unwrap_or_default();
    let checks = report["checks"].as_array().into_iter().flatten();
    Ok(checks.map(|it| it["facts"].clone()).collect())
}

fn written(target: &Target, plan: &Plan, form: Form) -> ZonePlan {
    let left = plan.left.iter().map(|it| LeftOut {
        rule: it.rule.clone(),
        reason: it.reason.clone(),
    });
    ZonePlan {
        name: target.value.clone(),
        target: target.id,
        form,
        changes: plan.changes().count(),
        text: if plan.is_empty() {
            String::new()
        } else {
            plan.written(form)
        },
        file_name: format!("{}.{}", plan.domain, extension(form)),
        left: left.collect(),
    }
}

const fn extension(form: Form) -> &'static str {
    match form {
        Form::Diff => "diff",
        Form::Zone => "zone",
        Form::Route53 => "route53.json",
        Form::Azure => "azure.sh",
        Form::Cloudflare => "cloudflare.txt",
        Form::Json => "json",
    }
}
