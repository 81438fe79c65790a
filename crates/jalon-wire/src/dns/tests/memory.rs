//! What is remembered, for how long, and what happens to questions that are asked at the same time.

use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

use super::*;

/// A clock that a test sets.
#[derive(Clone)]
struct Hand(Arc<Mutex<Timestamp>>);

impl Hand {
    fn noon() -> Self {
        Self(Arc::new(Mutex::new(
            "2026-11-20T12:00:00Z".parse().expect("an instant"),
        )))
    }

    fn later(&self, seconds: i64) {
        *self.0.lock().expect("nobody panicked") += SignedDuration::from_secs(seconds);
    }

    fn clock(&self) -> Clock {
        let hand = self.0.clone();
        Arc::new(move || *hand.lock().expect("nobody panicked"))
    }
}

/// A server with an address that lives a minute, an absence that lives five seconds, and a name that fails.
async fn counted() -> (SocketAddr, Arc<AtomicU16>) {
    let asked = Arc::new(AtomicU16::new(0));
    let counter = asked.clone();
    let server = serve(move |question, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        let name = question.queries[0].name().to_ascii();
        let mut message = match name.as_str() {
            "a.example." => answer(question, [address("a.example", 1)]),
            _ => answer(question, []),
        };
        if name.starts_with("none") {
            message.metadata.response_code = ResponseCode::NXDomain;
            message.add_authority(zone_start("example"));
        }
        if name.starts_with("fails") {
            message.metadata.response_code = ResponseCode::ServFail;
        }
        vec![bytes(&message)]
    })
    .await;
    (server, asked)
}

#[tokio::test]
async fn an_answer_is_remembered_as_long_as_it_says_and_keeps_its_lifetime() {
    let ((server, asked), hand) = (counted().await, Hand::noon());
    let resolver = resolver(&[server]).with_clock(hand.clock());
    let first = resolver.lookup("a.example", RecordType::A).await.expect("answered");
    hand.later(59);
    let again = resolver
        .clone()
        .lookup("A.Example.", RecordType::A)
        .await
        .expect("remembered");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    assert_eq!((first.left, again.left), (60, 1));
    assert_eq!((again.records[0].ttl, again.at), (60, first.at));
    hand.later(1);
    resolver.lookup("a.example", RecordType::A).await.expect("answered");
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    resolver.lookup("a.example", RecordType::Aaaa).await.expect("answered");
    assert_eq!(asked.load(Ordering::Relaxed), 3, "another type is another question");
}

#[tokio::test]
async fn an_absence_is_remembered_as_the_zone_says_and_a_failure_is_not() {
    let ((server, asked), hand) = (counted().await, Hand::noon());
    let resolver = resolver(&[server]).with_clock(hand.clock());
    for seconds in [0, 4] {
        hand.later(seconds);
        let answer = resolver.lookup("none.example", RecordType::A).await.expect("answered");
        assert_eq!((answer.status, answer.left), (Status::NxDomain, 5 - seconds as u32));
    }
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    hand.later(1);
    resolver.lookup("none.example", RecordType::A).await.expect("answered");
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    for _ in 0..2 {
        resolver
            .lookup("fails.example", RecordType::A)
            .await
            .expect_err("fails");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 4);
}

