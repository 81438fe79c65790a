//! Creating an engagement: organisation, profile, targets, one row a responsibility with proposed owners' dates.

use jalon_domain::{
    engagement::{DomainName, Endpoint},
    ids::{AttachmentId, EngagementId, EventId, OrganisationId, PersonId, ScheduleId, TargetId},
    measure::Family,
    profile::Profile,
    programme::Responsibility,
    proof::State,
    schedule,
};
use jalon_store::{
    Tx,
    attachments::{self, Attachment},
    audit::{self, NewEvent},
    duties, engagements, members, organisations, schedules, targets,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Cause, refresh};
use crate::{Caller, Error, Permission, Result, app::App};

/// What an engagement is created from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewEngagement {
    /// The organisation's name; an existing one with the same name is used.
    pub organisation: String,
    /// The engagement's own name; the organisation's when absent.
    #[serde(default)]
    pub name: Option<String>,
    /// What it takes on.
    pub profile: Profile,
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub start: Date,
    /// The day on which everything should be proven.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub target: Option<Date>,
    /// Domains to measure.
    #[serde(default)]
    pub domains: Vec<String>,
    /// TLS endpoints to measure, `HOST` or `HOST:PORT`.
    #[serde(default)]
    pub endpoints: Vec<String>,
}

/// A target to add.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTarget {
    /// Its family.
    pub family: Family,
    /// As typed.
    pub value: String,
    /// The address to connect to instead of the one that the name resolves to.
    pub connect: Option<String>,
    /// For a directory: the uploaded file.
    pub file: Option<Upload>,
}

/// A file that was uploaded and lies in the object store, not yet named by any row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id in the object store.
    pub id: AttachmentId,
    /// Its name, as sent.
    pub name: String,
    /// Its media type, as sent.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// An engagement that was created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Created {
    /// Its id.
    pub id: EngagementId,
    /// Responsibilities that apply.
    pub applicable: usize,
}

impl App {
    /// Creates an engagement; the caller becomes its lead.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the permission; [`Error::Invalid`] for a name, a domain or an endpoint that cannot
    /// be taken.
    pub async fn create_engagement(
        &self,
        caller: &Caller,
        new: &NewEngagement,
        directories: Vec<Upload>,
    ) -> Result<Created> {
        caller.require_instance(Permission::CreateEngagement)?;
        let organisation = named(&new.organisation)?;
        if new.profile.programmes.is_empty() {
            return Err(Error::invalid(
                "programmes",
                "choose at least one programme",
                "choisissez au moins un programme",
            ));
        }
        let wanted = wanted_targets(new, directories)?;
        self.store()
            .write(async |tx: &Tx| {
                let organisation = self.organisation(tx, organisation).await?;
                let engagement = self.insert_engagement(tx, caller.id(), organisation, new).await?;
                for target in &wanted {
                    self.insert_target(tx, organisation, engagement, caller.id(), target)
                        .await?;
                }
                self.insert_schedules(tx, organisation, engagement).await?;
                let event = NewEvent {
                    id: EventId::new(self.ids()),
                    engagement: Some(engagement),
                    at: self.now(),
                    actor: Some(caller.id()),
                    actor_name: caller.person.name.clone(),
                    action: "engagement.created".to_owned(),
                    subject: new.organisation.clone(),
                    detail: json!(new),
                };
                audit::append(tx, event).await?;
                let picture = refresh(self, tx, engagement, Some(caller.id()), &Cause::Edit).await?;
                let applicable = picture
                    .duties
                    .iter()
                    .filter(|it| it.proof.state != State::NotApplicable)
                    .count();
                Ok(Created {
                    id: engagement,
                    applicable,
                })
            })
            .await
    }

    async fn organisation(&self, tx: &Tx, name: &str) -> Result<OrganisationId> {
        let known = organisations::all(tx).await?;
        if let Some(it) = known.iter().find(|it| it.name.eq_ignore_ascii_case(name)) {
            return Ok(it.id);
        }
        let id = OrganisationId::new(self.ids());
        let slug = slug(name, |slug| known.iter().any(|it| it.slug == slug));
        let row = organisations::Organisation {
            id,
            name: name.to_owned(),
            slug,
            created_at: self.now(),
        };
        organisations::insert(tx, &row).await?;
        Ok(id)
    }

    async fn insert_engagement(
        &self,
        tx: &Tx,
        lead: PersonId,
        organisation: OrganisationId,
        new: &NewEngagement,
    ) -> Result<EngagementId> {
        let id = EngagementId::new(self.ids());
        let row = engagements::Engagement {
            id,
            organisation,
            name: new
                .name
                .clone()
                .filter(|it| !it.trim().is_empty())
                .unwrap_or_else(|| new.organisation.trim().to_owned()),
            profile: new.profile.clone(),
            catalogue: self.catalogue().version().to_owned(),
            start: new.start,
            target: new.target,
            created_at: self.now(),
            version: 1,
        };
        engagements::insert(tx, &row).await?;
        let member = members::Member {
            organisation,
            engagement: id,
            person: lead,
            access: "lead".to_owned(),
            role: None,
            party: "customer".to_owned(),
        };
        members::insert(tx, &member).await?;
        let rows = self.proposed(id, organisation, new);
        duties::insert_many(tx, &rows).await?;
        Ok(id)
    }

