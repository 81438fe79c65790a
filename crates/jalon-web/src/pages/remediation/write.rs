//! The acts: owner and due date of a group, accepting one finding. Both come back to the list as it was filtered.

use axum::response::{IntoResponse, Redirect, Response};
use jalon_domain::ids::{FindingId, RuleId};
use jalon_service::Result as Served;
use serde::Deserialize;

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

/// Which group.
#[derive(Debug, Deserialize)]
pub(super) struct OfRule {
    rule: RuleId,
}

pub(super) async fn assign(
    mut it: Around,
    Path(of): Path<OfRule>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let done = match (fields.optional("owner"), fields.date("due")) {
        (Ok(owner), Ok(due)) => {
            let service = &it.app.service;
            service
                .assign_findings(&it.session.caller, it.at.id, &of.rule, owner, due)
                .await
                .map(|_| Done::Assigned)
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    it.asked.edit_again(of.rule.as_str());
    answer(it, assign::FORM, fields, done).await
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
    answer(it, WAIVER, fields, done).await
}

/// Back to the list, saying so; or the list with the form as it was filled in.
async fn answer(it: Around, form: &'static str, fields: Fields, done: Served<Done>) -> Result<Response, PageError> {
    match done {
        Ok(done) => {
            let back = ask::address(it.at.id, &it.asked.filter())
                .without("edit")
                .with("done", done.word());
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
