//! Servers that begin in plain: sound, unwilling, slow, foreign and treacherous ones.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::Duration,
};

use proptest::prelude::*;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    net::TcpListener,
};

use super::{
    Client, StartTls, Target, TlsError, Upgraded, Wish,
    dialogue::{Dialogue, Trouble},
    imap, ldap, pop3, smtp,
};
use crate::tls::{
    Roots, Version,
    tests::{issued, old_flight, params, root},
};

const OWN: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

/// A server that says `turns[0]`, and each following turn once it has heard something.
async fn serve(mut stream: DuplexStream, turns: Vec<Vec<u8>>, silent_first: bool) -> String {
    let mut heard = Vec::new();
    for (place, turn) in turns.iter().enumerate() {
        if place > 0 || silent_first {
            let mut chunk = [0; 1024];
            match stream.read(&mut chunk).await {
                Ok(read @ 1..) => heard.extend_from_slice(&chunk[..read]),
                _ => break,
            }
        }
        if stream.write_all(turn).await.is_err() {
            break;
        }
    }
    // What is said last is heard too.
    drop(stream.shutdown().await);
    drop(stream.read_to_end(&mut heard).await);
    String::from_utf8_lossy(&heard).into_owned()
}

/// What comes of it, and what the server heard.
async fn talk(protocol: StartTls, turns: &[&[u8]]) -> (Result<Wish, Trouble>, String) {
    let (mut ours, theirs) = duplex(64 << 10);
    let turns = turns.iter().map(|it| it.to_vec()).collect();
    let server = tokio::spawn(serve(theirs, turns, protocol == StartTls::Ldap));
    let wish = {
        let mut dialogue = Dialogue::new(&mut ours);
        let wish = match protocol {
            StartTls::Smtp => smtp::wish(&mut dialogue, OWN).await,
            StartTls::Imap => imap::wish(&mut dialogue).await,
            StartTls::Pop3 => pop3::wish(&mut dialogue).await,
            StartTls::Ldap => ldap::wish(&mut dialogue).await,
        };
        match wish {
            Ok(Wish::Granted) if !dialogue.is_drained() => Err(Trouble::Overrun),
            wish => wish,
        }
    };
    drop(ours);
    (wish, server.await.expect("it ends"))
}

#[tokio::test]
async fn smtp_is_asked_in_its_own_words() {
    let turns: [&[u8]; 3] = [
        b"220-mail.contoso.example\r\n220 ESMTP\r\n",
        b"250-mail.contoso.example\r\n250-SIZE 100\r\n250-starttls\r\n250 HELP\r\n",
        b"220 go ahead\r\n",
    ];
    let (wish, heard) = talk(StartTls::Smtp, &turns).await;
    assert_eq!(wish.expect("granted"), Wish::Granted);
    assert_eq!(heard, "EHLO [192.0.2.7]\r\nSTARTTLS\r\n");
}

#[tokio::test]
async fn a_server_without_starttls_is_left_politely() {
    let turns: [&[u8]; 2] = [
        b"220 hi\r\n",
        b"250-STARTTLS.contoso.example\r\n250-XSTARTTLS\r\n250 SIZE\r\n",
    ];
    let (wish, heard) = talk(StartTls::Smtp, &turns).await;
    assert_eq!(wish.expect("plain"), Wish::Plain { said: String::new() });
    assert_eq!(heard, "EHLO [192.0.2.7]\r\nQUIT\r\n");
    let (wish, _) = talk(StartTls::Smtp, &[b"220 hi\r\n", b"502 not implemented\r\n"]).await;
    assert!(matches!(wish, Ok(Wish::Plain { said }) if said == "502 not implemented"));
    let (wish, _) = talk(
        StartTls::Smtp,
        &[b"220 hi\r\n", b"250-h\r\n250 STARTTLS\r\n", b"502 no\r\n"],
    )
    .await;
    assert!(matches!(wish, Ok(Wish::Plain { .. })));
}

