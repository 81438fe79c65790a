//! One question to one server: a datagram, and a TCP connection when the answer does not fit.

use std::{io, net::SocketAddr, time::Duration};

use hickory_proto::op::Message;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

use super::{
    DnsError, Transport,
    message::{Arrived, Question},
    name::text,
    sockets::Sockets,
};

/// The message that came back, and how.
pub(super) struct Exchanged {
    pub(super) message: Box<Message>,
    pub(super) over: Transport,
    pub(super) rtt: Duration,
}

/// A server, and how long one try may take.
#[derive(Clone, Copy)]
pub(super) struct Peer<'a> {
    pub(super) server: SocketAddr,
    pub(super) patience: Duration,
    pub(super) sockets: &'a Sockets,
}

/// Why an exchange came to nothing.
enum Failure {
    Io(io::Error),
    Malformed(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Peer<'_> {
    pub(super) async fn ask(self, question: &Question<'_>) -> Result<Exchanged, DnsError> {
        let asked = question
            .encode()
            .map_err(|it| self.failed(question, Failure::Malformed(it)))?;
        match self.by_datagram(question, &asked).await? {
            Some(reply) => Ok(reply),
            None => self.by_stream(question, &asked).await,
        }
    }

    /// A truncated answer is `None`.
    async fn by_datagram(self, question: &Question<'_>, asked: &[u8]) -> Result<Option<Exchanged>, DnsError> {
        let started = Instant::now();
        let arrived = self.in_time(question, self.datagram(question, asked)).await?;
        let reply = |message| Exchanged {
            message,
            over: Transport::Udp,
            rtt: started.elapsed(),
        };
        Ok(arrived.map(reply))
    }

    async fn datagram(self, question: &Question<'_>, asked: &[u8]) -> Result<Option<Box<Message>>, Failure> {
        let mut socket = self.sockets.take(self.server).await?;
        socket.udp.send(asked).await?;
        let mut is_clean = true;
        loop {
            let length = socket.udp.recv(&mut socket.buffer).await?;
            let arrived = match question.recognise(&socket.buffer[..length]) {
                Arrived::Answer(message) => Some(message),
                Arrived::Truncated => None,
                Arrived::Malformed(reason) => return Err(Failure::Malformed(reason)),
                Arrived::Foreign => {
                    is_clean = false;
                    continue;
                }
            };
            if is_clean {
                self.sockets.put_back(self.server, socket);
            }
            return Ok(arrived);
        }
    }

    async fn by_stream(self, question: &Question<'_>, asked: &[u8]) -> Result<Exchanged, DnsError> {
        let started = Instant::now();
        let message = self.in_time(question, stream(self.server, question, asked)).await?;
        Ok(Exchanged {
            message,
            over: Transport::Tcp,
            rtt: started.elapsed(),
        })
    }

    async fn in_time<T>(
        self,
        question: &Question<'_>,
        exchange: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, DnsError> {
        match timeout(self.patience, exchange).await {
            Ok(done) => done.map_err(|it| self.failed(question, it)),
            Err(_) => Err(DnsError::Timeout {
                server: self.server,
                name: text(question.name),
                after_ms: u64::try_from(self.patience.as_millis()).unwrap_or(u64::MAX),
            }),
        }
    }

    fn failed(self, question: &Question<'_>, failure: Failure) -> DnsError {
        let server = self.server;
        match failure {
            Failure::Io(error) => DnsError::Unreachable {
                server,
                reason: error.to_string(),
            },
            Failure::Malformed(reason) => DnsError::Malformed {
                server,
                name: text(question.name),
                reason,
            },
        }
    }
}

/// RFC 7766: the same message behind its length.
async fn stream(server: SocketAddr, question: &Question<'_>, asked: &[u8]) -> Result<Box<Message>, Failure> {
    let mut stream = TcpStream::connect(server).await?;
    let length = u16::try_from(asked.len()).map_err(|it| Failure::Malformed(it.to_string()))?;
    stream.write_all(&[&length.to_be_bytes()[..], asked].concat()).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    match question.recognise(&answer) {
        Arrived::Answer(message) => Ok(message),
        Arrived::Truncated => Err(Failure::Malformed("it is truncated even over TCP".into())),
        Arrived::Foreign => Err(Failure::Malformed("it answers another question".into())),
        Arrived::Malformed(reason) => Err(Failure::Malformed(reason)),
    }
}
