//! What people are shown of a forest, from facts of a few lines.

use super::*;
use crate::text::is_said;

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
fn every_heading_is_said_in_both_languages() {
    for section in sections(&facts(), Lang::En) {
        assert!(is_said(section.title), "{}", section.title);
        let unsaid = |it: &&&str| !is_said(&format!("column-{it}"));
        assert_eq!(section.columns.iter().find(unsaid), None);
        assert!(
            section
                .rows
                .iter()
                .all(|row| section.columns.iter().any(|it| !row[*it].is_null()))
        );
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
    let facts = facts();
    let row = controller(&facts.controllers[0], Lang::Fr);
    assert_eq!(row["does"], "lecture seule, catalogue, RID");
    assert_eq!(
        (&row["until"], &row["signed-in"]),
        (&json!("2029-01-09"), &json!("2026-11-19"))
    );
}

#[test]
fn what_is_not_there_is_nothing_and_what_was_not_seen_is_told() {
    let facts = facts();
    let told: Vec<_> = facts.absent.iter().filter(|it| is_told(it)).map(|it| it.part).collect();
    assert_eq!(told, [Part::ExchangeSchema, Part::Domain]);
    let rows = flat(&facts);
    assert_eq!((rows.len(), &rows[0]["forest"]), (2, &json!("contoso.example")));
    assert_eq!(rows[1]["not_seen"], json!({"en": "elsewhere", "fr": "ailleurs"}));
}
