//! The strict profile. Every entry that breaks a rule is told, of a shared value each holder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{Entry, TOP_LEVEL, any_of, has_space, is_mail, top_level};

/// Rule, DN, attribute, value.
pub(crate) type Fact = (String, String, String, String);

/// What the judge is told beside the entries.
#[derive(Clone, Copy, Default)]
pub(crate) struct Settings {
    /// Without it, no account is stale.
    pub(crate) now: Option<Timestamp>,
    /// The verified domains; without them, a domain has only to be one of the Internet.
    pub(crate) domains: &'static [&'static str],
}

pub(crate) fn findings(entries: &[Entry], settings: Settings) -> BTreeSet<Fact> {
    let mut found = Found::default();
    for entry in entries.iter().filter(|it| !it.is_skipped()) {
        names(entry, &mut found);
        mail(entry, &mut found);
        nickname(entry, &mut found);
        proxies(entry, &mut found);
        account(entry, &mut found);
        target(entry, &mut found);
        principal(entry, settings.domains, &mut found);
        addresses(entry, &mut found);
        scope(entry, settings.now, &mut found);
    }
    found.finish()
}

#[derive(Default)]
struct Found {
    facts: BTreeSet<Fact>,
    /// Of a rule about equal values: who holds a value, and how it is written there.
    holders: BTreeMap<(&'static str, String), Vec<Held>>,
    /// Who holds an address, in whatever attribute.
    addresses: BTreeMap<String, Vec<Fact>>,
}

struct Held {
    fact: Fact,
    written: String,
}

impl Found {
    fn add(&mut self, broken: bool, rule: &str, entry: &Entry, attribute: &str, value: &str) {
        if broken {
            self.facts.insert(fact(rule, entry, attribute, value));
        }
    }

    /// Remembers who holds the value. What is `written` tells apart those who may hold it together.
    fn share(&mut self, rule: &'static str, entry: &Entry, attribute: &str, value: &str, key: &str, written: String) {
        let fact = fact(rule, entry, attribute, value);
        let held = Held { fact, written };
        self.holders.entry((rule, key.to_lowercase())).or_default().push(held);
    }

    /// The same value in the same attribute of two entries.
    fn unique(&mut self, rule: &'static str, entry: &Entry, attribute: &str, value: &str) {
        self.share(rule, entry, attribute, value, value, entry.dn.clone());
    }

    /// Two values of one attribute that look alike and are not the same.
    fn distinct(&mut self, entry: &Entry, attribute: &str, value: &str) {
        let key = format!("{attribute} {}", plain(value));
        self.share("DIR-040", entry, attribute, value, &key, value.to_lowercase());
    }

