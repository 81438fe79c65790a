//! Sections and short lists: section heads, rows, facts, figures, history, what was expected and observed, requirements.

use maud::{Markup, html};

/// A part of the page under a title, with something at the end of the title's line (a link, a figure; may be empty).
pub fn section(id: &str, title: &Markup, end: &Markup, body: &Markup) -> Markup {
    html! {
        section aria-labelledby=(id) {
            div.j-sech { h2 id=(id) { (title) } (end) }
            (body)
        }
    }
}

/// One row of a short list: mark, what it is with a line below, who, when.
pub struct Row {
    /// A glyph with its name.
    pub mark: Markup,
    /// The title, usually a link with class `t`.
    pub title: Markup,
    /// The line below.
    pub detail: Markup,
    /// Who: left out on a phone.
    pub who: Markup,
    /// When.
    pub when: Markup,
}

/// A short list, with the people and dates aligned.
pub fn rows(rows: &[Row]) -> Markup {
    html! {
        ul.j-rows.own {
            @for it in rows {
                li data-row {
                    (it.mark)
                    div.grow { (it.title) div.j-sm.j-dim { (it.detail) } }
                    span.j-not-m { (it.who) }
                    (it.when)
                }
            }
        }
    }
}

/// Facts: name and value.
pub fn facts(facts: &[(&str, Markup)]) -> Markup {
    html! { dl.j-kv { @for (name, value) in facts { dt { (name) } dd { (value) } } } }
}

/// Big figures, each with what it counts and, where there is one, the link to it.
pub fn figures(figures: &[(String, Markup, Option<String>)]) -> Markup {
    html! {
        div.j-kpi {
            @for (figure, label, href) in figures {
                div {
                    b { @if let Some(href) = href { a href=(href) { (figure) } } @else { (figure) } }
                    span { (label) }
                }
            }
        }
    }
}

/// One event of a history.
pub struct Event {
    /// A glyph, as decoration.
    pub mark: Markup,
    /// What happened.
    pub what: Markup,
    /// The line below.
    pub detail: Markup,
    /// When, see [`dates`](super::dates).
    pub when: Markup,
}

/// A history, newest first.
pub fn history(events: &[Event]) -> Markup {
    html! {
        ul.j-hist {
            @for it in events { li { (it.mark) span { (it.what) br; span.j-sm.j-dim { (it.detail) } } (it.when) } }
        }
    }
}

/// How an observation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As expected, or for information.
    Plain,
    /// Not as expected.
    Bad,
    /// Could not be measured.
    Doubt,
}

/// What was expected and what was observed, in that order; one block a finding.
pub fn observation(reading: Reading, lines: &[(Markup, Markup)]) -> Markup {
    html! {
        dl.j-obs.bad[reading == Reading::Bad].inc[reading == Reading::Doubt] {
            @for (name, value) in lines { dt { (name) } dd { (value) } }
        }
    }
}

/// One requirement with its evidence.
pub struct Requirement<'a> {
    /// The anchor that "why" links to.
    pub id: &'a str,
    /// A mark: outcome for a machine's, state for people's.
    pub mark: Markup,
    /// The requirement as a statement.
    pub title: &'a str,
    /// At the end of the line: freshness, or what is missing.
    pub end: Markup,
    /// The evidence.
    pub body: Markup,
}

/// The requirement.
pub fn requirement(it: &Requirement<'_>) -> Markup {
    html! {
        article.j-req id=(it.id) { (it.mark) h3 { (it.title) } span.r { (it.end) } div.b { (it.body) } }
    }
}

/// Steps of a wizard or of a fix: done, the current one, those to come. A done one may link back.
pub fn steps(labels: &[(&str, Option<&str>)], current: usize) -> Markup {
    html! {
        ol.j-steps {
            @for (n, (label, href)) in labels.iter().enumerate() {
                li.ok[n < current] aria-current=[(n == current).then_some("step")] {
                    @if let Some(href) = href.filter(|_| n < current) { a href=(href) { (label) } } @else { (label) }
                }
            }
        }
    }
}

/// The two signature boxes of a gate's record, one of them.
pub fn signature(side: &Markup, signed: Option<(&str, &Markup)>, action: &Markup) -> Markup {
    html! {
        div.j-sign.done[signed.is_some()] {
            div { (side) }
            div.line { @if let Some((name, _)) = signed { (name) } }
            @if let Some((_, facts)) = signed { div.j-sm.j-dim { (facts) } } @else { (action) }
        }
    }
}
