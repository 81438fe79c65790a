//! The phase track: each bar is that phase's own proof, the stake after it is its gate. On the overview only.

use jalon_domain::{gate::GateState, text::Lang};
use maud::{Markup, html};

use super::{
    M,
    chart::{self, Tally},
    marks,
};
use crate::text::t;

/// One phase with its gate.
pub struct Phase {
    /// Its name.
    pub name: String,
    /// The list of its responsibilities.
    pub href: String,
    /// How they stand.
    pub tally: Tally,
    /// Where the engagement is with regard to it.
    pub time: PhaseTime,
    /// The state of its gate.
    pub gate: GateState,
    /// What is said of the gate: "Blocked: 19 findings, 1 approval", with its link.
    pub line: Markup,
}

/// Where the engagement is with regard to a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseTime {
    /// Behind.
    Done,
    /// In it.
    Now,
    /// Before.
    Later,
    /// It has nothing for this engagement.
    Off,
}

impl PhaseTime {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "ph done",
            Self::Now => "ph now",
            Self::Later => "ph later",
            Self::Off => "ph off",
        }
    }
}

/// The track.
pub fn track(lang: Lang, phases: &[Phase]) -> Markup {
    html! {
        section aria-label=(t!(lang, M, "phases")) {
            ol.j-track {
                @for (n, phase) in phases.iter().enumerate() {
                    (bar(lang, phase))
                    // The last gate ends the track: its state is said below the bar.
                    @if n + 1 < phases.len() { (stake(phase.gate)) }
                }
            }
        }
    }
}

fn bar(lang: Lang, phase: &Phase) -> Markup {
    let is_now = phase.time == PhaseTime::Now;
    html! {
        li class=(phase.time.class()) aria-current=[is_now.then_some("step")] {
            (chart::stack(lang, &phase.tally))
            div.nm {
                a href=(phase.href) { (phase.name) }
                @if is_now { " " span.you { (t!(lang, M, "you-are-here")) } }
                span.j-n {
                    @if phase.time == PhaseTime::Off { "\u{2013}" }
                    @else { (phase.tally.proven()) "/" (phase.tally.applicable()) }
                }
            }
            div.gl {
                @if phase.time != PhaseTime::Off { (marks::gate_flag(phase.gate)) }
                span { (phase.line) }
            }
        }
    }
}

fn stake(state: GateState) -> Markup {
    html! {
        li.gt aria-hidden="true" {
            svg viewBox="0 0 16 32" class=(marks::gate_tint(state)) {
                path d="M8 1v30" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" {}
                path d="M8 2h7l-2 3 2 3H8" fill="currentColor" {}
            }
        }
    }
}
