//! From one question message to one answer message, or to silence. No socket here.

use hickory_proto::op::{Edns, Message, MessageType, Metadata, OpCode, Query, ResponseCode};
use hickory_proto::rr::{DNSClass, LowerName, RData, Record, RecordType};

use super::Zones;
use super::zones::{Held, Manner};

/// The largest UDP answer this server sends (1,232 bytes, which no ordinary path fragments) and offers by EDNS.
const LARGEST_UDP: u16 = 1232;
/// The UDP limit of a client that does not speak EDNS (RFC 1035, 4.2.1).
const PLAIN_UDP: u16 = 512;
/// Aliases followed for one question; longer chains are cut and the client goes on by itself.
const MOST_ALIASES: usize = 8;
/// The length of a message header, without which nothing can be answered.
const HEADER: usize = 12;

/// What carried the question, which limits the size of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carrier {
    Udp,
    Tcp,
}

/// The sections and the code of an answer.
struct Answer {
    code: ResponseCode,
    answers: Vec<Record>,
    authorities: Vec<Record>,
}

/// The encoded answer to an encoded question; `None` when nothing must be said.
pub(super) fn reply(zones: &Zones, question: &[u8], carrier: Carrier) -> Option<Vec<u8>> {
    let Ok(question) = Message::from_vec(question) else {
        return malformed(question);
    };
    // Answering an answer would start a ping-pong between two servers.
    if question.metadata.message_type == MessageType::Response {
        return None;
    }
    let answer = match accepted(&question) {
        Ok(query) => decide(zones, query)?,
        Err(code) => Answer::bare(code),
    };
    encode(&message(&question, answer), limit(&question, carrier))
}

/// What is not a message still gets FORMERR when its header shows that it was meant as a question.
fn malformed(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_answer = bytes.get(2)? & 0x80 != 0;
    if bytes.len() < HEADER || is_answer {
        return None;
    }
    let id = u16::from_be_bytes([bytes[0], bytes[1]]);
    Message::error_msg(id, OpCode::Query, ResponseCode::FormErr)
        .to_vec()
        .ok()
}

/// The one question of a message this server can answer, or the code that says why it cannot.
fn accepted(question: &Message) -> Result<&Query, ResponseCode> {
    if question.edns.as_ref().is_some_and(|it| it.version() > 0) {
        return Err(ResponseCode::BADVERS);
    }
    if question.metadata.op_code != OpCode::Query {
        return Err(ResponseCode::NotImp);
    }
    let [query] = question.queries.as_slice() else {
        return Err(ResponseCode::FormErr);
    };
    match query.query_type() {
        _ if query.query_class() != DNSClass::IN => Err(ResponseCode::Refused),
        RecordType::AXFR | RecordType::IXFR => Err(ResponseCode::Refused),
        // "Give me all you have" is not owed an answer (RFC 8482).
        RecordType::ANY => Err(ResponseCode::NotImp),
        _ => Ok(query),
    }
}

/// `None` for a mute name.
fn decide(zones: &Zones, query: &Query) -> Option<Answer> {
    let name = LowerName::new(query.name());
    match zones.manner(&name) {
        Some(Manner::Mute) => None,
        Some(Manner::Broken) => Some(Answer::bare(ResponseCode::ServFail)),
        None => Some(look_up(zones, name, query.query_type())),
    }
}

/// Follows aliases as long as the targets are ours; the code is that of the last name (RFC 6604, 3).
fn look_up(zones: &Zones, mut name: LowerName, kind: RecordType) -> Answer {
    let mut answers = Vec::new();
    while answers.len() <= MOST_ALIASES {
        match zones.find(&name, kind) {
            Held::Records(records) => {
                answers.extend_from_slice(records);
                return Answer::of(ResponseCode::NoError, answers, None);
            }
            Held::NoData(soa) => return Answer::of(ResponseCode::NoError, answers, Some(soa)),
            Held::NoName(soa) => return Answer::of(ResponseCode::NXDomain, answers, Some(soa)),
            Held::Outside if answers.is_empty() => return Answer::bare(ResponseCode::Refused),
            Held::Outside => break,
            Held::Alias(record, target) => {
                answers.push(record.clone());
                name = target;
            }
        }
        // A target that fails on purpose is left for the client to ask, and to see failing.
        if zones.manner(&name).is_some() {
            break;
        }
    }
    Answer::of(ResponseCode::NoError, answers, None)
}

impl Answer {
    fn bare(code: ResponseCode) -> Self {
        Self::of(code, Vec::new(), None)
    }

    fn of(code: ResponseCode, answers: Vec<Record>, soa: Option<&Record>) -> Self {
        Self {
            code,
            answers,
            authorities: soa.map(negative).into_iter().collect(),
        }
    }
}

/// The SOA as the proof of a negative answer, living as long as that may be remembered (RFC 2308, 3 and 5).
fn negative(soa: &Record) -> Record {
    let mut soa = soa.clone();
    if let RData::SOA(data) = &soa.data {
        soa.ttl = soa.ttl.min(data.minimum);
    }
    soa
}

fn message(question: &Message, answer: Answer) -> Message {
    let mut message = Message::response(question.metadata.id, question.metadata.op_code);
    message.metadata = Metadata::response_from_request(&question.metadata);
    message.metadata.response_code = answer.code;
    message.metadata.authoritative = matches!(answer.code, ResponseCode::NoError | ResponseCode::NXDomain);
    message.queries.clone_from(&question.queries);
    message.answers = answer.answers;
    message.authorities = answer.authorities;
    message.edns = question.edns.as_ref().map(|_| {
        let mut offered = Edns::new();
        offered.set_max_payload(LARGEST_UDP);
        offered
    });
    message
}

