//! The evidence of one requirement: what machines saw and what people handed in or said; what decides comes first.

use jalon_domain::{
    evidence::{Origin, Outcome},
    ids::RunId,
    proof::{Reason, State},
};
use jalon_service::view::duty::{DutyPage, EvidenceView, RequirementView};
use maud::{Markup, html};

use super::{M, requirements::size};
use crate::{
    links,
    pages::parts::{self, Cx},
    text::t,
    ui::{dates, icons::Icon, marks},
};

/// The evidence: the deciding pieces, what is wrong first, then the earlier ones, folded.
pub(super) fn list(cx: &Cx<'_>, duty: &DutyPage, own: &RequirementView) -> Markup {
    let decides = |it: &&EvidenceView| own.status.deciding.contains(&it.id) || !own.by.is_machine();
    let (deciding, earlier): (Vec<&EvidenceView>, Vec<&EvidenceView>) = own.evidence.iter().partition(decides);
    let passes = |it: &&EvidenceView| own.by.is_machine() && it.outcome == Outcome::Pass;
    let (passing, others): (Vec<&EvidenceView>, Vec<&EvidenceView>) = deciding.iter().copied().partition(passes);
    html! {
        @if !deciding.is_empty() {
            ul.j-plain.mt-1 {
                @for it in by_weight(others) { (one(cx, duty, it)) }
                @if let [only] = passing.as_slice() { (one(cx, duty, only)) }
                @else if !passing.is_empty() { (together(cx, duty, &passing, deciding.len())) }
            }
        }
        @if let Some(it) = deciding.first() { (provenance(it)) }
        @if !earlier.is_empty() {
            details.j-data {
                summary { (t!(cx.lang, M, "earlier", n = earlier.len())) }
                ul.j-plain.mt-1 { @for it in &earlier { (one(cx, duty, it)) } }
            }
        }
    }
}

/// Failures before doubts; what is of one kind keeps its order.
fn by_weight(mut all: Vec<&EvidenceView>) -> Vec<&EvidenceView> {
    all.sort_by_key(|it| it.outcome != Outcome::Fail);
    all
}

/// Targets that pass share a line: each is the link to its run.
fn together(cx: &Cx<'_>, duty: &DutyPage, passing: &[&EvidenceView], all: usize) -> Markup {
    let lang = cx.lang;
    let oldest = passing.iter().map(|it| it.collected_at).min();
    html! {
        li.mt-1 {
            (marks::outcome_glyph(lang, Outcome::Pass)) " " (t!(lang, M, "pass-of", n = passing.len(), all = all)) " "
            @for (n, it) in passing.iter().enumerate() {
                @if let Origin::Observation { run, target, .. } = &it.origin {
                    @if n > 0 { ", " }
                    a.j-link.j-mono href=(links::run(duty.header.id, *run)) { (target) }
                }
            }
            @if let Some(at) = oldest { " " span.j-dim { (dates::ago_time(lang, cx.now, at)) } }
        }
    }
}

fn one(cx: &Cx<'_>, duty: &DutyPage, it: &EvidenceView) -> Markup {
    html! {
        li.mt-1 {
            @match &it.origin {
                Origin::Observation { run, vantage, target } => { (observed(cx, duty, it, *run, vantage, target)) }
                Origin::Submission { .. } => { (submitted(cx, duty, it)) }
                Origin::Statement { .. } => { (stated(cx, duty, it)) }
            }
            @if let Some(note) = &it.note { div.j-2 { (note.get(cx.lang)) } }
        }
    }
}

fn observed(cx: &Cx<'_>, duty: &DutyPage, it: &EvidenceView, run: RunId, vantage: &str, target: &str) -> Markup {
    let lang = cx.lang;
    html! {
        (marks::outcome_glyph(lang, it.outcome)) " " span.j-mono { (target) } " "
        span.j-dim {
            (dates::ago_time(lang, cx.now, it.collected_at)) ", " (t!(lang, M, "seen-from", vantage = parts::vantage(lang, vantage))) " · "
            a.j-link href=(links::run(duty.header.id, run)) { (t!(lang, M, "run")) }
        }
    }
}

fn submitted(cx: &Cx<'_>, duty: &DutyPage, it: &EvidenceView) -> Markup {
    let lang = cx.lang;
    html! { (Icon::Clip.show()) " " (file(cx, duty, it)) " " span.j-dim { (t!(lang, M, "handed-in-by", name = name(cx, it))) ", " (dates::moment_time(lang, it.collected_at)) } }
}

fn stated(cx: &Cx<'_>, duty: &DutyPage, it: &EvidenceView) -> Markup {
    let (lang, is_yes) = (cx.lang, it.outcome == Outcome::Pass);
    let mark = if is_yes {
        (State::Attested, None)
    } else {
        (State::Open, Some(Reason::Failing))
    };
    let said = if is_yes {
        t!(lang, M, "approved-by", name = name(cx, it))
    } else {
        t!(lang, M, "refused-by", name = name(cx, it))
    };
    html! {
        (marks::of_state(mark.0, mark.1).glyph()) " " (said) ", " span.j-dim { (dates::moment_time(lang, it.collected_at)) }
        @if it.file.is_some() { " · " (file(cx, duty, it)) }
    }
}

fn file(cx: &Cx<'_>, duty: &DutyPage, it: &EvidenceView) -> Markup {
    html! {
        @if let Some((id, name, bytes)) = &it.file {
            a.j-link href=(links::file(duty.header.id, *id)) download=(name) { (name) } " "
            span.j-dim { "(" (size(cx.lang, u64::try_from(*bytes).unwrap_or_default())) ")" }
        }
    }
}

fn name(cx: &Cx<'_>, it: &EvidenceView) -> String {
    it.person
        .as_ref()
        .map_or_else(|| t!(cx.lang, M, "somebody"), |it| it.name.clone())
}

/// By which version, resting on what: the two ends of the hash here, all of it on demand.
fn provenance(it: &EvidenceView) -> Markup {
    html! {
        @if let Some(hash) = &it.sha256 {
            p.j-sm.j-dim.mt-1 { "jalon " (it.program) ", " span.j-mono title=(hash) { "sha256 " (short(hash)) } }
        }
    }
}

/// The two ends of a hash.
fn short(hash: &str) -> String {
    match (hash.get(..4), hash.len().checked_sub(4).and_then(|it| hash.get(it..))) {
        (Some(head), Some(tail)) if hash.len() > 12 => format!("{head}…{tail}"),
        _ => hash.to_owned(),
    }
}
