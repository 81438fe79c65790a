//! Sending an update and reading what became of it. Over TCP: a datagram that is sent twice would be answered twice.

use std::{io, time::Duration};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::TSigner,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::{Sender, UpdateError};

pub(super) async fn send(sender: &Sender<'_>, zone: &str, mut message: Message) -> Result<(), UpdateError> {
    let unwritable = |reason: String| UpdateError::Unwritable {
        what: zone.to_owned(),
        reason,
    };
    let server = sender.server;
    let mut sign = |key: &TSigner| {
        message
            .finalize(key, sender.now)
            .map_err(|it| unwritable(it.to_string()))
    };
    let verifier = sender.key.map(|it| sign(&it.signer)).transpose()?.flatten();
    let bytes = message.to_vec().map_err(|it| unwritable(it.to_string()))?;
    let length = u16::try_from(bytes.len()).map_err(|_| unwritable("it is too much for one message".to_owned()))?;
    let connected = within(sender.patience, TcpStream::connect(server)).await;
    let mut stream = connected.map_err(|error| UpdateError::Unreachable {
        server,
        reason: error.to_string(),
    })?;
    let unconfirmed = |reason: String| UpdateError::Unconfirmed { server, reason };
    let answer = within(sender.patience, exchange(&mut stream, length, &bytes));
    let answer = answer.await.map_err(|error| unconfirmed(error.to_string()))?;
    let read = Message::from_vec(&answer).map_err(|error| unconfirmed(error.to_string()))?;
    if read.metadata.id != sender.id {
        return Err(unconfirmed("it answers another message".to_owned()));
    }
    match read.metadata.response_code {
        ResponseCode::NoError => {}
        ResponseCode::YXDomain | ResponseCode::YXRRSet | ResponseCode::NXDomain | ResponseCode::NXRRSet => {
            return Err(UpdateError::Changed { zone: zone.to_owned() });
        }
        other => {
            return Err(UpdateError::Refused {
                server,
                zone: zone.to_owned(),
                code: other.to_string(),
            });
        }
    }
    match verifier {
        Some(mut verifier) => verifier
            .verify(&answer)
            .map(drop)
            .map_err(|error| unconfirmed(error.to_string())),
        None => Ok(()),
    }
}

async fn exchange(stream: &mut TcpStream, length: u16, bytes: &[u8]) -> io::Result<Vec<u8>> {
    stream.write_all(&[&length.to_be_bytes()[..], bytes].concat()).await?;
    let mut answer = vec![0; usize::from(stream.read_u16().await?)];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

async fn within<T>(patience: Duration, work: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "no answer in time");
    timeout(patience, work).await.map_err(late)?
}
