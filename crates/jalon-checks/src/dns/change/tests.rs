//! Plans from made-up reports: what they hold, what they leave, and how they are written.

use jalon_domain::{
    finding::{Defect, Fix, FixKind, Severity},
    ids::{CheckId, RuleId},
    measure::{CheckReport, Family, Report},
    text::Text,
};
use jalon_wire::dns::{Data, Record, Security};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Form, Plan};
use crate::{
    Doubt,
    dns::{
        Facts, Question, Seen,
        zone::{self, Line},
    },
};

const DOMAIN: &str = "contoso.example";

fn txt(name: &str, text: &str) -> Record {
    let data = Data::Txt {
        text: text.to_owned(),
        parts: vec![text.to_owned()],
    };
    Record {
        name: name.to_owned(),
        ttl: 300,
        data,
    }
}

fn address(name: &str) -> Record {
    let data = Data::A {
        address: [192, 0, 2, 7].into(),
    };
    Record {
        name: name.to_owned(),
        ttl: 600,
        data,
    }
}

/// What was seen: a proof of ownership, an SPF record, an address where an alias should be.
struct Seeing(Facts);

impl Seeing {
    fn usual() -> Self {
        let mut facts = Self(Facts::new(DOMAIN));
        facts.found("TXT", DOMAIN, vec![txt(DOMAIN, "MS=ms1"), txt(DOMAIN, "v=spf1 ?all")]);
        facts.found(
            "A",
            "autodiscover.contoso.example",
            vec![address("autodiscover.contoso.example")],
        );
        facts.found("CNAME", "autodiscover.contoso.example", Vec::new());
        facts.found(
            "TXT",
            "spf.protection.outlook.com",
            vec![txt("spf.protection.outlook.com", "v=spf1 -all")],
        );
        facts
    }

    fn found(&mut self, kind: &str, name: &str, records: Vec<Record>) {
        let (chain, security) = (Vec::new(), Security::Indeterminate);
        let seen = if records.is_empty() {
            Seen::Absent { chain, security }
        } else {
            Seen::Found {
                records,
                chain,
                security,
            }
        };
        self.0.learn(Question::new(kind, name).expect("a type"), seen);
    }

