//! A directory judged beside another one: what it lacks is found with everything else that is wrong (DIR-039).

use std::sync::Arc;

use jalon_domain::evidence::Outcome;
use jalon_wire::{export::Export, source::Limits};

use super::*;
use crate::directory::{
    Mode, Profile,
    join::{self, Map, ThirdParty},
};

const AD: &str = "dn: CN=Ada,DC=contoso,DC=example\nobjectClass: user\ncn: Ada\ndisplayName: Ada\nsAMAccountName: ada\n\
                  userPrincipalName: ada@contoso.example\nemployeeID: 1\n\n\
                  dn: CN=Bob,DC=contoso,DC=example\nobjectClass: user\ncn: Bob\ndisplayName: Bob\nsAMAccountName: bob\n\
                  userPrincipalName: bob@contoso.example\nemployeeID: 2\nmail: bob@contoso.example\nmailNickname: bob\n\
                  proxyAddresses: SMTP:bob@contoso.example\n";
const ADA: &str = "1,Ada,ada@contoso.example,\"al@contoso.example, lovelace@contoso.example\"\n";
const BOB: &str = "2,Bob,bob@contoso.example,\n";

/// Judges [`AD`] beside a table of these rows.
fn beside(rows: &str, change: impl FnOnce(&mut Settings, &mut join::Settings)) -> Result<Report, CheckError> {
    let (mut settings, mut joined) = (Settings::default(), join::Settings::default());
    change(&mut settings, &mut joined);
    let text = format!("employeeNumber,cn,mail,mailAlternateAddress\n{rows}");
    let mut third = ThirdParty::new("nord.csv", joined);
    let table = Export::from_reader(Cursor::new(text), "nord.csv", Limits::default()).unwrap();
    table.for_each(|it| third.meet(&it.unwrap().view()));
    settings.third_party = Some(Arc::new(third));
    judge("ad.ldif", AD, &settings)
}

fn told(report: &Report) -> (Outcome, String) {
    let rules = &report.checks[0].rules;
    let rule = rules.iter().find(|it| it.rule.as_str() == "DIR-039").unwrap();
    let reason = rule.reason.as_ref().map(|it| it.en.clone());
    (rule.outcome, reason.unwrap_or_default())
}

#[test]
fn each_value_that_is_missing_is_a_finding_of_its_own() {
    let report = beside(&format!("{ADA}{BOB}"), |_, _| {}).unwrap();
    let lacking: Vec<&Defect> = report
        .defects()
        .map(|it| it.1)
        .filter(|it| it.rule.as_str() == "DIR-039")
        .collect();
    let expected: Vec<&str> = lacking.iter().map(|it| it.expected.as_str()).collect();
    assert_eq!(
        expected,
        [
            "ada@contoso.example",
            "ada",
            "SMTP:ada@contoso.example",
            "smtp:al@contoso.example",
            "smtp:lovelace@contoso.example"
        ]
    );
    let distinct: std::collections::BTreeSet<_> = lacking.iter().map(|it| (&it.attribute, &it.discriminator)).collect();
    assert_eq!(distinct.len(), lacking.len(), "each is told apart from the others");
    assert_eq!(told(&report).0, Outcome::Fail);
    let facts = &report.checks[0].facts["third_party"];
    assert_eq!(
        (&facts["source"], &facts["matched"], &facts["missing"]),
        (&"nord.csv".into(), &2.into(), &0.into())
    );
}

#[test]
fn whoever_is_nobody_here_makes_it_unsure_and_a_complete_directory_passes() {
    assert_eq!(told(&beside(BOB, |_, _| {}).unwrap()), (Outcome::Pass, String::new()));
    let (outcome, reason) = told(&beside(&format!("{BOB}3,Eve,eve@contoso.example,\n"), |_, _| {}).unwrap());
    assert_eq!(outcome, Outcome::Inconclusive);
    assert!(
        reason.starts_with("not matched: ") && reason.ends_with("(nord.csv: 1)"),
        "{reason}"
    );
    let (outcome, reason) = told(&beside("4,Nobody,,\n", |_, _| {}).unwrap());
    assert_eq!(outcome, Outcome::Inconclusive);
    assert!(reason.contains("nord.csv"), "{reason}");
    assert_eq!(
        told(&judge("ad.ldif", AD, &Settings::default()).unwrap()).0,
        Outcome::NotApplicable
    );
}

#[test]
fn the_profile_and_the_number_of_threads_make_no_difference() {
    let found = |profile, threads| {
        let report = beside(ADA, |it, _| (it.profile, it.threads) = (profile, threads)).unwrap();
        let lacking = report
            .defects()
            .map(|it| it.1.clone())
            .filter(|it| it.rule.as_str() == "DIR-039");
        lacking.collect::<Vec<_>>()
    };
    let strict = found(Profile::Strict, 1);
    assert_eq!(strict.len(), 5);
    assert_eq!(found(Profile::Strict, 7), strict);
    assert_eq!(found(Profile::Idfix(Mode::MultiTenant), 2), strict);
}

#[test]
fn a_map_that_leads_nowhere_stops_the_run() {
    let error = beside(ADA, |_, it| {
        it.map = Map::parse("ad,other\nnobody,ada@contoso.example\n").unwrap()
    })
    .unwrap_err();
    let CheckError::Map(row) = error else { panic!("{error}") };
    assert_eq!(row.line, 2);
}
