//! A finding as it is shown wherever it counts: severity, rule and subject, then what was expected and what was observed.

use jalon_domain::text::Lang;
use jalon_service::view::remediation::FindingView;
use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::{
        dates,
        lists::{self, Reading},
        marks,
    },
};

/// The block of one finding.
pub(crate) fn observation(lang: Lang, it: &FindingView) -> Markup {
    let mut lines = vec![
        (marks::severity(lang, it.severity), subject(it)),
        (html! { (t!(lang, M, "expected")) }, measured(&it.expected)),
        (html! { (t!(lang, M, "observed")) }, measured(&it.observed)),
    ];
    if let Some(until) = it.accepted_until {
        let until = html! { (marks::state_glyph(lang, jalon_domain::proof::State::Waived, None)) " " (dates::day_time(lang, dates::date_of(until))) };
        lines.push((html! { (t!(lang, M, "accepted-until")) }, until));
    }
    lists::observation(Reading::Bad, &lines)
}

/// The rule and what breaks it.
pub(crate) fn subject(it: &FindingView) -> Markup {
    html! { code { (it.rule) } " " (it.subject) @if let Some(attribute) = &it.attribute { " " span.j-dim { (attribute) } } }
}

/// What was measured, line by line, in the letters of measured things.
pub(crate) fn measured(text: &str) -> Markup {
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } span.j-mono { (line) } } }
}
