//! The checks of the family against their cases, against any facts, and against the rehearsal.

use std::collections::BTreeMap;

use jalon_domain::{
    evidence::Outcome,
    profile::{Choice, Cloud, Profile, Service},
};
use jalon_wire::dns::{Data, Record, Security};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Case, DnsCheck, Facts, Inquiry, Probe, Question, Seen, Sight, Told, checks, report};
use crate::{
    doubt::Doubt,
    tests::{Expectation, Texts, cases, profile, verify},
    tls::tests::handshake,
};

mod rehearsal;

/// A case: what is published, what nobody answers for, what follows. Everything else is absent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    domain: String,
    services: Option<Vec<Service>>,
    #[serde(default)]
    options: Vec<Choice>,
    cloud: Option<Cloud>,
    /// Lines such as `contoso.example MX 0 mx.contoso.example`.
    #[serde(default)]
    zone: Vec<String>,
    /// By question, such as `TXT contoso.example`.
    #[serde(default)]
    unknown: BTreeMap<String, Doubt>,
    #[serde(default)]
    looped: Vec<String>,
    /// What signatures say, by question; of all others nothing.
    #[serde(default)]
    security: BTreeMap<String, Security>,
    /// Names of the stand-ins that have gone.
    #[serde(default)]
    gone: Vec<String>,
    /// What the tenant asks for, as Microsoft Graph answers.
    tenant: Option<Value>,
    /// The DKIM selectors that were named.
    #[serde(default)]
    selectors: Vec<String>,
    /// Whether mail servers may be called.
    #[serde(default)]
    mail_servers: bool,
    /// What was seen besides, such as `policy mta-sts.contoso.example`; of a handshake, what differs from a sound one.
    #[serde(default)]
    sights: BTreeMap<String, Value>,
    expected: BTreeMap<String, Expectation>,
}

impl File {
    fn profile(&self) -> Profile {
        let usual = profile();
        Profile {
            services: self
                .services
                .clone()
                .map_or(usual.services, |it| it.into_iter().collect()),
            options: self.options.iter().copied().collect(),
            cloud: self.cloud.unwrap_or(usual.cloud),
            ..usual
        }
    }

    /// The facts that gathering would have brought for these checks: their questions, asked again as long as there are new ones.
    fn facts(&self, inquiries: &mut [Inquiry], profile: &Profile) -> Facts {
        let mut facts = Facts::new(&self.domain).with(self.told());
        facts.mail_servers = self.mail_servers;
        loop {
            let open = inquiries.iter_mut().flat_map(|it| it.open_questions(&facts, profile));
            let open: Vec<Question> = open.collect();
            if !open.is_empty() {
                open.into_iter().for_each(|it| facts.learn(it.clone(), self.seen(&it)));
                continue;
            }
            let probes = inquiries.iter_mut().flat_map(|it| it.open_probes(&facts, profile));
            let probes: Vec<Probe> = probes.collect();
            if probes.is_empty() {
                return facts;
            }
            probes.into_iter().for_each(|it| facts.see(it.clone(), self.sight(&it)));
        }
    }

    fn told(&self) -> Told {
        let read = |it: &Value| jalon_wire::graph::domain_records(&it.to_string()).expect("an answer");
        Told {
            tenant: self.tenant.as_ref().map(|it| read(it).into()),
            selectors: self.selectors.clone(),
        }
    }

    fn sight(&self, probe: &Probe) -> Sight {
        let Some(sight) = self.sights.get(&probe.to_string()) else {
            return unseen();
        };
        let mut sight = sight.clone();
        if let Some(changes) = sight.get("handshake") {
            sight["handshake"] = json!(handshake(changes));
        }
        serde_json::from_value(sight).unwrap_or_else(|it| panic!("{probe}: {it}"))
    }

