//! What was seen, in plain form. No verdicts: what is wrong is said by the findings.

use jalon_checks::dns::told::{Held, Line, Topic};
use jalon_domain::{measure::Family, text::Lang};
use jalon_service::view::target::{Certificate, Endpoint, Node, TargetPage};
use jiff::Timestamp;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    pages::parts::{Cx, expiry},
    text::t,
    ui::{dates, drawings::Mark, lists},
};

/// Names of a certificate, records of a line, addresses of an endpoint: shown of each at most.
const MANY: usize = 12;

/// The section; nothing before anything was seen.
pub(super) fn section(cx: &Cx<'_>, page: &TargetPage) -> Markup {
    let lang = cx.lang;
    let body = match (&page.endpoint, page.family) {
        _ if !page.domain.is_empty() => domain(lang, &page.domain),
        (Some(it), _) => endpoint(cx, it),
        (None, Family::Directory) if page.last.is_some() => html! {
            p.j-2 { a.j-link href=(links::environment(page.header.id)) { (t!(lang, M, "seen-directory")) } }
        },
        _ => return Markup::default(),
    };
    let end = html! {
        @if let Some(run) = &page.last { a.j-link.j-sm href={ (links::run(page.header.id, run.id)) "#h-facts" } { (t!(lang, M, "seen-all")) } }
    };
    html! { div.j-sec { (lists::section("h-seen", &html! { (t!(lang, M, "seen")) }, &end, &body)) } }
}

fn domain(lang: Lang, lines: &[Line]) -> Markup {
    let name = |it: &Line| match (it.topic, &it.which) {
        (Topic::Dkim, Some(selector)) => format!("{} {selector}", it.topic.name().get(lang)),
        _ => it.topic.name().get(lang).to_owned(),
    };
    let facts: Vec<(String, Markup)> = lines.iter().map(|it| (name(it), line(lang, it))).collect();
    html! { (lists::facts(&facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect::<Vec<_>>())) }
}

fn line(lang: Lang, it: &Line) -> Markup {
    let held = it.held.name();
    let notes: Vec<&str> = it.notes.iter().map(|it| it.get(lang)).collect();
    html! {
        @match it.held {
            Held::Found => {
                @for value in it.values.iter().take(MANY) { div.j-mono.j-wrap { (value) } }
                @if it.values.len() > MANY { div.j-dim { (t!(lang, M, "more", n = it.values.len() - MANY)) } }
                @if it.values.is_empty() && notes.is_empty() { (held.get(lang)) }
            }
            Held::Absent if !it.values.is_empty() => {
                @for value in it.values.iter().take(MANY) { div.j-mono.j-wrap { (value) } }
            }
            Held::Absent | Held::Unasked => { span.j-dim { (held.get(lang)) } " " }
            Held::Unknown => { span.j-st.j-warn { (Mark::Doubt.glyph()) (held.get(lang)) } " " }
        }
        @if !notes.is_empty() { span.j-2 { (notes.join(", ")) } }
    }
}

fn endpoint(cx: &Cx<'_>, it: &Endpoint) -> Markup {
    let shown = &it.nodes[..it.nodes.len().min(MANY)];
    html! {
        @for (n, own) in shown.iter().enumerate() { div.mt-3[n > 0] { (node(cx, own)) } }
        @if it.nodes.len() > shown.len() { p.j-sm.j-dim { (t!(cx.lang, M, "more-addresses", n = it.nodes.len() - shown.len())) } }
    }
}

fn node(cx: &Cx<'_>, it: &Node) -> Markup {
    let lang = cx.lang;
    html! {
        h3.j-b.mb-1 { @match &it.address { Some(it) => span.j-mono { (it) }, None => (t!(lang, M, "some-address")) } }
        @if let Some(reason) = &it.unknown {
            p.mb-1 { span.j-st.j-warn { (Mark::Doubt.glyph()) (t!(lang, M, "nothing-seen")) } " " (reason.get(lang)) }
        }
        @if let Some(certificate) = &it.certificate { (facts(cx, certificate, &it.protocols)) }
        @else if !it.protocols.is_empty() { p { (t!(lang, M, "protocols")) " " (it.protocols.join(", ")) } }
    }
}

fn facts(cx: &Cx<'_>, it: &Certificate, protocols: &[String]) -> Markup {
    let lang = cx.lang;
    let mut names: Vec<&str> = it.names.iter().take(MANY).map(String::as_str).collect();
    let more = t!(lang, M, "more", n = it.names.len().saturating_sub(MANY));
    if it.names.len() > MANY {
        names.push(&more);
    }
    let day = |at: Timestamp| dates::day_year(lang, dates::date_of(at));
    let mono = |text: &str| html! { span.j-mono.j-wrap { (text) } };
    let labels = [
        t!(lang, M, "names"),
        t!(lang, M, "issuer"),
        t!(lang, M, "valid-from"),
        t!(lang, M, "valid-until"),
        t!(lang, M, "key"),
        t!(lang, M, "protocols"),
    ];
    let values = [
        mono(&names.join(", ")),
        html! { span.j-wrap { (it.issuer) } },
        html! { (day(it.from)) },
        expiry::until(lang, cx.now, it.until),
        mono(&it.key),
        html! { @if protocols.is_empty() { (dates::no_date()) } @else { (protocols.join(", ")) } },
    ];
    lists::facts(&labels.iter().map(String::as_str).zip(values).collect::<Vec<_>>())
}
