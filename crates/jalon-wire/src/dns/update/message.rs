//! The message of an update: what has to be there, what goes and what comes (RFC 2136, sections 2.4 and 2.5).

use hickory_proto::{
    op::{Message, MessageType, OpCode, Query, UpdateMessage},
    rr::{self, DNSClass, Name, RData, RecordType, rdata},
};

use super::{SetChange, UpdateError};
use crate::dns::{Data, Record, name};

/// The longest string of a TXT record, in bytes (RFC 1035, section 3.3).
const LONGEST_STRING: usize = 255;

pub(super) fn build(id: u16, zone: &str, changes: &[SetChange]) -> Result<Message, UpdateError> {
    let apex = parse(zone)?;
    let mut message = Message::new(id, MessageType::Query, OpCode::Update);
    let mut about = Query::query(apex.clone(), RecordType::SOA);
    about.set_query_class(DNSClass::IN);
    message.add_zone(about);
    for change in changes {
        let owner = parse(&change.name)?;
        if !apex.zone_of(&owner) {
            return Err(unwritable(&change.name, format!("it does not stand in {zone}")));
        }
        expect(&mut message, &owner, change)?;
    }
    // Whatever goes, goes first: an alias may not stand beside anything else.
    for change in changes {
        for it in change
            .before
            .iter()
            .filter(|it| !change.after.iter().any(|new| same(it, new)))
        {
            message.add_update(record(it, DNSClass::NONE, 0)?);
        }
    }
    for change in changes {
        for it in change
            .after
            .iter()
            .filter(|it| !change.before.iter().any(|old| same(it, old)))
        {
            message.add_update(record(it, DNSClass::IN, it.ttl)?);
        }
    }
    Ok(message)
}

/// What has to be so for anything to happen.
fn expect(message: &mut Message, owner: &Name, change: &SetChange) -> Result<(), UpdateError> {
    if change.before.is_empty() {
        let kind = kind(&change.kind).ok_or_else(|| unwritable(&change.kind, "no such type".to_owned()))?;
        let mut none = rr::Record::update0(owner.clone(), 0, kind);
        none.dns_class = DNSClass::NONE;
        message.add_pre_requisite(none);
    }
    for it in &change.before {
        message.add_pre_requisite(record(it, DNSClass::IN, 0)?);
    }
    Ok(())
}

/// Whether two records of one set are one: times to live aside.
fn same(one: &Record, other: &Record) -> bool {
    one.data == other.data
}

fn record(it: &Record, class: DNSClass, ttl: u32) -> Result<rr::Record, UpdateError> {
    let mut record = rr::Record::from_rdata(parse(&it.name)?, ttl, data(it)?);
    record.dns_class = class;
    Ok(record)
}

fn data(it: &Record) -> Result<RData, UpdateError> {
    Ok(match &it.data {
        Data::A { address } => RData::A(rdata::A(*address)),
        Data::Aaaa { address } => RData::AAAA(rdata::AAAA(*address)),
        Data::Cname { target } => RData::CNAME(rdata::CNAME(parse(target)?)),
        Data::Mx { preference, exchange } => RData::MX(rdata::MX::new(*preference, parse(exchange)?)),
        Data::Ns { host } => RData::NS(rdata::NS(parse(host)?)),
        Data::Ptr { target } => RData::PTR(rdata::PTR(parse(target)?)),
        Data::Srv {
            priority,
            weight,
            port,
            target,
        } => RData::SRV(rdata::SRV::new(*priority, *weight, *port, parse(target)?)),
        Data::Tlsa {
            usage,
            selector,
            matching,
            association,
        } => {
            let bytes = hex::decode(association).map_err(|error| unwritable(association, error.to_string()))?;
            RData::TLSA(rdata::TLSA::new(
                (*usage).into(),
                (*selector).into(),
                (*matching).into(),
                bytes,
            ))
        }
        Data::Txt { text, parts } => text_data(text, parts)?,
        Data::Soa { .. } | Data::Other { .. } => {
            return Err(unwritable(&it.name, "its type is not written here".to_owned()));
        }
    })
}

/// The strings as they stand, or the text cut into strings.
fn text_data(text: &str, parts: &[String]) -> Result<RData, UpdateError> {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(unwritable(text, "it holds bytes that are no text".to_owned()));
    }
    let strings: Vec<&[u8]> = match parts {
        [] => text.as_bytes().chunks(LONGEST_STRING).collect(),
        parts => parts.iter().map(String::as_bytes).collect(),
    };
    let strings = if strings.is_empty() { vec![&b""[..]] } else { strings };
    Ok(RData::TXT(rdata::TXT::from_bytes(strings)))
}

fn kind(word: &str) -> Option<RecordType> {
    word.parse().ok()
}

fn parse(name: &str) -> Result<Name, UpdateError> {
    if name == "." {
        return Ok(Name::root());
    }
    let mut parsed = name::parse(name).map_err(|error| unwritable(name, error.to_string()))?;
    parsed.set_fqdn(true);
    Ok(parsed)
}

fn unwritable(what: &str, reason: String) -> UpdateError {
    UpdateError::Unwritable {
        what: what.to_owned(),
        reason,
    }
}
