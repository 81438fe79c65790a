//! What was seen, as a check left it: names and values in tables, whatever the check; the document itself underneath.
//!
//! Facts come from a measurement, so that nothing is known of their size or depth but what is bounded here.

use jalon_domain::text::Lang;
use jalon_service::view::checks::RunPage;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::M;
use crate::text::t;

/// Entries shown of one list or object.
const WIDTH: usize = 40;
/// Levels shown.
const DEPTH: usize = 5;
/// Plain values that share a line.
const FEW: usize = 4;
/// Characters shown of one value.
const LENGTH: usize = 400;
/// Bytes shown of the document.
const DOCUMENT: usize = 12 * 1024;
/// The order in which the parts of a record are read aloud (RFC 1035, section 5.1).
const RECORD: [&str; 12] = [
    "priority",
    "weight",
    "port",
    "preference",
    "target",
    "exchange",
    "address",
    "host",
    "primary",
    "kind",
    "text",
    "serial",
];

/// The section.
pub(super) fn section(lang: Lang, page: &RunPage) -> Markup {
    let Value::Object(checks) = &page.facts else {
        return Markup::default();
    };
    html! {
        @if !checks.is_empty() {
            section.mt-4 aria-labelledby="h-facts" {
                h2.mb-2 #h-facts { (t!(lang, M, "seen")) }
                @for (check, facts) in checks { h3.mt-2 { code { (check) } } (of_check(lang, facts)) }
                (document(lang, &page.facts))
            }
        }
    }
}

/// Answers to questions have a table of their own; everything else is names and values.
fn of_check(lang: Lang, facts: &Value) -> Markup {
    let Value::Object(object) = facts else {
        return cell(lang, facts, 0);
    };
    let answers = object.get("answers").and_then(Value::as_object);
    let others: Map<String, Value> = object
        .iter()
        .filter(|it| answers.is_none() || it.0 != "answers")
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    html! {
        @if !others.is_empty() { (pairs(lang, &others, 0)) }
        @if let Some(answers) = answers { (questions(lang, answers)) }
    }
}

fn questions(lang: Lang, answers: &Map<String, Value>) -> Markup {
    let answer = t!(lang, M, "answer");
    html! {
        table.j-tbl.stack.top.mt-1.j-qa {
            caption.visually-hidden { (t!(lang, M, "questions")) }
            thead { tr { th scope="col" { (t!(lang, M, "question")) } th scope="col" { (answer) } } }
            tbody {
                @for (question, seen) in answers.iter().take(WIDTH) {
                    tr { td.j-wrap { span.j-mono { (cut(question)) } } td.j-wrap data-l=(answer) { (answered(lang, seen)) } }
                }
            }
        }
        (more(lang, answers.len()))
    }
}

