//! The way down from the root, against name servers that send away, lie, and lead in circles.

use std::{collections::HashMap, net::IpAddr};

use hickory_proto::rr::RecordType as WireType;

use super::*;

/// What a server says to a question, before it is sent.
type Say = Arc<dyn Fn(&Message) -> Option<Message> + Send + Sync>;

/// Name servers that share one port, each at its own address.
struct World {
    port: u16,
    asked: Arc<AtomicU16>,
}

fn says(say: impl Fn(&Message) -> Option<Message> + Send + Sync + 'static) -> Say {
    Arc::new(say)
}

impl World {
    async fn open<const N: usize>(servers: [(&str, Say); N]) -> Self {
        let asked = Arc::new(AtomicU16::new(0));
        let servers: HashMap<IpAddr, Say> = servers
            .into_iter()
            .map(|(at, say)| (at.parse().expect("an address"), say))
            .collect();
        let (port, sockets) = loop {
            let first = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
            let port = first.local_addr().expect("bound").port();
            let mut sockets = Vec::new();
            for at in servers.keys() {
                // Taken at another address: then another port is tried.
                if let Ok(socket) = UdpSocket::bind((*at, port)).await {
                    sockets.push((socket, servers[at].clone()));
                }
            }
            if sockets.len() == N {
                break (port, sockets);
            }
        };
        for (socket, say) in sockets {
            let asked = asked.clone();
            tokio::spawn(async move {
                let mut buffer = [0; 2048];
                while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                    asked.fetch_add(1, Ordering::Relaxed);
                    let question = Message::from_vec(&buffer[..length]).expect("our own question");
                    assert!(!question.metadata.recursion_desired, "nobody here asks others");
                    if let Some(answer) = say(&question) {
                        socket.send_to(&bytes(&answer), from).await.expect("sent");
                    }
                }
            });
        }
        Self { port, asked }
    }

    fn resolver(&self, root: &str) -> Resolver {
        let roots = Roots::parse(&format!("a.root. 300 A {root}")).expect("an address");
        let next = AtomicU16::new(0x4a41);
        let noon: jiff::Timestamp = "2026-11-20T12:00:00Z".parse().expect("an instant");
        Resolver::authoritative(roots.with_port(self.port), move || next.fetch_add(1, Ordering::Relaxed))
            .with_timeout(Duration::from_millis(500))
            .with_clock(Arc::new(move || noon))
    }
}

fn server(zone: &str, host: &str) -> WireRecord {
    let zone = if zone == "." { Name::root() } else { wire_name(zone) };
    WireRecord::from_rdata(zone, 300, RData::NS(rdata::NS(wire_name(host))))
}

fn at(host: &str, address: &str) -> WireRecord {
    let address: Ipv4Addr = address.parse().expect("an address");
    WireRecord::from_rdata(wire_name(host), 300, RData::A(rdata::A(address)))
}

/// A delegation of `zone` to `host`, with its address where there is one.
fn refer(question: &Message, zone: &str, host: &str, glue: Option<&str>) -> Message {
    let mut message = answer(question, []);
    message.metadata.authoritative = false;
    message.add_authority(server(zone, host));
    message.add_additionals(glue.map(|it| at(host, it)));
    message
}

