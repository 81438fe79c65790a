//! What is planted in the generated directory is found one to one; mended, it is gone.

use std::{collections::BTreeSet, io::Cursor};

use jalon_domain::measure::Report;
use jalon_rehearsal::directory::{Directory, Flaw, Plan};

use crate::{
    directory::{Settings, run},
    tests::{context, profile},
};

fn judge(bytes: Vec<u8>) -> Report {
    run(
        "nord.ldif",
        Cursor::new(bytes),
        &Settings::default(),
        &context(&profile()),
        &|| false,
    )
    .expect("readable")
}

/// Rule, object, attribute, value; values as the directory compares them.
type Row = (String, String, String, String);

fn found(report: &Report) -> Vec<Row> {
    let mut rows: Vec<Row> = report
        .defects()
        .map(|(_, it)| {
            (
                it.rule.to_string(),
                it.subject.clone(),
                it.attribute.clone().unwrap_or_default(),
                it.observed.to_lowercase(),
            )
        })
        .collect();
    rows.sort();
    rows
}

#[track_caller]
fn check(plan: &Plan) {
    let Directory { ldif, planted, .. } = Directory::from(plan.clone());
    let row = |it: &jalon_rehearsal::directory::Planted| {
        (
            it.rule.to_owned(),
            it.dn.clone(),
            it.attribute.to_owned(),
            it.value.to_lowercase(),
        )
    };
    let mut expected: Vec<Row> = planted.iter().map(row).collect();
    expected.sort();
    assert_eq!(found(&judge(ldif)), expected);
}

#[test]
fn every_planted_value_is_found_and_nothing_else() {
    check(&Plan::demo());
    check(&Plan::new(4_000, 7, &Flaw::ALL).expect("large enough"));
    check(&Plan::clean(1_000));
}

#[test]
fn a_mended_directory_loses_the_findings_of_that_rule_only() {
    let before: BTreeSet<Row> = found(&judge(Directory::from(Plan::demo()).ldif)).into_iter().collect();
    let after: BTreeSet<Row> = found(&judge(Directory::from(Plan::demo().without("DIR-019")).ldif))
        .into_iter()
        .collect();
    assert!(before.iter().any(|it| it.0 == "DIR-019"));
    assert_eq!(after, before.into_iter().filter(|it| it.0 != "DIR-019").collect());
}
