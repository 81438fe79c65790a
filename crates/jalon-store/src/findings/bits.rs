//! The kinds of error of a finding as bits of one number, so that a filter asks the database without reading JSON.

use jalon_domain::finding::{Defect, FlawKind};

/// The bit of one kind. Stored: a number that was given to a kind stays with it.
pub(super) const fn of(kind: FlawKind) -> i32 {
    match kind {
        FlawKind::Character => 1,
        FlawKind::Format => 1 << 1,
        FlawKind::TopLevelDomain => 1 << 2,
        FlawKind::DomainPart => 1 << 3,
        FlawKind::LocalPart => 1 << 4,
        FlawKind::Length => 1 << 5,
        FlawKind::Duplicate => 1 << 6,
        FlawKind::Blank => 1 << 7,
        FlawKind::Mismatch => 1 << 8,
    }
}

/// The bits of every kind that `defect` names.
pub(super) fn of_defect(defect: &Defect) -> i32 {
    let errors = defect.object.iter().flat_map(|it| &it.errors);
    errors.fold(0, |bits, kind| bits | of(*kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_bit_of_its_own() {
        let all = FlawKind::ALL.iter().fold(0, |bits, kind| bits | of(*kind));
        assert_eq!(all.count_ones() as usize, FlawKind::ALL.len());
    }
}
