//! What an engagement gets depends on its profile: which rows, which dates, which gates.

use std::collections::BTreeSet;

use jalon_domain::{
    profile::{Choice, Cloud, Profile, Programme, Service},
    programme::Responsibility,
    schedule::{due_dates, phase_window},
};

use crate::Catalogue;

fn everything() -> Profile {
    Profile {
        programmes: [Programme::Office365, Programme::Ems].into(),
        services: Service::ALL.iter().copied().collect(),
        options: Choice::ALL.iter().copied().collect(),
        seats: 2_340,
        cloud: Cloud::Worldwide,
    }
}

fn nothing_chosen() -> Profile {
    Profile {
        services: [].into(),
        options: [].into(),
        ..everything()
    }
}

/// The ids of the rows of an engagement with this profile.
fn rows(profile: &Profile) -> BTreeSet<&'static str> {
    Catalogue::builtin()
        .rows_for(profile)
        .map(|it| it.id.as_str())
        .collect()
}

/// The ids of those that apply.
fn applying(profile: &Profile) -> BTreeSet<&'static str> {
    Catalogue::builtin()
        .applicable(profile)
        .map(|it| it.id.as_str())
        .collect()
}

#[test]
fn overlays_join_where_their_condition_holds() {
    let usual = rows(&everything());
    assert_eq!(usual.len(), 76);
    for cloud in [Cloud::Gcc, Cloud::GccHigh, Cloud::Dod] {
        let joined = rows(&Profile { cloud, ..everything() });
        let added: Vec<&&str> = joined.difference(&usual).collect();
        assert_eq!(added, [&"government.firewall", &"government.reverse-proxy"]);
    }
    let large = rows(&Profile {
        seats: 20_000,
        ..everything()
    });
    assert_eq!(large.len(), 82);
    assert!(large.difference(&usual).all(|it| it.starts_with("steering.")));
    assert_eq!(
        rows(&Profile {
            seats: 19_999,
            ..everything()
        }),
        usual
    );
}

#[test]
fn what_applies_follows_the_choices() {
    let all = applying(&everything());
    assert_eq!(all.len(), 76);
    let kept = applying(&nothing_chosen());
    let left_out: Vec<&str> = all.difference(&kept).copied().collect();
    let expected = [
        "access.grant",
        "admin.accounts",
        "apple.apns",
        "apple.id",
        "cm.latest",
        "cm.minimum",
        "directory.mail-attributes",
        "directory.sync",
        "licence.defender",
        "net.ca-wifi-vpn",
        "network.bandwidth-voice",
        "screen.share",
        "sfb.tools",
        "source.decommission",
        "subs.thirdparty",
        "teams.space",
        "tls.public-certs",
        "tou.text",
    ];
    assert_eq!(left_out, expected);
}

#[test]
fn the_shared_space_has_no_place_in_closed_clouds() {
    assert!(
        applying(&Profile {
            cloud: Cloud::Gcc,
            ..everything()
        })
        .contains("teams.space")
    );
    for cloud in [Cloud::GccHigh, Cloud::Dod] {
        assert!(!applying(&Profile { cloud, ..everything() }).contains("teams.space"));
    }
}

#[test]
fn a_page_alone_asks_only_its_own_duties() {
    // These follow a technical choice, whichever page was handed over.
    let by_choice = [
        "access.grant",
        "admin.accounts",
        "apple.id",
        "apple.apns",
        "directory.mail-attributes",
    ];
    let catalogue = Catalogue::builtin();
    for programme in [Programme::Office365, Programme::Ems] {
        for row in catalogue.applicable(&Profile {
            programmes: [programme].into(),
            ..everything()
        }) {
            let cited = row
                .bullets
                .iter()
                .any(|it| catalogue.bullet(it).unwrap().programme == programme);
            assert!(cited || by_choice.contains(&row.id.as_str()), "{programme}: {}", row.id);
        }
    }
}

#[test]
fn every_proposed_date_falls_within_its_phase() {
    let start = "2026-09-07".parse().unwrap();
    for profile in [
        everything(),
        nothing_chosen(),
        Profile {
            seats: 25_000,
            cloud: Cloud::Gcc,
            ..everything()
        },
    ] {
        let rows: Vec<&Responsibility> = Catalogue::builtin().applicable(&profile).collect();
        let due = due_dates(start, &rows);
        for row in rows {
            let (first, last) = phase_window(start, row.gate_phase());
            let date = due[&row.id];
            assert!(
                first <= date && date <= last,
                "{}: {date} is outside {first} to {last}",
                row.id
            );
        }
    }
}

#[test]
fn each_duty_holds_a_gate_that_closes_a_phase() {
    let catalogue = Catalogue::builtin();
    for profile in [everything(), nothing_chosen()] {
        let closing: Vec<_> = catalogue
            .gates()
            .iter()
            .filter(|it| it.closes_phase && it.applies.holds(&profile))
            .collect();
        for row in catalogue.applicable(&profile) {
            assert!(closing.iter().any(|it| it.asks(row)), "nothing waits for {}", row.id);
        }
    }
}
