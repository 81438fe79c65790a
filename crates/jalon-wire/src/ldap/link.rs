//! One connection: requests go out here, a task reads what comes back and sorts it by request. Entries
//! are decoded where they are read, so that whoever waits for a page is woken once a page.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bytes::{Buf, BytesMut};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    sync::mpsc,
    task::JoinHandle,
    time::timeout,
};

use super::{
    LdapError, code,
    decode::{Decoded, Decoder},
    message::{self, Message, Outcome, op},
    request::{self, Control},
};

/// Entries that are handed over at once when a server does not give pages, and how much memory they may take.
const AT_ONCE: usize = 1_000;
const BYTES_AT_ONCE: usize = 8 << 20;
/// Memory for entries that wait for whoever asked for them.
const MOST_WAITING: usize = 1 << 30;
/// Read from the socket at once.
const CHUNK: usize = 64 << 10;

type Reading = Box<dyn AsyncRead + Send + Unpin>;
type Writing = Box<dyn AsyncWrite + Send + Sync + Unpin>;

/// An open connection.
pub(super) struct Link {
    server: String,
    patience: Duration,
    writing: Writing,
    shared: Arc<Shared>,
    reader: JoinHandle<()>,
    last_id: i64,
}

/// An operation under way.
pub(super) struct Asked {
    pub(super) id: i64,
    parts: mpsc::UnboundedReceiver<Part>,
}

/// What came of an operation so far.
#[derive(Default)]
pub(super) struct Part {
    pub(super) entries: Vec<Decoded>,
    /// References to other servers.
    pub(super) references: u64,
    /// How it ended; `None` when more is to come.
    pub(super) outcome: Option<Outcome>,
    /// The memory that it takes, about.
    bytes: usize,
    weight: Option<Weight>,
}

/// Memory that is taken until this is dropped.
struct Weight {
    bytes: usize,
    waiting: Arc<AtomicUsize>,
}

