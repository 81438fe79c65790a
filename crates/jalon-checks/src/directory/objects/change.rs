//! Fixes as LDIF change records (RFC 2849), each with the record that undoes it.

use jalon_domain::finding::{Fix, FixKind};
use jalon_wire::ldif::{Change, Edit, Writer};

/// The attribute gets another value; `None` stands for no value.
pub(super) fn replace(dn: &str, attribute: &str, from: Option<&str>, to: &str) -> Option<Fix> {
    let edit = |value: Option<&str>| record(dn, attribute, &[(Edit::Replace, value)]);
    fix(dn, edit(Some(to)), edit(from))
}

/// One value among several is exchanged, or removed: a single change, so that nothing is lost halfway.
pub(super) fn exchange(dn: &str, attribute: &str, from: Option<&str>, to: Option<&str>) -> Option<Fix> {
    let edits = |old: Option<&str>, new: Option<&str>| {
        let old = old.map(|it| (Edit::Delete, Some(it)));
        let new = new.map(|it| (Edit::Add, Some(it)));
        record(dn, attribute, &old.into_iter().chain(new).collect::<Vec<_>>())
    };
    fix(dn, edits(from, to), edits(to, from))
}

/// Without a distinguished name there is nothing to change: a table may leave it out.
fn fix(dn: &str, text: Option<String>, undo: Option<String>) -> Option<Fix> {
    dn.contains('=').then_some(Fix {
        kind: FixKind::Ldif,
        text: text?,
        undo,
        steps: None,
    })
}

fn record(dn: &str, attribute: &str, edits: &[(Edit, Option<&str>)]) -> Option<String> {
    let values: Vec<Vec<&[u8]>> = edits
        .iter()
        .map(|it| it.1.into_iter().map(str::as_bytes).collect())
        .collect();
    let changes: Vec<Change<'_>> = edits
        .iter()
        .zip(&values)
        .map(|((edit, _), values)| Change {
            edit: *edit,
            attribute,
            values,
        })
        .collect();
    let mut writer = Writer::new(Vec::new());
    writer.write_modify(dn, &changes).ok()?;
    String::from_utf8(writer.into_inner()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_replaced_and_put_back() {
        let fix = replace(
            "CN=Ada",
            "userPrincipalName",
            Some("adë@contoso.example"),
            "ada@contoso.example",
        )
        .unwrap();
        assert_eq!(
            fix.text,
            "dn: CN=Ada\nchangetype: modify\nreplace: userPrincipalName\nuserPrincipalName: ada@contoso.example\n-\n\n"
        );
        assert!(
            fix.undo
                .unwrap()
                .contains("userPrincipalName:: YWTDq0Bjb250b3NvLmV4YW1wbGU=\n")
        );
    }

    #[test]
    fn one_value_among_several_is_exchanged_in_one_change() {
        let fix = exchange(
            "CN=Ada",
            "proxyAddresses",
            Some("smtp:a b@x.example"),
            Some("smtp:ab@x.example"),
        )
        .unwrap();
        let expected = "dn: CN=Ada\nchangetype: modify\ndelete: proxyAddresses\nproxyAddresses: smtp:a b@x.example\n-\n\
                        add: proxyAddresses\nproxyAddresses: smtp:ab@x.example\n-\n\n";
        assert_eq!(fix.text, expected);
    }

    #[test]
    fn a_row_without_name_gets_no_change() {
        assert_eq!(exchange("row 7", "proxyAddresses", Some("a"), None), None);
    }
}