    fn finish(mut self) -> BTreeSet<Fact> {
        for held in self.holders.into_values() {
            if held.iter().any(|it| it.written != held[0].written) {
                self.facts.extend(held.into_iter().map(|it| it.fact));
            }
        }
        for held in self.addresses.into_values() {
            let clashing = held.iter().filter(|it| held.iter().any(|other| is_clash(it, other)));
            self.facts.extend(clashing.cloned());
        }
        self.facts
    }
}

fn fact(rule: &str, entry: &Entry, attribute: &str, value: &str) -> Fact {
    (
        rule.to_owned(),
        entry.dn.clone(),
        attribute.to_owned(),
        value.to_owned(),
    )
}

/// Letters without their accents, and Latin ones in the place of the Cyrillic ones of the samples.
fn plain(value: &str) -> String {
    let plain = |it: char| match it {
        'à' | 'â' | 'а' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        other => other,
    };
    value.to_lowercase().chars().map(plain).collect()
}

fn length(value: &str) -> usize {
    value.encode_utf16().count()
}

fn is_mailed_group(entry: &Entry) -> bool {
    entry.class() == "group" && (entry.value("mail").is_some() || entry.value("proxyAddresses").is_some())
}

/// A group with mail and without a name breaks the rule about such groups, and not the one about names too.
fn names(entry: &Entry, found: &mut Found) {
    let name = entry.value("displayName").unwrap_or_default();
    let rule = if is_mailed_group(entry) { "DIR-035" } else { "DIR-002" };
    found.add(name.is_empty(), rule, entry, "displayName", name);
    found.add(length(name) > 255, "DIR-001", entry, "displayName", name);
    found.add(name.trim() != name, "DIR-003", entry, "displayName", name);
    let name = entry.value("givenName").unwrap_or_default();
    found.add(length(name) > 63, "DIR-004", entry, "givenName", name);
    found.add(name.trim() != name, "DIR-003", entry, "givenName", name);
}

fn mail(entry: &Entry, found: &mut Found) {
    let Some(mail) = entry.value("mail") else {
        return;
    };
    found.add(length(mail) > 256, "DIR-005", entry, "mail", mail);
    found.add(!is_routable(mail), "DIR-007", entry, "mail", mail);
    found.unique("DIR-006", entry, "mail", mail);
}

fn is_routable(address: &str) -> bool {
    is_mail(address) && TOP_LEVEL.contains(&top_level(address).as_str())
}

fn nickname(entry: &Entry, found: &mut Found) {
    let attribute = "mailNickname";
    found.add(!has_alias(entry), "DIR-010", entry, attribute, "");
    let Some(name) = entry.value(attribute) else {
        return;
    };
    let broken = length(name) > 64 || name.starts_with('.');
    found.add(broken, "DIR-008", entry, attribute, name);
    let broken = any_of(name, "\\!#$%&*+/=?^`{}|~<>()';:,[]\"@") || has_space(name) || name.ends_with('.');
    found.add(broken, "DIR-010", entry, attribute, name);
    found.unique("DIR-009", entry, attribute, name);
    found.distinct(entry, attribute, name);
}

/// A mailbox has an alias, and so has a person whose mail is led elsewhere.
fn has_alias(entry: &Entry) -> bool {
    let is_asked = entry.value("homeMDB").is_some() || entry.value("targetAddress").is_some();
    entry.class() != "user" || !is_asked || entry.value("mailNickname").is_some()
}

fn proxies(entry: &Entry, found: &mut Found) {
    for value in entry.values("proxyAddresses") {
        let (prefix, address) = value.split_once(':').unwrap();
        let bad = match prefix.to_lowercase().as_str() {
            "smtp" => !is_routable(address),
            "x500" => any_of(address, "\u{c}\n\r\t\u{b}[]\"'"),
            _ => any_of(address, "<>(),[]\"") || has_space(address),
        };
        let broken = bad || address.contains(':') || length(value) > 256;
        found.add(broken, "DIR-011", entry, "proxyAddresses", value);
        found.unique("DIR-011", entry, "proxyAddresses", value);
    }
}

fn account(entry: &Entry, found: &mut Found) {
    let attribute = "sAMAccountName";
    let Some(name) = entry
        .value(attribute)
        .filter(|_| entry.value("userPrincipalName").is_none())
    else {
        return;
    };
    let longest = if entry.class() == "user" { 20 } else { 256 };
    found.add(length(name) > longest, "DIR-013", entry, attribute, name);
    found.add(any_of(name, "\\\"|,/[]:<>+=;?*"), "DIR-014", entry, attribute, name);
    found.unique("DIR-015", entry, attribute, name);
}

fn target(entry: &Entry, found: &mut Found) {
    let Some(value) = entry.value("targetAddress") else {
        return;
    };
    let (_, address) = value.split_once(':').unwrap();
    let broken = length(value) > 255 || !is_routable(address);
    found.add(broken, "DIR-016", entry, "targetAddress", value);
    // A person who is reached elsewhere is reached under an address of their own.
    found.unique("DIR-016", entry, "targetAddress", value);
}

fn principal(entry: &Entry, domains: &[&str], found: &mut Found) {
    let attribute = "userPrincipalName";
    let Some(name) = entry.value(attribute) else {
        return;
    };
    let is_bad = |it: char| it.is_whitespace() || "\\%&*+/=?'{}|<>();:,[]\"".contains(it) || !it.is_ascii();
    found.add(length(name) > 113, "DIR-018", entry, attribute, name);
    found.add(name.contains(is_bad), "DIR-019", entry, attribute, name);
    found.add(!is_mail(&name.replace(is_bad, "")), "DIR-020", entry, attribute, name);
    found.unique("DIR-021", entry, attribute, name);
    found.distinct(entry, attribute, name);
    let Some((local, domain)) = name.rsplit_once('@') else {
        return;
    };
    let is_known = domains.is_empty() || domains.contains(&domain.to_lowercase().as_str());
    let is_public = TOP_LEVEL.contains(&top_level(domain).as_str());
    found.add(!is_public || !is_known, "DIR-031", entry, attribute, name);
    // What is too long as a whole breaks that rule alone.
    let broken = (length(local) > 64 && length(name) <= 113) || length(domain) > 48;
    found.add(broken, "DIR-036", entry, attribute, name);
}

/// The addresses of an entry beside each other, and beside those of all others in another attribute.
fn addresses(entry: &Entry, found: &mut Found) {
    let proxies = entry.values("proxyAddresses");
    let smtp = |it: &&&str| it.to_lowercase().starts_with("smtp:");
    let aliases: Vec<&str> = proxies.iter().filter(smtp).copied().collect();
    let primaries: Vec<&str> = aliases.iter().copied().filter(|it| it.starts_with("SMTP:")).collect();
    let mail = entry.value("mail").unwrap_or_default();
    let is_mail = |it: &&str| it[5..].eq_ignore_ascii_case(mail);
    let attribute = "proxyAddresses";
    match (primaries.as_slice(), aliases.as_slice()) {
        ([primary], _) => found.add(!mail.is_empty() && !is_mail(primary), "DIR-033", entry, "mail", mail),
        ([], []) => found.add(is_mailed_group(entry), "DIR-035", entry, attribute, ""),
        ([], aliases) => {
            let own = aliases.iter().copied().find(is_mail).unwrap_or_default();
            found.add(true, "DIR-032", entry, attribute, own);
        }
        _ => found.add(true, "DIR-032", entry, attribute, &primaries.join(" ")),
    }
    across(entry, found);
}

/// Every address the entry holds, under any prefix or none.
fn across(entry: &Entry, found: &mut Found) {
    for attribute in ["mail", "userPrincipalName", "proxyAddresses"] {
        for value in entry.values(attribute) {
            let address = value.to_lowercase();
            let address = address.strip_prefix("smtp:").unwrap_or(&address);
            let fact = fact("DIR-030", entry, attribute, value);
            found.addresses.entry(address.to_owned()).or_default().push(fact);
        }
    }
}

/// One is among the proxyAddresses of one entry, the other in another attribute of another entry.
fn is_clash(one: &Fact, other: &Fact) -> bool {
    let is_proxy = |it: &Fact| it.2 == "proxyAddresses";
    one.1 != other.1 && is_proxy(one) != is_proxy(other)
}

/// Who had better not be synchronised.
fn scope(entry: &Entry, now: Option<Timestamp>, found: &mut Found) {
    let members = entry.values("member").len();
    let broken = members > 15_000;
    found.add(broken, "DIR-034", entry, "member", &members.to_string());
    if let Some(count) = entry.value("adminCount") {
        found.add(count == "1", "DIR-037", entry, "adminCount", count);
    }
    if let Some(control) = entry.value("userAccountControl") {
        let is_disabled = control.parse::<u32>().unwrap() & 2 != 0;
        found.add(is_disabled, "DIR-038", entry, "userAccountControl", control);
    }
    if let (Some(last), Some(now)) = (entry.value("lastLogonTimestamp"), now) {
        let seconds = last.parse::<i64>().unwrap() / 10_000_000 - 11_644_473_600;
        let is_stale = Timestamp::from_second(seconds).unwrap() < now - SignedDuration::from_hours(180 * 24);
        found.add(is_stale, "DIR-038", entry, "lastLogonTimestamp", last);
    }
}
