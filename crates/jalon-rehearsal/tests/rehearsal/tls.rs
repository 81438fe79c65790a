//! The TLS listeners, seen by a client that trusts their root, or does not.

use jalon_rehearsal::tls::{Condition, Listeners};
use jiff::Timestamp;
use rustls::CertificateError;

use crate::client::{trusting, visit};

const HOST: &str = "autodiscover.nord.example.com";

fn now() -> Timestamp {
    "2026-11-20T17:00:00Z".parse().unwrap()
}

/// `accepted`, or the kind of refusal.
async fn verdict(condition: Condition) -> &'static str {
    let mut listeners = Listeners::new(now()).unwrap();
    let listener = listeners.open(HOST, condition).await.unwrap();
    let client = trusting(&listeners.roots_pem(), now());
    match visit(&client, &listener).await {
        Ok(page) => {
            assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\n200 ok\n"));
            "accepted"
        }
        Err(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => "expired",
        Err(CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) => "not valid yet",
        Err(CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }) => "not for this name",
        Err(CertificateError::UnknownIssuer) => "unknown issuer",
        Err(other) => panic!("unexpected refusal: {other:?}"),
    }
}

#[tokio::test]
async fn each_condition_is_seen_for_what_it_is() {
    for condition in Condition::ALL {
        let expected = match condition {
            Condition::Sound | Condition::ExpiresSoon => "accepted",
            Condition::Expired => "expired",
            Condition::NotYetValid => "not valid yet",
            Condition::WrongHost | Condition::MissingName => "not for this name",
            Condition::SelfSigned | Condition::MissingIntermediate => "unknown issuer",
        };
        assert_eq!(verdict(condition).await, expected, "{condition:?}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_root_refuses_a_sound_certificate() {
    let mut listeners = Listeners::new(now()).unwrap();
    let listener = listeners.open(HOST, Condition::Sound).await.unwrap();
    let stranger = Listeners::new(now()).unwrap();
    let client = trusting(&stranger.roots_pem(), now());
    let refusal = visit(&client, &listener).await.unwrap_err();
    assert!(
        matches!(
            refusal,
            CertificateError::UnknownIssuer | CertificateError::BadSignature
        ),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn eleven_days_are_left_and_no_more() {
    let mut listeners = Listeners::new(now()).unwrap();
    let listener = listeners.open(HOST, Condition::ExpiresSoon).await.unwrap();
    let after = |days: i64| now() + jiff::SignedDuration::from_hours(24 * days);
    let roots = listeners.roots_pem();
    assert!(visit(&trusting(&roots, after(11)), &listener).await.is_ok());
    assert!(visit(&trusting(&roots, after(12)), &listener).await.is_err());
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_on_the_same_port() {
    let mut listeners = Listeners::new(now()).unwrap();
    let listener = listeners.open(HOST, Condition::Expired).await.unwrap();
    let client = trusting(&listeners.roots_pem(), now());
    assert!(visit(&client, &listener).await.is_err());
    listeners.renew(HOST, Condition::Sound).unwrap();
    assert!(visit(&client, &listener).await.is_ok());
    assert_eq!(listeners.iter().next().unwrap().name, "sound");
    let unknown = listeners.renew("nobody.example.com", Condition::Sound);
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "no listener plays `nobody.example.com`"
    );
}
