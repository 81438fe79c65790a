//! The sample organisation as a check would see it: every record, every certificate, before and after the cures.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hickory_proto::rr::RecordType::{self, A, AAAA, CNAME, MX, SRV, TXT};
use jalon_rehearsal::scene::{Fault, Scene};
use jalon_rehearsal::tls::Listener;
use jiff::Timestamp;
use tokio::net::TcpStream;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::client::{ask, trusting, visit};
use crate::judge::entries;
use crate::judge::strict::{self, Settings};

fn now() -> Timestamp {
    "2026-11-20T17:00:00Z".parse().unwrap()
}

async fn scene() -> Scene {
    Scene::open(now()).await.unwrap()
}

#[track_caller]
fn same(seen: &[String], expected: &[&str], name: &str) {
    assert_eq!(seen, expected, "{name}");
}

/// The records Microsoft 365 asks of any domain, under the ids of the DNS checks.
async fn check_common(dns: SocketAddr, domain: &str, enrollment: &str) {
    let mx = format!("10 {}.mail.protection.outlook.com.", domain.replace('.', "-"));
    let expected: [(&str, RecordType, &str); 7] = [
        ("", MX, &mx),
        ("enterpriseenrollment.", CNAME, enrollment),
        ("enterpriseregistration.", CNAME, "enterpriseregistration.windows.net."),
        ("sip.", CNAME, "sipdir.online.lync.com."),
        ("lyncdiscover.", CNAME, "webdir.online.lync.com."),
        ("_sip._tls.", SRV, "100 1 443 sipdir.online.lync.com."),
        ("_sipfederationtls._tcp.", SRV, "100 1 5061 sipfed.online.lync.com."),
    ];
    for (label, kind, value) in expected {
        let name = format!("{label}{domain}.");
        same(&ask(dns, &name, kind).await, &[value], &name);
    }
    let text = ask(dns, &format!("{domain}."), TXT).await;
    assert_eq!(text.iter().filter(|it| it.starts_with("MS=ms")).count(), 1);
    let spf = text.iter().filter(|it| it.starts_with("v=spf1"));
    assert_eq!(spf.count(), if domain.starts_with("nord") { 2 } else { 1 });
    assert!(ask(dns, &format!("msoid.{domain}."), CNAME).await.is_empty());
}

#[tokio::test]
async fn the_three_domains_hold_what_the_provider_asks_for() {
    let scene = scene().await;
    let current = "enterpriseenrollment-s.manage.microsoft.com.";
    check_common(scene.dns(), "siege.example.com", current).await;
    check_common(scene.dns(), "agences.example.com", current).await;
    let former = "enterpriseenrollment.manage.microsoft.com.";
    check_common(scene.dns(), "nord.example.com", former).await;
}

#[tokio::test]
async fn dkim_selectors_lead_to_rsa_keys_of_2048_bits() {
    let scene = scene().await;
    for domain in Scene::DOMAINS {
        for selector in ["selector1", "selector2"] {
            let name = format!("{selector}._domainkey.{domain}.");
            let answers = ask(scene.dns(), &name, TXT).await;
            if domain.starts_with("nord") && selector == "selector2" {
                assert!(answers.is_empty());
                continue;
            }
            let key = answers.last().unwrap().strip_prefix("v=DKIM1; k=rsa; p=");
            let der = STANDARD.decode(key.unwrap()).unwrap();
            let (_, info) = SubjectPublicKeyInfo::from_der(&der).unwrap();
            assert!(matches!(info.parsed(), Ok(PublicKey::RSA(it)) if it.key_size() == 2048));
        }
    }
}

/// Whatever alias, exchange or target the organisation publishes, its end is in the scene.
#[tokio::test]
async fn every_name_that_is_pointed_at_ends_inside() {
    let scene = scene().await;
    let pointed: Vec<String> = scene.edit(|zones| {
        let pointing = zones
            .records()
            .filter(|it| matches!(it.record_type(), CNAME | MX | SRV));
        pointing
            .map(|it| it.data.to_string().rsplit(' ').next().unwrap().to_owned())
            .collect()
    });
    assert!(pointed.len() > 20);
    for name in pointed {
        let kind = if name.contains("_domainkey") { TXT } else { A };
        assert!(!ask(scene.dns(), &name, kind).await.is_empty(), "{name}");
    }
    let spf = ask(scene.dns(), "spf.protection.outlook.com.", TXT).await;
    assert!(spf[0].starts_with("v=spf1 "));
}

