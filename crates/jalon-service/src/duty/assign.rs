//! Naming an owner and a due date, for one responsibility. Refused when somebody else changed the row meanwhile.

use jalon_domain::{
    ids::{EngagementId, PersonId, ResponsibilityId},
    text::Text,
};
use jalon_store::{StoreError, Tx, duties};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{Caller, Error, Permission, Result, app::App, engagement::Picture};

/// Owner and due date, as a form or a program sends them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assignment {
    /// The owner; none to leave it without.
    #[serde(default)]
    pub owner: Option<PersonId>,
    /// The due date; none to leave it without.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// The version of the row that the form was made from.
    pub version: i64,
}

impl App {
    /// Names the owner and the due date of a responsibility.
    ///
    /// # Errors
    /// [`Error::Stale`] with what it is now when it changed meanwhile; [`Error::Invalid`] for an owner who is not of
    /// the engagement.
    pub async fn assign(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: &Assignment,
    ) -> Result<()> {
        let rights = self.rights(self.store(), caller, engagement).await?;
        // Whoever may contribute may take a responsibility for themselves; naming somebody else needs more.
        let takes = new.owner == Some(caller.id());
        rights.require(if takes {
            Permission::Contribute
        } else {
            Permission::Assign
        })?;
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            let duty = picture.duty(responsibility).ok_or(Error::NotFound)?;
            if new.owner.is_some_and(|it| picture.person(it).is_none()) {
                return Err(Error::invalid(
                    "owner",
                    "this person is not of the engagement",
                    "cette personne ne fait pas partie de la mission",
                ));
            }
            let is_proposed = duty.row.due_is_proposed && new.due == duty.row.due;
            let changed = duties::set_owner_and_due(
                tx,
                engagement,
                responsibility,
                new.owner,
                new.due,
                is_proposed,
                new.version,
            );
            match changed.await {
                Err(StoreError::Stale) => return Err(stale(&picture, duty)),
                other => other?,
            };
            let name = new.owner.and_then(|it| picture.person(it)).map(|it| it.name);
            let detail =
                json!({ "owner": name, "due": new.due, "was": { "owner": duty.row.owner, "due": duty.row.due } });
            self.audit(
                tx,
                caller,
                engagement,
                "responsibility.assigned",
                responsibility.as_str(),
                detail,
            )
            .await
        })
        .await
    }
}

/// What the row is now, for whoever sent an old form.
fn stale(picture: &Picture, duty: &crate::engagement::Duty) -> Error {
    let owner = duty.row.owner.and_then(|it| picture.person(it)).map(|it| it.name);
    let (en, fr) = match owner {
        Some(name) => (
            format!("the owner is now {name}"),
            format!("le responsable est maintenant {name}"),
        ),
        None => (
            "there is no owner now".to_owned(),
            "il n’y a plus de responsable".to_owned(),
        ),
    };
    let due = match duty.row.due {
        Some(date) => Text::new(
            format!("the due date is now {date}"),
            format!("l’échéance est maintenant le {date}"),
        ),
        None => Text::new("there is no due date now", "il n’y a plus d’échéance"),
    };
    Error::Stale {
        changed: vec![Text::new(en, fr), due],
    }
}
