//! A second opinion: mail-auth and this crate evaluate the same senders over the same made-up zones, and agree, but for
//! differences that are listed with their reason.

use std::{
    collections::BTreeSet,
    fmt::Write,
    net::Ipv4Addr,
    sync::atomic::{AtomicBool, AtomicU16, Ordering},
};

use futures::future::BoxFuture;
use jalon_rehearsal::dns::{Server, Zones};
use jalon_wire::dns::{RecordType, Resolver};
use mail_auth::{
    MessageAuthenticator, SpfResult,
    hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts},
    spf::verify::SpfParameters,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde::Deserialize;

use super::{
    Ask, Reason, Reply, Sender, StepOutcome, Verdict, evaluate,
    suite::{Scenario, Zone, suite},
};
use crate::dns::spf::{lint::lint, record, syntax::parse};

/// Where both may differ, and why.
enum Difference {
    /// mail-auth does not count look-ups that find nothing (RFC 7208, section 4.6.4, which is a "SHOULD").
    Voids,
    /// An include that matches inside an include ends everything for mail-auth, whatever the outer one makes of it (it leaves
    /// its stack of records at the first match); it is one of several steps (RFC 7208, section 5.2).
    Nested,
}

/// The difference that explains two results, if one does.
fn known(told: &super::Evaluation) -> Option<Difference> {
    fn gave_up(told: &super::Evaluation) -> bool {
        let below = |it: &super::Step| it.inner.as_deref().is_some_and(gave_up);
        told.reason == Some(Reason::TooManyVoids) || told.steps.iter().any(below)
    }
    fn is_nested(told: &super::Evaluation, is_included: bool) -> bool {
        told.steps.iter().any(|it| {
            let is_include = it.term.contains("include:");
            let ends = is_included && is_include && it.outcome == StepOutcome::Match;
            ends || it
                .inner
                .as_deref()
                .is_some_and(|inner| is_nested(inner, is_included || is_include))
        })
    }
    let voids = gave_up(told).then_some(Difference::Voids);
    voids.or_else(|| is_nested(told, false).then_some(Difference::Nested))
}

fn ids() -> impl Fn() -> u16 + Send + Sync + 'static {
    let next = AtomicU16::new(1);
    move || next.fetch_add(0x2f1d, Ordering::Relaxed)
}

fn word(it: SpfResult) -> Verdict {
    match it {
        SpfResult::Pass => Verdict::Pass,
        SpfResult::Fail => Verdict::Fail,
        SpfResult::SoftFail => Verdict::Softfail,
        SpfResult::Neutral => Verdict::Neutral,
        SpfResult::TempError => Verdict::Temperror,
        SpfResult::PermError => Verdict::Permerror,
        SpfResult::None => Verdict::None,
    }
}

/// Both, asking one server.
struct Both {
    server: Server,
    ours: Resolver,
    theirs: MessageAuthenticator,
}

impl Both {
    async fn over(zone: &str) -> Self {
        let server = Server::start(Zones::parse(zone).unwrap(), 0).await.unwrap();
        let mut connection = ConnectionConfig::udp();
        connection.port = server.addr().port();
        let mut there = NameServerConfig::udp(server.addr().ip());
        there.connections = vec![connection];
        let config = ResolverConfig::from_parts(None, Vec::new(), vec![there]);
        Self {
            ours: Resolver::new(vec![server.addr()], ids()),
            theirs: MessageAuthenticator::new(config, ResolverOpts::default()).unwrap(),
            server,
        }
    }

