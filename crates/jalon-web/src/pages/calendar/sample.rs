//! The calendar of the mock-ups' engagement, and one in which nothing ends.

use jalon_domain::{measure::Family, text::Text};
use jalon_service::{
    feed::FeedView,
    view::{
        Link,
        calendar::{Calendar, Entry, EntryKind},
    },
};
use jiff::civil::{Date, date};

use crate::pages::overview::sample::{at, header, person};

/// Entries of every kind, one of them late.
pub fn sample() -> Calendar {
    let (late, coming) = entries().into_iter().partition::<Vec<_>, _>(|it| it.late);
    let count = |kind| late.iter().chain(&coming).filter(|it| it.kind == kind).count();
    Calendar {
        header: header(),
        kinds: EntryKind::ALL.iter().map(|it| (*it, count(*it))).collect(),
        all: late.len() + coming.len(),
        mine: 1,
        feed: Some(FeedView {
            created_at: at("2026-11-10T09:00:00Z"),
        }),
        late,
        coming,
    }
}

/// Nothing at all, and nothing under a filter.
pub fn empty() -> [Calendar; 2] {
    [0, 5].map(|all| Calendar {
        late: Vec::new(),
        coming: Vec::new(),
        all,
        mine: 0,
        feed: None,
        ..sample()
    })
}

/// The entries, in order.
pub(crate) fn entries() -> Vec<Entry> {
    vec![
        Entry {
            owner: Some(person(3, "Thomas Leroy")),
            late: true,
            link: Link::Remediation {
                family: Some(Family::Dns),
                rule: Some("SPF-02".to_owned()),
            },
            ..entry(
                EntryKind::Finding,
                date(2026, 11, 19),
                ["There are two SPF records", "Il y a deux enregistrements SPF"],
                [
                    "SPF-02: mend it; the next measurement closes it.",
                    "SPF-02\u{a0}: corrigez-le\u{202f}; la prochaine mesure le clora.",
                ],
            )
        },
        Entry {
            at: Some(at("2026-11-20T22:48:00Z")),
            link: Link::Checks,
            ..entry(
                EntryKind::Measurement,
                date(2026, 11, 20),
                ["Next measurement: DNS", "Prochaine mesure\u{a0}: DNS"],
                ["Nothing to do.", "Rien à faire."],
            )
        },
        Entry {
            at: Some(at("2026-12-02T00:00:00Z")),
            link: Link::Checks,
            ..entry(
                EntryKind::Certificate,
                date(2026, 12, 2),
                [
                    "The certificate of mail.nord.example.com:443 expires",
                    "Le certificat de mail.nord.example.com:443 expire",
                ],
                [
                    "Renew it, then measure again.",
                    "Renouvelez-le, puis mesurez à nouveau.",
                ],
            )
        },
        Entry {
            at: Some(at("2026-12-17T09:03:00Z")),
            owner: Some(person(2, "Inès Faure")),
            ..entry(
                EntryKind::Proof,
                date(2026, 12, 17),
                [
                    "A proof of “Hold a push certificate” ends",
                    "Une preuve de «\u{a0}Détenir un certificat push\u{a0}» prend fin",
                ],
                [
                    "Hand in or confirm again: the certificate is valid",
                    "Remettez ou confirmez à nouveau\u{a0}: le certificat est valable",
                ],
            )
        },
        entry(
            EntryKind::Waiver,
            date(2027, 1, 15),
            [
                "The waiver of “Plan the support” ends",
                "La dérogation de «\u{a0}Planifier le support\u{a0}» prend fin",
            ],
            [
                "Prove it until then, or have the gap accepted again.",
                "Prouvez-la d’ici là, ou faites accepter l’écart à nouveau.",
            ],
        ),
    ]
}

fn entry(kind: EntryKind, on: Date, title: [&str; 2], detail: [&str; 2]) -> Entry {
    Entry {
        uid: format!("{kind}.sample.{on}@jalon"),
        kind,
        title: Text::new(title[0], title[1]),
        detail: Text::new(detail[0], detail[1]),
        on,
        at: None,
        late: false,
        owner: None,
        link: Link::Responsibility {
            id: "support.plan".parse().expect("samples hold valid ids"),
        },
    }
}
