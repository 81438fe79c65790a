//! Trying a live directory out: connect, sign in, read what the server says of itself, and look whether the bases exist.

use std::time::Duration;

use jalon_domain::{
    ids::{EngagementId, TargetId},
    text::Text,
};
use jalon_store::{
    Tx,
    directory::sources::{self, Security, Source},
    seal, targets,
};
use jalon_wire::ldap::{Client, LdapError, RootDse};
use serde::Serialize;
use serde_json::json;

use super::{
    Reached, SourceInput,
    connect::{bases, locked},
    said,
    source::{keeps_password, needs_password},
};
use crate::{Caller, Error, Permission, Result, app::App, engagement::Picture};

/// How long somebody waits for a server that says nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// The paged results control (RFC 2696).
const PAGING: &str = "1.2.840.113556.1.4.319";
/// The DirSync control.
const DIR_SYNC: &str = "1.2.840.113556.1.4.841";

/// What came of trying a live directory out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Trial {
    /// Whether it can be read.
    pub works: bool,
    /// What was found, or what failed and what to do, in one line.
    pub text: Text,
    /// What is not wrong and yet worth knowing.
    pub warning: Option<Text>,
}

impl App {
    /// Tries a live directory out as it is kept.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a target that is none; [`Error::Conflict`] when its password cannot be unsealed.
    pub async fn test_source(&self, caller: &Caller, engagement: EngagementId, target: TargetId) -> Result<Trial> {
        self.require(self.store(), caller, engagement, Permission::Measure)
            .await?;
        let row = targets::find(self.store(), target).await?;
        let row = row.filter(|it| it.engagement == engagement && it.removed_at.is_none());
        let name = row.ok_or(Error::NotFound)?.value;
        let source = sources::find(self.store(), target).await?.ok_or(Error::NotFound)?;
        let reached = self.reach(self.store(), &source).await?;
        self.tried(caller, engagement, &name, &source, reached).await
    }

    /// Tries out what somebody has typed and not saved; `target` is the source that it is to replace, whose password
    /// stays when none is typed.
    ///
    /// # Errors
    /// [`Error::Invalid`] at what cannot be taken.
    pub async fn test_input(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        target: Option<TargetId>,
        input: &SourceInput,
    ) -> Result<Trial> {
        self.require(self.store(), caller, engagement, Permission::EditEngagement)
            .await?;
        let new = input.check()?;
        let old = match target {
            Some(id) => Some(sources::find(self.store(), id).await?.ok_or(Error::NotFound)?),
            None => None,
        };
        let old = old.filter(|it| it.engagement == engagement);
        needs_password(&new, old.as_ref().is_some_and(|it| keeps_password(it, &new)))?;
        let picture = Picture::load(self, self.store(), engagement).await?;
        let draft = self.draft(&picture, old.as_ref(), &new);
        let kept = match (&new.password, old.as_ref().and_then(|it| it.password.as_ref())) {
            (None, Some(sealed)) => {
                let place = Source::password_place(draft.organisation, draft.target);
                Some(
                    seal::open(self.store(), self.store(), place, sealed)
                        .await
                        .map_err(locked)?,
                )
            }
            _ => None,
        };
        let reached = self.reach_with(&draft, new.password.as_ref().or(kept.as_ref()))?;
        self.tried(caller, engagement, &new.name, &draft, reached).await
    }

    async fn tried(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        name: &str,
        source: &Source,
        reached: Reached,
    ) -> Result<Trial> {
        let reached = reached.impatient(PATIENCE);
        let trial = match attempt(&reached, source).await {
            Ok(found) => Trial {
                works: true,
                text: found,
                warning: unprotected(source, &reached),
            },
            Err(error) => Trial {
                works: false,
                text: said(&error),
                warning: None,
            },
        };
        let detail = json!({ "url": source.url, "user": source.user, "works": trial.works, "said": trial.text.en });
        self.store()
            .write(async |tx: &Tx| self.audit(tx, caller, engagement, "source.tested", name, detail).await)
            .await?;
        Ok(trial)
    }
}

async fn attempt(reached: &Reached, source: &Source) -> std::result::Result<Text, LdapError> {
    let mut client = reached.connect().await?;
    let root = client.root_dse().await?;
    let bases = bases(source, &root);
    for base in &bases {
        exists(&mut client, base).await?;
    }
    let found = found(&client, &root, reached, &bases);
    client.close().await;
    Ok(found)
}

async fn exists(client: &mut Client, base: &str) -> std::result::Result<(), LdapError> {
    let missing = |client: &Client| LdapError::NoBase {
        server: client.address().server(),
        base: base.to_owned(),
        matched: String::new(),
    };
    match client.read(base, &["objectClass"]).await? {
        Some(_) => Ok(()),
        None => Err(missing(client)),
    }
}

fn found(client: &Client, root: &RootDse, reached: &Reached, bases: &[String]) -> Text {
    let server = client.address().server();
    let (kind_en, kind_fr) = if root.is_active_directory() {
        ("Active Directory", "Active Directory")
    } else {
        ("an LDAP directory", "un annuaire LDAP")
    };
    let who = if reached.is_anonymous() {
        Text::new("read anonymously", "lu anonymement")
    } else {
        Text::new(
            format!("signed in as {}", reached.who()),
            format!("identifié comme {}", reached.who()),
        )
    };
    let paging = offers(
        root,
        PAGING,
        Text::new("in pages", "par pages"),
        Text::new("without pages", "sans pages"),
    );
    let changes = root.supports(DIR_SYNC) || root.highest_committed_usn.is_some();
    let changes = if changes {
        Text::new("changes can be told", "les changements peuvent être suivis")
    } else {
        Text::new("every scan reads everything", "chaque lecture lit tout")
    };
    let list = bases.join(" ; ");
    Text::new(
        format!(
            "{server} is {kind_en}, {}: reads {} {}; {}",
            who.en,
            list.replace(" ; ", "; "),
            paging.en,
            changes.en
        ),
        format!(
            "{server} est {kind_fr}, {} : lit {} {} ; {}",
            who.fr, list, paging.fr, changes.fr
        ),
    )
}

fn offers(root: &RootDse, control: &str, yes: Text, no: Text) -> Text {
    if root.supports(control) { yes } else { no }
}

fn unprotected(source: &Source, reached: &Reached) -> Option<Text> {
    (source.security == Security::Plain && !reached.is_anonymous()).then(|| {
        Text::new(
            "the password travelled without protection: choose StartTLS or LDAPS as soon as the server offers it",
            "le mot de passe a voyagé sans protection : choisissez StartTLS ou LDAPS dès que le serveur l’offre",
        )
    })
}
