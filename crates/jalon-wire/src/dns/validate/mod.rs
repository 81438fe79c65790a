//! Whether an answer is signed from a trust anchor down (RFC 4035, section 5). Who cannot follow the chain says so: an
//! answer is bogus only where a signature that has to be there is missing or wrong.

mod denial;
mod signature;

use std::sync::Arc;

use hickory_proto::{
    dnssec::rdata::{DNSKEY, DNSSECRData, DS},
    op::{Message, ResponseCode},
    rr::{self, Name, RData},
};
use jiff::{SignedDuration, Timestamp};

use self::{
    denial::Denial,
    signature::{Signed, rrset, signers, verify},
};
use super::{RecordType, Resolver, Security, reply::Reply};

/// A zone whose keys are trusted.
#[derive(Debug)]
pub(super) struct Zone {
    pub(super) name: Name,
    pub(super) keys: Vec<DNSKEY>,
}

/// What a name is to the signed zone above it.
#[derive(Clone, Debug)]
pub(super) enum Link {
    /// A signed zone of its own.
    Zone(Arc<Zone>),
    /// A name of the same zone.
    Same,
    /// Nothing: neither the name nor anything below is there.
    Nothing,
    /// A zone that is not signed, or signed in a way that nobody here can check.
    Insecure,
    /// It should be signed and is not.
    Bogus,
    /// Nobody said.
    Unknown,
}

/// The zone that a name stands in.
enum Standing {
    Secure(Arc<Zone>),
    Not(Security),
}

/// For how long a link that hangs on signatures is remembered at most: an hour, so that a mended zone is seen soon.
const LONGEST: i64 = 3600;

impl Resolver {
    /// What signatures say of what a message tells about `names`: aliases one after the other, and of the last name the
    /// records of that kind or their absence, unless it is to be asked for.
    pub(super) async fn security(&self, message: &Message, names: &[Name], kind: RecordType, ends: bool) -> Security {
        let Some(now) = self.now() else {
            return Security::Indeterminate;
        };
        let mut security = Security::Secure;
        for (at, name) in names.iter().enumerate() {
            let is_last = at + 1 == names.len();
            if is_last && !ends {
                break;
            }
            let of_kind = if is_last { kind } else { RecordType::Cname };
            security = worse(security, self.security_of(message, name, of_kind, now).await);
        }
        security
    }

    async fn security_of(&self, message: &Message, name: &Name, kind: RecordType, now: Timestamp) -> Security {
        let records = rrset(&message.answers, name, kind.on_the_wire());
        // A signature names its zone, which spares the way to the name itself. What a parent says of its child is
        // signed above the child.
        let fits = |it: &Name| it.zone_of(name) && (kind != RecordType::Ds || it != name);
        let signer = if records.is_empty() {
            signers(message.authorities.iter()).find(fits)
        } else {
            signers(message.answers.iter().filter(|it| it.name == *name)).find(fits)
        };
        let home = match (signer, kind) {
            (Some(signer), _) => signer,
            (None, RecordType::Ds) => name.base_name(),
            (None, _) => name.clone(),
        };
        let zone = match self.standing(&home, now).await {
            Standing::Secure(zone) => zone,
            Standing::Not(security) => return security,
        };
        if records.is_empty() {
            let is_no_name = message.metadata.response_code == ResponseCode::NXDomain;
            return match denial::judge(&message.authorities, &zone, now, name, kind.on_the_wire()) {
                Denial::NoName => Security::Secure,
                Denial::NoData { .. } if !is_no_name => Security::Secure,
                Denial::OptOut => Security::Insecure,
                _ => Security::Bogus,
            };
        }
        match verify(&records, &message.answers, &zone, now) {
            Signed::AsItIs => Security::Secure,
            Signed::FromWildcard(labels) if denial::is_expanded(&message.authorities, &zone, now, name, labels) => {
                Security::Secure
            }
            _ => Security::Bogus,
        }
    }

    /// The zone that the name stands in, found from the nearest anchor down.
    async fn standing(&self, name: &Name, now: Timestamp) -> Standing {
        let Some(anchor) = self.anchors().and_then(|it| it.above(name)) else {
            return Standing::Not(Security::Indeterminate);
        };
        let mut zone = match self.anchored(&anchor, now).await {
            Some(zone) => zone,
            None => return Standing::Not(Security::Indeterminate),
        };
        let (from, to) = (anchor.iter().count(), name.iter().count());
        for labels in from + 1..=to {
            match self.link(&zone, name.trim_to(labels), now).await {
                Link::Zone(below) => zone = below,
                Link::Same => {}
                Link::Nothing => break,
                Link::Insecure => return Standing::Not(Security::Insecure),
                Link::Bogus => return Standing::Not(Security::Bogus),
                Link::Unknown => return Standing::Not(Security::Indeterminate),
            }
        }
        Standing::Secure(zone)
    }

    /// The keys of a zone with an anchor. When they cannot be proved it is not for the domain to mend: the anchor is old,
    /// the clock is wrong, or somebody on the way takes signatures out.
    async fn anchored(&self, name: &Name, now: Timestamp) -> Option<Arc<Zone>> {
        if let Some(Link::Zone(zone)) = self.memory().link(name, now) {
            return Some(zone);
        }
        let reply = self.fetch(name, RecordType::Dnskey, true).await.ok()?;
        let anchors = self.anchors()?;
        let zone = proved(&reply, name, now, |it| anchors.trusts(name, it))?;
        self.remember(name, &Link::Zone(zone.clone()), reply.left(Some(now)), now);
        Some(zone)
    }

