//! TLS on a connection that begins in plain: the words that ask for it in SMTP (RFC 3207), IMAP (RFC 9051, 6.2.1),
//! POP3 (RFC 2595, 4) and LDAP (RFC 4511, 4.14), then the same look as at any TLS server. Nothing is said beyond them.

mod dialogue;
mod imap;
mod ldap;
mod pop3;
mod smtp;
#[cfg(test)]
mod tests;

use std::{fmt, net::SocketAddr, str::FromStr, time::Duration};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::{net::TcpStream, time::timeout};

use self::dialogue::{Dialogue, Trouble};
use super::{
    Client, Dial, Handshake, Target, TlsError,
    connect::{Connection, connect_to},
};

/// A protocol that begins in plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StartTls {
    /// Mail between servers, and from clients.
    Smtp,
    /// Mailboxes.
    Imap,
    /// Mailboxes that are emptied.
    Pop3,
    /// Directories.
    Ldap,
}

/// A word that is no protocol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of smtp, imap, pop3, ldap")]
pub struct NoProtocol(String);

/// What came of asking for TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upgraded {
    /// The server showed its certificates.
    Shown(Box<Handshake>),
    /// The server speaks the protocol and does not offer TLS, or refuses it for good.
    Plain {
        /// Its words, where it had any.
        said: String,
    },
}

/// What a server makes of the wish.
#[derive(Debug, PartialEq, Eq)]
enum Wish {
    /// TLS begins with the next byte.
    Granted,
    /// It does not offer it.
    Plain { said: String },
}

impl StartTls {
    /// Every protocol.
    pub const ALL: [Self; 4] = [Self::Smtp, Self::Imap, Self::Pop3, Self::Ldap];

    /// Its word on a command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Imap => "imap",
            Self::Pop3 => "pop3",
            Self::Ldap => "ldap",
        }
    }

    /// The protocol that begins in plain on that port, where one does (IANA's registry of ports).
    pub const fn of_port(port: u16) -> Option<Self> {
        match port {
            25 | 587 => Some(Self::Smtp),
            143 => Some(Self::Imap),
            110 => Some(Self::Pop3),
            389 | 3268 => Some(Self::Ldap),
            _ => None,
        }
    }
}

impl fmt::Display for StartTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for StartTls {
    type Err = NoProtocol;
    fn from_str(word: &str) -> Result<Self, NoProtocol> {
        let found = Self::ALL.into_iter().find(|it| it.word() == word);
        found.ok_or_else(|| NoProtocol(word.escape_debug().take(40).collect()))
    }
}

impl Client {
    /// Opens connections to one address and asks for TLS as `protocol` does, each time.
    pub fn after(&self, protocol: StartTls, address: SocketAddr) -> Box<Dial> {
        let (reach, patience) = (self.reach, self.timeout);
        Box::new(move || {
            Box::pin(async move {
                let mut connection = connect_to(address, reach, patience).await?;
                ask(&mut connection, protocol, patience).await?;
                Ok(connection.into())
            })
        })
    }

    /// Asks a server for TLS as `protocol` does, then looks at it as [`Client::handshake`] does.
    ///
    /// # Errors
    /// When it is not known whether the server offers TLS, or when it does and no certificate was seen. A server that
    /// turns the caller away ([`TlsError::TurnedAway`]) has said nothing about TLS.
    pub async fn upgrade(&self, target: &Target, protocol: StartTls, now: Timestamp) -> Result<Upgraded, TlsError> {
        let mut last = TlsError::NameNotFound {
            host: target.host.clone(),
        };
        for address in self.addresses(target).await?.known {
            let seen = self.handshake_over(&*self.after(protocol, address), target, now).await;
            match seen {
                Ok(handshake) => return Ok(Upgraded::Shown(Box::new(handshake))),
                Err(TlsError::NotOffered { said, .. }) => return Ok(Upgraded::Plain { said }),
                Err(error) if is_before_words(&error) => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}

/// No connection: another address may answer.
fn is_before_words(error: &TlsError) -> bool {
    match error {
        TlsError::Timeout { during, .. } => *during == "connection",
        TlsError::OutOfReach(_) | TlsError::Refused { .. } | TlsError::Unreachable { .. } => true,
        _ => false,
    }
}

async fn ask(connection: &mut Connection, protocol: StartTls, patience: Duration) -> Result<(), TlsError> {
    let address = connection.peer;
    match timeout(patience, wish(&mut connection.stream, protocol)).await {
        Err(_) => Err(TlsError::Timeout {
            address,
            during: "greeting",
        }),
        Ok(Err(trouble)) => Err(told(address, protocol, trouble)),
        Ok(Ok(Wish::Plain { said })) => Err(TlsError::NotOffered { address, said }),
        Ok(Ok(Wish::Granted)) => Ok(()),
    }
}

async fn wish(stream: &mut TcpStream, protocol: StartTls) -> Result<Wish, Trouble> {
    let own = stream.local_addr()?.ip();
    let mut dialogue = Dialogue::new(stream);
    let wish = match protocol {
        StartTls::Smtp => smtp::wish(&mut dialogue, own).await,
        StartTls::Imap => imap::wish(&mut dialogue).await,
        StartTls::Pop3 => pop3::wish(&mut dialogue).await,
        StartTls::Ldap => ldap::wish(&mut dialogue).await,
    }?;
    match wish {
        // What came in plain behind the consent could be anybody's (CVE-2011-0411 and its kin).
        Wish::Granted if !dialogue.is_drained() => Err(Trouble::Overrun),
        wish => Ok(wish),
    }
}

fn told(address: SocketAddr, protocol: StartTls, trouble: Trouble) -> TlsError {
    match trouble {
        Trouble::Broken | Trouble::Ended => TlsError::TurnedAway {
            address,
            said: "it hung up".to_owned(),
        },
        Trouble::TurnedAway(said) => TlsError::TurnedAway { address, said },
        Trouble::Foreign(saw) => TlsError::OtherProtocol {
            address,
            expected: protocol.word(),
            saw,
        },
        Trouble::Overrun => TlsError::HandshakeFailed {
            address,
            reason: "the server went on in plain after it agreed to TLS".to_owned(),
        },
    }
}
