//! The objects check against its cases, against any values, and against the rehearsal.

use std::{collections::BTreeMap, io::Cursor};

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
    measure::Report,
};
use proptest::prelude::*;
use serde::Deserialize;

use super::{Settings, Source, TopLevelDomains, run, stream};
use crate::{
    CheckError,
    tests::{Expectation, Texts, cases, context, profile, verify},
};

mod rehearsal;
mod third_party;

/// A case: an export and what is found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: String,
    lines: Vec<String>,
    #[serde(default)]
    alternate_login_id: bool,
    /// Rule, object, value, and what is proposed or asked for; all of them, in any order.
    found: Vec<[String; 4]>,
    #[serde(default)]
    expected: BTreeMap<String, Expectation>,
}

fn judge(source: &str, text: &str, settings: &Settings) -> Result<Report, CheckError> {
    run(
        vec![Source::stream(source, Cursor::new(text.to_owned()))],
        settings,
        &context(&profile()),
        &|| false,
    )
}

fn ldif(text: &str) -> Result<Report, CheckError> {
    judge("export.ldif", text, &Settings::default())
}

fn rows(report: &Report) -> Vec<[String; 4]> {
    let row = |it: &Defect| {
        [
            it.rule.to_string(),
            it.subject.clone(),
            it.observed.clone(),
            it.expected.clone(),
        ]
    };
    let mut rows: Vec<_> = report.defects().map(|it| row(it.1)).collect();
    rows.sort();
    rows
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut texts = Texts::of("directory.objects");
    for (name, mut file) in cases::<File>("directory.objects") {
        let settings = Settings {
            alternate_login_id: file.alternate_login_id,
            ..Settings::default()
        };
        let report = judge(&file.source, &(file.lines.join("\n") + "\n"), &settings).expect("readable");
        file.found.sort();
        assert_eq!(rows(&report), file.found, "{name}");
        verify(&name, &report.checks[0], &file.expected);
        texts.add(&name, &report.checks[0]);
    }
    texts.compare();
}

#[test]
fn a_malformed_export_is_an_error_with_its_line_and_no_finding() {
    let error =
        ldif("dn: CN=A,DC=contoso\nmail: a@contoso.example\n\ndn: CN=B,DC=contoso\nchangetype: delete\n").unwrap_err();
    let CheckError::Input { line, what, remedy } = error else {
        panic!("{error}")
    };
    assert_eq!(line, 5);
    assert!(
        what.contains("changetype: delete") && !remedy.is_empty(),
        "{what} {remedy}"
    );
    assert!(matches!(
        judge("tool.exe", "MZ\u{0}", &Settings::default()),
        Err(CheckError::Input { line: 1, .. })
    ));
}

#[test]
fn a_cancelled_run_reports_nothing() {
    let text: String = (0..3000)
        .map(|it| format!("dn: CN=u{it},DC=contoso\nobjectClass: user\n\n"))
        .collect();
    let result = run(
        vec![Source::stream("export.ldif", Cursor::new(text))],
        &Settings::default(),
        &context(&profile()),
        &|| true,
    );
    assert_eq!(result.unwrap_err(), CheckError::Cancelled);
}

#[test]
fn top_level_domains_can_be_replaced() {
    let text = "dn: CN=A\nobjectClass: user\nuserPrincipalName: a@nord.local\nsAMAccountName: a\ndisplayName: A\n";
    assert_eq!(ldif(text).unwrap().defects().count(), 1);
    let settings = Settings {
        top_level_domains: TopLevelDomains::parse("local"),
        ..Settings::default()
    };
    assert_eq!(judge("export.ldif", text, &settings).unwrap().defects().count(), 0);
}

#[test]
fn a_streamed_run_hands_over_the_same_defects_and_keeps_their_count() {
    let text = "dn: CN=A\nobjectClass: user\nuserPrincipalName: a b@contoso.example\nsAMAccountName: a\ndisplayName: A\n\n\
                dn: CN=B\nobjectClass: user\nsAMAccountName: b\nuserPrincipalName: b@contoso.example\n";
    let mut handed = Vec::new();
    let profile = profile();
    let (settings, reader) = (Settings::default(), Cursor::new(text));
    let streamed = stream(
        vec![Source::stream("export.ldif", reader)],
        &settings,
        &context(&profile),
        &|| false,
        &mut |it| handed.push(it.into_defect()),
    )
    .unwrap();
    assert_eq!(
        streamed.found,
        BTreeMap::from([(Severity::Minor, 1), (Severity::Major, 1)])
    );
    assert_eq!(streamed.outcome(Severity::Major), Outcome::Fail);
    assert_eq!(streamed.outcome(Severity::Blocker), Outcome::Pass);
    let last = streamed.document(Severity::Minor);
    assert_eq!(
        (&last["outcome"], &last["stats"]["judged"], last.get("findings")),
        (&"fail".into(), &2.into(), None)
    );
    let mut whole: Vec<Defect> = ldif(text).unwrap().defects().map(|it| it.1.clone()).collect();
    whole.sort_by_key(|it| it.rule.clone());
    handed.sort_by_key(|it| it.rule.clone());
    assert_eq!(handed, whole);
}

/// A person whose values are whatever the test wants.
fn person(number: usize, values: &[(&str, String)]) -> String {
    use jalon_wire::{entry::Attributes, ldif::Writer};
    let mut attributes = Attributes::default();
    attributes.push("objectClass", b"user");
    values
        .iter()
        .for_each(|(name, value)| attributes.push(name, value.as_bytes()));
    let mut writer = Writer::new(Vec::new());
    writer
        .write_entry(&format!("CN=p{number},DC=contoso,DC=example"), attributes.view())
        .expect("written");
    String::from_utf8(writer.into_inner()).expect("UTF-8")
}

const NAMES: [&str; 8] = [
    "displayName",
    "givenName",
    "mail",
    "mailNickname",
    "proxyAddresses",
    "sAMAccountName",
    "targetAddress",
    "userPrincipalName",
];

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "[.a-z é'+;:]{0,12}@[a-z.-]{0,12}(com|fr|local)?",
        "(smtp|SMTP|x500|sip):[ -~]{0,30}",
        "[a-z.]{50,150}@[a-z.]{1,30}com",
        Just("same@contoso.example".to_owned()),
    ]
}

proptest! {
    #[test]
    fn any_values_are_judged_and_what_is_proposed_is_sound(
        values in prop::collection::vec((prop::sample::select(NAMES.to_vec()), any_value()), 0..10),
    ) {
        let report = ldif(&(person(1, &values) + &person(2, &values))).unwrap();
        for (_, defect) in report.defects() {
            let attribute = defect.attribute.clone().unwrap_or_default();
            // An own proposal is judged as sound when it stands alone in another directory.
            if defect.fix.is_some() && !defect.discriminator.contains("duplicate") && !["", "= 1"].contains(&defect.expected.as_str()) {
                let mended = ldif(&person(1, &[(attribute.as_str(), defect.expected.clone())])).unwrap();
                let again: Vec<_> = mended.defects().filter(|it| it.1.attribute.as_deref() == Some(&attribute)).collect();
                prop_assert!(again.is_empty(), "{defect:?} {again:?}");
            }
        }
    }

    #[test]
    fn any_bytes_are_judged_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for source in ["export.ldif", "export.csv", "upload"] {
            let _ = run(vec![Source::stream(source, Cursor::new(bytes.clone()))], &Settings::default(), &context(&profile()), &|| false);
        }
    }
}
