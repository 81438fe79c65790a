//! The marks as drawings: one symbol each, 16 units wide, told apart by shape before colour. What they mean is in
//! [`marks`](super::marks).
//!
//! Round is the state of a responsibility, square the outcome of a check, pointed the severity of a finding, a split
//! rectangle a side, a flag on a stake a gate. The more solid the outline of a tick, the more solid the proof.

use maud::{Markup, html};

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Solid disc, tick: a machine saw it.
    Verified,
    /// Ring, tick: people said so.
    Attested,
    /// Solid diamond, bar: an accepted gap.
    Waived,
    /// Ring struck through.
    NotApplicable,
    /// Dashed ring, tick: said done, nothing shows it.
    Claimed,
    /// Ring, empty.
    NotStarted,
    /// Ring, half full.
    InProgress,
    /// Ring, cross.
    Failing,
    /// Ring, clock.
    Stale,
    /// Ring, question mark.
    Inconclusive,
    /// Ring, three dots.
    Awaiting,
    /// Return arrow.
    Regressed,
    /// Square, tick.
    Pass,
    /// Solid square, cross.
    Fail,
    /// Dashed square, question mark.
    Doubt,
    /// Square, bar.
    Idle,
    /// Square, triangle.
    Running,
    /// Octagon.
    Blocker,
    /// Solid triangle.
    Major,
    /// Hollow triangle.
    Minor,
    /// The letter i.
    Info,
    /// Left half.
    Customer,
    /// Right half.
    Provider,
    /// Both halves.
    Joint,
    /// Flag on a stake.
    Stake,
    /// The program's own sign.
    Brand,
}

/// Symbol id, classes where it is used, view box, body.
type Drawing = (&'static str, &'static str, &'static str, &'static str);

const BOX: &str = "0 0 16 16";

