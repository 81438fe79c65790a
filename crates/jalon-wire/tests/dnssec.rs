//! Signatures against real servers: `lab/dnssec`, a small Internet with a signed root (knot and bind).

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use hickory_proto::{
    op::Message,
    rr::{Name, Record, RecordType as WireType},
};
use jalon_wire::dns::{Anchors, Answer, DnsError, RecordType, Resolver, Roots, Security, Status};
use jiff::Timestamp;
use tokio::net::UdpSocket;

/// What the laboratory says of itself.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "the laboratory's addresses come from whoever started it"
)]
fn lab(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: `cargo xtask test` starts the laboratory"))
}

#[track_caller]
fn file(name: &str) -> String {
    std::fs::read_to_string(lab(name)).expect("the laboratory left it")
}

fn port() -> u16 {
    lab("JALON_LAB_SIGNED_PORT").parse().expect("a port")
}

fn ids() -> impl Fn() -> u16 + Send + Sync + 'static {
    let next = AtomicU16::new(0x2f1d);
    move || next.fetch_add(0x2f1d, Ordering::Relaxed)
}

/// The laboratory signs when it starts, and its signatures hold for a month.
#[expect(clippy::disallowed_methods, reason = "this is a test's home of the clock")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn ready(resolver: Resolver) -> Resolver {
    let anchors = Anchors::parse(&file("JALON_LAB_SIGNED_ANCHOR")).expect("anchors");
    resolver.with_clock(Arc::new(now)).with_anchors(anchors)
}

/// From the root down, and through one server that knows everything.
fn both_ways() -> [(&'static str, Resolver); 2] {
    let roots = Roots::parse(&file("JALON_LAB_SIGNED_HINTS"))
        .expect("hints")
        .with_port(port());
    let server: SocketAddr = lab("JALON_LAB_SIGNED").parse().expect("an address");
    [
        ("from the root", ready(Resolver::authoritative(roots, ids()))),
        ("through one server", ready(Resolver::new([server], ids()))),
    ]
}

async fn check(name: &str, kind: RecordType, status: Status, security: Security) {
    for (way, resolver) in both_ways() {
        let answer = resolver.lookup_validated(name, kind).await;
        let answer: Answer = answer.unwrap_or_else(|it| panic!("{name} {way}: {it}"));
        assert_eq!(
            (answer.status, answer.security),
            (status, security),
            "{kind:?} {name} {way}"
        );
    }
}

#[tokio::test]
async fn every_zone_is_as_safe_as_it_was_made() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../lab/signed/truth.tsv");
    let truth = std::fs::read_to_string(path).expect("the laboratory's truth is committed");
    for line in truth.lines().filter(|it| !it.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let security = match fields[6] {
            "secure" => Security::Secure,
            "insecure" => Security::Insecure,
            "bogus" => Security::Bogus,
            other => panic!("{other}"),
        };
        check(fields[0], RecordType::Soa, Status::Found, security).await;
    }
}

#[tokio::test]
async fn records_aliases_and_wildcards_are_proved() {
    use RecordType::{A, Ds, Mx, Tlsa, Txt};
    for zone in ["secure.example", "hashed.example", "rsa.example", "secure.test"] {
        let at = |name: &str| format!("{name}.{zone}");
        check(zone, Mx, Status::Found, Security::Secure).await;
        check(zone, Ds, Status::Found, Security::Secure).await;
        check(zone, RecordType::Dnskey, Status::Found, Security::Secure).await;
        check(&at("_25._tcp.mail"), Tlsa, Status::Found, Security::Secure).await;
        check(&at("a.b.wild"), Txt, Status::Found, Security::Secure).await;
        // The alias is signed, what it leads to is not.
        check(&at("away"), A, Status::Found, Security::Insecure).await;
    }
}

