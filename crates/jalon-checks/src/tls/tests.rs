//! The certificate check against its cases, against any facts, and against the rehearsal.

use std::{collections::BTreeMap, net::SocketAddr};

use jalon_domain::evidence::Outcome;
use jalon_wire::tls::{Handshake, StartTls};
use jiff::Timestamp;
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Scenario,
    certificate::{Facts, Node, Seen, judge},
};
use crate::{
    Context, Doubt,
    tests::{Expectation, Texts, cases, context, profile, verify},
};

mod protocol;
mod rehearsal;

/// A case: what differs from a sound handshake with mail.contoso.example on 2026-11-20.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Over the fields of a handshake; each certificate over a sound one.
    handshake: Option<Value>,
    unknown: Option<Doubt>,
    timestamps_beside: Option<bool>,
    /// The protocol that asks for TLS.
    starttls: Option<StartTls>,
    /// What a server says that offers no TLS.
    plain: Option<String>,
    /// Several addresses instead.
    #[serde(default)]
    nodes: Vec<Place>,
    #[serde(default)]
    left_out: usize,
    #[serde(default)]
    scenario: Scenario,
    unsure: Option<Doubt>,
    #[serde(default)]
    are_roots_public: bool,
    expected: BTreeMap<String, Expectation>,
}

/// One address of several.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    address: SocketAddr,
    handshake: Option<Value>,
    unknown: Option<Doubt>,
    plain: Option<String>,
    #[serde(default)]
    detail: String,
}

fn sound() -> Value {
    json!({
        "host": "mail.contoso.example", "port": 443, "peer": "192.0.2.31:443", "sni": "mail.contoso.example",
        "protocol": "TLS 1.3", "cipher": "TLS_AES_128_GCM_SHA256",
        "chain": [certificate(), {"subject": "CN=Sample Issuing CA", "issuer": "CN=Sample Root CA", "is_ca": true, "dns_names": [], "common_name": "Sample Issuing CA"}],
        "verified": {"verdict": "trusted"}, "verified_within_dates": {"verdict": "trusted"},
        "verified_at": "2026-11-20T12:00:00Z", "name_matches": true, "interrupted": null, "rtt_ms": 1, "handshake_ms": 2,
    })
}

fn certificate() -> Value {
    json!({
        "subject": "CN=mail.contoso.example", "issuer": "CN=Sample Issuing CA", "serial_hex": "01",
        "not_before": "2026-10-01T00:00:00Z", "not_after": "2027-03-01T00:00:00Z",
        "dns_names": ["mail.contoso.example"], "ip_names": [], "common_name": "mail.contoso.example",
        "key": {"algorithm": "rsa", "bits": 2048, "curve": null},
        "signature_algorithm": {"oid": "1.2.840.113549.1.1.11", "name": "sha256WithRSAEncryption", "digest": "sha256"},
        "is_ca": false, "self_issued": false, "self_signed": false, "server_auth": true,
        "sha256_fingerprint": "00", "der_len": 900,
    })
}

fn over(mut base: Value, changes: &Value) -> Value {
    for (key, value) in changes.as_object().into_iter().flatten() {
        base[key] = value.clone();
    }
    base
}

fn chain(changes: &Value) -> Value {
    let one = |(place, it): (usize, &Value)| {
        // The same certificate twice has the same fingerprint.
        let first = changes
            .as_array()
            .and_then(|all| all.iter().position(|other| other == it));
        let numbered = over(
            certificate(),
            &json!({"sha256_fingerprint": format!("{:02}", first.unwrap_or(place))}),
        );
        over(numbered, it)
    };
    changes.as_array().into_iter().flatten().enumerate().map(one).collect()
}

/// Who issued whom, by names alone.
fn links(chain: &Value) -> Value {
    let all = chain.as_array().cloned().unwrap_or_default();
    let issued_by = |it: &Value| -> Vec<usize> {
        let above =
            |other: &Value| other["subject"] == it["issuer"] && other["sha256_fingerprint"] != it["sha256_fingerprint"];
        (0..all.len()).filter(|place| above(&all[*place])).collect()
    };
    let own = all.iter().position(|it| it["is_ca"] == json!(false)).unwrap_or(0);
    let mut used: Vec<usize> = all.first().map(|_| own).into_iter().collect();
    let mut next = 0;
    while next < used.len() {
        let above = issued_by(&all[used[next]]);
        used.extend(above.into_iter().filter(|it| !used.contains(it)).collect::<Vec<_>>());
        next += 1;
    }
    let role = |place: usize| match &all[place] {
        _ if place == own => "own",
        _ if !used.contains(&place) => "superfluous",
        it if it["self_issued"] == json!(true) => "root",
        _ => "intermediate",
    };
    (0..all.len())
        .map(|it| json!({"role": role(it), "issued_by": issued_by(&all[it])}))
        .collect()
}

impl File {
    fn facts(&self) -> Facts {
        let nodes: Vec<Node> = if self.nodes.is_empty() {
            let seen = seen(self.handshake.as_ref(), self.plain.as_ref(), self.unknown, "");
            let address = Some("192.0.2.31:443".parse().expect("an address"));
            vec![Node {
                address,
                timestamps_beside: self.timestamps_beside,
                seen,
            }]
        } else {
            let node = |it: &Place| Node {
                address: Some(it.address),
                timestamps_beside: None,
                seen: seen(it.handshake.as_ref(), it.plain.as_ref(), it.unknown, &it.detail),
            };
            self.nodes.iter().map(node).collect()
        };
        let host = nodes.iter().find_map(|it| match &it.seen {
            Seen::Shown { handshake } => Some(handshake.host.clone()),
            Seen::Plain { .. } | Seen::Unknown { .. } => None,
        });
        Facts {
            port: 443,
            starttls: self.starttls,
            scenario: self.scenario,
            needed: needed(self.scenario, host.as_deref().unwrap_or("mail.contoso.example")),
            unsure: self.unsure,
            are_roots_public: self.are_roots_public,
            nodes,
            left_out: self.left_out,
            host: host.unwrap_or_else(|| "mail.contoso.example".to_owned()),
        }
    }
}

