//! What is known of a domain: one entry per question, its answer, its absence, or why there is neither.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

use foldhash::fast::RandomState;
use jalon_wire::{
    dns::{Data, Record, RecordType, Security},
    graph::DomainRecord,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::probe::{Probe, Sight};
use crate::doubt::{Doubt, Doubted};

/// One question: a name and a record type, written `TXT contoso.example`; and perhaps the one server that is asked, past
/// everything that is remembered, for what it knows by itself: `SOA contoso.example @192.0.2.53:53`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Question {
    // First, since it is told apart fastest: questions are looked up by the thousand.
    kind: RecordType,
    /// The name, lower-case, without the last dot.
    pub name: String,
    server: Option<SocketAddr>,
}

/// The record types that the family asks for.
const KINDS: [(&str, RecordType); 13] = [
    ("A", RecordType::A),
    ("AAAA", RecordType::Aaaa),
    ("CNAME", RecordType::Cname),
    ("DNSKEY", RecordType::Dnskey),
    ("DS", RecordType::Ds),
    ("MX", RecordType::Mx),
    ("NS", RecordType::Ns),
    ("PTR", RecordType::Ptr),
    ("SOA", RecordType::Soa),
    ("SPF", RecordType::Spf),
    ("SRV", RecordType::Srv),
    ("TLSA", RecordType::Tlsa),
    ("TXT", RecordType::Txt),
];

impl Question {
    fn of(kind: RecordType, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            server: None,
        }
    }

    /// The question for the records of that type; `None` for a type that the family never asks for.
    pub(crate) fn new(kind: &str, name: impl Into<String>) -> Option<Self> {
        let kind = KINDS.iter().find(|it| it.0 == kind)?.1;
        Some(Self::of(kind, name))
    }

    pub(crate) fn txt(name: impl Into<String>) -> Self {
        Self::of(RecordType::Txt, name)
    }

    pub(crate) fn cname(name: impl Into<String>) -> Self {
        Self::of(RecordType::Cname, name)
    }

    pub(crate) fn mx(name: impl Into<String>) -> Self {
        Self::of(RecordType::Mx, name)
    }

    pub(crate) fn srv(name: impl Into<String>) -> Self {
        Self::of(RecordType::Srv, name)
    }

    pub(crate) fn a(name: impl Into<String>) -> Self {
        Self::of(RecordType::A, name)
    }

    pub(crate) fn aaaa(name: impl Into<String>) -> Self {
        Self::of(RecordType::Aaaa, name)
    }

    pub(crate) fn ns(name: impl Into<String>) -> Self {
        Self::of(RecordType::Ns, name)
    }

    pub(crate) fn soa(name: impl Into<String>) -> Self {
        Self::of(RecordType::Soa, name)
    }

    pub(crate) fn ds(name: impl Into<String>) -> Self {
        Self::of(RecordType::Ds, name)
    }

    pub(crate) fn dnskey(name: impl Into<String>) -> Self {
        Self::of(RecordType::Dnskey, name)
    }

    /// The same question to that one server, which answers for itself. Past the cache, aliases are not followed.
    pub(crate) fn at(self, server: SocketAddr) -> Self {
        Self {
            server: Some(server),
            ..self
        }
    }

    /// The one server that is asked; none when it is whoever knows.
    pub fn server(&self) -> Option<SocketAddr> {
        self.server
    }

    /// Whether the signatures of the answer are judged: those that lead to a zone's keys, and those on which the safety
    /// of mail rests.
    pub fn is_validated(&self) -> bool {
        self.server.is_none()
            && matches!(
                self.kind,
                RecordType::Ds | RecordType::Dnskey | RecordType::Soa | RecordType::Mx | RecordType::Tlsa
            )
    }

    /// The question for an alias that whoever answers this one answers as well: it is followed to whatever else a name has
    /// (RFC 1034, section 3.6.2).
    pub(crate) fn alias_on_the_way(&self) -> Option<Self> {
        let is_followed = matches!(self.kind, RecordType::A | RecordType::Aaaa | RecordType::Txt);
        (is_followed && self.server.is_none()).then(|| Self::cname(&self.name))
    }

    /// The record type.
    pub fn kind(&self) -> RecordType {
        self.kind
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = KINDS.iter().find(|it| it.1 == self.kind).map_or("", |it| it.0);
        write!(f, "{word} {}", self.name)?;
        self.server.map_or(Ok(()), |it| write!(f, " @{it}"))
    }
}

