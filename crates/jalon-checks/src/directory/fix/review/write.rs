//! The table that people go through. What is mechanical is accepted beforehand; whatever takes a value away, or needs a
//! person's judgement, is not.

use std::io::{self, Write};

use jalon_domain::{ids::RuleId, text::Lang};

use super::{COLUMNS, cell::harmless};
use crate::directory::fix::plan::{ObjectChange, Plan, Undecided, ValueChange};

/// Writes the table, with sentences in `lang`.
///
/// # Errors
/// What the destination says.
pub fn write_review(plan: &Plan, lang: Lang, mut out: impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    table.write_record(COLUMNS)?;
    for object in &plan.objects {
        for change in &object.changes {
            table.write_record(changed(object, change, lang).iter().map(|it| harmless(it).into_owned()))?;
        }
    }
    for it in &plan.undecided {
        table.write_record(undecided(it, lang).iter().map(|it| harmless(it).into_owned()))?;
    }
    table.flush()
}

fn changed(object: &ObjectChange, change: &ValueChange, lang: Lang) -> [String; 9] {
    let accept = if change.to.is_some() { "yes" } else { "no" };
    [
        accept.to_owned(),
        object.dn.clone(),
        object.object_class.clone(),
        change.attribute.clone(),
        words(&change.rules),
        change.from.clone().unwrap_or_default(),
        change.to.clone().unwrap_or_default(),
        change.action().to_string(),
        titles(&change.rules, lang),
    ]
}

fn undecided(it: &Undecided, lang: Lang) -> [String; 9] {
    let reason = it.reason.text().get(lang).to_owned();
    let others = it.others.iter().take(3).cloned().collect::<Vec<_>>().join(" | ");
    let reason = if others.is_empty() {
        reason
    } else {
        format!("{reason} ({others})")
    };
    [
        "no".to_owned(),
        it.dn.clone(),
        it.object_class.clone(),
        it.attribute.clone(),
        words(&it.rules),
        it.value.clone(),
        it.proposed.clone().unwrap_or_default(),
        it.action.to_string(),
        reason,
    ]
}

fn words(rules: &[RuleId]) -> String {
    rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What the rules ask for.
fn titles(rules: &[RuleId], lang: Lang) -> String {
    let title = |it: &RuleId| crate::rule(it).map(|it| it.title.get(lang).to_owned());
    rules.iter().filter_map(title).collect::<Vec<_>>().join("; ")
}
