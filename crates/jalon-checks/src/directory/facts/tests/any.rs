//! Whatever a directory sends, facts come of it, and the same ones every time.

use jalon_wire::{
    entry::{Attributes, Entry},
    ldap::RootDse,
};
use proptest::prelude::*;

use crate::{
    directory::{
        facts::{ForestFacts, Gathered, Part, Seen, Unseen, Why, judge, read},
        forest,
    },
    tests::{context, profile},
};

/// Attributes that facts are read from, and values that mean something to them.
const NAMES: [&str; 24] = [
    "objectClass",
    "nCName",
    "dnsRoot",
    "systemFlags",
    "trustParent",
    "uPNSuffixes",
    "fSMORoleOwner",
    "objectVersion",
    "rangeUpper",
    "dNSHostName",
    "serverReference",
    "options",
    "gPLink",
    "cACertificate",
    "keywords",
    "trustType",
    "trustAttributes",
    "operatingSystem",
    "operatingSystemVersion",
    "lastLogonTimestamp",
    "primaryGroupID",
    "versionNumber",
    "sAMAccountName",
    "description",
];
const VALUES: [&str; 24] = [
    "crossRef",
    "crossRefContainer",
    "server",
    "nTDSDSA",
    "nTDSDSARO",
    "computer",
    "trustedDomain",
    "groupPolicyContainer",
    "pKIEnrollmentService",
    "certificationAuthority",
    "serviceConnectionPoint",
    "msExchOrganizationContainer",
    "77378F46-2C66-4aa9-A6A6-3E7A48B19596",
    "516",
    "3",
    "-1",
    "9223372036854775807",
    "DC=a",
    "CN=NTDS Settings,CN=b,CN=c,CN=d,DC=a",
    "[LDAP://CN={A},DC=a;0]",
    "MSOL_é",
    "running on computer ",
    "10.0 (14393)",
    "\\",
];
const DNS: [&str; 6] = [
    "DC=a",
    "CN=b,DC=a",
    "CN=NTDS Settings,CN=b,CN=c,CN=d,DC=a",
    "CN=x\\,y,CN=Partitions,DC=a",
    "",
    ",=\\",
];

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::sample::select(&VALUES[..]).prop_map(|it| it.as_bytes().to_vec()),
        1 => any::<Vec<u8>>(),
        1 => any::<i64>().prop_map(|it| it.to_string().into_bytes()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&DNS[..]).prop_map(str::to_owned),
        1 => "([A-Z]{2}=[a-z\\\\,+é]{0,4},){0,4}DC=a",
        1 => any::<String>(),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let pair = (prop::sample::select(&NAMES[..]), value());
    (name(), prop::collection::vec(pair, 0..12)).prop_map(|(dn, pairs)| Entry {
        dn,
        dn_stray: false,
        line: 1,
        attributes: pairs
            .iter()
            .map(|(name, value)| (*name, value.as_slice()))
            .collect::<Attributes>(),
    })
}

fn seen() -> impl Strategy<Value = Seen> {
    let whys = [Why::NotThere, Why::Forbidden, Why::Elsewhere, Why::NoAnswer];
    let unseen = prop::sample::select(whys.to_vec()).prop_map(|why| {
        Seen::Unseen(Unseen {
            why,
            detail: "x".to_owned(),
        })
    });
    prop_oneof![4 => prop::collection::vec(entry(), 0..8).prop_map(Seen::Entries), 1 => unseen]
}

fn gathered() -> impl Strategy<Value = Gathered> {
    let forest = prop::collection::vec(seen(), Part::OF_FOREST.len());
    let domain = prop::collection::vec(seen(), Part::OF_DOMAIN.len());
    (forest, domain, entry()).prop_map(|(forest, domain, root)| {
        let of_forest = Part::OF_FOREST.iter().map(|it| (*it, String::new())).zip(forest);
        let of_domain = Part::OF_DOMAIN.iter().map(|it| (*it, "DC=a".to_owned())).zip(domain);
        Gathered {
            roots: vec![RootDse {
                default_naming_context: Some("DC=a".to_owned()),
                configuration_naming_context: Some("DC=a".to_owned()),
                attributes: root.attributes,
                ..RootDse::default()
            }],
            parts: of_forest.chain(of_domain).collect(),
        }
    })
}

fn judged(gathered: &Gathered) -> ForestFacts {
    let mut forests = [read(gathered)];
    judge(&mut forests, &[]);
    let [facts] = forests;
    facts
}

proptest! {
    #[test]
    fn anything_is_read_judged_and_written_down(gathered in gathered()) {
        let facts = judged(&gathered);
        prop_assert_eq!(&facts, &judged(&gathered));
        let text = serde_json::to_string(&facts).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<ForestFacts>(&text).expect("facts"), &facts);
        let report = forest::judge(&facts, &context(&profile()));
        prop_assert!(report.rules.iter().all(|it| it.reason.as_ref().is_none_or(|it| it.is_complete())));
    }

    #[test]
    fn what_was_seen_once_stays_seen(one in gathered(), other in gathered()) {
        let mut joined = one.clone();
        joined.join(other.clone());
        let missing = |it: &Gathered| it.parts.values().filter(|it| matches!(it, Seen::Unseen(_))).count();
        prop_assert!(missing(&joined) <= missing(&one).min(missing(&other)));
        prop_assert!(one.is_same_forest(&other));
    }
}
