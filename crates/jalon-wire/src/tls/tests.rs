//! Looks at servers that run in the test: good, bad and not TLS at all.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};
use rustls::{RootCertStore, ServerConfig, crypto::ring, server::WebPkiClientVerifier};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use super::*;

mod puppet;

const HOST: &str = "mail.contoso.example";
const NOW: &str = "2026-06-01T00:00:00Z";

pub(super) type Issuer = CertifiedIssuer<'static, KeyPair>;

fn now() -> Timestamp {
    NOW.parse().expect("a timestamp")
}

fn new_key() -> KeyPair {
    KeyPair::generate().expect("ring makes keys")
}

pub(super) fn params(name: &str, years: (i32, i32)) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(years.0, 1, 1);
    params.not_after = date_time_ymd(years.1, 1, 1);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    params
}

pub(super) fn root() -> Issuer {
    CertifiedIssuer::self_signed(authority_params("Contoso Root"), new_key()).expect("signs")
}

/// A server's certificate with its key, signed by an authority.
pub(super) fn issued(params: &CertificateParams, issuer: &Issuer) -> (CertificateDer<'static>, KeyPair) {
    let key = new_key();
    let certificate = params.signed_by(&key, issuer).expect("signs");
    (certificate.der().clone(), key)
}

fn private(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivateKeyDer::try_from(key.serialize_der()).expect("PKCS #8")
}

fn config(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> ServerConfig {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .expect("both versions")
        .with_no_client_auth()
        .with_single_cert(chain, private(key))
        .expect("a usable key")
}

async fn serve_tls(config: ServerConfig) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Kept until the client hangs up, as servers do.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = stream.read(&mut [0]).await;
            }
        }
    });
    address
}

/// Says the same to everybody, whatever they say; without words, waits for them to hang up.
async fn serve_bytes(words: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(&words).await;
            while matches!(stream.read(&mut [0; 1024]).await, Ok(1..)) {}
        }
    });
    address
}

fn target(address: SocketAddr) -> Target {
    Target::new(HOST, 443).expect("a target").at(address)
}

fn client(root: &Issuer) -> Client {
    let roots = Roots::from_pem(root.pem().as_bytes()).expect("one root");
    Client::new(roots).with_timeout(Duration::from_secs(5))
}

async fn look(config: ServerConfig, root: &Issuer) -> Handshake {
    let address = serve_tls(config).await;
    client(root).handshake(&target(address), now()).await.expect("seen")
}

#[tokio::test]
async fn a_good_server_is_trusted_and_described() {
    let root = root();
    let (own, key) = issued(&params(HOST, (2025, 2027)), &root);
    let config = config(vec![own.clone()], &key);
    let address = serve_tls(config).await;
    let seen = client(&root).handshake(&target(address), now()).await.expect("seen");
    assert_eq!((&seen.verified, seen.name_matches), (&Trust::Trusted, true));
    assert_eq!(
        (seen.protocol, seen.peer, seen.interrupted),
        (Some(Version::Tls13), address, None)
    );
    assert_eq!(seen.cipher.as_deref(), Some("TLS_AES_256_GCM_SHA384"));
    assert_eq!(seen.sni.as_deref(), Some(HOST));
    let [facts] = &seen.chain[..] else {
        panic!("one certificate")
    };
    assert_eq!(*facts, CertificateFacts::read(&own).expect("a certificate"));
    assert_eq!(facts.dns_names, [HOST]);
    assert_eq!(facts.not_after.to_string(), "2027-01-01T00:00:00Z");
    assert_eq!(
        (facts.self_issued, facts.self_signed, facts.is_ca),
        (false, Some(false), false)
    );
}

#[tokio::test]
async fn an_expired_certificate_is_shown_with_its_dates_and_its_issuer() {
    let root = root();
    let (own, key) = issued(&params(HOST, (2020, 2021)), &root);
    let seen = look(config(vec![own], &key), &root).await;
    assert_eq!(seen.verified, Trust::Expired);
    assert_eq!(seen.verified_within_dates, Trust::Trusted);
    assert_eq!(seen.chain[0].not_after.to_string(), "2021-01-01T00:00:00Z");
}

#[tokio::test]
async fn expired_does_not_hide_an_unknown_issuer_and_the_future_is_no_better() {
    let (root, other) = (root(), root());
    let (own, key) = issued(&params(HOST, (2030, 2031)), &other);
    let seen = look(config(vec![own], &key), &root).await;
    assert_eq!(seen.verified, Trust::NotYetValid);
    // The same name with another key is not the same authority.
    assert_eq!(seen.verified_within_dates, Trust::BadSignature);
}