#[tokio::test]
async fn absences_are_proved() {
    use RecordType::{A, Ds, Mx, Txt};
    for zone in ["secure.example", "hashed.example"] {
        let at = |name: &str| format!("{name}.{zone}");
        check(&at("none"), A, Status::NxDomain, Security::Secure).await;
        check(&at("x.y.none"), Mx, Status::NxDomain, Security::Secure).await;
        check(&at("www"), Mx, Status::NoData, Security::Secure).await;
        check(&at("empty"), A, Status::NoData, Security::Secure).await;
        check(&at("a.wild"), Mx, Status::NoData, Security::Secure).await;
        check(&at("www"), Ds, Status::NoData, Security::Secure).await;
    }
    check("plain.example", Ds, Status::NoData, Security::Secure).await;
    check("plain.test", Ds, Status::NoData, Security::Insecure).await;
    check("none.plain.example", Txt, Status::NxDomain, Security::Insecure).await;
    check("keyless.example", RecordType::Dnskey, Status::NoData, Security::Bogus).await;
}

#[tokio::test]
async fn who_cannot_follow_the_chain_says_nothing() {
    for (way, resolver) in both_ways() {
        let other = resolver.clone().with_anchors(Anchors::iana());
        let past = resolver
            .clone()
            .with_clock(Arc::new(|| "2020-01-15T00:00:00Z".parse().expect("an instant")));
        for (why, resolver) in [("another root", other), ("a wrong clock", past)] {
            let resolver = resolver.with_memory(jalon_wire::dns::Memory::default());
            let answer = resolver
                .lookup_validated("secure.example", RecordType::Mx)
                .await
                .expect("answered");
            assert_eq!(answer.security, Security::Indeterminate, "{why} {way}");
        }
        let plain = resolver
            .lookup("secure.example", RecordType::Mx)
            .await
            .expect("answered");
        assert_eq!(plain.security, Security::Indeterminate, "not asked for, {way}");
    }
}

#[tokio::test]
async fn servers_are_asked_one_by_one() {
    let (_, resolver) = both_ways().into_iter().next().expect("two");
    let at = |address: [u8; 4]| SocketAddr::from((address, port()));
    let (tld, knot, bind) = (at([127, 53, 0, 2]), at([127, 53, 0, 3]), at([127, 0, 0, 1]));
    let lame = resolver.ask_authority(bind, "lame.example", RecordType::Soa).await;
    assert!(matches!(lame, Err(DnsError::Refused { .. })), "{lame:?}");
    assert!(
        resolver
            .ask_authority(knot, "lame.example", RecordType::Soa)
            .await
            .is_ok()
    );
    let delegation = resolver
        .ask_authority(tld, "apart.example", RecordType::Ns)
        .await
        .expect("a delegation");
    assert_eq!((delegation.records.len(), delegation.authoritative), (2, false));
    let [one, other] = [knot, bind].map(|it| resolver.ask_authority(it, "apart.example", RecordType::Soa));
    let (one, other) = (one.await.expect("answered"), other.await.expect("answered"));
    assert_ne!(one.records[0].data, other.records[0].data);
}

/// Somebody on the way to the server that knows everything: asks it what `asked` makes of a question, and passes on what
/// `told` makes of the answer.
async fn meddler(
    asked: impl Fn(&str, WireType) -> Option<&'static str> + Send + 'static,
    told: impl Fn(&mut Message) + Send + 'static,
) -> Resolver {
    let real: SocketAddr = lab("JALON_LAB_SIGNED").parse().expect("an address");
    let (here, there) = (socket().await, socket().await);
    let address = here.local_addr().expect("bound");
    there.connect(real).await.expect("an address");
    tokio::spawn(async move {
        let mut buffer = [0; 4096];
        while let Ok((length, from)) = here.recv_from(&mut buffer).await {
            let mut question = Message::from_vec(&buffer[..length]).expect("our own question");
            let original = question.queries.clone();
            let name = original[0].name().to_ascii();
            if let Some(other) = asked(name.trim_end_matches('.'), original[0].query_type()) {
                question.queries[0].set_name(format!("{other}.").parse().expect("a name"));
            }
            there.send(&question.to_vec().expect("encodes")).await.expect("sent");
            let length = there.recv(&mut buffer).await.expect("answered");
            let mut answer = Message::from_vec(&buffer[..length]).expect("an answer");
            answer.queries = original;
            told(&mut answer);
            here.send_to(&answer.to_vec().expect("encodes"), from)
                .await
                .expect("sent");
        }
    });
    ready(Resolver::new([address], ids()))
}

