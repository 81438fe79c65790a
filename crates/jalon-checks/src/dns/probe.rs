//! What is looked at besides name servers: the document and the mail servers that records lead to. Each look is a fact of
//! its own; what it is worth, the checks say. Mail servers are called only where the settings allow it.

use std::{
    collections::BTreeMap,
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
    time::Duration,
};

use jalon_wire::{
    dns::Data,
    https::{Fetched, Https, Page},
    reach::Reach,
    tls::{CertificateFacts, Client, Handshake, StartTls, Target, TlsError, Upgraded, Version},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Facts, Question};
use crate::{
    CheckError,
    doubt::{Doubt, Doubted},
    tls::{doubt_of, is_no_way, is_out_of_sight, roots},
};

/// Where an MTA-STS policy is (RFC 8461, section 3.3).
pub(super) const POLICY_PATH: &str = "/.well-known/mta-sts.txt";

/// How servers besides name servers are looked at.
#[derive(Clone, Debug)]
pub struct Probing {
    /// Roots to trust besides the public ones, as PEM.
    pub roots_pem: Option<String>,
    /// Whether loopback and private addresses may be connected. Link-local and metadata addresses never are.
    pub allow_private: bool,
    /// How long each step may take; mail servers may let a stranger wait.
    pub timeout: Duration,
    /// Whether the mail servers of a domain may be called. Many networks close port 25 to the outside.
    pub mail_servers: bool,
    /// The port at which they are called: 25, but in a laboratory.
    pub mail_port: u16,
    /// The port at which MTA-STS policies are fetched: 443, but in a laboratory.
    pub policy_port: u16,
}

impl Default for Probing {
    /// Public roots, public addresses, fifteen seconds a step, no mail server.
    fn default() -> Self {
        Self {
            roots_pem: None,
            allow_private: false,
            timeout: Duration::from_secs(15),
            mail_servers: false,
            mail_port: 25,
            policy_port: 443,
        }
    }
}

/// One look; written `policy mta-sts.contoso.example 192.0.2.1` or `smtp mail.contoso.example 192.0.2.1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Probe {
    /// The MTA-STS policy of a host at one of its addresses.
    Policy {
        /// The host.
        host: String,
        /// The address.
        address: IpAddr,
    },
    /// STARTTLS of a mail server at one of its addresses.
    Smtp {
        /// The name that the MX record gives.
        host: String,
        /// The address.
        address: IpAddr,
    },
}

/// What came of a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Sight {
    /// A web server proved who it is and answered.
    Answered {
        /// Its answer.
        page: Page,
    },
    /// A web server showed a certificate that is not its own, not within its dates or not trusted.
    Distrusted {
        /// All that was seen.
        handshake: Box<Handshake>,
    },
    /// A mail server offers STARTTLS and showed its certificates.
    Protected {
        /// All that was seen.
        handshake: Box<Handshake>,
    },
    /// A mail server offers STARTTLS, with nothing newer than this.
    TooOld {
        /// The best it speaks.
        version: Version,
        /// The certificates, its own first.
        chain: Vec<CertificateFacts>,
    },
    /// A mail server does not offer STARTTLS.
    Plain {
        /// Its words, where it had any.
        said: String,
    },
    /// Nothing was seen.
    Unknown {
        /// Why.
        reason: Doubt,
        /// The failure in the words of the client.
        detail: String,
    },
}

impl Probe {
    /// Where it looks.
    pub(super) const fn address(&self) -> IpAddr {
        match self {
            Self::Policy { address, .. } | Self::Smtp { address, .. } => *address,
        }
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Policy { host, address } => write!(f, "policy {host} {address}"),
            Self::Smtp { host, address } => write!(f, "smtp {host} {address}"),
        }
    }
}

impl FromStr for Probe {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        let words: Vec<&str> = raw.split(' ').collect();
        let probe = match words[..] {
            [what, host, address] => address.parse().ok().and_then(|address| {
                let host = host.to_owned();
                match what {
                    "policy" => Some(Self::Policy { host, address }),
                    "smtp" => Some(Self::Smtp { host, address }),
                    _ => None,
                }
            }),
            _ => None,
        };
        probe.ok_or_else(|| format!("`{raw}` is no look: expected something like smtp mail.contoso.example 192.0.2.1"))
    }
}

impl Facts {
    pub(super) fn see(&mut self, probe: Probe, sight: Sight) {
        self.sights.insert(probe, sight);
    }

    pub(super) fn has_looked(&self, probe: &Probe) -> bool {
        self.sights.contains_key(probe)
    }

