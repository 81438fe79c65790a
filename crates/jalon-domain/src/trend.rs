//! Proven over time, and what the pace promises: a range, never a single date.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::proof::State;

/// The share of the pace that the range allows for, each way.
const SPREAD: f64 = 0.35;
/// Weeks looked back to tell the pace.
const PACE_WEEKS: usize = 6;
/// Beyond this many weeks a forecast is no forecast.
const HORIZON_WEEKS: f64 = 260.0;

/// One change of state on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub on: Date,
    /// The state before.
    pub from: State,
    /// The state after.
    pub to: State,
}

/// Counts on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Point {
    /// The day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    /// Responsibilities that apply.
    pub applicable: usize,
    /// Of these, proven.
    pub proven: usize,
    /// Of these, claimed without proof.
    pub claimed: usize,
}

/// When everything is proven at the pace of the last weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Forecast {
    /// At the pace itself.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub on: Date,
    /// A third faster.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub early: Date,
    /// A third slower.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub late: Date,
}

/// The weekly points from the first day to today, and a forecast where there is a pace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Trend {
    /// One a week, then today.
    pub points: Vec<Point>,
    /// None when nothing was proven lately, or everything is.
    pub forecast: Option<Forecast>,
}

/// The trend of an engagement that began on `start`, with today's counts and the `changes` that led to them.
pub fn trend(start: Date, today: Point, changes: &[Change]) -> Trend {
    let mut points: Vec<Point> = weeks(start, today.on).map(|on| rewind(today, on, changes)).collect();
    points.push(today);
    let forecast = forecast(&points, today);
    Trend { points, forecast }
}

fn weeks(start: Date, today: Date) -> impl Iterator<Item = Date> {
    let next = |it: &Date| it.checked_add(1.week()).ok();
    std::iter::successors(Some(start), next)
        .take_while(move |it| *it < today)
        .take(520)
}

/// The counts at the end of the day `on`: today's with every later change undone.
fn rewind(today: Point, on: Date, changes: &[Change]) -> Point {
    let mut counts = [today.applicable, today.proven, today.claimed].map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    for change in changes.iter().filter(|it| it.on > on) {
        for (state, step) in [(change.to, -1), (change.from, 1)] {
            counts[0] += if state == State::NotApplicable { 0 } else { step };
            counts[1] += if state.is_proven() { step } else { 0 };
            counts[2] += if state == State::Claimed { step } else { 0 };
        }
    }
    let [applicable, proven, claimed] = counts.map(|it| usize::try_from(it).unwrap_or(0));
    Point {
        on,
        applicable,
        proven,
        claimed,
    }
}

fn forecast(points: &[Point], today: Point) -> Option<Forecast> {
    let missing = today.applicable.checked_sub(today.proven).filter(|it| *it > 0)?;
    let before = points
        .get(points.len().saturating_sub(PACE_WEEKS + 1))
        .filter(|it| it.on < today.on)?;
    let days = f64::from(today.on.since((jiff::Unit::Day, before.on)).ok()?.get_days());
    let gained = today.proven.checked_sub(before.proven).filter(|it| *it > 0)?;
    let per_day = gained as f64 / days;
    let on = |share: f64| {
        let needed = (missing as f64 / (per_day * share)).ceil().min(HORIZON_WEEKS * 7.0);
        today.on.saturating_add(jiff::Span::new().days(needed as i64))
    };
    Some(Forecast {
        on: on(1.0),
        early: on(1.0 + SPREAD),
        late: on(1.0 - SPREAD),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_past_is_today_with_the_changes_undone() {
        let start = date(2026, 9, 7);
        let today = Point {
            on: date(2026, 9, 21),
            applicable: 10,
            proven: 3,
            claimed: 1,
        };
        let change = |day, from, to| Change {
            on: date(2026, 9, day),
            from,
            to,
        };
        let changes = [
            change(8, State::Open, State::Verified),
            change(15, State::Open, State::Attested),
            change(16, State::Claimed, State::Waived),
            change(20, State::Open, State::Claimed),
        ];
        let trend = trend(start, today, &changes);
        let counts: Vec<_> = trend
            .points
            .iter()
            .map(|it| (it.on.day(), it.proven, it.claimed))
            .collect();
        assert_eq!(counts, [(7, 0, 1), (14, 1, 1), (21, 3, 1)]);
        let forecast = trend.forecast.unwrap();
        assert_eq!(forecast.on, date(2026, 10, 24), "7 missing at 3 in 14 days");
        assert!(forecast.early < forecast.on && forecast.on < forecast.late);
    }

    #[test]
    fn no_pace_no_forecast() {
        let today = Point {
            on: date(2026, 9, 21),
            applicable: 10,
            proven: 0,
            claimed: 0,
        };
        assert_eq!(trend(date(2026, 9, 7), today, &[]).forecast, None);
        let done = Point { proven: 10, ..today };
        assert_eq!(trend(date(2026, 9, 7), done, &[]).forecast, None);
        assert_eq!(trend(today.on, today, &[]).points.len(), 1);
    }
}
