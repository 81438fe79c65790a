//! Asking: who serves the zone, and what each of them and of the chosen resolvers says.

use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures::{FutureExt, StreamExt, stream};
use jalon_wire::dns::{Data, DnsError, RecordType, Resolver, Status};
use jiff::Timestamp;

use super::{Picture, Role, Server, Sight, View, Wanted, picture};
use crate::{
    CheckError,
    dns::{
        Settings,
        gather::{doubt, resolver},
    },
};

/// Questions under way at the same time.
const AT_ONCE: usize = 64;

/// Who is asked again and again, for what.
pub struct Watch {
    /// The domain, in A-labels.
    pub domain: String,
    /// What is looked for.
    pub wanted: Vec<Wanted>,
    /// Who is asked.
    pub servers: Vec<Server>,
    /// Whether every name server of the zone is among them, at every address.
    pub is_whole: bool,
}

/// Who serves a zone, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorities {
    /// Each server at each address.
    pub servers: Vec<Server>,
    /// The servers of which not every address is known: they cannot all be asked.
    pub unknown: Vec<String>,
}

impl Authorities {
    /// Whether every server that the zone names can be asked, at every address.
    pub fn is_whole(&self) -> bool {
        self.unknown.is_empty() && !self.servers.is_empty()
    }
}

/// The authoritative servers of the zone that holds the domain, at each of their addresses, as the settings' resolver names
/// them.
///
/// # Errors
/// [`CheckError::Source`] when the resolver does not say which they are.
pub async fn authorities(domain: &str, settings: &Settings) -> Result<Authorities, CheckError> {
    let resolver = resolver(settings)?;
    let mut found = Authorities::default();
    let mut known = BTreeSet::new();
    for host in hosts(&resolver, domain).await? {
        let (mut has_address, mut is_known) = (false, true);
        for kind in [RecordType::A, RecordType::Aaaa] {
            let answer = resolver.lookup(&host, kind).await;
            is_known &= answer.is_ok();
            let addresses = answer.into_iter().flat_map(|it| it.records);
            for ip in addresses.filter_map(|it| address(&it.data)) {
                has_address = true;
                if known.insert(ip) {
                    found.servers.push(Server {
                        name: host.clone(),
                        address: SocketAddr::new(ip, settings.authority_port),
                        role: Role::Authoritative,
                    });
                }
            }
        }
        if !(has_address && is_known) {
            found.unknown.push(host);
        }
    }
    Ok(found)
}

/// The name servers of the domain, or of the nearest name above it that is the start of a zone.
async fn hosts(resolver: &Resolver, domain: &str) -> Result<Vec<String>, CheckError> {
    let mut name = domain;
    loop {
        let answer = resolver
            .lookup(name, RecordType::Ns)
            .await
            .map_err(|error| unknown(domain, &error))?;
        let hosts: Vec<String> = answer
            .records
            .iter()
            .filter(|it| it.name == name)
            .filter_map(|it| match &it.data {
                Data::Ns { host } => Some(host.clone()),
                _ => None,
            })
            .collect();
        match name.split_once('.') {
            _ if answer.status == Status::Found && !hosts.is_empty() => return Ok(hosts),
            Some((_, above)) if above.contains('.') => name = above,
            _ => return Ok(Vec::new()),
        }
    }
}

fn unknown(domain: &str, error: &DnsError) -> CheckError {
    use jalon_domain::text::Text;
    CheckError::Source {
        what: Text::new(
            format!("the name servers of {domain} are not known: {error}"),
            format!("les serveurs de noms de {domain} ne sont pas connus\u{a0}: {error}"),
        ),
        remedy: Text::new(
            "name a name server that answers with --resolver",
            "indiquez un serveur de noms qui répond avec --resolver",
        ),
    }
}

fn address(data: &Data) -> Option<IpAddr> {
    match data {
        Data::A { address } => Some((*address).into()),
        Data::Aaaa { address } => Some((*address).into()),
        _ => None,
    }
}

impl Watch {
    /// Asks everybody, past any cache of ours.
    pub async fn look(&self, settings: &Settings, now: Timestamp) -> Picture {
        let views: Vec<_> = self.servers.iter().map(|it| self.view(it, settings).boxed()).collect();
        let views: Vec<View> = stream::iter(views).buffered(AT_ONCE).collect().await;
        Picture {
            is_whole: self.is_whole,
            ..Picture::of(&self.domain, &self.wanted, &views, now)
        }
    }

    async fn view(&self, server: &Server, settings: &Settings) -> View {
        let ids = Arc::clone(&settings.query_ids);
        let one = Resolver::new([server.address], move || ids())
            .with_timeout(settings.timeout)
            .with_tries(settings.tries);
        let serial = match server.role {
            Role::Authoritative => self.serial(&one).await,
            Role::Resolver => None,
        };
        let sights: Vec<_> = self.wanted.iter().map(|it| sight(&one, it).boxed()).collect();
        View {
            server: server.clone(),
            serial,
            sights: stream::iter(sights).buffered(AT_ONCE).collect().await,
        }
    }

    /// The serial of the zone that holds the domain, as that server has it.
    async fn serial(&self, server: &Resolver) -> Option<u32> {
        let mut name = self.domain.as_str();
        loop {
            let answer = server.lookup(name, RecordType::Soa).await.ok()?;
            let own = answer.records.iter().filter(|it| it.name == name);
            let serial = own.into_iter().find_map(|it| match it.data {
                Data::Soa { serial, .. } => Some(serial),
                _ => None,
            });
            if serial.is_some() {
                return serial;
            }
            name = name.split_once('.').map(|it| it.1).filter(|it| it.contains('.'))?;
        }
    }
}

async fn sight(server: &Resolver, wanted: &Wanted) -> Sight {
    let Some(kind) = wanted.record_type() else {
        return Sight::Unknown {
            reason: crate::Doubt::BadName,
        };
    };
    match server.lookup(&wanted.name, kind).await {
        Ok(answer) => {
            let own: Vec<_> = answer.records.into_iter().filter(|it| it.name == wanted.name).collect();
            match own.iter().map(|it| it.ttl).min() {
                Some(ttl) => Sight::Shown {
                    values: picture::values(&own),
                    ttl,
                },
                None => Sight::Absent,
            }
        }
        // Asked for another type, an authoritative server that holds an alias into a foreign zone says no more than that:
        // the set itself is not there.
        Err(DnsError::NotResponsible { name, .. }) if name != wanted.name => Sight::Absent,
        Err(error) => Sight::Unknown { reason: doubt(&error) },
    }
}
