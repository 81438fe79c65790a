//! A domain in plain form, read back from the facts that a run kept: what a page shows of it at a glance. No verdicts here,
//! and facts of any age: what they do not hold was not looked at.

use jalon_domain::{text::Text, words};
use jalon_wire::dns::{Data, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Facts, Question, Seen,
    dkim::{
        self,
        key::{Key, Strength},
    },
    dmarc::effective::{Effective, effective},
    spf,
};
use crate::doubt::Doubt;

words! {
    /// What a line is about.
    Topic {
        Mail = "mail", "Mail exchangers", "Serveurs de messagerie";
        Spf = "spf", "SPF", "SPF";
        Dmarc = "dmarc", "DMARC", "DMARC";
        Dkim = "dkim", "DKIM", "DKIM";
        Servers = "servers", "Name servers", "Serveurs de noms";
        Serial = "serial", "Zone serial", "Numéro de série de la zone";
        MtaSts = "mta-sts", "MTA-STS", "MTA-STS";
        TlsRpt = "tls-rpt", "TLS reporting", "Rapports TLS";
        Dnssec = "dnssec", "DNSSEC", "DNSSEC";
    }
}

words! {
    /// What is known of it.
    Held {
        Found = "found", "Published", "Publié";
        Absent = "absent", "None", "Aucun";
        Unknown = "unknown", "Could not be told", "Indéterminé";
        Unasked = "unasked", "Not looked at", "Non examiné";
    }
}

/// One line about a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Line {
    /// What it is about.
    pub topic: Topic,
    /// Which of several: a DKIM selector.
    pub which: Option<String>,
    /// What is known.
    pub held: Held,
    /// What was seen, as measured; of a name that leads to nothing, where it leads.
    pub values: Vec<String>,
    /// What it comes to, or why nothing is known.
    pub notes: Vec<Text>,
}

#[derive(Deserialize)]
struct Kept {
    domain: String,
    #[serde(default)]
    answers: std::collections::BTreeMap<String, Value>,
}

/// What the facts of a run's checks tell of its domain; nothing when they are of no domain.
pub fn told<'a>(facts: impl IntoIterator<Item = &'a Value>) -> Vec<Line> {
    let Some(facts) = rebuilt(facts) else {
        return Vec::new();
    };
    let mut lines = vec![mail(&facts), spf(&facts), dmarc(&facts)];
    lines.extend(selectors(&facts).iter().map(|it| key(&facts, it)));
    lines.extend([servers(&facts), serial(&facts)]);
    lines.push(text(&facts, Topic::MtaSts, "_mta-sts", "v=STSv1"));
    lines.push(text(&facts, Topic::TlsRpt, "_smtp._tls", "v=TLSRPTv1"));
    lines.push(dnssec(&facts));
    lines
}

fn rebuilt<'a>(checks: impl IntoIterator<Item = &'a Value>) -> Option<Facts> {
    let mut facts: Option<Facts> = None;
    for kept in checks.into_iter().filter_map(|it| Kept::deserialize(it).ok()) {
        let facts = facts.get_or_insert_with(|| Facts::new(kept.domain));
        for (question, seen) in kept.answers {
            // What another version asked or saw is left aside.
            if let (Ok(question), Ok(seen)) = (question.parse::<Question>(), serde_json::from_value::<Seen>(seen)) {
                facts.learn(question, seen);
            }
        }
    }
    facts
}

/// The line before anything is read out of its records: those that `is_own` picks.
fn line(facts: &Facts, topic: Topic, question: Option<Question>, is_own: impl Fn(&Record) -> Option<String>) -> Line {
    let mut line = Line {
        topic,
        which: None,
        held: Held::Unasked,
        values: Vec::new(),
        notes: Vec::new(),
    };
    let Some(question) = question.filter(|it| facts.knows(it)) else {
        return line;
    };
    match facts.records(&question) {
        Ok(records) => line.values = records.iter().filter_map(is_own).collect(),
        Err(doubted) => {
            line.held = Held::Unknown;
            line.notes.push(doubted.doubt.said());
            return line;
        }
    }
    line.held = if line.values.is_empty() {
        Held::Absent
    } else {
        Held::Found
    };
    line
}

fn mail(facts: &Facts) -> Line {
    line(facts, Topic::Mail, Some(Question::mx(&facts.domain)), |it| {
        match &it.data {
            Data::Mx { preference, exchange } => Some(format!("{preference} {exchange}")),
            _ => None,
        }
    })
}

fn text_of(record: &Record) -> Option<&String> {
    match &record.data {
        Data::Txt { text, .. } => Some(text),
        _ => None,
    }
}

fn text(facts: &Facts, topic: Topic, label: &str, version: &str) -> Line {
    let question = Question::txt(facts.below(label));
    line(facts, topic, Some(question), |it| {
        text_of(it).filter(|it| it.starts_with(version)).cloned()
    })
}

