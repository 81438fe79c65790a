//! The resolver against a tiny name server on 127.0.0.1 that misbehaves as told.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
    time::Duration,
};

use hickory_proto::{
    op::{Message, MessageType, OpCode, ResponseCode},
    rr::{Name, RData, Record as WireRecord, rdata},
};
use proptest::prelude::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, UdpSocket},
};

use super::{
    message::{Arrived, Manner, Question},
    *,
};

mod memory;
mod world;

/// What the server sends back for a question: any number of datagrams.
type Script = Arc<dyn Fn(&Message, Transport) -> Vec<Vec<u8>> + Send + Sync>;

async fn serve(script: impl Fn(&Message, Transport) -> Vec<Vec<u8>> + Send + Sync + 'static) -> SocketAddr {
    let script: Script = Arc::new(script);
    let (udp, tcp, address) = loop {
        let tcp = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = tcp.local_addr().expect("bound");
        // The same number may be taken on the UDP side; then another pair is tried.
        if let Ok(udp) = UdpSocket::bind(address).await {
            break (udp, tcp, address);
        }
    };
    let datagrams = script.clone();
    tokio::spawn(async move {
        let mut buffer = [0; 2048];
        while let Ok((length, from)) = udp.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).expect("our own question");
            for answer in datagrams(&question, Transport::Udp) {
                udp.send_to(&answer, from).await.expect("sent");
            }
        }
    });
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = tcp.accept().await {
            let mut question = vec![0; usize::from(stream.read_u16().await.expect("a length"))];
            stream.read_exact(&mut question).await.expect("a question");
            let question = Message::from_vec(&question).expect("our own question");
            for answer in script(&question, Transport::Tcp) {
                stream.write_u16(answer.len() as u16).await.expect("sent");
                stream.write_all(&answer).await.expect("sent");
            }
        }
    });
    address
}

fn resolver(servers: &[SocketAddr]) -> Resolver {
    let next = AtomicU16::new(0x4a41);
    Resolver::new(servers, move || next.fetch_add(1, Ordering::Relaxed)).with_timeout(Duration::from_secs(5))
}

fn wire_name(text: &str) -> Name {
    Name::from_ascii(format!("{text}.")).expect("a name")
}

fn alias(from: &str, to: &str) -> WireRecord {
    WireRecord::from_rdata(wire_name(from), 300, RData::CNAME(rdata::CNAME(wire_name(to))))
}

fn address(of: &str, last: u8) -> WireRecord {
    WireRecord::from_rdata(wire_name(of), 60, RData::A(rdata::A(Ipv4Addr::new(192, 0, 2, last))))
}

fn zone_start(of: &str) -> WireRecord {
    let soa = rdata::SOA::new(wire_name("ns.example"), wire_name("admin.example"), 1, 2, 3, 4, 5);
    WireRecord::from_rdata(wire_name(of), 60, RData::SOA(soa))
}

/// An authoritative answer to the question.
fn answer(question: &Message, records: impl IntoIterator<Item = WireRecord>) -> Message {
    let mut message = Message::new(question.metadata.id, MessageType::Response, OpCode::Query);
    message.metadata.authoritative = true;
    message.add_queries(question.queries.iter().cloned());
    message.add_answers(records);
    message
}

fn bytes(message: &Message) -> Vec<u8> {
    message.to_vec().expect("encodes")
}

/// Only the records whose name is asked for, as an authoritative server that follows nothing.
fn zone(records: Vec<WireRecord>) -> impl Fn(&Message, Transport) -> Vec<Vec<u8>> {
    move |question, _| {
        let asked = question.queries[0].name();
        let own = records.iter().filter(|it| it.name.eq_ignore_root(asked)).cloned();
        vec![bytes(&answer(question, own))]
    }
}