fn needed(scenario: Scenario, host: &str) -> Vec<String> {
    scenario.needed(host).into_iter().map(|it| it.name).collect()
}

fn seen(handshake: Option<&Value>, plain: Option<&String>, unknown: Option<Doubt>, detail: &str) -> Seen {
    if let Some(said) = plain {
        return Seen::Plain { said: said.clone() };
    }
    match unknown {
        Some(reason) => Seen::Unknown {
            reason,
            detail: detail.to_owned(),
        },
        None => shown(handshake.unwrap_or(&json!({}))),
    }
}

fn shown(changes: &Value) -> Seen {
    Seen::Shown {
        handshake: Box::new(handshake(changes)),
    }
}

/// A sound handshake with these changes.
pub(crate) fn handshake(changes: &Value) -> Handshake {
    let mut handshake = over(sound(), changes);
    handshake["chain"] = chain(&handshake["chain"]);
    handshake["links"] = links(&handshake["chain"]);
    serde_json::from_value(handshake).expect("a handshake")
}

/// Facts of one address.
fn facts(seen: Seen) -> Facts {
    Facts {
        host: "mail.contoso.example".to_owned(),
        port: 443,
        starttls: None,
        scenario: Scenario::None,
        needed: Vec::new(),
        unsure: None,
        are_roots_public: false,
        nodes: vec![Node {
            address: None,
            timestamps_beside: None,
            seen,
        }],
        left_out: 0,
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut texts = Texts::of("tls.certificate");
    for (name, file) in cases::<File>("tls.certificate") {
        let report = judge(&file.facts(), &context(&profile()));
        verify(&name, &report, &file.expected);
        texts.add(&name, &report);
    }
    texts.compare();
}

#[test]
fn facts_survive_being_written_down() {
    let facts = facts(shown(&json!({})));
    let text = serde_json::to_string(&facts).expect("JSON");
    assert_eq!(serde_json::from_str::<Facts>(&text).expect("facts"), facts);
}

#[test]
fn what_a_certificate_says_never_reaches_a_shell() {
    let evil = json!({"chain": [{"dns_names": ["a';reboot;'.example", "$(id).example", "ok.example"]}]});
    let facts = facts(shown(&evil));
    let report = judge(&facts, &context(&profile()));
    let fix = report.defects[0].fix.as_ref().expect("a fix");
    assert!(
        fix.text.contains("DNS:ok.example'") && !fix.text.contains("reboot") && !fix.text.contains("$("),
        "{}",
        fix.text
    );
}

prop_compose! {
    fn any_certificate()(
        begins in -400i64..400, lasts in -400i64..800, bits in 0u32..5000,
        algorithm in prop::sample::select(vec!["rsa", "ec", "ed25519", "other"]),
        digest in prop::sample::select(vec![None, Some("md5"), Some("sha1"), Some("sha256")]),
        names in prop::collection::vec("[a-z*.é' ]{0,20}", 0..3),
        self_issued: bool, self_signed: Option<bool>, is_ca: bool, subject in ".{0,20}",
    ) -> Value {
        let day = |it: i64| Timestamp::from_second(1_795_176_000 + it * 86_400).expect("a date");
        json!({
            "subject": subject, "not_before": day(begins), "not_after": day(begins + lasts), "dns_names": names,
            "key": {"algorithm": algorithm, "bits": bits, "curve": null}, "is_ca": is_ca, "self_issued": self_issued,
            "self_signed": self_signed, "signature_algorithm": {"oid": "1.2", "name": "1.2", "digest": digest},
        })
    }
}

proptest! {
    #[test]
    fn any_handshake_is_judged_and_a_rule_fails_only_with_a_defect(
        chain in prop::collection::vec(any_certificate(), 0..4),
        verdict in prop::sample::select(vec!["trusted", "unknown_issuer", "expired", "bad_signature", "weak_signature", "authority_as_server", "wrong_usage", "beyond_constraints"]),
    ) {
        let seen = shown(&json!({"chain": chain, "verified_within_dates": {"verdict": verdict}}));
        let facts = facts(seen);
        let profile = profile();
        let report = judge(&facts, &context(&profile));
        for result in &report.rules {
            let has_defect = report.defects.iter().any(|it| it.rule == result.rule);
            prop_assert_eq!(result.outcome == Outcome::Fail, has_defect);
        }
        // A chain that is not trusted is told in exactly one way, or by the weakness that explains it.
        if verdict != "trusted" && !chain.is_empty() {
            prop_assert!(report.defects.iter().any(|it| ["TLS-01", "TLS-05", "TLS-06", "TLS-07", "TLS-08"].contains(&it.rule.as_str())));
        }
    }

    #[test]
    fn what_was_not_seen_is_no_defect(doubt in prop::sample::select(Doubt::ALL.to_vec())) {
        let facts = facts(Seen::Unknown { reason: doubt, detail: String::new() });
        let profile = profile();
        let ctx: Context<'_> = context(&profile);
        let report = judge(&facts, &ctx);
        prop_assert!(report.defects.is_empty());
        prop_assert!(report.rules.iter().all(|it| it.outcome == Outcome::Inconclusive && it.retry_at.is_some() || it.rule.as_str() == "TLS-15"));
    }
}