/// The records that came, or what came instead.
fn answered(lang: Lang, seen: &Value) -> Markup {
    let records = seen["records"].as_array().map(Vec::as_slice).unwrap_or_default();
    let chain: Vec<&str> = seen["chain"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let status = seen["status"].as_str().unwrap_or_default();
    html! {
        @for it in records.iter().take(WIDTH) { div.j-mono { (cut(&record(it))) } }
        @if records.is_empty() {
            @match status {
                "absent" => span.j-dim { (t!(lang, M, "absent")) },
                "looped" => span.j-bad { (t!(lang, M, "looped")) },
                "unknown" => span.j-warn { (t!(lang, M, "unknown")) " " (seen["detail"].as_str().unwrap_or_default()) },
                _ => (cell(lang, seen, 1)),
            }
        }
        @if !chain.is_empty() { div.j-sm.j-dim { (t!(lang, M, "by-way-of")) " " span.j-mono { (chain.join(" → ")) } } }
    }
}

/// A record as people write it: type, then its parts in their order.
fn record(record: &Value) -> String {
    let data = &record["data"];
    let parts = RECORD.iter().filter_map(|it| match &data[*it] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let kind = data["type"].as_str().filter(|it| *it != "OTHER").map(str::to_owned);
    let words: Vec<String> = kind.into_iter().chain(parts).collect();
    if words.is_empty() {
        record.to_string()
    } else {
        words.join(" ")
    }
}

/// Names with their values: the short ones as a list, then each larger one under its name.
fn pairs(lang: Lang, object: &Map<String, Value>, depth: usize) -> Markup {
    let said = object.iter().filter(|it| !is_nothing(it.1)).take(WIDTH);
    let (short, large): (Vec<_>, Vec<_>) = said.partition(|it| line(lang, it.1).is_some());
    html! {
        @if !short.is_empty() {
            dl.j-kv.mt-1 {
                @for (name, value) in short { dt.j-mono { (name) } dd.j-wrap { (cell(lang, value, depth)) } }
            }
        }
        @for (name, value) in large { div.j-nest { div.j-mono.j-dim { (name) } (cell(lang, value, depth + 1)) } }
        (more(lang, object.len()))
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(all) => all.is_empty(),
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

/// One value, whatever it is.
fn cell(lang: Lang, value: &Value, depth: usize) -> Markup {
    if let Some(line) = line(lang, value) {
        return html! { span.j-mono { (cut(&line)) } };
    }
    match value {
        Value::Object(object) if depth < DEPTH => pairs(lang, object, depth),
        Value::Array(all) if depth < DEPTH => html! {
            @for it in all.iter().take(WIDTH) { div.j-nest { (cell(lang, it, depth + 1)) } }
            (more(lang, all.len()))
        },
        other => html! { span.j-mono { (cut(&plain(lang, other))) } },
    }
}

/// A value that fits on a line: a plain one, a few plain ones, an object of a few plain ones.
fn line(lang: Lang, value: &Value) -> Option<String> {
    let is_plain = |it: &Value| !it.is_array() && !it.is_object();
    match value {
        Value::Array(all) if all.len() <= FEW && all.iter().all(is_plain) => {
            Some(all.iter().map(|it| plain(lang, it)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(all) if all.len() <= FEW && all.values().all(is_plain) => Some(
            all.iter()
                .map(|(name, it)| format!("{name} {}", plain(lang, it)))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        Value::Array(_) | Value::Object(_) => None,
        other => Some(plain(lang, other)),
    }
}

fn more(lang: Lang, len: usize) -> Markup {
    html! { @if len > WIDTH { p.j-sm.j-dim { (t!(lang, M, "more-entries", n = len - WIDTH)) } } }
}

/// A value without the quotes of JSON.
fn plain(lang: Lang, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => t!(lang, M, "yes"),
        Value::Bool(false) => t!(lang, M, "no"),
        other => other.to_string(),
    }
}

/// At most [`LENGTH`] characters.
fn cut(text: &str) -> String {
    let mut letters = text.chars();
    let head: String = letters.by_ref().take(LENGTH).collect();
    if letters.next().is_some() {
        format!("{head}…")
    } else {
        head
    }
}

/// The document as it is kept.
fn document(lang: Lang, facts: &Value) -> Markup {
    let text = serde_json::to_string_pretty(facts).unwrap_or_default();
    let end = text.floor_char_boundary(DOCUMENT);
    html! {
        details.j-data {
            summary { (t!(lang, M, "document")) }
            pre.j-diff tabindex="0" { @for line in text[..end].lines() { span data-m="" { (line) } } }
            @if end < text.len() { p.j-sm.j-dim { (t!(lang, M, "document-cut")) } }
        }
    }
}

/// The names and values of a flat object, for counters.
pub(super) fn scalars(lang: Lang, value: &Value) -> Vec<(String, String)> {
    let Value::Object(object) = value else {
        return Vec::new();
    };
    let is_flat = |it: &&Value| !it.is_object() && !it.is_array() && !it.is_null();
    object
        .iter()
        .filter(|it| is_flat(&it.1))
        .take(WIDTH)
        .map(|(name, value)| (name.clone(), cut(&plain(lang, value))))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn records_read_as_people_write_them() {
        let mx = json!({"name": "a", "ttl": 60, "data": {"type": "MX", "preference": 0, "exchange": "mx.example"}});
        assert_eq!(record(&mx), "MX 0 mx.example");
        let srv = json!({"data": {"type": "SRV", "target": "b.example", "port": 443, "weight": 1, "priority": 100}});
        assert_eq!(record(&srv), "SRV 100 1 443 b.example");
        assert_eq!(record(&json!({"x": 1})), "{\"x\":1}");
    }

    #[test]
    fn facts_of_any_size_and_depth_stay_small() {
        let mut deep = json!(1);
        for _ in 0..100 {
            deep = json!({ "deeper": deep });
        }
        let wide: Vec<String> = (0..100_000).map(|it| "x".repeat(it % 2_000)).collect();
        for facts in [
            deep,
            json!({ "answers": wide }),
            json!({ "list": wide }),
            json!(null),
            json!("text"),
        ] {
            let html = of_check(Lang::En, &facts).into_string();
            assert!(html.len() < 40_000, "{}", html.len());
        }
        assert!(document(Lang::En, &json!(wide)).into_string().len() < 40_000);
    }

    #[test]
    fn what_is_short_stands_on_a_line_and_what_is_large_under_its_name() {
        let facts = json!({"key": {"bits": 256, "curve": "P-256"}, "names": ["a", "b"], "chain": [{"subject": "CN=a"}, {"subject": "CN=b"}], "none": null});
        let html = of_check(Lang::En, &facts).into_string();
        assert!(
            html.contains("bits 256, curve P-256") && html.contains("a, b") && !html.contains("none"),
            "{html}"
        );
        assert_eq!(html.matches("j-nest").count(), 3, "{html}");
    }

    #[test]
    fn an_answer_that_did_not_come_is_no_absence() {
        let said = |seen| answered(Lang::En, &seen).into_string();
        assert!(said(json!({"status": "absent"})).contains("no such record"));
        assert!(said(json!({"status": "unknown", "detail": "timed out"})).contains("timed out"));
        assert!(!said(json!({"status": "unknown", "detail": "timed out"})).contains("no such record"));
    }
}
