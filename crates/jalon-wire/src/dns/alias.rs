//! Following aliases through answers (RFC 1034, 3.6.2). A recursive server follows them itself;
//! an authoritative one stops where its zones end and must be asked again.

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{self, DNSClass, Name, RData},
};

use super::{DnsError, Record, RecordType, name::text};

/// More hops than any mail or web set-up needs; BIND stops at 16, Unbound at 11.
const MOST_HOPS: usize = 8;

/// Where one stands on the way from the name asked for to its records.
pub(super) struct Trail {
    asked: Name,
    hops: Vec<Name>,
    alias: Option<Record>,
}

/// What an answer says about the name at the end of the trail.
#[derive(Debug)]
pub(super) enum Step {
    Found(Vec<Record>),
    NoData,
    NxDomain,
    /// The server stopped at an alias: ask for the end of the trail.
    AskAgain,
    /// The server does not know and cannot know.
    NotResponsible,
}

impl Trail {
    pub(super) fn new(asked: Name) -> Self {
        Self {
            asked,
            hops: Vec::new(),
            alias: None,
        }
    }

    /// The name to ask for now.
    pub(super) fn end(&self) -> &Name {
        self.hops.last().unwrap_or(&self.asked)
    }

    /// Every name of the trail, the one asked for first.
    pub(super) fn names(&self) -> Vec<Name> {
        std::iter::once(&self.asked).chain(&self.hops).cloned().collect()
    }

    pub(super) fn chain(&self) -> Vec<String> {
        self.hops.iter().map(text).collect()
    }

    /// The alias at the name asked for, when there is one.
    pub(super) fn alias(self) -> Option<Record> {
        self.alias
    }

    /// Reads an answer to the question for [`Self::end`], following the aliases in it.
    pub(super) fn follow(&mut self, answer: &Message, kind: RecordType) -> Result<Step, DnsError> {
        let hops_before = self.hops.len();
        let records = self.records(answer, kind)?;
        let moved = self.hops.len() > hops_before;
        Ok(match answer.metadata.response_code {
            _ if !records.is_empty() => Step::Found(records),
            // The code speaks of the last alias (RFC 6604, 3).
            ResponseCode::NXDomain => Step::NxDomain,
            _ if self.is_denied(answer) => Step::NoData,
            _ if moved => Step::AskAgain,
            _ if answer.metadata.authoritative || answer.metadata.recursion_available => Step::NoData,
            _ => Step::NotResponsible,
        })
    }

    fn records(&mut self, answer: &Message, kind: RecordType) -> Result<Vec<Record>, DnsError> {
        loop {
            let own = |it: &&rr::Record| it.dns_class == DNSClass::IN && it.name.eq_ignore_root(self.end());
            let of_kind = |it: &&rr::Record| it.record_type() == kind.on_the_wire();
            let own = answer.answers.iter().filter(own);
            let found: Vec<_> = own.clone().filter(of_kind).map(Record::read).collect();
            let alias = own.clone().find_map(|it| match &it.data {
                RData::CNAME(alias) => Some((alias.0.clone(), Record::read(it))),
                _ => None,
            });
            match alias {
                Some((target, record)) if found.is_empty() => {
                    self.alias.get_or_insert(record);
                    self.hop(target)?;
                }
                _ => return Ok(found),
            }
        }
    }

    fn hop(&mut self, alias: Name) -> Result<(), DnsError> {
        let is_known = alias.eq_ignore_root(&self.asked) || self.hops.iter().any(|it| it.eq_ignore_root(&alias));
        let is_too_far = self.hops.len() == MOST_HOPS;
        self.hops.push(alias);
        if is_known || is_too_far {
            return Err(DnsError::CnameLoop {
                name: text(&self.asked),
                chain: self.chain(),
            });
        }
        Ok(())
    }

    /// The zone's start in the authority section is how an absence is proved (RFC 2308, 2.2).
    fn is_denied(&self, answer: &Message) -> bool {
        let is_start = |it: &&rr::Record| matches!(it.data, RData::SOA(_));
        answer
            .authorities
            .iter()
            .filter(is_start)
            .any(|it| it.name.zone_of(self.end()))
    }
}
