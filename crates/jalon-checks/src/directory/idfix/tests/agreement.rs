//! Random directories: the module and the second reading tell the same, object by object, to the last verdict.

use std::collections::{BTreeMap, BTreeSet};

use jalon_rehearsal::directory::{Directory, Flaw, Plan};
use jalon_wire::{entry::Entry, export::Export, source::Limits};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    Mode, Verdict, borrowed, entry,
    reference::{Plain, Reference},
    run, settings,
};
use crate::directory::{TopLevelDomains, idfix::Settings};

const TLDS: &str = "example com fr uk xn--p1ai";
const DIRECTORIES: usize = 600;

/// Parts that values are made of: few, so that values meet, and among them whatever a rule looks for.
fn part() -> impl Strategy<Value = String> {
    let parts = [
        "a",
        "A",
        "b",
        "@",
        "@b.example",
        "@b.example",
        "@a.local",
        ".com",
        ".fr",
        ".",
        "..",
        "smtp:",
        "SMTP:",
        "smtp:",
        "x500:",
        "X.400:",
        "sip:",
        ":",
        " ",
        "\n",
        "'",
        "(",
        ";",
        "[",
        "\\",
        "*",
        "_",
        "-",
        "é",
        "e\u{301}",
        "ö",
        "Ö",
        "ß",
        "ss",
        "\u{212a}",
        "\u{ad}",
        ".xn--p1ai",
        "msol_",
        "0x1000",
    ];
    prop_oneof![
        20 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
        1 => (0_usize..270).prop_map(|it| "l".repeat(it)),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let usual = [
        "a@b.example",
        "A@b.example",
        "ada",
        "Ada",
        "smtp:a@b.example",
        "SMTP:a@b.example",
        "smtp:b@a.local",
        "sip:a",
        "x500:a b",
    ];
    prop_oneof![
        3 => prop::sample::select(usual.to_vec()).prop_map(str::to_owned),
        2 => prop::collection::vec(part(), 0..6).prop_map(|it| it.concat()),
    ]
}

fn values() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = [
        "displayName",
        "displayName",
        "givenName",
        "sn",
        "mail",
        "mail",
        "mailNickname",
        "proxyAddresses",
        "proxyAddresses",
        "proxyAddresses",
        "sAMAccountName",
        "targetAddress",
        "userPrincipalName",
        "homeMDB",
        "msExchRecipientTypeDetails",
    ];
    let classes = ["user", "user", "user", "contact", "group", "inetOrgPerson", "computer"];
    let categories = ["CN=Person,CN=Schema", "CN=Group,CN=Schema", "CN=Computer,CN=Schema"];
    let cn = prop_oneof![8 => "[ab]{1,2}", 1 => "(Admini|GUEST|pc[$]|ACNF:)", 1 => "l{260}"];
    (
        prop::sample::select(classes.to_vec()),
        prop::option::weighted(0.3, prop::sample::select(categories.to_vec())),
        prop::option::weighted(0.5, prop::sample::select(vec!["-2147483646", "2", "x"])),
        prop::option::weighted(0.1, prop::sample::select(vec!["TRUE", "FALSE"])),
        cn,
        prop::collection::vec((prop::sample::select(names.to_vec()), text()), 0..14),
    )
        .prop_map(|(class, category, kind, critical, cn, values)| {
            let mut all = vec![
                ("objectClass", "top".to_owned()),
                ("objectClass", class.to_owned()),
                ("cn", cn),
            ];
            all.extend(category.map(|it| ("objectCategory", it.to_owned())));
            all.extend(kind.map(|it| ("groupType", it.to_owned())));
            all.extend(critical.map(|it| ("isCriticalSystemObject", it.to_owned())));
            all.extend(critical.map(|it| ("msExchHideFromAddressLists", it.to_owned())));
            all.extend(values);
            all
        })
}

/// What was compared, for the proof that it was something.
#[derive(Default)]
struct Tally {
    objects: usize,
    told: usize,
    agreed: usize,
    seen: BTreeSet<String>,
}