#[tokio::test]
async fn dmarc_is_missing_from_one_domain_and_from_what_is_above() {
    let scene = scene().await;
    let present = |it: &'static str| ask(scene.dns(), it, TXT);
    assert_eq!(present("_dmarc.siege.example.com.").await.len(), 1);
    assert_eq!(present("_dmarc.nord.example.com.").await.len(), 1);
    for name in ["_dmarc.agences.example.com.", "_dmarc.example.com.", "_dmarc.com."] {
        assert!(present(name).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn healing_publishes_each_record_that_was_wrong() {
    let mut scene = scene().await;
    let dns = scene.dns();
    let name = "autodiscover.nord.example.com.";
    same(&ask(dns, name, A).await, &["192.0.2.101"], name);
    for fault in scene.faults().to_vec() {
        scene.heal(fault).unwrap();
        scene.heal(fault).unwrap();
    }
    assert!(scene.faults().is_empty());
    same(
        &ask(dns, name, AAAA).await,
        &["autodiscover.outlook.com.", "2001:db8::101"],
        name,
    );
    let text = ask(dns, "nord.example.com.", TXT).await;
    let spf: Vec<_> = text.iter().filter(|it| it.starts_with("v=spf1")).collect();
    assert_eq!(spf, ["v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all"]);
    let name = "enterpriseenrollment.nord.example.com.";
    let current = "enterpriseenrollment-s.manage.microsoft.com.";
    same(&ask(dns, name, CNAME).await, &[current], name);
    for name in ["selector2._domainkey.nord.example.com.", "_dmarc.agences.example.com."] {
        assert!(!ask(dns, name, TXT).await.is_empty(), "{name}");
    }
}

/// The hosts whose certificate a client accepts a fortnight from now.
async fn accepted_in_a_fortnight(scene: &Scene) -> Vec<String> {
    let fortnight = now() + jiff::SignedDuration::from_hours(14 * 24);
    let client = trusting(&scene.roots_pem(), fortnight);
    let mut accepted = Vec::new();
    for endpoint in scene.endpoints() {
        let listener = Listener {
            name: "",
            addr: (endpoint.addr, endpoint.port).into(),
            host: endpoint.host,
        };
        if visit(&client, &listener).await.is_ok() {
            accepted.push(listener.host);
        }
    }
    accepted
}

#[tokio::test]
async fn certificates_are_healed_on_their_ports() {
    let mut scene = scene().await;
    let before = scene.endpoints();
    assert_eq!(
        accepted_in_a_fortnight(&scene).await,
        ["sts.nord.example.com", "portal.nord.example.com"]
    );
    scene.heal(Fault::MailCertificateEnds).unwrap();
    scene.heal(Fault::AutodiscoverCertificateName).unwrap();
    assert_eq!(accepted_in_a_fortnight(&scene).await.len(), 4);
    assert_eq!(scene.endpoints(), before);
}

#[tokio::test]
async fn the_directory_is_healed_rule_by_rule() {
    let mut scene = scene().await;
    let rules = |scene: &Scene| {
        let found = strict::findings(&entries(&scene.directory().ldif), Settings::default());
        let mut rules: Vec<String> = found.into_iter().map(|it| it.0).collect();
        rules.dedup();
        rules
    };
    assert_eq!(rules(&scene).len(), 17);
    scene.heal(Fault::Directory("DIR-011")).unwrap();
    assert!(!rules(&scene).contains(&"DIR-011".to_owned()));
    assert_eq!(rules(&scene).len(), 16);
    assert_eq!(scene.faults().len(), 7 + 16);
}

#[tokio::test]
async fn a_dropped_scene_leaves_no_open_port() {
    let scene = scene().await;
    let mut addresses = vec![scene.dns()];
    let endpoints = scene.endpoints();
    addresses.extend(endpoints.iter().map(|it| SocketAddr::from((it.addr, it.port))));
    drop(scene);
    // The tasks were told to stop; on this one thread they do when they are next polled.
    tokio::task::yield_now().await;
    for address in addresses {
        assert!(TcpStream::connect(address).await.is_err(), "{address}");
    }
}
