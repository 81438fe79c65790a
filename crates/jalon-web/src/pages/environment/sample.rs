//! The forest of the mock-ups' engagement; an engagement without directory; one whose directory was not read.

use jalon_domain::ids::{RunId, TargetId};
use jalon_service::view::environment::{Environment, ForestView};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::pages::overview::sample::{at, header};

/// One forest of two domains.
pub fn sample() -> Environment {
    let facts = serde_json::from_value(facts()).expect("facts");
    Environment {
        header: header(),
        forests: vec![ForestView {
            directory: TargetId(Uuid::from_u128(6)),
            name: "nord.example".to_owned(),
            run: RunId(Uuid::from_u128(9)),
            collected_at: at("2026-11-20T02:10:00Z"),
            facts,
        }],
        directories: 1,
    }
}

/// No directory, and one that was not read yet.
pub fn empty() -> [Environment; 2] {
    [0, 1].map(|directories| Environment {
        forests: Vec::new(),
        directories,
        ..sample()
    })
}

fn facts() -> Value {
    let controller = |name: &str, system: &str, until: &str| {
        json!({
            "name": name, "domain": "nord.example", "site": "Lyon", "operating_system": system, "version": "10.0",
            "global_catalog": true, "roles": ["pdc_emulator"], "supported_until": until, "last_logon": "2026-11-19T08:00:00Z",
        })
    };
    let policy = |n: usize| {
        json!({
            "domain": "nord.example", "name": format!("Workstations {n}"), "id": format!("{{{n:08}}}"), "version": 12,
            "changed": "2025-03-01T00:00:00Z", "enabled": true, "links": 2,
        })
    };
    json!({
        "read_from": [{ "name": "dc1.nord.example", "functional_level": 7, "pages": true, "changes": true }],
        "forest": {
            "root": "nord.example", "functional_level": 7, "functional_name": "Windows Server 2016",
            "domains": [
                { "dns": "nord.example", "netbios": "NORD", "functional_level": 7, "functional_name": "Windows Server 2016" },
                { "dns": "usine.nord.example", "netbios": "USINE", "parent": "nord.example" },
            ],
        },
        "schema": { "version": 88, "name": "Windows Server 2019", "exchange_version": 17003, "exchange_name": "Exchange SE" },
        "trusts": [{
            "domain": "nord.example", "partner": "fabrikam.example", "direction": "outbound", "kind": "forest",
            "transitive": true, "within_forest": false, "sid_filtering": true, "selective": false,
        }],
        "upn_suffixes": ["nord.example.com"],
        "controllers": [
            controller("dc1.nord.example", "Windows Server 2019 Standard", "2029-01-09"),
            controller("dc2.nord.example", "Windows Server 2012 R2", "2023-10-10"),
        ],
        "policies": (1..=15).map(policy).collect::<Vec<_>>(),
        "absent": [{
            "part": "controllers", "domain": "usine.nord.example", "why": "elsewhere",
            "reason": { "en": "another server holds it", "fr": "un autre serveur le détient" },
        }],
        "prerequisites": [
            { "id": "P-DIR-01", "outcome": "pass", "reason": { "en": "one forest", "fr": "une seule forêt" } },
            { "id": "P-DIR-05", "outcome": "inconclusive", "reason": { "en": "one domain was not seen", "fr": "un domaine n’a pas été vu" } },
        ],
    })
}
