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
        assert_eq!(flight.hello(), Some((Version::Tls10, 0x0035)), "{size}");
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
    let greeting = listen(&mut &b"220 mail.contoso.example ESMTP\r\n"[..])
        .await
        .expect("read");
    assert!(
        matches!(&greeting, Greeting::NotTls(saw) if saw.starts_with("220 mail")),
        "{greeting:?}"
    );
    let greeting = listen(&mut &b""[..]).await.expect("read");
    assert!(matches!(greeting, Greeting::Closed), "{greeting:?}");
}

#[test]
fn a_hello_names_its_lengths_right() {
    let hello = write::client_hello(Some("contoso.example"), Version::Tls12);
    let record = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
    let message = usize::from(u16::from_be_bytes([hello[7], hello[8]]));
    assert_eq!((record, message), (hello.len() - 5, hello.len() - 9));
    assert!(hello.windows(15).any(|it| it == b"contoso.example"));
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
