//! The suite of openspf.org for RFC 7208, where it is at hand: at `JALON_RFC7208_TESTS`, or in `../shared/data` beside the
//! workspace. It is not ours to hand on.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use futures::future::BoxFuture;
use jalon_wire::dns::{Data, RecordType};
use serde::Deserialize;

use super::{Ask, Reply, Sender, evaluate};

/// One scenario: names, and what senders get there.
#[derive(Deserialize)]
pub(super) struct Scenario {
    pub(super) description: String,
    pub(super) tests: BTreeMap<String, Case>,
    pub(super) zonedata: BTreeMap<String, Vec<Entry>>,
}

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) helo: String,
    pub(super) host: String,
    pub(super) mailfrom: String,
    result: OneOrMore,
    explanation: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn has(&self, wanted: &str) -> bool {
        match self {
            Self::One(it) => it == wanted,
            Self::More(them) => them.iter().any(|it| it == wanted),
        }
    }
}

/// A record, or silence for whatever is not there.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Entry {
    Silence(Silence),
    Record(BTreeMap<String, Value>),
}

#[derive(Deserialize)]
pub(super) enum Silence {
    #[serde(rename = "TIMEOUT")]
    Timeout,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Exchanger(u16, String),
    Text(OneOrMore),
}

impl Value {
    /// In presentation form; texts in quotation marks, which other types do not mind.
    fn written(&self) -> Option<String> {
        let quoted = |it: &String| {
            let escaped: String = it.bytes().map(escaped).collect();
            format!("\"{escaped}\"")
        };
        match self {
            Self::Exchanger(preference, exchange) => Some(format!("{preference} {}.", exchange.trim_end_matches('.'))),
            Self::Text(OneOrMore::One(it)) if it == "NONE" => None,
            Self::Text(OneOrMore::One(it)) => Some(quoted(it)),
            Self::Text(OneOrMore::More(them)) => Some(them.iter().map(quoted).collect::<Vec<_>>().join(" ")),
        }
    }
}

fn escaped(byte: u8) -> String {
    match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b' '..=b'~' => char::from(byte).to_string(),
        other => format!("\\{other:03}"),
    }
}

/// Names by lower-case name.
pub(super) struct Zone(BTreeMap<String, Vec<Entry>>);

impl Zone {
    /// The records as zone lines, as far as a zone can hold them.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, entries) in &self.0 {
            let has_txt = entries
                .iter()
                .any(|it| matches!(it, Entry::Record(it) if it.contains_key("TXT")));
            for entry in entries {
                let Entry::Record(records) = entry else { continue };
                for (kind, value) in records {
                    let kind = match kind.as_str() {
                        "SPF" if has_txt => continue,
                        "SPF" => "TXT",
                        kind => kind,
                    };
                    lines.extend(value.written().map(|it| format!("{name}. 60 IN {kind} {it}")));
                }
            }
        }
        lines
    }

    pub(super) fn of(scenario: BTreeMap<String, Vec<Entry>>) -> Self {
        Self(
            scenario
                .into_iter()
                .map(|(name, it)| (name.to_ascii_lowercase(), it))
                .collect(),
        )
    }

    fn reply<'a>(&'a self, name: &str, kind: RecordType, hops: u8) -> Reply {
        let Some(entries) = self.0.get(&name.to_ascii_lowercase()) else {
            return Reply::NoName;
        };
        let records = |kind: &str| -> Vec<&'a Value> {
            let record = |it: &'a Entry| match it {
                Entry::Record(it) => it.get(kind),
                Entry::Silence(_) => None,
            };
            entries.iter().filter_map(record).collect()
        };
        if let Some(Value::Text(OneOrMore::One(target))) = records("CNAME").first() {
            return match hops {
                0 => Reply::Failed("the aliases lead in a circle".to_owned()),
                _ => self.reply(target, kind, hops - 1),
            };
        }
        let word = format!("{kind:?}").to_ascii_uppercase();
        // The suite is for both types of record: where it says nothing of TXT, SPF stands for it.
        let word = if word == "TXT" && records("TXT").is_empty() {
            "SPF"
        } else {
            &word
        };
        let found: Vec<Data> = records(word).into_iter().filter_map(|it| data(kind, it)).collect();
        match entries.iter().any(|it| matches!(it, Entry::Silence(_))) {
            _ if !found.is_empty() => Reply::Found(found),
            true => Reply::Failed("silence".to_owned()),
            false => Reply::NoData,
        }
    }
}

impl Ask for Zone {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        Box::pin(async move { self.reply(name, kind, 8) })
    }
}

fn data(kind: RecordType, value: &Value) -> Option<Data> {
    let text = match value {
        Value::Exchanger(preference, exchange) => {
            return Some(Data::Mx {
                preference: *preference,
                exchange: exchange.clone(),
            });
        }
        Value::Text(OneOrMore::One(it)) if it == "NONE" => return None,
        Value::Text(OneOrMore::One(it)) => it.clone(),
        Value::Text(OneOrMore::More(them)) => them.concat(),
    };
    Some(match kind {
        RecordType::A => Data::A {
            address: text.parse().expect("an IPv4 address"),
        },
        RecordType::Aaaa => Data::Aaaa {
            address: text.parse().expect("an IPv6 address"),
        },
        RecordType::Ptr => Data::Ptr { target: text },
        _ => Data::Txt {
            text,
            parts: Vec::new(),
        },
    })
}

/// The suite, or nothing where it is not at hand.
pub(super) fn suite() -> io::Result<Option<String>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/rfc7208-tests.yml");
    #[expect(
        clippy::disallowed_methods,
        reason = "where the suite is differs from machine to machine"
    )]
    let path = std::env::var_os("JALON_RFC7208_TESTS").map_or(beside, PathBuf::from);
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        text => text.map(Some),
    }
}

async fn outcome(zone: &Zone, name: &str, case: &Case) -> Result<(), String> {
    let sender = Sender {
        ip: case.host.parse().expect("an address"),
        mail_from: case.mailfrom.clone(),
        helo: case.helo.clone(),
        receiver: "unknown".to_owned(),
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    let told = evaluate(zone, sender.domain(), &sender).await;
    let explanation = told.explanation.as_deref().unwrap_or("DEFAULT");
    let is_explained = case.explanation.as_deref().is_none_or(|it| it == explanation);
    if case.result.has(told.result.word()) && is_explained {
        return Ok(());
    }
    Err(format!("{name}: {explanation:?} {told:#?}"))
}

#[tokio::test]
async fn every_case_of_the_suite_comes_out_as_it_says() {
    let Some(text) = suite().unwrap() else {
        println!("skipped: the suite of RFC 7208 is not at hand; say where with JALON_RFC7208_TESTS");
        return;
    };
    let scenarios: Vec<Scenario> = serde_saphyr::from_multiple(&text).unwrap();
    let (mut count, mut wrong) = (0, Vec::new());
    for Scenario {
        description,
        tests,
        zonedata,
    } in scenarios
    {
        let zone = Zone::of(zonedata);
        for (name, case) in &tests {
            count += 1;
            wrong.extend(outcome(&zone, &format!("{description}: {name}"), case).await.err());
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!("{count} cases of the suite come out as it says");
    assert_eq!(count, 203);
}
