//! What programs are given of a forest, from facts of a few lines.

use super::*;

#[test]
fn a_domain_whose_controllers_were_not_seen_has_a_row_that_says_so() {
    let elsewhere = json!({"en": "elsewhere", "fr": "ailleurs"});
    let facts = json!({
        "forest": {"root": "contoso.example"},
        "controllers": [{"name": "dc1.contoso.example"}],
        "absent": [
            {"part": "sites", "why": "not_there", "reason": {"en": "absent", "fr": "absent"}},
            {"part": "domain", "domain": "nord.contoso.example", "why": "elsewhere", "reason": elsewhere},
        ],
    });
    let rows = flat(&serde_json::from_value(facts).unwrap());
    assert_eq!((rows.len(), &rows[0]["forest"]), (2, &json!("contoso.example")));
    assert_eq!(rows[1]["not_seen"], elsewhere);
}
