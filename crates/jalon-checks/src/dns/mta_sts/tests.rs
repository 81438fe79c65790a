//! Policies and records, word by word.

use proptest::prelude::*;

use super::{
    policy::{Mode, Policy, Problem},
    record,
};

#[track_caller]
fn check(text: &str, expected: &[Problem]) {
    assert_eq!(Policy::read(text).problems, expected, "{text:?}");
}

#[test]
fn a_policy_may_end_its_lines_either_way_and_say_more_than_is_known() {
    check(
        "version: STSv1\nmode: enforce\nmx: mail.contoso.example\nmax_age: 604800\n",
        &[],
    );
    check(
        "version: STSv1\r\nmode: enforce\r\nmx: *.contoso.example\r\nmax_age: 0",
        &[],
    );
    check(
        "mode:testing\nmax_age:31557600 \nmx:\tMail.Contoso.Example\nx-new: 1\nversion:STSv1\n",
        &[],
    );
    check("version: STSv1\nmode: none\nmax_age: 86400\n", &[]);
    check(
        "version: STSv1\nmode: enforce\nmode: none\nmx: a.example\nmax_age: 1\nmax_age: x\n",
        &[],
    );
}

#[test]
fn what_is_wrong_is_told_all_at_once() {
    check("", &[Problem::Version, Problem::NoMode, Problem::NoAge]);
    check(
        "version: STSv2\nmode: Enforce\nmx: a.example\nmax_age: 31557601\n",
        &[
            Problem::Version,
            Problem::BadMode("Enforce".to_owned()),
            Problem::BadAge("31557601".to_owned()),
        ],
    );
    check("version: STSv1\nmode: enforce\nmax_age: 1\n", &[Problem::NoHosts]);
    check(
        "<html>\nversion: STSv1\nmode: none\nmax_age: 1\n",
        &[Problem::BadLine(1)],
    );
    for bad in [
        "*",
        "*.*.example",
        "mail.*.example",
        "bücher.example",
        "192.0.2.1:25",
        "",
    ] {
        let policy = format!("version: STSv1\nmode: enforce\nmx: {bad}\nmax_age: 1\n");
        check(&policy, &[Problem::BadHost(bad.to_owned())]);
    }
    check(
        "version: STSv1\nmode: none\nmax_age: -1\n",
        &[Problem::BadAge("-1".to_owned())],
    );
    check(
        "version: STSv1\nmode: none\nmax_age: 00000000001\n",
        &[Problem::BadAge("00000000001".to_owned())],
    );
}

#[test]
fn a_wildcard_stands_for_one_label() {
    let policy =
        Policy::read("version: STSv1\nmode: enforce\nmx: *.contoso.example\nmx: MX.fabrikam.example\nmax_age: 1\n");
    assert_eq!(policy.mode, Some(Mode::Enforce));
    for (host, expected) in [
        ("mail.contoso.example", true),
        ("contoso.example", false),
        ("a.mail.contoso.example", false),
        ("mx.fabrikam.example", true),
        ("a.mx.fabrikam.example", false),
        ("mailcontoso.example", false),
        ("contoso.example.", false),
    ] {
        assert_eq!(policy.covers(host), expected, "{host}");
    }
}

#[test]
fn a_record_has_its_version_first_and_one_id() {
    use record::Problem::{BadField, BadId, NoId, SecondId, Version};
    for (text, expected) in [
        ("v=STSv1; id=20261120T120000;", None),
        ("v=STSv1;id=1", None),
        ("v=STSv1; id=1; x=y;", None),
        ("v=STSv1; x.y-z=y;id=1 ;", None),
        ("v=stsv1; id=1;", Some(Version)),
        (" v=STSv1; id=1;", Some(Version)),
        ("v=STSv1", Some(Version)),
        ("v=STSv1;", Some(NoId)),
        ("v=STSv1; id=;", Some(BadId)),
        ("v=STSv1; id=2026-11-20;", Some(BadId)),
        ("v=STSv1; id=123456789012345678901234567890123;", Some(BadId)),
        ("v=STSv1; id=1; id=2;", Some(SecondId)),
        ("v=STSv1; id=1; nothing;", Some(BadField)),
        ("v=STSv1; id=1;;", Some(BadField)),
    ] {
        assert_eq!(record::problem(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_what_is_sound_names_hosts(text in "((version|mode|max_age|mx|x): ?\\PC{0,12}\r?\n){0,6}\\PC{0,20}") {
        let policy = Policy::read(&text);
        let _ = record::problem(&text);
        if policy.problems.is_empty() && policy.mode != Some(Mode::None) {
            prop_assert!(!policy.patterns.is_empty() && policy.max_age.is_some());
        }
        for problem in &policy.problems {
            prop_assert!(problem.text().is_complete());
        }
    }

    #[test]
    fn a_name_covers_itself_and_a_wildcard_its_children(host in "[a-z]{1,8}(\\.[a-z]{1,8}){1,3}", child in "[a-z]{1,8}") {
        let policy = Policy::read(&format!("version: STSv1\nmode: enforce\nmx: {host}\nmax_age: 1\n"));
        prop_assert!(policy.covers(&host));
        let child = format!("{child}.{host}");
        prop_assert!(!policy.covers(&child));
        let policy = Policy::read(&format!("version: STSv1\nmode: enforce\nmx: *.{host}\nmax_age: 1\n"));
        let grandchild = format!("a.{child}");
        prop_assert!(policy.covers(&child) && !policy.covers(&grandchild));
    }
}
