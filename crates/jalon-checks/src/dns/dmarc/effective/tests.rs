//! Policies at several names, and the one that applies.

use jalon_wire::dns::Security;

use super::*;
use crate::dns::Seen;

/// Nobody knows anything but these texts, and that there is no other.
fn facts(domain: &str, texts: &[(&str, &str)]) -> Facts {
    let mut facts = Facts::new(domain);
    let mut questions = walk_questions(domain);
    questions.extend([Question::mx(domain), Question::a(domain), Question::aaaa(domain)]);
    for question in questions {
        let records: Vec<Record> = texts
            .iter()
            .filter(|it| question == Question::txt(format!("_dmarc.{}", it.0)))
            .map(|it| Record {
                name: String::new(),
                ttl: 60,
                data: Data::Txt {
                    text: it.1.to_owned(),
                    parts: Vec::new(),
                },
            })
            .collect();
        let (chain, security) = (Vec::new(), Security::Indeterminate);
        let seen = match records.is_empty() {
            true => Seen::Absent { chain, security },
            false => Seen::Found {
                records,
                chain,
                security,
            },
        };
        facts.learn(question, seen);
    }
    facts
}

#[track_caller]
fn check(domain: &str, texts: &[(&str, &str)], expected: Option<(&str, &str, &str)>) {
    let facts = facts(domain, texts);
    let effective = effective(&facts).unwrap();
    let found = effective
        .as_ref()
        .map(|it| (it.from.as_str(), it.tag, it.disposition().word()));
    assert_eq!(found, expected, "{domain}: {texts:?}");
}

#[test]
fn the_policy_that_applies_is_told_with_its_name_and_tag() {
    let (sub, org) = ("b.a.contoso.example", "contoso.example");
    check(sub, &[], None);
    check(org, &[(org, "v=DMARC1; p=reject; t=y")], Some((org, "p", "quarantine")));
    check(
        sub,
        &[(org, "v=DMARC1; p=reject; np=none; sp=none")],
        Some((org, "np", "none")),
    );
    check(
        sub,
        &[(org, "v=DMARC1; p=reject; np=quarantine")],
        Some((org, "np", "quarantine")),
    );
    check(
        sub,
        &[("a.contoso.example", "v=DMARC1; p=none"), (org, "v=DMARC1; p=reject")],
        Some((org, "p", "reject")),
    );
    check(
        sub,
        &[
            ("a.contoso.example", "v=DMARC1; p=none; psd=n"),
            (org, "v=DMARC1; p=reject"),
        ],
        Some(("a.contoso.example", "p", "none")),
    );
    check(
        sub,
        &[("example", "v=DMARC1; p=none; psd=y"), (org, "v=DMARC1; p=reject")],
        Some((org, "p", "reject")),
    );
    check(
        sub,
        &[
            ("example", "v=DMARC1; p=reject; psd=y"),
            ("a.contoso.example", "v=DMARC1; p=none"),
        ],
        Some(("example", "p", "reject")),
    );
    check(
        org,
        &[
            (org, "v=DMARC1; p=reject"),
            (org, "v=DMARC1; p=none"),
            ("example", "v=DMARC1; p=none"),
        ],
        Some(("example", "p", "none")),
    );
}

#[test]
fn facts_tell_what_is_asked_and_what_comes_of_it() {
    let facts = facts(
        "contoso.example",
        &[("contoso.example", "v=DMARC1; p=reject; sp=quarantine; t=y; adkim=s")],
    );
    let told = effective(&facts).unwrap().unwrap().told();
    let expected = json!({
        "from": "contoso.example", "record": "v=DMARC1; p=reject; sp=quarantine; t=y; adkim=s", "tag": "p", "asks": "reject",
        "applied": "quarantine", "acts": "as-written", "p": "reject", "sp": "quarantine", "np": "quarantine", "t": true,
        "adkim": "s", "aspf": "r",
    });
    assert_eq!(told, expected);
}
