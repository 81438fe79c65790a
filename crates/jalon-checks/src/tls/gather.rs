//! Looking: one handshake, whose failure is a doubt and never a verdict on the certificate.

use jalon_domain::{engagement::Endpoint, text::Text};
use jalon_wire::{
    reach::Reach,
    tls::{Client, Roots, Target, TlsError},
};

use super::{
    Settings,
    certificate::{Facts, Seen},
};
use crate::{CheckError, Context, Doubt, Progress};

pub(super) async fn gather(endpoint: &Endpoint, settings: &Settings, ctx: &Context<'_>) -> Result<Facts, CheckError> {
    let reach = if settings.allow_private {
        Reach::LOCAL
    } else {
        Reach::PUBLIC
    };
    let client = Client::new(roots(settings)?)
        .with_timeout(settings.timeout)
        .with_reach(reach);
    let what = Text::new("shaking hands", "prise de contact");
    (ctx.progress)(Progress {
        done: 0,
        total: Some(1),
        what: what.clone(),
    });
    let (host, seen) = match Target::new(endpoint.host(), endpoint.port()) {
        Ok(target) => {
            let target = settings.connect_to.into_iter().fold(target, Target::at);
            let host = target.host.clone();
            (
                host,
                client
                    .handshake(&target, ctx.now)
                    .await
                    .map_or_else(unseen, |it| Seen::Shown {
                        handshake: Box::new(it),
                    }),
            )
        }
        Err(error) => (endpoint.host().to_owned(), unseen(error)),
    };
    (ctx.progress)(Progress {
        done: 1,
        total: Some(1),
        what,
    });
    Ok(Facts {
        host,
        port: endpoint.port(),
        seen,
    })
}

fn roots(settings: &Settings) -> Result<Roots, CheckError> {
    let Some(pem) = &settings.roots_pem else {
        return Ok(Roots::public());
    };
    let given = Roots::from_pem(pem.as_bytes()).map_err(|error| CheckError::Settings {
        what: format!("the given roots cannot be used: {error}"),
        remedy: "give a PEM file of root certificates".to_owned(),
    })?;
    Ok(Roots::public().and(&given))
}

fn unseen(error: TlsError) -> Seen {
    let reason = match &error {
        TlsError::ProtocolTooOld { version, chain, .. } => {
            return Seen::TooOld {
                version: *version,
                chain: chain.clone(),
            };
        }
        TlsError::BadTarget { .. } => Doubt::BadName,
        TlsError::NameNotFound { .. } => Doubt::NameNotFound,
        TlsError::LookupFailed { .. } => Doubt::ServerFailure,
        TlsError::OutOfReach(_) => Doubt::Forbidden,
        TlsError::Refused { .. } => Doubt::ConnectionRefused,
        TlsError::Timeout { .. } => Doubt::Timeout,
        TlsError::Unreachable { .. } => Doubt::Unreachable,
        TlsError::UnreadableCertificate { .. } => Doubt::Unreadable,
        TlsError::Closed { .. }
        | TlsError::NotTls { .. }
        | TlsError::HandshakeAlert { .. }
        | TlsError::HandshakeFailed { .. } => Doubt::NoHandshake,
    };
    Seen::Unknown {
        reason,
        detail: error.to_string(),
    }
}