    /// Those of the looks at one host that this machine can make: where it speaks no IPv6 at all, an address of it is neither
    /// silent nor seen.
    pub(super) fn in_sight(&self, looks: &[Probe]) -> Vec<Probe> {
        let has_no_way = |it: &Probe| match self.sights.get(it) {
            Some(Sight::Unknown { reason, detail }) => is_no_way(*reason, detail),
            _ => false,
        };
        let is_out = |it: &&Probe| is_out_of_sight(looks, it, |it| it.address().is_ipv6(), has_no_way);
        looks.iter().filter(|it| !is_out(it)).cloned().collect()
    }

    /// What came of a look.
    ///
    /// # Errors
    /// When nothing was seen.
    pub(super) fn sight(&self, probe: &Probe) -> Result<&Sight, Doubted> {
        let doubted = |doubt| Doubted {
            doubt,
            about: probe.to_string(),
        };
        match self.sights.get(probe) {
            Some(Sight::Unknown { reason, .. }) => Err(doubted(*reason)),
            Some(sight) => Ok(sight),
            None => Err(doubted(Doubt::NotAsked)),
        }
    }

    /// Every address of a host.
    ///
    /// # Errors
    /// When nobody said, of one of the two kinds, whether it has some.
    pub(super) fn every_address(&self, host: &str) -> Result<Vec<IpAddr>, Doubted> {
        let v4 = self.records(&Question::a(host))?.iter();
        let all = v4.chain(self.records(&Question::aaaa(host))?);
        Ok(all.filter_map(|it| address(&it.data)).collect())
    }

    /// Those of them that are known, whatever nobody said.
    pub(super) fn known_addresses(&self, host: &str) -> Vec<IpAddr> {
        let of = |question| self.records(&question).unwrap_or_default().iter();
        let all = of(Question::a(host)).chain(of(Question::aaaa(host)));
        all.filter_map(|it| address(&it.data)).collect()
    }

    /// What came of these questions and looks, as JSON.
    pub(super) fn about_all(&self, questions: &[Question], probes: &[Probe]) -> Map<String, Value> {
        let mut about = self.about(questions);
        let sights: BTreeMap<String, &Sight> = probes
            .iter()
            .filter_map(|it| Some((it.to_string(), self.sights.get(it)?)))
            .collect();
        if !sights.is_empty() {
            about.insert("sights".to_owned(), json!(sights));
        }
        about
    }
}

fn address(data: &Data) -> Option<IpAddr> {
    match data {
        Data::A { address } => Some((*address).into()),
        Data::Aaaa { address } => Some((*address).into()),
        _ => None,
    }
}

/// Looks as the settings say.
pub(super) struct Prober<'a> {
    settings: &'a Probing,
    https: Https,
    client: Client,
}

impl<'a> Prober<'a> {
    pub(super) fn new(settings: &'a Probing) -> Result<Self, CheckError> {
        let roots = roots(settings.roots_pem.as_deref())?;
        let reach = if settings.allow_private {
            Reach::LOCAL
        } else {
            Reach::PUBLIC
        };
        Ok(Self {
            settings,
            https: Https::new(roots.clone())
                .with_reach(reach)
                .with_timeout(settings.timeout),
            client: Client::new(roots).with_reach(reach).with_timeout(settings.timeout),
        })
    }

    /// One look.
    pub(super) async fn look(&self, probe: &Probe, now: Timestamp) -> Sight {
        let seen = match probe {
            Probe::Policy { host, address } => self.policy(host, *address, now).await,
            Probe::Smtp { host, address } => self.smtp(host, *address, now).await,
        };
        seen.unwrap_or_else(|error| {
            let detail = error.to_string();
            let reason = doubt_of(&error);
            Sight::Unknown { reason, detail }
        })
    }

    async fn policy(&self, host: &str, address: IpAddr, now: Timestamp) -> Result<Sight, TlsError> {
        let place = SocketAddr::new(address, self.settings.policy_port);
        let target = Target::new(host, 443)?.at(place);
        Ok(match self.https.get(&target, POLICY_PATH, now).await? {
            Fetched::Answered(page) => Sight::Answered { page },
            Fetched::Distrusted(handshake) => Sight::Distrusted { handshake },
        })
    }

    async fn smtp(&self, host: &str, address: IpAddr, now: Timestamp) -> Result<Sight, TlsError> {
        let port = self.settings.mail_port;
        let target = Target::new(host, port)?.at(SocketAddr::new(address, port));
        Ok(match self.client.upgrade(&target, StartTls::Smtp, now).await? {
            Upgraded::Shown(handshake) => match handshake.protocol {
                Some(version) if version < Version::Tls12 => Sight::TooOld {
                    version,
                    chain: handshake.chain,
                },
                _ => Sight::Protected { handshake },
            },
            Upgraded::Plain { said } => Sight::Plain { said },
        })
    }
}
