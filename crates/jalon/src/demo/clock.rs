//! A clock that a story sets: to instants of the past, in the end to the present.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use jalon_service::Clock;
use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};

use crate::world;

/// What a look at a set clock lets pass, microseconds: no two things happen at once.
const BETWEEN_LOOKS: i64 = 1_000;
/// Stands for the present.
const PRESENT: i64 = i64::MIN;

/// The clock. Clones show the same time.
#[derive(Clone, Debug)]
pub(super) struct StoryClock(Arc<AtomicI64>);

impl StoryClock {
    /// A clock that shows the present.
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicI64::new(PRESENT)))
    }

    /// Sets it to an instant; from there it goes on by itself, a little with each look.
    pub(super) fn set(&self, to: Timestamp) {
        self.0.store(to.as_microsecond(), Ordering::SeqCst);
    }

    /// Sets it to the present.
    pub(super) fn release(&self) {
        self.0.store(PRESENT, Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Timestamp {
        let go_on = |it: i64| (it != PRESENT).then(|| it.saturating_add(BETWEEN_LOOKS));
        match self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, go_on) {
            Ok(it) => Timestamp::from_microsecond(it).unwrap_or_else(|_| world::now()),
            Err(_) => world::now(),
        }
    }
}

/// The `nth` act of the working day that lies so many working days before `now`.
pub(super) fn moment(now: Timestamp, working_days_ago: u16, nth: usize) -> Timestamp {
    let today = now.to_zoned(TimeZone::UTC).date();
    let is_worked = |it: &jiff::civil::Date| !matches!(it.weekday(), Weekday::Saturday | Weekday::Sunday);
    let back = std::iter::successors(today.yesterday().ok(), |it| it.yesterday().ok());
    let day = back
        .filter(is_worked)
        .nth(usize::from(working_days_ago).saturating_sub(1))
        .unwrap_or(today);
    let minutes = i64::try_from(nth).unwrap_or(0).saturating_mul(9);
    let morning = day
        .at(8, 20, 0, 0)
        .to_zoned(TimeZone::UTC)
        .map_or(now, |it| it.timestamp());
    morning
        .saturating_add(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_clock_goes_on_with_each_look_until_it_is_released() {
        let (clock, past) = (StoryClock::new(), "2026-09-14T08:00:00Z".parse().unwrap());
        clock.set(past);
        assert_eq!(clock.clone().now(), past);
        assert!(clock.now() > past);
        clock.release();
        assert!(clock.now() > past + SignedDuration::from_hours(24));
    }

    #[test]
    fn people_do_not_work_at_weekends() {
        // 2026-11-23 is a Monday.
        let monday = "2026-11-23T07:00:00Z".parse().unwrap();
        assert_eq!(moment(monday, 1, 0).to_string(), "2026-11-20T08:20:00Z");
        assert_eq!(moment(monday, 6, 2).to_string(), "2026-11-13T08:38:00Z");
    }
}
