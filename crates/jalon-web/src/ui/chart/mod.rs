//! Charts: our own SVG. Widths are attributes and colours classes (no inline style), each chart has a title, a
//! description and its figures, and a second narrow drawing for phones instead of shrunken text.

pub mod course;
pub mod expiry;
pub mod fresh;
pub mod progress;

use jalon_domain::{
    proof::{Reason, State},
    text::Lang,
};
use maud::{Markup, html};

use super::{M, drawings::Mark, marks};
use crate::text::t;

/// How many responsibilities are in each state. What does not apply is in no total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Proven by machines.
    pub verified: usize,
    /// Proven by people.
    pub attested: usize,
    /// Accepted gaps.
    pub waived: usize,
    /// Said done.
    pub claimed: usize,
    /// Open: failing.
    pub failing: usize,
    /// Open: stale.
    pub stale: usize,
    /// Open: inconclusive.
    pub inconclusive: usize,
    /// Open: awaiting approval.
    pub awaiting: usize,
    /// Open: in progress.
    pub in_progress: usize,
    /// Open: not started.
    pub not_started: usize,
    /// Left out.
    pub not_applicable: usize,
}

impl Tally {
    /// Counts states.
    pub fn of(states: impl IntoIterator<Item = (State, Option<Reason>)>) -> Self {
        let mut tally = Self::default();
        for (state, reason) in states {
            *tally.slot(state, reason) += 1;
        }
        tally
    }

    fn slot(&mut self, state: State, reason: Option<Reason>) -> &mut usize {
        match (state, reason) {
            (State::Verified, _) => &mut self.verified,
            (State::Attested, _) => &mut self.attested,
            (State::Waived, _) => &mut self.waived,
            (State::Claimed, _) => &mut self.claimed,
            (State::NotApplicable, _) => &mut self.not_applicable,
            (State::Open, Some(Reason::Failing)) => &mut self.failing,
            (State::Open, Some(Reason::Stale)) => &mut self.stale,
            (State::Open, Some(Reason::Inconclusive)) => &mut self.inconclusive,
            (State::Open, Some(Reason::AwaitingApproval)) => &mut self.awaiting,
            (State::Open, Some(Reason::InProgress)) => &mut self.in_progress,
            (State::Open, Some(Reason::NotStarted) | None) => &mut self.not_started,
        }
    }

    /// Verified, attested and waived.
    pub const fn proven(&self) -> usize {
        self.verified + self.attested + self.waived
    }

    /// Whatever the reason.
    pub const fn open(&self) -> usize {
        self.failing + self.stale + self.inconclusive + self.awaiting + self.in_progress + self.not_started
    }

    /// Those that apply.
    pub const fn applicable(&self) -> usize {
        self.proven() + self.claimed + self.open()
    }

    /// Always in this order: verified, attested, waived, claimed, failing, stale or inconclusive, open.
    fn shares(&self) -> [(&'static str, usize); 7] {
        [
            ("k-verified", self.verified),
            ("k-attested", self.attested),
            ("k-waived", self.waived),
            ("k-claimed", self.claimed),
            ("k-failing", self.failing),
            ("k-stale", self.stale + self.inconclusive),
            ("k-open", self.awaiting + self.in_progress + self.not_started),
        ]
    }
}

/// The share of states as one bar. Never without the numbers nearby.
pub fn stack(lang: Lang, tally: &Tally) -> Markup {
    let label = t!(
        lang,
        M,
        "proven-of",
        proven = tally.proven(),
        total = tally.applicable()
    );
    bar(&label, &tally.shares())
}

/// One bar of shares: class and how many. Nothing at all is one pale bar.
pub fn bar(label: &str, shares: &[(&str, usize)]) -> Markup {
    let total: usize = shares.iter().map(|it| it.1).sum();
    let mut done = 0;
    html! {
        svg.j-stack role="img" aria-label=(label) {
            @if total == 0 { rect.k-na x="0" width="100%" height="100%" {} }
            @for (class, n) in shares.iter().filter(|it| it.1 > 0) {
                @let x = percent(done, total);
                @let width = (percent(*n, total) - GAP).max(0.5);
                rect class=(class) x={ (fixed(x)) "%" } width={ (fixed(width)) "%" } height="100%" {}
                @let () = done += n;
            }
        }
    }
}

/// The states with their numbers, each linking to the list that it counts: `href` gives the address for a state and, of
/// the open ones, a reason.
pub fn legend(lang: Lang, tally: &Tally, href: impl Fn(State, Option<Reason>) -> String) -> Markup {
    let states = [
        (State::Verified, t!(lang, M, "by-machine"), tally.verified),
        (State::Attested, t!(lang, M, "by-people"), tally.attested),
        (State::Waived, t!(lang, M, "accepted-gap"), tally.waived),
        (State::Claimed, t!(lang, M, "no-proof"), tally.claimed),
        (State::Open, String::new(), tally.open()),
    ];
    let reasons = [
        (Reason::Failing, tally.failing),
        (Reason::Stale, tally.stale),
        (Reason::Inconclusive, tally.inconclusive),
        (Reason::AwaitingApproval, tally.awaiting),
        (Reason::InProgress, tally.in_progress),
        (Reason::NotStarted, tally.not_started),
    ];
    html! {
        div.j-leg {
            @for (state, how, n) in states {
                a href=(href(state, None)) { (line(lang, marks::of_state(state, None), state.name().get(lang), &how, n)) }
            }
            @for (reason, n) in reasons {
                a.sub href=(href(State::Open, Some(reason))) { (line(lang, marks::of_reason(reason), reason.name().get(lang), "", n)) }
            }
        }
    }
}

fn line(lang: Lang, mark: Mark, name: &str, how: &str, n: usize) -> Markup {
    html! { (mark.glyph()) (name) @if !how.is_empty() { " " span.j-dim { (how) } } span.j-n { (super::dates::count(lang, n)) } }
}

/// The hair between two shares, in percent.
const GAP: f64 = 0.35;

#[expect(clippy::cast_precision_loss, reason = "counts of rows, far below the mantissa")]
fn percent(n: usize, total: usize) -> f64 {
    n as f64 * 100.0 / total as f64
}

/// One decimal of a pixel is enough, and whole numbers stay short.
fn fixed(it: f64) -> String {
    let text = format!("{it:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Points as the coordinates of an SVG path: `M1 2L3 4`.
fn path(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    let mut out = String::new();
    for (n, (x, y)) in points.into_iter().enumerate() {
        out.push(if n == 0 { 'M' } else { 'L' });
        out.push_str(&format!("{x:.1} {y:.1}"));
    }
    out
}
