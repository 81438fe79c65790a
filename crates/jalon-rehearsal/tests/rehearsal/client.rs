//! The clients of these tests: one DNS question over UDP or TCP, one TLS handshake with a clock of our choice.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hickory_proto::op::{Message, Query};
use hickory_proto::rr::{Name, RData, RecordType};
use jalon_rehearsal::tls::Listener;
use jiff::Timestamp;
use rustls::crypto::ring::default_provider;
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio_rustls::TlsConnector;

pub(crate) fn question(name: &str, kind: RecordType) -> Message {
    let mut message = Message::query();
    message.add_query(Query::query(Name::from_ascii(name).unwrap(), kind));
    message
}

/// A UDP socket that talks to the server only.
pub(crate) async fn socket(server: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    socket.connect(server).await.unwrap();
    socket
}

pub(crate) async fn receive(socket: &UdpSocket) -> Message {
    let mut buffer = [0; 4096];
    let length = socket.recv(&mut buffer).await.unwrap();
    Message::from_vec(&buffer[..length]).unwrap()
}

pub(crate) async fn over_udp(server: SocketAddr, question: &Message) -> Message {
    let socket = socket(server).await;
    socket.send(&question.to_vec().unwrap()).await.unwrap();
    receive(&socket).await
}

pub(crate) async fn over_tcp(stream: &mut TcpStream, question: &Message) -> Message {
    let bytes = question.to_vec().unwrap();
    stream.write_u16(bytes.len().try_into().unwrap()).await.unwrap();
    stream.write_all(&bytes).await.unwrap();
    let mut answer = vec![0; stream.read_u16().await.unwrap().into()];
    stream.read_exact(&mut answer).await.unwrap();
    Message::from_vec(&answer).unwrap()
}

/// The answers as text, aliases included, in their order; over TCP, so that nothing is cut.
pub(crate) async fn ask(server: SocketAddr, name: &str, kind: RecordType) -> Vec<String> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    let answer = over_tcp(&mut stream, &question(name, kind)).await;
    answer.answers.iter().map(|it| shown(&it.data)).collect()
}

fn shown(data: &RData) -> String {
    match data {
        RData::TXT(text) => String::from_utf8(text.txt_data.concat()).unwrap(),
        other => other.to_string(),
    }
}

#[derive(Debug)]
struct Clock(Timestamp);

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = self.0.as_second().try_into().ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// A client that trusts these roots and believes it is `now`.
pub(crate) fn trusting(roots_pem: &str, now: Timestamp) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(roots_pem.as_bytes()) {
        roots.add(root.unwrap()).unwrap();
    }
    let config = ClientConfig::builder_with_details(Arc::new(default_provider()), Arc::new(Clock(now)))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// What the server says, or why its certificate is refused.
pub(crate) async fn visit(client: &TlsConnector, listener: &Listener) -> Result<String, CertificateError> {
    let name = ServerName::try_from(listener.host.clone()).unwrap();
    let stream = TcpStream::connect(listener.addr).await.unwrap();
    let mut stream = match client.connect(name, stream).await {
        Ok(stream) => stream,
        Err(error) => {
            let inner = error.into_inner().unwrap();
            match *inner.downcast::<rustls::Error>().unwrap() {
                rustls::Error::InvalidCertificate(reason) => return Err(reason),
                other => panic!("the handshake failed otherwise: {other}"),
            }
        }
    };
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    Ok(page)
}
