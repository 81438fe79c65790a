//! What is sent (RFC 4511, 4.2 to 4.14). Filters are read by ldap3, which knows all of RFC 4515.

use ldap3::asn1::{ASNTag, write};

use super::{
    Query, Scope,
    ber::{self, BOOLEAN, ENUMERATED, SEQUENCE, SET},
    message::op,
};
use crate::ldif::{Change, Edit};

/// A control of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) oid: &'static str,
    /// The server must refuse the operation when it does not know the control.
    pub(super) critical: bool,
    pub(super) value: Option<Vec<u8>>,
}

const TRUE: [u8; 1] = [0xff];
const FALSE: [u8; 1] = [0];

/// The whole message.
pub(super) fn message(id: i64, operation: &[u8], controls: &[Control]) -> Vec<u8> {
    let controls = match controls {
        [] => Vec::new(),
        controls => ber::element(0xa0, &controls.iter().map(control).collect::<Vec<_>>().concat()),
    };
    ber::element(SEQUENCE, &[&ber::integer_element(id), operation, &controls].concat())
}

fn control(control: &Control) -> Vec<u8> {
    let critical = match control.critical {
        true => ber::element(BOOLEAN, &TRUE),
        false => Vec::new(),
    };
    let value = control.value.as_ref().map(ber::octets).unwrap_or_default();
    ber::element(SEQUENCE, &[ber::octets(control.oid), critical, value].concat())
}

pub(super) fn simple_bind(name: &str, password: &str) -> Vec<u8> {
    bind(name, &ber::element(0x80, password.as_bytes()))
}

fn bind(name: &str, authentication: &[u8]) -> Vec<u8> {
    let version = ber::integer_element(3);
    ber::element(op::BIND, &[&version, &*ber::octets(name), authentication].concat())
}

pub(super) fn unbind() -> Vec<u8> {
    ber::element(op::UNBIND, &[])
}

pub(super) fn abandon(id: i64) -> Vec<u8> {
    ber::number(op::ABANDON, id)
}

/// StartTLS is the extended operation of this name.
pub(super) fn start_tls() -> Vec<u8> {
    ber::element(op::EXTENDED, &ber::element(0x80, b"1.3.6.1.4.1.1466.20037"))
}

/// A search below one base; `None` when the filter cannot be read.
pub(super) fn search(query: &Query, base: &str) -> Option<Vec<u8>> {
    let scope = match query.scope {
        Scope::Base => 0,
        Scope::Children => 1,
        Scope::Subtree => 2,
    };
    let seconds = i32::try_from(query.time_limit.as_secs()).unwrap_or(i32::MAX);
    let attributes = query.attributes.iter().flat_map(ber::octets).collect::<Vec<_>>();
    let content = [
        ber::octets(base),
        ber::number(ENUMERATED, scope),
        // Aliases are followed never: what they lead to is found where it is.
        ber::number(ENUMERATED, 0),
        // No size: a page has one, and the whole is counted here.
        ber::integer_element(0),
        ber::integer_element(seconds.into()),
        ber::element(BOOLEAN, &FALSE),
        filter(&query.filter)?,
        ber::element(SEQUENCE, &attributes),
    ];
    Some(ber::element(op::SEARCH, &content.concat()))
}

fn filter(text: &str) -> Option<Vec<u8>> {
    // Whoever reads filters calls himself for each parenthesis.
    const DEEPEST: usize = 100;
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return None;
        }
    }
    let parsed = ldap3::parse_filter(text).ok()?;
    let mut bytes = bytes::BytesMut::new();
    write::encode_into(&mut bytes, parsed.into_structure()).ok()?;
    Some(bytes.to_vec())
}

/// All edits of one object in one request.
pub(super) fn modify(dn: &str, changes: &[Change<'_>]) -> Vec<u8> {
    let changes: Vec<u8> = changes.iter().flat_map(change).collect();
    let content = [ber::octets(dn), ber::element(SEQUENCE, &changes)];
    ber::element(op::MODIFY, &content.concat())
}

fn change(change: &Change<'_>) -> Vec<u8> {
    let verb = match change.edit {
        Edit::Add => 0,
        Edit::Delete => 1,
        Edit::Replace => 2,
    };
    let values: Vec<u8> = change.values.iter().flat_map(ber::octets).collect();
    let attribute = [ber::octets(change.attribute), ber::element(SET, &values)].concat();
    let content = [ber::number(ENUMERATED, verb), ber::element(SEQUENCE, &attribute)];
    ber::element(SEQUENCE, &content.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(hex::encode(bytes), expected.replace(' ', ""));
    }

    #[test]
    fn requests_are_what_the_standard_says() {
        check(
            &message(1, &simple_bind("a", "b"), &[]),
            "300e 020101 6009 020103 040161 800162",
        );
        check(&message(2, &unbind(), &[]), "3005 020102 4200");
        check(&message(3, &abandon(2), &[]), "3006 020103 500102");
        let control = Control {
            oid: "1.2",
            critical: true,
            value: Some(vec![7]),
        };
        check(
            &message(4, &unbind(), &[control]),
            "3014 020104 4200 a00d 300b 0403312e32 0101ff 040107",
        );
    }

    #[test]
    fn a_search_has_everything_in_its_place() {
        let query = Query {
            time_limit: std::time::Duration::from_secs(9),
            ..Query::below("a", &["b"]).filtered("(c=d)")
        };
        let bytes = search(&query, "a").expect("a filter");
        check(
            &bytes,
            "631f 040161 0a0102 0a0100 020100 020109 010100 a306 040163 040164 3003 040162",
        );
    }

    #[test]
    fn a_filter_that_is_none_or_nests_too_deep_is_refused() {
        assert!(filter("(a=b").is_none());
        assert!(filter(&format!("{}(a=b){}", "(!".repeat(50), ")".repeat(50))).is_some());
        assert!(filter(&format!("{}(a=b){}", "(!".repeat(50_000), ")".repeat(50_000))).is_none());
    }

    #[test]
    fn a_modification_keeps_the_order_of_its_edits() {
        let (one, two): ([&[u8]; 1], [&[u8]; 0]) = ([b"v"], []);
        let changes = [
            Change {
                edit: Edit::Delete,
                attribute: "a",
                values: &two,
            },
            Change {
                edit: Edit::Add,
                attribute: "a",
                values: &one,
            },
        ];
        check(
            &modify("d", &changes),
            "6620 040164 301b 300a 0a0101 3005 040161 3100 300d 0a0100 3008 040161 3103 040176",
        );
    }
}