    /// Whether both say the same of a sender, or say differently for a known reason.
    async fn agree(&self, ip: Ipv4Addr) -> Result<(), String> {
        let sender = Sender {
            ip: ip.into(),
            mail_from: "ada@a.example".to_owned(),
            helo: "mail.a.example".to_owned(),
            receiver: "unknown".to_owned(),
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        let told = evaluate(&self.ours, "a.example", &sender).await;
        let parameters = SpfParameters::verify_mail_from(ip.into(), &sender.helo, "unknown", &sender.mail_from);
        let theirs = word(self.theirs.verify_spf(parameters).await.result());
        if told.result == theirs || known(&told).is_some() {
            return Ok(());
        }
        Err(format!(
            "{ip} at {}: mail-auth says {theirs:?}, here {told:#?}",
            self.server.addr()
        ))
    }
}

/// A term over the names of the zone, right or slightly wrong.
fn any_term() -> impl Strategy<Value = String> {
    let name = || {
        prop_oneof![
            "[b-e]\\.example",
            "h[0-3]\\.example",
            Just("%{d}".to_owned()),
            Just("%{l}.%{d2}".to_owned())
        ]
    };
    let sign = prop_oneof![4 => Just(""), 1 => Just("-"), 1 => Just("~"), 1 => Just("?")];
    let term = prop_oneof![
        3 => name().prop_map(|it| format!("include:{it}")),
        2 => (name(), 0..=32u8).prop_map(|(it, length)| format!("a:{it}/{length}")),
        1 => name().prop_map(|it| format!("mx:{it}")),
        1 => name().prop_map(|it| format!("exists:{it}")),
        2 => (0..8u8, 24..=32u8).prop_map(|(it, length)| format!("ip4:192.0.2.{it}/{length}")),
        1 => Just("a".to_owned()),
        1 => Just("mx".to_owned()),
    ];
    (sign, term).prop_map(|(sign, term)| format!("{sign}{term}"))
}

fn any_record() -> impl Strategy<Value = String> {
    let end = prop_oneof![
        3 => Just(" -all"),
        1 => Just(" ~all"),
        1 => Just(" ?all"),
        1 => Just(""),
        1 => Just(" redirect=e.example"),
    ];
    (proptest::collection::vec(any_term(), 0..4), end)
        .prop_map(|(terms, end)| format!("v=spf1 {}{end}", terms.join(" ")).replace("  ", " "))
}

/// Five domains with records, and hosts with addresses.
fn any_zone() -> impl Strategy<Value = String> {
    proptest::collection::vec(any_record(), 5).prop_map(|records| {
        let mut zone = "example. 60 IN SOA ns.example. mail.example. 1 60 60 60 60\n".to_owned();
        for (name, record) in ["a", "b", "c", "d", "e"].iter().zip(records) {
            let _ = writeln!(zone, "{name}.example. 60 IN TXT \"{record}\"");
            let _ = writeln!(zone, "{name}.example. 60 IN MX 10 h1.example.");
        }
        for host in 0..3 {
            let _ = writeln!(zone, "h{host}.example. 60 IN A 192.0.2.{host}");
        }
        zone
    })
}

#[tokio::test]
async fn both_say_the_same_of_any_sender_over_any_zone() {
    let mut runner = TestRunner::new(Config::default());
    let mut wrong = Vec::new();
    for _ in 0..64 {
        let zone = any_zone().new_tree(&mut runner).unwrap().current();
        let both = Both::over(&zone).await;
        for last in [0, 1, 5, 200] {
            let agreed = both.agree(Ipv4Addr::new(192, 0, 2, last)).await;
            wrong.extend(agreed.err().map(|it| format!("{zone}\n{it}")));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Where mail-auth says something else than the suite, by reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    difference: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    reason: String,
    cases: BTreeSet<String>,
}

/// The suite's zone, noting what a zone of lines cannot hold: addresses that lead to names, and silence.
struct Noted<'a> {
    zone: &'a Zone,
    is_beyond: AtomicBool,
}

impl Ask for Noted<'_> {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        Box::pin(async move {
            let reply = self.zone.ask(name, kind).await;
            if kind == RecordType::Ptr || matches!(reply, Reply::Failed(_)) {
                self.is_beyond.store(true, Ordering::Relaxed);
            }
            reply
        })
    }
}

