//! The acts: asking for runs, cancelling one, changing a schedule.

use axum::response::{IntoResponse, Redirect, Response};
use jalon_domain::ids::{RunId, ScheduleId};
use jalon_service::measure::RunScope;
use serde::Deserialize;

use super::{Around, list, schedule::FORM};
use crate::{
    error::PageError,
    extract::{Form, Path},
    links,
    pages::parts::{
        form::{Fields, Refusal, Tried},
        toast::Done,
    },
};

/// One new run is watched on its own page, several in the list.
pub(super) async fn run(it: Around, Form(fields): Form<Fields>) -> Result<Response, PageError> {
    let scope = RunScope {
        family: fields.optional("family")?,
        target: fields.optional("target")?,
    };
    let asked = it.app.service.run_checks(&it.session.caller, it.at.id, &scope).await?;
    let (page, done) = match asked.runs.as_slice() {
        [] => (links::checks(it.at.id), Done::Busy),
        [only] => (links::run(it.at.id, *only), Done::Queued),
        _ => (links::checks(it.at.id), Done::Queued),
    };
    Ok(Redirect::to(&format!("{page}?done={}", done.word())).into_response())
}

/// Which run.
#[derive(Debug, Deserialize)]
pub(super) struct OfRun {
    run: RunId,
}

pub(super) async fn cancel(it: Around, Path(of): Path<OfRun>) -> Result<Response, PageError> {
    it.app.service.cancel_run(&it.session.caller, it.at.id, of.run).await?;
    let page = links::run(it.at.id, of.run);
    Ok(Redirect::to(&format!("{page}?done={}", Done::Cancelled.word())).into_response())
}

/// Which schedule.
#[derive(Debug, Deserialize)]
pub(super) struct OfSchedule {
    schedule: ScheduleId,
}

pub(super) async fn schedule(
    mut it: Around,
    Path(of): Path<OfSchedule>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let enabled = fields.get("enabled") == "true";
    let saved = match fields.needed("every") {
        Ok(every) => {
            it.app
                .service
                .set_schedule(&it.session.caller, it.at.id, of.schedule, every, enabled)
                .await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => {
            let page = links::checks(it.at.id);
            Ok(Redirect::to(&format!("{page}?done={}", Done::Scheduled.word())).into_response())
        }
        Err(error) => {
            it.asked.edit_again(fields.get("family"));
            let tried = Tried {
                form: FORM,
                refusal: Refusal::of(error)?,
                fields,
            };
            list(it, Some(tried)).await
        }
    }
}
