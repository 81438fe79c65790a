//! What the page's forms do.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jalon_domain::{
    ids::{EngagementId, TargetId},
    measure::Family,
    programme::Role,
};
use jalon_service::{
    Error, Level, Permission,
    engagement::{NewMember, NewTarget},
};
use jalon_store::StoreError;
use serde::Deserialize;

use super::{
    M, files,
    form::{Done, Invitation, Person, Sent},
    respond,
};
use crate::{
    App,
    error::PageError,
    extract::{Form, Path},
    links,
    security::upload::Upload,
    session::Session,
    text::texts,
    ui::{forms::Errors, shell::Frame},
};

/// One of both is typed: each family has its own form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    domain: Option<String>,
    endpoint: Option<String>,
}

pub(super) async fn add(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let (family, field, value) = match (typed.domain, typed.endpoint) {
        (None, Some(endpoint)) => (Family::Tls, "endpoint", endpoint),
        (domain, _) => (Family::Dns, "domain", domain.unwrap_or_default()),
    };
    let new = NewTarget {
        family,
        value: value.clone(),
        connect: None,
        file: None,
    };
    match app.service.add_target(&session.caller, id, new).await {
        Ok(_) => Ok(back(id, Done::Added)),
        Err(error) => {
            let mut sent = Sent {
                errors: files::at(field, error)?,
                ..Sent::default()
            };
            match family {
                Family::Tls => sent.endpoint = value,
                _ => sent.domain = value,
            }
            respond(&app, &session, frame, id, sent).await
        }
    }
}

pub(super) async fn hand_in(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
    form: Upload,
) -> Result<Response, PageError> {
    // Asked before anything is kept: who may not hand in leaves nothing behind.
    app.service
        .require(app.service.store(), &session.caller, id, Permission::EditEngagement)
        .await?;
    let errors = match files::receive(&app, form).await? {
        Err(errors) => errors,
        Ok(file) => {
            let new = NewTarget {
                family: Family::Directory,
                value: file.name.clone(),
                connect: None,
                file: Some(file.clone()),
            };
            match app.service.add_target(&session.caller, id, new).await {
                Ok(_) => return Ok(back(id, Done::Added)),
                Err(error) => {
                    app.service.forget_upload(&file).await?;
                    files::at("directory", error)?
                }
            }
        }
    };
    respond(
        &app,
        &session,
        frame,
        id,
        Sent {
            errors,
            ..Sent::default()
        },
    )
    .await
}

pub(super) async fn remove(
    session: Session,
    State(app): State<App>,
    Path((id, target)): Path<(EngagementId, TargetId)>,
) -> Result<Response, PageError> {
    app.service.remove_target(&session.caller, id, target).await?;
    Ok(back(id, Done::Removed))
}

pub(super) async fn join(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
    Form(person): Form<Person>,
) -> Result<Response, PageError> {
    let new = NewMember {
        name: person.name.clone(),
        email: person.email.clone(),
        level: Level::from_word(&person.level),
        role: person.role.parse::<Role>().ok(),
    };
    let errors = match app.service.add_member(&session.caller, id, &new).await {
        Ok(added) => match added.invitation {
            None => return Ok(back(id, Done::Joined)),
            // The link is in no address and in no log: the page that answers is the only one that shows it.
            Some(secret) => {
                let link = format!("{}/join?key={secret}", app.door.site.origin());
                let invitation = Some(Invitation {
                    name: person.name,
                    link,
                });
                return respond(
                    &app,
                    &session,
                    frame,
                    id,
                    Sent {
                        invitation,
                        ..Sent::default()
                    },
                )
                .await;
            }
        },
        Err(Error::Invalid { field, text }) => {
            let mut errors = Errors::none();
            errors.add(field, text);
            errors
        }
        Err(Error::Store(StoreError::Conflict)) => {
            let mut errors = Errors::none();
            errors.add("email", texts!(M, "already-in", email = &person.email));
            errors
        }
        Err(error) => return Err(error.into()),
    };
    respond(
        &app,
        &session,
        frame,
        id,
        Sent {
            person,
            errors,
            ..Sent::default()
        },
    )
    .await
}

fn back(id: EngagementId, done: Done) -> Response {
    Redirect::to(&format!("{}?done={}", links::targets(id), done.word())).into_response()
}
