//! Domain names at the door: what people type becomes the A-labels that travel (RFC 5891), and
//! what arrived becomes lower-case text without the last dot.

use hickory_proto::rr::Name;

use super::DnsError;

/// RFC 1035, 3.1: 255 octets on the wire are 253 characters of text.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// The name as it travels and as answers give it: lower-case A-labels without the last dot.
///
/// # Errors
/// [`DnsError::BadName`] when it is none.
pub fn canonical(typed: &str) -> Result<String, DnsError> {
    parse(typed).map(|it| text(&it))
}

pub(super) fn parse(typed: &str) -> Result<Name, DnsError> {
    let bad = |reason| DnsError::BadName {
        name: typed.escape_debug().take(80).collect(),
        reason,
    };
    let name = typed.trim();
    let name = name.strip_suffix('.').unwrap_or(name);
    let name = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(name).map_err(|_| bad("it has no international form"))?
    };
    if name.is_empty() {
        return Err(bad("it is empty"));
    }
    if name.len() > LONGEST_NAME {
        return Err(bad("it is longer than 253 characters"));
    }
    if name.split('.').any(|it| it.is_empty() || it.len() > LONGEST_LABEL) {
        return Err(bad("every label must have 1 to 63 characters"));
    }
    // Wider than host names: service labels (`_sip`), DKIM selectors, wildcards, RFC 2317 slashes.
    let travels = |it: u8| it.is_ascii_alphanumeric() || b"-_*/".contains(&it);
    if !name.bytes().all(|it| it == b'.' || travels(it)) {
        return Err(bad("it holds a character that domain names do not have"));
    }
    Name::from_labels(name.split('.').map(str::as_bytes)).map_err(|_| bad("it cannot be encoded"))
}

/// Lower-case text without the last dot; the root is a single dot. Bytes that are not printable
/// and dots inside a label are written `\DDD` (RFC 1035, 5.1).
pub(super) fn text(name: &Name) -> String {
    let labels: Vec<_> = name.iter().map(label_text).collect();
    if labels.is_empty() {
        ".".to_owned()
    } else {
        labels.join(".")
    }
}

fn label_text(label: &[u8]) -> String {
    let mut text = String::with_capacity(label.len());
    for byte in label {
        match byte {
            b'.' | b'\\' | 0..=b' ' | 0x7f.. => text.push_str(&format!("\\{byte:03}")),
            _ => text.push(char::from(byte.to_ascii_lowercase())),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, &str>) {
        let found = canonical(typed);
        let found = found.map_err(|it| match it {
            DnsError::BadName { reason, .. } => reason,
            other => panic!("{other}"),
        });
        assert_eq!(found.as_deref().map_err(|it| *it), expected);
    }

    #[test]
    fn what_people_type_becomes_what_travels() {
        check("Contoso.Example", Ok("contoso.example"));
        check(" contoso.example. ", Ok("contoso.example"));
        check("bücher.example", Ok("xn--bcher-kva.example"));
        check("_sip._tls.contoso.example", Ok("_sip._tls.contoso.example"));
        check("0/25.2.0.192.in-addr.arpa", Ok("0/25.2.0.192.in-addr.arpa"));
    }

    #[test]
    fn what_arrives_is_printable() {
        let name = Name::from_labels([&b"a.\x1b\\"[..], b"EXAMPLE"]).expect("a name");
        assert_eq!(text(&name), r"a\046\027\092.example");
        assert_eq!(text(&Name::root()), ".");
    }

    #[test]
    fn what_cannot_travel_is_told() {
        let labels = "every label must have 1 to 63 characters";
        let character = "it holds a character that domain names do not have";
        check("", Err("it is empty"));
        check(".", Err("it is empty"));
        check("a..example", Err(labels));
        check(&format!("{}.example", "a".repeat(64)), Err(labels));
        check(
            &format!("{}example", "a.".repeat(130)),
            Err("it is longer than 253 characters"),
        );
        check("contoso.example:53", Err(character));
        check("a b.example", Err(character));
        check("a\\046b.example", Err(character));
    }
}
