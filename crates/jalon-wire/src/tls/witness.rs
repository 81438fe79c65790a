//! A verifier that accepts every server and remembers what it showed. It guards nothing: no data
//! is sent over the connections it accepts, and the chain is judged afterwards.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::{
    ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::ring,
};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

use super::Version;

/// More certificates than any sane server sends.
pub(super) const MOST_CERTIFICATES: usize = 32;

#[derive(Debug, Default)]
pub(super) struct Witness(Mutex<Shown>);

/// What a server showed.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Its own certificate first; empty when it showed nothing.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// The OCSP response that came with it; empty when none came.
    pub(super) staple: Vec<u8>,
    /// The version in which it proved that the first one is its own.
    pub(super) protocol: Option<Version>,
}

impl Witness {
    /// What was shown so far; asked once, when the handshake is over.
    pub(super) fn shown(&self) -> Shown {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A configuration that reports to this witness; no session is resumed, since a resumed one
    /// shows no certificate.
    pub(super) fn config(self: &Arc<Self>) -> ClientConfig {
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(rustls::ALL_VERSIONS)
            .expect("ring has suites for both versions")
            .dangerous()
            .with_custom_certificate_verifier(self.clone())
            .with_no_client_auth();
        config.resumption = Resumption::disabled();
        config
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        staple: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(own).chain(others).take(MOST_CERTIFICATES);
        let mut shown = self.lock();
        shown.chain = chain.map(|it| it.clone().into_owned()).collect();
        shown.staple = staple.to_vec();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.lock().protocol = Some(Version::Tls12);
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.lock().protocol = Some(Version::Tls13);
        Ok(HandshakeSignatureValid::assertion())
    }

    /// Everything that exists, so that no server has to say "nothing in common".
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![
            SignatureScheme::ECDSA_NISTP256_SHA256,
            SignatureScheme::ECDSA_NISTP384_SHA384,
            SignatureScheme::ECDSA_NISTP521_SHA512,
            SignatureScheme::ED25519,
            SignatureScheme::ED448,
            SignatureScheme::RSA_PSS_SHA256,
            SignatureScheme::RSA_PSS_SHA384,
            SignatureScheme::RSA_PSS_SHA512,
            SignatureScheme::RSA_PKCS1_SHA256,
            SignatureScheme::RSA_PKCS1_SHA384,
            SignatureScheme::RSA_PKCS1_SHA512,
            SignatureScheme::ECDSA_SHA1_Legacy,
            SignatureScheme::RSA_PKCS1_SHA1,
        ]
    }
}
