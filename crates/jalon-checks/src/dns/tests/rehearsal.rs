//! Each fault planted in the rehearsal is found, and nothing else; each fix does what it says.

use std::{
    net::{SocketAddr, UdpSocket},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use jalon_domain::{
    engagement::DomainName,
    evidence::Outcome,
    finding::{FixKind, Severity},
    measure::Report,
    profile::{Profile, Service},
};
use jalon_rehearsal::scene::Scene;

use jalon_wire::dns::RecordType;
use serde_json::json;

use crate::{
    dns::{Settings, gather::seen, resolver, run},
    document, sha256,
    tests::{context, profile},
};

fn settings(server: SocketAddr) -> Settings {
    let next = AtomicU16::new(1);
    let ids = move || next.fetch_add(0x2f1d, Ordering::Relaxed);
    Settings {
        resolvers: vec![server],
        authority_port: server.port(),
        timeout: Duration::from_secs(2),
        ..Settings::new(ids)
    }
}

fn everything() -> Profile {
    let mut profile = profile();
    profile.services.extend([Service::Teams, Service::Skype]);
    profile
}

async fn measure(server: SocketAddr, domain: &str) -> Report {
    let domain = DomainName::parse(domain).expect("a domain");
    run(&domain, &settings(server), &context(&everything()))
        .await
        .expect("a report")
}

async fn scene() -> Scene {
    Scene::open("2026-11-20T12:00:00Z".parse().expect("an instant"))
        .await
        .expect("opens")
}

#[track_caller]
fn check(report: &Report, expected: &[(&str, Severity)]) {
    let mut found: Vec<(&str, Severity)> = report
        .defects()
        .map(|(_, it)| (it.rule.as_str(), it.severity))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected, "{report:#?}");
    let doubts: Vec<_> = report
        .checks
        .iter()
        .flat_map(|it| &it.rules)
        .filter(|it| it.outcome == Outcome::Inconclusive && !it.by_choice)
        .collect();
    assert!(doubts.is_empty(), "{doubts:?}");
}

#[tokio::test]
async fn every_planted_fault_is_found_and_nothing_else() {
    let scene = scene().await;
    let nord = [
        ("DNS-003", Severity::Minor),
        ("DNS-005", Severity::Major),
        ("DNS-006", Severity::Minor),
        ("SPF-02", Severity::Major),
    ];
    check(&measure(scene.dns(), "nord.example.com").await, &nord);
    check(
        &measure(scene.dns(), "agences.example.com").await,
        &[("DMARC-01", Severity::Major)],
    );
    check(&measure(scene.dns(), "siege.example.com").await, &[]);
}

#[tokio::test]
async fn zone_fixes_mend_what_they_are_for_and_their_undo_brings_it_back() {
    let scene = scene().await;
    for domain in ["nord.example.com", "agences.example.com"] {
        let before = measure(scene.dns(), domain).await;
        let fixes: Vec<_> = before
            .defects()
            .filter_map(|it| it.1.fix.clone())
            .filter(|it| it.kind == FixKind::Zone)
            .collect();
        for fix in &fixes {
            scene.edit(|zones| {
                zones
                    .withdraw(fix.undo.as_deref().expect("zone lines can be undone"))
                    .expect("lines");
                zones.publish(&fix.text).expect("lines");
            });
        }
        // The DKIM target is known to the tenant only, and a new policy only observes at first.
        let after = measure(scene.dns(), domain).await;
        assert!(
            after
                .defects()
                .all(|(_, it)| matches!(it.rule.as_str(), "DNS-005" | "DMARC-10")),
            "{after:#?}"
        );
        for fix in &fixes {
            scene.edit(|zones| {
                zones.withdraw(&fix.text).expect("lines");
                zones
                    .publish(fix.undo.as_deref().expect("zone lines can be undone"))
                    .expect("lines");
            });
        }
        let again = measure(scene.dns(), domain).await;
        let rules = |it: &Report| it.defects().map(|it| it.1.rule.clone()).collect::<Vec<_>>();
        assert_eq!(rules(&before), rules(&again));
    }
}

#[tokio::test]
async fn a_name_that_fails_makes_its_rules_doubtful_and_no_others() {
    let scene = scene().await;
    scene.edit(|zones| zones.break_at("autodiscover.siege.example.com").expect("a name"));
    let report = measure(scene.dns(), "siege.example.com").await;
    let document = document(&report, Severity::Minor).value();
    assert_eq!(document["outcome"], "inconclusive");
    assert_eq!(document["inconclusive"][0]["rule"], "DNS-003");
    assert_eq!(document["inconclusive"][0]["reason"], "server failure");
    assert_eq!(document["inconclusive"][0]["retry_at"], "2026-11-20T12:05:00Z");
    let open = document["inconclusive"].as_array().expect("a list");
    let left_out: Vec<_> = open.iter().filter(|it| it["by_choice"] == true).collect();
    assert_eq!((open.len(), left_out.len()), (2, 1), "{open:?}");
    assert_eq!(
        (&left_out[0]["rule"], &left_out[0]["reason"]),
        (&"MX-07".into(), &"not called".into())
    );
    assert!(left_out[0]["retry_at"].is_null());
}

