//! The trail as a page: what the chain is worth, then the events, newest first, day by day.

use jalon_domain::{
    ids::{EngagementId, ResponsibilityId},
    text::Lang,
};
use jalon_service::view::audit::{AuditPage, ChainView, EventRow};
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;

use super::M;
use crate::{
    links,
    pages::parts::{self, Cx, address::Address},
    text::t,
    ui::{
        dates, empty,
        icons::Icon,
        marks, note,
        note::Tone,
        people,
        shell::{self, Frame, Head, Place},
        table,
    },
};

/// Characters shown of the details of one event.
const LENGTH: usize = 1_500;

/// The action of a change of state: it comes of the act beside it.
const STATE: &str = "state.changed";

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Trail<'a> {
    /// The events.
    pub page: &'a AuditPage,
    /// The event before which they are.
    pub before: Option<i64>,
    /// What reading the chain found, if it was asked for.
    pub chain: Option<&'a ChainView>,
}

/// Where the trail stands, from the event before `before` on.
pub(super) fn address(id: EngagementId, before: Option<i64>) -> Address {
    Address::new(links::audit(id)).with_some("before", before)
}

/// The page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &Trail<'_>) -> Markup {
    let lang = cx.lang;
    let head = Head::new(Place::Audit.name(lang))
        .at(Place::Audit)
        .meta(html! { (t!(lang, M, "what-it-is")) })
        .action(verify(lang, it));
    let content = html! {
        (verdict(lang, it))
        @if it.page.events.is_empty() { (nothing(lang, it)) } @else { (days(cx, it)) (pager(lang, it)) }
    };
    shell::page(frame, &head, &content)
}

/// Reading is no change: a plain link that asks for it, in the shape of the page's one button.
fn verify(lang: Lang, it: &Trail<'_>) -> Markup {
    let address = address(it.page.header.id, it.before);
    html! {
        form method="get" action=(address.path()) {
            @for (name, value) in address.others("verify") { input type="hidden" name=(name) value=(value); }
            button.btn.btn-primary type="submit" name="verify" value="1" { (Icon::Check.show()) (t!(lang, M, "verify")) }
        }
    }
}

fn verdict(lang: Lang, it: &Trail<'_>) -> Markup {
    let Some(chain) = it.chain else {
        return Markup::default();
    };
    let read = dates::count(lang, usize::try_from(chain.events).unwrap_or(usize::MAX));
    let (tone, message) = match &chain.broken {
        None => (
            Tone::Ok,
            html! { b { (t!(lang, M, "holds")) } " " (t!(lang, M, "holds-why", n = chain.events, shown = read)) },
        ),
        Some((seq, text)) => (
            Tone::Bad,
            html! { b { (t!(lang, M, "broken", seq = *seq)) } " " (text.get(lang)) ". " (t!(lang, M, "broken-why")) },
        ),
    };
    html! { div.mb-3 role="status" { (note::note(tone, &message)) } }
}

fn nothing(lang: Lang, it: &Trail<'_>) -> Markup {
    let act = html! { a.btn href=(links::overview(it.page.header.id)) { (t!(lang, M, "to-overview")) } };
    empty::empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act)
}

fn pager(lang: Lang, it: &Trail<'_>) -> Markup {
    let id = it.page.header.id;
    let newest = it.before.map(|_| address(id, None).to_string());
    let older = it.page.next.map(|seq| address(id, Some(seq)).to_string());
    table::pager(lang, newest.as_deref(), older.as_deref())
}

/// One table a day: who looks for something remembers the day.
fn days(cx: &Cx<'_>, it: &Trail<'_>) -> Markup {
    let mut days: Vec<(Date, Vec<&EventRow>)> = Vec::new();
    for event in &it.page.events {
        let day = dates::date_of(event.at);
        match days.last_mut() {
            Some((last, events)) if *last == day => events.push(event),
            _ => days.push((day, vec![event])),
        }
    }
    html! {
        @for (day, events) in &days {
            section.mt-3 aria-labelledby={ "d-" (day) } {
                div.j-sech.mb-1 { h2 id={ "d-" (day) } { time datetime=(day) { (dates::day_long(cx.lang, *day)) } } }
                (events_of(cx, it, *day, events))
            }
        }
    }
}

