//! The responsibilities of an engagement: the list, one in detail, its owner and due date.

use axum::Json;
use jalon_domain::{
    ids::{EngagementId, PersonId, ResponsibilityId},
    programme::{Side, Workstream},
};
use jalon_service::{
    duty::Assignment,
    view::{
        duties::{DutyFilter, DutyRow, View},
        duty::DutyPage,
    },
};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    answer::{Answer, Page, Tagged},
    call::{Call, IfMatch, Path, Query},
    document::Refusal,
    query,
};
use crate::{App, error::Failure, extract};

/// `/engagements/{engagement}/responsibilities`.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list_responsibilities))
        .routes(routes!(show_responsibility))
        .routes(routes!(assign_responsibility))
}

/// Which responsibilities. Everything absent asks for all.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DutyQuery {
    /// One of the saved views.
    view: Option<View>,
    /// Only this phase; `cross` for those that span all.
    phase: Option<String>,
    /// Only this state, or this reason of an open one (`failing`, `stale`…).
    state: Option<String>,
    /// Only this field of work.
    workstream: Option<Workstream>,
    /// Only this owner's id; `none` for those without.
    owner: Option<String>,
    /// Only this side.
    side: Option<Side>,
    /// Only those whose title, id or requirements contain this.
    text: Option<String>,
}

impl DutyQuery {
    fn filter(self) -> Result<DutyFilter, Failure> {
        Ok(DutyFilter {
            view: self.view,
            phase: query::phase(self.phase)?,
            state: query::state(self.state)?,
            workstream: self.workstream,
            owner: query::owner(self.owner)?,
            side: self.side,
            text: self.text,
            group: None,
            edit: None,
        })
    }
}

/// The responsibilities of an engagement, by phase; those that do not apply too, unless a view or a state is asked for.
#[utoipa::path(get, path = "/engagements/{engagement}/responsibilities", tag = "responsibilities", params(DutyQuery),
    responses((status = 200, description = "All that were asked for", body = Page<DutyRow>)))]
async fn list_responsibilities(
    call: Call,
    Path(engagement): Path<EngagementId>,
    Query(query): Query<DutyQuery>,
) -> Answer<Json<Page<DutyRow>>> {
    let found = call
        .service()
        .duties(call.caller(), engagement, query.filter()?)
        .await?;
    Ok(Page::whole(found.groups.into_iter().flat_map(|it| it.rows)))
}

/// One responsibility: what the source says, who, what proves it with its evidence, why it is open, what happened.
#[utoipa::path(get, path = "/engagements/{engagement}/responsibilities/{responsibility}", tag = "responsibilities", responses(
    (status = 200, description = "In detail", body = DutyPage, headers(("ETag" = String, description = "For `If-Match`"))),
))]
async fn show_responsibility(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
) -> Answer<Tagged<DutyPage>> {
    let page = call.service().duty(call.caller(), engagement, &responsibility).await?;
    Ok(Tagged(page.row.version, page))
}

/// Owner and due date.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAssignment {
    /// The owner; none to leave it without.
    owner: Option<PersonId>,
    /// The due date; none to leave it without.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
}

/// Names owner and due date. What changed since it was read comes back as the problem `stale`.
#[utoipa::path(put, path = "/engagements/{engagement}/responsibilities/{responsibility}/assignment", tag = "responsibilities",
    params(("If-Match" = String, Header, description = "The ETag that was read")),
    responses(
        (status = 200, description = "As it is now", body = DutyRow, headers(("ETag" = String, description = "For the next change"))),
        (status = 409, response = Refusal),
        (status = 422, response = Refusal),
    ))]
async fn assign_responsibility(
    call: Call,
    Path((engagement, responsibility)): Path<(EngagementId, ResponsibilityId)>,
    IfMatch(version): IfMatch,
    extract::Json(new): extract::Json<NewAssignment>,
) -> Answer<Tagged<DutyRow>> {
    let assignment = Assignment {
        owner: new.owner,
        due: new.due,
        version,
    };
    call.service()
        .assign(call.caller(), engagement, &responsibility, &assignment)
        .await?;
    let row = call
        .service()
        .duty(call.caller(), engagement, &responsibility)
        .await?
        .row;
    Ok(Tagged(row.version, row))
}
