//! Each rule of each chain in both modes: what the documentation of IdFix names, and how one rule feeds the next.

mod addresses;
mod duplicates;
mod names;

use super::{Mode, TopLevelDomains, entry, line, run, settings};

const MT: Mode = Mode::MultiTenant;
const D: Mode = Mode::Dedicated;

/// Objects `CN=A`, `CN=B`… of those values and of what makes them sound otherwise. A value `-` takes that away. What is
/// told of them, one line a verdict, with the object's letter where there are several.
fn told(mode: Mode, objects: &[&[(&str, &str)]]) -> Vec<String> {
    let named = ('A'..).zip(objects).map(|(letter, values)| whole(mode, letter, values));
    let entries: Vec<_> = named.collect();
    let tlds = TopLevelDomains::default();
    let told = run(&entries, &settings(mode, &tlds));
    let line = |(dn, verdict): &(String, _)| match objects {
        [_] => line(verdict),
        _ => format!("{} {}", &dn[3..4], line(verdict)),
    };
    told.iter().map(line).collect()
}

fn whole(mode: Mode, letter: char, values: &[(&str, &str)]) -> jalon_wire::entry::Entry {
    let (cn, mail) = (letter.to_string(), format!("{letter}@contoso.example"));
    let sound = [
        ("objectClass", "user"),
        ("cn", &cn),
        ("displayName", "Ada"),
        ("homeMDB", "CN=Store"),
        // Dedicated mode asks for objects with mail only.
        ("mail", if mode == D { &mail } else { "-" }),
    ];
    let is_given = |name: &str| values.iter().any(|it| it.0 == name);
    let mut all: Vec<_> = sound.into_iter().filter(|it| !is_given(it.0)).collect();
    all.extend(values);
    all.retain(|it| it.1 != "-");
    entry(&format!("CN={letter},DC=contoso,DC=example"), &all)
}

#[track_caller]
fn check_all(mode: Mode, objects: &[&[(&str, &str)]], expected: &[&str]) {
    assert_eq!(told(mode, objects), expected, "{objects:?}");
}

#[track_caller]
fn check(mode: Mode, values: &[(&str, &str)], expected: &[&str]) {
    check_all(mode, &[values], expected);
}

/// What is told of one value; nothing when that is empty.
#[track_caller]
fn value(mode: Mode, attribute: &str, value: &str, expected: &str) {
    let line = format!("{attribute}: {expected}");
    let expected: &[&str] = if expected.is_empty() { &[] } else { &[&line] };
    check(mode, &[(attribute, value)], expected);
}

/// The value may be so long, and a longer one is cut there.
#[track_caller]
fn limit(mode: Mode, attribute: &str, limit: usize) {
    let long = "x".repeat(limit + 1);
    value(mode, attribute, &long[..limit], "");
    value(mode, attribute, &long, &format!("length -> {} (edit)", &long[..limit]));
}