    /// What is published, and the stand-ins for what it leads to.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let stand_ins = include_str!("tests/stand-ins.zone").lines();
        let is_here = |it: &&str| !self.gone.iter().any(|gone| it.starts_with(&format!("{gone} ")));
        self.zone.iter().map(String::as_str).chain(stand_ins.filter(is_here))
    }

    fn seen(&self, question: &Question) -> Seen {
        self.followed(question, Vec::new())
    }

    /// The answer behind the aliases, as a resolver gives it.
    fn followed(&self, question: &Question, mut chain: Vec<String>) -> Seen {
        if let Some(reason) = self.unknown.get(&question.to_string()) {
            return Seen::Unknown {
                reason: *reason,
                detail: String::new(),
            };
        }
        if self.looped.contains(&question.to_string()) {
            return Seen::Looped { chain: Vec::new() };
        }
        let records: Vec<Record> = self.lines().filter_map(|it| record(question, it)).collect();
        let alias = Question::new("CNAME", &question.name).expect("a type");
        let target = self.lines().find_map(|it| match record(&alias, it)?.data {
            Data::Cname { target } => Some(target),
            _ => None,
        });
        let security = self.security.get(&question.to_string()).copied().unwrap_or_default();
        match target {
            _ if !records.is_empty() => Seen::Found {
                records,
                chain,
                security,
            },
            Some(target) if question.kind() != alias.kind() => {
                let is_circle = target == question.name || chain.contains(&target);
                chain.push(target.clone());
                if is_circle {
                    return Seen::Looped { chain };
                }
                let kind = question.to_string();
                let (kind, _) = kind.split_once(' ').expect("a type and a name");
                self.followed(&Question::new(kind, target).expect("a type"), chain)
            }
            _ => Seen::Absent { chain, security },
        }
    }
}

/// The record of a line, when it answers the question. A line that ends with `@SERVER` is what that server alone says.
fn record(question: &Question, line: &str) -> Option<Record> {
    let (line, server) = match line.rsplit_once(" @") {
        Some((line, server)) => (line, Some(server.parse().expect("a server"))),
        None => (line, None),
    };
    let (name, rest) = line.split_once(' ').expect("a name");
    let (kind, data) = rest.split_once(' ').expect("a type");
    let asked = Question::new(kind, name).map(|it| server.map_or(it.clone(), |server| it.at(server)));
    if asked.as_ref() != Some(question) {
        return None;
    }
    let words: Vec<&str> = data.split(' ').collect();
    let number = |at: usize| words[at].parse().expect("a number");
    let data = match kind {
        "A" => Data::A {
            address: data.parse().expect("an address"),
        },
        "AAAA" => Data::Aaaa {
            address: data.parse().expect("an address"),
        },
        "CNAME" => Data::Cname {
            target: data.to_owned(),
        },
        "SPF" => Data::Other {
            kind: "SPF".to_owned(),
            text: data.to_owned(),
        },
        "MX" => Data::Mx {
            preference: number(0),
            exchange: words[1].to_owned(),
        },
        "DNSKEY" | "DS" => Data::Other {
            kind: kind.to_owned(),
            text: data.to_owned(),
        },
        "NS" => Data::Ns { host: data.to_owned() },
        "SOA" => Data::Soa {
            primary: words[0].to_owned(),
            mailbox: words[1].to_owned(),
            serial: words[2].parse().expect("a number"),
            minimum: 60,
        },
        "SRV" => Data::Srv {
            priority: number(0),
            weight: number(1),
            port: number(2),
            target: words[3].to_owned(),
        },
        "TXT" => Data::Txt {
            text: data.to_owned(),
            parts: vec![data.to_owned()],
        },
        "TLSA" => Data::Tlsa {
            usage: words[0].parse().expect("a number"),
            selector: words[1].parse().expect("a number"),
            matching: words[2].parse().expect("a number"),
            association: words[3].to_owned(),
        },
        "PTR" => Data::Ptr {
            target: data.to_owned(),
        },
        other => panic!("{other} is not read here"),
    };
    Some(Record {
        name: name.to_owned(),
        ttl: 300,
        data,
    })
}

fn judge(check: &'static dyn DnsCheck, facts: &Facts, profile: &Profile) -> jalon_domain::measure::CheckReport {
    let mut inquiry = Inquiry::of(check);
    inquiry.open_questions(facts, profile);
    inquiry.open_probes(facts, profile);
    let case = Case {
        facts,
        profile,
        retry_at: "2026-11-20T12:05:00Z".parse().expect("an instant"),
    };
    report(&inquiry, &case)
}

