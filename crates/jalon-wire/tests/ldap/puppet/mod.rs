//! A server that says whatever a test makes it say: what a broken or a hostile one would.

mod hostile;
mod pages;

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread::JoinHandle,
    time::Duration,
};

use jalon_wire::{
    ldap::{Bind, Client, Query, Settings},
    tls::Roots,
};

use crate::lab::{address, settings};

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
        // A small integer comes first.
        self.content().map(|it| it[2])
    }

    /// The id of the next request, which must hold all of these: a name, an attribute, a cookie.
    #[track_caller]
    fn request_with(&mut self, words: &[&str]) -> u8 {
        let content = self.content().expect("the client asks for more");
        for word in words {
            let is_there = content.windows(word.len()).any(|it| it == word.as_bytes());
            assert!(is_there, "no {word} in {}", String::from_utf8_lossy(&content));
        }
        content[2]
    }

    fn content(&mut self) -> Option<Vec<u8>> {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).ok()?;
        let length = match head[1] {
            0x81 => usize::from(self.byte()?),
            0x82 => usize::from(self.byte()?) << 8 | usize::from(self.byte()?),
            short => usize::from(short),
        };
        let mut content = vec![0; length];
        self.0.read_exact(&mut content).ok()?;
        Some(content)
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

    /// The end of a page that is not the last.
    fn more(&mut self, id: u8, cookie: &str) {
        let value = element(0x30, &[&[2, 1, 0][..], &element(4, cookie.as_bytes())].concat());
        let oid = element(4, b"1.2.840.113556.1.4.319");
        let control = element(0x30, &[oid, element(4, &value)].concat());
        let done = element(0x65, &[10, 1, 0, 4, 0, 4, 0]);
        self.answer(id, &[done, element(0xa0, &control)].concat());
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
