//! The generated directory, read back by a small judge of the test's own: what was planted is exactly what is found.

use std::collections::BTreeSet;
use std::io::{self, Write};

use jalon_rehearsal::directory::{Directory, Flaw, Form, Plan, Planted, Said, Scope};
use jiff::Timestamp;

use crate::judge::idfix::{self, Finding, Mode};
use crate::judge::strict::{self, Fact, Settings};
use crate::judge::{Entry, entries};

fn now() -> Timestamp {
    "2026-11-20T17:00:00Z".parse().unwrap()
}

/// Rule, DN, attribute and value of each planted value that a strict judge finds.
fn strict_facts(planted: &[Planted], domains: &[&str]) -> BTreeSet<Fact> {
    let is_found = |it: &&Planted| match it.scope {
        Scope::Strict => true,
        Scope::StrictWithDomains => !domains.is_empty(),
        Scope::IdFix => false,
    };
    let fact = |it: &Planted| {
        (
            it.rule.to_owned(),
            it.dn.clone(),
            it.attribute.to_owned(),
            it.value.clone(),
        )
    };
    planted.iter().filter(is_found).map(fact).collect()
}

/// What IdFix says; the first holder's value is told as it is compared.
fn said(planted: &[Planted], mode: fn(&Planted) -> Option<Said>) -> BTreeSet<Finding> {
    let finding = |it: &Planted| {
        let said = mode(it)?;
        let value = if it.earlier && said.holder.is_some() {
            it.value.to_lowercase()
        } else {
            it.value.clone()
        };
        let (rule, errors) = (said.rule.to_owned(), said.errors.to_vec());
        Some((rule, it.dn.clone(), it.attribute.to_owned(), value, errors, said.holder))
    };
    planted.iter().filter_map(finding).collect()
}

/// What is planted is what each of three judges finds, neither more nor less.
#[track_caller]
fn check(plan: Plan) -> Directory {
    let directory = Directory::from(plan);
    let entries = entries(&directory.ldif);
    assert_eq!(entries.len(), directory.plan.entries);
    check_entries(&entries, &directory);
    directory
}

#[track_caller]
fn check_entries(entries: &[Entry], directory: &Directory) {
    let planted = &directory.planted;
    for domains in [&[], &Plan::DOMAINS[..]] {
        let settings = Settings {
            now: directory.plan.now.or(Some(now())),
            domains,
        };
        assert_eq!(strict::findings(entries, settings), strict_facts(planted, domains));
    }
    let multi_tenant = idfix::findings(entries, Mode::MultiTenant);
    assert_eq!(multi_tenant, said(planted, |it| it.multi_tenant));
    let dedicated = idfix::findings(entries, Mode::Dedicated);
    assert_eq!(dedicated, said(planted, |it| it.dedicated));
}

/// Every flaw there is.
fn flaws() -> Vec<Flaw> {
    let others = [Flaw::GroupTooLarge];
    [&Flaw::ALL[..], &Flaw::WITH_DOMAINS, &Flaw::IDFIX_ONLY, &others].concat()
}

#[test]
fn the_demonstration_breaks_what_it_says_and_nothing_else() {
    let Directory { plan, planted, .. } = check(Plan::demo());
    assert_eq!(plan.entries, 2_000);
    let values: BTreeSet<_> = planted.iter().map(|it| (&it.dn, it.attribute, &it.value)).collect();
    assert_eq!((values.len(), planted.len()), (32, 33));
    assert_eq!(planted.iter().filter(|it| it.earlier).count(), 8);
    let rules: BTreeSet<_> = planted.iter().map(|it| it.rule).collect();
    assert_eq!(rules.len(), 17);
}

#[test]
fn each_flaw_alone_breaks_its_own_rules_only() {
    for flaw in flaws() {
        let directory = check(Plan::new(80, 7, &[flaw]).unwrap());
        let rules: BTreeSet<_> = directory.planted.iter().map(|it| it.rule).collect();
        assert_eq!(rules, flaw.rules().collect(), "{flaw:?}");
        assert!(rules.contains(flaw.rule()), "{flaw:?}");
    }
}

#[test]
fn flaws_beside_each_other_and_on_a_certain_day_break_no_more() {
    check(Plan::new(2_400, 7, &flaws()).unwrap().dated(now()));
    let later = "2031-01-01T00:00:00Z".parse().unwrap();
    check(Plan::clean(400).dated(later));
}

