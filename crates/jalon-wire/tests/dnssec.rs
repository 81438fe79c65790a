//! Signatures against real servers: `lab/dnssec`, a small Internet with a signed root (knot and bind).

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use jalon_wire::dns::{Anchors, Answer, DnsError, RecordType, Resolver, Roots, Security, Status};
use jiff::Timestamp;

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
