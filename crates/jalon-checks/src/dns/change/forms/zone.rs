//! Zone files (RFC 1035, section 5): the whole fragment for a name server, what is new for a provider's import.

use std::fmt::Write;

use jalon_wire::dns::Record;

use super::super::Plan;
use crate::dns::zone::Line;

/// Every record of the domain as it should stand. What goes is a remark beside what comes.
pub(super) fn whole(plan: &Plan) -> String {
    let mut text = format!("; {}: the records as they should stand\n", plan.domain);
    for set in &plan.sets {
        removed(&set.before, &set.after, &mut text);
        set.after.iter().for_each(|it| line(it, &mut text));
    }
    text
}

/// What is new, for an import that adds records and removes none (Cloudflare: "Import and export records"). What has to
/// be deleted by hand first is a remark.
pub(super) fn import(plan: &Plan) -> String {
    let mut text = String::new();
    plan.changes().for_each(|it| removed(&it.before, &it.after, &mut text));
    for set in plan.changes() {
        let new = set.after.iter().filter(|it| !set.before.contains(it));
        new.for_each(|it| line(it, &mut text));
    }
    text
}

fn removed(before: &[Record], after: &[Record], text: &mut String) {
    for it in before.iter().filter(|it| !after.contains(it)) {
        let _ = writeln!(text, "; remove: {}", Line::of(&it.name, it));
    }
}

fn line(it: &Record, text: &mut String) {
    let _ = writeln!(text, "{}", Line::of(&it.name, it));
}
