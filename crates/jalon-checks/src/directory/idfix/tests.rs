//! The rules one by one, then as a whole: against patterns, against a slow second reading, over random directories.

mod agreement;
mod cases;
mod objects;
mod reference;
mod scans;

use std::collections::HashMap;

use jalon_wire::entry::{Attributes, Entry, EntryRef};

use super::{Attribute, Mode, Object, Settings, Shared, Verdict, claims, judge, selected, skipped};
use crate::directory::TopLevelDomains;

/// An entry of those values.
fn entry(dn: &str, values: &[(&str, &str)]) -> Entry {
    let bytes = values.iter().map(|(name, value)| (*name, value.as_bytes()));
    Entry {
        dn: dn.to_owned(),
        dn_stray: false,
        line: 1,
        attributes: bytes.collect::<Attributes>(),
    }
}

fn borrowed(entry: &Entry) -> EntryRef<'_> {
    EntryRef {
        dn: &entry.dn,
        dn_stray: entry.dn_stray,
        line: entry.line,
        attributes: entry.attributes.view(),
    }
}

/// Where a key was met.
#[derive(Clone, Copy)]
struct Met {
    first: usize,
    is_shared: bool,
    names_first: bool,
}

/// A whole run, as whoever calls the module has it: what is asked for and not left out claims, then it is judged.
fn run(entries: &[Entry], settings: &Settings<'_>) -> Vec<(String, Verdict)> {
    let asked = entries.iter().map(borrowed).filter(|it| selected(it, settings.mode));
    let objects: Vec<Object<'_>> = asked
        .map(|it| Object::of(&it))
        .filter(|it| !skipped(it, settings.mode))
        .collect();
    let met = met(&objects, settings);
    let mut found = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        let shared = |attribute, key: &str| shared(&met, number, attribute, key);
        judge(object, settings, &shared, &mut |it| {
            found.push((object.dn.to_owned(), it))
        });
    }
    found
}

fn met(objects: &[Object<'_>], settings: &Settings<'_>) -> HashMap<(Attribute, String), Met> {
    let mut met: HashMap<(Attribute, String), Met> = HashMap::new();
    for (first, object) in objects.iter().enumerate() {
        claims(object, settings, &mut |claim| {
            let key = (claim.attribute, claim.key.to_owned());
            let is_later = |it: &mut Met| {
                it.is_shared = true;
                it.names_first |= claim.names_first();
            };
            let new = Met {
                first,
                is_shared: false,
                names_first: false,
            };
            met.entry(key).and_modify(is_later).or_insert(new);
        });
    }
    met
}

fn shared(met: &HashMap<(Attribute, String), Met>, number: usize, attribute: Attribute, key: &str) -> Option<Shared> {
    let met = met[&(attribute, key.to_owned())];
    met.is_shared.then_some(Shared {
        earlier: met.first != number,
        later: met.first == number && met.names_first,
    })
}

/// A verdict in one line: attribute, what is wrong, what is proposed, what is to be done, which holder.
fn line(verdict: &Verdict) -> String {
    let kinds: Vec<_> = verdict.kinds.iter().map(|it| it.word()).collect();
    let proposed = verdict.proposed.as_deref().unwrap_or("(nothing)");
    let holder = verdict.holder.map(|it| format!(", {it}")).unwrap_or_default();
    let (attribute, action) = (verdict.attribute, verdict.action);
    format!("{attribute}: {} -> {proposed} ({action}{holder})", kinds.join(" "))
}

fn settings(mode: Mode, tlds: &TopLevelDomains) -> Settings<'_> {
    Settings {
        mode,
        alternate_login_id: false,
        tlds,
    }
}

#[test]
fn the_modes_are_words() {
    assert_eq!("dedicated".parse(), Ok(Mode::Dedicated));
    assert_eq!(Mode::MultiTenant.to_string(), "multi-tenant");
}
