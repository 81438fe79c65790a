//! The words of StartTLS (RFC 4511, 4.14), for whoever only looks at a directory's TLS.

use super::{
    message::{self, Message, Outcome},
    request,
};

/// The request, as the first message of a connection.
pub(crate) fn request() -> Vec<u8> {
    request::message(1, &request::start_tls(), &[])
}

/// How long the first message of these bytes is; `None` while they do not tell.
pub(crate) fn length(bytes: &[u8]) -> Result<Option<usize>, &'static str> {
    message::length(bytes)
}

/// The result code and the server's words.
pub(crate) fn answer(bytes: &[u8]) -> Option<(i64, String)> {
    let message = Message::read(bytes)?;
    let outcome = Outcome::read(&message).filter(|_| message.id == 1)?;
    Some((outcome.code, outcome.text))
}
