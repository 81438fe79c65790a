//! The envelope of every message (RFC 4511, 4.1.1) and the result that ends an operation (4.1.9).

use super::ber::{self, Head};

/// No message may be longer; an entry of an export may not be either.
const LONGEST: usize = 128 << 20;

/// Tags of operations, application-wide.
pub(super) mod op {
    pub(crate) const BIND: u8 = 0x60;
    pub(crate) const UNBIND: u8 = 0x42;
    pub(crate) const SEARCH: u8 = 0x63;
    pub(crate) const ENTRY: u8 = 0x64;
    pub(crate) const MODIFY: u8 = 0x66;
    pub(crate) const REFERENCE: u8 = 0x73;
    pub(crate) const ABANDON: u8 = 0x50;
    pub(crate) const EXTENDED: u8 = 0x77;
    pub(crate) const INTERMEDIATE: u8 = 0x79;
}

/// The id of messages that the server sends on its own account: it is about to hang up.
pub(super) const UNSOLICITED: i64 = 0;

/// The length of the first message of these bytes; `None` while they do not tell.
///
/// # Errors
/// When no message begins so, or one that is too long.
pub(super) fn length(bytes: &[u8]) -> Result<Option<usize>, &'static str> {
    match ber::head(bytes) {
        Head::Short => Ok(None),
        Head::Read(header) if header.tag != ber::SEQUENCE => Err("it is no LDAP message"),
        Head::Read(header) if header.length > LONGEST => Err("a message is longer than 128 MiB"),
        Head::Read(header) => Ok(Some(header.width + header.length)),
        Head::Bad => Err("it is no LDAP message"),
    }
}

/// A message, borrowed from what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Message<'a> {
    pub(super) id: i64,
    /// The tag of the operation.
    pub(super) op: u8,
    pub(super) content: &'a [u8],
    /// The controls, unread.
    controls: &'a [u8],
}

impl<'a> Message<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        const CONTROLS: u8 = 0xa0;
        let (content, _) = ber::take(bytes, ber::SEQUENCE)?;
        let (id, content) = ber::take(content, ber::INTEGER)?;
        let (op, content, rest) = ber::next(content)?;
        // Active Directory puts the name of its last notice here, where controls belong.
        let controls = ber::take(rest, CONTROLS).map_or(&[][..], |it| it.0);
        Some(Self {
            id: ber::integer(id)?,
            op,
            content,
            controls,
        })
    }
}

/// How an operation ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The result code; 0 is success.
    pub(super) code: i64,
    /// The nearest name that exists, where there is no such object.
    pub(super) matched: String,
    /// The server's words, for people.
    pub(super) text: String,
    /// Who else could answer.
    pub(super) urls: Vec<String>,
    /// What a SASL mechanism says.
    pub(super) credentials: Option<Vec<u8>>,
    controls: Vec<(String, Vec<u8>)>,
}

impl Outcome {
    pub(super) fn read(message: &Message<'_>) -> Option<Self> {
        const REFERRAL: u8 = 0xa3;
        const CREDENTIALS: u8 = 0x87;
        let (code, rest) = ber::take(message.content, ber::ENUMERATED)?;
        let (matched, rest) = ber::take(rest, ber::OCTETS)?;
        let (said, rest) = ber::take(rest, ber::OCTETS)?;
        let mut outcome = Self {
            code: ber::integer(code)?,
            matched: text(matched),
            text: text(said),
            controls: controls(message.controls)?,
            ..Self::default()
        };
        for element in ber::elements(rest) {
            match element? {
                (REFERRAL, content) => outcome.urls = ber::elements(content).flatten().map(|it| text(it.1)).collect(),
                (CREDENTIALS, content) => outcome.credentials = Some(content.to_vec()),
                _ => {}
            }
        }
        Some(outcome)
    }

    /// The value of a control that came with the result.
    pub(super) fn control(&self, oid: &str) -> Option<&[u8]> {
        let found = self.controls.iter().find(|it| it.0 == oid)?;
        Some(&found.1)
    }
}

/// Every control that has a value (RFC 4511, 4.1.11).
fn controls(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut all = Vec::new();
    for element in ber::elements(bytes) {
        let (_, control) = element?;
        let (oid, rest) = ber::take(control, ber::OCTETS)?;
        let value = ber::elements(rest).flatten().find(|it| it.0 == ber::OCTETS);
        all.extend(value.map(|it| (text(oid), it.1.to_vec())));
    }
    Some(all)
}

/// What should be UTF-8; a server that sends something else is still understood.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        hex::decode(text.replace(' ', "")).expect("hexadecimal")
    }

    #[test]
    fn a_result_is_read_with_its_controls() {
        let done = bytes("30 23 020107 65 07 0a0100 0400 0400 a0 15 30 13 0405 312e322e33 010100 0407 30050201000400");
        assert_eq!(length(&done), Ok(Some(done.len())));
        let message = Message::read(&done).expect("a message");
        assert_eq!((message.id, message.op), (7, 0x65));
        let outcome = Outcome::read(&message).expect("a result");
        assert_eq!((outcome.code, outcome.control("1.2.3").map(<[u8]>::len)), (0, Some(7)));
        assert_eq!(outcome.control("1.2.4"), None);
    }

    #[test]
    fn a_referral_and_a_matched_name_are_read() {
        let done = bytes("30 18 020101 65 13 0a010a 0402 633d 0400 a3 08 0406 6c6461703a2f");
        let outcome = Message::read(&done).as_ref().and_then(Outcome::read).expect("a result");
        assert_eq!((outcome.code, outcome.matched.as_str()), (10, "c="));
        assert_eq!(outcome.urls, ["ldap:/"]);
    }

    #[test]
    fn what_is_no_message_is_refused_and_what_is_incomplete_waited_for() {
        assert_eq!(length(&[0x30]), Ok(None));
        assert_eq!(length(&[0x30, 0x84, 1]), Ok(None));
        assert!(length(b"HTTP/1.1 400").is_err());
        assert!(length(&[0x30, 0x84, 0x40, 0, 0, 0]).is_err());
        assert!(length(&[0x30, 0x80]).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = length(&bytes);
            let _ = Message::read(&bytes).as_ref().and_then(Outcome::read);
        }
    }
}
