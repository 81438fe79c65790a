//! `jalon engagement`: creating engagements and looking at them, on the machine that keeps them.

mod create;
mod status;

use clap::{Args, Subcommand};
use jalon_domain::ids::EngagementId;
use jalon_service::{App, Caller, view::home::EngagementCard};
use serde_json::{Value, json};

pub(crate) use self::status::document;
use crate::{
    exit::{Exit, Failure, Result},
    out::{Cell, Format, Listing, Out},
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
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args)]
pub(crate) struct One {
    /// Its id, or the name of its organisation where that has only one
    id: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    acting: Acting,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Engagement {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        match self {
            Self::Create(it) => it.run(out).await,
            Self::List(it) => it.run(out).await,
            Self::Show(it) => it.show(out).await,
            Self::Status(it) => it.status(out).await,
        }
    }
}

impl List {
    async fn run(self, out: &mut Out) -> Result {
        let app = self.place.existing().await?;
        let cards = app.engagements(&self.acting.caller(&app).await?).await?;
        let listing = Listing {
            columns: &[
                "id",
                "organisation",
                "name",
                "start",
                "proven",
                "applicable",
                "findings",
            ],
            rows: cards.iter().map(row).collect(),
            objects: cards.iter().map(|it| json!(it)).collect(),
        };
        if cards.is_empty() && self.format == Format::Table {
            out.tell("no-engagement", &[])?;
        }
        out.list(self.format, listing)?;
        Ok(Exit::Fine)
    }
}

fn row(it: &EngagementCard) -> Vec<Cell> {
    let findings: usize = it.findings.values().sum();
    vec![
        it.id.into(),
        (&it.organisation).into(),
        (&it.name).into(),
        it.start.into(),
        it.counts.proven().into(),
        it.counts.applicable().into(),
        findings.into(),
    ]
}

impl One {
    async fn open(&self) -> Result<(App, Caller, EngagementId)> {
        let app = self.place.existing().await?;
        let caller = self.acting.caller(&app).await?;
        let id = self.find(&app, &caller).await?;
        Ok((app, caller, id))
    }

    async fn find(&self, app: &App, caller: &Caller) -> Result<EngagementId> {
        let wanted = self.id.trim();
        let known = app.engagements(caller).await?;
        let named = known.iter().filter(|it| it.organisation.eq_ignore_ascii_case(wanted));
        let mut found = known
            .iter()
            .filter(|it| it.id.to_string() == wanted)
            .chain(named)
            .map(|it| it.id);
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(id),
            (None, _) => Err(Failure::new("no-such-engagement", &[("id", wanted.to_owned().into())])),
            (Some(_), Some(_)) => Err(Failure::new("several-engagements", &[("id", wanted.to_owned().into())])),
        }
    }

    async fn show(self, out: &mut Out) -> Result {
        let (app, caller, id) = self.open().await?;
        let shown = status::profile(&app, &caller, id).await?;
        print(out, self.format, &shown, status::print_profile)
    }

    async fn status(self, out: &mut Out) -> Result {
        let (app, caller, id) = self.open().await?;
        let shown = document(&app, &caller, id).await?;
        print_status(out, self.format, &shown)
    }
}

/// Where an engagement stands.
pub(crate) fn print_status(out: &mut Out, format: Format, document: &Value) -> Result {
    print(out, format, document, status::print)
}

fn print(out: &mut Out, format: Format, object: &Value, table: fn(&mut Out, &Value) -> Result<()>) -> Result {
    match format {
        Format::Json => out.pretty(object)?,
        Format::Ndjson => out.json(object)?,
        Format::Table => table(out, object)?,
        Format::Csv => {
            out.csv(&["key", "value"])?;
            for (key, value) in status::flat(object) {
                out.csv(&[key, value])?;
            }
        }
    }
    Ok(Exit::Fine)
}