#[tokio::test]
async fn without_a_clock_nothing_is_remembered() {
    let (server, asked) = counted().await;
    let resolver = resolver(&[server]);
    for _ in 0..2 {
        resolver.lookup("a.example", RecordType::A).await.expect("answered");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn equal_questions_at_the_same_time_are_asked_once_and_fail_together() {
    let ((server, asked), hand) = (counted().await, Hand::noon());
    let one = resolver(&[server]).with_clock(hand.clock());
    let other = resolver(&[server]).with_clock(hand.clock());
    let memory = Memory::default();
    let (one, other) = (one.with_memory(memory.clone()), other.with_memory(memory));
    let mut tasks = tokio::task::JoinSet::new();
    for turn in 0..100 {
        let resolver = if turn % 2 == 0 { one.clone() } else { other.clone() };
        tasks.spawn(async move { resolver.lookup("fails.example", RecordType::A).await });
    }
    let failed = tasks.join_all().await.into_iter().filter(Result::is_err).count();
    assert_eq!((failed, asked.load(Ordering::Relaxed)), (100, 1));
}

#[tokio::test]
async fn a_question_whose_asker_went_away_is_asked_by_the_next() {
    let (server, _) = counted().await;
    let resolver = resolver(&[server]);
    let asker = resolver.clone();
    let first = tokio::spawn(async move { asker.lookup("a.example", RecordType::A).await });
    first.abort();
    assert!(resolver.lookup("a.example", RecordType::A).await.is_ok());
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_not_taken_for_the_next_one() {
    // The answer to the first question is sent when the second arrives, before its own.
    let late: Arc<Mutex<Option<Vec<u8>>>> = Arc::default();
    let server = serve(move |question, _| {
        let mut late = late.lock().expect("nobody panicked");
        let right = bytes(&answer(question, [address("a.example", 1)]));
        match late.take() {
            None => {
                *late = Some(bytes(&answer(question, [address("a.example", 66)])));
                Vec::new()
            }
            Some(wrong) => vec![wrong, right],
        }
    })
    .await;
    let resolver = resolver(&[server]).with_timeout(Duration::from_millis(400));
    let answer = resolver.lookup("a.example", RecordType::A).await.expect("answered");
    let address = Ipv4Addr::new(192, 0, 2, 1);
    assert_eq!(answer.records[0].data, Data::A { address });
}

#[tokio::test]
async fn an_answer_from_another_address_is_not_taken() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
    let server = socket.local_addr().expect("bound");
    tokio::spawn(async move {
        let liar = UdpSocket::bind("127.0.0.2:0").await.expect("a free port");
        let mut buffer = [0; 2048];
        while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
            let question = Message::from_vec(&buffer[..length]).expect("our own question");
            let wrong = answer(&question, [address("a.example", 66)]);
            liar.send_to(&bytes(&wrong), from).await.expect("sent");
            let right = answer(&question, [address("a.example", 1)]);
            socket.send_to(&bytes(&right), from).await.expect("sent");
        }
    });
    let answer = resolver(&[server])
        .lookup("a.example", RecordType::A)
        .await
        .expect("answered");
    let address = Ipv4Addr::new(192, 0, 2, 1);
    assert_eq!(answer.records[0].data, Data::A { address });
}

#[tokio::test]
async fn a_server_that_went_silent_is_asked_last_for_a_while() {
    let asked = Arc::new(AtomicU16::new(0));
    let counter = asked.clone();
    let silent = serve(move |_, _| {
        counter.fetch_add(1, Ordering::Relaxed);
        Vec::new()
    })
    .await;
    let (talking, _) = counted().await;
    let resolver = resolver(&[silent, talking]).with_timeout(Duration::from_millis(50));
    for _ in 0..5 {
        resolver.lookup("a.example", RecordType::A).await.expect("answered");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn where_no_named_server_is_ever_heard_they_are_soon_not_asked() {
    let hand = Hand::noon();
    let resolver = resolver(&[])
        .with_clock(hand.clock())
        .with_timeout(Duration::from_millis(30));
    let (mut counters, mut errors) = (Vec::new(), Vec::new());
    for _ in 0..8 {
        let counter = Arc::new(AtomicU16::new(0));
        counters.push(counter.clone());
        let silent = serve(move |_, _| {
            counter.fetch_add(1, Ordering::Relaxed);
            Vec::new()
        })
        .await;
        errors.push(resolver.ask_authority(silent, "a.example", RecordType::Soa).await);
    }
    let skipped = errors
        .iter()
        .filter(|it| matches!(it, Err(DnsError::Silent { .. })))
        .count();
    // The last question to a server may be read after its time is over.
    let asked = counters.iter().filter(|it| it.load(Ordering::Relaxed) > 0).count();
    assert_eq!((skipped, asked), (2, 6));
}

#[tokio::test]
async fn an_answer_from_one_server_after_errors_of_others_is_an_answer() {
    let failing = |code| {
        serve(move |question, _| {
            let mut message = answer(question, []);
            message.metadata.response_code = code;
            vec![bytes(&message)]
        })
    };
    // It neither asks others nor serves the zone.
    let foreign = serve(|question, _| {
        let mut message = answer(question, []);
        message.metadata.authoritative = false;
        vec![bytes(&message)]
    });
    let servers = [
        failing(ResponseCode::ServFail).await,
        failing(ResponseCode::Refused).await,
        foreign.await,
        counted().await.0,
    ];
    let answer = resolver(&servers)
        .lookup("a.example", RecordType::A)
        .await
        .expect("answered");
    assert_eq!(answer.server, servers[3]);
}