    fn proposed(
        &self,
        engagement: EngagementId,
        organisation: OrganisationId,
        new: &NewEngagement,
    ) -> Vec<duties::Duty> {
        let all: Vec<&Responsibility> = self.catalogue().rows_for(&new.profile).collect();
        let due = schedule::due_dates(new.start, &all);
        let blank = |it: &&Responsibility| duties::Duty {
            engagement,
            organisation,
            responsibility: it.id.clone(),
            owner: None,
            due: due.get(&it.id).copied(),
            due_is_proposed: true,
            state: if it.applies.holds(&new.profile) {
                State::Open
            } else {
                State::NotApplicable
            },
            reason: it
                .applies
                .holds(&new.profile)
                .then_some(jalon_domain::proof::Reason::NotStarted),
            regressed_since: None,
            changed_at: self.now(),
            version: 1,
            note: None,
        };
        all.iter().map(blank).collect()
    }

    /// Adds a target inside `tx`; a directory's file becomes an attachment.
    pub(crate) async fn insert_target(
        &self,
        tx: &Tx,
        organisation: OrganisationId,
        engagement: EngagementId,
        by: PersonId,
        new: &NewTarget,
    ) -> Result<TargetId> {
        if let Some(file) = &new.file {
            attachments::insert(tx, &attachment(organisation, engagement, by, self.now(), file)).await?;
        }
        let id = TargetId::new(self.ids());
        let row = targets::Target {
            id,
            engagement,
            organisation,
            family: new.family,
            value: new.value.clone(),
            connect: new.connect.clone(),
            attachment: new.file.as_ref().map(|it| it.id),
            created_at: self.now(),
            removed_at: None,
        };
        targets::insert(tx, &row).await?;
        Ok(id)
    }

    async fn insert_schedules(&self, tx: &Tx, organisation: OrganisationId, engagement: EngagementId) -> Result<()> {
        for family in Family::ALL {
            let every = i64::from(family.default_interval());
            let row = schedules::Schedule {
                id: ScheduleId::new(self.ids()),
                organisation,
                engagement,
                family: *family,
                every_seconds: every,
                enabled: true,
                next_at: self.now().saturating_add(every.seconds()).unwrap_or(self.now()),
                last_at: None,
            };
            schedules::put(tx, &row).await?;
        }
        Ok(())
    }
}

/// The attachment row of an uploaded file.
pub(crate) fn attachment(
    organisation: OrganisationId,
    engagement: EngagementId,
    by: PersonId,
    at: Timestamp,
    file: &Upload,
) -> Attachment {
    Attachment {
        id: file.id,
        organisation,
        engagement,
        name: file.name.clone(),
        media_type: file.media_type.clone(),
        size: file.size,
        sha256: file.sha256.clone(),
        by,
        at,
    }
}

fn named(raw: &str) -> Result<&str> {
    let name = raw.trim();
    if (1..=120).contains(&name.chars().count()) {
        Ok(name)
    } else {
        Err(Error::invalid(
            "organisation",
            "a name of 1 to 120 characters is needed",
            "il faut un nom de 1 à 120 caractères",
        ))
    }
}

fn wanted_targets(new: &NewEngagement, directories: Vec<Upload>) -> Result<Vec<NewTarget>> {
    let mut wanted: Vec<NewTarget> = Vec::new();
    for raw in new.domains.iter().filter(|it| !it.trim().is_empty()) {
        let name = DomainName::parse(raw).map_err(|it| bad_target("domains", &it))?;
        wanted.push(NewTarget {
            family: Family::Dns,
            value: name.to_string(),
            connect: None,
            file: None,
        });
    }
    for raw in new.endpoints.iter().filter(|it| !it.trim().is_empty()) {
        let endpoint = Endpoint::parse(raw).map_err(|it| bad_target("endpoints", &it))?;
        wanted.push(NewTarget {
            family: Family::Tls,
            value: endpoint.to_string(),
            connect: None,
            file: None,
        });
    }
    for file in directories {
        wanted.push(NewTarget {
            family: Family::Directory,
            value: file.name.clone(),
            connect: None,
            file: Some(file),
        });
    }
    wanted.sort_by(|a, b| (a.family, &a.value).cmp(&(b.family, &b.value)));
    wanted.dedup_by(|a, b| (a.family, &a.value) == (b.family, &b.value));
    Ok(wanted)
}

/// What is wrong with a typed target, in both languages.
pub(crate) fn bad_target(field: &'static str, error: &jalon_domain::engagement::BadTarget) -> Error {
    use jalon_domain::engagement::BadTarget;
    let french = match error {
        BadTarget::Domain(raw) => {
            format!("« {raw} » n’est pas un nom de domaine : attendu, par exemple, contoso.example")
        }
        BadTarget::Endpoint(raw) => {
            format!(
                "« {raw} » n’est pas un point d’accès : attendu HÔTE ou HÔTE:PORT, par exemple mail.contoso.example:443"
            )
        }
    };
    Error::invalid(field, error.to_string(), french)
}

/// A short word for addresses, made unique by a number.
fn slug(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let words: String = name
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() {
                it.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let base = words
        .split('-')
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let base = if base.is_empty() {
        "organisation".to_owned()
    } else {
        base.chars().take(40).collect()
    };
    std::iter::once(base.clone())
        .chain((2..).map(|n| format!("{base}-{n}")))
        .find(|it| !taken(it))
        .expect("the numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_unique() {
        assert_eq!(slug("Example Nord", |_| false), "example-nord");
        assert_eq!(slug("Example Nord", |it| it == "example-nord"), "example-nord-2");
        assert_eq!(slug("…", |_| false), "organisation");
    }
}
