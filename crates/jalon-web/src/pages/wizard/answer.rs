//! The right column of the wizard: what the choices make, answered anew with each tick.

use jalon_domain::text::Lang;
use jalon_service::engagement::Preview;
use maud::{Markup, html};

use super::{M, reasons::Reason, step::Step, view::Wizard};
use crate::{
    text::t,
    ui::{chart, drawings::Mark, icons::Icon},
};

/// The column.
pub fn answer(lang: Lang, it: &Wizard) -> Markup {
    let Preview {
        applicable,
        machine,
        left_out,
    } = &it.preview;
    let nothing = it.draft.all("programmes").next().is_none();
    html! {
        aside #preview aria-live="polite" {
            // Stays in sight while one ticks further down.
            div.sticky-top.py-1 {
                h2.mb-2 { (t!(lang, M, "makes")) }
                @if nothing { p.j-2 { (t!(lang, M, "no-programme")) } }
                @else { (shares(lang, *applicable, *machine, left_out.len())) (added(lang, it)) (reasons(lang, &it.reasons)) }
                @if it.step == Step::Scope { (refresh(lang)) }
            }
        }
    }
}

/// Without script a tick is answered when asked.
fn refresh(lang: Lang) -> Markup {
    html! {
        noscript {
            p.mt-3 {
                button.btn type="submit" form="f-wizard" name="go" value="refresh" formnovalidate {
                    (Icon::Again.show()) (t!(lang, M, "refresh"))
                }
            }
        }
    }
}

fn shares(lang: Lang, applicable: usize, machine: usize, left_out: usize) -> Markup {
    let people = applicable.saturating_sub(machine);
    let label = t!(lang, M, "shares", machine = machine, people = people);
    html! {
        div.j-kpi.mb-3 {
            div { b { (applicable) } span { (t!(lang, M, "applies", n = applicable)) } }
            div { b { (left_out) } span { (t!(lang, M, "left-out")) } }
        }
        (chart::bar(&label, &[("k-verified", machine), ("k-attested", people)]))
        div.j-leg.mt-2 {
            div { (Mark::Verified.glyph()) (t!(lang, M, "by-machine")) span.j-n { (machine) } }
            div { (Mark::Attested.glyph()) (t!(lang, M, "by-people")) span.j-n { (people) } }
        }
        p.j-sm.j-dim.mt-2 { (t!(lang, M, "can-change")) }
    }
}

fn added(lang: Lang, it: &Wizard) -> Markup {
    html! {
        @if !it.added.is_empty() {
            h3.mt-3.mb-1 { (t!(lang, M, "added")) }
            ul.j-plain.j-sm.j-2 {
                @for (title, n) in &it.added { li.py-1 { (Icon::Plus.show()) " " (t!(lang, M, "n-more", title = title.get(lang), n = *n)) } }
            }
        }
    }
}

/// What is left out, by the condition that is not met; the titles open.
fn reasons(lang: Lang, reasons: &[Reason]) -> Markup {
    html! {
        h3.mt-3.mb-1 { (t!(lang, M, "why-left-out")) }
        @if reasons.is_empty() { p.j-sm.j-2 { (t!(lang, M, "nothing-left-out")) } }
        @for it in reasons {
            details.j-sm.j-2.py-1 {
                summary { (Mark::NotApplicable.glyph()) " " (reason(lang, it)) }
                ul.mb-0 { @for title in &it.titles { li { (title.get(lang)) } } }
            }
        }
    }
}

fn reason(lang: Lang, it: &Reason) -> String {
    let (n, condition) = (it.titles.len(), it.condition.get(lang));
    if it.is_excluded {
        t!(lang, M, "not-with", n = n, condition = condition)
    } else {
        t!(lang, M, "only-with", n = n, condition = condition)
    }
}
