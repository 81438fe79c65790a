//! Looking: one handshake, whose failure is a doubt and never a verdict on the certificate.

use jalon_domain::{engagement::Endpoint, text::Text};
use jalon_wire::{
    reach::Reach,
    tls::{Client, Roots, StartTls, Target, TlsError, Upgraded},
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
    let client = Client::new(roots(settings.roots_pem.as_deref())?)
        .with_timeout(settings.timeout)
        .with_reach(reach);
    let what = Text::new("shaking hands", "prise de contact");
    (ctx.progress)(Progress {
        done: 0,
        total: Some(1),
        what: what.clone(),
    });
    let starttls = settings.start.protocol(endpoint.port());
    let (host, seen) = match Target::new(endpoint.host(), endpoint.port()) {
        Ok(target) => {
            let target = settings.connect_to.into_iter().fold(target, Target::at);
            let seen = look(&client, &target, starttls, ctx).await;
            (target.host, seen.unwrap_or_else(unseen))
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
        starttls,
        seen,
    })
}

async fn look(
    client: &Client,
    target: &Target,
    starttls: Option<StartTls>,
    ctx: &Context<'_>,
) -> Result<Seen, TlsError> {
    let upgraded = match starttls {
        Some(protocol) => client.upgrade(target, protocol, ctx.now).await?,
        None => Upgraded::Shown(Box::new(client.handshake(target, ctx.now).await?)),
    };
    Ok(match upgraded {
        Upgraded::Shown(handshake) => Seen::Shown { handshake },
        Upgraded::Plain { said } => Seen::Plain { said },
    })
}

/// The public roots, and those given besides them.
pub(crate) fn roots(pem: Option<&str>) -> Result<Roots, CheckError> {
    let Some(pem) = pem else {
        return Ok(Roots::public());
    };
    let given = Roots::from_pem(pem.as_bytes()).map_err(|error| CheckError::Settings {
        what: format!("the given roots cannot be used: {error}"),
        remedy: "give a PEM file of root certificates".to_owned(),
    })?;
    Ok(Roots::public().and(&given))
}

fn unseen(error: TlsError) -> Seen {
    let detail = error.to_string();
    match error {
        TlsError::ProtocolTooOld { version, chain, .. } => Seen::TooOld { version, chain },
        error => Seen::Unknown {
            reason: doubt_of(&error),
            detail,
        },
    }
}

/// What a look that saw nothing leaves in doubt.
pub(crate) fn doubt_of(error: &TlsError) -> Doubt {
    match error {
        TlsError::BadTarget { .. } => Doubt::BadName,
        TlsError::NameNotFound { .. } => Doubt::NameNotFound,
        TlsError::LookupFailed { .. } => Doubt::ServerFailure,
        TlsError::OutOfReach(_) => Doubt::Forbidden,
        TlsError::Refused { .. } => Doubt::ConnectionRefused,
        TlsError::Timeout { .. } => Doubt::Timeout,
        TlsError::Unreachable { .. } => Doubt::Unreachable,
        TlsError::UnreadableCertificate { .. } | TlsError::OtherProtocol { .. } | TlsError::Incomplete { .. } => {
            Doubt::Unreadable
        }
        TlsError::TurnedAway { .. } => Doubt::TurnedAway,
        TlsError::ProtocolTooOld { .. }
        | TlsError::Closed { .. }
        | TlsError::NotTls { .. }
        | TlsError::HandshakeAlert { .. }
        | TlsError::HandshakeFailed { .. } => Doubt::NoHandshake,
    }
}
