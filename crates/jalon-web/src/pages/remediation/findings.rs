//! The findings of an opened group, each with what was observed and what is expected; and the form that accepts one.

use jalon_domain::{proof::State, text::Lang};
use jalon_service::{
    Permission,
    view::remediation::{FindingView, FindingsView, OpenedGroup},
};
use maud::{Markup, html};

use super::{
    M, opened,
    view::List,
    write::{TICKED, WAIVER},
};
use crate::{
    links,
    pages::parts::{self, Cx, assign, finding, form::tried},
    text::t,
    ui::{
        dates,
        forms::{self, Field},
        marks, table,
    },
};

/// The findings of this page of the group, with the links to its other pages.
pub(super) fn list(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let lang = cx.lang;
    let anchor = |address: String| format!("{address}#g-{}", opened.group.rule);
    // Who ticks findings goes on ticking on the next page.
    let here = it.opened().with_some("edit", it.remediation.filter.edit.as_deref());
    let next = opened
        .next
        .as_ref()
        .map(|after| anchor(here.with("after", after).to_string()));
    let first = it
        .remediation
        .filter
        .after
        .as_ref()
        .map(|_| anchor(here.without("after").to_string()));
    html! {
        @if let [only] = opened.findings.as_slice() { (alone(cx, it, only)) } @else { (several(cx, it, opened)) }
        @if let Some(chosen) = it.waive.and_then(|id| opened.findings.iter().find(|it| it.id == id)) { (waive(cx, it, chosen)) }
        @if first.is_some() || next.is_some() { (table::pager(lang, first.as_deref(), next.as_deref())) }
    }
}

/// The only finding: the facts above say the rest.
fn alone(cx: &Cx<'_>, it: &List<'_>, only: &FindingView) -> Markup {
    let lang = cx.lang;
    html! {
        p.j-sm.j-dim {
            (t!(lang, M, "first-seen")) " " (dates::moment_time(lang, only.opened_at)) ", "
            (t!(lang, M, "last-seen")) " " a.j-link href=(links::run(it.remediation.header.id, only.run)) { (dates::ago_time(lang, cx.now, only.last_seen_at)) }
            @let what = standing(cx, it, only);
            @if !what.0.is_empty() { " · " (what) }
        }
    }
}

fn several(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    let lang = cx.lang;
    let (observed, expected) = (t!(lang, M, "observed"), t!(lang, M, "expected"));
    let ticks = opened::is_edited(it, opened);
    html! {
        table.j-tbl.stack.top {
            caption.visually-hidden { (opened.rule_title.get(lang)) }
            thead { tr {
                @if ticks { th scope="col" { span.visually-hidden { (t!(lang, M, "pick")) } } }
                th scope="col" { (t!(lang, M, "object")) }
                th scope="col" { (observed) }
                th scope="col" { (expected) }
                th scope="col" { span.visually-hidden { (t!(lang, M, "standing")) } }
            } }
            tbody {
                @for finding in &opened.findings {
                    tr {
                        @if ticks { td { (tick(lang, finding)) } }
                        td.j-wrap { span.j-mono { (finding.subject) } @if let Some(attribute) = &finding.attribute { " " span.j-dim { (attribute) } } }
                        td.j-wrap data-l=(observed) { (finding::observed(lang, finding)) }
                        td.j-wrap.j-2 data-l=(expected) { (finding::measured(&finding.expected)) }
                        td.j-r.j-nw { (standing(cx, it, finding)) }
                    }
                }
            }
        }
    }
}

/// A box to tick, which goes with the form of owner and due date.
fn tick(lang: Lang, finding: &FindingView) -> Markup {
    let name = t!(lang, M, "pick-one", subject = finding.subject.as_str());
    html! { input.form-check-input type="checkbox" name=(TICKED) value=(finding.id) form=(opened::OWNER_FORM) aria-label=(name); }
}

/// What else there is to say of one: accepted until, closed on, back since; or the link that accepts it.
fn standing(cx: &Cx<'_>, it: &List<'_>, finding: &FindingView) -> Markup {
    let lang = cx.lang;
    let day = |at| dates::day_time(lang, dates::date_of(at));
    let may = it.remediation.header.may(Permission::Except) && it.view() != FindingsView::Fixed;
    html! {
        @if let Some(at) = finding.fixed_at.filter(|_| it.view() == FindingsView::Fixed) {
            (t!(lang, M, "closed-on")) " " (day(at))
        } @else if let Some(until) = finding.accepted_until {
            (marks::state_glyph(lang, State::Waived, None)) " " (t!(lang, M, "waived-until")) " " (dates::day_time(lang, parts::last_day(until)))
        } @else if may {
            @let href = it.opened().with("waive", finding.id);
            a.j-link href={ (href) "#waive" } { (t!(lang, M, "waive-one")) }
        }
    }
}

/// The form that accepts one finding.
fn waive(cx: &Cx<'_>, it: &List<'_>, finding: &FindingView) -> Markup {
    let (lang, header) = (cx.lang, &it.remediation.header);
    if !header.may(Permission::Except) {
        return Markup::default();
    }
    let tried = tried(it.tried, WAIVER);
    let typed = |name: &str| tried.map_or("", |it| it.fields.get(name));
    let error = |name: &str| tried.and_then(|it| it.error(name, lang));
    let list = it.opened();
    let action = format!(
        "{}/findings/{}/waiver{}",
        links::overview(header.id),
        finding.id,
        list.query()
    );
    let body = html! {
        p { (finding::subject(finding)) }
        p.j-sm.j-2 { (t!(lang, M, "waive-price")) }
        (Field::area("waiver-reason", &t!(lang, M, "waiver-reason"), 2).value(typed("waiver-reason")).hint(&t!(lang, M, "reason-hint")).error(error("reason")).required().focus())
        (Field::date("until", &t!(lang, M, "until")).value(typed("until")).hint(&t!(lang, M, "until-hint")).error(error("until")).required())
        (Field::text("ticket", &t!(lang, M, "ticket")).value(typed("ticket")))
        (Field::text("approver", &t!(lang, M, "approver")).value(typed("approver")))
        div.j-acts { button.btn type="submit" { (t!(lang, M, "waive-this")) } a.btn.btn-ghost href=(list) { (t!(lang, M, "cancel")) } }
    };
    html! {
        section.j-panel #waive aria-label=(t!(lang, M, "waive-one")) {
            @if let Some(tried) = tried { (assign::came_back(cx, tried, &["reason", "until"])) }
            (forms::post(cx.token, &action, "j-form", &body))
        }
    }
}