impl FromStr for Question {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, String> {
        let (asked, server) = match raw.split_once(" @") {
            Some((asked, server)) => (asked, Some(server)),
            None => (raw, None),
        };
        let question = asked.split_once(' ').and_then(|(kind, name)| Self::new(kind, name));
        let question = match (question, server.map(str::parse)) {
            (Some(question), None) => Some(question),
            (Some(question), Some(Ok(server))) => Some(question.at(server)),
            _ => None,
        };
        question.ok_or_else(|| format!("`{raw}` is not a question: expected something like TXT contoso.example"))
    }
}

impl TryFrom<String> for Question {
    type Error = String;
    fn try_from(raw: String) -> Result<Self, String> {
        raw.parse()
    }
}

impl From<Question> for String {
    fn from(it: Question) -> Self {
        it.to_string()
    }
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Seen {
    /// There are records.
    Found {
        /// The records.
        records: Vec<Record>,
        /// The aliases that led to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        chain: Vec<String>,
        /// What their signatures say.
        #[serde(default, skip_serializing_if = "Security::is_indeterminate")]
        security: Security,
    },
    /// There is no such record, or no such name.
    Absent {
        /// The aliases that led nowhere.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        chain: Vec<String>,
        /// What the proof of the absence says.
        #[serde(default, skip_serializing_if = "Security::is_indeterminate")]
        security: Security,
    },
    /// The aliases lead in a circle: whoever asks gets nothing.
    Looped {
        /// The aliases in the order they were followed.
        chain: Vec<String>,
    },
    /// Nobody said anything: the record may be there or not.
    Unknown {
        /// Why.
        reason: Doubt,
        /// The failure in the words of the client.
        detail: String,
    },
}

/// What is known of domains beside DNS: it stands for every target of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The records that the tenant asks its domains to publish. One that stands here counts instead of the built-in table's.
    pub tenant: Option<Arc<[DomainRecord]>>,
    /// The DKIM selectors that have to be there, besides Microsoft's.
    pub selectors: Vec<String>,
}

/// What is known of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The domain, in A-labels.
    pub domain: String,
    /// The port on which authoritative servers listen: 53, but for those of a laboratory.
    pub(crate) port: u16,
    /// What is known beside DNS.
    pub told: Told,
    /// Whether mail servers may be called.
    pub(super) mail_servers: bool,
    answers: HashMap<Question, Seen, RandomState>,
    pub(super) sights: BTreeMap<Probe, Sight>,
}

/// Where a name leads when an address is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reach<'a> {
    /// The aliases on the way.
    pub(crate) chain: &'a [String],
    /// The addresses at the end; none when there is nothing.
    pub(crate) addresses: Vec<IpAddr>,
    /// Whether the aliases lead in a circle.
    pub(crate) is_circle: bool,
}

/// A record as the checks see it: what it says and how long it may be remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held<'a, T: ?Sized> {
    pub(crate) value: &'a T,
    pub(crate) record: &'a Record,
}

impl Facts {
    /// Nothing is known yet.
    pub(crate) fn new(domain: impl Into<String>) -> Self {
        Self {
            domain: domain.into(),
            port: 53,
            told: Told::default(),
            mail_servers: false,
            answers: HashMap::default(),
            sights: BTreeMap::new(),
        }
    }

    /// With what is known beside DNS.
    pub(crate) fn with(self, told: Told) -> Self {
        Self { told, ..self }
    }

    pub(crate) fn learn(&mut self, question: Question, seen: Seen) {
        self.answers.insert(question, seen);
    }

    pub(crate) fn knows(&self, question: &Question) -> bool {
        self.answers.contains_key(question)
    }

