//! IdFix: for each attribute a chain of rules, in which what one rule corrects is what the next one looks at; one finding
//! a value. In dedicated mode only entries with mail are looked at.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use regex::Regex;

use super::{Entry, TOP_LEVEL, is_mail, top_level};

/// Rule, DN, attribute, value, errors, holder.
pub(crate) type Finding = (String, String, String, String, Vec<&'static str>, Option<&'static str>);

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mode {
    MultiTenant,
    Dedicated,
}

use Mode::{Dedicated as D, MultiTenant as M};

/// One rule of a chain.
#[derive(Clone, Copy)]
enum Step {
    Length(usize),
    Characters(&'static str),
    Colon,
    Address,
    Unique,
}

use Step::{Address, Characters, Colon, Length, Unique};

const NICKNAME: &str = r#"[\s\\!#$%&*+/=?^`{}|~<>()';:,\[\]"@]"#;
const ACCOUNT: &str = r#"[\\"|,/\[\]:<>+=;?*]"#;
const PRINCIPAL: &str = r#"[\s\\%&*+/=?'{}|<>();:,\[\]"äëïöüÿÄËÏÖÜŸ]"#;

pub(crate) fn findings(entries: &[Entry], mode: Mode) -> BTreeSet<Finding> {
    let is_left_out = |it: &Entry| it.is_skipped() && mode == M;
    let is_asked = |it: &Entry| mode == M || it.value("mail").is_some();
    let mut judge = Judge {
        mode,
        seen: HashMap::new(),
        found: BTreeSet::new(),
    };
    for entry in entries.iter().filter(|it| is_asked(it) && !is_left_out(it)) {
        judge.entry(entry);
    }
    judge.found
}

struct Judge {
    mode: Mode,
    /// The first holder of a value.
    seen: HashMap<(&'static str, String), String>,
    found: BTreeSet<Finding>,
}

impl Judge {
    fn entry(&mut self, entry: &Entry) {
        let (mode, user) = (self.mode, entry.class() == "user");
        let attributes = [
            "displayName",
            "givenName",
            "mail",
            "mailNickname",
            "proxyAddresses",
            "sAMAccountName",
            "targetAddress",
            "userPrincipalName",
        ];
        for attribute in attributes {
            let values = entry.values(attribute);
            if values.is_empty() && self.is_asked_for(entry, attribute) {
                self.tell(&entry.dn, attribute, "", vec!["blank"], None);
            }
            for value in values {
                let steps = chain(mode, attribute, value, user);
                self.value(entry, attribute, value, &steps);
            }
        }
    }

    /// Where there is no value, the chain is the rule about blanks alone.
    fn is_asked_for(&self, entry: &Entry, attribute: &str) -> bool {
        let is_mailbox = entry.value("homeMDB").is_some();
        match (self.mode, attribute, entry.class()) {
            (M, "displayName", _) | (D, "displayName", "group") | (D, "mailNickname", "contact") => true,
            (D, "targetAddress", "contact" | "user") => !is_mailbox,
            _ => false,
        }
    }

    fn value(&mut self, entry: &Entry, attribute: &'static str, value: &str, steps: &[Step]) {
        let (mut current, mut errors, mut edits) = (value.to_owned(), Vec::new(), true);
        let mut first = None;
        for step in steps {
            let (wrong, corrected) = match step {
                Unique => {
                    let known = self.holder(entry, attribute, &current);
                    let wrong = if known.is_some() { vec!["duplicate"] } else { Vec::new() };
                    edits = edits && !(known.is_some() && stays(entry, attribute, &current));
                    first = first.or(known);
                    (wrong, current.clone())
                }
                step => judged(*step, &current),
            };
            if !wrong.is_empty() {
                (errors, current) = ([errors, wrong].concat(), corrected);
            }
        }
        if let Some(first) = first.filter(|_| edits) {
            self.tell(
                &first,
                attribute,
                &value.to_lowercase(),
                vec!["duplicate"],
                Some("first"),
            );
        }
        let holder = errors.contains(&"duplicate").then_some("later");
        if !errors.is_empty() {
            self.tell(&entry.dn, attribute, value, errors, holder);
        }
    }

    /// Who held the value before.
    fn holder(&mut self, entry: &Entry, attribute: &'static str, value: &str) -> Option<String> {
        if attribute == "sAMAccountName" && entry.value("userPrincipalName").is_some() {
            return None;
        }
        let key = (attribute, value.to_lowercase());
        let known = self.seen.get(&key).cloned();
        self.seen.entry(key).or_insert_with(|| entry.dn.clone());
        known
    }

