//! The reader and the writer against each other and against what real tools write.

use proptest::prelude::*;

use super::*;
use crate::entry::{Attributes, Entry, Form, Problem, ReadError};

fn read(text: &[u8]) -> Vec<Result<Entry, ReadError>> {
    Reader::new(text).entries().collect()
}

fn read_well(text: &[u8]) -> Vec<Entry> {
    read(text).into_iter().map(|it| it.expect("well-formed")).collect()
}

/// Names and values, readable, in the order of the file.
#[track_caller]
fn check(text: &str, expected: &[(&str, &[(&str, &str)])]) {
    let found: Vec<(String, Vec<(String, String)>)> = read_well(text.as_bytes())
        .into_iter()
        .map(|it| {
            let pair =
                |(name, value): (&str, crate::entry::Value<'_>)| (name.to_owned(), value.readable().into_owned());
            (it.dn.clone(), it.attributes.iter().map(pair).collect())
        })
        .collect();
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let expected: Vec<_> = expected
        .iter()
        .map(|(dn, pairs)| ((*dn).to_owned(), pairs.iter().map(own).collect::<Vec<_>>()))
        .collect();
    assert_eq!(found, expected);
}

/// The first error, as a person reads it.
#[track_caller]
fn check_error(text: &str, expected: &str) {
    let error = read(text.as_bytes())
        .into_iter()
        .find_map(Result::err)
        .expect("an error");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn folding_comments_base64_and_options_are_read() {
    check(
        "version: 1\n# a comment\n#  folded\n  comment\n\ndn: cn=Ada,dc=contoso,\n dc=example\n\
         cn: A\n da\ndisplayName;lang-fr: Ada\nsn:: w4k=\nempty:\nspaced:    x \n",
        &[(
            "cn=Ada,dc=contoso,dc=example",
            &[
                ("cn", "Ada"),
                ("displayName;lang-fr", "Ada"),
                ("sn", "É"),
                ("empty", ""),
                ("spaced", "x "),
            ],
        )],
    );
}

#[test]
fn entries_end_at_blank_lines_whatever_the_line_ends() {
    let expected: &[(&str, &[(&str, &str)])] = &[("cn=a", &[("cn", "a")]), ("cn=b", &[("cn", "b")])];
    check("dn: cn=a\ncn: a\n\n\n\ndn: cn=b\ncn: b", expected);
    check("dn: cn=a\r\ncn: a\r\n\r\ndn: cn=b\r\ncn: b\r\n", expected);
    check("", &[]);
    check("\n\n# nothing\n\n", &[]);
}

#[test]
fn what_ldifde_and_ldapsearch_write_is_read() {
    check("dn: cn=a\nchangetype: add\ncn: a\n", &[("cn=a", &[("cn", "a")])]);
    check(
        "# extended LDIF\n#\n\ndn: cn=a\ncn: a\n\n# search reference\nref: ldap://b.example\n\n\
         # search result\nsearch: 2\nresult: 0 Success\n\n# numResponses: 2\n",
        &[("cn=a", &[("cn", "a")])],
    );
}

#[test]
fn files_put_together_keep_their_version_lines() {
    check(
        "version: 1\ndn: cn=a\n\nversion: 1\ndn: cn=b\n",
        &[("cn=a", &[]), ("cn=b", &[])],
    );
}

#[test]
fn every_error_names_its_line_and_a_remedy() {
    check_error(
        "version: 1\n\ndn: cn=a\nchangetype: modify\n",
        "line 4: this is a change record (changetype: modify); \
         export the directory's content instead",
    );
    check_error(
        "\ncn: a\n",
        "line 2: an entry must begin with `dn:`, not with `cn: a`; \
         begin every entry with its distinguished name",
    );
    check_error(
        "dn: cn=a\nphoto:< file:///etc/passwd\n",
        "line 2: the value of `photo` is a reference (`:<`), and references are not fetched; \
         write the value itself, in base64 after `::`",
    );
    check_error(
        "dn: cn=a\ncn:: ****\n",
        "line 2: the value of `cn` is not valid base64; export again, or repair the value",
    );
    check_error(
        "dn: cn=a\nno colon here\n",
        "line 2: expected `attribute: value`, found `no colon here`; \
         export again, or repair the line",
    );
    check_error(
        "dn: cn=a\ncn: a\ndn: cn=b\n",
        "line 3: a second `dn:` stands inside the entry; put a blank line between two entries",
    );
    check_error(
        "dn: cn=a\n\n stray\n",
        "line 3: a line that begins with a space continues nothing; \
         remove the space, or the blank line before it",
    );
    check_error(
        "version: 2\n",
        "line 1: LDIF version `2` is unknown; export as LDIF version 1 (RFC 2849)",
    );
    check_error(
        "dn: cn=a\n\nsearch: 2\nresult: 4 Size limit exceeded\n",
        "line 4: the directory ended the search with `4 Size limit exceeded`: the export is not \
         complete; export again with paged results and enough rights",
    );
}

#[test]
fn reading_goes_on_behind_a_broken_entry() {
    let found = read(b"dn: cn=a\nbroken\ncn: a\n\ndn: cn=b\ncn: b\n");
    let told: Vec<_> = found.iter().map(|it| it.as_ref().map(|e| (&*e.dn, e.line))).collect();
    assert!(matches!(told[..], [Err(_), Ok(("cn=b", 5))]), "{told:?}");
}

#[test]
fn values_know_their_line_behind_folds_and_comments() {
    let entries = read_well(b"# one\ndn: cn=a\n# three\ncn: a\n b\nmail: x\n");
    let lines: Vec<_> = entries[0].attributes.iter().map(|(_, it)| it.line).collect();
    assert_eq!((entries[0].line, lines), (2, vec![4, 6]));
}

#[test]
fn latin_1_is_kept_and_flagged() {
    let entries = read_well(b"dn: cn=Andr\xe9\ncn: Andr\xe9\nsn: plain\njpegPhoto:: /9g=\n");
    let [entry] = &entries[..] else { panic!("one entry") };
    assert_eq!((&*entry.dn, entry.dn_stray), ("cn=André", true));
    let cn = entry.attributes.first("cn").expect("there");
    assert_eq!(
        (cn.bytes, cn.is_stray(), &*cn.readable()),
        (&b"Andr\xe9"[..], true, "André")
    );
    let photo = entry.attributes.first("jpegphoto").expect("there");
    assert_eq!(
        (photo.bytes, photo.is_stray(), photo.form),
        (&b"\xff\xd8"[..], false, Form::Base64)
    );
}

#[test]
fn limits_hold() {
    let limits = Limits {
        line_bytes: 20,
        entry_bytes: 60,
        entry_values: 2,
    };
    let first = |text: &str| {
        let mut reader = Reader::with_limits(text.as_bytes(), limits);
        let problem = reader.entries().find_map(Result::err).map(|it| it.problem);
        problem.expect("over the limit")
    };
    let long = format!("dn: {}\n", "a".repeat(20));
    assert_eq!(first(&long), Problem::LineTooLong { limit: 20 });
    let folded = format!("dn: a\n{}", " aaaaaaaaaa\n".repeat(3));
    assert_eq!(first(&folded), Problem::LineTooLong { limit: 20 });
    assert_eq!(first("dn: a\na: 1\nb: 2\nc: 3\n"), Problem::TooManyValues { limit: 2 });
    let large = format!("dn: a\n{}", "# comment\n".repeat(6));
    assert_eq!(first(&large), Problem::EntryTooLong { limit: 60 });
}

#[test]
fn entries_larger_than_the_buffer_are_read_whole() {
    let mut text = String::from("dn: cn=large\n");
    (0..40_000).for_each(|it| text.push_str(&format!("member: cn=user {it},dc=contoso\n")));
    text.push_str("\ndn: cn=next\ncn: next\n");
    let entries = read_well(text.as_bytes());
    assert_eq!(entries[0].attributes.view().len(), 40_000);
    let last = entries[0].attributes.iter().last().expect("there").1;
    assert_eq!(last.text(), Some("cn=user 39999,dc=contoso"));
    assert_eq!(entries[1].line, 40_003);
}

/// Hands out one byte at a time: every boundary of every refill.
struct Dribble<'a>(&'a [u8]);

impl std::io::Read for Dribble<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let (Some(slot), Some((first, rest))) = (into.first_mut(), self.0.split_first()) else {
            return Ok(0);
        };
        *slot = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn a_failed_read_ends_the_reading() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let found: Vec<_> = Reader::new(Failing).entries().collect();
    let [Err(error)] = &found[..] else {
        panic!("one error: {found:?}")
    };
    assert_eq!(
        error.to_string(),
        "line 1: cannot read: the disk is gone; check the file and export it again"
    );
}

