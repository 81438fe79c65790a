//! How two directories compare: for people, counts first and then who and what; for programs, one document, one object a
//! line, or flat CSV.

use jalon_checks::directory::join::{Ambiguous, Conflict, Fill, Joined, Match, Unusable, Who};
use serde_json::{Value, json};

use super::told::most;
use crate::{
    exit::Result,
    out::{Format, Out},
};

/// The columns of CSV: a row for each value, and for each person who has none.
const COLUMNS: [&str; 13] = [
    "kind",
    "dn",
    "person",
    "name",
    "mail",
    "key",
    "confidence",
    "attribute",
    "value",
    "proposed",
    "reason",
    "objects",
    "others",
];

/// Two directories that were joined, and what people call them.
pub(super) struct Told<'a> {
    pub(super) joined: &'a Joined,
    pub(super) ad: String,
    pub(super) other: String,
}

impl Told<'_> {
    /// Prints it, at most `limit` rows of each table.
    pub(super) fn print(&self, out: &mut Out, format: Format, limit: usize) -> Result<()> {
        match format {
            Format::Table => self.tables(out, limit),
            Format::Json => out.pretty(&self.document()),
            Format::Ndjson => {
                self.objects().try_for_each(|(kind, it)| out.json(&kinded(kind, it)))?;
                out.json(&kinded("counts", self.counts()))
            }
            Format::Csv => {
                out.csv(&COLUMNS)?;
                self.rows().try_for_each(|it| out.row(&COLUMNS, &it))
            }
        }
    }

    fn counts(&self) -> Value {
        let mut counts = self.joined.facts(&self.other);
        counts["ad"] = json!(self.ad);
        counts["complete"] = json!(self.joined.is_complete());
        counts
    }

    fn document(&self) -> Value {
        let joined = self.joined;
        json!({
            "schema": "jalon.mail/1",
            "counts": self.counts(),
            "matched": joined.matched,
            "ambiguous": joined.ambiguous,
            "missing": joined.missing,
            "without_counterpart": joined.without_counterpart,
            "conflicts": joined.conflicts,
            "unusable": joined.unusable,
        })
    }

    /// Everything, each with its kind.
    fn objects(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let it = self.joined;
        let alone = it.without_counterpart.iter();
        let matched = it.matched.iter().map(|it| ("matched", json!(it)));
        matched
            .chain(it.ambiguous.iter().map(|it| ("ambiguous", json!(it))))
            .chain(it.missing.iter().map(|it| ("missing", json!({ "person": it }))))
            .chain(alone.map(|it| ("without-counterpart", json!({ "dn": it }))))
            .chain(it.conflicts.iter().map(|it| ("conflict", json!(it))))
            .chain(it.unusable.iter().map(|it| ("unusable", json!(it))))
    }

    /// The same as rows with the fields of [`COLUMNS`].
    fn rows(&self) -> impl Iterator<Item = Value> {
        let it = self.joined;
        let alone = it.without_counterpart.iter();
        let matched = it.matched.iter().flat_map(matched_rows);
        matched
            .chain(it.ambiguous.iter().map(ambiguous_row))
            .chain(it.missing.iter().map(|it| about("missing", it)))
            .chain(alone.map(|it| json!({ "kind": "without-counterpart", "dn": it })))
            .chain(it.conflicts.iter().map(conflict_row))
            .chain(it.unusable.iter().map(unusable_row))
    }

    fn tables(&self, out: &mut Out, limit: usize) -> Result<()> {
        self.headline(out)?;
        let it = self.joined;
        let filled = it
            .matched
            .iter()
            .flat_map(|it| it.values.iter().map(|fill| filled(it, fill)));
        let limited = Limited { out, limit };
        let mut tables = limited;
        tables.show(
            "join-fills",
            &["dn", "attribute", "value", "proposed", "key", "confidence"],
            filled.collect(),
        )?;
        tables.show(
            "join-ambiguous",
            &["person", "key", "confidence", "objects", "why"],
            it.ambiguous.iter().map(ambiguous).collect(),
        )?;
        let missing = it
            .missing
            .iter()
            .map(|it| json!({ "person": named(it), "mail": it.mail }));
        tables.show("join-missing", &["person", "mail"], missing.collect())?;
        tables.show(
            "join-conflicts",
            &["dn", "attribute", "value", "proposed", "why"],
            it.conflicts.iter().map(conflict).collect(),
        )?;
        tables.show(
            "join-unusable",
            &["person", "attribute", "value", "why"],
            it.unusable.iter().map(unusable).collect(),
        )
    }

    /// "legacy.csv: 12 people with mail, of whom 9 are one object of ad.ldif, …".
    fn headline(&self, out: &mut Out) -> Result<()> {
        let (it, counts) = (self.joined, self.joined.counts);
        let people = counts.other_people - counts.without_mail;
        out.tell(
            "join-headline",
            &[
                ("other", self.other.as_str().into()),
                ("people", people.into()),
                ("matched", it.matched.len().into()),
                ("ambiguous", it.ambiguous.len().into()),
                ("missing", it.missing.len().into()),
            ],
        )?;
        let alone = [
            ("ad", self.ad.as_str().into()),
            ("people", counts.ad_people.into()),
            ("alone", it.without_counterpart.len().into()),
        ];
        out.tell("join-alone", &alone)
    }
}

