//! The facts of forests for people, in sections, and for programs. CSV lists the domain controllers: the one list where
//! each row asks for a decision.

use jalon_checks::directory::facts::{Absent, Controller, ForestFacts, Part, Sheet, heading, hidden, is_told, sheets};
use serde_json::{Value, json};

use super::super::Judging;
use crate::{
    exit::Result,
    out::{Format, Out},
    text::harmless,
};

/// The columns of CSV.
const CONTROLLERS: [&str; 12] = [
    "forest",
    "domain",
    "name",
    "site",
    "operating_system",
    "version",
    "global_catalog",
    "read_only",
    "roles",
    "supported_until",
    "last_logon",
    "not_seen",
];

/// All forests in the format that was asked for.
pub(super) fn forests(out: &mut Out, judging: &Judging, forests: &[ForestFacts]) -> Result<()> {
    match (judging.printed.format, forests) {
        (Format::Json, [one]) => out.pretty(&json!(one)),
        (Format::Json, all) => out.pretty(&json!(all)),
        (Format::Ndjson, all) => all.iter().try_for_each(|it| out.json(&json!(it))),
        (Format::Csv, all) => {
            out.csv(&CONTROLLERS)?;
            let rows = all.iter().flat_map(flat);
            rows.into_iter().try_for_each(|it| out.row(&CONTROLLERS, &it))
        }
        (Format::Table, all) => all.iter().try_for_each(|it| tables(out, judging, it)),
    }?;
    out.send()
}

/// The controllers of a forest, and a row for each domain whose controllers were not seen.
fn flat(facts: &ForestFacts) -> Vec<Value> {
    let row = |it: &Controller| {
        let mut row = json!(it);
        row["forest"] = json!(facts.forest.root);
        row
    };
    let hidden = facts
        .absent
        .iter()
        .filter(|it| is_told(it) && CONTROLLER_PARTS.contains(&it.part));
    let doubt = |it: &Absent| json!({"forest": facts.forest.root, "domain": it.domain, "not_seen": it.reason});
    facts.controllers.iter().map(row).chain(hidden.map(doubt)).collect()
}

/// The parts that controllers are put together from.
const CONTROLLER_PARTS: &[Part] = &[Part::Domain, Part::Sites, Part::Controllers, Part::Roles];

fn tables(out: &mut Out, judging: &Judging, facts: &ForestFacts) -> Result<()> {
    let forest = facts.forest.root.clone().unwrap_or_default();
    out.tell("facts-headline", &[("forest", forest.into())])?;
    for sheet in sheets(facts) {
        show(out, judging, &sheet)?;
    }
    out.line("")
}

fn show(out: &mut Out, judging: &Judging, sheet: &Sheet) -> Result<()> {
    out.line("")?;
    if sheet.is_known() {
        out.line(sheet.title().get(out.lang))?;
    }
    let most = if judging.limit == 0 { usize::MAX } else { judging.limit };
    let shown = &sheet.rows[..sheet.rows.len().min(most)];
    let lang = out.lang;
    out.table_under(sheet.columns, |it| heading(it).get(lang).to_owned(), shown)?;
    if shown.len() < sheet.rows.len() {
        out.tell("facts-more", &[("n", (sheet.rows.len() - shown.len()).into())])?;
    }
    let hidden: Vec<String> = sheet
        .hidden
        .iter()
        .map(|it| hidden(it).get(out.lang).to_owned())
        .collect();
    hidden.iter().try_for_each(|it| out.line(&harmless(it)))
}

#[cfg(test)]
mod tests;
