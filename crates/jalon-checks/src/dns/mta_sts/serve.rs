//! What the host of a policy gives at each of its addresses: a sender may come to any of them.

use std::net::IpAddr;

use jalon_wire::{https::Page, tls::Handshake};

use super::policy::Policy;
use crate::{
    dns::{
        Facts,
        probe::{POLICY_PATH, Probe, Sight},
    },
    doubt::{Doubt, Doubted},
};

/// Addresses of a policy host that are looked at. Those beyond stay unknown.
const MOST_ADDRESSES: usize = 8;

/// The host of the policy.
pub(super) fn host(facts: &Facts) -> String {
    facts.below("mta-sts")
}

/// Where the policy stands.
pub(super) fn url(facts: &Facts) -> String {
    format!("https://{}{POLICY_PATH}", host(facts))
}

/// The looks at it.
pub(super) fn looks(facts: &Facts) -> Vec<Probe> {
    let host = host(facts);
    let addresses = facts.known_addresses(&host).into_iter().take(MOST_ADDRESSES);
    let look = |address| Probe::Policy {
        host: host.clone(),
        address,
    };
    addresses.map(look).collect()
}

/// What one address gives.
#[derive(Clone, Copy)]
pub(super) enum Given<'a> {
    Page(&'a Page),
    Distrusted(&'a Handshake),
}

/// What the host gives.
pub(super) struct Seen<'a> {
    /// By address; nothing where the host has none.
    pub(super) given: Vec<(IpAddr, Given<'a>)>,
    /// Why it is not known what another address gives.
    pub(super) open: Option<Doubted>,
}

/// What the host gives at every address.
///
/// # Errors
/// When that is known of none.
pub(super) fn seen(facts: &Facts) -> Result<Seen<'_>, Doubted> {
    let host = host(facts);
    let mut seen = Seen {
        given: Vec::new(),
        open: facts.every_address(&host).err(),
    };
    for look in facts.in_sight(&looks(facts)) {
        match give(facts, &look) {
            Ok(given) => seen.given.push((look.address(), given)),
            Err(doubted) => drop(seen.open.get_or_insert(doubted)),
        }
    }
    if let Some(beyond) = facts.known_addresses(&host).get(MOST_ADDRESSES) {
        seen.open.get_or_insert(Doubted {
            doubt: Doubt::NotAsked,
            about: format!("policy {host} {beyond}"),
        });
    }
    match seen.open {
        Some(doubted) if seen.given.is_empty() => Err(doubted),
        _ => Ok(seen),
    }
}

fn give<'a>(facts: &'a Facts, look: &Probe) -> Result<Given<'a>, Doubted> {
    let about = look.to_string();
    match facts.sight(look)? {
        Sight::Answered { page } if is_passing(page.status) => Err(Doubted {
            doubt: Doubt::TurnedAway,
            about: format!("{about}: HTTP {}", page.status),
        }),
        Sight::Answered { page } => Ok(Given::Page(page)),
        Sight::Distrusted { handshake } => Ok(Given::Distrusted(handshake)),
        _ => Err(Doubted {
            doubt: Doubt::NoHandshake,
            about,
        }),
    }
}

/// What the server says of somebody else or of a bad moment, not of the policy: it wants to know who asks, has had enough
/// of it, or fails.
fn is_passing(status: u16) -> bool {
    matches!(status, 401 | 403 | 407 | 408 | 425 | 429 | 500..=599)
}

/// The policy that senders get at one address.
pub(super) struct Got<'a> {
    pub(super) address: IpAddr,
    pub(super) text: &'a str,
    pub(super) policy: Policy,
}

/// The policies that senders get.
pub(super) struct Served<'a> {
    /// At each address that gives one.
    pub(super) got: Vec<Got<'a>>,
    /// Why it is not known what they get at another address.
    pub(super) open: Option<Doubted>,
    host: String,
}

/// The policies that senders get; none where they get none anywhere.
///
/// # Errors
/// When nobody knows whether they do, or when one is too long to be read whole.
pub(super) fn served(facts: &Facts) -> Result<Served<'_>, Doubted> {
    let seen = seen(facts)?;
    let mut got = Vec::new();
    for (address, given) in seen.given {
        match given {
            Given::Page(page) if page.status == 200 && page.is_cut => {
                return Err(Doubted {
                    doubt: Doubt::Unreadable,
                    about: format!("{}: > 64 kB", url(facts)),
                });
            }
            Given::Page(page) if page.status == 200 => got.push(Got {
                address,
                text: &page.body,
                policy: Policy::read(&page.body),
            }),
            Given::Page(_) | Given::Distrusted(_) => {}
        }
    }
    Ok(Served {
        got,
        open: seen.open,
        host: host(facts),
    })
}

impl Served<'_> {
    /// The one that every address gives.
    ///
    /// # Errors
    /// When they give different ones.
    pub(super) fn policy(&self) -> Result<Option<Policy>, Doubted> {
        if self.differ() {
            return Err(Doubted {
                doubt: Doubt::Differing,
                about: format!("policy {}", self.host),
            });
        }
        Ok(self.got.first().map(|it| it.policy.clone()))
    }

    /// Whether two addresses give policies that say different things.
    pub(super) fn differ(&self) -> bool {
        self.got.windows(2).any(|it| !it[0].policy.says_the_same(&it[1].policy))
    }
}