#[tokio::test]
async fn who_is_turned_away_learns_nothing_about_tls() {
    for greeting in [&b"421 try later\r\n"[..], b"554-No\r\n554 your address is listed\r\n"] {
        let (wish, _) = talk(StartTls::Smtp, &[greeting]).await;
        assert!(matches!(wish, Err(Trouble::TurnedAway(_))), "{wish:?}");
    }
    for hello in [
        &b"450 greylisted\r\n"[..],
        b"550 I do not like your name\r\n",
        b"421 too many\r\n",
    ] {
        let (wish, _) = talk(StartTls::Smtp, &[b"220 hi\r\n", hello]).await;
        assert!(matches!(wish, Err(Trouble::TurnedAway(_))), "{wish:?}");
    }
    let turns: [&[u8]; 3] = [
        b"220 hi\r\n",
        b"250-h\r\n250 STARTTLS\r\n",
        b"454 TLS not available\r\n",
    ];
    let (wish, _) = talk(StartTls::Smtp, &turns).await;
    assert!(matches!(wish, Err(Trouble::TurnedAway(said)) if said == "454 TLS not available"));
    let turns: [&[u8]; 2] = [b"220 ****\r\n", b"250-h\r\n250-XXXXXXXA\r\n250 SIZE\r\n"];
    let (wish, _) = talk(StartTls::Smtp, &turns).await;
    assert!(
        matches!(wish, Err(Trouble::TurnedAway(_))),
        "a firewall hides it: {wish:?}"
    );
    let (wish, _) = talk(StartTls::Imap, &[b"* BYE busy\r\n"]).await;
    assert!(matches!(wish, Err(Trouble::TurnedAway(_))));
    let (wish, _) = talk(StartTls::Pop3, &[b"-ERR busy\r\n"]).await;
    assert!(matches!(wish, Err(Trouble::TurnedAway(_))));
}

#[tokio::test]
async fn what_follows_the_consent_in_plain_is_not_taken() {
    let turns: [&[u8]; 3] = [
        b"220 hi\r\n",
        b"250-h\r\n250 STARTTLS\r\n",
        b"220 go\r\n250 injected\r\n",
    ];
    let (wish, _) = talk(StartTls::Smtp, &turns).await;
    assert!(matches!(wish, Err(Trouble::Overrun)), "{wish:?}");
    let turns: [&[u8]; 3] = [
        b"* OK hi\r\n",
        b"* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\n",
        b"a2 OK go\r\n* OK injected\r\n",
    ];
    let (wish, _) = talk(StartTls::Imap, &turns).await;
    assert!(matches!(wish, Err(Trouble::Overrun)), "{wish:?}");
}

#[tokio::test]
async fn another_protocol_and_a_line_without_end_are_told() {
    for greeting in [
        &b"SSH-2.0-OpenSSH\r\n"[..],
        b"HTTP/1.1 400 Bad Request\r\n",
        b"220hi\r\n",
        b"220-a\r\n250 b\r\n",
        &[b'x'; 6000],
    ] {
        let (wish, _) = talk(StartTls::Smtp, &[greeting]).await;
        assert!(matches!(wish, Err(Trouble::Foreign(_))), "{wish:?}");
    }
    let endless = b"220-again\r\n".repeat(300);
    let (wish, _) = talk(StartTls::Smtp, &[&endless]).await;
    assert!(matches!(wish, Err(Trouble::Foreign(_))), "{wish:?}");
    let (wish, _) = talk(StartTls::Smtp, &[b"220-cut"]).await;
    assert!(matches!(wish, Err(Trouble::Ended)), "{wish:?}");
    let (wish, _) = talk(StartTls::Imap, &[b"220 smtp\r\n"]).await;
    assert!(matches!(wish, Err(Trouble::Foreign(_))), "{wish:?}");
}

#[tokio::test]
async fn imap_and_pop3_are_asked_in_their_own_words() {
    let turns: [&[u8]; 3] = [
        b"* OK [CAPABILITY IMAP4rev1] hi\r\n",
        b"* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na1 OK done\r\n",
        b"a2 OK begin\r\n",
    ];
    let (wish, heard) = talk(StartTls::Imap, &turns).await;
    assert_eq!(wish.expect("granted"), Wish::Granted);
    assert_eq!(heard, "a1 CAPABILITY\r\na2 STARTTLS\r\n");
    let turns: [&[u8]; 2] = [b"* OK hi\r\n", b"* CAPABILITY IMAP4rev1\r\na1 OK done\r\n"];
    let (wish, _) = talk(StartTls::Imap, &turns).await;
    assert_eq!(wish.expect("plain"), Wish::Plain { said: String::new() });
    let turns: [&[u8]; 3] = [b"+OK hi\r\n", b"+OK list\r\nUIDL\r\nSTLS\r\n.\r\n", b"+OK begin\r\n"];
    let (wish, heard) = talk(StartTls::Pop3, &turns).await;
    assert_eq!(wish.expect("granted"), Wish::Granted);
    assert_eq!(heard, "CAPA\r\nSTLS\r\n");
    let (wish, _) = talk(StartTls::Pop3, &[b"+OK hi\r\n", b"+OK\r\nUIDL\r\n.\r\n"]).await;
    assert_eq!(wish.expect("plain"), Wish::Plain { said: String::new() });
}

