//! Due dates: from a start date, the phases' lengths and the dependencies. Pure calendar arithmetic on civil dates.

use std::collections::BTreeMap;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::{
    ids::ResponsibilityId,
    programme::{Phase, Responsibility},
};

/// Working days that each phase is planned for. The programme states no duration anywhere (`programme.md` section 1.5),
/// so these are a first proposal that people move.
const PHASE_DAYS: [(Phase, u16); 6] = [
    (Phase::Initiate, 10),
    (Phase::Assess, 20),
    (Phase::Remediate, 30),
    (Phase::Enable, 30),
    (Phase::Migrate, 20),
    (Phase::Close, 10),
];

/// The first and the last working day of `phase` when the engagement begins on `start`.
pub fn phase_window(start: Date, phase: Phase) -> (Date, Date) {
    let before: u16 = PHASE_DAYS
        .iter()
        .take_while(|(it, _)| *it != phase)
        .map(|(_, days)| days)
        .sum();
    let length = PHASE_DAYS
        .iter()
        .find(|(it, _)| *it == phase)
        .map_or(0, |(_, days)| *days);
    (
        add_working_days(start, before),
        add_working_days(start, (before + length).saturating_sub(1)),
    )
}

/// The proposed due date of each of `duties`: its own days after the later of its phase's first day and the due dates
/// of what it depends on (and of its children), never before that, whatever order the duties come in. What is not in
/// `duties` delays nothing. The catalogue has no cycles; if it had one, its members would count from their phase.
pub fn due_dates(start: Date, duties: &[&Responsibility]) -> BTreeMap<ResponsibilityId, Date> {
    let by_id: BTreeMap<&ResponsibilityId, &Responsibility> = duties.iter().map(|it| (&it.id, *it)).collect();
    let mut due = BTreeMap::new();
    for duty in duties {
        visit(start, duty, &by_id, &mut due, &mut Vec::new());
    }
    due
}

fn visit<'a>(
    start: Date,
    duty: &'a Responsibility,
    by_id: &BTreeMap<&'a ResponsibilityId, &'a Responsibility>,
    due: &mut BTreeMap<ResponsibilityId, Date>,
    path: &mut Vec<&'a ResponsibilityId>,
) -> Option<Date> {
    if let Some(date) = due.get(&duty.id) {
        return Some(*date);
    }
    if path.contains(&&duty.id) {
        return None;
    }
    path.push(&duty.id);
    let mut latest = |ids: &'a [ResponsibilityId]| -> Option<Date> {
        ids.iter()
            .filter_map(|it| visit(start, by_id.get(it)?, by_id, due, path))
            .max()
    };
    let (after, children) = (latest(&duty.depends_on), latest(&duty.children));
    path.pop();
    let phase = duty.phase.or(duty.needed_by);
    let begin = phase.map_or(start, |it| phase_window(start, it).0);
    let begin = after.map_or(begin, |it| begin.max(it));
    let date = add_working_days(begin, duty.days).max(children.unwrap_or(Date::MIN));
    due.insert(duty.id.clone(), date);
    Some(date)
}

/// `days` working days after `from`, weekends left out; a weekend start counts as the Monday after.
pub fn add_working_days(from: Date, days: u16) -> Date {
    let mut date = on_a_working_day(from);
    for _ in 0..days {
        date = on_a_working_day(next(date));
    }
    date
}

fn on_a_working_day(mut date: Date) -> Date {
    while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && date < Date::MAX {
        date = next(date);
    }
    date
}

fn next(date: Date) -> Date {
    date.saturating_add(1.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weekends_are_left_out() {
        let friday = date(2026, 11, 20);
        assert_eq!(add_working_days(friday, 0), friday);
        assert_eq!(add_working_days(friday, 1), date(2026, 11, 23));
        assert_eq!(add_working_days(date(2026, 11, 21), 0), date(2026, 11, 23));
        assert_eq!(add_working_days(friday, 10), date(2026, 12, 4));
        assert_eq!(add_working_days(Date::MAX, 3), Date::MAX);
    }

    #[test]
    fn phases_follow_one_another() {
        let start = date(2026, 9, 7);
        let mut end = None;
        for phase in Phase::ALL {
            let (first, last) = phase_window(start, *phase);
            assert!(first <= last);
            assert!(
                end.is_none_or(|end| end < first),
                "{phase} begins after the one before ended"
            );
            end = Some(last);
        }
    }
}
