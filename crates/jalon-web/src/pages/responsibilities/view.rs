//! The list as a page: next step, saved views, filters, groups. What htmx swaps is everything under the next step.

use jalon_domain::{gate::GateState, text::Lang};
use jalon_service::view::duties::{Duties, DutyGroup, Grouping, View};
use maud::{Markup, html};

use super::{M, ask, edit, filters, rows};
use crate::{
    links,
    pages::parts::{Cx, address::Address, assign, form::Tried, tally, toast},
    text::t,
    ui::{
        chart,
        chips::{self, View as Tab},
        dates, empty,
        icons::Icon,
        next,
        shell::{self, Frame, Head, Place},
        table::{self, Group},
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The rows and what is around them.
    pub duties: &'a Duties,
    /// The form that came back.
    pub(crate) tried: Option<&'a Tried>,
    /// The act that led here.
    pub(crate) done: Option<&'a str>,
}

impl List<'_> {
    /// The list as it is filtered.
    pub(super) fn address(&self) -> Address {
        ask::address(self.duties.header.id, &self.duties.filter)
    }

    /// Whether something narrows the list, so that what is left is worth showing whole.
    fn is_narrowed(&self) -> bool {
        let (filter, address) = (&self.duties.filter, self.address());
        filter.view.is_some_and(|it| it != View::All)
            || !address
                .without("view")
                .without("group")
                .without("edit")
                .query()
                .is_empty()
    }
}

/// The whole page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let (lang, counts) = (cx.lang, &it.duties.header.counts);
    let csv = it.address().without("edit").with("format", "csv");
    let head = Head::new(Place::Responsibilities.name(lang))
        .at(Place::Responsibilities)
        .meta(html! { (t!(lang, M, "applying", n = counts.applicable())) })
        .meta(html! { (t!(lang, M, "proven", n = counts.proven())) })
        .meta(html! { (t!(lang, M, "left-out", n = counts.not_applicable)) })
        .action(html! { a.btn.j-not-m href=(csv) download { (Icon::Download.show()) "CSV" } });
    let content = html! { (next_step(lang, it)) (list(cx, it)) (keys(frame, lang)) };
    shell::page(frame, &head, &content)
}

/// The list the step leads to needs no banner that leads to it.
fn next_step(lang: Lang, it: &List<'_>) -> Markup {
    let duties = it.duties;
    let next = duties
        .next
        .as_ref()
        .filter(|_| duties.filter.view != Some(View::Unassigned));
    html! {
        @if let Some(step) = next {
            @let href = links::to(&step.link, duties.header.id);
            div.mb-3 { (next::next_step(lang, step.title.get(lang), step.detail.get(lang), step.label.get(lang), &href)) }
        }
    }
}

/// What a filter, a view or a saved row replaces.
pub(crate) fn list(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let lang = cx.lang;
    html! {
        div #list hx-target="this" hx-swap="outerHTML show:none" {
            (toast::toast(lang, it.done))
            (assign::conflict(cx, it.tried))
            div hx-boost="true" { (chips::views(lang, &tabs(lang, it))) (filters::filters(lang, it.duties, &it.address())) }
            @if it.duties.shown == 0 { (nothing(lang, it)) } @else { (groups(cx, it)) }
        }
    }
}

/// A saved view begins afresh; only the grouping stays.
fn tabs(lang: Lang, it: &List<'_>) -> Vec<Tab> {
    let duties = it.duties;
    let plain = Address::new(links::responsibilities(duties.header.id)).with_some("group", duties.filter.group);
    let current = duties.filter.view.unwrap_or(View::All);
    let tab = |(view, count): &(View, usize)| Tab {
        label: view.name().get(lang).to_owned(),
        href: if *view == View::All {
            plain.short()
        } else {
            plain.with("view", view).short()
        },
        count: Some(*count),
        is_current: *view == current,
    };
    duties.views.iter().map(tab).collect()
}

fn nothing(lang: Lang, it: &List<'_>) -> Markup {
    let href = links::responsibilities(it.duties.header.id);
    let action = html! { a.btn href=(href) { (t!(lang, M, "show-all")) } };
    let is_view = it.duties.filter.view.is_some() && it.duties.filter.text.is_none();
    let sentence = if is_view {
        t!(lang, M, "empty-view")
    } else {
        t!(lang, M, "empty-filter")
    };
    empty::no_match(&t!(lang, M, "empty"), &sentence, &action)
}

fn groups(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let is_open = |group: &DutyGroup| {
        let is_edited = edit::edited(it.duties).is_some_and(|row| group.rows.iter().any(|own| own.id == *row));
        !group.folded || is_edited || it.is_narrowed()
    };
    let first = it.duties.groups.iter().position(is_open);
    html! {
        @for (n, group) in it.duties.groups.iter().enumerate() {
            // The heads stand once: the columns are the same in every group.
            (one(cx, it, group, is_open(group), first == Some(n)))
        }
    }
}

fn one(cx: &Cx<'_>, it: &List<'_>, group: &DutyGroup, is_open: bool, has_heads: bool) -> Markup {
    let (lang, counts) = (cx.lang, &group.counts);
    let figures = t!(
        lang,
        M,
        "group-proven",
        proven = counts.proven(),
        total = counts.applicable()
    );
    let shown = Group {
        title: group.title.get(lang),
        figures: &figures,
        stack: chart::stack(lang, &tally(counts)),
        aside: &aside(lang, it.duties.filter.group.unwrap_or(Grouping::Phase), group),
        is_open,
    };
    table::group(&shown, &rows::table(cx, it, group, has_heads))
}

/// By phase: what its gate says and when it is planned.
fn aside(lang: Lang, grouping: Grouping, group: &DutyGroup) -> String {
    let Some(gate) = &group.gate else {
        return if grouping == Grouping::Phase {
            t!(lang, M, "all-phases")
        } else {
            String::new()
        };
    };
    let planned = group.planned.map(|it| dates::day(lang, it)).unwrap_or_default();
    match gate.state {
        GateState::Open => t!(lang, M, "gate-open"),
        GateState::Blocked => t!(lang, M, "gate-blocked", date = planned),
        GateState::Later => t!(lang, M, "gate-later", date = planned),
        GateState::NotApplicable => t!(lang, M, "gate-none"),
    }
}

/// The keys that work here, for those who have a keyboard and want them.
fn keys(frame: &Frame, lang: Lang) -> Markup {
    html! {
        @if frame.prefs.keys {
            p.j-sm.j-dim.mt-3.j-not-m.j-js {
                kbd.j-kbd { "J" } " " kbd.j-kbd { "K" } " " (t!(lang, M, "key-move")) " \u{2003}"
                kbd.j-kbd { "/" } " " (t!(lang, M, "key-filter"))
            }
        }
    }
}
