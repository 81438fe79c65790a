//! What the source says, what good looks like, what proves it; and what it stands next to: dependencies, children, gates.

use jalon_domain::text::Lang;
use jalon_service::view::duty::{DutyPage, GateRef, Related, SourceView};
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{lists, marks, note, note::Tone},
};

/// Bullets shown at once; the others fold.
const SHOWN: usize = 2;

/// The section.
pub(super) fn section(lang: Lang, duty: &DutyPage) -> Markup {
    let (shown, folded) = duty.sources.split_at(duty.sources.len().min(SHOWN));
    html! {
        section.j-sec.mt-3 aria-labelledby="h-src" {
            h2.mb-2 #h-src { (t!(lang, M, "source")) }
            @for it in shown { (bullet(lang, it)) }
            @if !folded.is_empty() {
                details.j-data { summary { (t!(lang, M, "more-bullets", n = folded.len())) } @for it in folded { (bullet(lang, it)) } }
            }
            p.mt-2 { b { (t!(lang, M, "good")) } " " (duty.good.get(lang)) }
            p.mt-2 { b { (t!(lang, M, "proof")) } " " (duty.proof.get(lang)) }
            (around(lang, duty))
        }
    }
}

fn bullet(lang: Lang, it: &SourceView) -> Markup {
    html! {
        div.mb-2 {
            p.j-2 { (it.title.get(lang)) }
            p.j-sm.j-dim { span.j-mono { (it.id) } " · " (it.citation.get(lang)) }
            @if let Some(text) = &it.divergence {
                div.mt-1 { (note::note(Tone::Warn, &html! { b { (t!(lang, M, "divergence")) } " " (text.get(lang)) })) }
            }
        }
    }
}

fn around(lang: Lang, duty: &DutyPage) -> Markup {
    let related = |name: String, all: &[Related]| (!all.is_empty()).then(|| (name, list(lang, duty, all)));
    let facts: Vec<(String, Markup)> = [
        related(t!(lang, M, "depends-on"), &duty.depends_on),
        related(t!(lang, M, "children"), &duty.children),
        related(t!(lang, M, "needed-by"), &duty.needed_by),
        (!duty.gates.is_empty()).then(|| {
            (
                t!(lang, M, "gates", n = duty.gates.len()),
                gates(lang, duty, &duty.gates),
            )
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    let facts: Vec<(&str, Markup)> = facts
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    html! { @if !facts.is_empty() { div.mt-2 { (lists::facts(&facts)) } } }
}

fn list(lang: Lang, duty: &DutyPage, all: &[Related]) -> Markup {
    html! {
        ul.j-plain {
            @for it in all {
                li { (marks::state_glyph(lang, it.state, it.reason)) " " a href=(links::responsibility(duty.header.id, &it.id)) { (it.title.get(lang)) } }
            }
        }
    }
}

fn gates(lang: Lang, duty: &DutyPage, all: &[GateRef]) -> Markup {
    html! {
        ul.j-plain {
            @for it in all {
                li {
                    (marks::gate_flag(it.state)) " " a href=(links::gate(duty.header.id, &it.id)) { (it.title.get(lang)) } " "
                    span.j-dim { (crate::pages::parts::lower(it.state.name().get(lang))) }
                }
            }
        }
    }
}
