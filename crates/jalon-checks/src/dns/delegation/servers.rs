//! The name servers: which there are, whether each answers for the zone, and with which version of it. How many is in `number`.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
};

use jalon_domain::text::Text;
use jalon_wire::dns::{Data, Record};

use super::{Facts, Question, at, own};
use crate::{
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// Name servers that are asked; the root has no more.
pub(super) const MOST_SERVERS: usize = 13;
/// Addresses of one server that are asked.
pub(super) const MOST_ADDRESSES: usize = 4;
/// Servers of the zone above that are asked whom it delegates to: one may be silent.
const WITNESSES: usize = 2;
/// Zones above that are looked for: a name of more labels than that stands in one of them.
const MOST_ABOVE: usize = 4;

/// What to ask once the zone has told its servers, or will not.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let above = above(facts);
    let mut questions: Vec<Question> = above.asked.iter().map(Question::ns).collect();
    for host in above.witnesses() {
        questions.extend([Question::a(host), Question::aaaa(host)]);
    }
    questions.extend(above.witness_questions(facts));
    for host in Servers::below(&above, facts).all().into_iter().take(MOST_SERVERS) {
        let addresses = facts.addresses(host).unwrap_or_default();
        questions.extend([Question::a(host), Question::aaaa(host)]);
        questions.extend(addresses.into_iter().take(MOST_ADDRESSES).map(|it| start_at(facts, it)));
    }
    questions.sort();
    questions.dedup();
    questions
}

/// The zone above.
struct Above {
    /// The names at which it was looked for, nearest first.
    asked: Vec<String>,
    /// Its servers, once it is found.
    servers: Option<Vec<String>>,
}

fn above(facts: &Facts) -> Above {
    let mut above = Above {
        asked: Vec::new(),
        servers: None,
    };
    let mut name = facts.domain.as_str();
    while let Some((_, rest)) = name.split_once('.')
        && above.asked.len() < MOST_ABOVE
    {
        above.asked.push(rest.to_owned());
        match named(facts, &Question::ns(rest)) {
            Ok(servers) if servers.is_empty() => name = rest,
            Ok(servers) => {
                above.servers = Some(servers.into_iter().collect());
                break;
            }
            Err(_) => break,
        }
    }
    above
}

/// The servers that the answer names.
fn named(facts: &Facts, question: &Question) -> Result<BTreeSet<String>, Doubted> {
    let host = |it: &Record| match &it.data {
        Data::Ns { host } => Some(host.clone()),
        _ => None,
    };
    Ok(own(facts, question)?.into_iter().filter_map(host).collect())
}

impl Above {
    fn witnesses(&self) -> impl Iterator<Item = &String> {
        self.servers.iter().flatten().take(WITNESSES)
    }

    /// Whom it delegates to, asked of one address of each witness.
    fn witness_questions(&self, facts: &Facts) -> Vec<Question> {
        let address = |host: &String| facts.addresses(host).ok()?.first().copied();
        let addresses: BTreeSet<IpAddr> = self.witnesses().filter_map(address).collect();
        let question = |it| Question::ns(facts.domain.as_str()).at(at(facts, it));
        addresses.into_iter().map(question).collect()
    }
}

fn start_at(facts: &Facts, address: IpAddr) -> Question {
    Question::soa(facts.domain.as_str()).at(at(facts, address))
}

/// The servers of a zone.
pub(super) struct Servers {
    /// Those that the zone names, unless nobody said.
    own: Result<BTreeSet<String>, Doubted>,
    /// Those that the zone above names, unless nobody said who should have; `None` when that is not to be known: nobody here may
    /// ask for it, as where only the organisation's own zones are served.
    delegated: Result<Option<BTreeSet<String>>, Doubted>,
}

impl Servers {
    /// As far as the facts tell.
    pub(super) fn of(facts: &Facts) -> Self {
        Self::below(&above(facts), facts)
    }

    fn below(above: &Above, facts: &Facts) -> Self {
        Self {
            own: named(facts, &Question::ns(facts.domain.as_str())),
            delegated: delegated(above, facts),
        }
    }

    /// Those that the zone names.
    ///
    /// # Errors
    /// When nobody said.
    pub(super) fn own(&self) -> Result<&BTreeSet<String>, Doubted> {
        self.own.as_ref().map_err(Clone::clone)
    }

    /// Those that the zone above names, where that is known.
    pub(super) fn delegated(&self) -> Option<&BTreeSet<String>> {
        self.delegated.as_ref().ok()?.as_ref()
    }

    fn all(&self) -> BTreeSet<&str> {
        let own = self.own.iter().flatten();
        own.chain(self.delegated().into_iter().flatten())
            .map(String::as_str)
            .collect()
    }
}

fn delegated(above: &Above, facts: &Facts) -> Result<Option<BTreeSet<String>>, Doubted> {
    if above.servers.is_none() {
        let nearest = above.asked.last().map(|it| facts.records(&Question::ns(it.as_str())));
        return match nearest {
            Some(Err(it)) if !matches!(it.doubt, Doubt::Refused | Doubt::NotResponsible) => Err(it),
            _ => Ok(None),
        };
    }
    let mut doubted = Doubted {
        doubt: Doubt::NotAsked,
        about: Question::ns(facts.domain.as_str()).to_string(),
    };
    for host in above.witnesses() {
        if let Err(it) = facts.addresses(host) {
            doubted = it;
        }
    }
    for question in above.witness_questions(facts) {
        match named(facts, &question) {
            Ok(servers) if servers.is_empty() => {}
            Ok(servers) => return Ok(Some(servers)),
            Err(it) => doubted = it,
        }
    }
    Err(doubted)
}

