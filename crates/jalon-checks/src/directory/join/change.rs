//! The values of one object as one LDIF change record (RFC 2849), and the record that undoes it. Values are added and
//! deleted by name, never replaced: what somebody else changed meanwhile makes the record fail, and is not lost.

use jalon_wire::ldif::{Change, Edit, Writer};

use super::{Attribute, Fill};

/// The record; `None` for a row of a table, which has no distinguished name, and where there is nothing to change.
pub(super) fn record(dn: &str, fills: &[Fill]) -> Option<String> {
    write(dn, fills, |it| it.value.as_deref(), |it| Some(&it.proposed))
}

/// The record that undoes it.
pub(super) fn undo(dn: &str, fills: &[Fill]) -> Option<String> {
    write(dn, fills, |it| Some(&it.proposed), |it| it.value.as_deref())
}

fn write(
    dn: &str,
    fills: &[Fill],
    goes: fn(&Fill) -> Option<&str>,
    comes: fn(&Fill) -> Option<&str>,
) -> Option<String> {
    if !dn.contains('=') {
        return None;
    }
    let mut edits: Vec<(Edit, &str, Vec<&[u8]>)> = Vec::new();
    for attribute in Attribute::ALL {
        let of = |value: fn(&Fill) -> Option<&str>| {
            let ours = fills.iter().filter(|it| it.attribute == attribute);
            ours.filter_map(value).map(str::as_bytes).collect::<Vec<_>>()
        };
        edits.push((Edit::Delete, attribute.name(), of(goes)));
        edits.push((Edit::Add, attribute.name(), of(comes)));
    }
    // A deletion without values would take the whole attribute.
    edits.retain(|it| !it.2.is_empty());
    let changes: Vec<Change<'_>> = edits
        .iter()
        .map(|(edit, attribute, values)| Change {
            edit: *edit,
            attribute,
            values,
        })
        .collect();
    if changes.is_empty() {
        return None;
    }
    let mut writer = Writer::new(Vec::new());
    writer.write_modify(dn, &changes).ok()?;
    String::from_utf8(writer.into_inner()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_record_adds_what_is_missing_and_another_takes_it_away() {
        let fills = [
            Fill::add(Attribute::Mail, "ada@contoso.example"),
            Fill::add(Attribute::ProxyAddresses, "SMTP:ada@contoso.example"),
            Fill::add(Attribute::ProxyAddresses, "smtp:al@contoso.example"),
        ];
        let expected = "dn: CN=Ada\nchangetype: modify\nadd: mail\nmail: ada@contoso.example\n-\nadd: proxyAddresses\n\
                        proxyAddresses: SMTP:ada@contoso.example\nproxyAddresses: smtp:al@contoso.example\n-\n\n";
        assert_eq!(record("CN=Ada", &fills).unwrap(), expected);
        assert_eq!(undo("CN=Ada", &fills).unwrap(), expected.replace("add:", "delete:"));
    }

    #[test]
    fn a_value_that_goes_is_deleted_by_name() {
        let fills = [Fill::change(
            Attribute::Mail,
            "old@contoso.example",
            "new@contoso.example",
        )];
        let forth = "delete: mail\nmail: old@contoso.example\n-\nadd: mail\nmail: new@contoso.example\n-\n";
        let back = "delete: mail\nmail: new@contoso.example\n-\nadd: mail\nmail: old@contoso.example\n-\n";
        assert!(record("CN=Ada", &fills).unwrap().contains(forth));
        assert!(undo("CN=Ada", &fills).unwrap().contains(back));
    }

    #[test]
    fn a_row_without_name_and_an_object_that_lacks_nothing_get_no_record() {
        assert_eq!(
            record("row 7", &[Fill::add(Attribute::Mail, "ada@contoso.example")]),
            None
        );
        assert_eq!(record("CN=Ada", &[]), None);
    }
}
