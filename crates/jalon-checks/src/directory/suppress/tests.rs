//! Suppressions: which findings they mean, how they end, and what a run says without what they mean.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    measure::{CheckReport, Family, Report, RuleResult},
};
use proptest::prelude::*;

use serde_json::{Value, json};

use super::*;
use crate::directory::Streamed;

const NOW: &str = "2026-11-20T12:00:00Z";

const SERVICE: &str = r#"
[[suppress]]
rule = "DIR-019"
dn = "*,OU=Service,DC=contoso,DC=example"
attribute = "userPrincipalName"
value = "svc_*"
reason = "Service accounts stay here"
until = 2026-12-31
"#;

fn suppressions(text: &str) -> Result<Suppressions, Malformed> {
    let mut suppressions = Suppressions::at(NOW.parse().unwrap());
    suppressions.read("accepted.toml", text)?;
    Ok(suppressions)
}

fn seen<'a>(rule: &'a str, dn: &'a str, value: &'a str) -> Seen<'a> {
    Seen {
        rule,
        severity: Severity::Major,
        dn,
        attribute: Some("userPrincipalName"),
        value,
        errors: &[],
    }
}

const ONE: &str = "CN=svc 1,ou=service,DC=contoso,DC=example";

#[test]
fn only_what_is_meant_is_caught() {
    let mut sieve = Sieve::new(suppressions(SERVICE).unwrap());
    assert!(!sieve.passes(&seen("DIR-019", ONE, "SVC_1 @contoso.example")));
    assert!(
        sieve.passes(&seen("DIR-020", ONE, "svc_1 @contoso.example")),
        "another rule"
    );
    assert!(sieve.passes(&seen("DIR-019", ONE, "ada")), "another value");
    assert!(
        sieve.passes(&seen("DIR-019", "CN=svc 1,DC=contoso,DC=example", "svc_1")),
        "another place"
    );
    let mail = Seen {
        attribute: Some("mail"),
        ..seen("DIR-019", ONE, "svc_1")
    };
    assert!(sieve.passes(&mail), "another attribute");
    let suppressed = sieve.finish();
    assert_eq!(suppressed.total(), 1);
    assert_eq!(
        suppressed.document(),
        json!([{
            "rule": "DIR-019", "severity": "major", "dn": ONE, "attribute": "userPrincipalName",
            "value": "SVC_1 @contoso.example", "reason": "Service accounts stay here", "until": "2026-12-31",
        }])
    );
    assert_eq!(suppressed.remarks().count(), 0);
}

#[test]
fn an_entry_holds_through_its_last_day_and_then_its_findings_count_again() {
    for (until, passes) in [("2026-11-20", false), ("2026-11-19", true)] {
        let suppressions = suppressions(&SERVICE.replace("2026-12-31", until)).unwrap();
        let mut sieve = Sieve::new(suppressions);
        assert_eq!(sieve.passes(&seen("DIR-019", ONE, "svc_1")), passes, "{until}");
        let ended = sieve.finish();
        assert_eq!(
            ended
                .remarks()
                .any(|it| matches!(it, Remark::Ended(it) if it.line == 2)),
            passes
        );
    }
}

#[test]
fn an_entry_that_means_nothing_is_told() {
    let suppressed = Sieve::new(suppressions(SERVICE).unwrap()).finish();
    let remarks: Vec<_> = suppressed.remarks().collect();
    assert!(matches!(remarks[..], [Remark::Idle(it)] if (it.file.as_str(), it.line) == ("accepted.toml", 2)));
}

#[track_caller]
fn refused(from: &str, to: &str, line: usize, what: &str) {
    let error = suppressions(&SERVICE.replace(from, to)).unwrap_err();
    assert_eq!(error.line, line, "{error}");
    assert!(error.what.en.contains(what), "{error}");
    assert!(error.what.is_complete());
}

