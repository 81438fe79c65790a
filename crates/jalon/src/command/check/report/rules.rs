//! Rule by rule: what it asks, where that comes from, and the first of its findings. However many there are and whatever
//! they hold, the page stays small enough to be sent by mail.

use jalon_checks::directory::tally::RuleTally;
use jalon_domain::{
    finding::{Action, Defect, ObjectFlaw},
    ids::RuleId,
    text::{Lang, number},
};
use jalon_web::ui::marks;
use maud::{Markup, html};

use super::{MOST_OF_RULE, View, charts::title, code, counted, say, section, table};
use crate::command::check::show::value::{share, visible};

/// What all findings together may take of the page, bytes.
const ROOM: usize = 800_000;

/// The longest distinguished name and the longest value that are shown whole, in characters.
const LONGEST_NAME: usize = 160;
const LONGEST_VALUE: usize = 120;

/// How many other holders of a value are named.
const MOST_OTHERS: usize = 3;

pub(super) fn rules(lang: Lang, view: &View<'_>) -> Markup {
    let rules = view.tally.rules();
    let (mut room, mut left) = (ROOM, rules.len());
    let mut listed = Vec::new();
    for it in &rules {
        // What one rule leaves of its share is the others'.
        let rows = rows(lang, view, it, room / left);
        room -= rows.iter().map(|it| it.0.len()).sum::<usize>();
        left -= 1;
        listed.push((it, rows));
    }
    html! {
        @if !rules.is_empty() {
            (section("findings", &say(lang, "findings", &[]), &html! { @for (it, rows) in &listed { (rule(lang, view, it, rows)) } }))
        }
    }
}

/// As many rows as there is room for.
fn rows(lang: Lang, view: &View<'_>, rule: &RuleTally<'_>, room: usize) -> Vec<Markup> {
    let mut used = 0;
    let kept = view.tally.kept_of(rule.rule).take(MOST_OF_RULE);
    let is_shared = is_shared(view, rule.rule);
    kept.map(|it| row(lang, it, is_shared))
        .take_while(|it| {
            used += it.0.len();
            used <= room
        })
        .collect()
}

/// Whether any of what may be listed is held by others, too.
fn is_shared(view: &View<'_>, rule: &str) -> bool {
    let has_others = |it: &Defect| it.object.as_ref().is_some_and(|it| !it.others.is_empty());
    view.tally.kept_of(rule).take(MOST_OF_RULE).any(has_others)
}

fn rule(lang: Lang, view: &View<'_>, rule: &RuleTally<'_>, rows: &[Markup]) -> Markup {
    let more = rule.findings - rows.len() as u64;
    let source = RuleId::parse(rule.rule)
        .ok()
        .and_then(|it| jalon_checks::rule(&it))
        .map(|it| &it.source);
    let args = [
        ("n", rule.findings.into()),
        ("count", number(lang, rule.findings).into()),
        ("m", rule.objects.into()),
        ("objects", number(lang, rule.objects).into()),
        ("share", share(lang, rule.objects, view.judged()).into()),
    ];
    let label = format!("{}-title", rule.rule);
    html! {
        article id=(rule.rule) aria-labelledby=(label) {
            h3 id=(label) { (marks::severity_glyph(lang, rule.severity)) " " code { (rule.rule) } " " @if let Some(it) = title(rule.rule) { (it.get(lang)) } }
            p.why { b { (say(lang, "rule-count", &args)) } @if let Some(source) = source { " " (say(lang, "why", &[])) " " span lang="en" { (source) } } }
            @if !rows.is_empty() { (findings(lang, rule.rule, is_shared(view, rule.rule), rows)) }
            @if more > 0 { p.more { (counted(lang, "more", more)) } }
        }
    }
}

fn findings(lang: Lang, rule: &str, is_shared: bool, rows: &[Markup]) -> Markup {
    let columns = ["object", "attribute", "value", "proposed", "others"];
    let head = html! {
        @for key in &columns[..if is_shared { 5 } else { 4 }] { th scope="col" { (say(lang, key, &[])) } }
    };
    table(
        "list",
        &say(lang, "findings-of", &[("rule", rule.into())]),
        &head,
        &html! { @for it in rows { (it) } },
    )
}

fn row(lang: Lang, defect: &Defect, is_shared: bool) -> Markup {
    let object = defect.object.as_deref();
    let errors: Vec<String> = object
        .map(|it| it.errors.iter().map(|it| it.name().get(lang).to_owned()).collect())
        .unwrap_or_default();
    html! {
        tr {
            td { (code(&defect.subject, LONGEST_NAME)) @if let Some(it) = object { small { (visible(&it.object_class)) } } }
            td { @if let Some(it) = &defect.attribute { (code(it, LONGEST_VALUE)) } }
            td { @if !defect.observed.is_empty() { (code(&defect.observed, LONGEST_VALUE)) } @if !errors.is_empty() { small { (errors.join(", ")) } } }
            td { @if let Some(it) = object { (proposal(lang, it)) } }
            @if is_shared { td { @if let Some(it) = object { (others(lang, &it.others)) } } }
        }
    }
}

fn proposal(lang: Lang, object: &ObjectFlaw) -> Markup {
    html! {
        @if let Some(it) = &object.proposed { (code(it, LONGEST_VALUE)) }
        @if object.action != Action::Nothing { small { (object.action.name().get(lang)) } }
    }
}

fn others(lang: Lang, others: &[String]) -> Markup {
    let more = others.len().saturating_sub(MOST_OTHERS);
    html! {
        @for it in others.iter().take(MOST_OTHERS) { (code(it, LONGEST_NAME)) }
        @if more > 0 { small { (counted(lang, "more-others", more as u64)) } }
    }
}