    fn report(self, defects: Vec<Defect>) -> Report {
        let questions: Vec<Question> = self.0.questions().cloned().collect();
        Report {
            family: Family::Dns,
            target: DOMAIN.to_owned(),
            vantage: "local".to_owned(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            sha256: None,
            checks: vec![CheckReport {
                check: CheckId::parse("dns.spf").expect("an id"),
                rules: Vec::new(),
                defects,
                facts: self.0.about(&questions).into(),
            }],
            stats: Value::Null,
        }
    }
}

fn defect(rule: &str, severity: Severity, fix: Option<Fix>) -> Defect {
    Defect {
        rule: RuleId::parse(rule).expect("a rule"),
        severity,
        subject: DOMAIN.to_owned(),
        attribute: None,
        discriminator: String::new(),
        observed: String::new(),
        expected: String::new(),
        message: Text::same("m"),
        remedy: Text::same("r"),
        fix,
        object: None,
    }
}

fn spf(rule: &str, severity: Severity, text: &str) -> Defect {
    let old = Line::of(DOMAIN, &txt(DOMAIN, "v=spf1 ?all"));
    defect(rule, severity, Some(zone::fix(&[Line::txt(DOMAIN, text)], &[old])))
}

fn alias() -> Defect {
    let name = "autodiscover.contoso.example";
    let new = Line::cname(name, "autodiscover.outlook.com");
    let fix = zone::fix(&[new], &[Line::of(name, &address(name))]);
    defect("DNS-003", Severity::Minor, Some(fix))
}

fn plan(seeing: Seeing, defects: Vec<Defect>) -> Plan {
    Plan::of(&seeing.report(defects), |_| true)
}

fn left(plan: &Plan) -> Vec<(&str, bool)> {
    let told = |it: &'_ super::Left| it.reason.en.contains("measure again");
    plan.left.iter().map(|it| (it.rule.as_str(), told(it))).collect()
}

#[test]
fn a_plan_shows_what_goes_what_comes_and_what_stays() {
    let plan = plan(
        Seeing::usual(),
        vec![alias(), spf("SPF-13", Severity::Major, "v=spf1 -all")],
    );
    assert!(plan.left.is_empty());
    let expected = "\
--- published
+++ planned
@@ contoso.example TXT @@
 contoso.example. 300 IN TXT \"MS=ms1\"
-contoso.example. 300 IN TXT \"v=spf1 ?all\"
+contoso.example. 300 IN TXT \"v=spf1 -all\"
@@ autodiscover.contoso.example A @@
-autodiscover.contoso.example. 600 IN A 192.0.2.7
@@ autodiscover.contoso.example CNAME @@
+autodiscover.contoso.example. 3600 IN CNAME autodiscover.outlook.com.
";
    assert_eq!(plan.written(Form::Diff), expected);
    let zone = "\
; contoso.example: the records as they should stand
; remove: contoso.example. 300 IN TXT \"v=spf1 ?all\"
contoso.example. 300 IN TXT \"MS=ms1\"
contoso.example. 300 IN TXT \"v=spf1 -all\"
; remove: autodiscover.contoso.example. 600 IN A 192.0.2.7
autodiscover.contoso.example. 3600 IN CNAME autodiscover.outlook.com.
";
    assert_eq!(plan.written(Form::Zone), zone);
    assert!(
        !plan.written(Form::Cloudflare).contains("MS=ms1"),
        "an import adds what is new"
    );
}

#[test]
fn providers_get_whole_sets_or_commands_and_what_goes_goes_first() {
    let plan = plan(
        Seeing::usual(),
        vec![alias(), spf("SPF-13", Severity::Major, "v=spf1 'x' -all")],
    );
    let batch: Value = serde_json::from_str(&plan.written(Form::Route53)).expect("JSON");
    let set = |name: &str, kind: &str, ttl: u32, values: &[&str]| {
        let values: Vec<Value> = values.iter().map(|it| json!({"Value": it})).collect();
        json!({"Name": name, "Type": kind, "TTL": ttl, "ResourceRecords": values})
    };
    let expected = [
        ("DELETE", set("autodiscover.contoso.example.", "A", 600, &["192.0.2.7"])),
        (
            "UPSERT",
            set("contoso.example.", "TXT", 300, &["\"MS=ms1\"", "\"v=spf1 'x' -all\""]),
        ),
        (
            "UPSERT",
            set(
                "autodiscover.contoso.example.",
                "CNAME",
                3600,
                &["autodiscover.outlook.com."],
            ),
        ),
    ];
    let told: Vec<_> = batch["Changes"].as_array().expect("changes").iter().collect();
    assert_eq!(told.len(), expected.len());
    for (told, (action, set)) in told.into_iter().zip(expected) {
        assert_eq!((&told["Action"], &told["ResourceRecordSet"]), (&json!(action), &set));
    }
    let commands = plan.written(Form::Azure);
    let commands: Vec<&str> = commands.lines().skip(2).collect();
    let begin = "-g \"$RESOURCE_GROUP\" -z \"$ZONE\"";
    assert_eq!(
        commands,
        [
            format!("az network dns record-set txt remove-record {begin} -n '@' -v 'v=spf1 ?all'"),
            format!("az network dns record-set a remove-record {begin} -n 'autodiscover' -a 192.0.2.7"),
            format!("az network dns record-set txt add-record {begin} -n '@' -v 'v=spf1 '\\''x'\\'' -all'"),
            format!(
                "az network dns record-set cname set-record {begin} -n 'autodiscover' -c 'autodiscover.outlook.com'"
            ),
        ]
    );
}

#[test]
fn of_two_fixes_of_one_record_the_heavier_is_planned_and_the_other_waits() {
    let light = spf("SPF-09", Severity::Minor, "v=spf1 a -all");
    let heavy = spf("SPF-13", Severity::Major, "v=spf1 -all");
    let same = spf("SPF-15", Severity::Minor, "v=spf1 -all");
    let plan = plan(Seeing::usual(), vec![light, heavy, same]);
    assert_eq!(left(&plan), [("SPF-09", true)]);
    assert!(
        plan.written(Form::Diff)
            .contains("+contoso.example. 300 IN TXT \"v=spf1 -all\"\n")
    );
}

#[test]
fn a_set_that_nobody_saw_and_a_fix_without_records_are_left() {
    let mut seeing = Seeing::usual();
    let unknown = Seen::Unknown {
        reason: Doubt::Timeout,
        detail: String::new(),
    };
    seeing.0.learn(Question::mx(DOMAIN), unknown);
    let mail = zone::fix(&[Line::mx(DOMAIN, 0, "mx.contoso.example")], &[]);
    let by_hand = Fix {
        kind: FixKind::Manual,
        text: "ask".to_owned(),
        undo: None,
        steps: None,
    };
    let plan = plan(
        seeing,
        vec![
            defect("DNS-002", Severity::Blocker, Some(mail)),
            defect("DNS-001", Severity::Major, Some(by_hand)),
            defect("DNS-005", Severity::Major, None),
        ],
    );
    assert_eq!(left(&plan), [("DNS-002", true), ("DNS-001", false), ("DNS-005", false)]);
    assert!(plan.is_empty() && plan.written(Form::Diff).is_empty());
}

#[test]
fn what_clashed_before_does_not_keep_another_fix_from_the_plan() {
    let mut seeing = Seeing::usual();
    let two = vec![txt(DOMAIN, "v=spf1 ?all"), txt(DOMAIN, "v=spf1 -all")];
    seeing.found("TXT", DOMAIN, two);
    let proof = zone::fix(&[Line::txt(DOMAIN, "MS=ms2")], &[]);
    let plan = plan(seeing, vec![defect("DNS-001", Severity::Major, Some(proof))]);
    assert!(plan.left.is_empty() && plan.changes().count() == 1);
}

#[test]
fn a_plan_taken_back_is_what_was_there_and_survives_being_written_down() {
    let plan = plan(Seeing::usual(), vec![alias()]);
    assert_eq!(plan.undone().undone(), plan);
    assert!(
        plan.undone()
            .written(Form::Diff)
            .contains("-autodiscover.contoso.example. 3600 IN CNAME")
    );
    let text = plan.written(Form::Json);
    assert_eq!(serde_json::from_str::<Plan>(&text).expect("a plan"), plan);
    assert_eq!(
        serde_json::from_str::<Value>(&text).expect("JSON")["schema"],
        super::SCHEMA
    );
}