#[tokio::test]
async fn records_come_with_their_values_and_lifetimes() {
    let server = serve(|question, _| {
        let name = question.queries[0].name().clone();
        let strings = rdata::TXT::from_bytes(vec![b"v=spf1 include:", b"spf.example -all"]);
        let mail = rdata::MX::new(10, wire_name("Mail.Contoso.Example"));
        let records = match question.queries[0].query_type() {
            hickory_proto::rr::RecordType::TXT => RData::TXT(strings),
            _ => RData::MX(mail),
        };
        vec![bytes(&answer(question, [WireRecord::from_rdata(name, 3600, records)]))]
    })
    .await;
    let txt = resolver(&[server])
        .lookup("Contoso.Example.", RecordType::Txt)
        .await
        .expect("answered");
    let parts = vec!["v=spf1 include:".to_owned(), "spf.example -all".to_owned()];
    let data = Data::Txt {
        text: parts.concat(),
        parts,
    };
    assert_eq!(
        txt.records,
        [Record {
            name: "contoso.example".into(),
            ttl: 3600,
            data
        }]
    );
    assert_eq!(
        (txt.status, txt.over, txt.server),
        (Status::Found, Transport::Udp, server)
    );
    let mx = resolver(&[server])
        .lookup("contoso.example", RecordType::Mx)
        .await
        .expect("answered");
    let data = Data::Mx {
        preference: 10,
        exchange: "mail.contoso.example".into(),
    };
    assert_eq!(mx.records[0].data, data);
}

#[tokio::test]
async fn an_absence_is_an_answer() {
    let server = serve(|question, _| {
        let mut message = answer(question, []);
        if question.queries[0].name().to_ascii().starts_with("no.") {
            message.metadata.response_code = ResponseCode::NXDomain;
        }
        vec![bytes(&message)]
    })
    .await;
    for (name, status) in [("no.example", Status::NxDomain), ("yes.example", Status::NoData)] {
        let answer = resolver(&[server]).lookup(name, RecordType::A).await.expect("answered");
        assert_eq!((answer.status, answer.records.len()), (status, 0));
    }
}

#[tokio::test]
async fn a_truncated_answer_is_asked_again_over_tcp() {
    let server = serve(|question, over| {
        let mut message = answer(question, (1..=100).map(|it| address("a.example", it)));
        message.metadata.truncation = over == Transport::Udp;
        let mut bytes = bytes(&message);
        if over == Transport::Udp {
            bytes.truncate(500);
        }
        vec![bytes]
    })
    .await;
    let answer = resolver(&[server])
        .lookup("a.example", RecordType::A)
        .await
        .expect("answered");
    assert_eq!((answer.records.len(), answer.over), (100, Transport::Tcp));
}

#[tokio::test]
async fn silence_is_an_error_after_every_try_and_another_server_may_answer() {
    let asked = Arc::new(AtomicU16::new(0));
    let counter = asked.clone();
    let silent = serve(move |_, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        Vec::new()
    })
    .await;
    let hurried = resolver(&[silent])
        .with_timeout(Duration::from_millis(50))
        .with_tries(3);
    let error = hurried.lookup("a.example", RecordType::A).await;
    let (name, after_ms) = ("a.example".to_owned(), 50);
    assert_eq!(
        error,
        Err(DnsError::Timeout {
            server: silent,
            name,
            after_ms
        })
    );
    assert_eq!(asked.load(Ordering::Relaxed), 3);

    let talking = serve(zone(vec![address("a.example", 1)])).await;
    let patient = resolver(&[silent, talking]).with_timeout(Duration::from_millis(500));
    let answer = patient.lookup("a.example", RecordType::A).await;
    assert_eq!(answer.expect("answered").server, talking);
}