macro_rules! ring {
    ($inside:literal) => {
        concat!(
            r#"<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>"#,
            $inside
        )
    };
}
macro_rules! square {
    ($inside:literal) => {
        concat!(
            r#"<rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.4" fill="none" stroke="currentColor" stroke-width="1.5"/>"#,
            $inside
        )
    };
}
macro_rules! frame {
    ($inside:literal) => {
        concat!(
            r#"<rect x="2" y="3" width="12" height="10" rx="1.6" fill="none" stroke="currentColor" stroke-width="1.4"/>"#,
            $inside
        )
    };
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 26] = [
        Self::Verified,
        Self::Attested,
        Self::Waived,
        Self::NotApplicable,
        Self::Claimed,
        Self::NotStarted,
        Self::InProgress,
        Self::Failing,
        Self::Stale,
        Self::Inconclusive,
        Self::Awaiting,
        Self::Regressed,
        Self::Pass,
        Self::Fail,
        Self::Doubt,
        Self::Idle,
        Self::Running,
        Self::Blocker,
        Self::Major,
        Self::Minor,
        Self::Info,
        Self::Customer,
        Self::Provider,
        Self::Joint,
        Self::Stake,
        Self::Brand,
    ];

    /// The mark as decoration: a word stands beside it.
    pub fn glyph(self) -> Markup {
        self.tinted("")
    }

    /// The mark as decoration, with further classes (`j-ok`, `j-bad`, `j-dim`).
    pub fn tinted(self, classes: &str) -> Markup {
        let (id, own, ..) = self.drawing();
        let class = ["j-g", own, classes]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        html! { svg class=(class) aria-hidden="true" { use href={ "#" (id) } {} } }
    }

    /// The mark alone, named for those who do not see it; a text must stand in the same row.
    pub fn named(self, name: &str) -> Markup {
        let (id, own, ..) = self.drawing();
        html! { svg class={ "j-g " (own) } role="img" aria-label=(name) { use href={ "#" (id) } {} } }
    }

    /// The id of its symbol.
    pub(crate) fn id(self) -> &'static str {
        self.drawing().0
    }

    /// Its symbol, for the sprite.
    pub(super) fn symbol(self) -> Markup {
        let (id, _, view_box, body) = self.drawing();
        html! { symbol id=(id) viewBox=(view_box) { (maud::PreEscaped(body)) } }
    }

    const fn drawing(self) -> Drawing {
        match self {
            Self::Verified => (
                "g-st-verified",
                "st-verified",
                BOX,
                r#"<circle cx="8" cy="8" r="7" fill="currentColor"/><path d="M4.9 8.3l2.1 2.1 4.2-4.5" fill="none" stroke="var(--j-bg)" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"/>"#,
            ),
            Self::Attested => (
                "g-st-attested",
                "st-attested",
                BOX,
                ring!(
                    r#"<path d="M4.9 8.3l2.1 2.1 4.2-4.5" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>"#
                ),
            ),
            Self::Waived => (
                "g-st-waived",
                "st-waived",
                BOX,
                r#"<path d="M8 .9 15.1 8 8 15.1.9 8z" fill="currentColor"/><path d="M5 8h6" stroke="var(--j-bg)" stroke-width="1.9" stroke-linecap="round"/>"#,
            ),
            Self::NotApplicable => (
                "g-st-na",
                "st-na",
                BOX,
                ring!(r#"<path d="M3.8 12.2l8.4-8.4" stroke="currentColor" stroke-width="1.5"/>"#),
            ),
            Self::Claimed => (
                "g-st-claimed",
                "st-claimed",
                BOX,
                r#"<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.7 2.17"/><path d="M4.9 8.3l2.1 2.1 4.2-4.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>"#,
            ),
            Self::NotStarted => ("g-st-new", "st-new", BOX, ring!("")),
            Self::InProgress => (
                "g-st-progress",
                "st-progress",
                BOX,
                ring!(r#"<path d="M8 4.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor"/>"#),
            ),
            Self::Failing => (
                "g-st-failing",
                "st-failing",
                BOX,
                ring!(
                    r#"<path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/>"#
                ),
            ),
            Self::Stale => (
                "g-st-stale",
                "st-stale",
                BOX,
                ring!(
                    r#"<path d="M8 4.6V8.2l2.4 1.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#
                ),
            ),
            Self::Inconclusive => (
                "g-st-inc",
                "st-inc",
                BOX,
                ring!(
                    r#"<path d="M6.3 6.5a1.75 1.75 0 1 1 2.5 1.6c-.5.25-.8.55-.8 1.1" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/><circle cx="8" cy="11.1" r=".95" fill="currentColor"/>"#
                ),
            ),
            Self::Awaiting => (
                "g-st-wait",
                "st-wait",
                BOX,
                ring!(
                    r#"<circle cx="5.1" cy="8" r="1.05" fill="currentColor"/><circle cx="8" cy="8" r="1.05" fill="currentColor"/><circle cx="10.9" cy="8" r="1.05" fill="currentColor"/>"#
                ),
            ),
            Self::Regressed => (
                "g-regr",
                "j-bad",
                BOX,
                r#"<path d="M13 3v3.5a3 3 0 0 1-3 3H3.5M6.7 6 3.2 9.5 6.7 13" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>"#,
            ),
            Self::Pass => (
                "g-o-pass",
                "o-pass",
                BOX,
                square!(
                    r#"<path d="M4.9 8.3l2.1 2.1 4.2-4.5" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>"#
                ),
            ),
            Self::Fail => (
                "g-o-fail",
                "o-fail",
                BOX,
                r#"<rect x="1" y="1" width="14" height="14" rx="2.6" fill="currentColor"/><path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" stroke="var(--j-bg)" stroke-width="1.9" stroke-linecap="round"/>"#,
            ),
            Self::Doubt => (
                "g-o-inc",
                "o-inc",
                BOX,
                r#"<rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2"/><path d="M6.2 6.4a1.8 1.8 0 1 1 2.6 1.7c-.5.25-.8.6-.8 1.1" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"/><circle cx="8" cy="11.2" r=".95" fill="currentColor"/>"#,
            ),
            Self::Idle => (
                "g-o-na",
                "o-na",
                BOX,
                square!(r#"<path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>"#),
            ),
            Self::Running => (
                "g-o-run",
                "o-run",
                BOX,
                square!(r#"<path d="M6.4 5.2l4.4 2.8-4.4 2.8z" fill="currentColor"/>"#),
            ),
            Self::Blocker => (
                "g-v-blocker",
                "v-blocker",
                BOX,
                r#"<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor"/><path d="M4.6 8h6.8" stroke="var(--j-bg)" stroke-width="2.1" stroke-linecap="round"/>"#,
            ),
            Self::Major => (
                "g-v-major",
                "v-major",
                BOX,
                r#"<path d="M8 1.6 15.2 14.2H.8z" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/><path d="M8 6.2v3.6" stroke="var(--j-bg)" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="var(--j-bg)"/>"#,
            ),
            Self::Minor => (
                "g-v-minor",
                "v-minor",
                BOX,
                r#"<path d="M8 2.6 14.4 13.6H1.6z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round"/>"#,
            ),
            Self::Info => (
                "g-v-info",
                "v-info",
                BOX,
                r#"<circle cx="8" cy="3.7" r="1.3" fill="currentColor"/><path d="M6.2 7h2v5.4M5.9 12.6h4.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>"#,
            ),
            Self::Customer => (
                "g-d-c",
                "j-side-m",
                BOX,
                frame!(r#"<rect x="3.6" y="4.6" width="4" height="6.8" fill="currentColor"/>"#),
            ),
            Self::Provider => (
                "g-d-p",
                "j-side-m",
                BOX,
                frame!(r#"<rect x="8.4" y="4.6" width="4" height="6.8" fill="currentColor"/>"#),
            ),
            Self::Joint => (
                "g-d-j",
                "j-side-m",
                BOX,
                frame!(
                    r#"<rect x="3.6" y="4.6" width="4" height="6.8" fill="currentColor"/><rect x="8.4" y="4.6" width="4" height="6.8" fill="currentColor"/>"#
                ),
            ),
            Self::Stake => (
                "g-stake",
                "",
                BOX,
                r#"<path d="M8 1v14" stroke="currentColor" stroke-width="1.9" stroke-linecap="round"/><path d="M8 2.2h6l-1.7 2.5L14 7.2H8" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/>"#,
            ),
            Self::Brand => (
                "g-brand",
                "",
                "0 0 16 20",
                r#"<path d="M8 1v18" stroke="currentColor" stroke-width="5" stroke-linecap="round"/><path d="M5.5 5.2h5v3.4h-5zM5.5 12.2h5v3.4h-5z" class="k-brand"/>"#,
            ),
        }
    }
}
