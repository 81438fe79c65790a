//! One question as bytes, and the bytes that answer it. Bytes that answer something else are
//! told apart here; what the answer means is read elsewhere.

use hickory_proto::{
    op::{Edns, Message, MessageType, OpCode, Query},
    rr::{DNSClass, Name},
};

use super::RecordType;

/// The payload that passes nearly every path unfragmented (DNS flag day 2020).
const UDP_PAYLOAD: u16 = 1232;

pub(super) struct Question<'a> {
    pub(super) id: u16,
    pub(super) name: &'a Name,
    pub(super) kind: RecordType,
    /// A few old servers answer FORMERR to EDNS; they are asked again without.
    pub(super) edns: bool,
    pub(super) manner: Manner,
}

/// How a question is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Manner {
    /// To a server that asks others (RD), or to one that knows by itself.
    pub(super) recursive: bool,
    /// With signatures (DO, RFC 3225), and even if somebody on the way does not believe them (CD, RFC 4035, 3.2.2):
    /// they are judged here.
    pub(super) signed: bool,
}

/// What arrived bytes are to a question.
#[derive(Debug)]
pub(super) enum Arrived {
    Answer(Box<Message>),
    /// Too large for a datagram: to be asked again over TCP.
    Truncated,
    /// The answer to something else, or a forgery: to be ignored.
    Foreign,
    Malformed(String),
}

impl Question<'_> {
    pub(super) fn encode(&self) -> Result<Vec<u8>, String> {
        let mut message = Message::new(self.id, MessageType::Query, OpCode::Query);
        message.metadata.recursion_desired = self.manner.recursive;
        message.metadata.checking_disabled = self.manner.signed && self.manner.recursive;
        message.add_query(Query::query(self.name.clone(), self.kind.on_the_wire()));
        if self.edns {
            let mut edns = Edns::new();
            edns.set_max_payload(UDP_PAYLOAD);
            edns.set_dnssec_ok(self.manner.signed);
            message.set_edns(edns);
        }
        message.to_vec().map_err(|it| it.to_string())
    }

    pub(super) fn recognise(&self, bytes: &[u8]) -> Arrived {
        let Some((&[high, low, flags], _)) = bytes.split_first_chunk() else {
            return Arrived::Foreign;
        };
        let (is_response, is_truncated) = (flags & 0x80 != 0, flags & 0x02 != 0);
        if u16::from_be_bytes([high, low]) != self.id || !is_response {
            return Arrived::Foreign;
        }
        // A truncated message may end inside a record: nothing in it is worth decoding.
        if is_truncated {
            return Arrived::Truncated;
        }
        match Message::from_vec(bytes) {
            Ok(message) if self.is_asked_in(&message) => Arrived::Answer(Box::new(message)),
            Ok(_) => Arrived::Foreign,
            Err(error) => Arrived::Malformed(error.to_string()),
        }
    }

    /// The question comes back unchanged, but for its case. Servers that cannot read a question
    /// leave it out of their error.
    fn is_asked_in(&self, message: &Message) -> bool {
        match message.queries.as_slice() {
            [query] => {
                query.query_type() == self.kind.on_the_wire()
                    && query.query_class() == DNSClass::IN
                    && query.name().eq_ignore_root(self.name)
            }
            [] => u16::from(message.metadata.response_code) != 0,
            _ => false,
        }
    }
}
