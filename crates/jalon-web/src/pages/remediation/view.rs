//! The list as a page: counts, saved views, filters, then the groups of each family. The opened group is the one with the
//! page's primary button; while none is open, a banner names the one to begin with.

use jalon_domain::{finding::Severity, ids::FindingId, text::Lang};
use jalon_service::{
    Permission,
    view::remediation::{FamilyGroups, FindingGroup, FindingsView, Remediation},
};
use maud::{Markup, html};
use uuid::Uuid;

use super::{M, approved, ask, filters, opened, seen};
use crate::{
    links,
    pages::parts::{
        self, Cx,
        address::Address,
        assign,
        form::Tried,
        measure::{self, Scope},
        toast::{self, Done},
    },
    text::t,
    ui::{
        chips::{self, View as Tab},
        dates, empty,
        icons::Icon,
        marks, next, note,
        note::Tone,
        people,
        shell::{self, Frame, Head, Place},
    },
};

/// From the heaviest on.
const SEVERITIES: [Severity; 4] = [Severity::Blocker, Severity::Major, Severity::Minor, Severity::Info];

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The groups and what is around them.
    pub remediation: &'a Remediation,
    /// The finding that somebody wants to waive.
    pub waive: Option<FindingId>,
    /// The form that came back.
    pub(crate) tried: Option<&'a Tried>,
    /// The act that led here.
    pub(crate) done: Option<&'a str>,
    /// The fix that it was about.
    pub(crate) fix: Option<Uuid>,
}

impl List<'_> {
    /// The view that is shown.
    pub(super) fn view(&self) -> FindingsView {
        self.remediation.filter.view.unwrap_or(FindingsView::All)
    }

    /// The list as it is filtered, nothing opened.
    pub(super) fn closed(&self) -> Address {
        let address = ask::address(self.remediation.header.id, &self.remediation.filter);
        address.without("open").without("after").without("edit").without("plan")
    }

    /// The same with one group opened, at the page it is at.
    pub(super) fn opened(&self) -> Address {
        let address = ask::address(self.remediation.header.id, &self.remediation.filter);
        address.without("edit").without("plan")
    }
}

/// The whole page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let (lang, table) = (cx.lang, &it.remediation.table);
    let csv = it.closed().with("format", "csv");
    let open = t!(
        lang,
        M,
        "open",
        n = table.total(),
        shown = dates::count(lang, table.total())
    );
    let mut head = Head::new(Place::Remediation.name(lang))
        .at(Place::Remediation)
        .meta(html! { (open) });
    for severity in SEVERITIES {
        let href = Address::new(links::remediation(it.remediation.header.id))
            .with("view", FindingsView::All)
            .with("severity", severity);
        head = head.meta(html! { a href=(href) { (marks::severity_count(lang, severity, table.of(severity))) } });
    }
    if table.total() > 0 {
        head = head
            .action(html! { a.btn.j-not-m href=(csv) download { (Icon::Download.show()) (t!(lang, M, "checklist")) } });
    }
    let content = html! { (begin(lang, it)) (never_by_hand(lang, it)) (list(cx, it)) };
    shell::page(frame, &head, &content)
}

/// While nothing is opened, the group to begin with: the heaviest, and of these the one that is due first.
fn begin(lang: Lang, it: &List<'_>) -> Markup {
    let groups = it.remediation.families.iter().flat_map(|it| &it.groups);
    let first = groups.filter(|group| group.fix.is_some()).max_by_key(|group| {
        (
            group.severity,
            std::cmp::Reverse(group.due.is_none()),
            std::cmp::Reverse(group.due),
        )
    });
    let first = first.filter(|_| {
        it.remediation.opened.is_none() && it.view() != FindingsView::Fixed && it.view() != FindingsView::Waived
    });
    html! {
        @if let Some(group) = first {
            @let title = t!(lang, M, "begin", title = group.title.get(lang));
            @let why = t!(lang, M, "begin-why", n = group.count);
            div.mb-3 { (next::next_step(lang, &title, &why, &t!(lang, M, "open-fix"), &open_href(it, group))) }
        }
    }
}

fn never_by_hand(lang: Lang, it: &List<'_>) -> Markup {
    let fixed = it.remediation.table.fixed;
    let shown = dates::count(lang, usize::try_from(fixed).unwrap_or(usize::MAX));
    let message = html! {
        (t!(lang, M, "never-by-hand"))
        @if fixed > 0 { " " a.j-link href={ (links::remediation(it.remediation.header.id)) "?view=fixed" } { (t!(lang, M, "closed-so", n = fixed, shown = shown)) } }
    };
    html! { div.mb-3 { (note::note(Tone::Plain, &message)) } }
}

/// What a filter or a view replaces.
pub(crate) fn list(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let lang = cx.lang;
    html! {
        div #list hx-target="this" hx-swap="outerHTML show:none" {
            (done(cx, it))
            (assign::conflict(cx, it.tried))
            div hx-boost="true" { (chips::views(lang, &tabs(lang, it))) (filters::filters(lang, it)) }
            @if it.remediation.families.is_empty() { (nothing(lang, it)) }
            @for family in &it.remediation.families { (section(cx, it, family)) }
        }
    }
}