fn limit(question: &Message, carrier: Carrier) -> usize {
    let limit = match (carrier, &question.edns) {
        (Carrier::Tcp, _) => u16::MAX,
        (Carrier::Udp, None) => PLAIN_UDP,
        (Carrier::Udp, Some(edns)) => edns.max_payload().clamp(PLAIN_UDP, LARGEST_UDP),
    };
    usize::from(limit)
}

/// Over the limit the sections are emptied and TC is set: the client asks again over TCP (RFC 2181, 9).
fn encode(message: &Message, limit: usize) -> Option<Vec<u8>> {
    let encoded = message.to_vec().ok()?;
    if encoded.len() <= limit {
        return Some(encoded);
    }
    message.truncate().to_vec().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::zones::parse_name;

    const ZONES: &str = r#"
        example.com 300 IN SOA ns1.example.com hostmaster.example.com 1 7200 3600 1209600 60
        www.example.com 300 IN CNAME front.example.com
        front.example.com 300 IN CNAME web.example.org
        away.example.com 300 IN CNAME host.example.net
        lost.example.com 300 IN CNAME gone.example.org
        round.example.com 300 IN CNAME round.example.com
        ill.example.com 300 IN CNAME broken.example.org
        example.org 300 IN SOA ns1.example.org hostmaster.example.org 1 7200 3600 1209600 60
        web.example.org 300 IN A 192.0.2.1
    "#;

    fn zones() -> Zones {
        let mut zones = Zones::parse(ZONES).unwrap();
        zones.break_at("broken.example.org").unwrap();
        zones.mute_at("mute.example.com").unwrap();
        zones
    }

    fn question(name: &str, kind: RecordType) -> Message {
        let mut message = Message::query();
        message.add_query(Query::query(parse_name(name).unwrap(), kind));
        message
    }

    fn ask(message: &Message, carrier: Carrier) -> Option<Message> {
        let answer = reply(&zones(), &message.to_vec().unwrap(), carrier)?;
        Some(Message::from_vec(&answer).unwrap())
    }

    #[track_caller]
    fn check(name: &str, kind: RecordType, code: ResponseCode, answers: usize, soa: bool) {
        let answer = ask(&question(name, kind), Carrier::Udp).unwrap();
        let seen = (
            answer.metadata.response_code,
            answer.answers.len(),
            !answer.authorities.is_empty(),
        );
        assert_eq!(seen, (code, answers, soa));
    }

    #[test]
    fn a_chain_of_aliases_ends_with_the_records_of_its_target() {
        check("www.example.com", RecordType::A, ResponseCode::NoError, 3, false);
    }

    #[test]
    fn the_code_is_that_of_the_end_of_the_chain() {
        check("lost.example.com", RecordType::A, ResponseCode::NXDomain, 1, true);
        check("www.example.com", RecordType::MX, ResponseCode::NoError, 2, true);
    }

    #[test]
    fn a_target_that_is_not_ours_or_fails_is_left_to_the_client() {
        check("away.example.com", RecordType::A, ResponseCode::NoError, 1, false);
        check("ill.example.com", RecordType::A, ResponseCode::NoError, 1, false);
    }

    #[test]
    fn an_alias_of_itself_ends() {
        let answer = ask(&question("round.example.com", RecordType::A), Carrier::Tcp).unwrap();
        assert!(answer.answers.len() <= MOST_ALIASES + 1);
    }

    #[test]
    fn names_outside_the_zones_are_refused_and_broken_ones_fail() {
        check("example.net", RecordType::A, ResponseCode::Refused, 0, false);
        check("broken.example.org", RecordType::A, ResponseCode::ServFail, 0, false);
        check("example.com", RecordType::AXFR, ResponseCode::Refused, 0, false);
        check("example.com", RecordType::ANY, ResponseCode::NotImp, 0, false);
    }

    #[test]
    fn a_negative_answer_lives_no_longer_than_its_soa_says() {
        let answer = ask(&question("none.example.com", RecordType::A), Carrier::Udp).unwrap();
        assert_eq!(answer.authorities[0].ttl, 60);
        assert!(answer.metadata.authoritative);
    }

    #[test]
    fn a_mute_name_and_an_answer_get_silence() {
        assert!(ask(&question("mute.example.com", RecordType::A), Carrier::Tcp).is_none());
        let mut answer = question("example.com", RecordType::SOA);
        answer.metadata.message_type = MessageType::Response;
        assert!(ask(&answer, Carrier::Udp).is_none());
    }

    #[test]
    fn bytes_that_are_no_message_get_formerr_or_silence() {
        let answer = reply(&zones(), &[7, 7, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0], Carrier::Udp).unwrap();
        let answer = Message::from_vec(&answer).unwrap();
        assert_eq!(answer.metadata.response_code, ResponseCode::FormErr);
        assert_eq!(answer.metadata.id, 0x0707);
        assert!(reply(&zones(), &[7, 7, 0], Carrier::Udp).is_none());
        assert!(reply(&zones(), &[], Carrier::Tcp).is_none());
    }

    #[test]
    fn an_edns_version_of_the_future_is_refused_by_its_own_code() {
        let mut future = question("example.com", RecordType::SOA);
        let mut edns = Edns::new();
        edns.set_version(1);
        future.set_edns(edns);
        let answer = ask(&future, Carrier::Udp).unwrap();
        // The number 16 reads as BADSIG beside a signature and as BADVERS beside EDNS (RFC 6895, 2.3).
        assert_eq!(u16::from(answer.metadata.response_code), 16);
    }
}