#[tokio::test]
async fn both_say_the_same_of_the_suite() {
    let Some(text) = suite().unwrap() else {
        println!("skipped: the suite of RFC 7208 is not at hand; say where with JALON_RFC7208_TESTS");
        return;
    };
    let scenarios: Vec<Scenario> = serde_saphyr::from_multiple(&text).unwrap();
    let listed: Differences = toml::from_str(include_str!("differences.toml")).unwrap();
    let (mut count, mut wrong, mut differing) = (0, Vec::new(), BTreeSet::new());
    for scenario in scenarios {
        let zone = Zone::of(scenario.zonedata);
        let both = Both::over(". 60 IN SOA ns.example. mail.example. 1 60 60 60 60").await;
        for line in zone.lines() {
            // What a zone cannot hold, such as a name with an empty label, nobody can ask for either.
            let _ = both.server.edit(|zones| zones.publish(&line));
        }
        for (name, case) in &scenario.tests {
            let noted = Noted {
                zone: &zone,
                is_beyond: AtomicBool::new(false),
            };
            let sender = Sender {
                ip: case.host.parse().unwrap(),
                mail_from: case.mailfrom.clone(),
                helo: case.helo.clone(),
                receiver: "unknown".to_owned(),
                now: jiff::Timestamp::UNIX_EPOCH,
            };
            let told = evaluate(&noted, sender.domain(), &sender).await;
            if noted.is_beyond.into_inner() || known(&told).is_some() {
                continue;
            }
            count += 1;
            let parameters = match case.mailfrom.as_str() {
                "" => SpfParameters::verify_ehlo(sender.ip, &case.helo, "unknown"),
                from => SpfParameters::verify_mail_from(sender.ip, &case.helo, "unknown", from),
            };
            let theirs = word(both.theirs.verify_spf(parameters).await.result());
            if theirs == told.result {
                continue;
            }
            differing.insert(name.clone());
            if !listed.difference.iter().any(|it| it.cases.contains(name)) {
                wrong.push(format!(
                    "{}: {name}: mail-auth says {theirs:?}, here {:?}",
                    scenario.description, told.result
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    for it in &listed.difference {
        let gone: Vec<_> = it.cases.difference(&differing).collect();
        assert!(
            gone.is_empty(),
            "these differ no longer, though {}: {gone:?}",
            it.reason
        );
    }
    println!(
        "{count} cases of the suite are compared with mail-auth, {} differ for a known reason",
        differing.len()
    );
}

/// A zone where every name that a record could ask for has an answer.
struct Everything;

impl Ask for Everything {
    fn ask<'a>(&'a self, _name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        use jalon_wire::dns::Data;
        let data = match kind {
            RecordType::A => Data::A {
                address: Ipv4Addr::new(192, 0, 2, 1),
            },
            RecordType::Mx => Data::Mx {
                preference: 0,
                exchange: "h1.example".to_owned(),
            },
            RecordType::Txt => Data::Txt {
                text: "v=spf1 ip4:192.0.2.1 -all".to_owned(),
                parts: Vec::new(),
            },
            _ => return Box::pin(async { Reply::NoData }),
        };
        Box::pin(async { Reply::Found(vec![data]) })
    }
}

/// One record of its own, and [`Everything`] else.
struct With(String);

impl Ask for With {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        if name == "a.example" && kind == RecordType::Txt {
            let text = self.0.clone();
            let data = jalon_wire::dns::Data::Txt {
                text,
                parts: Vec::new(),
            };
            return Box::pin(async { Reply::Found(vec![data]) });
        }
        Everything.ask(name, kind)
    }
}

proptest! {
    /// What the linter lets pass, no receiver takes for an error.
    #[test]
    fn a_record_without_flaws_is_never_an_error(record in any_record(), last in 0..8u8) {
        // A record that leads back to itself is told by where it leads, not by its text.
        let record = record.replace("%{l}.%{d2}", "b.example").replace("%{d}", "c.example");
        prop_assume!(lint(&record).is_empty());
        let sender = Sender {
            ip: Ipv4Addr::new(192, 0, 2, last).into(),
            mail_from: "ada@a.example".to_owned(),
            helo: "mail.a.example".to_owned(),
            receiver: "unknown".to_owned(),
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        let told = futures::executor::block_on(evaluate(&With(record), "a.example", &sender));
        prop_assert!(!matches!(told.result, Verdict::Permerror | Verdict::Temperror | Verdict::None), "{told:#?}");
    }

    /// What is made of records that parse does so too.
    #[test]
    fn merged_and_mended_records_parse(records in proptest::collection::vec(any_record(), 1..3)) {
        let texts: Vec<&str> = records.iter().map(String::as_str).collect();
        let merged = record::merge(&texts, Some("x.example"));
        let mended = record::with(&merged, Some("y.example"), Some('-'));
        for text in [merged, mended] {
            prop_assert_eq!(&parse(&text).errors, &[], "{}", text);
        }
    }
}