fn spf(facts: &Facts) -> Line {
    let mut it = line(facts, Topic::Spf, Some(Question::txt(&facts.domain)), |it| {
        let text = text_of(it)?;
        spf::record::is_spf(text).then(|| text.clone())
    });
    if it.values.len() > 1 {
        it.notes.push(several());
    } else if let Some(n) = spf::lookups(facts).filter(|_| it.held == Held::Found) {
        it.notes.push(Text::new(
            format!("{n} of 10 look-ups"),
            format!("{n} recherche{} sur 10", if n > 1 { "s" } else { "" }),
        ));
    }
    it
}

fn several() -> Text {
    Text::new(
        "several: receivers apply none",
        "plusieurs\u{a0}: les destinataires n’en appliquent aucun",
    )
}

/// The policy in force, as the check of DMARC finds it: the domain's own, or one from above (RFC 9989, section 4.10.1).
fn dmarc(facts: &Facts) -> Line {
    let mut it = line(facts, Topic::Dmarc, Some(Question::txt(facts.below("_dmarc"))), |it| {
        text_of(it).filter(|it| tag(it, "v") == Some("DMARC1")).cloned()
    });
    if !matches!(it.held, Held::Found | Held::Absent) {
        return it;
    }
    if it.values.len() > 1 {
        it.notes.push(several());
    }
    match effective(facts) {
        Ok(Some(found)) => {
            it.held = Held::Found;
            it.values = vec![found.held.value.to_owned()];
            it.notes.extend(policy(&found, found.from == facts.domain));
        }
        Ok(None) => {}
        Err(doubted) if it.held == Held::Absent => {
            it.held = match doubted.doubt {
                Doubt::NotAsked => Held::Unasked,
                _ => Held::Unknown,
            };
            it.notes.push(doubted.doubt.said());
        }
        Err(_) => {}
    }
    it
}

fn policy(found: &Effective<'_>, is_own: bool) -> Vec<Text> {
    let (asked, from) = (found.asked.word(), &found.from);
    let mut notes = vec![Text::new(
        format!("policy: {asked}"),
        format!("politique\u{a0}: {asked}"),
    )];
    if !is_own {
        notes.push(Text::new(format!("from {from}"), format!("venant de {from}")));
    }
    if found.is_tested() {
        notes.push(Text::new("in test", "à l’essai"));
    }
    notes
}

/// The value of a tag of a tag list (RFC 6376, section 3.2).
fn tag<'a>(list: &'a str, name: &str) -> Option<&'a str> {
    let mut tags = list.split(';').filter_map(|it| it.split_once('='));
    tags.find(|it| it.0.trim() == name).map(|it| it.1.trim())
}

/// The selectors that were asked for, without those that were only tried and have nothing.
fn selectors(facts: &Facts) -> Vec<String> {
    let below = format!("._domainkey.{}", facts.domain);
    let of = |it: &Question| Some(it.name.strip_suffix(&below)?.to_owned());
    let mut selectors: Vec<String> = facts.asked().filter_map(of).collect();
    selectors.sort();
    selectors.dedup();
    selectors.retain(|it| !dkim::is_vain_guess(facts, it));
    selectors
}

fn key(facts: &Facts, selector: &str) -> Line {
    let name = facts.below(&format!("{selector}._domainkey"));
    let mut it = line(facts, Topic::Dkim, Some(Question::txt(&name)), |it| {
        text_of(it).filter(|it| tag(it, "p").is_some()).cloned()
    });
    it.which = Some(selector.to_owned());
    it.notes
        .extend(it.values.iter().map(|it| strength(it)).collect::<Vec<_>>());
    if let Ok(Some(alias)) = facts.alias(&name) {
        it.values = vec![alias.value.to_owned()];
        if it.held == Held::Absent {
            it.notes.push(Text::new("no key there", "aucune clé à cet endroit"));
        }
    }
    it
}

/// How strong a DKIM key is.
fn strength(record: &str) -> Text {
    match Key::parse(record).map(|it| it.strength) {
        Ok(Strength::Revoked) => Text::new("revoked", "révoquée"),
        Ok(Strength::Ed25519) => Text::same("Ed25519"),
        Ok(Strength::Rsa { bits, .. }) => Text::new(format!("RSA, {bits} bits"), format!("RSA, {bits}\u{a0}bits")),
        Err(_) => Text::new("the key cannot be read", "la clé est illisible"),
    }
}

fn servers(facts: &Facts) -> Line {
    let question = Question::new("NS", &facts.domain);
    line(facts, Topic::Servers, question, |it| match &it.data {
        Data::Ns { host } => Some(host.clone()),
        _ => None,
    })
}

fn serial(facts: &Facts) -> Line {
    let question = Question::new("SOA", &facts.domain);
    line(facts, Topic::Serial, question, |it| match &it.data {
        Data::Soa { serial, .. } => Some(serial.to_string()),
        _ => None,
    })
}

