//! Surveys of a server that says what no library says any more: SSL 3.0, RC4, export suites; and that refuses by alert, by
//! closing, by silence, or whoever calls too often.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use super::*;

#[derive(Clone, Copy)]
enum Refusal {
    Alert(u8),
    Close,
    Silence,
}

#[derive(Clone)]
struct Puppet {
    /// Minor numbers on the wire.
    versions: &'static [u8],
    suites: &'static [u16],
    refusal: Refusal,
    /// How many connections it answers before it closes them all.
    patience: usize,
    certificate: Vec<u8>,
}

impl Puppet {
    fn answer(&self, hello: &[u8]) -> Option<Vec<u8>> {
        let version = *self.versions.iter().filter(|it| **it <= hello[10]).max()?;
        let session = usize::from(hello[43]);
        let at = 44 + session;
        let length = usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
        let mut offered = hello[at + 2..at + 2 + length]
            .chunks(2)
            .map(|it| u16::from_be_bytes([it[0], it[1]]));
        let suite = offered.find(|it| self.suites.contains(it))?;
        Some(old_flight(version, suite, &self.certificate))
    }

    async fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let calls = Arc::new(AtomicUsize::new(0));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (puppet, calls) = (self.clone(), calls.clone());
                tokio::spawn(async move {
                    if calls.fetch_add(1, Ordering::Relaxed) >= puppet.patience {
                        return;
                    }
                    let mut hello = vec![0; 2048];
                    let read = stream.read(&mut hello).await.unwrap_or(0);
                    if read < 60 {
                        return;
                    }
                    match (puppet.answer(&hello), puppet.refusal) {
                        (Some(flight), _) => drop(stream.write_all(&flight).await),
                        (None, Refusal::Alert(code)) => drop(stream.write_all(&[21, 3, 1, 0, 2, 2, code]).await),
                        (None, Refusal::Close) => return,
                        (None, Refusal::Silence) => {}
                    }
                    while matches!(stream.read(&mut [0; 1024]).await, Ok(1..)) {}
                });
            }
        });
        address
    }
}

async fn survey(puppet: Puppet) -> Survey {
    let root = root();
    let target = target(puppet.serve().await);
    let address = target.connect_to.expect("given");
    let client = client(&root).with_timeout(Duration::from_millis(500));
    let seen = client.handshake(&target, now()).await.expect("seen by hand");
    client.survey(&*client.at(address), &target, &seen).await
}

fn puppet(versions: &'static [u8], suites: &'static [u16], refusal: Refusal) -> Puppet {
    let (own, _) = issued(&params(HOST, (2025, 2027)), &root());
    Puppet {
        versions,
        suites,
        refusal,
        patience: usize::MAX,
        certificate: own.to_vec(),
    }
}

fn taken<T: Copy>(all: &[Offered<T>]) -> Vec<T> {
    all.iter().filter(|it| it.is_accepted()).map(|it| it.what).collect()
}

fn is_unclear(answer: &Answer) -> bool {
    matches!(answer, Answer::Unclear { .. })
}

/// RSA with AES, in CBC and in GCM: nothing that rustls offers.
const PLAIN: &[u16] = &[0x009c, 0x002f];

#[tokio::test]
async fn a_server_of_the_last_century_takes_every_weak_kind() {
    let suites = &[0x0005, 0x000a, 0x0003, 0x0001, 0x0018, 0x0009];
    let seen = survey(puppet(&[0, 1], suites, Refusal::Alert(40))).await;
    assert_eq!(taken(&seen.versions), [Version::Tls10, Version::Ssl3]);
    assert_eq!(taken(&seen.weak_suites), SuiteKind::WEAK);
    assert_eq!((seen.aead, seen.renegotiates_securely), (None, Some(false)));
}

#[tokio::test]
async fn rc4_that_is_kept_for_the_oldest_version_is_found_there() {
    let seen = survey(puppet(&[1, 2, 3], &[0x009c, 0x002f, 0x0005], Refusal::Alert(70))).await;
    assert_eq!(taken(&seen.versions), [Version::Tls12, Version::Tls11, Version::Tls10]);
    assert_eq!(taken(&seen.weak_suites), [SuiteKind::Rc4]);
    assert_eq!(seen.renegotiates_securely, Some(false));
}

#[tokio::test]
async fn closing_refuses_where_a_welcome_greeting_still_is() {
    let seen = survey(puppet(&[3], PLAIN, Refusal::Close)).await;
    assert_eq!(taken(&seen.versions), [Version::Tls12]);
    assert!(!seen.versions.iter().any(|it| is_unclear(&it.answer)), "{seen:?}");
    assert!(!seen.weak_suites.iter().any(|it| is_unclear(&it.answer)), "{seen:?}");
}

#[tokio::test]
async fn an_alert_about_something_else_refuses_only_when_it_stays() {
    let seen = survey(puppet(&[3], PLAIN, Refusal::Alert(80))).await;
    assert_eq!(taken(&seen.versions), [Version::Tls12]);
    assert!(!seen.versions.iter().any(|it| is_unclear(&it.answer)), "{seen:?}");
}

#[tokio::test]
async fn silence_is_a_doubt_and_soon_ends_the_questions() {
    let mut silent = puppet(&[3], PLAIN, Refusal::Silence);
    // The current client is refused aloud, or nothing would be seen at all.
    silent.suites = &[0x009c, 0x002f, 0xc02f];
    let seen = survey(silent).await;
    assert_eq!(taken(&seen.versions), [Version::Tls12]);
    assert!(seen.versions[2..].iter().all(|it| is_unclear(&it.answer)), "{seen:?}");
    assert!(seen.weak_suites.iter().all(|it| is_unclear(&it.answer)), "{seen:?}");
    assert!(seen.connections <= 4, "{seen:?}");
}

#[tokio::test]
async fn a_server_that_counts_calls_is_a_doubt_and_refuses_nothing() {
    let mut strict = puppet(&[2, 3], PLAIN, Refusal::Alert(40));
    // Two to be seen, two more to be asked.
    strict.patience = 4;
    let seen = survey(strict).await;
    assert_eq!(taken(&seen.versions), [Version::Tls12]);
    assert!(seen.versions[2..].iter().all(|it| is_unclear(&it.answer)), "{seen:?}");
    assert!(seen.weak_suites.iter().all(|it| is_unclear(&it.answer)), "{seen:?}");
}