#[test]
fn a_modification_is_written_in_one_record() {
    let mut writer = Writer::new(Vec::new());
    let edit = |edit, attribute, values| Change {
        edit,
        attribute,
        values,
    };
    writer.write_version().expect("a vector takes all");
    writer.write_comment("DIR-006\nduplicate").expect("a vector takes all");
    writer
        .write_modify(
            "cn=Zoé,dc=contoso,dc=example",
            &[
                edit(Edit::Delete, "proxyAddresses", &[b"smtp:a b@contoso.example"]),
                edit(Edit::Add, "proxyAddresses", &[b"smtp:ab@contoso.example"]),
                edit(Edit::Replace, "mail", &[b" x"]),
                edit(Edit::Delete, "info", &[]),
            ],
        )
        .expect("a vector takes all");
    let text = String::from_utf8(writer.into_inner()).expect("ASCII");
    assert_eq!(
        text,
        "version: 1\n\n# DIR-006\n# duplicate\ndn:: Y249Wm/DqSxkYz1jb250b3NvLGRjPWV4YW1wbGU=\n\
         changetype: modify\ndelete: proxyAddresses\nproxyAddresses: smtp:a b@contoso.example\n-\n\
         add: proxyAddresses\nproxyAddresses: smtp:ab@contoso.example\n-\n\
         replace: mail\nmail:: IHg=\n-\ndelete: info\n-\n\n"
    );
}