/// Whether the parent zone vouches for the keys of the domain (RFC 4034, section 5).
fn dnssec(facts: &Facts) -> Line {
    let mut it = line(facts, Topic::Dnssec, Question::new("DS", &facts.domain), |_| {
        Some(String::new())
    });
    let n = it.values.len();
    it.values.clear();
    if it.held == Held::Found {
        it.notes.push(Text::new(
            if n == 1 {
                "signed: one delegation record".to_owned()
            } else {
                format!("signed: {n} delegation records")
            },
            if n == 1 {
                "signé\u{a0}: un enregistrement de délégation".to_owned()
            } else {
                format!("signé\u{a0}: {n} enregistrements de délégation")
            },
        ));
    }
    it
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn found(name: &str, data: &Value) -> Value {
        let mut record = json!({"name": name, "ttl": 300});
        record
            .as_object_mut()
            .unwrap()
            .extend(data.as_object().unwrap().clone());
        json!({"status": "found", "records": [record]})
    }

    fn one(lines: &[Line], topic: Topic) -> &Line {
        lines.iter().find(|it| it.topic == topic).unwrap()
    }

    fn txt(name: &str, text: &str) -> Value {
        let record = Record {
            name: name.to_owned(),
            ttl: 300,
            data: Data::Txt {
                text: text.to_owned(),
                parts: vec![text.to_owned()],
            },
        };
        found(name, &serde_json::to_value(record).unwrap())
    }

    #[test]
    fn what_was_seen_is_told_and_what_was_not_asked_is_said() {
        let facts = json!({"domain": "a.contoso.example", "answers": {
            "TXT a.contoso.example": txt("a.contoso.example", "v=spf1 -all"),
            "TXT _dmarc.a.contoso.example": {"status": "absent"},
            "TXT _dmarc.contoso.example": txt("_dmarc.contoso.example", "v=DMARC1; p=reject; sp=quarantine"),
            "TXT _dmarc.example": {"status": "absent"},
            "TXT s1._domainkey.a.contoso.example": txt("s1._domainkey.a.contoso.example", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
            "TXT google._domainkey.a.contoso.example": {"status": "absent"},
            "TXT jalon-nobody._domainkey.a.contoso.example": {"status": "absent"},
            "MX a.contoso.example": {"status": "unknown", "reason": "timeout", "detail": "x"},
            "LOC a.contoso.example": {"status": "absent"},
        }});
        let lines = told([&facts, &json!({"domain": "a.contoso.example"}), &json!(null)]);
        let spf = one(&lines, Topic::Spf);
        assert_eq!(
            (spf.held, spf.values.as_slice()),
            (Held::Found, ["v=spf1 -all".to_owned()].as_slice())
        );
        assert_eq!(spf.notes[0].en, "0 of 10 look-ups");
        let dmarc = one(&lines, Topic::Dmarc);
        let notes: Vec<&str> = dmarc.notes.iter().map(|it| it.en.as_str()).collect();
        assert_eq!(
            (dmarc.held, notes),
            (Held::Found, vec!["policy: quarantine", "from contoso.example"])
        );
        assert_eq!(one(&lines, Topic::Dkim).notes, [Text::same("Ed25519")]);
        let keys = lines.iter().filter(|it| it.topic == Topic::Dkim);
        assert_eq!(keys.count(), 1, "a usual selector without a key is no news");
        assert_eq!(one(&lines, Topic::Mail).held, Held::Unknown);
        assert_eq!(one(&lines, Topic::MtaSts).held, Held::Unasked);
    }

    #[test]
    fn a_silent_name_above_is_no_absence() {
        let facts = json!({"domain": "a.contoso.example", "answers": {
            "TXT _dmarc.a.contoso.example": {"status": "absent"},
            "TXT _dmarc.contoso.example": {"status": "unknown", "reason": "timeout", "detail": "x"},
        }});
        assert_eq!(one(&told([&facts]), Topic::Dmarc).held, Held::Unknown);
    }

    #[test]
    fn a_walk_that_nobody_took_to_its_end_tells_no_absence() {
        let facts =
            json!({"domain": "contoso.example", "answers": {"TXT _dmarc.contoso.example": {"status": "absent"}}});
        assert_eq!(one(&told([&facts]), Topic::Dmarc).held, Held::Unasked);
        let facts = json!({"domain": "contoso.example", "answers": {
            "TXT _dmarc.contoso.example": {"status": "absent"}, "TXT _dmarc.example": {"status": "absent"},
        }});
        assert_eq!(one(&told([&facts]), Topic::Dmarc).held, Held::Absent);
    }

    #[test]
    fn facts_of_no_domain_tell_nothing() {
        assert!(told([&json!({"host": "mail.contoso.example", "port": 443}), &json!(null)]).is_empty());
    }

    proptest! {
        #[test]
        fn any_record_is_told_without_panic(record in ".{0,80}", key in "(v=|p=|k=|sp=|t=|;|[a-zA-Z0-9+/= ]){0,30}") {
            let facts = json!({"domain": "contoso.example", "answers": {
                "TXT contoso.example": txt("contoso.example", &record),
                "TXT _dmarc.contoso.example": txt("_dmarc.contoso.example", &format!("v=DMARC1;{record}")),
                "TXT s._domainkey.contoso.example": txt("s._domainkey.contoso.example", &format!("p={key}")),
            }});
            told([&facts]);
        }
    }
}
