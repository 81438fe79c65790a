//! Findings: one by one, grouped by rule, their owner.

use axum::Json;
use jalon_domain::{
    finding::{FlawKind, Severity},
    ids::{EngagementId, FindingId, PersonId, RuleId, TargetId},
    measure::Family,
};
use jalon_service::{
    measure::Selection,
    propagation::Form,
    view::remediation::{FindingView, FindingsFilter, FindingsView, Remediation},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page},
    call::{Call, Path, Query},
    document::Refusal,
    query::{self, Paging},
};
use crate::{App, error::Failure, extract};

/// `/engagements/{engagement}/findings`, `/remediation` and `/rules`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_findings))
        .routes(routes!(show_remediation))
        .routes(routes!(assign_rule))
}

/// Which findings. Everything absent asks for all that are open.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FindingsQuery {
    /// One of the saved views.
    view: Option<FindingsView>,
    /// Only this family.
    family: Option<Family>,
    /// Only this severity.
    severity: Option<Severity>,
    /// Only this owner's id; `none` for those without.
    owner: Option<String>,
    /// Only subjects, values or messages that contain this.
    text: Option<String>,
    /// Only this target.
    target: Option<TargetId>,
    /// Only this attribute or record type.
    attribute: Option<String>,
    /// Only values with this kind of error.
    error: Option<FlawKind>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many, 1 to 200; 50 unless said.
    limit: Option<u64>,
}

impl FindingsQuery {
    fn read(self) -> Result<(FindingsFilter, u64), Failure> {
        let paging = Paging {
            after: self.after,
            limit: self.limit,
        };
        let after = paging.after::<FindingId>()?;
        let filter = FindingsFilter {
            view: self.view,
            family: self.family,
            severity: self.severity,
            owner: query::owner(self.owner)?,
            text: self.text,
            target: self.target,
            attribute: self.attribute,
            error: self.error,
            after: after.map(|it| it.to_string()),
            ..FindingsFilter::default()
        };
        Ok((filter, paging.limit()?))
    }
}

/// Findings one by one, the heaviest first.
#[utoipa::path(get, path = "/engagements/{engagement}/findings", tag = "findings", params(FindingsQuery),
    responses((status = 200, description = "One page of them", body = Page<FindingView>)))]
async fn list_findings(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(query): Query<FindingsQuery>,
) -> Answer<Json<Page<FindingView>>> {
    let (filter, limit) = query.read()?;
    let (items, next) = call
        .service()
        .findings(call.caller(), engagement, &filter, limit)
        .await?;
    Ok(Page::of(items, next))
}

/// Which groups.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GroupsQuery {
    /// One of the saved views.
    view: Option<FindingsView>,
    /// Only this family.
    family: Option<Family>,
    /// Only this severity.
    severity: Option<Severity>,
    /// Only this owner's id; `none` for those without.
    owner: Option<String>,
    /// Only subjects, values or messages that contain this.
    text: Option<String>,
    /// Only this target.
    target: Option<TargetId>,
    /// Only this attribute or record type.
    attribute: Option<String>,
    /// Only values with this kind of error.
    error: Option<FlawKind>,
    /// The rule whose group is given with its findings and their one fix.
    open: Option<RuleId>,
    /// The form in which the zone lines of that group are given; as a zone file unless said.
    form: Option<Form>,
}

/// Findings grouped by rule, with their sums.
#[utoipa::path(get, path = "/engagements/{engagement}/remediation", tag = "findings", params(GroupsQuery),
    responses((status = 200, description = "The groups by family", body = Remediation)))]
async fn show_remediation(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(asked): Query<GroupsQuery>,
) -> Answer<Json<Remediation>> {
    let filter = FindingsFilter {
        view: asked.view,
        family: asked.family,
        severity: asked.severity,
        owner: query::owner(asked.owner)?,
        text: asked.text,
        target: asked.target,
        attribute: asked.attribute,
        error: asked.error,
        open: asked.open.map(|it| it.to_string()),
        form: Some(asked.form.unwrap_or(Form::Zone)),
        ..FindingsFilter::default()
    };
    Ok(Json(
        call.service().remediation(call.caller(), engagement, filter).await?,
    ))
}

/// Owner and due date of a rule's findings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RuleAssignment {
    /// The owner; none to leave them without.
    owner: Option<PersonId>,
    /// The due date; none to leave them without.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    /// Of which of the rule's open findings; all of them unless something is said.
    #[serde(default)]
    only: Selection,
}

/// How many findings it concerned.
#[derive(Debug, Serialize, ToSchema)]
struct Assigned {
    /// How many.
    findings: u64,
}

/// Names owner and due date of the open findings of a rule: of all, of those that a filter leaves, or of some.
#[utoipa::path(put, path = "/engagements/{engagement}/rules/{rule}/assignment", tag = "findings", responses(
    (status = 200, description = "How many", body = Assigned),
    (status = 422, response = Refusal),
))]
async fn assign_rule(
    call: Call,
    Path((engagement, rule)): Path<(EngagementId, RuleId)>,
    extract::Json(new): extract::Json<RuleAssignment>,
) -> Answer<Json<Assigned>> {
    let (owner, due) = (new.owner, new.due);
    let findings = call
        .service()
        .assign_findings(call.caller(), engagement, &rule, &new.only, owner, due)
        .await?;
    Ok(Json(Assigned { findings }))
}
