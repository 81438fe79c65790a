//! The first part of a distinguished name (RFC 4514).

/// Its value, unescaped; `None` when there is none.
pub(super) fn relative_name(dn: &str) -> Option<String> {
    let (_, rest) = dn.split_once('=')?;
    let mut bytes = Vec::new();
    let mut rest = rest.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b',' | b'+' => break,
            b'\\' => rest = unescape(behind, &mut bytes),
            byte => bytes.push(*byte),
        }
    }
    let name = String::from_utf8_lossy(&bytes).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// What stands behind a backslash: two hexadecimal digits of a byte, or the character itself.
fn unescape<'a>(behind: &'a [u8], into: &mut Vec<u8>) -> &'a [u8] {
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
    fn the_relative_name_is_unescaped() {
        for (dn, expected) in [
            ("CN=Ada Lovelace,OU=People,DC=contoso,DC=example", Some("Ada Lovelace")),
            ("CN=Lovelace\\, Ada+UID=7,DC=contoso", Some("Lovelace, Ada")),
            ("CN=\\C3\\89cho,DC=contoso", Some("Écho")),
            ("CN=Ada\\", Some("Ada")),
            ("CN=,DC=contoso", None),
            ("row 7", None),
        ] {
            assert_eq!(relative_name(dn).as_deref(), expected, "{dn}");
        }
    }
}