/// Every rule that an export can break, but for those that only IdFix has.
#[test]
fn every_rule_of_an_export_has_a_flaw() {
    let rules: BTreeSet<_> = flaws().into_iter().flat_map(Flaw::rules).collect();
    let expected = [1..=11, 13..=21, 30..=38, 40..=40].into_iter().flatten();
    let expected: Vec<_> = expected
        .filter(|it| *it != 12)
        .map(|it| format!("DIR-{it:03}"))
        .collect();
    assert_eq!(rules.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn a_clean_plan_breaks_nothing_whatever_its_size_and_seed() {
    for (entries, seed) in [(0, 1), (1, 1), (19, 2), (3_000, 3)] {
        check(Plan {
            seed,
            ..Plan::clean(entries)
        });
    }
}

#[test]
fn a_fixed_rule_leaves_every_other_entry_as_it_was() {
    let before = Directory::from(Plan::demo());
    let after = check(Plan::demo().without("DIR-011"));
    assert!(after.planted.iter().all(|it| it.rule != "DIR-011"));
    let fixed: BTreeSet<_> = before
        .planted
        .iter()
        .filter(|it| it.rule == "DIR-011")
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
    assert_eq!(error.to_string(), "52 flaws need 2080 entries, the plan has 100");
    check(Plan::new(2_080, 1, &Flaw::ALL).unwrap());
}

#[test]
fn a_plan_cut_short_plants_no_half_of_a_pair() {
    for entries in [20, 45, 60] {
        let mut plan = Plan::new(80, 7, &[Flaw::ProxyShared]).unwrap();
        plan.entries = entries;
        check(plan);
    }
}

/// Rows of a table without line breaks in cells, cell by cell.
fn rows(table: &str) -> Vec<Vec<String>> {
    table.split_terminator("\r\n").map(cells).collect()
}

fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for it in row.chars() {
        match it {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// No sample value has a quote in it, so that none has to be told from those around it.
#[test]
fn a_table_holds_the_same_entries_and_the_same_flaws() {
    let directory = Directory::from(Plan::new(2_400, 3, &flaws()).unwrap().dated(now()));
    for (form, dn, mail) in [
        (Form::Csvde, "DN", "mail"),
        (Form::PowerShell, "DistinguishedName", "EmailAddress"),
    ] {
        let mut table = Vec::new();
        assert_eq!(directory.plan.write_as(form, &mut table).unwrap(), directory.planted);
        let rows = rows(std::str::from_utf8(&table).unwrap());
        let column = |name: &str| rows[0].iter().position(|it| it == name).unwrap();
        let entries = entries(&directory.ldif);
        assert_eq!(rows.len(), entries.len() + 1);
        for (row, entry) in rows[1..].iter().zip(&entries) {
            assert_eq!((row.len(), &row[column(dn)]), (rows[0].len(), &entry.dn));
            assert_eq!(row[column(mail)], entry.value("mail").unwrap_or_default());
            assert_eq!(row[column("proxyAddresses")], entry.values("proxyAddresses").join(";"));
            assert_eq!(row[column("member")], entry.values("member").join(";"));
        }
    }
}

#[test]
fn a_server_gets_each_folder_before_what_lies_in_it_and_one_class_for_each_entry() {
    let plan = Plan::new(2_400, 3, &flaws()).unwrap().dated(now());
    let mut ldif = Vec::new();
    let planted = plan.write_as(Form::Server, &mut ldif).unwrap();
    let loaded = entries(&ldif);
    let mut known = BTreeSet::from(["DC=example"]);
    for entry in &loaded {
        let (_, parent) = entry.dn.split_once(',').unwrap();
        assert!(known.contains(parent), "{}", entry.dn);
        assert!(known.insert(&entry.dn), "{}", entry.dn);
    }
    let (folders, objects) = loaded.split_at(loaded.len() - plan.entries);
    assert!(folders.iter().all(|it| it.value("objectCategory").is_none()));
    let categories: BTreeSet<_> = objects.iter().map(|it| it.value("objectCategory").unwrap()).collect();
    assert_eq!(categories, BTreeSet::from(["Group", "Person"]));
    assert!(objects.iter().all(|it| it.values("objectClass").len() == 1));
    check_entries(objects, &Directory { plan, ldif, planted });
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
    assert!(planted.len() > Flaw::ALL.len());
}
