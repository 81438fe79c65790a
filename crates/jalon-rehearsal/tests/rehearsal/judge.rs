//! A plain reader of LDIF and a literal transcription of the directory rules, for comparison only: slow and obvious.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

/// Rule, DN, attribute, value.
pub(crate) type Fact = (String, String, String, String);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) dn: String,
    attributes: Vec<(String, String)>,
}

impl Entry {
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let held = self.attributes.iter().filter(|it| it.0 == name);
        held.map(|it| it.1.as_str()).collect()
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.values(name).first().copied()
    }

    fn class(&self) -> &str {
        self.values("objectClass").last().copied().unwrap()
    }
}

pub(crate) fn entries(ldif: &[u8]) -> Vec<Entry> {
    let text = std::str::from_utf8(ldif).unwrap().replace("\n ", "");
    let body = text.strip_prefix("version: 1\n\n").unwrap();
    body.split_terminator("\n\n").map(entry).collect()
}

fn entry(text: &str) -> Entry {
    let mut attributes: Vec<(String, String)> = text.lines().map(attribute).collect();
    let (name, dn) = attributes.remove(0);
    assert_eq!(name, "dn");
    Entry { dn, attributes }
}

fn attribute(line: &str) -> (String, String) {
    let (name, value) = line.split_once(':').unwrap();
    let value = match value.strip_prefix(": ") {
        Some(encoded) => String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap(),
        None => value.strip_prefix(' ').unwrap().to_owned(),
    };
    (name.to_owned(), value)
}

/// Every broken rule; both holders of a shared value are reported.
pub(crate) fn findings(entries: &[Entry]) -> BTreeSet<Fact> {
    let mut found = Found::default();
    for entry in entries.iter().filter(|it| !is_skipped(it)) {
        mail(entry, &mut found);
        nickname(entry, &mut found);
        proxies(entry, &mut found);
        account(entry, &mut found);
        principal(entry, &mut found);
    }
    found.finish()
}

#[derive(Default)]
struct Found {
    facts: BTreeSet<Fact>,
    holders: BTreeMap<(&'static str, String), Vec<Fact>>,
}

impl Found {
    fn add(&mut self, broken: bool, rule: &str, entry: &Entry, attribute: &str, value: &str) {
        if broken {
            self.facts.insert(fact(rule, entry, attribute, value));
        }
    }

    /// Remembers `compared`, the value once repaired by the rules before.
    fn share(&mut self, rule: &'static str, entry: &Entry, attribute: &str, value: &str, compared: &str) {
        let key = (rule, compared.to_lowercase());
        let holder = fact(rule, entry, attribute, value);
        self.holders.entry(key).or_default().push(holder);
    }

    fn finish(mut self) -> BTreeSet<Fact> {
        let shared = self.holders.into_values().filter(|it| it.len() > 1);
        self.facts.extend(shared.flatten());
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

fn is_skipped(entry: &Entry) -> bool {
    let cn = entry.value("cn").unwrap().to_lowercase();
    let starts = [
        "admini",
        "cas_{",
        "discoverysearchmailbox",
        "federatedemail",
        "guest",
        "httpconnector",
        "krbtgt",
        "iusr_",
        "iwam",
        "msol",
        "support_",
        "systemmailbox",
        "wwioadmini",
        "healthmailbox",
    ];
    assert!(
        !cn.ends_with('$') && !starts.iter().any(|it| cn.starts_with(it)),
        "{cn} would be left out of the measurement"
    );
    let kind: i64 = entry.value("groupType").map_or(0, |it| it.parse().unwrap());
    let is_group = entry.class() == "group";
    let unmailed_security = kind < 0 && entry.value("mail").is_none();
    let unmailed_distribution = kind >= 0 && entry.values("proxyAddresses").is_empty();
    is_group && (unmailed_security || unmailed_distribution)
}

fn mail(entry: &Entry, found: &mut Found) {
    let Some(mail) = entry.value("mail") else {
        return;
    };
    found.add(mail.chars().count() > 256, "DIR-005", entry, "mail", mail);
    found.share("DIR-006", entry, "mail", mail, mail);
}

fn nickname(entry: &Entry, found: &mut Found) {
    let Some(name) = entry.value("mailNickname") else {
        return;
    };
    let broken = name.chars().count() > 64 || name.starts_with('.');
    found.add(broken, "DIR-008", entry, "mailNickname", name);
    let repaired = name.trim_start_matches('.');
    found.share("DIR-009", entry, "mailNickname", name, repaired);
}

fn proxies(entry: &Entry, found: &mut Found) {
    for value in entry.values("proxyAddresses") {
        let (prefix, address) = value.split_once(':').unwrap();
        let one_colon = address.replacen(':', "", 1);
        let bad = match prefix.to_lowercase().as_str() {
            "smtp" => any_of(&one_colon, "<>();,[]\"") || has_space(&one_colon) || !is_mail(&one_colon),
            "x500" => any_of(&one_colon, "\u{c}\n\r\t\u{b}[]\"'"),
            _ => any_of(&one_colon, "<>(),[]\"") || has_space(&one_colon),
        };
        let broken = bad || one_colon != address || value.chars().count() > 256;
        found.add(broken, "DIR-011", entry, "proxyAddresses", value);
        found.share(
            "DIR-011",
            entry,
            "proxyAddresses",
            value,
            &format!("{prefix}:{one_colon}"),
        );
    }
}

fn account(entry: &Entry, found: &mut Found) {
    let Some(name) = entry.value("sAMAccountName") else {
        return;
    };
    let longest = if entry.class() == "user" { 20 } else { 256 };
    let attribute = "sAMAccountName";
    found.add(name.chars().count() > longest, "DIR-013", entry, attribute, name);
    found.add(any_of(name, "\\\"|,/[]:<>+=;?*"), "DIR-014", entry, attribute, name);
    if entry.value("userPrincipalName").is_none() {
        found.share("DIR-015", entry, attribute, name, name);
    }
}

fn principal(entry: &Entry, found: &mut Found) {
    let Some(name) = entry.value("userPrincipalName") else {
        return;
    };
    let attribute = "userPrincipalName";
    let is_bad = |it: char| it.is_whitespace() || "\\%&*+/=?'{}|<>();:,[]\"äëïöüÿÄËÏÖÜŸ".contains(it);
    let stripped = name.replace(is_bad, "");
    found.add(name.chars().count() > 113, "DIR-018", entry, attribute, name);
    found.add(stripped != name, "DIR-019", entry, attribute, name);
    found.add(!is_mail(&stripped), "DIR-020", entry, attribute, name);
    found.share("DIR-021", entry, attribute, name, &stripped);
}

fn any_of(value: &str, bad: &str) -> bool {
    value.contains(|it| bad.contains(it))
}

fn has_space(value: &str) -> bool {
    value.contains(char::is_whitespace)
}

/// The RFC 2822 rule of IdFix, with the three top-level domains the samples use.
fn is_mail(value: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        let atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
        let label = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+";
        let whole = format!(r"^(?i){atom}(?:\.{atom})*@{label}(?:com|org|net)$");
        Regex::new(&whole).unwrap()
    });
    WHOLE.is_match(value)
}
