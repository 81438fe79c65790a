//! The overview computed.

use std::collections::BTreeMap;

use jalon_domain::{
    ids::EngagementId,
    programme::Phase,
    proof::{Reason, Standing},
    schedule,
    trend::{self, Point},
};
use jalon_store::{findings, history};
use jiff::{ToSpan, civil::Weekday, tz::TimeZone};

use super::{DriftRow, Freshness, Overview, PhaseView};
use crate::{
    App, Caller, Permission, Result,
    engagement::{Picture, is_regression},
    view::{
        StateCounts,
        build::open_findings,
        calendar::{Entry, EntryKind},
    },
};

/// Weeks of the freshness chart.
const WEEKS: i32 = 8;
/// Lines of drift at most.
const DRIFT: usize = 6;
/// Notices at most.
const NOTICES: u64 = 5;
/// What comes next, lines at most.
const COMING: usize = 5;

impl App {
    /// The engagement at a glance.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for a stranger.
    pub async fn overview(&self, caller: &Caller, id: EngagementId) -> Result<Overview> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let changes = history::all_of_engagement(self.store(), id).await?;
        let groups = findings::groups(self.store(), id, &open_findings()).await?;
        let findings = picture.finding_table(self.store()).await?;
        let measured = findings.rows.iter().any(|it| it.measured_at.is_some());
        let gate = picture.current_gate().map(|(_, gate)| gate.clone());
        Ok(Overview {
            header: picture.header(self.store(), caller, &rights).await?,
            phases: phases(&picture),
            cross: StateCounts::of(picture.of_phase(None).map(|it| &it.proof)),
            next: picture.next_step(measured),
            blocking: gate
                .as_ref()
                .map(|it| picture.blocking(it, &groups))
                .unwrap_or_default(),
            gate,
            trend: trend_of(&picture, &changes),
            drift: drift(&picture, &changes),
            freshness: freshness(&picture),
            notices: self.seen_notices(self.store(), caller, id, None, NOTICES).await?,
            coming: coming(picture.entries(self.store(), &groups).await?),
            findings,
        })
    }
}

/// What comes next for people: measurements come by themselves.
fn coming(entries: Vec<Entry>) -> Vec<Entry> {
    let people = entries.into_iter().filter(|it| it.kind != EntryKind::Measurement);
    people.take(COMING).collect()
}

fn phases(picture: &Picture) -> Vec<PhaseView> {
    let current = picture.current_gate().map(|(rule, _)| rule.phase);
    let closing = |phase: Phase| {
        let mut pairs = picture.catalogue.gates().iter().zip(&picture.gates);
        pairs
            .find(|(rule, _)| rule.closes_phase && rule.phase == phase)
            .map(|(_, gate)| gate.clone())
    };
    Phase::ALL
        .iter()
        .filter_map(|phase| {
            Some(PhaseView {
                phase: *phase,
                counts: StateCounts::of(picture.of_phase(Some(*phase)).map(|it| &it.proof)),
                gate: closing(*phase)?,
                is_current: current == Some(*phase),
                planned: schedule::phase_window(picture.engagement.start, *phase).1,
            })
        })
        .collect()
}

fn trend_of(picture: &Picture, changes: &[history::Change]) -> trend::Trend {
    let counts = picture.counts();
    let today = Point {
        on: picture.today(),
        applicable: counts.applicable(),
        proven: counts.proven(),
        claimed: counts.claimed,
    };
    let changes: Vec<trend::Change> = changes
        .iter()
        .map(|it| trend::Change {
            on: it.at.to_zoned(TimeZone::UTC).date(),
            from: it.from_state,
            to: it.to_state,
        })
        .collect();
    trend::trend(picture.engagement.start, today, &changes)
}

fn drift(picture: &Picture, changes: &[history::Change]) -> Vec<DriftRow> {
    let since = picture.now.saturating_sub((7 * 24).hours()).unwrap_or(picture.now);
    changes
        .iter()
        .rev()
        .take_while(|it| it.at >= since)
        .filter_map(|it| {
            Some(DriftRow {
                at: it.at,
                responsibility: it.responsibility.clone(),
                title: picture.duty(&it.responsibility)?.responsibility.title.clone(),
                from: (it.from_state, it.from_reason),
                to: (it.to_state, it.to_reason),
                regression: is_regression(it.from_state, it.to_state),
            })
        })
        .take(DRIFT)
        .collect()
}

fn freshness(picture: &Picture) -> Freshness {
    let monday = picture
        .today()
        .tomorrow()
        .and_then(|it| it.nth_weekday(-1, Weekday::Monday))
        .unwrap_or(picture.today());
    let first: Vec<_> = (0..WEEKS)
        .filter_map(|it| monday.checked_add(it.weeks()).ok())
        .collect();
    let mut weeks: BTreeMap<_, usize> = first.iter().map(|it| (*it, 0)).collect();
    let last = monday.saturating_add(WEEKS.weeks());
    let week = picture.now.saturating_add((7 * 24).hours()).unwrap_or(picture.now);
    let (mut expired, mut soon, mut later) = (0, 0, 0);
    for status in picture.duties.iter().flat_map(|it| &it.proof.requirements) {
        match (status.standing, status.valid_until) {
            (Standing::Unmet(Reason::Stale), _) => expired += 1,
            (Standing::Unmet(_), _) => {}
            (Standing::Met(_), None) => later += 1,
            (Standing::Met(_), Some(until)) => {
                soon += usize::from(until < week);
                let day = until.to_zoned(TimeZone::UTC).date();
                match weeks.range_mut(..=day).next_back().filter(|_| day < last) {
                    Some((_, count)) => *count += 1,
                    None => later += 1,
                }
            }
        }
    }
    Freshness {
        expired,
        soon,
        later,
        weeks: weeks.into_iter().collect(),
    }
}