#[tokio::test]
async fn a_directory_says_yes_no_or_not_now() {
    let answer = |code: u8| [0x30, 0x0c, 2, 1, 1, 0x78, 7, 0x0a, 1, code, 4, 0, 4, 0];
    let (wish, _) = talk(StartTls::Ldap, &[&answer(0)]).await;
    assert_eq!(wish.expect("granted"), Wish::Granted);
    let (wish, _) = talk(StartTls::Ldap, &[&answer(2)]).await;
    assert!(matches!(wish, Ok(Wish::Plain { .. })), "{wish:?}");
    let (wish, _) = talk(StartTls::Ldap, &[&answer(52)]).await;
    assert!(matches!(wish, Err(Trouble::TurnedAway(_))), "{wish:?}");
    let (wish, _) = talk(StartTls::Ldap, &[b"220 smtp\r\n"]).await;
    assert!(matches!(wish, Err(Trouble::Foreign(_))), "{wish:?}");
}

#[test]
fn words_and_ports_name_protocols() {
    for protocol in StartTls::ALL {
        assert_eq!(protocol.word().parse(), Ok(protocol));
    }
    assert!("ftp".parse::<StartTls>().is_err());
    assert_eq!(StartTls::of_port(587), Some(StartTls::Smtp));
    assert_eq!(StartTls::of_port(993), None);
}

/// A mail server that agrees to TLS, then answers every ClientHello with these bytes.
async fn serve_after_starttls(flight: Vec<u8>) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut chunk = [0; 2048];
            for words in [&b"220 hi\r\n"[..], b"250-h\r\n250 STARTTLS\r\n", b"220 go\r\n", &flight] {
                drop(stream.write_all(words).await);
                if !matches!(stream.read(&mut chunk).await, Ok(1..)) {
                    break;
                }
            }
        }
    });
    address
}

async fn upgrade(address: std::net::SocketAddr) -> Result<Upgraded, TlsError> {
    let target = Target::new("mail.contoso.example", 25).expect("a target").at(address);
    let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
    let client = Client::new(Roots::public()).with_timeout(Duration::from_secs(5));
    client.upgrade(&target, StartTls::Smtp, now).await
}

#[tokio::test]
async fn a_mail_server_that_is_too_old_is_greeted_by_hand_after_its_own_words() {
    let (own, _) = issued(&params("mail.contoso.example", (2025, 2027)), &root());
    let flight = old_flight(1, 0x002f, &own);
    let seen = upgrade(serve_after_starttls(flight).await).await;
    assert!(
        matches!(&seen, Ok(Upgraded::Shown(it)) if it.protocol == Some(Version::Tls10)),
        "{seen:?}"
    );
}

#[tokio::test]
async fn a_mail_server_that_agrees_and_then_refuses_is_no_server_without_tls() {
    let seen = upgrade(serve_after_starttls(vec![21, 3, 3, 0, 2, 2, 40]).await).await;
    assert!(
        matches!(seen, Err(TlsError::HandshakeAlert { code: 40, .. })),
        "{seen:?}"
    );
    let seen = upgrade(serve_after_starttls(b"454 TLS is broken\r\n".to_vec()).await).await;
    assert!(matches!(seen, Err(TlsError::NotTls { .. })), "{seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_line_is_read_without_panic(line in "\\PC{0,40}", digits in "[0-9]{0,4}[ -]?\\PC{0,10}") {
        let _ = smtp::part(&line);
        if let Some(part) = smtp::part(&digits) {
            prop_assert!((200..600).contains(&part.code));
        }
    }

    #[test]
    fn any_server_is_survived(
        greeting in prop::sample::select(vec!["", "220 hi\r\n", "220 hi\r\n250-h\r\n250 STARTTLS\r\n", "* OK hi\r\n", "+OK hi\r\n+OK\r\n"]),
        more in prop::collection::vec(any::<u8>(), 0..400), place in 0usize..4,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let said = [greeting.as_bytes(), &more].concat();
        let (wish, _) = runtime.block_on(talk(StartTls::ALL[place], &[&said]));
        prop_assert!(!matches!(wish, Ok(Wish::Granted)) || !more.is_empty());
    }
}
