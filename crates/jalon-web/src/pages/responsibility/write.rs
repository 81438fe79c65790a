//! The acts: read the form, call the service, go back to the page or show the form again.

use axum::response::{IntoResponse, Redirect, Response};
use jalon_domain::ids::DecisionId;
use jalon_service::{
    Result as Served,
    duty::{NewDecision, NewWaiver, Statement},
};
use serde::Deserialize;

use super::{Around, page};
use crate::{
    error::PageError,
    extract::{Form, Path},
    links,
    pages::{
        parts::{
            assign,
            form::{Fields, Refusal, Tried},
            toast::Done,
        },
        responsibilities::assignment,
    },
};

/// The forms of the page, by name; a field's name begins with its form's.
pub(super) const STATE: &str = "state";
pub(super) const SUBMIT: &str = "submit";
pub(super) const CLAIM: &str = "claim";
pub(super) const WAIVER: &str = "waiver";
pub(super) const EXCLUSION: &str = "exclusion";
pub(super) const REVOKE: &str = "revoke";

/// Back to the page, saying so; or the page with the form as it was filled in.
pub(super) async fn answer(
    it: Around,
    form: &'static str,
    fields: Fields,
    done: Served<Done>,
) -> Result<Response, PageError> {
    match done {
        Ok(done) => {
            let page = links::responsibility(it.at.id, &it.at.rid);
            Ok(Redirect::to(&format!("{page}?done={}", done.word())).into_response())
        }
        Err(error) => {
            let tried = Tried {
                form,
                fields,
                refusal: Refusal::of(error)?,
            };
            page(it, Some(tried), None).await
        }
    }
}

pub(super) async fn assign(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let done = match assignment(&fields) {
        Ok(new) => {
            it.app
                .service
                .assign(&it.session.caller, it.at.id, &it.at.rid, &new)
                .await
        }
        Err(error) => Err(error),
    };
    answer(it, assign::FORM, fields, done.map(|()| Done::Assigned)).await
}

pub(super) async fn state(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let done = match statement(&fields) {
        Ok(new) => {
            let word = if new.approved { Done::Approved } else { Done::Refused };
            it.app
                .service
                .state(&it.session.caller, it.at.id, &it.at.rid, &new)
                .await
                .map(|_| word)
        }
        Err(error) => Err(error),
    };
    answer(it, STATE, fields, done).await
}

fn statement(fields: &Fields) -> Served<Statement> {
    Ok(Statement {
        requirement: fields.needed("requirement")?,
        approved: fields.needed("approved")?,
        note: note(fields),
    })
}

/// The note of a form that stands on the page once for each requirement.
pub(super) fn note(fields: &Fields) -> String {
    fields.get(&format!("note-{}", fields.get("requirement"))).to_owned()
}

pub(super) async fn claim(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let new = NewDecision {
        reason: fields.get("claim-reason").to_owned(),
    };
    let done = it
        .app
        .service
        .claim(&it.session.caller, it.at.id, &it.at.rid, &new)
        .await;
    answer(it, CLAIM, fields, done.map(|_| Done::Claimed)).await
}

pub(super) async fn leave_out(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let new = NewDecision {
        reason: fields.get("exclusion-reason").to_owned(),
    };
    let done = it
        .app
        .service
        .leave_out(&it.session.caller, it.at.id, &it.at.rid, &new)
        .await;
    answer(it, EXCLUSION, fields, done.map(|_| Done::LeftOut)).await
}

pub(super) async fn waive(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let done = match waiver(&fields) {
        Ok(new) => {
            it.app
                .service
                .waive(&it.session.caller, it.at.id, &it.at.rid, &new)
                .await
        }
        Err(error) => Err(error),
    };
    answer(it, WAIVER, fields, done.map(|_| Done::Waived)).await
}

/// A waiver out of its form.
///
/// # Errors
/// When it has no last day.
pub(in crate::pages) fn waiver(fields: &Fields) -> Served<NewWaiver> {
    Ok(NewWaiver {
        reason: fields.get("waiver-reason").to_owned(),
        until: fields.needed_date("until")?,
        ticket: fields.some("ticket"),
        approver: fields.some("approver"),
    })
}

/// Which decision.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    decision: DecisionId,
}

pub(super) async fn revoke(it: Around, Path(which): Path<Which>) -> Result<Response, PageError> {
    let done = it
        .app
        .service
        .revoke(&it.session.caller, it.at.id, which.decision)
        .await;
    answer(it, REVOKE, Fields::default(), done.map(|()| Done::Revoked)).await
}