async fn socket() -> UdpSocket {
    UdpSocket::bind("127.0.0.1:0").await.expect("a free port")
}

fn strip(message: &mut Message, from: &str) {
    let zone: Name = format!("{from}.").parse().expect("a name");
    let is_signature = |it: &Record| it.record_type() == WireType::RRSIG && zone.zone_of(&it.name);
    message.answers.retain(|it| !is_signature(it));
    message.authorities.retain(|it| !is_signature(it));
}

async fn told(resolver: &Resolver, name: &str, kind: RecordType) -> (Status, Security) {
    let answer = resolver.lookup_validated(name, kind).await.expect("answered");
    (answer.status, answer.security)
}

#[tokio::test]
async fn signatures_that_are_taken_out_make_an_answer_bogus_and_all_of_them_prove_nothing() {
    let (mx, a) = (RecordType::Mx, RecordType::A);
    let some = meddler(|_, _| None, |it| strip(it, "secure.example")).await;
    assert_eq!(
        told(&some, "secure.example", mx).await,
        (Status::Found, Security::Bogus)
    );
    assert_eq!(
        told(&some, "none.secure.example", a).await,
        (Status::NxDomain, Security::Bogus)
    );
    assert_eq!(told(&some, "secure.test", mx).await, (Status::Found, Security::Secure));
    let all = meddler(|_, _| None, |it| strip(it, "")).await;
    assert_eq!(
        told(&all, "secure.example", mx).await,
        (Status::Found, Security::Indeterminate)
    );
}

#[tokio::test]
async fn proofs_about_other_names_prove_nothing() {
    for zone in ["secure.example", "hashed.example"] {
        let resolver = meddler(
            |name, kind| match (name, kind) {
                ("www.secure.example", WireType::A) => Some("none.secure.example"),
                ("www.hashed.example", WireType::A) => Some("none.hashed.example"),
                ("mail.secure.example", WireType::A) => Some("deep.empty.secure.example"),
                ("mail.hashed.example", WireType::A) => Some("deep.empty.hashed.example"),
                _ => None,
            },
            |_| {},
        )
        .await;
        let at = |name: &str| format!("{name}.{zone}");
        let denied = told(&resolver, &at("www"), RecordType::A).await;
        assert_eq!(denied, (Status::NxDomain, Security::Bogus), "{zone}");
        let emptied = told(&resolver, &at("mail"), RecordType::A).await;
        assert_eq!(emptied, (Status::NoData, Security::Bogus), "{zone}");
    }
}

#[tokio::test]
async fn a_signed_delegation_cannot_be_denied() {
    let hide = |name: &str, kind| match (name, kind) {
        ("secure.example", WireType::DS) => Some("plain.example"),
        ("secure.test", WireType::DS) => Some("plain.test"),
        _ => None,
    };
    let resolver = meddler(hide, |_| {}).await;
    for zone in ["secure.example", "secure.test"] {
        let (_, security) = told(&resolver, zone, RecordType::Mx).await;
        assert_eq!(security, Security::Bogus, "{zone}");
    }
}

#[tokio::test]
async fn a_wildcard_has_to_prove_that_nothing_nearer_is_there() {
    let resolver = meddler(|_, _| None, |it| it.authorities.clear()).await;
    for zone in ["secure.example", "hashed.example"] {
        let found = told(&resolver, &format!("a.b.wild.{zone}"), RecordType::Txt).await;
        assert_eq!(found, (Status::Found, Security::Bogus), "{zone}");
    }
}
