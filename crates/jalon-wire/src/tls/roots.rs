//! The certificate authorities that a chain may lead to.

use std::sync::{Arc, LazyLock};

use rustls_pki_types::{CertificateDer, TrustAnchor, pem::PemObject};

/// A set of trusted roots; cheap to clone.
#[derive(Clone, Debug)]
pub struct Roots {
    anchors: Arc<[TrustAnchor<'static>]>,
}

/// A file that holds no usable roots.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRoots {
    /// No `BEGIN CERTIFICATE` in it.
    #[error("there is no PEM certificate in it")]
    Empty,
    /// A certificate in it cannot be used.
    #[error("certificate {position} in it cannot be read: {reason}")]
    Unreadable {
        /// Its place in the file, counted from 1.
        position: usize,
        /// What is wrong with it.
        reason: String,
    },
}

impl Roots {
    /// The public authorities that Mozilla trusts, as compiled in.
    pub fn public() -> Self {
        static PUBLIC: LazyLock<Roots> = LazyLock::new(|| Roots {
            anchors: webpki_roots::TLS_SERVER_ROOTS.into(),
        });
        PUBLIC.clone()
    }

    /// The certificates of a PEM file, instead of the public ones.
    ///
    /// # Errors
    /// When there is none, or one that cannot be read.
    pub fn from_pem(pem: &[u8]) -> Result<Self, BadRoots> {
        let anchors: Vec<_> = CertificateDer::pem_slice_iter(pem)
            .enumerate()
            .map(|(index, certificate)| {
                let unreadable = |reason| BadRoots::Unreadable {
                    position: index + 1,
                    reason,
                };
                let certificate = certificate.map_err(|it| unreadable(it.to_string()))?;
                let anchor = webpki::anchor_from_trusted_cert(&certificate);
                anchor.map(|it| it.to_owned()).map_err(|it| unreadable(it.to_string()))
            })
            .collect::<Result<_, _>>()?;
        if anchors.is_empty() {
            Err(BadRoots::Empty)
        } else {
            Ok(Self {
                anchors: anchors.into(),
            })
        }
    }

    /// These and those.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        Self {
            anchors: self.anchors.iter().chain(&*others.anchors).cloned().collect(),
        }
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }
}
