//! IdFix read a second time, slowly: a table of rules in words, patterns as they are written, values in maps, a list of
//! what was met that is searched from its beginning. It shares no code with the module; what it looks for is the same.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::finding::{Action, FlawKind, Holder};
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{Mode, Verdict};

mod asked;
mod words;

use asked::{asked, left_out};
use words::{blank, colon, length};

/// An object: name, and values by name of attribute in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Plain {
    pub(super) dn: String,
    pub(super) values: BTreeMap<String, Vec<String>>,
}

impl Plain {
    fn all(&self, name: &str) -> &[String] {
        self.values.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }
    fn first(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }
    fn class(&self) -> String {
        self.all("objectClass")
            .last()
            .map_or("user".to_owned(), |it| it.to_lowercase())
    }
    fn cn(&self) -> String {
        self.first("cn").unwrap_or_default().to_owned()
    }
}

/// Rule, attribute, mode, and the words of its chain.
const TABLE: &str = "
    DIR-001 displayName       multi-tenant  length:255 blank
    DIR-004 givenName         multi-tenant  length:63
    DIR-005 mail              multi-tenant  length:256 duplicate
    DIR-008 mailNickname      multi-tenant  length:64 strip:dots duplicate
    DIR-011 proxyAddresses    multi-tenant  length:256 colon duplicate proxy
    DIR-013 sAMAccountName    multi-tenant  length:account strip:account duplicate:account
    DIR-016 targetAddress     multi-tenant  length:255 colon duplicate target
    DIR-018 userPrincipalName multi-tenant  length:113 strip:upn rfc2822 duplicate
    DIR-003 displayName       dedicated     length:256 strip:edges blank:group
    DIR-007 mail              dedicated     length:256 strip:space rfc2822 duplicate
    DIR-010 mailNickname      dedicated     length:64 strip:nickname duplicate blank:contact
    DIR-012 proxyAddresses    dedicated     length:256 colon duplicate address
    DIR-017 targetAddress     dedicated     length:256 blank:target address";

