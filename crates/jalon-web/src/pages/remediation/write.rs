//! The acts: owner and due date of a group, accepting one finding, looking where a fix is seen. All come back to the list
//! as it was filtered.

use axum::response::{IntoResponse, Redirect, Response};
use jalon_domain::ids::{FindingId, RuleId};
use jalon_service::{Result as Served, measure::Selection};
use serde::Deserialize;
use uuid::Uuid;

use super::{Around, ask, list};
use crate::{
    error::PageError,
    extract::{Form, Path},
    pages::{
        parts::{
            assign,
            form::{Fields, Refusal, Tried},
            toast::Done,
        },
        responsibility::waiver,
    },
};

/// The form that accepts one finding.
pub(super) const WAIVER: &str = "waiver";
/// The field of a finding that is ticked.
pub(super) const TICKED: &str = "finding";

/// Which group.
#[derive(Debug, Deserialize)]
pub(super) struct OfRule {
    pub(super) rule: RuleId,
}

pub(super) async fn assign(
    mut it: Around,
    Path(of): Path<OfRule>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = match (selection(&it, &fields), fields.optional("owner"), fields.date("due")) {
        (Ok(selection), Ok(owner), Ok(due)) => {
            let service = &it.app.service;
            service
                .assign_findings(&it.session.caller, it.at.id, &of.rule, &selection, owner, due)
                .await
                .map(|_| Done::Assigned)
        }
        (Err(error), ..) | (_, Err(error), _) | (_, _, Err(error)) => Err(error),
    };
    it.asked.edit_again(of.rule.as_str());
    answer(it, assign::FORM, fields, done.map(|done| (done, None))).await
}

/// What was ticked; else the findings of the group that the list shows.
fn selection(it: &Around, fields: &Fields) -> Served<Selection> {
    let findings: Vec<FindingId> = fields.all(TICKED)?;
    let filter = findings.is_empty().then(|| it.asked.filter());
    Ok(Selection { filter, findings })
}

/// Asks to look where the records of the rule's fix are seen; leads back to where that is told.
pub(super) async fn look(it: Around, Path(of): Path<OfRule>) -> Result<Response, PageError> {
    it.app.service.ask_look(&it.session.caller, it.at.id, &of.rule).await?;
    let list = ask::address(it.at.id, &it.asked.filter())
        .without("edit")
        .with("open", &of.rule);
    Ok(Redirect::to(&format!("{list}#seen")).into_response())
}

/// Which finding.
#[derive(Debug, Deserialize)]
pub(super) struct OfFinding {
    finding: FindingId,
}

pub(super) async fn waive(
    mut it: Around,
    Path(of): Path<OfFinding>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = match waiver(&fields) {
        Ok(new) => {
            let service = &it.app.service;
            service
                .waive_finding(&it.session.caller, it.at.id, of.finding, &new)
                .await
                .map(|_| Done::Waived)
        }
        Err(error) => Err(error),
    };
    it.asked.waive_again(of.finding);
    answer(it, WAIVER, fields, done.map(|done| (done, None))).await
}

/// Back to the list, saying so, and of which fix it was; or the list with the form as it was filled in.
pub(super) async fn answer(
    it: Around,
    form: &'static str,
    fields: Fields,
    done: Served<(Done, Option<Uuid>)>,
) -> Result<Response, PageError> {
    match done {
        Ok((done, fix)) => {
            let back = ask::address(it.at.id, &it.asked.filter())
                .without("edit")
                .without("plan")
                .with("done", done.word())
                .with_some("fix", fix);
            Ok(Redirect::to(&back.to_string()).into_response())
        }
        Err(error) => {
            let tried = Tried {
                form,
                fields,
                refusal: Refusal::of(error)?,
            };
            list(it, Some(tried)).await
        }
    }
}