/// Tables of so many rows at most.
struct Limited<'a> {
    out: &'a mut Out,
    limit: usize,
}

impl Limited<'_> {
    /// A table under its heading; nothing when it has no rows.
    fn show(&mut self, heading: &str, columns: &[&str], mut rows: Vec<Value>) -> Result<()> {
        let all = rows.len();
        if all == 0 {
            return Ok(());
        }
        rows.truncate(most(self.limit, all));
        self.out.line("")?;
        self.out.tell(heading, &[("n", all.into())])?;
        self.out.table(columns, &rows)?;
        match all - rows.len() {
            0 => Ok(()),
            more => self.out.tell("fix-more", &[("n", more.into())]),
        }
    }
}

/// What people call somebody.
fn named(who: &Who) -> &str {
    who.name.as_deref().unwrap_or(&who.dn)
}

fn filled(matched: &Match, fill: &Fill) -> Value {
    json!({
        "dn": matched.dn,
        "attribute": fill.attribute,
        "value": fill.value,
        "proposed": fill.proposed,
        "key": matched.by,
        "confidence": sure(matched.confidence),
    })
}

fn ambiguous(it: &Ambiguous) -> Value {
    json!({
        "person": named(&it.person),
        "key": it.by,
        "confidence": sure(it.confidence),
        "objects": it.objects.join(" | "),
        "why": it.why.text(),
    })
}

fn conflict(it: &Conflict) -> Value {
    json!({
        "dn": it.dn,
        "attribute": it.attribute,
        "value": it.value,
        "proposed": it.wanted,
        "why": it.reason.text(),
    })
}

fn unusable(it: &Unusable) -> Value {
    json!({ "person": named(&it.person), "attribute": it.attribute, "value": it.value, "why": it.why.name() })
}

fn matched_rows(it: &Match) -> Vec<Value> {
    let row = |fill: Option<&Fill>| {
        let mut row = about("matched", &it.person);
        row["dn"] = json!(it.dn);
        row["key"] = json!(it.by);
        row["confidence"] = json!(sure(it.confidence));
        row["attribute"] = json!(fill.map(|it| it.attribute));
        row["value"] = json!(fill.and_then(|it| it.value.as_deref()));
        row["proposed"] = json!(fill.map(|it| &it.proposed));
        row
    };
    if it.values.is_empty() {
        return vec![row(None)];
    }
    it.values.iter().map(|it| row(Some(it))).collect()
}

fn ambiguous_row(it: &Ambiguous) -> Value {
    let mut row = about("ambiguous", &it.person);
    row["key"] = json!(it.by);
    row["confidence"] = json!(sure(it.confidence));
    row["reason"] = json!(it.why.word());
    row["objects"] = json!(it.objects.join("|"));
    row["others"] = json!(it.why.others().join("|"));
    row
}

fn conflict_row(it: &Conflict) -> Value {
    let mut row = about("conflict", &it.person);
    row["dn"] = json!(it.dn);
    row["attribute"] = json!(it.attribute);
    row["value"] = json!(it.value);
    row["proposed"] = json!(it.wanted);
    row["reason"] = json!(it.reason.word());
    row["others"] = json!(it.reason.others().join("|"));
    row
}

fn unusable_row(it: &Unusable) -> Value {
    let mut row = about("unusable", &it.person);
    row["attribute"] = json!(it.attribute);
    row["value"] = json!(it.value);
    row["reason"] = json!(it.why.word());
    row
}

fn about(kind: &str, who: &Who) -> Value {
    json!({ "kind": kind, "person": who.dn, "name": who.name, "mail": who.mail })
}

fn sure(confidence: f64) -> String {
    format!("{confidence:.2}")
}

fn kinded(kind: &str, mut object: Value) -> Value {
    object["kind"] = json!(kind);
    object
}
