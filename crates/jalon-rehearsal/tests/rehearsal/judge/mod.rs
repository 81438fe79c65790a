//! Judges for comparison only, slow and obvious: literal transcriptions of the strict rules and of IdFix's two modes, and
//! the plain reader of LDIF that they share.

pub(crate) mod idfix;
pub(crate) mod strict;

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

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

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values(name).first().copied()
    }

    fn class(&self) -> &str {
        self.values("objectClass").last().copied().unwrap()
    }

    /// What directory synchronisation leaves out: groups without mail. No name of the generated ones is on the list of
    /// what is left out by name.
    fn is_skipped(&self) -> bool {
        let cn = self.value("cn").unwrap().to_lowercase();
        assert!(
            !cn.ends_with('$') && !LEFT_OUT.iter().any(|it| cn.starts_with(it)),
            "{cn} would be left out of the measurement"
        );
        let kind: i64 = self.value("groupType").map_or(0, |it| it.parse().unwrap());
        let unmailed_security = kind < 0 && self.value("mail").is_none();
        let unmailed_distribution = kind >= 0 && self.values("proxyAddresses").is_empty();
        self.class() == "group" && (unmailed_security || unmailed_distribution)
    }
}

const LEFT_OUT: [&str; 15] = [
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
    "exchange online-applicationaccount",
];

pub(crate) fn entries(ldif: &[u8]) -> Vec<Entry> {
    let text = std::str::from_utf8(ldif).unwrap().replace("\n ", "");
    let body = text.strip_prefix("version: 1\n\n").unwrap_or(&text);
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

fn any_of(value: &str, bad: &str) -> bool {
    value.contains(|it| bad.contains(it))
}

fn has_space(value: &str) -> bool {
    value.contains(char::is_whitespace)
}

/// The top-level domains of the samples; IdFix meets the third one where it shortens a value.
const TOP_LEVEL: [&str; 4] = ["com", "org", "co", "net"];

/// The whole form of an address, as IdFix has it from RFC 2822; whether the top-level domain exists is another matter.
fn is_mail(value: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        let atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
        let label = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+";
        Regex::new(&format!(r"^(?i){atom}(?:\.{atom})*@{label}[a-z]{{2,17}}$")).unwrap()
    });
    WHOLE.is_match(value)
}

fn top_level(value: &str) -> String {
    value.rsplit('.').next().unwrap().to_lowercase()
}