/// What a server is to the zone.
enum Served {
    /// It answers for it.
    Yes,
    /// It says that it does not.
    No(SocketAddr, Doubt),
    /// Its name leads nowhere.
    Nowhere,
}

fn served(facts: &Facts, host: &str) -> Result<Served, Doubted> {
    let addresses = facts.addresses(host)?;
    if addresses.is_empty() {
        return Ok(Served::Nowhere);
    }
    let (mut answered, mut doubted) = (false, None);
    let is_whole = addresses.len() <= MOST_ADDRESSES;
    for address in addresses.into_iter().take(MOST_ADDRESSES) {
        let server = at(facts, address);
        match facts.records(&start_at(facts, address)) {
            // It answers, but for a zone above: this one it does not have.
            Ok([]) => return Ok(Served::No(server, Doubt::NotResponsible)),
            Ok(_) => answered = true,
            Err(it) if matches!(it.doubt, Doubt::Refused | Doubt::NotResponsible) => {
                return Ok(Served::No(server, it.doubt));
            }
            Err(it) => doubted = Some(it),
        }
    }
    match doubted {
        // An address that cannot be reached from here is no fault of a server that answers at another.
        Some(doubted) if !answered => Err(doubted),
        _ if !is_whole => Err(not_asked(host)),
        _ => Ok(Served::Yes),
    }
}

/// More than is asked: what is left may be as it should or not.
fn not_asked(about: &str) -> Doubted {
    Doubted {
        doubt: Doubt::NotAsked,
        about: about.to_owned(),
    }
}

pub(super) fn lame(facts: &Facts, servers: &Servers, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    servers.own()?;
    servers.delegated.as_ref().map_err(Clone::clone)?;
    let hosts = servers.all();
    if hosts.len() > MOST_SERVERS {
        return Err(not_asked(&Question::ns(facts.domain.as_str()).to_string()));
    }
    let served: Vec<(&str, Served)> = hosts
        .into_iter()
        .map(|it| Ok((it, served(facts, it)?)))
        .collect::<Result<_, Doubted>>()?;
    // Somebody answers for the domain, or nobody would know its name servers. If every server sent us away, somebody on
    // the way answers in their place.
    if !served.iter().any(|it| matches!(it.1, Served::Yes)) {
        let first = served.iter().find_map(|it| match it.1 {
            Served::No(server, doubt) => Some((server, doubt)),
            _ => None,
        });
        if let Some((server, first)) = first {
            return Err(Doubted {
                doubt: first,
                about: Question::soa(facts.domain.as_str()).at(server).to_string(),
            });
        }
    }
    for (host, served) in served {
        let (key, address, how) = match served {
            Served::Yes => continue,
            Served::Nowhere => ("ns-nowhere", String::new(), Text::new("", "")),
            Served::No(server, doubt) => ("ns-lame", server.ip().to_string(), how(doubt)),
        };
        verdicts.complain(Complaint {
            rule: "NS-01",
            key,
            subject: &facts.domain,
            attribute: Some("NS"),
            discriminator: host,
            observed: format!("{host} {address}").trim_end().to_owned(),
            args: &[("host", host.into()), ("address", address.as_str().into())],
            phrases: &[("how", how)],
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn how(doubt: Doubt) -> Text {
    match doubt {
        Doubt::Refused => Text::new("it refuses", "il refuse"),
        _ => Text::new("it does not know the zone", "il ne connaît pas la zone"),
    }
}

pub(super) fn serials(facts: &Facts, servers: &Servers, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    servers.own()?;
    let mut held: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut doubted = servers.delegated.as_ref().err().cloned();
    let hosts = servers.all();
    if hosts.len() > MOST_SERVERS {
        doubted.get_or_insert(not_asked(&Question::ns(facts.domain.as_str()).to_string()));
    }
    for host in hosts.into_iter().take(MOST_SERVERS) {
        let addresses = match facts.addresses(host) {
            Ok(addresses) => addresses,
            Err(it) => {
                doubted.get_or_insert(it);
                continue;
            }
        };
        if addresses.len() > MOST_ADDRESSES {
            doubted.get_or_insert(not_asked(host));
        }
        let (mut answered, mut silent) = (false, None);
        for address in addresses.into_iter().take(MOST_ADDRESSES) {
            match facts.records(&start_at(facts, address)) {
                Ok(records) => {
                    answered = true;
                    if let Some(serial) = records.iter().find_map(serial) {
                        held.entry(serial).or_default().push(format!("{host} ({address})"));
                    }
                }
                // Lame: NS-01 says it.
                Err(it) if matches!(it.doubt, Doubt::Refused | Doubt::NotResponsible) => answered = true,
                Err(it) => silent = Some(it),
            }
        }
        if let Some(it) = silent.filter(|_| !answered) {
            doubted.get_or_insert(it);
        }
    }
    if held.len() > 1 {
        let line = |(serial, servers): (&u32, &Vec<String>)| format!("{serial}: {}", servers.join(", "));
        verdicts.complain(Complaint {
            rule: "NS-03",
            key: "ns-serials",
            subject: &facts.domain,
            attribute: Some("SOA"),
            observed: held.iter().rev().map(line).collect::<Vec<_>>().join("\n"),
            ..Complaint::BLANK
        });
        return Ok(());
    }
    match doubted {
        Some(doubted) => Err(doubted),
        None if held.is_empty() => Err(Doubted {
            doubt: Doubt::NotResponsible,
            about: Question::soa(facts.domain.as_str()).to_string(),
        }),
        None => Ok(()),
    }
}

fn serial(record: &Record) -> Option<u32> {
    match &record.data {
        Data::Soa { serial, .. } => Some(*serial),
        _ => None,
    }
}
