//! The DirSync control (MS-ADTS 3.1.1.3.4.1.3): what goes to the server and what comes back.

use super::{ber, request::Control};

pub(super) const DIR_SYNC: &str = "1.2.840.113556.1.4.841";
/// Only what the account may see, for which it needs no special right.
const OBJECT_SECURITY: i64 = 1;
/// The most bytes in one answer; the server rounds it as it likes.
const MOST_BYTES: i64 = 1 << 20;

/// What the server says at the end of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// There is more to ask for at once.
    pub(super) more: bool,
    /// Where to go on.
    pub(super) cookie: Vec<u8>,
}

/// The request, critical: a server that does not know it must not answer with everything.
pub(super) fn request(cookie: &[u8]) -> Control {
    let content = [
        ber::integer_element(OBJECT_SECURITY),
        ber::integer_element(MOST_BYTES),
        ber::element(ber::OCTETS, cookie),
    ];
    Control {
        oid: DIR_SYNC,
        critical: true,
        value: Some(ber::element(ber::SEQUENCE, &content.concat())),
    }
}

/// Reads the answer's control; `None` when it is not one.
pub(super) fn answer(value: &[u8]) -> Option<Answer> {
    let (content, _) = ber::take(value, ber::SEQUENCE)?;
    let (more, rest) = ber::take(content, ber::INTEGER)?;
    let (_, rest) = ber::take(rest, ber::INTEGER)?;
    let (cookie, _) = ber::take(rest, ber::OCTETS)?;
    Some(Answer {
        more: ber::integer(more)? != 0,
        cookie: cookie.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_request_is_flags_size_and_cookie() {
        let value = request(b"ab").value.expect("a value");
        assert_eq!(hex::encode(value), "300c0201010203100000".to_owned() + "04026162");
    }

    #[test]
    fn an_answer_says_whether_there_is_more() {
        let read = |bytes: &str| answer(&hex::decode(bytes).expect("hexadecimal"));
        let cookie = b"ab".to_vec();
        assert_eq!(
            read("300a02010102010004026162"),
            Some(Answer {
                more: true,
                cookie: cookie.clone()
            })
        );
        assert_eq!(read("300a02010002010004026162"), Some(Answer { more: false, cookie }));
        assert_eq!(read("300a020100020100040261"), None);
        assert_eq!(read("3000"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = answer(&bytes);
        }

        #[test]
        fn a_cookie_comes_back_as_it_was(cookie: Vec<u8>) {
            // The request has the answer's form: its flags stand where "more" does.
            let value = request(&cookie).value.expect("a value");
            prop_assert_eq!(answer(&value), Some(Answer { more: true, cookie }));
        }
    }
}
