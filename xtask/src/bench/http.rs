//! One exchange with our own server, over a connection of its own: as much of HTTP as it takes to fill it and to look at
//! it. Version 1.0 (RFC 1945), whose answers come whole and end with the connection. Measuring is wrk's.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer of any status.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

/// Sends `request`, such as `GET /healthz`, with headers as they are written (`Cookie: a=b`).
pub(super) fn ask(address: &str, request: &str, headers: &[&str], body: &str) -> Result<Answer> {
    let length = format!("Content-Length: {}", body.len());
    let head = [&format!("{request} HTTP/1.0"), &format!("Host: {address}"), &length];
    let head = head.map(String::as_str);
    let lines: Vec<&str> = head.into_iter().chain(headers.iter().copied()).collect();
    let mut stream = TcpStream::connect(address).with_context(|| format!("cannot connect to {address}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("{}\r\n\r\n{body}", lines.join("\r\n")).as_bytes())?;
    let mut said = String::new();
    stream.read_to_string(&mut said)?;
    parse(&said).with_context(|| format!("{request} was answered with no HTTP: {said:?}"))
}

fn parse(said: &str) -> Option<Answer> {
    let (head, body) = said.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
    Some(Answer {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

impl Answer {
    /// The answer when it has this status; an error with what it says otherwise.
    pub(super) fn expect(self, status: u16) -> Result<Self> {
        ensure!(
            self.status == status,
            "expected {status}, got {}:\n{}",
            self.head,
            self.body
        );
        Ok(self)
    }

    /// The value of a cookie that it sets.
    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        let headers = self.head.lines().filter_map(|it| it.split_once(": "));
        let cookies = headers.filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"));
        let pairs = cookies.filter_map(|(_, value)| value.split(';').next()?.split_once('='));
        pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart() {
        let said = "HTTP/1.0 303 See Other\r\nset-cookie: a-before=; Max-Age=0\r\nSet-Cookie: a=x.y==; HttpOnly\r\n\r\n<p>\r\n\r\n</p>";
        let answer = parse(said).expect("it is one");
        assert_eq!((answer.status, answer.body.as_str()), (303, "<p>\r\n\r\n</p>"));
        assert_eq!(answer.cookie("a"), Some("x.y=="));
        assert_eq!(answer.cookie("b"), None);
        let refused = answer.expect(200).err().expect("it is another status");
        assert!(
            refused
                .to_string()
                .starts_with("expected 200, got HTTP/1.0 303 See Other"),
            "{refused}"
        );
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for said in ["", "HTTP/1.0 200 OK", "HTTP/1.0 OK\r\n\r\n", "SSH-2.0-x\r\n\r\n"] {
            assert!(parse(said).is_none(), "{said:?}");
        }
    }
}
