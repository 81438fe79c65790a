//! Lists of engagements: a few, hundreds, none.

use std::collections::BTreeMap;

use jalon_domain::{finding::Severity, gate::GateState, ids::EngagementId, profile::Programme};
use jalon_service::view::{
    StateCounts,
    home::{EngagementCard, GateMark},
};
use jiff::civil::date;
use uuid::Uuid;

use super::{Asked, list::Home};

/// A few engagements, as an administrator sees them.
pub fn sample() -> Home {
    let nord = StateCounts {
        verified: 11,
        attested: 30,
        waived: 2,
        claimed: 4,
        failing: 5,
        inconclusive: 1,
        stale: 1,
        awaiting_approval: 2,
        in_progress: 7,
        not_started: 7,
        not_applicable: 6,
    };
    let fresh = StateCounts {
        not_started: 64,
        not_applicable: 12,
        ..StateCounts::default()
    };
    let done = StateCounts {
        verified: 27,
        attested: 44,
        waived: 1,
        not_applicable: 4,
        ..StateCounts::default()
    };
    let mut done = card(3, "Example Isthme", done, &[], 6);
    done.name = "Exchange, second wave".to_owned();
    let cards = vec![
        card(
            1,
            "Example Nord",
            nord,
            &[
                (Severity::Blocker, 6),
                (Severity::Major, 12),
                (Severity::Minor, 12),
                (Severity::Info, 4),
            ],
            2,
        ),
        card(2, "Example Rivage", fresh, &[], 0),
        done,
    ];
    Home::of(cards, &Asked::default(), true)
}

/// Hundreds of engagements, the second page of what was searched for.
pub fn many() -> Home {
    let counts = StateCounts {
        verified: 9,
        attested: 20,
        failing: 3,
        not_started: 38,
        ..StateCounts::default()
    };
    let cards = (0..240)
        .map(|n| card(n, &format!("Example {n:03}"), counts, &[(Severity::Major, 3)], 1))
        .collect();
    Home::of(
        cards,
        &Asked {
            q: "example".to_owned(),
            page: 2,
        },
        true,
    )
}

/// No engagement, for somebody who may create one and for somebody who may not.
pub fn none(may_create: bool) -> Home {
    Home::of(Vec::new(), &Asked::default(), may_create)
}

/// A search that finds nothing.
pub fn unmatched() -> Home {
    Home::of(
        many().cards,
        &Asked {
            q: "contoso".to_owned(),
            page: 1,
        },
        false,
    )
}

fn card(
    n: u128,
    organisation: &str,
    counts: StateCounts,
    findings: &[(Severity, usize)],
    open: usize,
) -> EngagementCard {
    let words = ["initiate", "assess", "remediate", "enable", "migrate", "close"];
    let state = |n: usize| match n {
        it if it < open => GateState::Open,
        it if it == open => GateState::Blocked,
        _ => GateState::Later,
    };
    let gate = |(n, word): (usize, &&str)| GateMark {
        id: word.parse().expect("samples hold valid ids"),
        state: state(n),
    };
    EngagementCard {
        id: EngagementId(Uuid::from_u128(0x0193_4d6e_0000_7000_8000_0000_0000_0000 + n)),
        organisation: organisation.to_owned(),
        name: organisation.to_owned(),
        programmes: Programme::ALL.to_vec(),
        seats: 2340,
        start: date(2026, 9, 7),
        counts,
        findings: findings.iter().copied().collect::<BTreeMap<_, _>>(),
        gates: words.iter().enumerate().map(gate).collect(),
    }
}