#[tokio::test]
async fn a_self_signed_certificate_is_told_as_such() {
    let key = new_key();
    let own = params(HOST, (2025, 2027)).self_signed(&key).expect("signs");
    let seen = look(config(vec![own.der().clone()], &key), &root()).await;
    assert_eq!(seen.verified, Trust::UnknownIssuer);
    assert_eq!(
        (seen.chain[0].self_issued, seen.chain[0].self_signed),
        (true, Some(true))
    );
}

#[tokio::test]
async fn another_name_and_another_usage_are_told_apart() {
    let root = root();
    let (own, key) = issued(&params("web.contoso.example", (2025, 2027)), &root);
    let seen = look(config(vec![own], &key), &root).await;
    assert_eq!((seen.verified, seen.name_matches), (Trust::Trusted, false));

    let mut client_only = params(HOST, (2025, 2027));
    client_only.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let (own, key) = issued(&client_only, &root);
    let seen = look(config(vec![own], &key), &root).await;
    assert_eq!((seen.verified, seen.chain[0].server_auth), (Trust::WrongUsage, false));
}

#[tokio::test]
async fn a_missing_intermediate_is_an_unknown_issuer_until_it_is_sent() {
    let root = root();
    let middle = CertifiedIssuer::signed_by(authority_params("Contoso Issuing"), new_key(), &root);
    let middle: Issuer = middle.expect("signs");
    let (own, key) = issued(&params(HOST, (2025, 2027)), &middle);
    let seen = look(config(vec![own.clone()], &key), &root).await;
    assert_eq!((seen.verified, seen.chain.len()), (Trust::UnknownIssuer, 1));
    assert_eq!(seen.chain[0].issuer, "CN=Contoso Issuing");
    let seen = look(config(vec![own, middle.der().clone()], &key), &root).await;
    assert_eq!((seen.verified, seen.chain.len()), (Trust::Trusted, 2));
}

#[tokio::test]
async fn a_server_that_insists_on_a_client_certificate_is_seen_all_the_same() {
    let root = root();
    let (own, key) = issued(&params(HOST, (2025, 2027)), &root);
    let mut store = RootCertStore::empty();
    store.add(root.der().clone()).expect("a root");
    let provider = Arc::new(ring::default_provider());
    let insist = WebPkiClientVerifier::builder_with_provider(Arc::new(store), provider.clone());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .expect("one version")
        .with_client_cert_verifier(insist.build().expect("a verifier"))
        .with_single_cert(vec![own], private(&key))
        .expect("a usable key");
    let seen = look(config, &root).await;
    assert_eq!((seen.verified, seen.protocol), (Trust::Trusted, Some(Version::Tls12)));
    assert!(seen.interrupted.is_some(), "the server refused us");
}

#[tokio::test]
async fn an_address_is_compared_with_addresses_and_sent_to_nobody() {
    let root = root();
    let (own, key) = issued(&params("127.0.0.1", (2025, 2027)), &root);
    let address = serve_tls(config(vec![own], &key)).await;
    let target = Target::parse(&address.to_string()).expect("a target");
    let seen = client(&root).handshake(&target, now()).await.expect("seen");
    assert_eq!((seen.sni, seen.name_matches, seen.peer), (None, true, address));
}

#[tokio::test]
async fn what_is_no_tls_is_told_by_kind() {
    let client = client(&root());
    let hurried = client.clone().with_timeout(Duration::from_millis(100));
    let ask = async |client: &Client, address| {
        let seen = client.handshake(&target(address), now()).await;
        seen.expect_err("no TLS there")
    };
    let address = serve_bytes(b"220 mail.contoso.example ESMTP\r\n".to_vec()).await;
    let saw = "220 mail.contoso.example ESMTP".to_owned();
    assert_eq!(ask(&client, address).await, TlsError::NotTls { address, saw });
    let address = serve_bytes(Vec::new()).await;
    let during = "handshake";
    assert_eq!(ask(&hurried, address).await, TlsError::Timeout { address, during });
    let address = serve_bytes(vec![21, 3, 3, 0, 2, 2, 40]).await;
    let alert = "handshake_failure".to_owned();
    assert_eq!(
        ask(&client, address).await,
        TlsError::HandshakeAlert {
            address,
            alert,
            code: 40
        }
    );
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = closed.local_addr().expect("bound");
    drop(closed);
    assert_eq!(ask(&client, address).await, TlsError::Refused { address });
}

