//! A server that says whatever a test makes it say: what a broken or a hostile one would.

use std::{
    collections::HashSet,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread::JoinHandle,
    time::Duration,
};

use jalon_wire::{
    ldap::{Bind, Client, LdapError, Query, Settings},
    tls::Roots,
};

use crate::lab::{address, all, settings};

/// One connection after the other, each played by a function; the last one's answers end the play.
struct Puppet {
    url: String,
    play: Option<JoinHandle<()>>,
}

impl Puppet {
    fn new<const N: usize>(scenes: [fn(&mut Stage); N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("ldap://{}", listener.local_addr().expect("it is bound"));
        let play = std::thread::spawn(move || {
            for scene in scenes {
                let (stream, _) = listener.accept().expect("the client comes");
                scene(&mut Stage(stream));
            }
        });
        Self { url, play: Some(play) }
    }

    async fn client(&self, change: impl FnOnce(&mut Settings)) -> Client {
        let mut settings = settings(Roots::public());
        settings.retry = vec![Duration::ZERO];
        change(&mut settings);
        let client = Client::connect(address(&self.url), Bind::Anonymous, settings).await;
        client.expect("it listens")
    }
}

impl Drop for Puppet {
    fn drop(&mut self) {
        let played = self.play.take().map(JoinHandle::join);
        // Whatever went wrong on the stage is worth more than what followed from it.
        if !std::thread::panicking() {
            assert!(played.is_some_and(|it| it.is_ok()), "the play went wrong");
        }
    }
}

/// The server's side of one connection.
struct Stage(TcpStream);

impl Stage {
    /// The id of the next request, whatever it is; `None` when the client has gone.
    fn request(&mut self) -> Option<u8> {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).ok()?;
        let length = match head[1] {
            0x81 => usize::from(self.byte()?),
            0x82 => usize::from(self.byte()?) << 8 | usize::from(self.byte()?),
            short => usize::from(short),
        };
        let mut content = vec![0; length];
        self.0.read_exact(&mut content).ok()?;
        // A small integer comes first.
        Some(content[2])
    }

    fn byte(&mut self) -> Option<u8> {
        let mut byte = [0];
        self.0.read_exact(&mut byte).ok()?;
        Some(byte[0])
    }

    /// A client that has heard enough may hang up before it has heard all.
    fn say(&mut self, bytes: &[u8]) {
        drop(self.0.write_all(bytes));
    }

    fn answer(&mut self, id: u8, operation: &[u8]) {
        self.say(&element(0x30, &[&[2, 1, id], operation].concat()));
    }

    fn entry(&mut self, id: u8, dn: &str, attributes: &[(&str, Vec<String>)]) {
        let attributes: Vec<u8> = attributes
            .iter()
            .flat_map(|(name, values)| attribute(name, values))
            .collect();
        let content = [element(4, dn.as_bytes()), element(0x30, &attributes)].concat();
        self.answer(id, &element(0x64, &content));
    }

    fn done(&mut self, id: u8, code: u8) {
        self.answer(id, &element(0x65, &[10, 1, code, 4, 0, 4, 0]));
    }

    /// Until the client hangs up.
    fn wait(&mut self) {
        while self.request().is_some() {}
    }
}

