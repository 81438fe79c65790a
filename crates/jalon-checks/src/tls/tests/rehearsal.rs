//! Each condition of the rehearsal's certificates is told for what it is, and nothing else is.

use std::net::{SocketAddr, TcpListener};

use jalon_domain::{engagement::Endpoint, evidence::Outcome, finding::Severity, measure::Report};
use jalon_rehearsal::tls::{Condition, Listeners};

use crate::{
    CheckError, document,
    tests::{context, profile},
    tls::{Settings, run},
};

const HOST: &str = "mail.nord.example.com";

async fn look(settings: Settings) -> Result<Report, CheckError> {
    let endpoint = Endpoint::parse(HOST).expect("an endpoint");
    run(&endpoint, &settings, &context(&profile())).await
}

fn settings(address: SocketAddr, roots: Option<String>) -> Settings {
    Settings {
        roots_pem: roots,
        connect_to: vec![address],
        allow_private: true,
        ..Settings::default()
    }
}

#[tokio::test]
async fn each_condition_breaks_its_own_rule() {
    let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let mut listeners = Listeners::new(now).expect("an authority");
    for condition in Condition::ALL {
        let listener = listeners.open(HOST, condition).await.expect("a port");
        let report = look(settings(listener.addr, Some(listeners.roots_pem())))
            .await
            .expect("a report");
        let found: Vec<(&str, Severity)> = report.defects().map(|it| (it.1.rule.as_str(), it.1.severity)).collect();
        let expected = match condition {
            Condition::Sound => vec![],
            Condition::Expired | Condition::ExpiresSoon | Condition::NotYetValid => vec![("TLS-02", Severity::Blocker)],
            Condition::WrongHost | Condition::MissingName => vec![("TLS-03", Severity::Blocker)],
            Condition::SelfSigned => vec![("TLS-07", Severity::Blocker)],
            Condition::MissingIntermediate => vec![("TLS-08", Severity::Blocker)],
        };
        assert_eq!(found, expected, "{condition:?}: {report:#?}");
        let mut rules = report.checks.iter().flat_map(|it| &it.rules);
        assert!(
            rules.all(|it| it.outcome != Outcome::Inconclusive),
            "{condition:?}: {report:#?}"
        );
    }
}

#[tokio::test]
async fn without_its_root_a_sound_chain_is_not_trusted() {
    let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let mut listeners = Listeners::new(now).expect("an authority");
    let listener = listeners.open(HOST, Condition::Sound).await.expect("a port");
    let report = look(settings(listener.addr, None)).await.expect("a report");
    let rules: Vec<&str> = report.defects().map(|it| it.1.rule.as_str()).collect();
    assert_eq!(rules, ["TLS-08"]);
}

#[tokio::test]
async fn a_closed_port_is_inconclusive_and_not_a_bad_certificate() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .and_then(|it| it.local_addr())
        .expect("a port that is free again");
    let report = look(settings(closed, None)).await.expect("a report");
    let document = document(&report, Severity::Minor).value();
    assert_eq!(
        (&document["outcome"], &document["reason"]),
        (&"inconclusive".into(), &"connection refused".into())
    );
    assert_eq!(document["findings"], serde_json::json!([]));
}

#[tokio::test]
async fn addresses_that_are_not_allowed_are_never_connected() {
    for (address, allow_private) in [("127.0.0.1:443", false), ("169.254.169.254:80", true)] {
        let address = address.parse().expect("an address");
        let report = look(Settings {
            connect_to: vec![address],
            allow_private,
            ..Settings::default()
        })
        .await
        .expect("a report");
        assert_eq!(
            document(&report, Severity::Minor).value()["reason"],
            "address not allowed"
        );
    }
}

#[tokio::test]
async fn roots_that_hold_no_certificate_are_refused_by_name() {
    let settings = Settings {
        roots_pem: Some("hello".to_owned()),
        ..Settings::default()
    };
    let error = look(settings).await.expect_err("refused");
    assert!(error.to_string().contains("no PEM certificate"), "{error}");
}