#[test]
fn a_name_cannot_smuggle_a_line_into_a_change_record() {
    let mut writer = Writer::new(Vec::new());
    for name in ["mail\nchangetype: delete", "", "a b", "mail:"] {
        assert!(writer.write_value(name, b"x").is_err(), "{name}");
    }
    assert!(writer.into_inner().is_empty());
}

fn some_entry() -> impl Strategy<Value = (String, Vec<(String, Vec<u8>)>)> {
    let name = "[a-zA-Z][a-zA-Z0-9-]{0,20}(;[a-z-]{1,8})?".prop_filter("reserved", |it| {
        !["dn", "changetype"].contains(&&*it.to_ascii_lowercase())
    });
    let value = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..200),
        "[ -~]{0,200}".prop_map(String::into_bytes),
    ];
    ("\\PC{0,80}", proptest::collection::vec((name, value), 0..12))
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(entries in proptest::collection::vec(some_entry(), 0..6)) {
        let entries: Vec<(String, Attributes)> = entries
            .iter()
            .map(|(dn, pairs)| (dn.clone(), pairs.iter().map(|(n, v)| (&**n, &**v)).collect()))
            .collect();
        let mut writer = Writer::new(Vec::new());
        for (dn, attributes) in &entries {
            writer.write_entry(dn, attributes.view()).expect("a vector takes all");
        }
        let text = writer.into_inner();
        prop_assert!(text.split(|it| *it == b'\n').all(|line| line.len() <= 76));
        let read: Vec<_> = read_well(&text).into_iter().map(|it| (it.dn, it.attributes)).collect();
        prop_assert_eq!(&read, &entries);
        let mut slow = Reader::new(Dribble(&text));
        let slow: Vec<_> = slow.entries().map(|it| it.expect("well-formed").attributes).collect();
        prop_assert_eq!(slow, read.into_iter().map(|it| it.1).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_are_read_without_panic_and_without_end(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let count = read(&bytes).len();
        prop_assert!(count <= bytes.len());
    }

    #[test]
    fn anything_that_looks_like_ldif_is_read_without_panic(text in "(dn:{1,3} ?[ -~]{0,5}\n|[a-z]{1,3}:{0,2}<? ?[A-Za-z0-9=]{0,8}\r?\n| [a-z]{0,3}\n|#\n|\n){0,30}") {
        read(text.as_bytes());
    }
}