#[tokio::test]
async fn aliases_are_followed_across_questions_unless_they_are_asked_for() {
    let records = vec![
        alias("www.example", "edge.example"),
        alias("edge.example", "Host.Example"),
        address("host.example", 7),
    ];
    let server = serve(zone(records)).await;
    let answer = resolver(&[server])
        .lookup("www.example", RecordType::A)
        .await
        .expect("answered");
    assert_eq!(answer.chain, ["edge.example", "host.example"]);
    assert_eq!(answer.records[0].name, "host.example");
    let told = answer.alias;
    let answer = resolver(&[server])
        .lookup("www.example", RecordType::Cname)
        .await
        .expect("answered");
    assert_eq!(
        answer.records[0].data,
        Data::Cname {
            target: "edge.example".into()
        }
    );
    assert!(answer.chain.is_empty() && answer.alias.is_none());
    assert_eq!(told.as_ref(), answer.records.first());
}

#[tokio::test]
async fn aliases_that_a_recursive_server_followed_need_no_second_question() {
    let asked = Arc::new(AtomicU16::new(0));
    let counter = asked.clone();
    let server = serve(move |question, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        let mut message = answer(question, [alias("www.example", "host.example")]);
        match question.queries[0].query_type() {
            hickory_proto::rr::RecordType::A => {
                message.add_answer(address("host.example", 7));
            }
            // No IPv6 address: proved by the start of the target's zone.
            _ => {
                message.add_authority(zone_start("example"));
            }
        }
        vec![bytes(&message)]
    })
    .await;
    let found = resolver(&[server])
        .lookup("www.example", RecordType::A)
        .await
        .expect("answered");
    let none = resolver(&[server])
        .lookup("www.example", RecordType::Aaaa)
        .await
        .expect("answered");
    assert_eq!((found.status, none.status), (Status::Found, Status::NoData));
    assert_eq!(none.chain, ["host.example"]);
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn aliases_in_a_circle_and_aliases_without_end_are_errors() {
    let circle = vec![alias("a.example", "b.example"), alias("b.example", "A.example")];
    let server = serve(zone(circle)).await;
    let error = resolver(&[server]).lookup("a.example", RecordType::A).await;
    let chain = vec!["b.example".to_owned(), "a.example".to_owned()];
    assert_eq!(
        error,
        Err(DnsError::CnameLoop {
            name: "a.example".into(),
            chain
        })
    );

    let ladder = (0..20).map(|it| alias(&format!("n{it}.example"), &format!("n{}.example", it + 1)));
    let server = serve(zone(ladder.collect())).await;
    let error = resolver(&[server]).lookup("n0.example", RecordType::A).await;
    assert!(
        matches!(&error, Err(DnsError::CnameLoop { chain, .. }) if chain.len() == 9),
        "{error:?}"
    );
}

#[tokio::test]
async fn foreign_datagrams_are_ignored() {
    let server = serve(|question, _| {
        let right = answer(question, [address("a.example", 1)]);
        let mut wrong_id = answer(question, [address("a.example", 66)]);
        wrong_id.metadata.id = wrong_id.metadata.id.wrapping_add(1);
        let mut wrong_question = answer(question, [address("a.example", 66)]);
        wrong_question.queries[0].set_name(wire_name("b.example"));
        let mut no_response = answer(question, [address("a.example", 66)]);
        no_response.metadata.message_type = MessageType::Query;
        let all = [&wrong_id, &wrong_question, &no_response, &right];
        [vec![vec![1, 2]], all.map(bytes).to_vec()].concat()
    })
    .await;
    let answer = resolver(&[server])
        .lookup("A.example", RecordType::A)
        .await
        .expect("answered");
    assert_eq!(
        answer.records[0].data,
        Data::A {
            address: Ipv4Addr::new(192, 0, 2, 1)
        }
    );
}

