//! A finding as it is shown wherever it counts: severity, rule and subject, then what was expected and what was observed.

use jalon_domain::text::Lang;
use jalon_service::view::remediation::FindingView;
use maud::{Markup, html};

use super::{M, last_day};
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
        (html! { (t!(lang, M, "observed")) }, observed(lang, it)),
    ];
    if let Some(until) = it.accepted_until {
        let until = html! { (marks::state_glyph(lang, jalon_domain::proof::State::Waived, None)) " " (dates::day_time(lang, last_day(until))) };
        lines.push((html! { (t!(lang, M, "accepted-until")) }, until));
    }
    lists::observation(Reading::Bad, &lines)
}

/// The rule and what breaks it.
pub(crate) fn subject(it: &FindingView) -> Markup {
    html! { code { (it.rule) } " " (it.subject) @if let Some(attribute) = &it.attribute { " " span.j-dim { (attribute) } } }
}

/// What was seen; a record that is not there was seen to be absent.
pub(crate) fn observed(lang: Lang, it: &FindingView) -> Markup {
    if it.observed.trim().is_empty() {
        return html! { span.j-dim { (t!(lang, M, "nothing")) } };
    }
    measured(&it.observed)
}

/// What was seen or expected, line by line: in the letters of measured things when it is one, else as the sentence it is.
pub(crate) fn measured(text: &str) -> Markup {
    html! {
        @for (n, line) in text.lines().enumerate() {
            @if n > 0 { br; }
            @if is_measured(line) { span.j-mono { (line) } } @else { (line) }
        }
    }
}

/// A value has no words between spaces, or begins as a record does: `MX 0 …`, `v=spf1 …`.
fn is_measured(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let is_record_type = first.len() <= 5 && first.chars().all(|it| it.is_ascii_uppercase());
    !line.contains(' ') || is_record_type || first.contains(['=', '@', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_own_letters_and_sentences_do_not() {
        for value in [
            "CNAME autodiscover.outlook.com.",
            "v=spf1 include:x.example -all",
            "zoë@nord.example.com",
            "CN=a,OU=b",
        ] {
            assert!(is_measured(value), "{value}");
        }
        for sentence in [
            "exactly one record v=spf1",
            "no such record",
            "letters, digits and ' . -",
        ] {
            assert!(!is_measured(sentence), "{sentence}");
        }
    }
}