impl Tally {
    fn compare(&mut self, entries: &[Entry], reference: &Reference, settings: &Settings<'_>) {
        let plain: Vec<Plain> = entries.iter().map(plain).collect();
        let expected = sorted(reference.run(&plain, settings.mode, settings.alternate_login_id));
        let found = sorted(run(entries, settings));
        self.objects += entries.len();
        self.told += found.len().max(expected.len());
        self.agreed += found
            .iter()
            .zip(&expected)
            .filter(|(found, expected)| found == expected)
            .count();
        assert_eq!(found, expected, "{entries:#?}");
        found.iter().for_each(|it| self.note(&it.1));
    }

    fn note(&mut self, verdict: &Verdict) {
        self.seen.insert(verdict.chain.to_owned());
        self.seen.insert(format!("{}", verdict.action));
        self.seen.extend(verdict.holder.map(|it| it.to_string()));
        self.seen.extend(verdict.kinds.iter().map(ToString::to_string));
    }
}

fn plain(entry: &Entry) -> Plain {
    let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in borrowed(entry).attributes.iter() {
        values
            .entry(name.to_lowercase())
            .or_default()
            .push(value.readable().into_owned());
    }
    Plain {
        dn: entry.dn.clone(),
        values,
    }
}

fn sorted(mut found: Vec<(String, Verdict)>) -> Vec<(String, Verdict)> {
    found.sort_by_key(|it| format!("{it:?}"));
    found
}

#[test]
fn random_directories_are_judged_as_the_second_reading_judges_them() {
    let (reference, tlds) = (Reference::new(TLDS), TopLevelDomains::parse(TLDS));
    let strategy = (
        prop::collection::vec(values(), 1..30),
        prop::sample::select(Mode::ALL.to_vec()),
        prop::bool::weighted(0.1),
    );
    let mut runner = TestRunner::deterministic();
    let mut tally = Tally::default();
    for _ in 0..DIRECTORIES {
        let (objects, mode, alternate_login_id) = strategy.new_tree(&mut runner).expect("a directory").current();
        let entries: Vec<Entry> = objects.iter().enumerate().map(numbered).collect();
        let settings = Settings {
            alternate_login_id,
            ..settings(mode, &tlds)
        };
        tally.compare(&entries, &reference, &settings);
    }
    println!(
        "{} objects, {} verdicts, {} agreed",
        tally.objects, tally.told, tally.agreed
    );
    assert_eq!(tally.agreed, tally.told);
    assert!(tally.told > 10_000, "{}", tally.told);
    let words = "DIR-001 DIR-003 DIR-004 DIR-005 DIR-007 DIR-008 DIR-010 DIR-011 DIR-012 DIR-013 DIR-016 DIR-017 DIR-018 \
                 blank character domain_part duplicate format length local_part top_level_domain complete edit remove \
                 first later";
    let unseen: Vec<&str> = words
        .split_whitespace()
        .filter(|it| !tally.seen.contains(*it))
        .collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}

fn numbered((number, values): (usize, &Vec<(&'static str, String)>)) -> Entry {
    let cn = values.iter().find(|it| it.0 == "cn").map_or("", |it| &it.1);
    let values: Vec<(&str, &str)> = values.iter().map(|it| (it.0, it.1.as_str())).collect();
    entry(&format!("CN={cn},OU={number},DC=contoso,DC=example"), &values)
}

#[test]
fn the_rehearsed_directory_is_judged_as_the_second_reading_judges_it() {
    let (reference, tlds) = (Reference::new(TLDS), TopLevelDomains::parse(TLDS));
    let plan = Plan::new(4_000, 7, &Flaw::ALL).expect("large enough");
    let ldif = Directory::from(plan).ldif;
    let reader = std::io::Cursor::new(ldif);
    let mut export = Export::from_reader(reader, "nord.ldif", Limits::default()).expect("readable");
    let mut entries = Vec::new();
    while let Some(entry) = export.next_entry() {
        entries.push(entry.expect("an entry").to_entry());
    }
    let mut tally = Tally::default();
    for mode in Mode::ALL {
        tally.compare(&entries, &reference, &settings(*mode, &tlds));
    }
    println!(
        "{} objects, {} verdicts, {} agreed",
        tally.objects, tally.told, tally.agreed
    );
    assert!(tally.told > 0 && tally.agreed == tally.told);
}
