//! Large directories: the work grows with their size and not with its square, which is counted and not timed.

use jalon_wire::entry::{Attributes, Entry};

use super::keys;
use crate::directory::join::{Joined, Settings, plan};

const SIZE: u32 = 20_000;

fn entry(dn: String, lines: &[(&str, String)]) -> Entry {
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

/// A name out of `surnames` surnames and forty given names.
fn name(n: u32, surnames: u32) -> (String, String) {
    let letters = |n: u32| -> String {
        [n / 676, n / 26, n]
            .map(|it| char::from(b'a' + (it % 26) as u8))
            .iter()
            .collect()
    };
    (
        format!("{}ine", letters(n % 40 * 17)),
        format!("{}son", letters(n / 40 % surnames)),
    )
}

fn run(surnames: u32, raw_keys: &str, confidence: f64) -> Joined {
    let ad = (0..SIZE).map(|n| {
        let (given, sn) = name(n, surnames);
        let number = n.to_string();
        entry(
            format!("CN=a{n},DC=contoso,DC=example"),
            &[("employeeID", number), ("givenName", given), ("sn", sn)],
        )
    });
    let other = (0..SIZE).map(|n| {
        // Everybody's given name is spelt in another way here, so that look-alikes are looked for.
        let (given, sn) = name(n, surnames);
        let mail = format!("u{n}@contoso.example");
        let lines = [
            ("employeeNumber", n.to_string()),
            ("givenName", format!("{given}tte")),
            ("sn", sn),
            ("mail", mail),
        ];
        entry(format!("uid=o{n},dc=nord,dc=example"), &lines)
    });
    let settings = Settings {
        keys: keys(raw_keys),
        confidence,
        ..Settings::default()
    };
    plan(ad, other, &settings).unwrap()
}

#[test]
fn twenty_thousand_people_are_joined_in_as_many_steps() {
    let by_number = run(500, "employeeID,mail,name", 0.9);
    assert_eq!(by_number.matched.len(), SIZE as usize);
    assert!(
        by_number.counts.compared <= 2 * u64::from(SIZE),
        "{:?}",
        by_number.counts
    );
    let by_name = run(500, "name", 0.8);
    assert_eq!(by_name.counts.crowded, 0);
    assert!(by_name.counts.compared <= 64 * u64::from(SIZE), "{:?}", by_name.counts);
}

#[test]
fn a_directory_of_one_surname_costs_no_square() {
    let joined = run(1, "name", 0.8);
    assert!(joined.counts.compared <= 300 * u64::from(SIZE), "{:?}", joined.counts);
    assert_eq!(joined.counts.crowded, u64::from(SIZE));
    assert_eq!(joined.missing.len(), SIZE as usize);
}