#[test]
fn every_case_comes_out_as_expected() {
    for check in checks() {
        let mut texts = Texts::of(check.id().as_str());
        for (name, file) in cases::<File>(check.id().as_str()) {
            let profile = file.profile();
            let facts = file.facts(&mut [Inquiry::of(check)], &profile);
            let report = judge(check, &facts, &profile);
            verify(&name, &report, &file.expected);
            texts.add(&name, &report);
        }
        texts.compare();
    }
}

/// So a check whose questions are all answered need not be asked for more when others go on.
#[test]
fn what_a_check_asks_follows_from_what_it_asked() {
    for (name, file) in checks().iter().flat_map(|it| cases::<File>(it.id().as_str())) {
        let profile = file.profile();
        let mut inquiries = checks().map(Inquiry::of);
        let facts = file.facts(&mut inquiries, &profile);
        for it in inquiries {
            assert_eq!(it.check.questions(&facts, &profile), it.questions, "{name}");
            assert_eq!(it.check.probes(&facts, &profile), it.probes, "{name}");
        }
    }
}

#[test]
fn the_family_has_every_check_of_its_folder() {
    let listed: Vec<_> = checks().iter().map(|it| it.id()).collect();
    let all: Vec<_> = crate::known()
        .into_iter()
        .map(|it| it.0)
        .filter(|it| it.family() == "dns")
        .collect();
    assert!(all.iter().all(|it| listed.contains(it)) && all.len() == listed.len());
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let services = proptest::sample::subsequence(Service::ALL.to_vec(), 0..=Service::ALL.len());
    let options = proptest::sample::subsequence(Choice::ALL.to_vec(), 0..=Choice::ALL.len());
    (services, options, proptest::sample::select(Cloud::ALL.to_vec())).prop_map(|(services, options, cloud)| Profile {
        services: services.into_iter().collect(),
        options: options.into_iter().collect(),
        cloud: if cloud == Cloud::Bleu { cloud } else { Cloud::Worldwide },
        ..profile()
    })
}

fn any_seen() -> impl Strategy<Value = Seen> {
    let name = prop_oneof![
        Just("."),
        Just("x.mail.protection.outlook.com"),
        Just("autodiscover.outlook.com"),
        Just("old.example"),
        Just("")
    ];
    let text = prop_oneof![
        Just("v=spf1 include:spf.protection.outlook.com -all".to_owned()),
        Just("v=spf1 redirect=contoso.example".to_owned()),
        Just("v=spf1 include:%{i}.x.example include:a.example ?all".to_owned()),
        Just("v=DMARC1; p=reject".to_owned()),
        Just("v=DKIM1; p=".to_owned()),
        Just("v=spf1 ~all".to_owned()),
        Just("v=DMARC1; p=reject; sp=none; t=y; rua=mailto:a@b.example,mailto:c@d.contoso.example!1m".to_owned()),
        Just(" v=DMARC1; p=none".to_owned()),
        Just("MS=ms1".to_owned()),
        Just("v=STSv1; id=1;".to_owned()),
        "(v=spf1|v=DMARC1|v=DKIM1)?[ -~é]{0,40}",
    ];
    let data = prop_oneof![
        name.clone().prop_map(|it| Data::Cname { target: it.to_owned() }),
        (any::<u16>(), name.clone()).prop_map(|(preference, it)| Data::Mx {
            preference,
            exchange: it.to_owned()
        }),
        (any::<u16>(), name).prop_map(|(port, it)| Data::Srv {
            priority: 0,
            weight: 0,
            port,
            target: it.to_owned()
        }),
        Just(Data::A {
            address: [192, 0, 2, 25].into()
        }),
        any::<[u8; 3]>().prop_map(|it| Data::Tlsa {
            usage: it[0] % 5,
            selector: it[1] % 3,
            matching: it[2] % 4,
            association: "ab".repeat(32),
        }),
        text.prop_map(|it| Data::Txt {
            text: it,
            parts: Vec::new()
        }),
    ];
    let record = (any::<u32>(), data).prop_map(|(ttl, data)| Record {
        name: String::new(),
        ttl,
        data,
    });
    prop_oneof![
        4 => proptest::collection::vec(record, 1..4).prop_map(|records| Seen::Found { records, chain: Vec::new(), security: Security::Indeterminate }),
        1 => Just(Seen::Absent { chain: Vec::new(), security: Security::Indeterminate }),
        1 => Just(Seen::Looped { chain: Vec::new() }),
        1 => Just(unknown()),
    ]
}

