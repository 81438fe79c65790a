//! Tables as csvde, PowerShell and spreadsheets write them.

use proptest::prelude::*;

use super::Reader;
use crate::entry::{Entry, ReadError, Value};

/// Name, line, attributes.
type Row<'a> = (&'a str, u64, &'a [(&'a str, &'a str)]);

fn read(text: &[u8]) -> Result<Vec<Entry>, ReadError> {
    Reader::new(text)?.entries().collect()
}

#[track_caller]
fn check(text: &str, expected: &[Row<'_>]) {
    let entries = read(text.as_bytes()).expect("well-formed");
    let pair = |(name, value): (&str, Value<'_>)| format!("{name}={}", value.readable());
    let found: Vec<(&str, u64, Vec<String>)> = entries
        .iter()
        .map(|it| (&*it.dn, it.line, it.attributes.iter().map(pair).collect()))
        .collect();
    let expected: Vec<(&str, u64, Vec<String>)> = expected
        .iter()
        .map(|(dn, line, pairs)| (*dn, *line, pairs.iter().map(|(n, v)| format!("{n}={v}")).collect()))
        .collect();
    assert_eq!(found, expected);
}

#[track_caller]
fn check_error(text: &str, expected: &str) {
    assert_eq!(read(text.as_bytes()).expect_err("broken").to_string(), expected);
}

#[test]
fn a_csvde_export_is_read() {
    check(
        "DN,objectClass,mail,proxyAddresses\r\n\
         \"CN=Ada,DC=contoso,DC=example\",top;user,ada@contoso.example,SMTP:ada@contoso.example;smtp:a@contoso.example\r\n",
        &[(
            "CN=Ada,DC=contoso,DC=example",
            2,
            &[
                ("objectClass", "top"),
                ("objectClass", "user"),
                ("mail", "ada@contoso.example"),
                ("proxyAddresses", "SMTP:ada@contoso.example"),
                ("proxyAddresses", "smtp:a@contoso.example"),
            ],
        )],
    );
}

#[test]
fn a_powershell_export_gets_directory_names() {
    check(
        "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\n\
         \"DistinguishedName\",\"SamAccountName\",\"EmailAddress\",\"Surname\",\"DisplayName\"\n\
         \"CN=Ada\",\"ada\",\"ada@contoso.example\",\"\",\"Ada; Countess\"\n",
        &[(
            "CN=Ada",
            3,
            &[
                ("SamAccountName", "ada"),
                ("mail", "ada@contoso.example"),
                ("DisplayName", "Ada; Countess"),
            ],
        )],
    );
}

#[test]
fn a_row_without_name_is_called_by_its_number() {
    check(
        "mail;displayName\na@contoso.example;A\n\nb@contoso.example;\"B\nb\"\nc@contoso.example;C\n",
        &[
            ("row 2", 2, &[("mail", "a@contoso.example"), ("displayName", "A")]),
            ("row 3", 4, &[("mail", "b@contoso.example"), ("displayName", "B\nb")]),
            ("row 4", 6, &[("mail", "c@contoso.example"), ("displayName", "C")]),
        ],
    );
}

#[test]
fn errors_name_the_line_and_the_remedy() {
    check_error(
        "DN,mail\ncn=a,a@contoso.example\ncn=b,dc=contoso,b@contoso.example\n",
        "line 3: the row has 3 cells where the header has 2; \
         quote cells that hold the separator, and export again",
    );
    check_error(
        "a@contoso.example,Ada\n",
        "line 1: the first row names no directory attribute (it begins with `a@contoso.example`); \
         begin the file with a row of attribute names, such as `DN,mail,displayName`",
    );
    check_error(
        "",
        "line 1: the first row names no directory attribute (it begins with ``); \
         begin the file with a row of attribute names, such as `DN,mail,displayName`",
    );
    check_error(
        "DN,proxyAddresses\ncn=a,Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\n",
        "line 2: the column `proxyAddresses` holds the name of a collection, not its values; \
         join the values with `;` before Export-Csv (`-join ';'`)",
    );
}

#[test]
fn reading_goes_on_behind_a_ragged_row() {
    let mut reader = Reader::new(&b"DN,mail\ncn=a\ncn=b,b@contoso.example\n"[..]).expect("a header");
    let found: Vec<_> = reader.entries().collect();
    assert!(
        matches!(&found[..], [Err(_), Ok(entry)] if entry.dn == "cn=b"),
        "{found:?}"
    );
}

#[test]
fn a_quote_left_open_does_not_swallow_the_memory() {
    let endless = std::io::Read::chain(&b"DN,mail\n\"cn=a"[..], std::io::repeat(b'a'));
    let mut reader = Reader::new(endless).expect("a header");
    let error = reader.next_entry().expect("an error").expect_err("too long");
    assert!(error.to_string().contains("is a quote left open?"), "{error}");
    assert!(reader.next_entry().is_none());
}

#[test]
fn latin_1_cells_are_kept_and_flagged() {
    let entries = read(b"DN,sn\ncn=Andr\xe9,Andr\xe9\n").expect("well-formed");
    assert_eq!((&*entries[0].dn, entries[0].dn_stray), ("cn=André", true));
    assert!(entries[0].attributes.first("sn").expect("there").is_stray());
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
        let _ = read(&[b"DN,mail,proxyAddresses\n", &bytes[..]].concat());
    }
}
