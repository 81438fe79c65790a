//! An answer out of bytes: the head by httparse, the body by its length, by chunks (RFC 9112, 7.1) or up to the end.

use std::net::SocketAddr;

use super::Page;
use crate::{entry::excerpt, tls::TlsError};

const MOST_HEADERS: usize = 64;

/// Reads an answer. `is_whole`: the connection was closed as TLS closes it, or more came than was wanted.
pub(super) fn page(bytes: &[u8], largest: usize, is_whole: bool, peer: SocketAddr) -> Result<Page, TlsError> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let foreign = || TlsError::OtherProtocol {
        address: peer,
        expected: "http",
        saw: excerpt(bytes),
    };
    let head = match response.parse(bytes) {
        Ok(httparse::Status::Complete(head)) => head,
        Ok(httparse::Status::Partial) if bytes.len() < largest => return Err(TlsError::Incomplete { address: peer }),
        _ => return Err(foreign()),
    };
    let header = |name: &str| {
        let found = response.headers.iter().find(|it| it.name.eq_ignore_ascii_case(name));
        found.map(|it| String::from_utf8_lossy(it.value).trim().to_owned())
    };
    let is_chunked = header("transfer-encoding").is_some_and(|it| it.to_ascii_lowercase().ends_with("chunked"));
    let length: Option<usize> = header("content-length").and_then(|it| it.parse().ok());
    let after = &bytes[head..];
    let body = match (is_chunked, length) {
        (true, _) => unchunk(after, largest),
        (false, Some(length)) if length <= after.len() => Some(after[..length].to_vec()),
        (false, Some(length)) if length > largest && after.len() > largest => Some(after.to_vec()),
        (false, Some(_)) => None,
        // Without a length only a proper end tells a whole document from the beginning of one.
        (false, None) => (is_whole || after.len() > largest).then(|| after.to_vec()),
    };
    let mut body = body.ok_or(TlsError::Incomplete { address: peer })?;
    let is_cut = body.len() > largest;
    body.truncate(largest);
    Ok(Page {
        peer,
        status: response.code.ok_or_else(foreign)?,
        media_type: header("content-type"),
        location: header("location"),
        body: String::from_utf8_lossy(&body).into_owned(),
        is_cut,
    })
}

/// The body of chunks; `None` when its end did not come. What exceeds `largest` is not needed.
fn unchunk(mut bytes: &[u8], largest: usize) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(bytes) else {
            return None;
        };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(body);
        }
        let rest = bytes.get(start..)?;
        if body.len() + rest.len().min(size) > largest {
            body.extend_from_slice(&rest[..rest.len().min(size)]);
            return Some(body);
        }
        let (chunk, rest) = rest.split_at_checked(size)?;
        body.extend_from_slice(chunk);
        bytes = rest.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn peer() -> SocketAddr {
        "192.0.2.1:443".parse().expect("an address")
    }

    #[track_caller]
    fn check(answer: &str, is_whole: bool, expected: Option<(u16, &str)>) {
        let found = page(answer.as_bytes(), 20, is_whole, peer()).ok();
        assert_eq!(
            found.as_ref().map(|it| (it.status, it.body.as_str())),
            expected,
            "{answer}"
        );
    }

    #[test]
    fn bodies_end_by_length_by_chunks_or_with_the_connection() {
        check(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcd",
            false,
            Some((200, "abc")),
        );
        check("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd", true, None);
        check("HTTP/1.0 404 No\r\n\r\nabcd", true, Some((404, "abcd")));
        check("HTTP/1.1 200 OK\r\n\r\nabcd", false, None);
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        check(chunked, false, Some((200, "abcde")));
        check(chunked.trim_end_matches("0\r\n\r\n"), true, None);
        check("220 smtp\r\n", true, None);
        check("HTTP/1.1 200", true, None);
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{}", "x".repeat(30));
        let found = page(answer.as_bytes(), 20, true, peer()).expect("a page");
        assert!(found.is_cut && found.body.len() == 20);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(head in "(HTTP/1.1 200 OK\r\n)?(Transfer-Encoding: chunked\r\n)?(\r\n)?", bytes: Vec<u8>, is_whole: bool) {
            let _ = page(&[head.as_bytes(), &bytes].concat(), 50, is_whole, peer());
        }
    }
}
