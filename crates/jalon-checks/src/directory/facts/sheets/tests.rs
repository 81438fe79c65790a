//! What people are shown of a forest, from facts of a few lines.

use jalon_domain::text::Lang;

use super::*;

fn facts() -> ForestFacts {
    let facts = json!({
        "forest": {"root": "contoso.example", "functional_level": 7, "functional_name": "Windows Server 2016"},
        "schema": {"version": 93},
        "controllers": [{
            "name": "dc1.contoso.example", "operating_system": "Windows Server 2019", "version": "10.0 (17763)",
            "global_catalog": true, "read_only": true, "roles": ["rid_master"], "supported_until": "2029-01-09",
            "last_logon": "2026-11-19T08:00:00Z",
        }],
        "absent": [
            {"part": "exchange_schema", "why": "not_there", "reason": {"en": "absent", "fr": "absent"}},
            {"part": "sites", "why": "not_there", "reason": {"en": "absent", "fr": "absent"}},
            {"part": "domain", "domain": "nord.contoso.example", "why": "elsewhere",
             "reason": {"en": "elsewhere", "fr": "ailleurs"}},
        ],
    });
    serde_json::from_value(facts).unwrap()
}

#[test]
fn every_title_and_heading_is_said_in_both_languages() {
    for sheet in sheets(&facts()) {
        assert!(sheet.title().is_complete(), "{}", sheet.id);
        for column in sheet.columns {
            assert!(heading(column).is_complete(), "{column}");
        }
        let says = |row: &Value| sheet.columns.iter().any(|it| !row[*it].is_null());
        assert!(sheet.rows.iter().all(says));
    }
}

#[test]
fn every_prerequisite_that_is_judged_says_what_it_asks() {
    let mut forests = [facts()];
    crate::directory::facts::judge(&mut forests, &[]);
    assert!(!forests[0].prerequisites.is_empty());
    for it in &forests[0].prerequisites {
        let asks = asks(&it.id);
        assert!(asks.is_complete() && !asks.en.contains(&it.id), "{asks:?}");
    }
}

#[test]
fn a_number_without_a_name_is_shown_as_it_is() {
    let rows = forest(&facts());
    let told: Vec<_> = rows.iter().map(|it| it["detail"].as_str().unwrap()).collect();
    assert_eq!(told, ["Windows Server 2016 (7)", "93"]);
}

#[test]
fn what_a_controller_does_is_one_cell() {
    let row = controller(&facts().controllers[0]);
    assert_eq!(row["does"]["fr"], "lecture seule, catalogue, RID");
    assert_eq!(
        (&row["until"], &row["signed-in"]),
        (&json!("2029-01-09"), &json!("2026-11-19"))
    );
}

#[test]
fn what_is_not_there_is_nothing_and_what_was_not_seen_is_told() {
    let sheets = sheets(&facts());
    let of = |id: &str| sheets.iter().find(|it| it.id == id).unwrap();
    let hidden = |id: &str| of(id).hidden.iter().map(|it| it.part).collect::<Vec<_>>();
    assert_eq!(hidden("forest"), [Part::ExchangeSchema]);
    assert_eq!(hidden("domains"), [Part::Domain]);
    assert_eq!(hidden("controllers"), [Part::Sites; 0]);
    assert!(of("trusts").is_known() && !of("domains").is_known());
    let line = super::hidden(&of("domains").hidden[0]);
    assert!(
        line.get(Lang::En).ends_with("(nord.contoso.example): elsewhere"),
        "{line:?}"
    );
}
