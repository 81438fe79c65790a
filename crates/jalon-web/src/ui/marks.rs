//! Marks with their word: state of proof, reason, outcome, severity, side, gate, regression.
//!
//! Every state is a glyph and a word. A glyph alone (`*_glyph`) carries its name for those who do not see it, and stands
//! in a row that says the rest. Claimed is never green, inconclusive never red.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    gate::GateState,
    programme::Side,
    proof::{Reason, State},
    text::Lang,
};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{M, dates, drawings::Mark, icons::Icon};
use crate::text::t;

/// The state of proof: the reason stands for an open one.
pub fn state(lang: Lang, state: State, reason: Option<Reason>) -> Markup {
    word(of_state(state, reason), state_name(lang, state, reason))
}

/// The state of proof as a glyph.
pub fn state_glyph(lang: Lang, state: State, reason: Option<Reason>) -> Markup {
    of_state(state, reason).named(&state_name(lang, state, reason))
}

/// What the state is called: the reason of an open one, else the state.
pub fn state_name(lang: Lang, state: State, reason: Option<Reason>) -> String {
    let name = match (state, reason) {
        (State::Open, Some(reason)) => reason.name(),
        _ => state.name(),
    };
    name.get(lang).to_owned()
}

/// The mark of a state.
pub const fn of_state(state: State, reason: Option<Reason>) -> Mark {
    match (state, reason) {
        (State::Verified, _) => Mark::Verified,
        (State::Attested, _) => Mark::Attested,
        (State::Waived, _) => Mark::Waived,
        (State::NotApplicable, _) => Mark::NotApplicable,
        (State::Claimed, _) => Mark::Claimed,
        (State::Open, None) => Mark::NotStarted,
        (State::Open, Some(reason)) => of_reason(reason),
    }
}

/// The mark of a reason.
pub const fn of_reason(reason: Reason) -> Mark {
    match reason {
        Reason::Failing => Mark::Failing,
        Reason::Inconclusive => Mark::Inconclusive,
        Reason::Stale => Mark::Stale,
        Reason::AwaitingApproval => Mark::Awaiting,
        Reason::InProgress => Mark::InProgress,
        Reason::NotStarted => Mark::NotStarted,
    }
}

/// The outcome of a check or of a rule.
pub fn outcome(lang: Lang, outcome: Outcome) -> Markup {
    word(of_outcome(outcome), outcome.name().get(lang))
}

/// The outcome as a glyph.
pub fn outcome_glyph(lang: Lang, outcome: Outcome) -> Markup {
    of_outcome(outcome).named(outcome.name().get(lang))
}

/// The mark of an outcome.
pub const fn of_outcome(outcome: Outcome) -> Mark {
    match outcome {
        Outcome::Pass => Mark::Pass,
        Outcome::Fail => Mark::Fail,
        Outcome::Inconclusive => Mark::Doubt,
        Outcome::NotApplicable => Mark::Idle,
    }
}

/// A check that is being made.
pub fn running(lang: Lang) -> Markup {
    word(Mark::Running, t!(lang, M, "running"))
}

/// The severity of a finding. In a narrow table head only the glyph shows.
pub fn severity(lang: Lang, severity: Severity) -> Markup {
    html! { span.j-st { (of_severity(severity).glyph()) span.vt { (severity.name().get(lang)) } } }
}

/// The severity with how many there are.
pub fn severity_count(lang: Lang, severity: Severity, n: usize) -> Markup {
    html! {
        span.j-st { (of_severity(severity).glyph()) span.vt { (severity.name().get(lang)) } " " small { (dates::count(lang, n)) } }
    }
}

/// The severity as a glyph.
pub fn severity_glyph(lang: Lang, severity: Severity) -> Markup {
    of_severity(severity).named(severity.name().get(lang))
}

/// The mark of a severity.
pub const fn of_severity(severity: Severity) -> Mark {
    match severity {
        Severity::Blocker => Mark::Blocker,
        Severity::Major => Mark::Major,
        Severity::Minor => Mark::Minor,
        Severity::Info => Mark::Info,
    }
}

/// Who carries it.
pub fn side(lang: Lang, side: Side) -> Markup {
    word(of_side(side), side.name().get(lang))
}

/// Who carries it, as a glyph.
pub fn side_glyph(lang: Lang, side: Side) -> Markup {
    html! { span.j-st { (of_side(side).named(side.name().get(lang))) } }
}

/// The mark of a side.
pub const fn of_side(side: Side) -> Mark {
    match side {
        Side::Customer => Mark::Customer,
        Side::Provider => Mark::Provider,
        Side::Joint => Mark::Joint,
    }
}

/// The state of a gate: flag and word.
pub fn gate(lang: Lang, state: GateState) -> Markup {
    html! { span.j-st { (gate_flag(state)) (state.name().get(lang)) } }
}

/// The flag of a gate in the colour of its state; the word stands beside it.
pub fn gate_flag(state: GateState) -> Markup {
    Mark::Stake.tinted(gate_tint(state))
}

/// The class that colours a gate's state.
pub const fn gate_tint(state: GateState) -> &'static str {
    match state {
        GateState::Open => "j-ok",
        GateState::Blocked => "j-bad",
        GateState::Later | GateState::NotApplicable => "j-dim",
    }
}

/// The tag beside (never instead of) the state of what was met and no longer is.
pub fn regressed(lang: Lang, since: Date) -> Markup {
    html! { span.j-regr { (arrow()) (t!(lang, M, "regressed-on", date = dates::day(lang, since))) } }
}

/// The same tag without a date, for lists.
pub fn regressed_short(lang: Lang) -> Markup {
    html! { span.j-regr { (arrow()) (t!(lang, M, "regressed")) } }
}

/// The same tag on a finding that was fixed and is back.
pub fn came_back(lang: Lang, since: Date) -> Markup {
    html! { span.j-regr { (arrow()) (t!(lang, M, "back-since", date = dates::day(lang, since))) } }
}

fn arrow() -> Markup {
    html! { svg viewBox="0 0 16 16" aria-hidden="true" { use href={ "#" (Mark::Regressed.id()) } {} } }
}

/// A neutral tag.
pub fn tag(text: &str) -> Markup {
    html! { span.j-tag { (text) } }
}

/// A button-like explanation of why something cannot be done yet: a lock and its reason.
pub fn locked(text: &str) -> Markup {
    html! { button.btn type="button" disabled { (Icon::Lock.show()) (text) } }
}

/// Requirements met, of how many: a dot each, and the figures.
pub fn dots(met: usize, asked: usize) -> Markup {
    html! {
        // Past a dozen nobody counts dots. Characters, not drawings: a long list has hundreds of them.
        @if (1..=12).contains(&asked) {
            span.j-dots aria-hidden="true" { b { ("●".repeat(met.min(asked))) } ("○".repeat(asked.saturating_sub(met))) }
            " "
        }
        span.j-dim.j-sm { (met) "/" (asked) }
    }
}

fn word(mark: Mark, word: impl AsRef<str>) -> Markup {
    html! { span.j-st { (mark.glyph()) (word.as_ref()) } }
}