/// Most aliases are taken from the answer that followed them; where the target fails, only the question for the alias tells it.
#[tokio::test]
async fn an_alias_is_known_as_if_it_had_been_asked_for() {
    let scene = scene().await;
    for target in ["enterpriseregistration.windows.net", "autodiscover.outlook.com"] {
        let report = measure(scene.dns(), "siege.example.com").await;
        let document = document(&report, Severity::Minor).value();
        let answers = document["facts"]["answers"].as_object().expect("answers");
        let resolver = resolver(&settings(scene.dns())).expect("a server");
        let aliases = answers
            .iter()
            .filter_map(|it| Some((it.0.strip_prefix("CNAME ")?, it.1)));
        let mut known = Vec::new();
        for (name, told) in aliases {
            let asked = seen(resolver.lookup(name, RecordType::Cname).await);
            assert_eq!(*told, json!(asked), "{name}");
            known.push(name.split('.').next().unwrap_or_default());
        }
        let wanted = ["autodiscover", "enterpriseregistration", "msoid", "selector1"];
        assert!(wanted.iter().all(|it| known.contains(it)), "{known:?}");
        let put = document["stats"]["queries"].as_u64().expect("a number");
        assert!(put < answers.len() as u64, "{put} of {}", answers.len());
        scene.edit(|zones| zones.break_at(target).expect("a name"));
    }
}

#[tokio::test]
async fn a_silent_server_leaves_every_rule_inconclusive() {
    let mute = UdpSocket::bind("127.0.0.1:0").expect("a port");
    let settings = Settings {
        timeout: Duration::from_millis(50),
        tries: 1,
        ..settings(mute.local_addr().expect("an address"))
    };
    let domain = DomainName::parse("siege.example.com").expect("a domain");
    let report = run(&domain, &settings, &context(&everything()))
        .await
        .expect("a report");
    assert_eq!(report.outcome(Severity::Minor), Outcome::Inconclusive);
    assert_eq!(report.defects().count(), 0);
    assert!(
        report
            .checks
            .iter()
            .flat_map(|it| &it.rules)
            .all(|it| it.outcome == Outcome::Inconclusive || it.outcome == Outcome::NotApplicable)
    );
    assert_eq!(document(&report, Severity::Minor).value()["reason"], "timeout");
}

#[tokio::test]
async fn the_same_facts_have_the_same_hash() {
    let scene = scene().await;
    let [one, two] = [
        measure(scene.dns(), "siege.example.com").await,
        measure(scene.dns(), "siege.example.com").await,
    ];
    let other = measure(scene.dns(), "nord.example.com").await;
    assert_eq!(sha256(&one), sha256(&two));
    assert_ne!(sha256(&one), sha256(&other));
}

#[tokio::test]
async fn the_document_has_the_fields_that_programs_rely_on() {
    let scene = scene().await;
    scene.edit(|zones| {
        zones
            .break_at("enterpriseregistration.nord.example.com")
            .expect("a name")
    });
    let report = measure(scene.dns(), "nord.example.com").await;
    let document = document(&report, Severity::Minor).value();
    let keys = |it: &serde_json::Value| {
        let mut keys: Vec<String> = it.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(
        keys(&document),
        "check ended facts findings inconclusive outcome reason schema started stats target vantage"
    );
    let findings = document["findings"].as_array().expect("a list");
    let spf = findings
        .iter()
        .find(|it| it["rule"] == "SPF-02")
        .expect("the planted fault");
    assert_eq!(
        keys(spf),
        "attribute expected fix message observed remedy rule severity source subject"
    );
    assert_eq!(
        (&spf["severity"], &spf["subject"], &spf["fix"]["kind"]),
        (&"major".into(), &"nord.example.com".into(), &"zone".into())
    );
    assert_eq!(spf["source"], "RFC 7208, sections 3.2 and 4.5");
    assert_eq!(keys(&spf["message"]), "en fr");
    assert_eq!(
        keys(&document["inconclusive"][0]),
        "by_choice message reason retry_at rule"
    );
    let mx = &document["facts"]["answers"]["MX nord.example.com"];
    assert_eq!(
        mx["records"][0]["data"]["exchange"],
        "nord-example-com.mail.protection.outlook.com"
    );
    assert_eq!(
        (&document["schema"], &document["check"], &document["outcome"]),
        (&"jalon.check/1".into(), &"dns".into(), &"fail".into())
    );
    assert_eq!(document["started"], "2026-11-20T12:00:00Z");
}

#[test]
fn a_run_can_be_handed_to_another_thread() {
    fn is_send(_: impl Send) {}
    let (profile, settings) = (profile(), settings("127.0.0.1:53".parse().expect("an address")));
    let ctx = context(&profile);
    is_send(run(
        &DomainName::parse("contoso.example").expect("a domain"),
        &settings,
        &ctx,
    ));
    let endpoint = jalon_domain::engagement::Endpoint::parse("contoso.example").expect("an endpoint");
    is_send(crate::tls::run(&endpoint, &crate::tls::Settings::default(), &ctx));
}
