//! What holds for any two directories.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jalon_wire::entry::{Attributes, Entry};
use proptest::prelude::*;

use super::{applied, keys};
use crate::directory::join::{Joined, Settings, plan};

/// Few addresses and few names, so that they meet.
fn address() -> impl Strategy<Value = String> {
    (
        0..6_u8,
        prop_oneof![Just("contoso.example"), Just("Contoso.example"), Just("nord")],
    )
        .prop_map(|(n, domain)| format!("u{n}@{domain}"))
}

fn given() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("Jean"),
        Just("Jean-Pierre"),
        Just("J."),
        Just("Hélène"),
        Just("helene")
    ]
}

fn surname() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("Martin"), Just("de La Tour"), Just("Delatour"), Just("MARTIN")]
}

type Line = (&'static str, String);

fn some<T>(name: &'static str, value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<Line>>
where
    T: ToString + std::fmt::Debug,
{
    proptest::option::of(value).prop_map(move |it| it.map(|it| (name, it.to_string())))
}

/// Up to three values of an attribute that hold addresses behind a prefix.
fn several(name: &'static str, prefixes: &'static [&'static str]) -> impl Strategy<Value = Vec<Line>> {
    let value = (proptest::sample::select(prefixes), address()).prop_map(|(prefix, it)| format!("{prefix}{it}"));
    // A directory holds no value twice, whatever its case, and one primary address.
    proptest::collection::vec(value, 0..3).prop_map(move |values| {
        let mut seen = BTreeSet::new();
        let is_primary = |it: &str| it.starts_with("SMTP:").then_some("primary".to_owned());
        let kept = values.into_iter().filter(|it| {
            let is_new = seen.insert(it.to_lowercase());
            is_new && is_primary(it).is_none_or(|mark| seen.insert(mark))
        });
        kept.map(|it| (name, it)).collect()
    })
}

fn entry(dn: String, lines: Vec<Line>) -> Entry {
    let mut attributes = Attributes::default();
    lines
        .iter()
        .for_each(|(name, value)| attributes.push(name, value.as_bytes()));
    Entry {
        dn,
        dn_stray: false,
        line: 1,
        attributes,
    }
}

fn ad() -> impl Strategy<Value = Vec<Entry>> {
    let class = prop_oneof![4 => Just("user"), 1 => Just("contact"), 1 => Just("group")];
    let one = (
        class,
        some("employeeID", 0..4_u8),
        some("mail", address()),
        several("proxyAddresses", &["smtp:", "SMTP:"]),
        some("mailNickname", "[ab]"),
        some("targetAddress", address()),
        (some("givenName", given()), some("sn", surname())),
    );
    let one = one.prop_map(|(class, id, mail, proxies, nickname, target, (given, sn))| {
        let lines = [
            Some(("objectClass", class.to_owned())),
            id,
            mail,
            nickname,
            target,
            given,
            sn,
        ];
        lines.into_iter().flatten().chain(proxies).collect::<Vec<Line>>()
    });
    proptest::collection::vec(one, 0..6).prop_map(|all| {
        (0..)
            .zip(all)
            .map(|(n, lines): (u32, _)| entry(format!("CN=a{n},DC=contoso,DC=example"), lines))
            .collect()
    })
}

fn other() -> impl Strategy<Value = Vec<Entry>> {
    let one = (
        some("employeeNumber", 0..4_u8),
        several("mail", &[""]),
        several("mailAlternateAddress", &["", "smtp:"]),
        some("ShortName", "[abc]"),
        some("mailForwardingAddress", address()),
        (some("givenName", given()), some("sn", surname())),
    );
    let one = one.prop_map(|(id, mail, aliases, nickname, forward, (given, sn))| {
        let lines = [id, nickname, forward, given, sn];
        lines
            .into_iter()
            .flatten()
            .chain(mail)
            .chain(aliases)
            .collect::<Vec<Line>>()
    });
    proptest::collection::vec(one, 0..6).prop_map(|all| {
        (0..)
            .zip(all)
            .map(|(n, lines): (u32, _)| entry(format!("uid=o{n},dc=nord,dc=example"), lines))
            .collect()
    })
}

/// Order of keys, overwriting, target domain, confidence.
type Choices = (&'static str, bool, bool, f64);

fn choices() -> impl Strategy<Value = Choices> {
    let orders = [
        "employeeID,mail,name",
        "name,mail",
        "mail,employeeID",
        "mailNickname=ShortName,name",
    ];
    (
        proptest::sample::select(orders.to_vec()),
        any::<bool>(),
        any::<bool>(),
        0.7..1.0,
    )
}

/// Reading the list of top-level domains takes longer than a case.
static DEFAULT: LazyLock<Settings> = LazyLock::new(Settings::default);

fn settings((order, overwrite, cloud, confidence): Choices) -> Settings {
    Settings {
        keys: keys(order),
        overwrite,
        confidence,
        target_domain: cloud.then(|| "contoso.mail.onmicrosoft.com".to_owned()),
        ..DEFAULT.clone()
    }
}

fn run(ad: &[Entry], other: &[Entry], settings: &Settings) -> Joined {
    plan(ad.iter().cloned(), other.iter().cloned(), settings).unwrap()
}

fn values(joined: &Joined) -> Vec<&crate::directory::join::Fill> {
    joined.matched.iter().flat_map(|it| &it.values).collect()
}

/// Each address with the objects that hold it in an attribute of mail.
fn holders(entries: &[Entry]) -> BTreeMap<String, BTreeSet<String>> {
    let mut holders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in entries {
        for name in ["mail", "proxyAddresses", "targetAddress"] {
            for value in entry.attributes.values(name) {
                let value = value.text().unwrap().to_lowercase();
                let address = value.strip_prefix("smtp:").unwrap_or(&value).to_owned();
                holders.entry(address).or_default().insert(entry.dn.clone());
            }
        }
    }
    holders
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn once_applied_nothing_is_proposed_any_more(ad in ad(), other in other(), chosen in choices()) {
        let settings = Settings { overwrite: false, ..settings(chosen) };
        let joined = run(&ad, &other, &settings);
        let again = run(&applied(&ad, &joined), &other, &settings);
        prop_assert!(values(&again).is_empty(), "{:?}", values(&again));
    }

    /// An address that went with an overwritten value may have been what made somebody else ambiguous.
    #[test]
    fn overwriting_comes_to_an_end(ad in ad(), other in other(), chosen in choices()) {
        let settings = Settings { overwrite: true, ..settings(chosen) };
        let mut now = ad.clone();
        let mut rounds = 0;
        loop {
            let joined = run(&now, &other, &settings);
            if values(&joined).is_empty() {
                break;
            }
            rounds += 1;
            prop_assert!(rounds <= ad.len() + 1, "{:?}", values(&joined));
            now = applied(&now, &joined);
        }
    }

    #[test]
    fn no_address_comes_to_a_second_object(ad in ad(), other in other(), chosen in choices()) {
        let settings = settings(chosen);
        let joined = run(&ad, &other, &settings);
        let before = holders(&ad);
        for (address, after) in holders(&applied(&ad, &joined)) {
            let had = before.get(&address).map_or(0, BTreeSet::len);
            prop_assert!(after.len() <= had.max(1), "{} is held by {:?}", address, after);
        }
    }

    #[test]
    fn without_overwriting_no_value_goes(ad in ad(), other in other(), chosen in choices()) {
        let settings = settings(chosen);
        let settings = Settings { overwrite: false, ..settings };
        let joined = run(&ad, &other, &settings);
        prop_assert!(values(&joined).iter().all(|it| it.is_missing()));
        for (before, after) in ad.iter().zip(applied(&ad, &joined)) {
            let after: Vec<_> = after.attributes.iter().map(|it| (it.0.to_owned(), it.1.bytes.to_owned())).collect();
            prop_assert!(before.attributes.iter().all(|it| after.contains(&(it.0.to_owned(), it.1.bytes.to_owned()))));
        }
    }

    #[test]
    fn one_value_stays_one(ad in ad(), other in other(), chosen in choices()) {
        let settings = settings(chosen);
        let joined = run(&ad, &other, &settings);
        for (before, after) in ad.iter().zip(applied(&ad, &joined)) {
            for name in ["mail", "mailNickname", "targetAddress"] {
                prop_assert!(after.attributes.values(name).count() <= 1, "{} of {}", name, before.dn);
            }
            let all: Vec<String> = after.attributes.values("proxyAddresses").map(|it| it.text().unwrap().to_owned()).collect();
            let distinct: BTreeSet<String> = all.iter().map(|it| it.to_lowercase()).collect();
            prop_assert_eq!(all.len(), distinct.len(), "{:?}", all);
            prop_assert!(all.iter().filter(|it| it.starts_with("SMTP:")).count() <= 1, "{:?}", all);
        }
    }

    #[test]
    fn everybody_with_mail_is_somewhere_and_no_object_twice(ad in ad(), other in other(), chosen in choices()) {
        let settings = settings(chosen);
        let joined = run(&ad, &other, &settings);
        let placed = joined.matched.len() + joined.ambiguous.len() + joined.missing.len();
        let with_mail = joined.counts.other_people - joined.counts.without_mail;
        prop_assert_eq!(placed as u64, with_mail);
        let objects: BTreeSet<&String> = joined.matched.iter().map(|it| &it.dn).collect();
        prop_assert_eq!(objects.len(), joined.matched.len());
    }
}
