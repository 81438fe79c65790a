//! Where the records of a fix are seen: by how many servers, who differs, until when; and the button that looks. A look
//! closes nothing, and says so.

use jalon_domain::{finding::FixKind, measure::Family, text::Lang};
use jalon_service::{
    Permission,
    propagation::{Elsewhere, Reached, Seen, SeenOn},
    view::remediation::{FindingsView, OpenedGroup},
};
use maud::{Markup, html};

use super::{M, view::List};
use crate::{
    links,
    pages::parts::Cx,
    text::t,
    ui::{dates, drawings::Mark, forms, icons::Icon},
};

/// Servers that differ, shown of one domain.
const OTHERS: usize = 12;

/// Whether the group's fix is records that can be looked for, or was.
fn is_looked_for(opened: &OpenedGroup) -> bool {
    let is_zone = opened.group.fix == Some(FixKind::Zone) && opened.group.check.family() == Family::Dns.word();
    is_zone || !opened.seen.is_empty()
}

/// The section; while somebody looks, it is read again until that is done.
pub(super) fn section(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    if !is_looked_for(opened) {
        return Markup::default();
    }
    let lang = cx.lang;
    let is_looking = opened.seen.iter().any(|it| it.looking);
    let here = format!("{}#seen", it.opened());
    let again = is_looking.then(|| it.opened().to_string());
    let why = if it.view() == FindingsView::Fixed {
        t!(lang, M, "seen-closed")
    } else {
        t!(lang, M, "seen-why")
    };
    html! {
        section #seen aria-labelledby="h-seen" hx-get=[again] hx-trigger=[is_looking.then_some("every 2s")]
            hx-select=[is_looking.then_some("#seen")] hx-target=[is_looking.then_some("this")] hx-swap=[is_looking.then_some("outerHTML")] {
            div.j-sech.mb-1 {
                h3.j-b #h-seen { (t!(lang, M, "seen-title")) }
                div.j-acts {
                    @if is_looking { a.btn href=(here) { (Icon::Again.show()) (t!(lang, M, "seen-reload")) } }
                    @else if may_look(it, opened) { (button(cx, it, opened)) }
                }
            }
            @if opened.seen.is_empty() { p.j-2.mb-0 { (t!(lang, M, "seen-never")) } }
            @else { ul.j-rows.j-fixes { @for of in &opened.seen { (one(cx, of)) } } }
            p.j-sm.j-dim.mb-0 { (why) }
            @if is_looking {
                // The marks that may come to be needed: what is swapped brings no symbols of its own.
                span.d-none aria-hidden="true" { @for it in Reached::ALL { (mark(*it).glyph()) } (Icon::Eye.show()) }
            }
        }
    }
}

/// What was closed before anybody looked has nothing that could be looked for.
fn may_look(it: &List<'_>, opened: &OpenedGroup) -> bool {
    let is_known = it.view() != FindingsView::Fixed || !opened.seen.is_empty();
    is_known && it.remediation.header.may(Permission::Measure)
}

fn button(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let action = format!(
        "{}{}",
        links::look(it.remediation.header.id, &opened.group.rule),
        it.opened().query()
    );
    let label = html! { (Icon::Eye.show()) (t!(cx.lang, M, "seen-look")) };
    forms::button_form(cx.token, &action, "btn", &label)
}

const fn mark(state: Reached) -> Mark {
    match state {
        Reached::Everywhere => Mark::Pass,
        Reached::Silent => Mark::Doubt,
        Reached::Partly => Mark::Running,
        Reached::Unknown => Mark::Idle,
    }
}

/// How far, in words. A look that told nothing is not one that nobody made.
fn words(lang: Lang, state: Reached, seen: usize, of: usize) -> String {
    match state {
        Reached::Everywhere => t!(lang, M, "seen-everywhere", of = of),
        Reached::Partly => t!(lang, M, "seen-partly", seen = seen, of = of),
        Reached::Silent => t!(lang, M, "seen-silent", seen = seen, of = of),
        Reached::Unknown => t!(lang, M, "seen-unknown"),
    }
}

/// In the line of a group, once somebody looked.
pub(super) fn brief(lang: Lang, seen: Option<Seen>) -> Markup {
    html! {
        @if let Some(it) = seen.filter(|it| it.state != Reached::Unknown) {
            span.d { span.j-st { (mark(it.state).glyph()) span.j-ok[it.state == Reached::Everywhere] { (words(lang, it.state, it.seen, it.of)) } } }
        }
    }
}

fn one(cx: &Cx<'_>, of: &SeenOn) -> Markup {
    let lang = cx.lang;
    let glyph = if of.looking { Mark::Running } else { mark(of.state) };
    let is_known = of.at.is_some() && of.state != Reached::Unknown;
    html! {
        li {
            (glyph.glyph())
            div.grow {
                div {
                    @if of.looking { b { (t!(lang, M, "seen-looking")) } @if is_known { " · " } }
                    @if is_known || !of.looking { b.j-ok[of.state == Reached::Everywhere] { (told(lang, of)) } }
                    " " span.j-mono.text-break { (of.name) }
                }
                div.j-sm.j-dim { (when(cx, of)) }
                @if let Some(reason) = &of.reason { p.j-sm.mb-0 { (reason.get(lang)) } }
                @if !of.unasked.is_empty() {
                    p.j-sm.j-warn.mb-0 { (t!(lang, M, "seen-unasked", n = of.unasked.len())) " " span.j-mono.text-break { (of.unasked.join(", ")) } }
                }
                (others(cx, of))
            }
        }
    }
}

fn told(lang: Lang, of: &SeenOn) -> String {
    match (of.state, of.at) {
        (Reached::Unknown, None) => t!(lang, M, "seen-not-looked"),
        (state, _) => words(lang, state, of.seen, of.of),
    }
}

/// When it was looked, and until when caches may go on with what they have.
fn when(cx: &Cx<'_>, of: &SeenOn) -> Markup {
    let lang = cx.lang;
    html! {
        @if let Some(at) = of.at { (t!(lang, M, "seen-at")) " " (dates::ago_time(lang, cx.now, at)) }
        @if let Some(until) = of.until {
            ", "
            @if until > cx.now { (t!(lang, M, "seen-until")) } @else { (t!(lang, M, "seen-ran-out")) }
            " " (dates::moment_time(lang, until))
        }
    }
}

/// Who shows something else, and what.
fn others(cx: &Cx<'_>, of: &SeenOn) -> Markup {
    let lang = cx.lang;
    html! {
        @if !of.elsewhere.is_empty() {
            ul.j-sm.j-2.mt-1.mb-0 {
                @for it in of.elsewhere.iter().take(OTHERS) { li.text-break { (other(lang, it)) } }
            }
            @if of.elsewhere.len() > OTHERS { p.j-sm.j-dim.mb-0 { (t!(lang, M, "seen-more", n = of.elsewhere.len() - OTHERS)) } }
        }
    }
}

fn other(lang: Lang, it: &Elsewhere) -> Markup {
    let role = if it.authoritative {
        t!(lang, M, "role-authoritative")
    } else {
        t!(lang, M, "role-resolver")
    };
    html! {
        span.j-mono { (it.server) } " (" (role) "), " span.j-mono { (it.set) } " "
        @match &it.unknown {
            Some(reason) => { span.j-warn { (t!(lang, M, "shows-unknown")) " " (reason.get(lang)) } }
            None if it.values.is_empty() => (t!(lang, M, "shows-none")),
            None => { (t!(lang, M, "shows")) @for value in &it.values { div { code { (value) } } } }
        }
    }
}