/// The patterns, by the word that the table has for them.
pub(super) const PATTERNS: [(&str, &str); 15] = [
    ("dots", r"^[.]+"),
    ("edges", r"^[\s]+|[\s]+$"),
    ("space", r"[\s]"),
    ("nickname", r#"[\s\\!#$%&*+/=?^`{}|~<>()';:,\[\]"@]"#),
    ("account", r#"[\\"|,/\[\]:<>+=;?*]"#),
    ("upn", r#"[\s\\%&*+/=?'{}|<>();:,\[\]"äëïöüÿÄËÏÖÜŸ]"#),
    ("proxy-smtp", r#"[\s<>();,\[\]"]"#),
    ("proxy-x400", r#"[\f\n\r\t\v\[\]"']"#),
    ("proxy-other", r#"[\s<>(),\[\]"]"#),
    ("target-smtp", r#"[\s\\<>();,\[\]"]"#),
    ("target-other", r#"[\s\\<>(),\[\]"]"#),
    (
        "local",
        r"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@",
    ),
    ("domain", r"@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,17})$"),
    ("not-local", r"[^a-z0-9.!#$%&'*+/=?^_`{|}~-]"),
    ("not-domain", r"[^a-z0-9.-]"),
];

/// The patterns compiled, so that they match here what they match there: letters whatever their case and the Kelvin
/// sign, an end that may stand before a line feed.
pub(super) struct Reference {
    patterns: BTreeMap<&'static str, Regex>,
    tlds: BTreeSet<String>,
}

/// One value on its way.
struct Way<'w> {
    object: &'w Plain,
    attribute: &'w str,
    value: Option<String>,
    failed: Vec<(Vec<FlawKind>, Action)>,
    holder: Option<Holder>,
    met_as: Option<String>,
}

/// What the duplicate rule is told: to look in its list, or what to say.
enum Ask<'a> {
    List(&'a mut Vec<Met>, usize, usize),
    First,
}

/// Something met: attribute, value without case, object, which of its values.
pub(super) type Met = (String, String, usize, usize);

impl Reference {
    pub(super) fn new(tlds: &str) -> Self {
        let compiled = |(name, pattern): &(&'static str, &str)| {
            let letters = pattern.replace("a-z", "a-zA-Z\u{212a}");
            let end = letters
                .strip_suffix('$')
                .map_or(letters.clone(), |it| format!("{it}\\n?\\z"));
            (*name, Regex::new(&end).expect("a pattern"))
        };
        let mut patterns: BTreeMap<_, _> = PATTERNS.iter().map(compiled).collect();
        let whole = patterns["local"].as_str().trim_end_matches('@').to_owned() + patterns["domain"].as_str();
        patterns.insert("whole", Regex::new(&whole).expect("a pattern"));
        patterns.insert("smtp", Regex::new("(?i-u:smtp:)").expect("a pattern"));
        patterns.insert("x400", Regex::new(r"(?i-u:^x\.?[45]00)").expect("a pattern"));
        let tlds = tlds.split_whitespace().map(|it| format!(".{it}")).collect();
        Self { patterns, tlds }
    }

    pub(super) fn is(&self, pattern: &str, value: &str) -> bool {
        self.patterns[pattern].is_match(value)
    }

    pub(super) fn without(&self, pattern: &str, value: &str) -> String {
        self.patterns[pattern].replace_all(value, "").into_owned()
    }

    /// Every finding of a run over those objects.
    pub(super) fn run(&self, objects: &[Plain], mode: Mode, alternate: bool) -> Vec<(String, Verdict)> {
        let judged: Vec<&Plain> = objects
            .iter()
            .filter(|it| asked(it, mode) && !left_out(it, mode))
            .collect();
        let (mut met, mut found, mut first) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        for (number, object) in judged.iter().enumerate() {
            for (row, id, attribute, words) in rows(mode, alternate) {
                for (which, written) in written(object, attribute).into_iter().enumerate() {
                    let ask = Ask::List(&mut met, number, which);
                    let way = self.way(object, attribute, words, written.as_deref(), ask);
                    let edits = way.failed.last().is_some_and(|it| it.1 == Action::Edit);
                    if way.holder.is_some() && edits {
                        let key = folded(written.as_deref().unwrap_or_default());
                        let named = met.iter().find(|it| it.0 == attribute && it.1 == key);
                        let named = named.filter(|it| Some(&it.1) == way.met_as.as_ref());
                        first.extend(named.map(|it| (it.2, row, it.3)));
                    }
                    found.insert((number, row, which), verdict(id, attribute, written.as_deref(), way));
                }
            }
        }
        for at @ (number, row, which) in first {
            let (_, id, attribute, words) = rows(mode, alternate)[row];
            let value = &judged[number].all(attribute)[which];
            let way = self.way(judged[number], attribute, words, Some(value), Ask::First);
            found.insert(at, verdict(id, attribute, Some(value), way));
        }
        let named =
            |((number, ..), it): ((usize, usize, usize), Option<Verdict>)| Some((judged[number].dn.clone(), it?));
        found.into_iter().filter_map(named).collect()
    }

    fn way<'w>(
        &self,
        object: &'w Plain,
        attribute: &'w str,
        words: &str,
        written: Option<&str>,
        mut ask: Ask<'_>,
    ) -> Way<'w> {
        let mut way = Way {
            object,
            attribute,
            value: written.map(str::to_owned),
            failed: Vec::new(),
            holder: None,
            met_as: None,
        };
        let value = written.unwrap_or_default();
        let is_smtp = self.is("smtp", value);
        for word in words.split(' ') {
            // An absent value meets the rule about blanks only.
            if written.is_none() && !word.starts_with("blank") {
                continue;
            }
            match word {
                "proxy" if is_smtp => self.address(&mut way, "proxy-smtp"),
                "proxy" if self.is("x400", value) => self.strip(&mut way, "proxy-x400"),
                "proxy" => self.strip(&mut way, "proxy-other"),
                "target" if is_smtp => self.address(&mut way, "target-smtp"),
                "target" => self.strip(&mut way, "target-other"),
                "address" if is_smtp => self.rfc2822(&mut way),
                "address" => {}
                "rfc2822" => self.rfc2822(&mut way),
                "colon" => colon(&mut way),
                "duplicate:account" if object.first("userPrincipalName").is_some() => {}
                "duplicate" | "duplicate:account" => self.duplicate(&mut way, &mut ask),
                word => match word.split_once(':') {
                    Some(("length", limit)) => length(&mut way, limit),
                    Some(("strip", pattern)) => self.strip(&mut way, pattern),
                    _ => blank(&mut way, word),
                },
            }
        }
        way
    }

    fn address(&self, way: &mut Way<'_>, pattern: &str) {
        self.strip(way, pattern);
        self.rfc2822(way);
    }

    fn strip(&self, way: &mut Way<'_>, pattern: &str) {
        let value = way.now();
        if self.is(pattern, &value) {
            let rest = self.without(pattern, &value);
            let rest = if rest.is_empty() { way.object.cn() } else { rest };
            way.fail(&[FlawKind::Character], Some(rest));
        }
    }

    fn rfc2822(&self, way: &mut Way<'_>) {
        let (value, mut kinds) = (way.now(), Vec::new());
        let is_smtp = self.is("smtp", &value);
        let colon = value.find(':').map_or(0, |it| it + 1);
        let mut address = if is_smtp {
            value[colon..].to_owned()
        } else {
            value.clone()
        };
        if let Some(dot) = address.rfind('.') {
            let end = address[dot..].to_lowercase();
            if end.len() > 1 && !self.tlds.contains(&end) {
                kinds.push(FlawKind::TopLevelDomain);
            }
        }
        if !self.is("domain", &address) {
            kinds.push(FlawKind::DomainPart);
            if let Some(at) = address.rfind('@') {
                address = address[..=at].to_owned() + &self.without("not-domain", &address[at + 1..]);
            }
        }
        if !self.is("local", &address) || address.split('@').count() > 2 {
            kinds.push(FlawKind::LocalPart);
            if let Some(at) = address.rfind('@') {
                let local = self.without("not-local", &address[..at]);
                address = (local + &address[at..]).replace(".@", "@");
            }
        }
        if !self.is("whole", &address) {
            kinds.push(FlawKind::Format);
        }
        if !kinds.is_empty() {
            let prefix = if is_smtp { value[..colon].trim() } else { "" };
            way.fail(&kinds, Some(prefix.to_owned() + &address));
        }
    }

    fn duplicate(&self, way: &mut Way<'_>, ask: &mut Ask<'_>) {
        let value = way.now();
        match ask {
            Ask::First => {
                way.holder = Some(Holder::First);
                way.fail(&[FlawKind::Duplicate], Some(value));
            }
            Ask::List(met, number, which) => {
                let key = folded(&value);
                if !met.iter().any(|it| it.0 == way.attribute && it.1 == key) {
                    met.push((way.attribute.to_owned(), key, *number, *which));
                    return;
                }
                way.holder = Some(Holder::Later);
                way.met_as = Some(key);
                let action = self.action(way, &value);
                way.fail(&[FlawKind::Duplicate], Some(value));
                way.failed.last_mut().expect("just failed").1 = action;
            }
        }
    }

    fn action(&self, way: &Way<'_>, value: &str) -> Action {
        let has = |name| way.object.first(name).is_some();
        let is_address = self.is("smtp", value);
        let is_first_value = way.object.first(way.attribute) == Some(value);
        match way.attribute {
            _ if !is_first_value => Action::Edit,
            "proxyAddresses" if is_address && !has("mailNickname") => Action::Remove,
            "proxyAddresses" if is_address && value.to_lowercase().starts_with("smtp:") => Action::Complete,
            "userPrincipalName" | "mail" | "sAMAccountName" if has("mailNickname") => Action::Complete,
            "mailNickname" if has("homeMDB") => Action::Complete,
            _ => Action::Edit,
        }
    }
}

impl Way<'_> {
    fn now(&self) -> String {
        self.value.clone().unwrap_or_default()
    }
    fn fail(&mut self, kinds: &[FlawKind], value: Option<String>) {
        self.failed.push((kinds.to_vec(), Action::Edit));
        self.value = value;
    }
}

/// Number, rule, attribute, words: the rows of a mode.
fn rows(mode: Mode, alternate: bool) -> Vec<(usize, &'static str, &'static str, &'static str)> {
    let row = |line: &'static str| {
        let (id, rest) = line.trim().split_once(' ').expect("a rule");
        let (attribute, rest) = rest.trim().split_once(' ').expect("an attribute");
        let (of, words) = rest.trim().split_once(' ').expect("a mode");
        (of == mode.word() && !(alternate && attribute == "userPrincipalName")).then_some((id, attribute, words.trim()))
    };
    let rows = TABLE.lines().filter(|it| !it.is_empty()).filter_map(row).enumerate();
    rows.map(|(number, (id, attribute, words))| (number, id, attribute, words))
        .collect()
}

fn written(object: &Plain, attribute: &str) -> Vec<Option<String>> {
    let all = object.all(attribute).iter().cloned().map(Some);
    match attribute {
        "proxyAddresses" => all.collect(),
        _ => vec![object.first(attribute).map(str::to_owned)],
    }
}

fn verdict(chain: &'static str, attribute: &'static str, written: Option<&str>, way: Way<'_>) -> Option<Verdict> {
    let action = way.failed.last()?.1;
    Some(Verdict {
        chain,
        attribute,
        value: written.unwrap_or_default().to_owned(),
        kinds: way.failed.into_iter().flat_map(|it| it.0).collect(),
        proposed: way.value,
        action,
        holder: way.holder,
    })
}

fn folded(value: &str) -> String {
    let plain: String = value.nfd().filter(|it| *it != '\u{ad}' && *it != '\u{200b}').collect();
    plain.to_lowercase().replace('ß', "ss").replace('æ', "ae")
}