    async fn link(&self, zone: &Arc<Zone>, name: Name, now: Timestamp) -> Link {
        if let Some(link) = self.memory().link(&name, now) {
            return link;
        }
        let Ok(reply) = self.fetch(&name, RecordType::Ds, true).await else {
            return Link::Unknown;
        };
        let (link, lifetime) = match digests(&reply, &name) {
            Some(digests) => self.delegated(zone, &name, &reply, &digests, now).await,
            None => (undelegated(zone, &name, &reply, now), reply.left(Some(now))),
        };
        self.remember(&name, &link, lifetime, now);
        link
    }

    /// A signed delegation: its keys, when one of them is the one that the parent knows.
    async fn delegated(&self, zone: &Zone, name: &Name, reply: &Reply, digests: &[DS], now: Timestamp) -> (Link, u32) {
        let answers = &reply.message.answers;
        let records = rrset(answers, name, rr::RecordType::DS);
        if !matches!(verify(&records, answers, zone, now), Signed::AsItIs) {
            return (Link::Bogus, 0);
        }
        // RFC 4035, 5.2: what nobody here can check is as if it were not signed.
        let digests: Vec<&DS> = digests.iter().filter(|it| is_supported(it)).collect();
        if digests.is_empty() {
            return (Link::Insecure, reply.left(Some(now)));
        }
        let Ok(keys) = self.fetch(name, RecordType::Dnskey, true).await else {
            return (Link::Unknown, 0);
        };
        let is_known = |key: &DNSKEY| digests.iter().any(|it| it.covers(name, key).unwrap_or(false));
        match proved(&keys, name, now, is_known) {
            Some(zone) => (Link::Zone(zone), reply.left(Some(now)).min(keys.left(Some(now)))),
            None => (Link::Bogus, 0),
        }
    }

    fn remember(&self, name: &Name, link: &Link, lifetime: u32, now: Timestamp) {
        let lifetime = SignedDuration::from_secs(i64::from(lifetime).min(LONGEST));
        if !matches!(link, Link::Unknown | Link::Bogus)
            && let Ok(until) = now.checked_add(lifetime)
        {
            self.memory().keep_link(name.clone(), link.clone(), until);
        }
    }
}

/// A name without a signed delegation: whether that is proved, and whether it is a zone of its own all the same.
fn undelegated(zone: &Zone, name: &Name, reply: &Reply, now: Timestamp) -> Link {
    let message = &reply.message;
    let alias = rrset(&message.answers, name, rr::RecordType::CNAME);
    if !alias.is_empty() {
        // A name with an alias is no zone (RFC 1034, 3.6.2).
        return match verify(&alias, &message.answers, zone, now) {
            Signed::AsItIs | Signed::FromWildcard(_) => Link::Same,
            Signed::Not => Link::Bogus,
        };
    }
    match denial::judge(&message.authorities, zone, now, name, rr::RecordType::DS) {
        Denial::NoData { delegation: true } | Denial::OptOut => Link::Insecure,
        Denial::NoData { delegation: false } => Link::Same,
        Denial::NoName => Link::Nothing,
        Denial::Unproved => Link::Bogus,
    }
}

/// The zone with all its keys, when a key that is known signs them.
fn proved(reply: &Reply, name: &Name, now: Timestamp, is_known: impl Fn(&DNSKEY) -> bool) -> Option<Arc<Zone>> {
    let answers = &reply.message.answers;
    let records = rrset(answers, name, rr::RecordType::DNSKEY);
    let keys = records.iter().filter_map(|it| match &it.data {
        RData::DNSSEC(DNSSECRData::DNSKEY(key)) if key.zone_key() && !key.revoke() => Some(key.clone()),
        _ => None,
    });
    let keys: Vec<DNSKEY> = keys.take(16).collect();
    let known = Zone {
        name: name.clone(),
        keys: keys.iter().filter(|it| is_known(it)).cloned().collect(),
    };
    let zone = || {
        Arc::new(Zone {
            name: name.clone(),
            keys,
        })
    };
    matches!(verify(&records, answers, &known, now), Signed::AsItIs).then(zone)
}

fn digests(reply: &Reply, name: &Name) -> Option<Vec<DS>> {
    let records = rrset(&reply.message.answers, name, rr::RecordType::DS);
    let digest = |it: &&rr::Record| match &it.data {
        RData::DNSSEC(DNSSECRData::DS(it)) => Some(it.clone()),
        _ => None,
    };
    (!records.is_empty()).then(|| records.iter().filter_map(digest).collect())
}

/// What can be checked here. Signatures over SHA-1 (algorithms 5 and 7) count as unsigned, as RFC 9905 asks of validators.
fn is_supported(digest: &DS) -> bool {
    let is_old = matches!(u8::from(digest.algorithm()), 5 | 7);
    digest.algorithm().is_supported() && !is_old && digest.digest_type().is_supported()
}

/// The weaker of two.
pub(super) fn worse(one: Security, other: Security) -> Security {
    let rank = |it: Security| match it {
        Security::Bogus => 0,
        Security::Indeterminate => 1,
        Security::Insecure => 2,
        Security::Secure => 3,
    };
    if rank(one) <= rank(other) { one } else { other }
}
