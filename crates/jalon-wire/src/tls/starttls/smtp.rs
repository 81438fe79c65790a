//! SMTP: greeting, EHLO, STARTTLS (RFC 3207; replies: RFC 5321, 4.2).

use std::net::IpAddr;

use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    Wish,
    dialogue::{Dialogue, Trouble, foreign, words},
};

/// A reply: its code and its lines, without code and sign.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

/// One line of a reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) code: u16,
    pub(super) is_last: bool,
    pub(super) text: &'a str,
}

impl Reply {
    fn said(&self) -> String {
        words(&format!("{} {}", self.code, self.lines.join(" ")))
    }

    /// Whether the server announces the extension: the first word of a line behind the greeting.
    pub(super) fn offers(&self, extension: &str) -> bool {
        let keyword = |it: &String| it.split([' ', '=']).next().unwrap_or_default().to_owned();
        self.lines
            .iter()
            .skip(1)
            .any(|it| keyword(it).eq_ignore_ascii_case(extension))
    }

    /// Whether an extension is crossed out (`XXXXXXXA`), as some firewalls do with those that they do not let pass.
    fn is_masked(&self) -> bool {
        self.lines.iter().skip(1).any(|it| it.starts_with("XXXX"))
    }
}

/// Reads a line of a reply: three digits, then a space or nothing on the last line, a hyphen on the others.
pub(super) fn part(line: &str) -> Option<Part<'_>> {
    let (code, rest) = line.split_at_checked(3)?;
    if !code.bytes().all(|it| it.is_ascii_digit()) || !matches!(code.as_bytes()[0], b'2'..=b'5') {
        return None;
    }
    let code = code.parse().ok()?;
    let (is_last, text) = match rest.as_bytes().first() {
        None => (true, ""),
        Some(b' ') => (true, &rest[1..]),
        Some(b'-') => (false, &rest[1..]),
        Some(_) => return None,
    };
    Some(Part { code, is_last, text })
}

pub(super) async fn wish<S>(dialogue: &mut Dialogue<'_, S>, own: IpAddr) -> Result<Wish, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let greeting = reply(dialogue).await?;
    if greeting.code != 220 {
        dialogue.leave("QUIT").await;
        return Err(Trouble::TurnedAway(greeting.said()));
    }
    dialogue.say(&format!("EHLO {}", literal(own))).await?;
    let hello = reply(dialogue).await?;
    let wish = match hello.code {
        250 if hello.offers("STARTTLS") => start(dialogue).await,
        // A firewall on the way has overwritten what it does not know: what the server said is not known.
        250 if hello.is_masked() => Err(Trouble::TurnedAway(hello.said())),
        250 => Ok(Wish::Plain { said: String::new() }),
        // It knows no extension at all (RFC 5321, 4.1.4).
        500 | 502 => Ok(Wish::Plain { said: hello.said() }),
        _ => Err(Trouble::TurnedAway(hello.said())),
    };
    if !matches!(wish, Ok(Wish::Granted)) {
        dialogue.leave("QUIT").await;
    }
    wish
}

async fn start<S>(dialogue: &mut Dialogue<'_, S>) -> Result<Wish, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    dialogue.say("STARTTLS").await?;
    let answer = reply(dialogue).await?;
    match answer.code {
        220 => Ok(Wish::Granted),
        500..=599 => Ok(Wish::Plain { said: answer.said() }),
        // 454: not now.
        _ => Err(Trouble::TurnedAway(answer.said())),
    }
}

async fn reply<S>(dialogue: &mut Dialogue<'_, S>) -> Result<Reply, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut lines = Vec::new();
    let mut first = None;
    loop {
        let line = dialogue.line().await?;
        let part = part(&line).ok_or_else(|| foreign(&line))?;
        // Every line of a reply has the same code.
        if *first.get_or_insert(part.code) != part.code {
            return Err(foreign(&line));
        }
        lines.push(part.text.to_owned());
        if part.is_last {
            return Ok(Reply { code: part.code, lines });
        }
    }
}

/// How a machine without a name of its own says who it is (RFC 5321, 4.1.3).
fn literal(own: IpAddr) -> String {
    match own.to_canonical() {
        IpAddr::V4(it) => format!("[{it}]"),
        IpAddr::V6(it) => format!("[IPv6:{it}]"),
    }
}
