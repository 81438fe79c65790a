//! The DNS server on real sockets.

use hickory_proto::op::{Edns, ResponseCode};
use hickory_proto::rr::RecordType;
use jalon_rehearsal::dns::{Server, Zones};
use tokio::net::TcpStream;

use crate::client::{ask, over_tcp, over_udp, question, receive, socket};

const ZONE: &str = r#"
    example.com 300 IN SOA ns1.example.com hostmaster.example.com 1 7200 3600 1209600 60
    example.com 300 IN MX 10 mx.example.com
    example.com 300 IN TXT "v=spf1 -all"
    mx.example.com 300 IN AAAA 2001:db8::25
"#;

async fn server() -> Server {
    Server::start(Zones::parse(ZONE).unwrap(), 0).await.unwrap()
}

#[tokio::test]
async fn the_same_question_gets_the_same_answer_over_udp_and_tcp() {
    let server = server().await;
    let question = question("Example.COM.", RecordType::MX);
    let udp = over_udp(server.addr(), &question).await;
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    let tcp = over_tcp(&mut stream, &question).await;
    assert_eq!(udp, tcp);
    assert_eq!(udp.metadata.id, question.metadata.id);
    assert!(udp.metadata.authoritative);
    assert_eq!(udp.answers[0].data.to_string(), "10 mx.example.com.");
    assert_eq!(udp.queries[0].name().to_string(), "Example.COM.");
}

#[tokio::test]
async fn one_tcp_connection_carries_several_questions() {
    let server = server().await;
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    let aaaa = over_tcp(&mut stream, &question("mx.example.com.", RecordType::AAAA)).await;
    let none = over_tcp(&mut stream, &question("no.example.com.", RecordType::A)).await;
    let refused = over_tcp(&mut stream, &question("example.net.", RecordType::A)).await;
    assert_eq!(aaaa.answers[0].data.to_string(), "2001:db8::25");
    assert_eq!(none.metadata.response_code, ResponseCode::NXDomain);
    assert_eq!(refused.metadata.response_code, ResponseCode::Refused);
}

#[tokio::test]
async fn an_answer_over_the_limit_is_cut_until_edns_or_tcp_gives_it_room() {
    let server = server().await;
    let long = format!(
        "big.example.com 60 IN TXT \"{}\" \"{}\" \"{}\"",
        "x".repeat(255),
        "y".repeat(255),
        "z".repeat(255)
    );
    server.edit(|zones| zones.publish(&long)).unwrap();
    let mut question = question("big.example.com.", RecordType::TXT);
    let plain = over_udp(server.addr(), &question).await;
    assert!(plain.metadata.truncation && plain.answers.is_empty());
    let mut stream = TcpStream::connect(server.addr()).await.unwrap();
    let tcp = over_tcp(&mut stream, &question).await;
    assert!(!tcp.metadata.truncation && tcp.answers.len() == 1);
    let mut edns = Edns::new();
    edns.set_max_payload(1232);
    question.set_edns(edns);
    let roomy = over_udp(server.addr(), &question).await;
    assert!(!roomy.metadata.truncation && roomy.answers.len() == 1);
    assert_eq!(roomy.edns.unwrap().max_payload(), 1232);
}

#[tokio::test]
async fn an_edit_is_seen_by_the_next_question() {
    let server = server().await;
    server
        .edit(|zones| {
            zones.withdraw("example.com 300 IN TXT \"v=spf1 -all\"")?;
            zones.publish("example.com 300 IN TXT \"v=spf1 mx -all\"")
        })
        .unwrap();
    let seen = ask(server.addr(), "example.com.", RecordType::TXT).await;
    assert_eq!(seen, ["v=spf1 mx -all"]);
    server
        .edit(|zones| zones.clear("example.com", RecordType::TXT))
        .unwrap();
    assert!(ask(server.addr(), "example.com.", RecordType::TXT).await.is_empty());
}

/// Datagrams are answered in their order, so the answer to the second proves that the first got none.
#[tokio::test]
async fn a_mute_name_gets_no_answer_and_a_broken_one_fails() {
    let server = server().await;
    server
        .edit(|zones| {
            zones.mute_at("mute.example.com")?;
            zones.break_at("broken.example.com")
        })
        .unwrap();
    let socket = socket(server.addr()).await;
    let mute = question("any.mute.example.com.", RecordType::A);
    let broken = question("broken.example.com.", RecordType::A);
    socket.send(&mute.to_vec().unwrap()).await.unwrap();
    socket.send(&broken.to_vec().unwrap()).await.unwrap();
    let answer = receive(&socket).await;
    assert_eq!(answer.metadata.id, broken.metadata.id);
    assert_eq!(answer.metadata.response_code, ResponseCode::ServFail);
}

#[tokio::test]
async fn a_port_can_be_chosen_and_a_taken_one_is_an_error() {
    let first = server().await;
    let taken = Server::start(Zones::default(), first.addr().port()).await;
    assert_eq!(taken.unwrap_err().kind(), std::io::ErrorKind::AddrInUse);
}