#[tokio::test]
async fn servers_that_cannot_or_will_not_answer_are_told_apart() {
    let server = serve(|question, _| {
        let mut message = answer(question, []);
        let first = question.queries[0].name().to_ascii();
        message.metadata.response_code = match first.split('.').next() {
            Some("refused") => ResponseCode::Refused,
            Some("failed") => ResponseCode::ServFail,
            Some("other") => ResponseCode::NotImp,
            _ => ResponseCode::NoError,
        };
        message.metadata.authoritative = false;
        let mut bytes = bytes(&message);
        if first.starts_with("broken") {
            bytes.extend([1, 2, 3]);
            bytes[7] = 9;
        }
        vec![bytes]
    })
    .await;
    let ask = async |name: &str| {
        resolver(&[server])
            .lookup(name, RecordType::A)
            .await
            .expect_err("no answer")
            .to_string()
    };
    assert_eq!(
        ask("refused.example").await,
        format!("{server} refuses to answer for refused.example")
    );
    assert!(ask("failed.example").await.contains("SERVFAIL"));
    assert!(ask("other.example").await.contains("Not Implemented"));
    assert!(ask("broken.example").await.contains("unreadable answer"));
    assert!(ask("lame.example").await.contains("neither authoritative"));
}

#[tokio::test]
async fn a_server_that_does_not_know_edns_is_asked_without() {
    let server = serve(|question, _| {
        let mut message = answer(question, [address("a.example", 1)]);
        if question.edns.is_some() {
            message = answer(question, []);
            message.metadata.response_code = ResponseCode::FormErr;
        }
        vec![bytes(&message)]
    })
    .await;
    let answer = resolver(&[server])
        .lookup("a.example", RecordType::A)
        .await
        .expect("answered");
    assert_eq!(answer.status, Status::Found);
}

#[tokio::test]
async fn a_closed_port_is_unreachable_and_no_server_is_said_so() {
    let closed = UdpSocket::bind("127.0.0.1:0")
        .await
        .expect("a port")
        .local_addr()
        .expect("bound");
    let error = resolver(&[closed]).lookup("a.example", RecordType::A).await;
    assert!(matches!(error, Err(DnsError::Unreachable { .. })), "{error:?}");
    let error = resolver(&[]).lookup("a.example", RecordType::A).await;
    assert_eq!(error, Err(DnsError::NoServers));
}

#[test]
fn an_answer_is_plain_json() {
    let answer = Answer {
        name: "contoso.example".into(),
        status: Status::Found,
        records: vec![Record {
            name: "contoso.example".into(),
            ttl: 60,
            data: Data::Mx {
                preference: 0,
                exchange: "mx.example".into(),
            },
        }],
        chain: Vec::new(),
        alias: None,
        security: Security::Indeterminate,
        server: "127.0.0.1:53".parse().expect("an address"),
        over: Transport::Udp,
        rtt_ms: 3,
        at: None,
        left: 60,
        authoritative: false,
    };
    assert_eq!(
        serde_json::to_string(&answer).expect("serialises"),
        r#"{"name":"contoso.example","status":"found","records":[{"name":"contoso.example","ttl":60,"data":{"type":"MX","preference":0,"exchange":"mx.example"}}],"chain":[],"server":"127.0.0.1:53","over":"udp","rtt_ms":3,"left":60,"authoritative":false}"#
    );
}

proptest! {
    #[test]
    fn any_datagram_is_read_without_panic(tail in proptest::collection::vec(any::<u8>(), 0..600)) {
        let name = wire_name("a.example");
        let question = Question { id: 7, name: &name, kind: RecordType::A, edns: true, manner: Manner { recursive: true, signed: false } };
        question.recognise(&tail);
        let ours = [&[0, 7, 0x80, 0][..], &tail].concat();
        if let Arrived::Answer(message) = question.recognise(&ours) {
            message.answers.iter().map(Record::read).for_each(drop);
        }
        // A well-formed answer with damaged bytes reaches deeper than noise does.
        let mut ours = bytes(&answer(&Message::from_vec(&question.encode().expect("encodes")).expect("ours"), [alias("a.example", "b.example"), address("b.example", 1)]));
        for pair in tail.chunks_exact(2) {
            let at = usize::from(pair[0]) % ours.len();
            ours[at] = pair[1];
        }
        if let Arrived::Answer(message) = question.recognise(&ours) {
            message.answers.iter().map(Record::read).for_each(drop);
        }
    }
}