fn attribute(name: &str, values: &[String]) -> Vec<u8> {
    let values: Vec<u8> = values.iter().flat_map(|it| element(4, it.as_bytes())).collect();
    element(0x30, &[element(4, name.as_bytes()), element(0x31, &values)].concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = vec![tag];
    match length {
        0..=0x7f => bytes.push(length as u8),
        _ => {
            bytes.push(0x84);
            bytes.extend((length as u32).to_be_bytes());
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

fn query() -> Query {
    Query::below("DC=a", &["cn"])
}

#[tokio::test]
async fn what_is_no_ldap_is_unreadable() {
    let puppet = Puppet::new([|stage| {
        stage.request();
        stage.say(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("no LDAP");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

/// Half a megabyte of sequences in sequences would exhaust the stack of whoever follows them down.
#[tokio::test]
async fn depth_does_no_harm() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("a search");
        let mut nested = Vec::new();
        for _ in 0..100_000 {
            nested.extend([0x30, 0x84, 0, 0, 0, 0]);
        }
        // Each is as long as everything after it.
        let whole = nested.len();
        for place in (0..whole).step_by(6) {
            let rest = (whole - place - 6) as u32;
            nested[place + 2..place + 6].copy_from_slice(&rest.to_be_bytes());
        }
        stage.answer(id, &element(0x64, &[element(4, b"cn=a"), nested].concat()));
        stage.done(id, 0);
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("no entry");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

#[tokio::test]
async fn an_announced_gigabyte_is_not_waited_for() {
    let puppet = Puppet::new([|stage| {
        stage.request();
        stage.say(&[0x30, 0x84, 0x40, 0, 0, 0, 2, 1, 1]);
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("too long");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

#[tokio::test]
async fn silence_ends() {
    let silent: fn(&mut Stage) = Stage::wait;
    let puppet = Puppet::new([silent, silent]);
    let mut client = puppet
        .client(|it| it.operation_timeout = Duration::from_millis(50))
        .await;
    let error = all(&mut client, &query()).await.expect_err("no answer");
    assert!(matches!(error, LdapError::Timeout { during: "search", .. }), "{error}");
}

/// What Active Directory says before it hangs up, with a name where controls belong.
#[tokio::test]
async fn a_last_word_is_passed_on() {
    let goodbye: fn(&mut Stage) = |stage| {
        stage.request();
        let said = [&[10, 1, 52, 4, 0][..], &element(4, b"going down")].concat();
        let name = element(0x8a, b"1.3.6.1.4.1.1466.20036");
        stage.say(&element(0x30, &[&[2, 1, 0][..], &element(0x78, &said), &name].concat()));
    };
    let puppet = Puppet::new([goodbye, goodbye]);
    let error = all(&mut puppet.client(|_| ()).await, &query()).await.expect_err("gone");
    assert!(error.to_string().contains("the server hung up: going down"), "{error}");
}

/// Active Directory gives 1,500 values at once; it says so, and gives the others to whoever asks.
#[tokio::test]
async fn values_that_come_in_parts_are_asked_for_to_the_end() {
    let puppet = Puppet::new([|stage| {
        let members = |from: usize, to: usize| (from..to).map(|it| format!("cn={it}")).collect::<Vec<_>>();
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=small", &[("member", members(0, 2))]);
        stage.entry(
            id,
            "cn=large",
            &[
                ("member", vec![]),
                ("member;range=0-1499", members(0, 1_500)),
                ("cn", members(7, 8)),
            ],
        );
        stage.done(id, 0);
        for (range, from, to) in [("1500-2999", 1_500, 3_000), ("3000-*", 3_000, 3_200)] {
            let id = stage.request().expect("a search for more");
            stage.entry(id, "cn=large", &[(&format!("member;range={range}"), members(from, to))]);
            stage.done(id, 0);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let found = all(&mut client, &query()).await.expect("both");
    let members: Vec<_> = found[1].attributes.values("member").map(|it| it.bytes).collect();
    assert_eq!((found.len(), members.len()), (2, 3_200));
    assert_eq!(members.iter().collect::<HashSet<_>>().len(), 3_200);
    assert_eq!(found[1].attributes.first("cn").map(|it| it.bytes), Some(&b"cn=7"[..]));
    drop(client);
}

/// The same part again and again would be asked for without end.
#[tokio::test]
async fn a_server_that_gives_one_part_for_ever_is_left_with_it() {
    let puppet = Puppet::new([|stage| {
        let part = [("member;range=0-0", vec!["cn=0".to_owned()])];
        for _ in 0..2 {
            let id = stage.request().expect("a search");
            stage.entry(id, "cn=a", &part);
            stage.done(id, 0);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    assert_eq!(all(&mut client, &query()).await.expect("one").len(), 1);
    drop(client);
}

/// A server that does not know the control for pages, and one that knows it only when it may ignore it.
#[tokio::test]
async fn a_server_that_does_not_know_pages_is_asked_without() {
    let puppet = Puppet::new([|stage| {
        for code in [12, 12, 0] {
            let id = stage.request().expect("a search");
            if code == 0 {
                stage.entry(id, "cn=a", &[]);
            }
            stage.done(id, code);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let query = query();
    let mut scan = client.scan(&query, &|| false);
    assert_eq!(scan.next_batch().await.expect("one").map(|it| it.len()), Some(1));
    assert_eq!(scan.tally().page, 0);
    drop(client);
}

/// A read that breaks in the same place every time ends.
#[tokio::test]
async fn a_server_that_always_hangs_up_is_given_up() {
    let hang_up: fn(&mut Stage) = |stage| {
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=a", &[]);
    };
    let puppet = Puppet::new([hang_up, hang_up]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("it never ends");
    assert!(matches!(error, LdapError::ConnectionLost { entries: 0, .. }), "{error}");
}

#[tokio::test]
async fn what_follows_the_answer_to_start_tls_is_not_trusted() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("StartTLS");
        let answer = element(
            0x30,
            &[&[2, 1, id][..], &element(0x78, &[10, 1, 0, 4, 0, 4, 0])].concat(),
        );
        let smuggled = element(0x30, &[2, 1, 2, 0x65, 7, 10, 1, 0, 4, 0, 4, 0]);
        stage.say(&[answer, smuggled].concat());
        stage.wait();
    }]);
    let settings = Settings {
        start_tls: true,
        ..settings(Roots::public())
    };
    let error = Client::connect(address(&puppet.url), Bind::Anonymous, settings)
        .await
        .err();
    assert!(
        error
            .as_ref()
            .is_some_and(|it| it.to_string().contains("more than the answer")),
        "{error:?}"
    );
}

/// A scan may be driven by any task of a runtime.
#[tokio::test]
async fn a_scan_can_be_spawned() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=a", &[]);
        stage.done(id, 0);
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let scanning = tokio::spawn(async move { all(&mut client, &query()).await });
    let found = scanning.await.expect("it does not panic").expect("one");
    assert_eq!(found.len(), 1);
}
