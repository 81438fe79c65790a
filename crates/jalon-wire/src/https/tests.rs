//! Fetches from servers that run in the test.

use std::{net::SocketAddr, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::{ServerConfig, crypto::ring};
use rustls_pki_types::{PrivateKeyDer, pem::PemObject};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use super::*;

const HOST: &str = "mta-sts.contoso.example";

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2040, 1, 1);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("signs")
}

/// A server for `name`, whose certificate ends with `year`, that gives `answer` to whatever it is asked.
async fn serve(name: &str, year: i32, answer: &'static str) -> (SocketAddr, Roots) {
    let authority = authority();
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(year, 1, 1);
    let key = KeyPair::generate().expect("a key");
    let certificate = params.signed_by(&key, &authority).expect("signs");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).expect("a key"),
        )
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 2048];
            if let Ok(1..) = stream.read(&mut request).await {
                drop(stream.write_all(answer.as_bytes()).await);
            }
            drop(stream.shutdown().await);
        }
    });
    (address, Roots::from_pem(authority.pem().as_bytes()).expect("roots"))
}

async fn get(address: SocketAddr, roots: Roots) -> Result<Fetched, TlsError> {
    let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let target = Target::new(HOST, 443).expect("a target").at(address);
    Https::new(roots).get(&target, "/policy.txt", now).await
}

#[tokio::test]
async fn a_document_comes_with_its_type_and_a_redirect_is_only_told() {
    let (address, roots) = serve(
        HOST,
        2030,
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nversion: STSv1\n",
    )
    .await;
    let Ok(Fetched::Answered(page)) = get(address, roots).await else {
        panic!("an answer")
    };
    assert_eq!((page.status, page.body.as_str()), (200, "version: STSv1\n"));
    assert_eq!(page.media_type.as_deref(), Some("text/plain"));
    let (address, roots) = serve(
        HOST,
        2030,
        "HTTP/1.1 302 Found\r\nLocation: https://b.example/\r\nContent-Length: 0\r\n\r\n",
    )
    .await;
    let Ok(Fetched::Answered(page)) = get(address, roots).await else {
        panic!("an answer")
    };
    assert_eq!(
        (page.status, page.location.as_deref()),
        (302, Some("https://b.example/"))
    );
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_a_fact_and_nothing_is_asked() {
    let (address, roots) = serve("other.contoso.example", 2030, "HTTP/1.1 200 OK\r\n\r\nstolen").await;
    let Ok(Fetched::Distrusted(seen)) = get(address, roots).await else {
        panic!("a handshake")
    };
    assert!(!seen.name_matches && seen.verified == Trust::Trusted);
    let (address, roots) = serve(HOST, 2025, "HTTP/1.1 200 OK\r\n\r\nstale").await;
    let Ok(Fetched::Distrusted(seen)) = get(address, roots).await else {
        panic!("a handshake")
    };
    assert_eq!(seen.verified, Trust::Expired);
    let (address, _) = serve(HOST, 2030, "HTTP/1.1 200 OK\r\n\r\nforeign").await;
    let Ok(Fetched::Distrusted(seen)) = get(address, Roots::public()).await else {
        panic!("a handshake")
    };
    assert_eq!(seen.verified, Trust::UnknownIssuer);
}

#[tokio::test]
async fn what_cannot_be_reached_is_no_answer() {
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = free.local_addr().expect("an address");
    drop(free);
    assert!(matches!(
        get(address, Roots::public()).await,
        Err(TlsError::Refused { .. })
    ));
}