/// ServerHello and Certificate of a server that picks a version and a suite.
pub(super) fn old_flight(minor: u8, suite: u16, der: &[u8]) -> Vec<u8> {
    let length = |it: usize| u32::try_from(it).expect("small").to_be_bytes();
    let message = |kind: u8, body: &[u8]| [&[kind], &length(body.len())[1..], body].concat();
    let hello = [&[3, minor][..], &[1; 32], &[0], &suite.to_be_bytes(), &[0]].concat();
    let one = [&length(der.len())[1..], der].concat();
    let certificates = [&length(one.len())[1..], &one].concat();
    let flight = [message(2, &hello), message(11, &certificates), message(14, &[])].concat();
    [&[22, 3, minor][..], &length(flight.len())[2..], &flight].concat()
}

#[tokio::test]
async fn a_server_that_is_too_old_is_told_with_what_it_shows() {
    let root = root();
    let (own, _) = issued(&params(HOST, (2025, 2027)), &root);
    let address = serve_bytes(old_flight(1, 0x0035, &own)).await;
    let client = client(&root);
    let seen = client.handshake(&target(address), now()).await.expect("seen");
    assert_eq!((seen.protocol, &seen.verified), (Some(Version::Tls10), &Trust::Trusted));
    assert!(seen.interrupted.is_some(), "a current client cannot finish");
    assert_eq!(seen.chain, [CertificateFacts::read(&own).expect("a certificate")]);
    let survey = client.survey(&*client.at(address), &target(address), &seen).await;
    let taken: Vec<_> = survey
        .versions
        .iter()
        .filter(|it| it.is_accepted())
        .map(|it| it.what)
        .collect();
    assert_eq!(taken, [Version::Tls10]);
}

#[tokio::test]
async fn a_server_with_old_suites_only_is_seen_by_hand() {
    let root = root();
    let (own, _) = issued(&params(HOST, (2025, 2027)), &root);
    let address = serve_bytes(old_flight(3, 0x000a, &own)).await;
    let seen = client(&root).handshake(&target(address), now()).await.expect("seen");
    assert_eq!((seen.verified, seen.protocol), (Trust::Trusted, Some(Version::Tls12)));
    assert_eq!(seen.cipher.as_deref(), Some("TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
    assert!(seen.interrupted.is_some(), "a current client cannot finish");
}

#[tokio::test]
async fn the_versions_of_a_current_server_are_told_and_it_takes_nothing_weak() {
    let root = root();
    let (own, key) = issued(&params(HOST, (2025, 2027)), &root);
    let address = serve_tls(config(vec![own], &key)).await;
    let (client, target) = (client(&root), target(address));
    let seen = client.handshake(&target, now()).await.expect("seen");
    let survey = client.survey(&*client.at(address), &target, &seen).await;
    let taken: Vec<_> = survey
        .versions
        .iter()
        .filter(|it| it.is_accepted())
        .map(|it| it.what)
        .collect();
    assert_eq!(taken, [Version::Tls13, Version::Tls12]);
    let is_refused = |answer: &Answer| matches!(answer, Answer::Refused { .. });
    assert!(
        survey.versions[2..].iter().all(|it| is_refused(&it.answer)),
        "{survey:?}"
    );
    assert!(survey.weak_suites.iter().all(|it| is_refused(&it.answer)), "{survey:?}");
    assert!(matches!(survey.aead, Some(Answer::Accepted { .. })), "{survey:?}");
    assert_eq!(
        (survey.renegotiates_securely, survey.has_timestamps),
        (Some(true), Some(false))
    );
}

#[tokio::test]
async fn a_handshake_is_plain_json() {
    let root = root();
    let (own, key) = issued(&params(HOST, (2025, 2027)), &root);
    let seen = look(config(vec![own], &key), &root).await;
    let json = serde_json::to_value(&seen).expect("serialises");
    assert_eq!(json["protocol"], "TLS 1.3");
    assert_eq!(json["verified"]["verdict"], "trusted");
    assert_eq!(json["chain"][0]["key"]["algorithm"], "ec");
    let back: Handshake = serde_json::from_value(json).expect("deserialises");
    assert_eq!(back, seen);
}

#[test]
fn roots_come_from_pem_or_are_refused() {
    let pem = [root().pem(), root().pem()].concat();
    let roots = Roots::from_pem(pem.as_bytes()).expect("two roots");
    assert_eq!(roots.anchors().len(), 2);
    assert_eq!(
        roots.and(&Roots::public()).anchors().len(),
        Roots::public().anchors().len() + 2
    );
    assert_eq!(Roots::from_pem(b"nothing").err(), Some(BadRoots::Empty));
    let broken = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    let error = Roots::from_pem(broken.as_bytes()).err();
    assert!(
        matches!(error, Some(BadRoots::Unreadable { position: 1, .. })),
        "{error:?}"
    );
}