fn unseen() -> Sight {
    Sight::Unknown {
        reason: Doubt::Timeout,
        detail: String::new(),
    }
}

fn any_sight() -> impl Strategy<Value = Sight> {
    let page = |body: &str| json!({"peer": "192.0.2.1:443", "status": 200, "media_type": "text/plain", "body": body});
    let sound = page("version: STSv1\nmode: testing\nmx: old.example\nmax_age: 1\n");
    let sights = [
        json!({"status": "answered", "page": sound}),
        json!({"status": "answered", "page": page("<html>")}),
        json!({"status": "distrusted", "handshake": handshake(&json!({}))}),
        json!({"status": "protected", "handshake": handshake(&json!({"chain": [{"bindings": {"key_sha256": "ab".repeat(32), "key_sha512": "", "sha512": ""}}]}))}),
        json!({"status": "plain", "said": ""}),
        json!(unseen()),
    ];
    let sights = sights.map(|it| serde_json::from_value(it).expect("a sight"));
    proptest::sample::select(sights.to_vec())
}

fn unknown() -> Seen {
    Seen::Unknown {
        reason: Doubt::Timeout,
        detail: String::new(),
    }
}

/// Answers every question with the next of `answers`, around and around.
fn answered(check: &dyn DnsCheck, profile: &Profile, answers: &[Seen], sights: &[Sight]) -> Facts {
    let mut facts = Facts::new("contoso.example");
    facts.mail_servers = true;
    let mut answers = answers.iter().cycle();
    let mut sights = sights.iter().cycle();
    for _ in 0..20 {
        for probe in check.probes(&facts, profile) {
            if !facts.has_looked(&probe) {
                facts.see(probe, sights.next().cloned().unwrap_or_else(unseen));
            }
        }
        for question in check.questions(&facts, profile) {
            if !facts.knows(&question) {
                facts.learn(question, answers.next().cloned().unwrap_or_else(unknown));
            }
        }
    }
    facts
}

proptest! {
    #[test]
    fn any_facts_are_judged_and_a_rule_fails_only_with_a_defect(profile in any_profile(), answers in proptest::collection::vec(any_seen(), 1..12), sights in proptest::collection::vec(any_sight(), 1..4)) {
        for check in checks() {
            let facts = answered(check, &profile, &answers, &sights);
            prop_assert!(facts.len() < 200);
            let report = judge(check, &facts, &profile);
            for result in &report.rules {
                let has_defect = report.defects.iter().any(|it| it.rule == result.rule);
                prop_assert_eq!(result.outcome == Outcome::Fail, has_defect);
            }
        }
    }

    #[test]
    fn what_nobody_answered_is_neither_a_defect_nor_a_pass(profile in any_profile()) {
        for check in checks() {
            let facts = answered(check, &profile, &[], &[]);
            let report = judge(check, &facts, &profile);
            prop_assert!(report.defects.is_empty());
            prop_assert!(report.rules.iter().all(|it| matches!(it.outcome, Outcome::Inconclusive | Outcome::NotApplicable)));
        }
    }

    /// Taking knowledge away never makes a rule fail that did not.
    #[test]
    fn a_silent_server_never_opens_a_finding(answers in proptest::collection::vec(any_seen(), 1..12), sights in proptest::collection::vec(any_sight(), 1..4), hushed in any::<prop::sample::Index>()) {
        let profile = profile();
        for check in checks() {
            let facts = answered(check, &profile, &answers, &sights);
            let report = judge(check, &facts, &profile);
            let questions: Vec<Question> = check.questions(&facts, &profile);
            let mut less = facts.clone();
            less.learn(hushed.get(&questions).clone(), unknown());
            let later = judge(check, &less, &profile);
            for defect in &later.defects {
                let own = |it: &&jalon_domain::measure::RuleResult| it.rule == defect.rule;
                let before = report.rules.iter().find(own).map(|it| it.outcome);
                prop_assert!(matches!(before, Some(Outcome::Fail | Outcome::Inconclusive | Outcome::NotApplicable)), "{defect:?}");
            }
        }
    }
}
