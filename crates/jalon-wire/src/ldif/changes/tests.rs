//! Change records: read as they were written, refused where they are not what they seem.

use proptest::prelude::*;

use super::*;

fn all(text: &str) -> std::result::Result<Vec<ChangeRecord>, String> {
    ChangeRecords::new(text.as_bytes())
        .collect::<Result<_>>()
        .map_err(|it| it.to_string())
}

#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let error = all(text).expect_err(text);
    assert!(error.starts_with(expected), "{text}\n{error}");
}

const SWAP: &str = "dn: CN=Ada\nchangetype: modify\ndelete: mail\nmail: a b@contoso.example\n-\nadd: mail\n";

#[test]
fn edits_are_read_in_their_order() {
    let text = format!(
        "# by hand\nversion: 1\n\n\n{SWAP}mail:: YWI=\n-\n\n# more\ndn:: Q049w4k=\nchangetype: Modify\ndelete: street\n-\nreplace: l\nl: a\nL: b\n  c\n-"
    );
    let records = all(&text).unwrap();
    let seen: Vec<_> = records
        .iter()
        .flat_map(|record| {
            record.edits.iter().map(|it| {
                let values: Vec<String> = it.values.iter().map(|it| readable(it).into_owned()).collect();
                (
                    record.dn.as_str(),
                    record.line,
                    it.line,
                    it.edit,
                    it.attribute.as_str(),
                    values.join("|"),
                )
            })
        })
        .collect();
    let expected = [
        ("CN=Ada", 5, 7, Edit::Delete, "mail", "a b@contoso.example"),
        ("CN=Ada", 5, 10, Edit::Add, "mail", "ab"),
        ("CN=É", 15, 17, Edit::Delete, "street", ""),
        ("CN=É", 15, 19, Edit::Replace, "l", "a|b c"),
    ];
    assert_eq!(seen, expected.map(|it| (it.0, it.1, it.2, it.3, it.4, it.5.to_owned())));
}

#[test]
fn what_was_cut_off_is_not_taken_for_whole() {
    check_refused(SWAP, "line 6: the edit is not ended");
    check_refused(
        "dn: CN=Ada\nchangetype: modify\ndelete: mail\n",
        "line 3: the edit is not ended",
    );
    check_refused("dn: CN=Ada\nchangetype: modify\n", "line 1: the record changes nothing");
    check_refused("dn: CN=Ada\n", "line 1: the record changes nothing");
    check_refused(&format!("{SWAP}-\n"), "line 6: nothing is added to `mail`");
}

#[test]
fn other_records_are_refused_with_their_line() {
    let of = |rest: &str| format!("\ndn: CN=Ada\n{rest}");
    check_refused(
        &of("changetype: delete\n"),
        "line 3: `changetype: delete` is not made here",
    );
    check_refused(
        &of("changetype: modrdn\nnewrdn: CN=B\n"),
        "line 3: `changetype: modrdn`",
    );
    check_refused(
        &of("control: 1.2.3 true\nchangetype: modify\n"),
        "line 3: the record asks for a control",
    );
    check_refused(&of("mail: a\n"), "line 3: expected `changetype: modify`, found `mail`");
    check_refused(
        &of("changetype: modify\nmail: a\n"),
        "line 4: expected `add`, `delete` or `replace`",
    );
    check_refused(
        &of("changetype: modify\nadd: ma il\n"),
        "line 4: `ma il` is no attribute",
    );
    check_refused(
        &of("changetype: modify\nadd: mail\nmail: a\ndelete: l\n-\n"),
        "line 6: the edit is of `mail`, and the value of `delete`",
    );
    check_refused(
        &of("changetype: modify\nadd: mail\nmail:< file:///etc/passwd\n-\n"),
        "line 5: the value of `mail` is a reference",
    );
    check_refused(
        &of("changetype: modify\nadd: mail\nmail:: ???\n-\n"),
        "line 5: the value of `mail` is not valid base64",
    );
    check_refused("version: 2\n", "line 1: LDIF version `2`");
    check_refused("cn: a\n", "line 1: an entry must begin with `dn:`");
    check_refused(" a\n", "line 1: a line that begins with a space");
    check_refused(
        "dn:: /w==\nchangetype: modify\n",
        "line 1: the distinguished name is not UTF-8",
    );
}

#[test]
fn records_are_bounded() {
    let limits = Limits {
        line_bytes: 60,
        entry_bytes: 200,
        entry_values: 2,
    };
    let refused = |text: &str| {
        let mut records = ChangeRecords::with_limits(text.as_bytes(), limits);
        let error = records.next().expect("there is something").expect_err("too much");
        assert!(records.next().is_none());
        error.to_string()
    };
    let head = "dn: a\nchangetype: modify\nadd: l\n";
    assert!(refused(&format!("{head}l: {}\n", "x".repeat(70))).starts_with("line 4: the line is longer"));
    assert!(refused(&format!("{head}l: x\n {0}\n {0}\n", "x".repeat(40))).contains("the line is longer"));
    assert!(refused(&format!("{head}l: a\nl: b\nl: c\n-\n")).starts_with("line 6: the entry has more than 2 values"));
    assert!(refused(&format!("{head}{}", "# a comment\n".repeat(20))).contains("the entry is longer"));
}

fn any_edit() -> impl Strategy<Value = OwnedEdit> {
    let value = prop_oneof![
        "[ -~é]{0,90}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..90)
    ];
    let edit = prop_oneof![Just(Edit::Add), Just(Edit::Delete), Just(Edit::Replace)];
    (edit, "[a-zA-Z][a-zA-Z0-9;-]{0,20}", prop::collection::vec(value, 0..4)).prop_map(
        |(edit, attribute, mut values)| {
            if edit == Edit::Add && values.is_empty() {
                values.push(Vec::new());
            }
            OwnedEdit {
                edit,
                attribute,
                values,
                line: 0,
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        records in prop::collection::vec((".{0,90}", prop::collection::vec(any_edit(), 1..4)), 0..5),
    ) {
        let mut writer = Writer::new(Vec::new());
        writer.write_version().unwrap();
        for (dn, edits) in &records {
            ChangeRecord { dn: dn.clone(), line: 0, edits: edits.clone() }.write(&mut writer).unwrap();
        }
        let written = writer.into_inner();
        let read: Vec<_> = ChangeRecords::new(&written[..])
            .map(|it| it.map(|mut it| {
                it.edits.iter_mut().for_each(|it| it.line = 0);
                (it.dn, it.edits)
            }))
            .collect::<Result<_>>()
            .unwrap();
        prop_assert_eq!(read, records);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), head in any::<bool>()) {
        let text = [if head { SWAP.as_bytes() } else { b"" }, &bytes].concat();
        ChangeRecords::new(&text[..]).for_each(drop);
    }
}
