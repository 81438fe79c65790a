//! What a record says, in plain types.

use std::net::{Ipv4Addr, Ipv6Addr};

use hickory_proto::rr::{self, RData};
use serde::{Deserialize, Serialize};

use super::name::text;

/// The kinds of record that can be asked for, in the order of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// Who may issue certificates (RFC 8659).
    Caa,
    /// An alias; asked for by itself it is answered by itself, never followed.
    Cname,
    /// A key of a signed zone (RFC 4034, section 2).
    Dnskey,
    /// The key of a signed delegation (RFC 4034, section 5).
    Ds,
    /// Where mail goes.
    Mx,
    /// A name server of a zone.
    Ns,
    /// The name of an address.
    Ptr,
    /// The start of a zone.
    Soa,
    /// The former record type of SPF, number 99 (RFC 7208, section 3.1).
    Spf,
    /// Where a service is (RFC 2782).
    Srv,
    /// A certificate binding (RFC 6698).
    Tlsa,
    /// Text.
    Txt,
}

impl RecordType {
    pub(super) fn on_the_wire(self) -> rr::RecordType {
        match self {
            Self::A => rr::RecordType::A,
            Self::Aaaa => rr::RecordType::AAAA,
            Self::Caa => rr::RecordType::CAA,
            Self::Cname => rr::RecordType::CNAME,
            Self::Dnskey => rr::RecordType::DNSKEY,
            Self::Ds => rr::RecordType::DS,
            Self::Mx => rr::RecordType::MX,
            Self::Ns => rr::RecordType::NS,
            Self::Ptr => rr::RecordType::PTR,
            Self::Soa => rr::RecordType::SOA,
            Self::Spf => rr::RecordType::Unknown(99),
            Self::Srv => rr::RecordType::SRV,
            Self::Tlsa => rr::RecordType::TLSA,
            Self::Txt => rr::RecordType::TXT,
        }
    }
}

/// One record. Names are lower-case A-labels without the last dot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Whose record it is: the name asked for, or the end of its aliases.
    pub name: String,
    /// How long it may be remembered, in seconds.
    pub ttl: u32,
    /// What it says.
    pub data: Data,
}

impl Record {
    pub(super) fn read(record: &rr::Record) -> Self {
        Self {
            name: text(&record.name),
            ttl: record.ttl,
            data: Data::read(&record.data),
        }
    }
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "UPPERCASE")]
pub enum Data {
    /// An IPv4 address.
    A {
        /// The address.
        address: Ipv4Addr,
    },
    /// An IPv6 address.
    Aaaa {
        /// The address.
        address: Ipv6Addr,
    },
    /// An alias.
    Cname {
        /// What it stands for.
        target: String,
    },
    /// Where mail goes.
    Mx {
        /// The lowest is tried first.
        preference: u16,
        /// The host; a single dot says that the domain takes no mail (RFC 7505).
        exchange: String,
    },
    /// A name server.
    Ns {
        /// Its name.
        host: String,
    },
    /// The name of an address.
    Ptr {
        /// That name.
        target: String,
    },
    /// The start of a zone.
    Soa {
        /// The primary server.
        primary: String,
        /// The mailbox of who is responsible, written as a name.
        mailbox: String,
        /// Rises with every change.
        serial: u32,
        /// For how long an absence may be remembered, in seconds (RFC 2308).
        minimum: u32,
    },
    /// Where a service is.
    Srv {
        /// The lowest is tried first.
        priority: u16,
        /// Share among equals.
        weight: u16,
        /// TCP or UDP port.
        port: u16,
        /// The host; a single dot says that there is no such service.
        target: String,
    },
    /// A certificate binding (RFC 6698, section 2.1).
    Tlsa {
        /// What the certificate has to be: 0 and 1 bind public authorities, 2 an authority, 3 the server's own.
        usage: u8,
        /// What is bound: 0 the whole certificate, 1 its public key.
        selector: u8,
        /// How: 0 as it is, 1 by SHA-256, 2 by SHA-512.
        matching: u8,
        /// The certificate, the key or the digest, in lower-case hexadecimal.
        association: String,
    },
    /// Text. Bytes that are not UTF-8 become U+FFFD.
    Txt {
        /// All strings joined without anything between them, as SPF, DKIM and DMARC want it.
        text: String,
        /// The strings of up to 255 bytes as they stand in the record.
        parts: Vec<String>,
    },
    /// Any other record, in presentation form.
    Other {
        /// The type by its name.
        kind: String,
        /// What it says.
        text: String,
    },
}

impl Data {
    fn read(data: &RData) -> Self {
        match data {
            RData::A(it) => Self::A { address: it.0 },
            RData::AAAA(it) => Self::Aaaa { address: it.0 },
            RData::CNAME(it) => Self::Cname { target: text(&it.0) },
            RData::MX(it) => Self::Mx {
                preference: it.preference,
                exchange: text(&it.exchange),
            },
            RData::NS(it) => Self::Ns { host: text(&it.0) },
            RData::PTR(it) => Self::Ptr { target: text(&it.0) },
            RData::SOA(it) => Self::Soa {
                primary: text(&it.mname),
                mailbox: text(&it.rname),
                serial: it.serial,
                minimum: it.minimum,
            },
            RData::SRV(it) => Self::Srv {
                priority: it.priority,
                weight: it.weight,
                port: it.port,
                target: text(&it.target),
            },
            RData::TLSA(it) => Self::Tlsa {
                usage: it.cert_usage.into(),
                selector: it.selector.into(),
                matching: it.matching.into(),
                association: hex::encode(&it.cert_data),
            },
            RData::TXT(it) => Self::read_text(&it.txt_data),
            other => Self::Other {
                kind: other.record_type().to_string(),
                text: other.to_string(),
            },
        }
    }

    fn read_text(strings: &[Box<[u8]>]) -> Self {
        let lossy = |it: &[u8]| String::from_utf8_lossy(it).into_owned();
        Self::Txt {
            text: lossy(&strings.concat()),
            parts: strings.iter().map(|it| lossy(it)).collect(),
        }
    }
}
