//! Distinguished names (RFC 4514), as far as the directory family needs them: what stands above what, and what the first
//! part is called.

/// What stands above it.
pub(super) fn parent(dn: &str) -> Option<&str> {
    dn.get(unescaped(dn, b",")? + 1..).map(str::trim_start)
}

/// The value of its first part, with escapes undone; of a part with several values, the first. Empty when there is none.
pub(super) fn name(dn: &str) -> String {
    relative_name(dn).unwrap_or_default()
}

/// The same; `None` when there is none, as in a table without names.
pub(super) fn relative_name(dn: &str) -> Option<String> {
    let first = unescaped(dn, b",+").map_or(dn, |it| &dn[..it]);
    let name = unescape(first.split_once('=')?.1.trim());
    (!name.is_empty()).then_some(name)
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

/// Where the first of these signs stands that no backslash escapes.
fn unescaped(dn: &str, signs: &[u8]) -> Option<usize> {
    let mut is_escaped = false;
    dn.bytes().position(|byte| {
        let is_sign = signs.contains(&byte) && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_sign
    })
}

fn unescape(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'\\' => rest = escaped(behind, &mut bytes),
            byte => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What stands behind a backslash: two hexadecimal digits of a byte, or the character itself. `\2C` and `\,` both mean a
/// comma.
fn escaped<'a>(behind: &'a [u8], into: &mut Vec<u8>) -> &'a [u8] {
    let mut byte = [0];
    if let Some((digits, rest)) = behind.split_at_checked(2)
        && hex::decode_to_slice(digits, &mut byte).is_ok()
    {
        into.extend(byte);
        return rest;
    }
    let (first, rest) = behind.split_at(behind.len().min(1));
    into.extend(first);
    rest
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

    #[test]
    fn the_relative_name_is_unescaped() {
        for (dn, expected) in [
            ("CN=Ada Lovelace,OU=People,DC=contoso,DC=example", Some("Ada Lovelace")),
            (r"CN=Lovelace\, Ada+UID=7,DC=contoso", Some("Lovelace, Ada")),
            (r"CN=\C3\89cho,DC=contoso", Some("Écho")),
            (r"CN=Ada\", Some("Ada")),
            ("CN=,DC=contoso", None),
            ("row 7", None),
        ] {
            assert_eq!(relative_name(dn).as_deref(), expected, "{dn}");
        }
    }
}
