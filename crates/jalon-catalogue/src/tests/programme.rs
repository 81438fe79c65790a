//! The data are the programme: its counts, its languages, its order.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{
    profile::Programme,
    programme::{Phase, ProvedBy, Section},
    text::Lang,
};

use super::checks;
use crate::Catalogue;

#[test]
fn the_catalogue_holds() {
    let problems: Vec<String> = Catalogue::builtin()
        .validate(&checks())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn there_are_107_bullets_counted_by_section() {
    let bullets = Catalogue::builtin().bullets();
    assert_eq!(bullets.len(), 107);
    let count = |programme, section| {
        bullets
            .clone()
            .filter(|it| it.programme == programme && it.section == section)
            .count()
    };
    let by_section = |programme| Section::ALL.iter().map(|it| count(programme, *it)).collect::<Vec<_>>();
    assert_eq!(by_section(Programme::Ems), [25, 2, 6, 2, 8]);
    assert_eq!(by_section(Programme::Office365), [28, 4, 9, 6, 17]);
}

#[test]
fn there_are_76_responsibilities_by_phase() {
    let rows = Catalogue::builtin().page_responsibilities();
    assert_eq!(rows.len(), 76);
    let mut by_phase: BTreeMap<Option<Phase>, usize> = BTreeMap::new();
    for row in rows {
        *by_phase.entry(row.phase).or_default() += 1;
    }
    let expected = [
        (None, 37),
        (Some(Phase::Initiate), 4),
        (Some(Phase::Assess), 10),
        (Some(Phase::Remediate), 6),
        (Some(Phase::Enable), 18),
        (Some(Phase::Close), 1),
    ];
    assert_eq!(by_phase, expected.into());
}

#[test]
fn thirty_six_responsibilities_merge_both_pages() {
    let catalogue = Catalogue::builtin();
    let mut kinds: BTreeMap<Vec<Programme>, usize> = BTreeMap::new();
    for row in catalogue.page_responsibilities() {
        let pages: BTreeSet<Programme> = row
            .bullets
            .iter()
            .map(|it| catalogue.bullet(it).unwrap().programme)
            .collect();
        *kinds.entry(pages.into_iter().collect()).or_default() += 1;
    }
    use Programme::{Ems, Office365};
    assert_eq!(
        kinds,
        [(vec![Office365], 31), (vec![Ems], 9), (vec![Office365, Ems], 36)].into()
    );
}

#[test]
fn both_languages_say_something_and_not_the_same() {
    for bullet in Catalogue::builtin().bullets() {
        assert!(bullet.title.is_complete(), "{}", bullet.id);
        assert_ne!(bullet.title.get(Lang::En), bullet.title.get(Lang::Fr), "{}", bullet.id);
    }
    for row in Catalogue::builtin().responsibilities() {
        let titles = row.requirements.iter().map(|it| &it.title);
        for text in [&row.title, &row.good, &row.proof].into_iter().chain(titles) {
            assert!(text.is_complete() && text.en != text.fr, "{}: {}", row.id, text.en);
        }
    }
}

#[test]
fn texts_are_our_own_for_each_responsibility() {
    let mut seen = BTreeSet::new();
    for row in Catalogue::builtin().responsibilities() {
        for text in [&row.title, &row.good] {
            assert!(seen.insert(text.en.clone()), "{}: {}", row.id, text.en);
            assert!(seen.insert(text.fr.clone()), "{}: {}", row.id, text.fr);
        }
        assert!(
            row.title.fr.chars().count() <= 110,
            "{} is too long for one line: {}",
            row.id,
            row.title.fr
        );
        assert!(!row.title.en.ends_with('.'), "{}", row.id);
        assert!(row.good.en.ends_with('.') && row.good.fr.ends_with('.'), "{}", row.id);
        assert!(row.proof.en.ends_with('.') && row.proof.fr.ends_with('.'), "{}", row.id);
    }
}

#[test]
fn containers_are_derived_from_their_children() {
    let containers: BTreeMap<&str, usize> = Catalogue::builtin()
        .page_responsibilities()
        .filter(|it| !it.children.is_empty())
        .map(|it| (it.id.as_str(), it.children.len()))
        .collect();
    let expected = [
        ("pm.programme", 3),
        ("success.call", 3),
        ("checkpoint.meetings", 4),
        ("onboarding.complete", 3),
    ];
    assert_eq!(containers, expected.into());
}

#[test]
fn the_seven_divergences_of_the_source_are_noted() {
    let noted: Vec<String> = Catalogue::builtin()
        .bullets()
        .filter(|it| it.divergence.is_some())
        .map(|it| it.id.to_string())
        .collect();
    let expected = [
        "ems.general.01",
        "ems.general.12",
        "ems.general.14",
        "ems.general.17",
        "ems.initiate.01",
        "ems.assess.01",
        "ems.remediate.02",
    ];
    assert_eq!(noted, expected);
}

#[test]
fn a_measurement_stands_where_a_check_exists_and_a_signature_elsewhere() {
    let measured: BTreeSet<&str> = Catalogue::builtin()
        .page_responsibilities()
        .filter(|it| it.requirements.iter().any(|it| it.by.is_machine()))
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(
        measured,
        [
            "directory.sync",
            "dns.records",
            "remediation.execute",
            "tls.public-certs"
        ]
        .into()
    );
    let stand_ins = Catalogue::builtin()
        .page_responsibilities()
        .flat_map(|it| &it.requirements)
        .filter(|it| matches!(&it.by, ProvedBy::SignOff { stands_for, .. } if !stands_for.is_empty()));
    assert!(stand_ins.count() >= 30);
}

#[test]
fn every_probe_of_the_vocabulary_is_waited_for() {
    let catalogue = Catalogue::builtin();
    let requirements = catalogue.responsibilities().flat_map(|it| &it.requirements);
    let used: BTreeSet<&String> = requirements
        .filter_map(|it| match &it.by {
            ProvedBy::SignOff { stands_for, .. } => Some(stands_for),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(used, catalogue.probes.iter().collect());
}

#[test]
fn the_four_gates_of_the_text_cite_it() {
    let cited: Vec<&str> = Catalogue::builtin()
        .gates()
        .iter()
        .filter(|it| it.source.is_some())
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(cited, ["remediate", "core", "exchange-first", "data-moved"]);
}

#[test]
fn lists_are_arrays_of_objects_with_what_programs_rely_on() {
    let catalogue = Catalogue::builtin();
    let rows = catalogue.responsibilities_json();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 76);
    let dns = rows.iter().find(|it| it["id"] == "dns.records").unwrap();
    assert_eq!(dns["phase"], "enable");
    assert_eq!(dns["code"], "o365.enable.06");
    assert_eq!(dns["bullets"], serde_json::json!(["o365.enable.06"]));
    assert_eq!(
        dns["title"]["fr"],
        "Publier les enregistrements DNS de validation, MX compris"
    );
    assert!(rows.iter().find(|it| it["id"] == "auth.mfa").unwrap()["phase"].is_null());
    let bullets = catalogue.bullets_json();
    let bullets = bullets.as_array().unwrap();
    assert_eq!(bullets.len(), 107);
    let general = bullets.iter().find(|it| it["id"] == "ems.general.03").unwrap();
    assert!(general["phase"].is_null());
    assert_eq!(general["responsibilities"].as_array().unwrap().len(), 4);
    assert_eq!(
        bullets.iter().find(|it| it["id"] == "o365.assess.06.1").unwrap()["ordinal"],
        "6.1"
    );
    assert_eq!(catalogue.overlays_json().as_array().unwrap().len(), 2);
}

/// docs/adr/0014: such a rule could never be met.
#[test]
fn no_requirement_waits_for_what_nobody_can_order() {
    let left_out = [("dns.mail", "MX-07"), ("dns.dane", "DANE-01")];
    let left_out = left_out.map(|(check, rule)| (check.parse().unwrap(), rule.parse().unwrap()));
    for duty in Catalogue::builtin().page_responsibilities() {
        for it in &duty.requirements {
            let waits = left_out.iter().any(|(check, rule)| it.by.counts(check, rule));
            assert!(!waits, "{} {}", duty.id, it.id);
        }
    }
}
