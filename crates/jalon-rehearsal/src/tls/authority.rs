//! A private authority: a root, an intermediate, and the certificates that a condition describes. No socket.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::TlsError;
use super::condition::{Chain, Request, hours_after};

/// The life of the root and the intermediate on each side of now, in hours: ten years.
const AUTHORITY_LIFE: i64 = 10 * 365 * 24;

/// Signs certificates that only its own root makes trusted.
pub(super) struct Authority {
    root: CertifiedIssuer<'static, KeyPair>,
    intermediate: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    /// A root and an intermediate, valid around `now`.
    pub(super) fn new(now: Timestamp) -> Result<Self, TlsError> {
        let params = |name, depth| issuer_params(name, depth, now);
        let root = CertifiedIssuer::self_signed(
            params("Jalon Rehearsal Root", BasicConstraints::Unconstrained),
            KeyPair::generate()?,
        )?;
        let intermediate = CertifiedIssuer::signed_by(
            params("Jalon Rehearsal Intermediate", BasicConstraints::Constrained(0)),
            KeyPair::generate()?,
            &root,
        )?;
        Ok(Self { root, intermediate })
    }

    /// The root certificate as PEM, for the client that shall trust it.
    pub(super) fn root_pem(&self) -> String {
        self.root.pem()
    }

    /// A TLS server that shows the certificate asked for.
    pub(super) fn server(&self, request: &Request) -> Result<ServerConfig, TlsError> {
        let key = KeyPair::generate()?;
        let params = leaf_params(request)?;
        let chain = match request.chain {
            Chain::SelfSigned => vec![params.self_signed(&key)?.der().clone()],
            Chain::LeafOnly => vec![self.sign(&params, &key)?],
            Chain::Whole => vec![self.sign(&params, &key)?, self.intermediate.der().clone()],
        };
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Ok(ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?)
    }

    fn sign(&self, params: &CertificateParams, key: &KeyPair) -> Result<CertificateDer<'static>, TlsError> {
        let signed = params.signed_by(key, &self.intermediate)?;
        Ok(signed.der().clone())
    }
}

fn issuer_params(name: &str, depth: BasicConstraints, now: Timestamp) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = common_name(name);
    dated(
        &mut params,
        hours_after(now, -AUTHORITY_LIFE),
        hours_after(now, AUTHORITY_LIFE),
    );
    params.is_ca = IsCa::Ca(depth);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.use_authority_key_identifier_extension = true;
    params
}

fn leaf_params(request: &Request) -> Result<CertificateParams, TlsError> {
    let mut params = CertificateParams::new(request.names.clone())?;
    let first = request.names.first().map_or("", String::as_str);
    params.distinguished_name = common_name(first);
    dated(&mut params, request.from, request.until);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = request.chain != Chain::SelfSigned;
    Ok(params)
}

fn common_name(name: &str) -> DistinguishedName {
    let mut full = DistinguishedName::new();
    full.push(DnType::CommonName, name);
    full
}

/// Sets both dates, to the second.
fn dated(params: &mut CertificateParams, from: Timestamp, until: Timestamp) {
    let date = |instant: Timestamp| {
        let epoch = date_time_ymd(1970, 1, 1);
        let distance = Duration::from_secs(instant.as_second().unsigned_abs());
        // Neither overflows: both calendars span the years -9999 to 9999.
        if instant.as_second() < 0 {
            epoch - distance
        } else {
            epoch + distance
        }
    };
    params.not_before = date(from);
    params.not_after = date(until);
}
