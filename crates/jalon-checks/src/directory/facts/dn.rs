//! Distinguished names (RFC 4514), as far as facts need them: what stands above what, and what the first part is called.

/// What stands above it.
pub(super) fn parent(dn: &str) -> Option<&str> {
    dn.get(first_comma(dn)? + 1..).map(str::trim_start)
}

/// The value of its first part, with escapes undone.
pub(super) fn name(dn: &str) -> String {
    let first = first_comma(dn).map_or(dn, |it| &dn[..it]);
    unescape(first.split_once('=').map_or("", |it| it.1).trim())
}

/// Whether both are written alike: a server spells its own names in one way, letter case aside.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// The DNS name that the last parts make (RFC 2247): `DC=contoso,DC=example`.
pub(super) fn dns_name(dn: &str) -> Option<String> {
    let mut labels = Vec::new();
    let mut rest = Some(dn);
    while let Some(dn) = rest {
        let is_label = dn.trim().get(..3).is_some_and(|it| it.eq_ignore_ascii_case("dc="));
        if is_label {
            labels.push(name(dn).to_lowercase());
        } else {
            labels.clear();
        }
        rest = parent(dn);
    }
    (!labels.is_empty()).then(|| labels.join("."))
}

/// Where the first part ends.
fn first_comma(dn: &str) -> Option<usize> {
    let mut is_escaped = false;
    dn.bytes().position(|byte| {
        let ends = byte == b',' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })
}

/// `\,` and `\2C` both mean a comma.
fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let coded = after.get(..2).and_then(|it| hex::decode(it).ok());
        match (byte, coded, after.split_first()) {
            (b'\\', Some(code), _) => {
                bytes.extend(code);
                rest = &after[2..];
            }
            (b'\\', None, Some((&next, after))) => {
                bytes.push(next);
                rest = after;
            }
            _ => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_commas_that_are_not_escaped() {
        let dn = r"CN=Ada\, the\2C first,OU=People,DC=contoso,DC=example";
        assert_eq!(name(dn), "Ada, the, first");
        assert_eq!(parent(dn), Some("OU=People,DC=contoso,DC=example"));
        assert_eq!(parent("DC=example"), None);
        assert_eq!(dns_name(dn).as_deref(), Some("contoso.example"));
        assert_eq!(dns_name("CN=x,DC=a,OU=b,DC=c").as_deref(), Some("c"));
        assert_eq!(dns_name("CN=x"), None);
    }
}
