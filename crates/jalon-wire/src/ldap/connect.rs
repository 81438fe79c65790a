//! From an address to a connection that somebody has signed in on: looked up once, judged, connected,
//! protected.

use rustls_pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{
    Address, Bind, Distrust, LdapError, Settings, code,
    link::Link,
    message::{self, Message, Outcome},
    request, trust,
};
use crate::tls::{Target, TlsError, connect};

/// Connects, protects the connection as the settings say, and signs in.
pub(super) async fn open(address: &Address, bind: &Bind, settings: &Settings) -> Result<Link, LdapError> {
    let mut link = connect(address, settings).await?;
    match timeout(settings.bind_timeout, sign_in(&mut link, address, bind)).await {
        Ok(signed_in) => signed_in.map(|()| link),
        Err(_) => Err(late(&address.server(), "bind")),
    }
}

async fn sign_in(link: &mut Link, address: &Address, bind: &Bind) -> Result<(), LdapError> {
    let outcome = match bind {
        Bind::Anonymous => return Ok(()),
        Bind::Simple { name, password } => {
            let request = zeroize::Zeroizing::new(request::simple_bind(name, password.reveal()));
            link.call(&request, "bind").await?
        }
    };
    match outcome.code {
        0 => Ok(()),
        _ => Err(code::bind_error(&address.server(), bind.name(), &outcome)),
    }
}

async fn connect(address: &Address, settings: &Settings) -> Result<Link, LdapError> {
    let (server, patience) = (address.server(), settings.connect_timeout);
    let reached = |error| reached(&server, error);
    let target = Target::new(address.host(), address.port()).map_err(reached)?;
    let connection = connect::connect(&target, settings.reach, patience)
        .await
        .map_err(reached)?;
    let mut stream = connection.stream;
    // Requests are small and waited for; if it cannot be set, they are only slower.
    drop(stream.set_nodelay(true));
    if !address.is_ldaps() && !settings.start_tls {
        let (reading, writing) = stream.into_split();
        return Ok(link(server, settings, reading, writing));
    }
    let protecting = async {
        if !address.is_ldaps() {
            start_tls(&server, &mut stream).await?;
        }
        shake_hands(&server, address, settings, stream).await
    };
    let stream = timeout(patience, protecting).await;
    let stream = stream.map_err(|_| late(&server, "handshake"))??;
    let (reading, writing) = tokio::io::split(stream);
    Ok(link(server, settings, reading, writing))
}

fn link(
    server: String,
    settings: &Settings,
    reading: impl AsyncRead + Send + Unpin + 'static,
    writing: impl AsyncWrite + Send + Sync + Unpin + 'static,
) -> Link {
    Link::new(server, settings.operation_timeout, Box::new(reading), Box::new(writing))
}

/// Asks for TLS on an open connection (RFC 4511, 4.14). Nothing else may come before it has begun: it
/// could be anybody's.
async fn start_tls(server: &str, stream: &mut TcpStream) -> Result<(), LdapError> {
    const LONGEST: usize = 4 << 10;
    let broken = |it: std::io::Error| no_tls(server, it.to_string());
    let garbled = || no_tls(server, "the answer to StartTLS cannot be read".to_owned());
    let request = request::message(1, &request::start_tls(), &[]);
    stream.write_all(&request).await.map_err(broken)?;
    let mut answer = Vec::new();
    let length = loop {
        match message::length(&answer) {
            Ok(Some(length)) if length <= answer.len() => break length,
            Ok(_) if answer.len() < LONGEST => {}
            _ => return Err(garbled()),
        }
        if stream.read_buf(&mut answer).await.map_err(broken)? == 0 {
            return Err(no_tls(server, "the server closed the connection".to_owned()));
        }
    };
    if answer.len() > length {
        return Err(no_tls(
            server,
            "the server sent more than the answer to StartTLS".to_owned(),
        ));
    }
    let outcome = Message::read(&answer)
        .as_ref()
        .and_then(Outcome::read)
        .ok_or_else(garbled)?;
    match outcome.code {
        0 => Ok(()),
        _ => Err(LdapError::NoStartTls {
            server: server.to_owned(),
            said: code::said(&outcome),
        }),
    }
}

async fn shake_hands(
    server: &str,
    address: &Address,
    settings: &Settings,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, LdapError> {
    let name = ServerName::try_from(address.host().to_owned()).map_err(|it| no_tls(server, it.to_string()))?;
    let config = trust::config(&settings.roots).map_err(|it| no_tls(server, it.to_string()))?;
    let shaken = TlsConnector::from(config).connect(name, stream).await;
    shaken.map_err(|error| {
        let why = error.get_ref().and_then(|it| it.downcast_ref());
        match why {
            Some(rustls::Error::InvalidCertificate(why)) => LdapError::Untrusted {
                server: server.to_owned(),
                why: Distrust::of(why),
            },
            _ => no_tls(server, error.to_string()),
        }
    })
}

fn no_tls(server: &str, reason: String) -> LdapError {
    LdapError::NoTls {
        server: server.to_owned(),
        reason,
    }
}

fn late(server: &str, during: &'static str) -> LdapError {
    LdapError::Timeout {
        server: server.to_owned(),
        during,
    }
}

/// The connection's own failures, which are those of any TLS target.
fn reached(server: &str, error: TlsError) -> LdapError {
    match error {
        TlsError::NameNotFound { host } => LdapError::NameNotFound { host },
        TlsError::LookupFailed { host, reason } => LdapError::LookupFailed { host, reason },
        TlsError::OutOfReach(refused) => LdapError::OutOfReach(refused),
        TlsError::Refused { address } => LdapError::Unreachable {
            address,
            reason: "the connection is refused".to_owned(),
        },
        TlsError::Unreachable { address, reason } => LdapError::Unreachable { address, reason },
        TlsError::Timeout { address, during } => late(&address.to_string(), during),
        other => no_tls(server, other.to_string()),
    }
}
