//! A plan against what is published, as `diff` shows it.

use std::fmt::Write;

use jalon_wire::dns::{Record, update::SetChange};

use super::Plan;
use crate::dns::zone::Line;

pub(super) fn write(plan: &Plan) -> String {
    let mut text = String::new();
    for set in plan.changes() {
        if text.is_empty() {
            text.push_str("--- published\n+++ planned\n");
        }
        let _ = writeln!(text, "@@ {} {} @@", set.name, set.kind);
        lines(set, &mut text);
    }
    text
}

fn lines(set: &SetChange, text: &mut String) {
    let marked = |mark: char, it: &Record| format!("{mark}{}\n", Line::of(&it.name, it));
    for it in &set.before {
        let mark = if set.after.contains(it) { ' ' } else { '-' };
        text.push_str(&marked(mark, it));
    }
    let new = set.after.iter().filter(|it| !set.before.contains(it));
    new.for_each(|it| text.push_str(&marked('+', it)));
}
