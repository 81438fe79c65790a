//! The generated directory, read back by a small judge of the test's own: what was planted is exactly what is found.

use std::collections::BTreeSet;
use std::io::{self, Write};

use jalon_rehearsal::directory::{Directory, Flaw, Plan, Planted};

use crate::judge::{Fact, entries, findings};

/// Rule, DN, attribute and value of each planted value.
fn planted_facts(planted: &[Planted]) -> BTreeSet<Fact> {
    let fact = |it: &Planted| {
        (
            it.rule.to_owned(),
            it.dn.clone(),
            it.attribute.to_owned(),
            it.value.clone(),
        )
    };
    planted.iter().map(fact).collect()
}

#[track_caller]
fn check(plan: Plan) -> Directory {
    let directory = Directory::from(plan);
    let entries = entries(&directory.ldif);
    assert_eq!(entries.len(), directory.plan.entries);
    assert_eq!(findings(&entries), planted_facts(&directory.planted));
    directory
}

#[test]
fn the_demonstration_breaks_what_it_says_and_nothing_else() {
    let Directory { plan, planted, .. } = check(Plan::demo());
    assert_eq!(plan.entries, 2_000);
    assert_eq!(planted.len(), 26);
    assert_eq!(planted.iter().filter(|it| it.earlier).count(), 5);
    let rules: BTreeSet<_> = planted.iter().map(|it| it.rule).collect();
    assert_eq!(rules.len(), 12);
}

#[test]
fn each_flaw_alone_breaks_its_own_rule_only() {
    for flaw in Flaw::ALL {
        let directory = check(Plan::new(80, 7, &[flaw]).unwrap());
        assert!(!directory.planted.is_empty(), "{flaw:?}");
    }
}

#[test]
fn a_clean_plan_breaks_nothing_whatever_its_size_and_seed() {
    for (entries, seed) in [(0, 1), (1, 1), (19, 2), (5_000, 3)] {
        check(Plan {
            seed,
            ..Plan::clean(entries)
        });
    }
}

#[test]
fn a_fixed_rule_leaves_every_other_entry_as_it_was() {
    let before = Directory::from(Plan::demo());
    let after = check(Plan::demo().without("DIR-019"));
    assert!(after.planted.iter().all(|it| it.rule != "DIR-019"));
    let fixed: BTreeSet<_> = before
        .planted
        .iter()
        .filter(|it| it.rule == "DIR-019")
        .map(|it| it.dn.clone())
        .collect();
    let former = entries(&before.ldif);
    let changed: BTreeSet<_> = entries(&after.ldif)
        .into_iter()
        .filter(|it| !former.contains(it))
        .map(|it| it.dn)
        .collect();
    assert_eq!(changed, fixed);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_does_not() {
    let demo = Directory::from(Plan::demo());
    assert_eq!(demo, Directory::from(Plan::demo()));
    let other = Directory::from(Plan {
        seed: 1,
        ..Plan::demo()
    });
    assert_ne!(demo.ldif, other.ldif);
}

#[test]
fn every_distinguished_name_is_unique() {
    let directory = Directory::from(Plan::clean(10_000));
    let names: BTreeSet<_> = entries(&directory.ldif).into_iter().map(|it| it.dn).collect();
    assert_eq!(names.len(), 10_000);
}

/// What rules beyond the planted ones will ask: one primary address, equal to mail, and no value of another entry.
#[test]
fn addresses_of_a_clean_directory_agree_and_belong_to_one_entry_each() {
    let directory = Directory::from(Plan::clean(4_000));
    let mut owned = BTreeSet::new();
    for entry in entries(&directory.ldif) {
        let proxies = entry.values("proxyAddresses");
        let primary: Vec<_> = proxies.iter().filter_map(|it| it.strip_prefix("SMTP:")).collect();
        if !proxies.is_empty() {
            assert_eq!(primary, entry.values("mail"), "{}", entry.dn);
        }
        let mail = proxies
            .iter()
            .filter_map(|it| it.to_lowercase().strip_prefix("smtp:").map(str::to_owned));
        let others = ["mail", "userPrincipalName"].map(|it| entry.values(it));
        let own: BTreeSet<String> = mail.chain(others.concat().into_iter().map(str::to_lowercase)).collect();
        assert!(own.iter().all(|it| owned.insert(it.clone())), "{}", entry.dn);
        assert_eq!(entry.values("displayName").len(), 1, "{}", entry.dn);
    }
}

#[test]
fn too_many_flaws_are_refused_with_the_size_that_would_do() {
    let error = Plan::new(100, 1, &Flaw::ALL).unwrap_err();
    assert_eq!(error.to_string(), "19 flaws need 760 entries, the plan has 100");
    check(Plan::new(760, 1, &Flaw::ALL).unwrap());
}

#[test]
fn a_plan_cut_short_plants_no_half_of_a_pair() {
    for entries in [20, 45, 60] {
        let mut plan = Plan::new(80, 7, &[Flaw::ProxyShared]).unwrap();
        plan.entries = entries;
        check(plan);
    }
}

/// Counts what passes by and keeps only the largest piece's size.
#[derive(Default)]
struct Meter {
    entries: usize,
    largest: usize,
}

impl Write for Meter {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.entries += usize::from(piece.starts_with(b"dn:"));
        self.largest = self.largest.max(piece.len());
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_hundred_thousand_entries_stream_by_one_at_a_time() {
    let plan = Plan::new(100_000, 365, &Flaw::ALL).unwrap();
    let mut meter = Meter::default();
    let planted = plan.write(&mut meter).unwrap();
    assert_eq!(meter.entries, 100_000);
    assert!(meter.largest < 4_096, "{} bytes in one piece", meter.largest);
    assert_eq!(planted.len(), 24);
}
