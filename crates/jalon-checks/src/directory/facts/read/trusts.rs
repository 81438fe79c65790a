//! Trusts: numbers of the directory into words (MS-ADTS 6.1.6.7).

use jalon_wire::entry::Entry;

use super::domain_name;
use crate::directory::facts::{
    Part, dn,
    gathered::Gathered,
    types::{Direction, Trust, TrustKind},
    value::{is_a, number, text},
};

/// It reaches no further than the partner.
const NON_TRANSITIVE: i64 = 0x01;
/// Identities of others are filtered out.
const QUARANTINED: i64 = 0x04;
/// The partner is a forest.
const FOREST_TRANSITIVE: i64 = 0x08;
/// Who may come in is chosen.
const CROSS_ORGANIZATION: i64 = 0x10;
/// The partner is of the same forest.
const WITHIN_FOREST: i64 = 0x20;
/// A forest trust whose filter lets identities of before a migration through.
const TREAT_AS_EXTERNAL: i64 = 0x40;

pub(super) fn read(gathered: &Gathered) -> Vec<Trust> {
    let found = gathered.of_domains(Part::Trusts);
    let mut trusts: Vec<Trust> = found
        .filter(|it| is_a(it.1, "trustedDomain"))
        .map(|(domain, it)| trust(domain, it))
        .collect();
    trusts.sort_by(|a, b| (&a.domain, &a.partner).cmp(&(&b.domain, &b.partner)));
    trusts
}

fn trust(domain: &str, entry: &Entry) -> Trust {
    let attributes = number(entry, "trustAttributes").unwrap_or_default();
    let has = |bits: i64| attributes & bits != 0;
    let kind = kind(number(entry, "trustType"), attributes);
    Trust {
        domain: domain_name(domain),
        partner: text(entry, "trustPartner").unwrap_or_else(|| dn::name(&entry.dn)),
        direction: direction(number(entry, "trustDirection")),
        kind,
        transitive: match kind {
            TrustKind::WithinForest | TrustKind::Forest | TrustKind::Realm => !has(NON_TRANSITIVE),
            TrustKind::External | TrustKind::WindowsNt | TrustKind::Other => false,
        },
        within_forest: has(WITHIN_FOREST),
        sid_filtering: match kind {
            TrustKind::Forest => has(QUARANTINED) || !has(TREAT_AS_EXTERNAL),
            _ => has(QUARANTINED),
        },
        selective: has(CROSS_ORGANIZATION),
    }
}

fn direction(number: Option<i64>) -> Direction {
    match number.unwrap_or_default() & 3 {
        1 => Direction::Inbound,
        2 => Direction::Outbound,
        3 => Direction::Both,
        _ => Direction::Disabled,
    }
}

fn kind(trust_type: Option<i64>, attributes: i64) -> TrustKind {
    match trust_type {
        _ if attributes & WITHIN_FOREST != 0 => TrustKind::WithinForest,
        Some(1) => TrustKind::WindowsNt,
        Some(2) if attributes & FOREST_TRANSITIVE != 0 => TrustKind::Forest,
        Some(2) => TrustKind::External,
        Some(3) => TrustKind::Realm,
        _ => TrustKind::Other,
    }
}
