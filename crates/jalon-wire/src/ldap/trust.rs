//! Whether the server is who it should be: rustls with given roots, and its refusals in words that
//! tell an expired certificate from a foreign one.

use std::{fmt, sync::Arc};

use rustls::{CertificateError, ClientConfig, RootCertStore, crypto::ring};

use crate::tls::Roots;

/// Why a certificate is not trusted, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Distrust {
    /// Past its end.
    Expired,
    /// Before its beginning.
    NotYetValid,
    /// It leads to no authority that is trusted.
    UnknownIssuer,
    /// It is for other names.
    WrongName {
        /// The names it is for, as far as they are known.
        presented: Vec<String>,
    },
    /// The server shows an authority's own certificate.
    AuthorityAsServer,
    /// Anything else.
    Other {
        /// In the words of the verifier.
        reason: String,
    },
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired => f.write_str("it has expired; renew it"),
            Self::NotYetValid => f.write_str("it is not valid yet; compare the clocks"),
            Self::UnknownIssuer => {
                f.write_str("its issuer is unknown; give the authority's certificate as a PEM file of roots")
            }
            Self::WrongName { presented } if presented.is_empty() => f.write_str("it is for another name"),
            Self::WrongName { presented } => write!(
                f,
                "it is for {}; connect by that name or issue one for this name",
                presented.join(", ")
            ),
            Self::AuthorityAsServer => f.write_str("it is an authority's own; issue one for the server"),
            Self::Other { reason } => f.write_str(reason),
        }
    }
}

impl Distrust {
    /// What rustls says of a certificate.
    pub(super) fn of(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::NotValidForName => Self::WrongName { presented: Vec::new() },
            CertificateError::NotValidForNameContext { presented, .. } => Self::WrongName {
                presented: presented.iter().map(|it| plain_name(it)).collect(),
            },
            CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
                Self::AuthorityAsServer
            }
            other => Self::Other {
                reason: other.to_string(),
            },
        }
    }
}

/// webpki names a certificate's names with their kind: `DnsName("a.example")`.
fn plain_name(described: &str) -> String {
    let quoted = described.split('"').nth(1);
    quoted.unwrap_or(described).to_owned()
}

/// A client that trusts these roots.
pub(super) fn config(roots: &Roots) -> Result<Arc<ClientConfig>, rustls::Error> {
    let store = RootCertStore {
        roots: roots.anchors().to_vec(),
    };
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions()?;
    Ok(Arc::new(builder.with_root_certificates(store).with_no_client_auth()))
}
