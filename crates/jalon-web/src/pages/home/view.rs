//! The start page: what to go on with, then every engagement in a line.

use jalon_domain::{finding::Severity, gate::GateState, profile::Programme, programme::Phase, text::Lang};
use jalon_service::view::home::EngagementCard;
use maud::{Markup, html};

use super::{
    M,
    list::{Home, pressure},
};
use crate::{
    links,
    pages::parts::{address::Address, tally},
    text::t,
    ui::{
        chart,
        chips::{self, Search},
        dates, empty,
        icons::Icon,
        marks, next,
        shell::{self, Frame, Head, Place},
        table::{self, Column},
    },
};

/// The page.
pub fn page(frame: &Frame, home: &Home) -> Markup {
    let lang = frame.lang();
    let content = html! {
        @if home.all == 0 { (nothing_yet(lang, home.may_create)) }
        @else { (next_step(lang, home)) div.mt-3 { (search(lang, home)) } (list(lang, home)) }
    };
    shell::page(frame, &head(lang, home), &content)
}

fn head(lang: Lang, home: &Home) -> Head {
    let head = Head::new(t!(lang, M, "engagements")).at(Place::Engagements);
    if home.all == 0 {
        return head;
    }
    let count = |n| dates::count(lang, n);
    let head = head
        .meta(html! { (t!(lang, M, "count", n = home.all)) })
        .meta(html! { (t!(lang, M, "proven-share", proven = count(home.proven.0), total = count(home.proven.1))) });
    if !home.may_create {
        return head;
    }
    head.action(html! { a.btn href=(links::NEW_ENGAGEMENT) { (Icon::Plus.show()) (t!(lang, M, "new")) } })
}

fn nothing_yet(lang: Lang, may_create: bool) -> Markup {
    if !may_create {
        return empty::empty(
            &t!(lang, M, "empty-member"),
            &t!(lang, M, "empty-member-why"),
            &Markup::default(),
        );
    }
    let act = html! { a.btn.btn-primary href=(links::NEW_ENGAGEMENT) { (t!(lang, M, "new")) } };
    empty::empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act)
}

fn next_step(lang: Lang, home: &Home) -> Markup {
    let Some(card) = &home.first else {
        return Markup::default();
    };
    let (blockers, failing) = pressure(card);
    let title = t!(lang, M, "continue", name = &card.organisation);
    let why = if home.all == 1 {
        t!(lang, M, "continue-only", blockers = blockers, failing = failing)
    } else {
        t!(lang, M, "continue-why", blockers = blockers, failing = failing)
    };
    next::next_step(lang, &title, &why, &t!(lang, M, "open"), &links::overview(card.id))
}

/// The search, once there are too many to see at a glance.
fn search(lang: Lang, home: &Home) -> Markup {
    let hint = t!(lang, M, "hint");
    html! {
        @if home.all > 8 {
            (chips::filters(lang, links::HOME, &Search { text: &home.text, hint: &hint, kept: &[] }, &Markup::default(), &Markup::default()))
        }
    }
}

fn list(lang: Lang, home: &Home) -> Markup {
    if home.cards.is_empty() {
        let act = html! { a.btn href=(links::HOME) { (t!(lang, M, "show-all")) } };
        let title = t!(lang, M, "none-found", text = &home.text);
        return empty::no_match(&title, &t!(lang, M, "none-found-why"), &act);
    }
    let heads = [
        t!(lang, M, "engagement"),
        t!(lang, M, "proof"),
        t!(lang, M, "stands-at"),
        t!(lang, M, "findings"),
        t!(lang, M, "started"),
    ];
    let [engagement, proof, stands_at, findings, started] = heads.each_ref().map(|it| Column::text(it));
    let columns = [engagement, proof, stands_at, findings, started.extra()];
    let rows: Vec<Vec<Markup>> = home.cards.iter().map(|it| row(lang, it)).collect();
    let address = Address::new(links::HOME).with("q", &home.text);
    let page = |n: usize| address.with("page", n).to_string();
    let previous = (home.page > 1).then(|| page(home.page - 1));
    let next = home.has_more.then(|| page(home.page + 1));
    html! {
        (table::table(&t!(lang, M, "engagements"), &columns, &rows))
        (table::pager(lang, previous.as_deref(), next.as_deref()))
    }
}

fn row(lang: Lang, card: &EngagementCard) -> Vec<Markup> {
    let (proven, total) = (card.counts.proven(), card.counts.applicable());
    vec![
        html! { a.j-b href=(links::overview(card.id)) { (card.organisation) } div.j-sm.j-dim { (about(lang, card)) } },
        html! { div.d-flex.gap-2.align-items-center { (chart::stack(lang, &tally(&card.counts))) span.j-sm.j-nw { (proven) "/" (total) } } },
        stands_at(lang, card),
        findings(lang, card),
        dates::day_time(lang, card.start),
    ]
}

fn about(lang: Lang, card: &EngagementCard) -> String {
    let short = |it: &Programme| match it {
        Programme::Office365 => "Office 365",
        Programme::Ems => "EMS",
    };
    let programmes = card.programmes.iter().map(short).collect::<Vec<_>>().join(" + ");
    let seats = t!(
        lang,
        M,
        "seats",
        n = dates::count(lang, usize::try_from(card.seats).unwrap_or(usize::MAX))
    );
    let name = (card.name != card.organisation).then(|| card.name.clone());
    name.into_iter()
        .chain([programmes, seats])
        .collect::<Vec<_>>()
        .join(", ")
}

/// The phase whose gate is shut. A gate that closes a phase is called by the phase's word.
fn stands_at(lang: Lang, card: &EngagementCard) -> Markup {
    let closing = || {
        card.gates
            .iter()
            .filter_map(|it| Some((it.id.as_str().parse::<Phase>().ok()?, it.state)))
    };
    let current = closing().find(|it| it.1 == GateState::Blocked);
    html! {
        @if let Some((phase, state)) = current { span.j-st { (marks::gate_flag(state)) (phase.name().get(lang)) } }
        @else if closing().next().is_some() { span.j-st { (marks::gate_flag(GateState::Open)) (t!(lang, M, "all-gates")) } }
        @else { span.j-dim { (t!(lang, M, "no-gates")) } }
    }
}

/// Open findings that hold a gate, and the rest in a number.
fn findings(lang: Lang, card: &EngagementCard) -> Markup {
    let of = |it: Severity| card.findings.get(&it).copied().unwrap_or_default();
    let heavy = [Severity::Blocker, Severity::Major].map(|it| (it, of(it)));
    let lighter = of(Severity::Minor) + of(Severity::Info);
    let is_clear = lighter == 0 && heavy.iter().all(|it| it.1 == 0);
    html! {
        @if is_clear { span.j-dim { (t!(lang, M, "nothing-open")) } }
        @for (severity, n) in heavy.into_iter().filter(|it| it.1 > 0) { span.me-3 { (marks::severity_count(lang, severity, n)) } }
        @if lighter > 0 { span.j-dim.j-nw { (t!(lang, M, "lighter", n = lighter)) } }
    }
}
