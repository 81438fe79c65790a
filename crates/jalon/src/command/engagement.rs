//! `jalon engagement`: creating engagements and looking at them, on the machine that keeps them.

mod create;
mod status;

use clap::{Args, Subcommand};
use jalon_domain::ids::EngagementId;
use jalon_service::{App, Caller, view::home::EngagementCard};
use serde_json::{Value, json};

pub(crate) use self::status::{document, print};
use crate::{
    exit::{Exit, Failure, Result},
    out::{Format, Out, Printed},
    place::{Acting, Place},
};

/// Engagements: one organisation's onboarding to chosen services
#[derive(Subcommand)]
pub(crate) enum Engagement {
    Create(Box<create::Create>),
    /// List the engagements
    List(List),
    /// Show what an engagement takes on and measures
    Show(One),
    /// Show where an engagement stands: states, findings, gates and what blocks them
    Status(One),
}

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    acting: Acting,
    #[command(flatten)]
    printed: Printed,
}

#[derive(Args)]
pub(crate) struct One {
    /// Its id, or the name of its organisation where that has only one
    id: String,
    #[command(flatten)]
    looked: List,
}

impl Engagement {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Create(it) => it.run(out).await,
            Self::List(it) => it.run(out).await,
            Self::Show(it) => {
                let (app, caller, id) = it.open().await?;
                out.object(it.looked.printed.format, &status::profile(&app, &caller, id).await?)
            }
            Self::Status(it) => {
                let (app, caller, id) = it.open().await?;
                print(out, it.looked.printed.format, &document(&app, &caller, id).await?)
            }
        }
    }
}

impl List {
    async fn open(&self) -> Result<(App, Caller)> {
        let app = self.place.existing().await?;
        let caller = self.acting.caller(&app).await?;
        Ok((app, caller))
    }

    async fn run(self, out: &mut Out) -> Result {
        let (app, caller) = self.open().await?;
        let cards: Vec<Value> = app.engagements(&caller).await?.iter().map(card).collect();
        if cards.is_empty() && self.printed.format == Format::Table {
            out.tell("no-engagement", &[])?;
        }
        let columns = [
            "id",
            "organisation",
            "name",
            "start",
            "proven",
            "applicable",
            "open-findings",
        ];
        out.list(self.printed.format, &columns, cards)?;
        Ok(Exit::Fine)
    }
}

fn card(it: &EngagementCard) -> Value {
    let mut card = json!(it);
    card["proven"] = it.counts.proven().into();
    card["applicable"] = it.counts.applicable().into();
    card["open-findings"] = it.findings.values().sum::<usize>().into();
    card
}

impl One {
    async fn open(&self) -> Result<(App, Caller, EngagementId)> {
        let (app, caller) = self.looked.open().await?;
        let (wanted, known) = (self.id.trim(), app.engagements(&caller).await?);
        let named = |it: &&EngagementCard| it.id.to_string() == wanted || it.organisation.eq_ignore_ascii_case(wanted);
        let found: Vec<EngagementId> = known.iter().filter(named).map(|it| it.id).collect();
        let key = if found.is_empty() {
            "no-such-engagement"
        } else {
            "several-engagements"
        };
        match found[..] {
            [id] => Ok((app, caller, id)),
            _ => Err(Failure::new(key, &[("id", wanted.to_owned().into())])),
        }
    }
}
