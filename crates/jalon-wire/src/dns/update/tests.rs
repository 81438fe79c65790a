//! Keys and messages; real servers change real zones in the tests of the laboratory.

use hickory_proto::{
    op::{Message, UpdateMessage},
    rr::{DNSClass, RData, RecordType},
};
use proptest::prelude::*;

use super::{BadKey, SetChange, UpdateError, UpdateKey, message::build};
use crate::dns::{Data, Record};

fn txt(name: &str, text: &str) -> Record {
    Record {
        name: name.to_owned(),
        ttl: 300,
        data: Data::Txt {
            text: text.to_owned(),
            parts: Vec::new(),
        },
    }
}

fn change(name: &str, kind: &str, before: Vec<Record>, after: Vec<Record>) -> SetChange {
    SetChange {
        name: name.to_owned(),
        kind: kind.to_owned(),
        before,
        after,
    }
}

#[test]
fn a_change_names_what_has_to_be_there_what_goes_and_what_comes() {
    let name = "contoso.example";
    let (old, kept, new) = (txt(name, "v=spf1 ?all"), txt(name, "MS=ms1"), txt(name, "v=spf1 -all"));
    let changes = [change(name, "TXT", vec![old.clone(), kept.clone()], vec![kept, new])];
    let built = build(7, name, &changes).expect("a message");
    let read = Message::from_vec(&built.to_vec().expect("bytes")).expect("a message again");
    assert_eq!(read.zones()[0].query_type(), RecordType::SOA);
    let there = read.prerequisites();
    assert!(there.len() == 2 && there.iter().all(|it| it.ttl == 0 && it.dns_class == DNSClass::IN));
    let done: Vec<_> = read.updates().iter().map(|it| (it.dns_class, it.ttl)).collect();
    assert_eq!(done, [(DNSClass::NONE, 0), (DNSClass::IN, 300)]);
}

#[test]
fn what_must_not_be_there_is_said_too() {
    let name = "autodiscover.contoso.example";
    let alias = Record {
        name: name.to_owned(),
        ttl: 3600,
        data: Data::Cname {
            target: "autodiscover.outlook.com".to_owned(),
        },
    };
    let built = build(7, "contoso.example", &[change(name, "CNAME", Vec::new(), vec![alias])]).expect("a message");
    let absent = &built.prerequisites()[0];
    assert_eq!(
        (absent.dns_class, absent.record_type()),
        (DNSClass::NONE, RecordType::CNAME)
    );
    assert!(matches!(absent.data, RData::Update0(_)));
}

#[test]
fn a_name_of_another_zone_and_bytes_that_are_no_text_are_not_written() {
    let foreign = change(
        "www.fabrikam.example",
        "TXT",
        Vec::new(),
        vec![txt("www.fabrikam.example", "a")],
    );
    let lossy = txt("contoso.example", "v=spf1 \u{fffd}all");
    let lossy = change("contoso.example", "TXT", vec![lossy], Vec::new());
    for it in [foreign, lossy] {
        let built = build(7, "contoso.example", std::slice::from_ref(&it));
        assert!(matches!(built, Err(UpdateError::Unwritable { .. })), "{it:?}");
    }
}

#[test]
fn a_key_is_read_as_servers_keep_it_and_never_shown() {
    let text =
        "# of the primary\nkey \"Jalon.Contoso.Example\" {\n\talgorithm hmac-sha256;\n\tsecret \"c2VjcmV0//8=\";\n};\n";
    let key = UpdateKey::parse(text).expect("a key");
    assert_eq!(key.name(), "jalon.contoso.example");
    assert!(!format!("{key:?}").contains("c2Vj"));
    for (text, expected) in [
        ("", BadKey::Form),
        ("key a.example { secret \"AAAA\"; };", BadKey::Form),
        (
            "key a.example { algorithm hmac-md5; secret \"AAAA\"; };",
            BadKey::Algorithm,
        ),
        (
            "key a.example { algorithm hmac-sha256; secret \"!\"; };",
            BadKey::Secret,
        ),
        ("key a.example { algorithm hmac-sha256; secret \"\"; };", BadKey::Secret),
    ] {
        assert_eq!(UpdateKey::parse(text).err(), Some(expected), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_as_a_key_without_panic(text in ".{0,200}", inner in "[a-z0-9;{}\" =/+-]{0,80}") {
        let _ = UpdateKey::parse(&text);
        let _ = UpdateKey::parse(&format!("key {inner}"));
    }
}