    /// The questions that were put.
    #[cfg(test)]
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.answers.keys()
    }

    /// The questions that were put.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Question> {
        self.answers.keys()
    }

    /// How many questions were put.
    pub(crate) fn len(&self) -> usize {
        self.answers.len()
    }

    /// How many of them nobody answered.
    pub(crate) fn unknown(&self) -> usize {
        self.answers
            .values()
            .filter(|it| matches!(it, Seen::Unknown { .. }))
            .count()
    }

    /// What came of these questions, as JSON: the facts that one check rests on.
    pub(crate) fn about(&self, questions: &[Question]) -> Map<String, Value> {
        let seen = |it: &Question| Some((it.to_string(), json!(self.answers.get(it)?)));
        let answers: Map<String, Value> = questions.iter().filter_map(seen).collect();
        let about = [("domain", json!(self.domain)), ("answers", answers.into())];
        about.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// A name below the domain.
    pub(crate) fn below(&self, label: &str) -> String {
        format!("{label}.{}", self.domain)
    }

    /// The records that answer the question; none when they are absent.
    ///
    /// # Errors
    /// When nobody said whether they are.
    pub(crate) fn records(&self, question: &Question) -> Result<&[Record], Doubted> {
        let doubted = |doubt| {
            Err(Doubted {
                doubt,
                about: question.to_string(),
            })
        };
        match self.answers.get(question) {
            Some(Seen::Found { records, .. }) => Ok(records),
            Some(Seen::Absent { .. } | Seen::Looped { .. }) => Ok(&[]),
            Some(Seen::Unknown { reason, .. }) => doubted(*reason),
            None => doubted(Doubt::NotAsked),
        }
    }

    /// The aliases that led to the answer, or nowhere.
    pub(crate) fn chain(&self, question: &Question) -> &[String] {
        match self.answers.get(question) {
            Some(Seen::Found { chain, .. } | Seen::Absent { chain, .. } | Seen::Looped { chain }) => chain,
            Some(Seen::Unknown { .. }) | None => &[],
        }
    }

    /// What signatures say of the answer, or of the absence.
    ///
    /// # Errors
    /// When there is neither.
    pub(crate) fn security(&self, question: &Question) -> Result<Security, Doubted> {
        self.records(question)?;
        Ok(match self.answers.get(question) {
            Some(Seen::Found { security, .. } | Seen::Absent { security, .. }) => *security,
            _ => Security::Indeterminate,
        })
    }

    /// The addresses of a host, in order.
    ///
    /// # Errors
    /// When nobody said, for one of the two kinds, whether there are any, and none is known of the other.
    pub(crate) fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Doubted> {
        let [v4, v6] = [Question::a(host), Question::aaaa(host)].map(|it| self.records(&it));
        let known: BTreeSet<IpAddr> = [&v4, &v6]
            .into_iter()
            .flatten()
            .flat_map(|it| it.iter())
            .filter_map(address)
            .collect();
        if known.is_empty() {
            v4?;
            v6?;
        }
        Ok(known.into_iter().collect())
    }

    /// Whether the aliases behind an answer lead in a circle.
    pub(crate) fn is_circle(&self, question: &Question) -> bool {
        matches!(self.answers.get(question), Some(Seen::Looped { .. }))
    }

    /// What to ask to learn where a name leads: its IPv6 addresses only where it has no other.
    pub(crate) fn reaching(&self, name: &str) -> Vec<Question> {
        let first = Question::a(name);
        let is_bare = self.records(&first).is_ok_and(<[Record]>::is_empty) && !self.is_circle(&first);
        is_bare
            .then(|| Question::aaaa(name))
            .into_iter()
            .chain([first])
            .collect()
    }

    /// Where a name leads.
    ///
    /// # Errors
    /// When nobody said.
    pub(crate) fn reach(&self, name: &str) -> Result<Reach<'_>, Doubted> {
        let question = Question::a(name);
        let mut addresses: Vec<IpAddr> = self.records(&question)?.iter().filter_map(address).collect();
        let is_circle = self.is_circle(&question);
        if addresses.is_empty() && !is_circle {
            addresses.extend(self.records(&Question::aaaa(name))?.iter().filter_map(address));
        }
        Ok(Reach {
            chain: self.chain(&question),
            addresses,
            is_circle,
        })
    }

    /// The texts at a name.
    pub(crate) fn texts(&self, name: &str) -> Result<Vec<Held<'_, str>>, Doubted> {
        Ok(self.records(&Question::txt(name))?.iter().filter_map(text).collect())
    }

    /// The alias at a name.
    pub(crate) fn alias(&self, name: &str) -> Result<Option<Held<'_, str>>, Doubted> {
        Ok(self.records(&Question::cname(name))?.iter().find_map(alias))
    }
}

pub(crate) fn address(record: &Record) -> Option<IpAddr> {
    match &record.data {
        Data::A { address } => Some((*address).into()),
        Data::Aaaa { address } => Some((*address).into()),
        _ => None,
    }
}

fn text(record: &Record) -> Option<Held<'_, str>> {
    match &record.data {
        Data::Txt { text, .. } => Some(Held { value: text, record }),
        _ => None,
    }
}

fn alias(record: &Record) -> Option<Held<'_, str>> {
    match &record.data {
        Data::Cname { target } => Some(Held { value: target, record }),
        _ => None,
    }
}