fn asked(question: &Message) -> String {
    let name = question.queries[0].name().to_ascii();
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn refused(question: &Message) -> Message {
    let mut message = answer(question, []);
    message.metadata.authoritative = false;
    message.metadata.response_code = ResponseCode::Refused;
    message
}

fn is_in(name: &str, zone: &str) -> bool {
    name == zone || name.ends_with(&format!(".{zone}"))
}

/// The address of a name under "good.example", from its own server.
fn good() -> Say {
    says(|question| Some(answer(question, [at(&asked(question), "192.0.2.1")])))
}

fn found(answer: Result<Answer, DnsError>) -> String {
    match answer.expect("answered").records.first().map(|it| it.data.clone()) {
        Some(Data::A { address }) => address.to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn delegations_are_followed_with_and_without_addresses_and_remembered() {
    let world = World::open([
        (
            "127.53.1.1",
            says(|question| {
                Some(match asked(question).as_str() {
                    it if is_in(it, "example") => refer(question, "example", "ns.example", Some("127.53.1.2")),
                    _ => refer(question, "test", "ns.test", Some("127.53.1.3")),
                })
            }),
        ),
        (
            "127.53.1.2",
            says(|question| Some(refer(question, "good.example", "ns.hosts.test", None))),
        ),
        (
            "127.53.1.3",
            says(|question| Some(answer(question, [at("ns.hosts.test", "127.53.1.4")]))),
        ),
        ("127.53.1.4", good()),
    ])
    .await;
    let resolver = world.resolver("127.53.1.1");
    let www = resolver.lookup("www.good.example", RecordType::A).await;
    assert!(
        www.as_ref()
            .is_ok_and(|it| it.authoritative && it.server.ip().to_string() == "127.53.1.4")
    );
    assert_eq!(found(www), "192.0.2.1");
    let before = world.asked.load(Ordering::Relaxed);
    assert_eq!(before, 5);
    assert_eq!(
        found(resolver.lookup("mail.good.example", RecordType::A).await),
        "192.0.2.1"
    );
    assert_eq!(
        world.asked.load(Ordering::Relaxed),
        before + 1,
        "one question to the server of the zone"
    );
}

#[tokio::test]
async fn what_a_server_says_of_other_zones_is_not_believed() {
    // The server of evil.example answers, and adds addresses of the bank: as an answer, as glue, as a delegation.
    let evil = |question: &Message| {
        let name = asked(question);
        let mut message = answer(
            question,
            [alias(&name, "www.bank.test"), at("www.bank.test", "192.0.2.66")],
        );
        message.add_authority(server("bank.test", "ns.bank.test"));
        message.add_authority(server("test", "ns.test"));
        message.add_additional(at("ns.bank.test", "127.53.2.9"));
        message.add_additional(at("ns.test", "127.53.2.9"));
        Some(message)
    };
    let world = World::open([
        (
            "127.53.2.1",
            says(|question| {
                Some(match asked(question).as_str() {
                    it if is_in(it, "evil.example") => {
                        refer(question, "evil.example", "ns.evil.example", Some("127.53.2.2"))
                    }
                    _ => refer(question, "bank.test", "ns.bank.test", Some("127.53.2.3")),
                })
            }),
        ),
        ("127.53.2.2", says(evil)),
        ("127.53.2.3", good()),
        (
            "127.53.2.9",
            says(|question| Some(answer(question, [at(&asked(question), "192.0.2.66")]))),
        ),
    ])
    .await;
    let resolver = world.resolver("127.53.2.1");
    let www = resolver.lookup("www.evil.example", RecordType::A).await;
    assert_eq!(
        www.as_ref().map(|it| it.chain.clone()),
        Ok(vec!["www.bank.test".to_owned()])
    );
    assert_eq!(found(www), "192.0.2.1");
    for name in ["www.bank.test", "other.bank.test"] {
        assert_eq!(found(resolver.lookup(name, RecordType::A).await), "192.0.2.1");
    }
}

#[tokio::test]
async fn addresses_of_foreign_servers_that_come_with_a_delegation_are_not_believed() {
    let world = World::open([
        (
            "127.53.3.1",
            says(|question| {
                Some(match asked(question).as_str() {
                    it if is_in(it, "example") => refer(question, "example", "ns.example", Some("127.53.3.2")),
                    _ => refer(question, "test", "ns.test", Some("127.53.3.3")),
                })
            }),
        ),
        // It may delegate to a foreign server, but not say where that is.
        (
            "127.53.3.2",
            says(|question| Some(refer(question, "good.example", "ns.hosts.test", Some("127.53.3.9")))),
        ),
        (
            "127.53.3.3",
            says(|question| Some(answer(question, [at("ns.hosts.test", "127.53.3.4")]))),
        ),
        ("127.53.3.4", good()),
        (
            "127.53.3.9",
            says(|question| Some(answer(question, [at(&asked(question), "192.0.2.66")]))),
        ),
    ])
    .await;
    let resolver = world.resolver("127.53.3.1");
    assert_eq!(
        found(resolver.lookup("www.good.example", RecordType::A).await),
        "192.0.2.1"
    );
}

#[tokio::test]
async fn servers_that_send_up_sideways_or_in_circles_end() {
    let world = World::open([(
        "127.53.4.1",
        says(|question| {
            let name = asked(question);
            Some(match name.as_str() {
                it if is_in(it, "up.example") => refer(question, ".", "a.root", Some("127.53.4.1")),
                it if is_in(it, "side.example") => {
                    refer(question, "other.example", "ns.other.example", Some("127.53.4.1"))
                }
                // Each is served by a host in the other, and neither comes with an address.
                it if is_in(it, "one.example") => refer(question, "one.example", "ns.two.example", None),
                it if is_in(it, "two.example") => refer(question, "two.example", "ns.one.example", None),
                // Deeper with each answer.
                it => {
                    let labels: Vec<&str> = it.split('.').collect();
                    let asked = u16::from(question.metadata.id as u8) % labels.len() as u16;
                    let zone = labels[usize::from(asked)..].join(".");
                    refer(question, &zone, "ns.example", Some("127.53.4.1"))
                }
            })
        }),
    )])
    .await;
    let resolver = world.resolver("127.53.4.1");
    for name in ["www.up.example", "www.side.example"] {
        let error = resolver.lookup(name, RecordType::A).await;
        assert!(matches!(error, Err(DnsError::NotResponsible { .. })), "{error:?}");
    }
    for name in ["www.one.example", &format!("{}example", "a.".repeat(80))] {
        let before = world.asked.load(Ordering::Relaxed);
        assert!(resolver.lookup(name, RecordType::A).await.is_err());
        assert!(world.asked.load(Ordering::Relaxed) - before <= 64);
    }
}

#[tokio::test]
async fn lame_servers_are_passed_over_and_silence_is_a_doubt() {
    let world = World::open([
        (
            "127.53.5.1",
            says(|question| {
                let mut message = refer(question, "good.example", "a.good.example", Some("127.53.5.2"));
                for (host, address) in [("b", "127.53.5.3"), ("c", "127.53.5.4"), ("d", "127.53.5.5")] {
                    let host = format!("{host}.good.example");
                    message.add_authority(server("good.example", &host));
                    message.add_additional(at(&host, address));
                }
                Some(message)
            }),
        ),
        ("127.53.5.2", says(|question| Some(refused(question)))),
        ("127.53.5.3", says(|_| None)),
        // It asked others, and is no authority.
        (
            "127.53.5.4",
            says(|question| {
                let mut message = answer(question, [at(&asked(question), "192.0.2.66")]);
                message.metadata.authoritative = false;
                Some(message)
            }),
        ),
        (
            "127.53.5.5",
            says(|question| {
                (asked(question) == "www.good.example").then(|| answer(question, [at(&asked(question), "192.0.2.1")]))
            }),
        ),
    ])
    .await;
    let resolver = world.resolver("127.53.5.1");
    assert_eq!(
        found(resolver.lookup("www.good.example", RecordType::A).await),
        "192.0.2.1"
    );
    let error = resolver.lookup("silent.good.example", RecordType::A).await;
    assert!(matches!(error, Err(DnsError::Timeout { .. })), "{error:?}");
}

#[tokio::test]
async fn what_the_parent_says_of_its_child_is_asked_of_the_parent() {
    let world = World::open([
        (
            "127.53.6.1",
            says(|question| {
                Some(match question.queries[0].query_type() {
                    WireType::DS => {
                        let mut message = answer(question, []);
                        message.add_authority(zone_start("example"));
                        message
                    }
                    _ => refer(question, "good.example", "ns.good.example", Some("127.53.6.2")),
                })
            }),
        ),
        ("127.53.6.2", good()),
    ])
    .await;
    let resolver = world.resolver("127.53.6.1");
    assert_eq!(found(resolver.lookup("good.example", RecordType::A).await), "192.0.2.1");
    let answer = resolver.lookup("good.example", RecordType::Ds).await.expect("answered");
    assert_eq!(
        (answer.status, answer.server.ip().to_string().as_str()),
        (Status::NoData, "127.53.6.1")
    );
}

#[tokio::test]
async fn one_named_server_tells_what_it_knows_by_itself() {
    let world = World::open([(
        "127.53.7.1",
        says(|question| {
            let name = asked(question);
            Some(match name.as_str() {
                "example" => answer(question, [zone_start("example")]),
                "below.example" => refer(question, "below.example", "ns.below.example", None),
                "open.example" => {
                    let mut message = answer(question, [zone_start("open.example")]);
                    message.metadata.authoritative = false;
                    message
                }
                _ => refused(question),
            })
        }),
    )])
    .await;
    let resolver = world.resolver("127.53.7.1");
    let server = (Ipv4Addr::new(127, 53, 7, 1), world.port).into();
    let ask = async |name: &str, kind| resolver.ask_authority(server, name, kind).await;
    assert!(ask("example", RecordType::Soa).await.is_ok_and(|it| it.authoritative));
    let delegation = ask("below.example", RecordType::Ns).await.expect("a delegation");
    assert!(!delegation.authoritative && delegation.records.len() == 1);
    for (name, kind) in [("below.example", RecordType::Soa), ("open.example", RecordType::Soa)] {
        assert!(
            matches!(ask(name, kind).await, Err(DnsError::NotResponsible { .. })),
            "{name}"
        );
    }
    assert!(matches!(
        ask("foreign.test", RecordType::Soa).await,
        Err(DnsError::Refused { .. })
    ));
    let before = world.asked.load(Ordering::Relaxed);
    ask("example", RecordType::Soa).await.expect("answered");
    assert_eq!(world.asked.load(Ordering::Relaxed), before + 1, "nothing is remembered");
}

#[tokio::test]
async fn addresses_that_may_not_be_asked_are_not() {
    let world = World::open([(
        "127.53.8.1",
        says(|question| {
            Some(refer(
                question,
                "good.example",
                "ns.good.example",
                Some("169.254.169.254"),
            ))
        }),
    )])
    .await;
    let resolver = world.resolver("127.53.8.1");
    let error = resolver.lookup("good.example", RecordType::A).await;
    assert!(matches!(error, Err(DnsError::Astray { .. })), "{error:?}");
    let hosted = resolver.with_reach(crate::reach::Reach::PUBLIC);
    let server = (Ipv4Addr::new(127, 53, 8, 1), world.port).into();
    let error = hosted.ask_authority(server, "example", RecordType::Soa).await;
    assert!(matches!(error, Err(DnsError::OutOfReach(_))), "{error:?}");
}
