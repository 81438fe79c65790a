//! Certificates from an authority that speaks ACME (RFC 8555): an account, an order, a proof for each name, the chain. How a
//! proof is shown is in `shown`; which names, which key and where the files go is the caller's.

mod shown;

use std::{net::IpAddr, path::Path, time::Duration};

use instant_acme::{
    Account, AccountBuilder, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder,
    OrderStatus, RetryPolicy,
};
use zeroize::Zeroizing;

pub use shown::{Ask, Listener, Proof, ProofKind, Shown, ShownError};

/// The directory of Let's Encrypt for trials: its certificates are trusted by nobody, and its limits are wide.
pub const STAGING: &str = "https://acme-staging-v02.api.letsencrypt.org/directory";

/// The directory of Let's Encrypt.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";

/// The nonce of a request was used before, or is too old (RFC 8555, 6.7).
const BAD_NONCE: &str = "urn:ietf:params:acme:error:badNonce";

/// An order that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum AcmeError {
    /// The directory does not answer, or not as ACME has it.
    #[error("the directory does not answer as it should: {0}")]
    Directory(String),
    /// The file of the account is none.
    #[error("the account cannot be read: {0}")]
    Account(String),
    /// The authority refuses, in its own words.
    #[error("the authority refuses: {0}")]
    Refused(String),
    /// The authority takes no proof of this kind for a name.
    #[error("for {name} the authority takes no proof by {kind}")]
    NoSuchProof {
        /// The name.
        name: String,
        /// The kind, `http-01` or `dns-01`.
        kind: &'static str,
    },
    /// A proof could not be shown.
    #[error(transparent)]
    Shown(#[from] ShownError),
    /// The authority did not find the proof of a name.
    #[error("the authority did not find the proof for {name}: {reason}")]
    Unproved {
        /// The name.
        name: String,
        /// In the authority's words.
        reason: String,
    },
    /// The authority is still at it.
    #[error("the authority was not done in time")]
    TooSlow,
    /// The authority has the request and may have issued, but the certificate did not come back.
    #[error("{0}")]
    Unfetched(String),
    /// The account was made with another authority.
    #[error("the account belongs to {kept}, not to {asked}: give another --account")]
    OtherDirectory {
        /// Whose it is.
        kept: String,
        /// Which was asked for.
        asked: String,
    },
}

/// An account, ready to order.
pub struct Ready {
    account: Account,
    /// The account's key and address, to be kept secret: of an account that was made now.
    pub made: Option<Zeroizing<String>>,
}

