//! Editing an engagement: targets and members. Everything that is removed can be added again.

use jalon_domain::{
    engagement::{DomainName, Endpoint},
    ids::{EngagementId, EventId, PersonId, TargetId},
    measure::Family,
    programme::Role,
};
use jalon_store::{
    Tx, audit,
    directory::{facts, objects, sources},
    engagements, members, people, targets,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Cause, NewTarget, Picture, create::bad_target, refresh};
use crate::{Caller, Error, Level, Permission, Result, account::NewPerson, app::App};

/// Somebody to add to an engagement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewMember {
    /// Their name.
    pub name: String,
    /// Their address: an existing person with it is taken as they are.
    pub email: String,
    /// How much of the engagement is theirs.
    pub level: Level,
    /// The role that they hold.
    #[serde(default)]
    pub role: Option<Role>,
}

/// Somebody who was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AddedMember {
    /// Their id.
    pub id: PersonId,
    /// For a new person: the one-time secret with which they choose a password, to hand over once.
    pub invitation: Option<String>,
}

impl App {
    /// Adds a target.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a value that cannot be measured, [`Error::Conflict`] for one that is there already.
    pub async fn add_target(&self, caller: &Caller, engagement: EngagementId, mut new: NewTarget) -> Result<TargetId> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        new.value = normalised(new.family, &new.value)?;
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            if picture
                .targets
                .iter()
                .any(|it| it.family == new.family && it.value == new.value)
            {
                let value = &new.value;
                return Err(Error::conflict(
                    format!("{value} is measured already"),
                    format!("{value} est déjà mesuré"),
                ));
            }
            let id = self
                .insert_target(tx, picture.organisation.id, engagement, caller.id(), &new)
                .await?;
            let detail = json!({ "family": new.family, "value": new.value });
            self.audit(tx, caller, engagement, "target.added", &new.value, detail)
                .await?;
            refresh(self, tx, engagement, Some(caller.id()), &Cause::Edit).await?;
            Ok(id)
        })
        .await
    }

    /// Stops measuring a target; what was found on it stays in the history.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not there.
    pub async fn remove_target(&self, caller: &Caller, engagement: EngagementId, target: TargetId) -> Result<()> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        self.change(engagement, async |tx: &Tx| {
            let row = targets::find(tx, target)
                .await?
                .filter(|it| it.engagement == engagement);
            let row = row.ok_or(Error::NotFound)?;
            targets::remove(tx, target, self.now()).await?;
            jalon_store::findings::withdraw(tx, engagement, target).await?;
            forget_source(tx, engagement, target).await?;
            let detail = json!({ "family": row.family, "value": row.value });
            self.audit(tx, caller, engagement, "target.removed", &row.value, detail)
                .await?;
            refresh(self, tx, engagement, Some(caller.id()), &Cause::Edit).await?;
            Ok(())
        })
        .await
    }

    /// Adds somebody, inviting them when the instance does not know them.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name or an address that cannot be taken.
    pub async fn add_member(&self, caller: &Caller, engagement: EngagementId, new: &NewMember) -> Result<AddedMember> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        let person = NewPerson::parse(&new.name, &new.email)?;
        let row = engagements::find(self.store(), engagement)
            .await?
            .ok_or(Error::NotFound)?;
        self.change(engagement, async |tx: &Tx| {
            let (id, invitation) = match people::find_by_email(tx, &person.email).await? {
                Some(known) => (known.id, None),
                None => {
                    let (id, secret) = self.invite(tx, &person, false).await?;
                    (id, Some(secret))
                }
            };
            let party = if new.role.is_some_and(Role::is_provider) {
                "provider"
            } else {
                "customer"
            };
            let member = members::Member {
                organisation: row.organisation,
                engagement,
                person: id,
                access: new.level.word().to_owned(),
                role: new.role,
                party: party.to_owned(),
            };
            members::insert(tx, &member).await?;
            let detail = json!({ "email": person.email, "level": new.level, "role": new.role });
            self.audit(tx, caller, engagement, "member.added", &person.name, detail)
                .await?;
            Ok(AddedMember { id, invitation })
        })
        .await
    }

    /// Appends an event about `engagement` in the caller's name.
    pub(crate) async fn audit(
        &self,
        tx: &Tx,
        caller: &Caller,
        engagement: EngagementId,
        action: &str,
        subject: &str,
        detail: serde_json::Value,
    ) -> Result<()> {
        let event = audit::NewEvent {
            id: EventId::new(self.ids()),
            engagement: Some(engagement),
            at: self.now(),
            actor: Some(caller.id()),
            actor_name: caller.person.name.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail,
        };
        audit::append(tx, event).await?;
        Ok(())
    }
}

/// What only a directory that is measured keeps: its password and the copy of its objects go with it.
async fn forget_source(tx: &Tx, engagement: EngagementId, target: TargetId) -> Result<()> {
    sources::remove(tx, target).await?;
    objects::clear(tx, engagement, target).await?;
    facts::remove(tx, target).await?;
    Ok(())
}

/// A target's value as it is stored.
fn normalised(family: Family, raw: &str) -> Result<String> {
    match family {
        Family::Dns => DomainName::parse(raw)
            .map(|it| it.to_string())
            .map_err(|it| bad_target("value", &it)),
        Family::Tls => Endpoint::parse(raw)
            .map(|it| it.to_string())
            .map_err(|it| bad_target("value", &it)),
        Family::Directory if raw.trim().is_empty() => Err(Error::invalid(
            "file",
            "choose an LDIF or CSV file",
            "choisissez un fichier LDIF ou CSV",
        )),
        Family::Directory => Ok(raw.trim().chars().take(200).collect()),
    }
}
