//! What programs are given of a forest, from facts of a few lines.

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
fn a_domain_whose_controllers_were_not_seen_has_a_row_that_says_so() {
    let rows = flat(&facts());
    assert_eq!((rows.len(), &rows[0]["forest"]), (2, &json!("contoso.example")));
    assert_eq!(rows[1]["not_seen"], json!({"en": "elsewhere", "fr": "ailleurs"}));
}