/// Opens the account that was kept, or makes one.
///
/// # Errors
/// When the directory does not answer, or does not want the account.
pub async fn open(
    directory: &str,
    roots: Option<&Path>,
    kept: Option<&str>,
    contacts: &[String],
) -> Result<Ready, AcmeError> {
    if let Some(kept) = kept {
        let credentials: AccountCredentials =
            serde_json::from_str(kept).map_err(|it| AcmeError::Account(it.to_string()))?;
        is_of(directory, kept)?;
        let builder = builder(roots).map_err(failed)?;
        let account = builder.from_credentials(credentials).await.map_err(failed)?;
        return Ok(Ready { account, made: None });
    }
    let contacts: Vec<String> = contacts.iter().map(|it| format!("mailto:{it}")).collect();
    let contact: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let wanted = NewAccount {
        contact: &contact,
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let made = patiently(async || builder(roots)?.create(&wanted, directory.to_owned(), None).await).await;
    let (account, credentials) = made.map_err(failed)?;
    let made = serde_json::to_string(&credentials).map_err(|it| AcmeError::Account(it.to_string()))?;
    Ok(Ready {
        account,
        made: Some(Zeroizing::new(made)),
    })
}

/// An account goes to the directory that it was made with, whatever is asked for.
fn is_of(directory: &str, kept: &str) -> Result<(), AcmeError> {
    #[derive(serde::Deserialize)]
    struct Kept {
        directory: Option<String>,
    }
    let kept: Kept = serde_json::from_str(kept).map_err(|it| AcmeError::Account(it.to_string()))?;
    match kept.directory {
        Some(kept) if kept == directory => Ok(()),
        kept => Err(AcmeError::OtherDirectory {
            kept: kept.unwrap_or_default(),
            asked: directory.to_owned(),
        }),
    }
}

fn builder(roots: Option<&Path>) -> Result<AccountBuilder, instant_acme::Error> {
    match roots {
        Some(path) => Account::builder_with_root(path),
        None => Account::builder(),
    }
}

impl Ready {
    /// Orders a certificate for a request that was made for these names; the chain comes back as PEM. Proofs are taken away
    /// again, whatever came of the order.
    ///
    /// # Errors
    /// When the authority refuses, or did not find a proof.
    pub async fn order(
        &self,
        names: &[String],
        request_der: &[u8],
        shown: &mut Shown,
        patience: Duration,
    ) -> Result<String, AcmeError> {
        let mut proofs = Vec::new();
        let ordered = self.ordered(names, request_der, shown, &mut proofs, patience).await;
        for proof in &proofs {
            // It proves nothing any more; what counts is what became of the order.
            drop(shown.withdraw(proof).await);
        }
        ordered
    }

    async fn ordered(
        &self,
        names: &[String],
        request_der: &[u8],
        shown: &mut Shown,
        proofs: &mut Vec<Proof>,
        patience: Duration,
    ) -> Result<String, AcmeError> {
        let identifiers: Vec<Identifier> = names.iter().map(|it| identifier(it)).collect();
        let wanted = NewOrder::new(&identifiers);
        let order = patiently(async || self.account.new_order(&wanted).await).await;
        let mut order = order.map_err(failed)?;
        patiently(async || fetch(&mut order).await).await.map_err(failed)?;
        let mut all = order.authorizations();
        while let Some(authorization) = all.next().await {
            let mut authorization = authorization.map_err(failed)?;
            let name = authorization.identifier().to_string();
            match authorization.status {
                AuthorizationStatus::Pending => {}
                AuthorizationStatus::Valid => continue,
                other => {
                    let reason = format!("{other:?}").to_lowercase();
                    return Err(AcmeError::Unproved { name, reason });
                }
            }
            let kind = shown.kind();
            let wanted = match kind {
                ProofKind::Http => ChallengeType::Http01,
                ProofKind::Dns => ChallengeType::Dns01,
            };
            let Some(mut challenge) = authorization.challenge(wanted) else {
                let kind = kind.word();
                return Err(AcmeError::NoSuchProof { name, kind });
            };
            let authorised = challenge.key_authorization();
            let proof = Proof {
                name: name.strip_prefix("*.").unwrap_or(&name).to_owned(),
                token: challenge.token.clone(),
                content: match kind {
                    ProofKind::Http => authorised.as_str().to_owned(),
                    ProofKind::Dns => authorised.dns_value(),
                },
            };
            proofs.push(proof.clone());
            shown.show(&proof).await?;
            patiently(async || challenge.set_ready().await).await.map_err(failed)?;
        }
        let retries = RetryPolicy::new().timeout(patience);
        let fallback = match patiently(async || order.poll_ready(&retries).await).await {
            Ok(OrderStatus::Ready) => None,
            Ok(other) => Some(AcmeError::Refused(format!("{other:?}").to_lowercase())),
            Err(error) => Some(failed(error)),
        };
        if let Some(fallback) = fallback {
            return Err(match fallback {
                AcmeError::Refused(_) => unproved(&mut order).await.unwrap_or(fallback),
                other => other,
            });
        }
        // From here on the authority may issue: what goes wrong is no reason to throw the key away, unless it says no.
        let unfetched = |it: instant_acme::Error| match failed(it) {
            refused @ AcmeError::Refused(_) => refused,
            other => AcmeError::Unfetched(other.to_string()),
        };
        let sent = patiently(async || order.finalize_csr(request_der).await).await;
        sent.map_err(unfetched)?;
        let chain = patiently(async || order.poll_certificate(&retries).await).await;
        chain.map_err(unfetched)
    }
}

/// A nonce that the authority does not take any more is no answer to the request: it is put again (RFC 8555, 6.5).
async fn patiently<T>(
    mut request: impl AsyncFnMut() -> Result<T, instant_acme::Error>,
) -> Result<T, instant_acme::Error> {
    const MOST: u32 = 5;
    let is_stale = |it: &instant_acme::Error| match it {
        instant_acme::Error::Api(problem) => problem.r#type.as_deref() == Some(BAD_NONCE),
        _ => false,
    };
    for _ in 1..MOST {
        match request().await {
            Err(error) if is_stale(&error) => {}
            other => return other,
        }
    }
    request().await
}

/// All authorizations of an order, which it keeps.
async fn fetch(order: &mut instant_acme::Order) -> Result<(), instant_acme::Error> {
    let mut all = order.authorizations();
    while let Some(authorization) = all.next().await {
        authorization?;
    }
    Ok(())
}

/// Which name was not proved, in the authority's words.
async fn unproved(order: &mut instant_acme::Order) -> Option<AcmeError> {
    let mut all = order.authorizations();
    while let Some(Ok(mut authorization)) = all.next().await {
        let name = authorization.identifier().to_string();
        if let Ok(state) = authorization.refresh().await
            && let Some(problem) = state.challenges.iter().find_map(|it| it.error.as_ref())
        {
            let reason = problem.to_string();
            return Some(AcmeError::Unproved { name, reason });
        }
    }
    None
}

fn identifier(name: &str) -> Identifier {
    match name.parse::<IpAddr>() {
        Ok(address) => Identifier::Ip(address),
        Err(_) => Identifier::Dns(name.to_owned()),
    }
}

fn failed(error: instant_acme::Error) -> AcmeError {
    match error {
        instant_acme::Error::Api(problem) => AcmeError::Refused(problem.to_string()),
        instant_acme::Error::Timeout(_) => AcmeError::TooSlow,
        instant_acme::Error::KeyRejected | instant_acme::Error::Crypto => AcmeError::Account(error.to_string()),
        other => AcmeError::Directory(whole(&other)),
    }
}

/// An error with what caused it: the cause is what tells a closed port from an untrusted certificate.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_of_one_authority_is_not_used_with_another() {
        let kept = r#"{"id":"https://ca.example/1","key_pkcs8":"","directory":"https://ca.example/dir"}"#;
        assert!(is_of("https://ca.example/dir", kept).is_ok());
        let error = is_of(LETS_ENCRYPT, kept).expect_err("another directory").to_string();
        assert!(
            error.contains("https://ca.example/dir") && error.contains(LETS_ENCRYPT),
            "{error}"
        );
        assert!(matches!(is_of(STAGING, "{}"), Err(AcmeError::OtherDirectory { .. })));
        assert!(matches!(is_of(STAGING, "no JSON"), Err(AcmeError::Account(_))));
    }
}
