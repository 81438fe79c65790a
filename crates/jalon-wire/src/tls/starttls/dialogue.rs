//! Lines in and out of a connection, bounded in length and in number.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::entry::excerpt;

/// The longest line that is read: twice what a reply of SMTP may have (RFC 5321, 4.5.3.1.5), and room for capabilities.
const LONGEST_LINE: usize = 4 << 10;
/// Lines read in one dialogue.
const MOST_LINES: usize = 200;

/// Why a dialogue came to nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The connection broke.
    Broken,
    /// The server hung up.
    Ended,
    /// The server does not serve this caller, now or ever.
    TurnedAway(String),
    /// It speaks another protocol.
    Foreign(String),
    /// It went on in plain after it had agreed to TLS.
    Overrun,
}

impl From<io::Error> for Trouble {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

/// A dialogue in lines.
pub(super) struct Dialogue<'a, S> {
    stream: &'a mut S,
    buffer: Vec<u8>,
    lines: usize,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Dialogue<'a, S> {
    pub(super) fn new(stream: &'a mut S) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
            lines: 0,
        }
    }

    /// Says a line.
    pub(super) async fn say(&mut self, line: &str) -> Result<(), Trouble> {
        self.send(format!("{line}\r\n").as_bytes()).await
    }

    /// Sends bytes.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.stream.write_all(bytes).await?;
        Ok(self.stream.flush().await?)
    }

    /// Says good-bye; whether it is heard does not matter any more.
    pub(super) async fn leave(&mut self, line: &str) {
        drop(self.say(line).await);
    }

    /// The next line, without its end. Bytes that are not UTF-8 become U+FFFD.
    pub(super) async fn line(&mut self) -> Result<String, Trouble> {
        self.lines += 1;
        if self.lines > MOST_LINES {
            return Err(self.foreign());
        }
        loop {
            if let Some(end) = self.buffer.iter().position(|it| *it == b'\n') {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                let line = String::from_utf8_lossy(&line);
                return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.buffer.len() > LONGEST_LINE {
                return Err(self.foreign());
            }
            self.more().await?;
        }
    }

    /// Takes the first bytes once `length` says how many belong together.
    pub(super) async fn piece(
        &mut self,
        length: impl Fn(&[u8]) -> Result<Option<usize>, &'static str>,
    ) -> Result<Vec<u8>, Trouble> {
        loop {
            match length(&self.buffer) {
                Ok(Some(length)) if length <= self.buffer.len() => return Ok(self.buffer.drain(..length).collect()),
                Ok(_) if self.buffer.len() <= LONGEST_LINE => self.more().await?,
                _ => return Err(self.foreign()),
            }
        }
    }

    /// Whether everything that came has been read.
    pub(super) fn is_drained(&self) -> bool {
        self.buffer.is_empty()
    }

    async fn more(&mut self) -> Result<(), Trouble> {
        let mut chunk = [0; 1024];
        match self.stream.read(&mut chunk).await? {
            0 => Err(Trouble::Ended),
            read => {
                self.buffer.extend_from_slice(&chunk[..read]);
                Ok(())
            }
        }
    }

    fn foreign(&self) -> Trouble {
        Trouble::Foreign(excerpt(&self.buffer))
    }
}

/// A line of another protocol.
pub(super) fn foreign(line: &str) -> Trouble {
    Trouble::Foreign(excerpt(line.as_bytes()))
}

/// A server's words, short and safe to print.
pub(super) fn words(line: &str) -> String {
    const SHOWN: usize = 120;
    let safe = |it: char| {
        if it.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            it
        }
    };
    line.trim().chars().take(SHOWN).map(safe).collect()
}