#[test]
fn a_mistake_is_told_with_its_line() {
    refused("DIR-019", "DIR-999", 3, "DIR-999");
    refused("DIR-019", "nonsense", 3, "nonsense");
    refused("*,OU=Service,DC=contoso,DC=example", "", 4, "distinguished name");
    refused("Service accounts stay here", " ", 7, "reason");
    refused("until = 2026-12-31", "", 2, "until is missing");
    refused("2026-12-31", "2026-12-31T12:00:00Z", 8, "no day");
    refused("2026-12-31", "2028-11-21", 8, "2028-11-20");
    refused("2026-12-31", "\"soon\"", 8, "datetime");
    refused("attribute", "atribute", 5, "atribute");
    refused("rule = \"DIR-019\"", "", 2, "rule");
    refused("[[suppress]]", "[[suppress]", 2, "");
}

#[test]
fn a_file_may_say_nothing_and_the_latest_day_is_two_years_ahead() {
    assert!(suppressions("").unwrap().entries.is_empty());
    assert!(suppressions(&SERVICE.replace("2026-12-31", "2028-11-20")).is_ok());
    let every = suppressions("[[suppress]]\nrule = \"*\"\ndn = \"*\"\nreason = \"a rehearsal\"\nuntil = 2026-12-01\n");
    assert!(!Sieve::new(every.unwrap()).passes(&seen("DIR-001", "", "")));
}

fn run(rules: &[&str]) -> Streamed {
    let failed = |it: &&str| RuleResult {
        rule: RuleId::parse(it).unwrap(),
        outcome: Outcome::Fail,
        reason: None,
        retry_at: None,
        by_choice: false,
    };
    let check = CheckReport {
        check: jalon_domain::ids::CheckId::parse("directory.objects").unwrap(),
        rules: rules.iter().map(failed).collect(),
        defects: Vec::new(),
        facts: Value::Null,
    };
    Streamed {
        report: Report {
            family: Family::Directory,
            target: "export.ldif".to_owned(),
            vantage: "local".to_owned(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            checks: vec![check],
            stats: Value::Null,
            sha256: None,
        },
        found: [(Severity::Major, rules.len() as u64)].into(),
    }
}

#[test]
fn a_rule_of_which_nothing_is_left_passes() {
    let every = SERVICE.replace("DIR-019", "*");
    for (counted, expected) in [(None, Outcome::Pass), (Some("DIR-020"), Outcome::Fail)] {
        let mut sieve = Sieve::new(suppressions(&every).unwrap());
        assert!(!sieve.passes(&seen("DIR-019", ONE, "svc_1")));
        assert!(!sieve.passes(&seen("DIR-020", ONE, "svc_1")));
        counted.inspect(|rule| assert!(sieve.passes(&seen(rule, "CN=Ada", "svc_1"))));
        let mut run = run(&["DIR-019", "DIR-020"]);
        *run.found.entry(Severity::Major).or_default() += u64::from(counted.is_some());
        sieve.finish().settle(&mut run);
        assert_eq!(run.outcome(Severity::Minor), expected);
        let outcomes: Vec<_> = run.report.checks[0].rules.iter().map(|it| it.outcome).collect();
        assert_eq!(outcomes, [Outcome::Pass, expected]);
    }
}

#[test]
fn what_is_listed_is_bounded_and_what_is_counted_is_not() {
    let mut sieve = Sieve::new(suppressions(&SERVICE.replace("svc_*", "*")).unwrap());
    let all = Suppressed::LISTED + 1;
    (0..all).for_each(|_| assert!(!sieve.passes(&seen("DIR-019", ONE, "x"))));
    let suppressed = sieve.finish();
    assert_eq!(suppressed.total(), all as u64);
    assert_eq!(suppressed.entries().next().map(|it| it.1), Some(all as u64));
    assert_eq!(suppressed.document().as_array().map(Vec::len), Some(Suppressed::LISTED));
}

proptest! {
    #[test]
    fn no_file_is_too_strange_to_be_refused_with_a_line(text in any::<String>(), key in "[a-z]{1,9}", value in any::<String>()) {
        for text in [text, SERVICE.replace("2026-12-31", &value), SERVICE.replace("attribute", &key), SERVICE.replace("svc_", &value)] {
            if let Err(error) = suppressions(&text) {
                prop_assert!((1..=text.lines().count().max(1) + 1).contains(&error.line), "{}", error);
                prop_assert!(error.what.is_complete());
            }
        }
    }
}
