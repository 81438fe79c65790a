//! What machines saw: open findings by family and severity, and how long the evidence still holds.

use jalon_domain::{finding::Severity, measure::Family, text::Lang};
use jalon_service::view::{
    Link,
    common::FindingTableRow,
    duties::View,
    overview::{Freshness, Overview},
};
use jiff::Timestamp;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{
        chart::expiry::{self, Expiry},
        dates, empty, lists, marks,
    },
};

/// From the heaviest on.
const SEVERITIES: [Severity; 4] = [Severity::Blocker, Severity::Major, Severity::Minor, Severity::Info];

pub(super) fn findings(lang: Lang, view: &Overview, now: Timestamp) -> Markup {
    let (table, list) = (&view.findings, links::remediation(view.header.id));
    if table.rows.is_empty() {
        let act = html! { a.btn href=(links::checks(view.header.id)) { (t!(lang, M, "open-checks")) } };
        let body = empty::no_match(&t!(lang, M, "not-measured"), &t!(lang, M, "not-measured-detail"), &act);
        let title = html! { (t!(lang, M, "findings", n = 0usize, shown = "0")) };
        return lists::section("h-find", &title, &Markup::default(), &body);
    }
    let title = html! { (t!(lang, M, "findings", n = table.total(), shown = dates::count(lang, table.total()))) };
    let fixed = dates::count(lang, usize::try_from(table.fixed).unwrap_or(usize::MAX));
    let end = html! {
        span.j-sm.j-dim {
            a.j-link href={ (list) "?view=fixed" } { (t!(lang, M, "fixed", n = fixed)) }
            @if table.accepted > 0 { ", " a.j-link href={ (list) "?view=waived" } { (t!(lang, M, "accepted", n = table.accepted)) } }
        }
    };
    let body = html! { (figures(lang, view, now, &list)) (holding(lang, view)) };
    lists::section("h-find", &title, &end, &body)
}

fn figures(lang: Lang, view: &Overview, now: Timestamp, list: &str) -> Markup {
    let table = &view.findings;
    html! {
        table.j-tbl {
            caption.visually-hidden { (t!(lang, M, "findings", n = table.total(), shown = dates::count(lang, table.total()))) }
            thead { tr {
                th scope="col" { (t!(lang, M, "family")) }
                @for it in SEVERITIES { th.j-r scope="col" { (marks::severity(lang, it)) } }
                th.j-r scope="col" { (t!(lang, M, "total")) }
                th.j-r.j-not-m scope="col" { (t!(lang, M, "last-measured")) }
            } }
            tbody {
                @for row in &table.rows { (family(lang, row, now, list)) }
                tr {
                    td.j-dim { (t!(lang, M, "total")) }
                    @for it in SEVERITIES { td.j-r.j-b { (cell(lang, table.of(it), list, None, Some(it))) } }
                    td.j-r.j-b { (cell(lang, table.total(), list, None, None)) }
                    td.j-not-m {}
                }
            }
        }
    }
}

fn family(lang: Lang, row: &FindingTableRow, now: Timestamp, list: &str) -> Markup {
    let family = row.family;
    html! {
        tr {
            td { a.j-b href=(address(list, Some(family), None)) { (family.name().get(lang)) } }
            @for it in SEVERITIES { td.j-r { (cell(lang, row.of(it), list, Some(family), Some(it))) } }
            td.j-r.j-b { (cell(lang, row.total(), list, Some(family), None)) }
            td.j-r.j-dim.j-not-m {
                @if let Some(at) = row.measured_at { (dates::ago_time(lang, now, at)) }
                @else { (t!(lang, M, "never-measured")) }
            }
        }
    }
}

/// A number that leads to what it counts.
fn cell(lang: Lang, n: usize, list: &str, family: Option<Family>, severity: Option<Severity>) -> Markup {
    html! {
        @if n == 0 { span.j-dim { "0" } }
        @else { a href=(address(list, family, severity)) { (dates::count(lang, n)) } }
    }
}

fn address(list: &str, family: Option<Family>, severity: Option<Severity>) -> String {
    let family = family.map(|it| format!("&family={it}")).unwrap_or_default();
    let severity = severity.map(|it| format!("&severity={it}")).unwrap_or_default();
    format!("{list}?view=all{family}{severity}")
}

/// The gate that waits for findings, and for how many.
fn holding(lang: Lang, view: &Overview) -> Markup {
    let waiting = view.phases.iter().map(|it| &it.gate).find(|it| it.findings() > 0);
    html! {
        @if let Some(gate) = waiting {
            @let n = gate.findings();
            p.j-sm.j-dim.mt-2 { (t!(lang, M, "holding", n = n, shown = dates::count(lang, n), gate = gate.title.get(lang))) }
        }
    }
}

pub(super) fn freshness(lang: Lang, view: &Overview) -> Markup {
    let Freshness {
        expired,
        soon,
        later,
        weeks,
    } = &view.freshness;
    let ends = *expired > 0 || weeks.iter().any(|it| it.1 > 0);
    let href = links::to(&Link::Responsibilities { view: View::Renew }, view.header.id);
    let end = html! { a.j-link.j-sm href=(href) { (t!(lang, M, "renewals")) } };
    let body = html! {
        @if ends {
            p.j-sm.j-2 { (t!(lang, M, "renew", n = soon + expired, expired = *expired)) }
            (expiry::expiry(lang, &Expiry { past: *expired, weeks: weeks.clone() }))
        } @else {
            p.j-sm.j-2 { (t!(lang, M, "nothing-ends")) }
        }
        @if *later > 0 { p.j-sm.j-dim.mt-2 { (t!(lang, M, "lasting", n = *later)) } }
    };
    lists::section("h-fresh", &html! { (t!(lang, M, "freshness")) }, &end, &body)
}