    fn tell(
        &mut self,
        dn: &str,
        attribute: &str,
        value: &str,
        errors: Vec<&'static str>,
        holder: Option<&'static str>,
    ) {
        self.found.insert((
            rule(self.mode, attribute).to_owned(),
            dn.to_owned(),
            attribute.to_owned(),
            value.to_owned(),
            errors,
            holder,
        ));
    }
}

/// A value that nothing has changed, is the first one, and belongs to what looks like a mailbox, stays as it is.
fn stays(entry: &Entry, attribute: &str, value: &str) -> bool {
    let witness = if attribute == "mailNickname" {
        "homeMDB"
    } else {
        "mailNickname"
    };
    attribute != "targetAddress" && entry.value(attribute) == Some(value) && entry.value(witness).is_some()
}

fn rule(mode: Mode, attribute: &str) -> &'static str {
    match (attribute, mode) {
        ("displayName", M) => "DIR-001",
        ("displayName", D) => "DIR-003",
        ("givenName", _) => "DIR-004",
        ("mail", M) => "DIR-005",
        ("mail", D) => "DIR-007",
        ("mailNickname", M) => "DIR-008",
        ("mailNickname", D) => "DIR-010",
        ("proxyAddresses", M) => "DIR-011",
        ("proxyAddresses", D) => "DIR-012",
        ("sAMAccountName", _) => "DIR-013",
        ("targetAddress", M) => "DIR-016",
        ("targetAddress", D) => "DIR-017",
        _ => "DIR-018",
    }
}

/// The rules of a value, but for those about blanks.
fn chain(mode: Mode, attribute: &str, value: &str, user: bool) -> Vec<Step> {
    let kind = value.split(':').next().unwrap().to_lowercase();
    let smtp = kind == "smtp";
    match (mode, attribute) {
        (M, "displayName") => vec![Length(255)],
        (D, "displayName") => vec![Length(256), Characters(r"^[\s]+|[\s]+$")],
        (M, "givenName") => vec![Length(63)],
        (M, "mail") => vec![Length(256), Unique],
        (D, "mail") => vec![Length(256), Characters(r"[\s]"), Address, Unique],
        (M, "mailNickname") => vec![Length(64), Characters("^[.]+"), Unique],
        (D, "mailNickname") => vec![Length(64), Characters(NICKNAME), Unique],
        (M, "proxyAddresses") => match kind.as_str() {
            "smtp" => vec![Length(256), Colon, Unique, Characters(r#"[\s<>();,\[\]"]"#), Address],
            "x500" => vec![Length(256), Colon, Unique, Characters(r#"[\f\n\r\t\v\[\]"']"#)],
            _ => vec![Length(256), Colon, Unique, Characters(r#"[\s<>(),\[\]"]"#)],
        },
        (D, "proxyAddresses") if smtp => vec![Length(256), Colon, Unique, Address],
        (D, "proxyAddresses") => vec![Length(256), Colon, Unique],
        (M, "sAMAccountName") => vec![Length(if user { 20 } else { 256 }), Characters(ACCOUNT), Unique],
        (M, "targetAddress") if smtp => {
            vec![Length(255), Colon, Unique, Characters(r#"[\s\\<>();,\[\]"]"#), Address]
        }
        (D, "targetAddress") if smtp => vec![Length(256), Address],
        (M, "userPrincipalName") => vec![Length(113), Characters(PRINCIPAL), Address, Unique],
        _ => Vec::new(),
    }
}

/// The errors of one rule, and the value it leaves to the next.
fn judged(step: Step, value: &str) -> (Vec<&'static str>, String) {
    let error = |is_wrong: bool, word, corrected| (if is_wrong { vec![word] } else { Vec::new() }, corrected);
    match step {
        Length(most) => {
            let cut: String = value.chars().take(most).collect();
            error(cut != value, "length", cut)
        }
        Characters(bad) => {
            let stripped = stripped(value, bad);
            error(stripped != value, "character", stripped)
        }
        Colon => {
            let (prefix, suffix) = value.split_once(':').unwrap();
            let joined = format!("{prefix}:{}", suffix.replace(':', ""));
            error(joined != value, "character", joined)
        }
        Address => address(value),
        Unique => unreachable!("this needs to know the others"),
    }
}

fn address(value: &str) -> (Vec<&'static str>, String) {
    let is_prefixed = value.to_lowercase().starts_with("smtp:");
    let (prefix, address) = value.split_at(if is_prefixed { 5 } else { 0 });
    let mut address = address.to_owned();
    let mut errors = Vec::new();
    if address.contains('.') && !TOP_LEVEL.contains(&top_level(&address).as_str()) {
        errors.push("top_level_domain");
    }
    if !regex(r"(?i)@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,17})$").is_match(&address) {
        errors.push("domain_part");
        if let Some((local, domain)) = address.rsplit_once('@') {
            address = format!("{local}@{}", stripped(domain, "(?i)[^a-z0-9.-]"));
        }
    }
    let local = regex(r"(?i)^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@");
    if !local.is_match(&address) || address.matches('@').count() > 1 {
        errors.push("local_part");
        if let Some((local, domain)) = address.rsplit_once('@') {
            let local = stripped(local, "(?i)[^a-z0-9.!#$%&'*+/=?^_`{|}~-]");
            address = format!("{local}@{domain}").replace(".@", "@");
        }
    }
    if !is_mail(&address) {
        errors.push("format");
    }
    (errors, format!("{prefix}{address}"))
}

fn stripped(value: &str, bad: &'static str) -> String {
    regex(bad).replace_all(value, "").into_owned()
}

/// Compiled once in each thread, and kept: a copy would not know what the first one has learnt.
fn regex(pattern: &'static str) -> &'static Regex {
    thread_local! {
        static KNOWN: RefCell<HashMap<&'static str, &'static Regex>> = RefCell::default();
    }
    let compiled = || &*Box::leak(Box::new(Regex::new(pattern).unwrap()));
    KNOWN.with_borrow_mut(|it| *it.entry(pattern).or_insert_with(compiled))
}