/// What was done; what it was done to a fix is undone from here.
fn done(cx: &Cx<'_>, it: &List<'_>) -> Markup {
    let act = match (Done::of(it.done), it.fix) {
        (Some(act @ (Done::FixApproved | Done::FixRestored)), Some(fix)) => Some((act, fix, "revoke")),
        (Some(act @ Done::FixRevoked), Some(fix)) => Some((act, fix, "restore")),
        _ => None,
    };
    match act.filter(|_| it.remediation.header.may(Permission::Approve)) {
        Some((act, fix, undo)) => toast::undoable(cx, act, &approved::action(it, fix, undo)),
        None => toast::toast(cx.lang, it.done),
    }
}

/// A saved view begins afresh.
fn tabs(lang: Lang, it: &List<'_>) -> Vec<Tab> {
    let plain = Address::new(links::remediation(it.remediation.header.id));
    let tab = |(view, count): &(FindingsView, usize)| Tab {
        label: view.name().get(lang).to_owned(),
        href: plain.with("view", view).to_string(),
        count: Some(*count),
        is_current: *view == it.view(),
    };
    it.remediation.views.iter().map(tab).collect()
}

fn nothing(lang: Lang, it: &List<'_>) -> Markup {
    let (id, table) = (it.remediation.header.id, &it.remediation.table);
    if table.rows.is_empty() {
        let act = html! { a.btn.btn-primary href=(links::checks(id)) { (t!(lang, M, "open-checks")) } };
        return empty::empty(&t!(lang, M, "not-measured"), &t!(lang, M, "not-measured-why"), &act);
    }
    if table.total() == 0 {
        let act = html! { a.btn href=(links::checks(id)) { (t!(lang, M, "open-checks")) } };
        return empty::empty(&t!(lang, M, "none-open"), &t!(lang, M, "none-open-why"), &act);
    }
    let act =
        html! { a.btn href={ (links::remediation(id)) "?view=all" } { (t!(lang, M, "show-all", n = table.total())) } };
    empty::no_match(&t!(lang, M, "no-match"), &t!(lang, M, "no-match-why"), &act)
}

fn section(cx: &Cx<'_>, it: &List<'_>, family: &FamilyGroups) -> Markup {
    let (lang, id) = (cx.lang, format!("h-{}", family.family));
    html! {
        section aria-labelledby=(id) {
            div.j-sech.mt-4.mb-1 {
                h2 id=(id) { (family.family.name().get(lang)) " " span.j-dim.fw-normal { (dates::count(lang, family.count)) } }
                div.j-sm.j-dim.d-flex.gap-1 { (measured(cx, it, family)) }
            }
            @for group in &family.groups { (one(cx, it, group)) }
        }
    }
}

fn measured(cx: &Cx<'_>, it: &List<'_>, family: &FamilyGroups) -> Markup {
    let lang = cx.lang;
    let scope = Scope {
        family: Some(family.family),
        target: None,
    };
    html! {
        @if let Some(at) = family.measured_at { span { (t!(lang, M, "measured")) " " (dates::ago_time(lang, cx.now, at)) } }
        @if it.remediation.header.may(Permission::Measure) {
            @if family.measured_at.is_some() { span aria-hidden="true" { "·" } }
            (measure::button(cx, it.remediation.header.id, scope, "j-quiet j-link", &html! { (t!(lang, M, "measure")) }))
        }
    }
}

fn open_href(it: &List<'_>, group: &FindingGroup) -> String {
    format!("{}#g-{}", it.closed().with("open", &group.rule), group.rule)
}

/// A group: a line that opens it, or the line with everything about it underneath.
fn one(cx: &Cx<'_>, it: &List<'_>, group: &FindingGroup) -> Markup {
    let opened = it.remediation.opened.as_ref().filter(|it| it.group.rule == group.rule);
    let anchor = format!("g-{}", group.rule);
    html! {
        @match opened {
            Some(opened) => {
                details id=(anchor) open {
                    summary.j-f { (line(cx, group)) }
                    (opened::block(cx, it, opened))
                }
            }
            None => { a.j-f id=(anchor) href=(open_href(it, group)) { (line(cx, group)) } }
        }
    }
}

fn line(cx: &Cx<'_>, group: &FindingGroup) -> Markup {
    let lang = cx.lang;
    let late = group
        .due
        .filter(|_| group.late)
        .and_then(|it| dates::late(lang, cx.today(), it));
    html! {
        (marks::severity_glyph(lang, group.severity))
        span {
            span.t { (group.title.get(lang)) @if let Some(at) = group.came_back { " " (marks::came_back(lang, dates::date_of(at))) } }
            span.d { (group.rule) @if !group.subject.is_empty() { ", " (group.subject) } }
            (seen::brief(lang, group.seen))
        }
        span.hm.j-num { (t!(lang, M, "objects", n = group.count, shown = dates::count(lang, group.count))) }
        span.hm { @match &group.owner { Some(it) => { (parts::person(it)) } None => { (people::nobody_at_all(lang)) } } }
        span.hm.j-nw {
            @match group.due { Some(date) => { (dates::due(lang, cx.today(), date)) } None => { (dates::no_date()) } }
            @if let Some(late) = late { span.d { (late) } }
        }
        svg.j-i.chev aria-hidden="true" { use href="#i-right" {} }
    }
}
