//! What is planted in the generated directory is found one to one; mended, it is gone.

use std::{collections::BTreeSet, io::Cursor};

use jalon_domain::measure::Report;
use jalon_rehearsal::directory::{Directory, Flaw, Plan};

use crate::{
    directory::{Settings, Source, run},
    tests::{context, profile},
};

fn judge(bytes: Vec<u8>) -> Report {
    run(
        vec![Source::stream("nord.ldif", Cursor::new(bytes))],
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
    let expected: BTreeSet<Row> = planted.iter().map(row).collect();
    let found: BTreeSet<Row> = found(&judge(ldif)).into_iter().collect();
    let (missed, invented) = (expected.difference(&found), found.difference(&expected));
    let (missed, invented): (Vec<_>, Vec<_>) = (missed.collect(), invented.collect());
    assert!(
        missed.is_empty() && invented.is_empty(),
        "missed {missed:#?}\ninvented {invented:#?}"
    );
}

#[test]
fn every_planted_value_is_found_and_nothing_else() {
    check(&Plan::demo());
    check(&Plan::new(4_000, 7, &Flaw::ALL).expect("large enough"));
    check(&Plan::clean(1_000));
}

#[test]
fn a_mended_directory_loses_the_findings_of_what_was_mended_only() {
    let mended = Plan::demo().without("DIR-019");
    check(&mended);
    let planted = |plan: &Plan| Directory::from(plan.clone()).planted;
    let (before, after) = (planted(&Plan::demo()), planted(&mended));
    assert!(before.len() > after.len() && after.iter().all(|it| it.rule != "DIR-019" && before.contains(it)));
}