fn events_of(cx: &Cx<'_>, it: &Trail<'_>, day: Date, events: &[&EventRow]) -> Markup {
    let lang = cx.lang;
    let heads = [
        t!(lang, M, "number"),
        t!(lang, M, "time"),
        t!(lang, M, "who-did-what"),
        t!(lang, M, "details"),
        t!(lang, M, "hash"),
    ];
    html! {
        table.j-tbl.stack.top.j-trail {
            caption.visually-hidden { (t!(lang, M, "events-of", day = dates::day_long(lang, day))) }
            thead { tr { @for (n, head) in heads.iter().enumerate() { th.j-r[n == 0].j-not-m[n == 4] scope="col" { (head) } } } }
            tbody { @for event in events { (row(lang, it, event)) } }
        }
    }
}

fn row(lang: Lang, it: &Trail<'_>, event: &EventRow) -> Markup {
    html! {
        tr id={ "n-" (event.seq) } {
            td.j-r.j-dim.inl { (event.seq) }
            td.inl.j-nw { time datetime=(event.at) title=(dates::moment_full(lang, event.at)) { (dates::clock(event.at)) } }
            td.j-wrap { (actor(lang, event)) " " (what(lang, event)) @if !event.subject.is_empty() { " " (subject(it, event)) } (transition(lang, event)) }
            td { (details(lang, event)) }
            td.j-not-m { span.j-mono.j-dim title=(event.hash) { (event.hash.get(..10).unwrap_or(&event.hash)) } }
        }
    }
}

/// Who: the program itself has no name of its own.
fn actor(lang: Lang, event: &EventRow) -> Markup {
    html! {
        @if event.action == STATE && !event.actor.is_empty() { span.j-who title=(event.actor) { (people::avatar(&event.actor, false)) span.visually-hidden { (event.actor) ":" } } }
        @else if event.actor.is_empty() { span.j-who { span.j-av aria-hidden="true" { "J" } span.visually-hidden { (t!(lang, M, "by-itself")) ":" } } }
        @else { (people::person(&event.actor, false)) }
    }
}

/// The act: what nobody did, but came of an act or of time, begins the line.
fn what(lang: Lang, event: &EventRow) -> String {
    let text = event.text.get(lang);
    if event.actor.is_empty() || event.action == STATE {
        parts::capital(text)
    } else {
        text.to_owned()
    }
}

/// For a change of state: from what to what.
fn transition(lang: Lang, event: &EventRow) -> Markup {
    let state = |side: &str| -> Option<String> {
        let it = &event.detail[side];
        let reason = it["reason"].as_str().and_then(|it| it.parse().ok());
        Some(marks::state_name(lang, it["state"].as_str()?.parse().ok()?, reason))
    };
    let change = state("from").zip(state("to")).filter(|_| event.action == STATE);
    html! { @if let Some((from, to)) = change { " " span.j-dim { (from) " → " (parts::lower(&to)) } } }
}

/// What it is about: a responsibility is a link, a run is in the details, everything else is as it was written.
fn subject(it: &Trail<'_>, event: &EventRow) -> Markup {
    let id = it.page.header.id;
    let run = event.detail["run"].as_str().and_then(|it| it.parse().ok());
    let about_a_responsibility = !event.action.starts_with("run.") && !event.action.starts_with("target.");
    let responsibility = ResponsibilityId::parse(&event.subject)
        .ok()
        .filter(|_| about_a_responsibility);
    html! {
        @match (run, responsibility) {
            (Some(run), _) => { a.j-link.j-mono href=(links::run(id, run)) { (event.subject) } }
            (None, Some(it)) => { a.j-link.j-mono href=(links::responsibility(id, &it)) { (it) } }
            (None, None) => { span.j-mono { (event.subject) } }
        }
    }
}

/// The details, folded: names and values, one a line.
fn details(lang: Lang, event: &EventRow) -> Markup {
    let lines = lines(&event.detail);
    html! {
        @if lines.is_empty() { (dates::no_date()) } @else {
            details.j-data.m-0 {
                summary.m-0 { (t!(lang, M, "show-details")) }
                dl.j-kv { @for (name, value) in &lines { dt.j-mono { (name) } dd.j-mono.j-wrap { (value) } } }
            }
        }
    }
}

fn lines(detail: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| -> String {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if text.chars().count() > LENGTH {
            text.chars().take(LENGTH).chain(['…']).collect()
        } else {
            text
        }
    };
    match detail {
        Value::Null => Vec::new(),
        Value::Object(object) => object
            .iter()
            .filter(|it| !it.1.is_null())
            .map(|(name, value)| (name.clone(), text(value)))
            .collect(),
        other => vec![(String::new(), text(other))],
    }
}
