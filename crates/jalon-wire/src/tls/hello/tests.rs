//! The flight against well-formed, split and arbitrary records.

use proptest::prelude::*;

use super::{flight::Taken, *};

/// ServerHello (TLS 1.0, a session id of two bytes) and two certificates.
fn flight_bytes() -> Vec<u8> {
    let hello = [&[3, 1][..], &[9; 32], &[2, 7, 7], &[0x00, 0x35], &[0]].concat();
    let certificates = [&[0, 0, 11][..], &[0, 0, 3, 1, 2, 3], &[0, 0, 2, 4, 5]].concat();
    let message = |kind: u8, body: &[u8]| [&[kind, 0, 0, body.len() as u8][..], body].concat();
    [message(2, &hello), message(11, &certificates)].concat()
}

#[test]
fn version_suite_and_certificates_are_read_however_records_are_cut() {
    let bytes = flight_bytes();
    for size in 1..=bytes.len() {
        let mut flight = Flight::default();
        let taken: Vec<_> = bytes.chunks(size).map(|it| flight.take(22, it)).collect();
        assert_eq!(taken.last(), Some(&Taken::Enough), "{size}");
        let hello = flight.hello().expect("a hello");
        assert_eq!((hello.version, hello.suite), (Version::Tls10, 0x0035), "{size}");
        let chain: Vec<_> = flight.into_chain().iter().map(|it| it.to_vec()).collect();
        assert_eq!(chain, [vec![1, 2, 3], vec![4, 5]], "{size}");
    }
}

#[test]
fn a_fatal_alert_ends_and_a_warning_does_not() {
    let mut flight = Flight::default();
    assert_eq!(flight.take(21, &[1, 112]), Taken::More);
    assert_eq!(flight.take(21, &[2, 70]), Taken::Alert(70));
}

#[tokio::test]
async fn plain_text_is_told_from_a_silent_close() {
    let greeting = listen(&mut &b"220 mail.contoso.example ESMTP\r\n"[..], Until::Chain)
        .await
        .expect("read");
    assert!(
        matches!(&greeting, Greeting::NotTls(saw) if saw.starts_with("220 mail")),
        "{greeting:?}"
    );
    let greeting = listen(&mut &b""[..], Until::Chain).await.expect("read");
    assert!(matches!(greeting, Greeting::Closed), "{greeting:?}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_no_refusal() {
    let record = |payload: &[u8]| [&[22, 3, 3, 0, payload.len() as u8][..], payload].concat();
    // A ServerHello of version 9.9, and one that ends inside its random.
    let unknown = [&[2, 0, 0, 38, 9, 9][..], &[0; 36]].concat();
    let cut = [2, 0, 0, 4, 3, 3, 0, 0];
    for strange in [
        record(&unknown),
        record(&cut),
        [record(&[2]), b"HTTP/1.1".to_vec()].concat(),
    ] {
        let greeting = listen(&mut &strange[..], Until::Hello).await.expect("read");
        assert!(matches!(greeting, Greeting::NotTls(_)), "{strange:?} {greeting:?}");
    }
}

fn offer(best: Version, suites: &[u16]) -> Vec<u8> {
    write::client_hello(&Offer {
        sni: Some("contoso.example"),
        best,
        suites,
        is_extended: true,
    })
}

#[test]
fn a_hello_names_its_lengths_right_and_has_none_that_hangs_a_load_balancer() {
    let suites = broad();
    for best in [Version::Ssl3, Version::Tls10, Version::Tls12, Version::Tls13] {
        for count in 0..suites.len() {
            let hello = offer(best, &suites[..count]);
            let record = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
            let message = usize::from(u16::from_be_bytes([hello[7], hello[8]]));
            assert_eq!((record, message), (hello.len() - 5, hello.len() - 9));
            assert!(!(256..=511).contains(&record), "{best} {count}: {record}");
            assert!(hello.windows(15).any(|it| it == b"contoso.example"));
        }
    }
}

#[test]
fn extensions_say_version_renegotiation_and_timestamps() {
    let hello = [&[3, 3][..], &[9; 32], &[0], &[0x13, 0x01], &[0]].concat();
    let extensions = [0, 14, 0, 43, 0, 2, 3, 4, 0xff, 1, 0, 0, 0, 18, 0, 0];
    let body = [&hello[..], &extensions].concat();
    let message = [&[2, 0, 0, body.len() as u8][..], &body].concat();
    let mut flight = Flight::default();
    flight.take(22, &message);
    let hello = flight.hello().expect("a hello");
    assert_eq!(hello.version, Version::Tls13);
    assert!(hello.renegotiates_securely && hello.has_timestamps);
}

#[test]
fn every_weak_kind_has_suites_and_no_suite_stands_twice() {
    for kind in SuiteKind::WEAK {
        assert!(of(&[kind]).len() > 2, "{kind:?}");
    }
    let mut all = [of(&SuiteKind::WEAK), broad(), of(&[SuiteKind::Current])].concat();
    all.sort_unstable();
    let broad_and_weak = of(&[SuiteKind::TripleDes, SuiteKind::Rc4]).len();
    let count = all.len();
    all.dedup();
    assert_eq!(all.len() + broad_and_weak, count);
}

proptest! {
    #[test]
    fn any_records_are_read_without_panic(records in proptest::collection::vec((18_u8..26, proptest::collection::vec(any::<u8>(), 0..80)), 0..8)) {
        let mut flight = Flight::default();
        for (kind, payload) in records {
            flight.take(kind, &payload);
        }
        flight.into_chain();
    }

    #[test]
    fn damaged_flights_are_read_without_panic(at in 0_usize..72, byte: u8) {
        let mut bytes = flight_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        Flight::default().take(22, &bytes);
    }
}