impl Drop for Weight {
    fn drop(&mut self) {
        self.waiting.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// What the reading task and the rest have in common.
#[derive(Default)]
struct Shared {
    routes: Mutex<Routes>,
    /// Bytes read, to tell slowness from silence.
    heard: AtomicU64,
    /// Memory of what nobody has taken yet.
    waiting: Arc<AtomicUsize>,
}

#[derive(Default)]
struct Routes {
    open: HashMap<i64, Route>,
    ending: Option<Ending>,
}

/// Where the answers to one request go.
struct Route {
    part: Part,
    parts: mpsc::UnboundedSender<Part>,
}

/// Why nothing more will come.
#[derive(Clone, Debug)]
enum Ending {
    /// The connection is gone.
    Lost(String),
    /// What came is not LDAP, or not what was asked for.
    Unreadable(&'static str),
}

impl Drop for Link {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

impl Link {
    /// Takes over a connected stream, whose server may stay silent for so long.
    pub(super) fn new(server: String, patience: Duration, reading: Reading, writing: Writing) -> Self {
        let shared = Arc::new(Shared::default());
        let reader = Reader {
            reading,
            buffer: BytesMut::with_capacity(2 * CHUNK),
            decoder: Decoder::default(),
            shared: Arc::clone(&shared),
        };
        Self {
            server,
            patience,
            writing,
            shared,
            reader: tokio::spawn(reader.run()),
            last_id: 0,
        }
    }

    /// Sends a request that is answered.
    pub(super) async fn ask(&mut self, operation: &[u8], controls: &[Control]) -> Result<Asked, LdapError> {
        let (sender, parts) = mpsc::unbounded_channel();
        let id = self.next_id();
        self.shared.register(id, sender).map_err(|it| self.error(it))?;
        self.send(id, operation, controls).await?;
        Ok(Asked { id, parts })
    }

    /// Sends a request that is not.
    pub(super) async fn tell(&mut self, operation: &[u8]) -> Result<(), LdapError> {
        let id = self.next_id();
        self.send(id, operation, &[]).await
    }

    /// The next part of an answer.
    pub(super) async fn part(&self, asked: &mut Asked, during: &'static str) -> Result<Part, LdapError> {
        loop {
            let heard = self.shared.heard.load(Ordering::Relaxed);
            match timeout(self.patience, asked.parts.recv()).await {
                Ok(Some(mut part)) => {
                    part.weight = None;
                    return Ok(part);
                }
                Ok(None) => return Err(self.error(self.shared.ending())),
                Err(_) if self.shared.heard.load(Ordering::Relaxed) > heard => {}
                Err(_) => return Err(self.late(during)),
            }
        }
    }

    /// Sends a request and waits for its result.
    pub(super) async fn call(&mut self, operation: &[u8], during: &'static str) -> Result<Outcome, LdapError> {
        let mut asked = self.ask(operation, &[]).await?;
        loop {
            if let Some(outcome) = self.part(&mut asked, during).await?.outcome {
                return Ok(outcome);
            }
        }
    }

    async fn send(&mut self, id: i64, operation: &[u8], controls: &[Control]) -> Result<(), LdapError> {
        let message = request::message(id, operation, controls);
        let writing = async {
            self.writing.write_all(&message).await?;
            self.writing.flush().await
        };
        match timeout(self.patience, writing).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.error(Ending::Lost(error.to_string()))),
            Err(_) => Err(self.late("request")),
        }
    }

    /// No connection lives for so many requests that numbers would have to be used again.
    fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    fn late(&self, during: &'static str) -> LdapError {
        LdapError::Timeout {
            server: self.server.clone(),
            during,
        }
    }

    fn error(&self, ending: Ending) -> LdapError {
        let server = self.server.clone();
        match ending {
            Ending::Lost(reason) => LdapError::ConnectionLost {
                server,
                reason,
                entries: 0,
            },
            Ending::Unreadable(reason) => LdapError::Malformed {
                server,
                reason: reason.to_owned(),
            },
        }
    }
}

impl Shared {
    fn routes(&self) -> std::sync::MutexGuard<'_, Routes> {
        // Nothing that holds the lock can leave it half done.
        self.routes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn register(&self, id: i64, parts: mpsc::UnboundedSender<Part>) -> Result<(), Ending> {
        let mut routes = self.routes();
        if let Some(ending) = &routes.ending {
            return Err(ending.clone());
        }
        let part = Part::default();
        routes.open.insert(id, Route { part, parts });
        Ok(())
    }

    fn ending(&self) -> Ending {
        let ending = self.routes().ending.clone();
        ending.unwrap_or(Ending::Unreadable("the answer ended too early"))
    }
}

/// The task that reads.
struct Reader {
    reading: Reading,
    buffer: BytesMut,
    decoder: Decoder,
    shared: Arc<Shared>,
}

impl Reader {
    async fn run(mut self) {
        let ending = loop {
            if let Err(ending) = self.sort() {
                break ending;
            }
            self.buffer.reserve(CHUNK);
            match self.reading.read_buf(&mut self.buffer).await {
                Ok(0) => break Ending::Lost("the server closed it".to_owned()),
                Ok(bytes) => self.shared.heard.fetch_add(bytes as u64, Ordering::Relaxed),
                Err(error) => break Ending::Lost(error.to_string()),
            };
        };
        let mut routes = self.shared.routes();
        routes.ending = Some(ending);
        // Whoever waits is told by the end of the channel.
        routes.open.clear();
    }

    /// Sorts every message that has come whole.
    fn sort(&mut self) -> Result<(), Ending> {
        let mut routes = self.shared.routes();
        while let Some(length) = message::length(&self.buffer).map_err(Ending::Unreadable)? {
            let Some(bytes) = self.buffer.get(..length) else {
                break;
            };
            let message = Message::read(bytes).ok_or(Ending::Unreadable("it is no LDAP message"))?;
            if message.id == message::UNSOLICITED {
                return Err(goodbye(&message));
            }
            take_in(&mut routes.open, &message, &mut self.decoder, &self.shared.waiting)?;
            self.buffer.advance(length);
        }
        Ok(())
    }
}

/// Adds a message to what came of its operation. One that nobody waits for is dropped: its operation
/// was given up.
fn take_in(
    open: &mut HashMap<i64, Route>,
    message: &Message<'_>,
    decoder: &mut Decoder,
    waiting: &Arc<AtomicUsize>,
) -> Result<(), Ending> {
    let Some(route) = open.get_mut(&message.id) else {
        return Ok(());
    };
    match message.op {
        op::ENTRY => {
            let unreadable = Ending::Unreadable("an entry cannot be read");
            let decoded = decoder.read(message.content).ok_or(unreadable)?;
            route.part.bytes += memory(&decoded, message.content.len());
            route.part.entries.push(decoded);
        }
        op::REFERENCE => route.part.references += 1,
        op::INTERMEDIATE => {}
        _ => {
            let unreadable = Ending::Unreadable("a result cannot be read");
            route.part.outcome = Some(Outcome::read(message).ok_or(unreadable)?);
        }
    }
    let is_over = route.part.outcome.is_some();
    let is_enough = route.part.entries.len() >= AT_ONCE || route.part.bytes >= BYTES_AT_ONCE;
    if is_over || is_enough {
        let is_wanted = route.hand_over(waiting)?;
        if is_over || !is_wanted {
            open.remove(&message.id);
        }
    }
    Ok(())
}

/// What an entry takes, about: itself, its bytes, and a place for each value.
fn memory(decoded: &Decoded, bytes: usize) -> usize {
    const ENTRY: usize = 200;
    const VALUE: usize = 32;
    ENTRY + VALUE * decoded.entry.attributes.view().len() + bytes
}

impl Route {
    /// Whether anybody still wants it.
    fn hand_over(&mut self, waiting: &Arc<AtomicUsize>) -> Result<bool, Ending> {
        let mut part = std::mem::take(&mut self.part);
        let weight = Weight {
            bytes: part.bytes,
            waiting: Arc::clone(waiting),
        };
        let before = waiting.fetch_add(part.bytes, Ordering::Relaxed);
        part.weight = Some(weight);
        if before > MOST_WAITING {
            return Err(Ending::Unreadable(
                "it gives more than 1 GiB at once; it should give pages",
            ));
        }
        Ok(self.parts.send(part).is_ok())
    }
}

/// The server's last words (RFC 4511, 4.4.1).
fn goodbye(message: &Message<'_>) -> Ending {
    let said = Outcome::read(message).map(|it| code::said(&it));
    let said = said.unwrap_or_else(|| "without a word".to_owned());
    Ending::Lost(format!("the server hung up: {said}"))
}
