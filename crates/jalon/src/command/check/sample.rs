//! Runs over directories that never were, for the tests of what is shown: what a person would find, what an attacker
//! would plant, and more than anybody would read.

use jalon_checks::directory::Streamed;
use jalon_domain::{
    evidence::Outcome,
    finding::{Action, Defect, FlawKind, Holder, ObjectFlaw, Severity},
    ids::{CheckId, RuleId},
    measure::{CheckReport, Family, Report, RuleResult},
    text::Text,
};
use serde_json::json;

/// What an attacker puts where a name belongs: mark-up, a formula, marks that reorder text, orders to a terminal.
pub(super) const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "exe.\u{202e}fdp",
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "\u{9b}31m\u{200b} ",
];

/// A finding about a value.
pub(super) fn defect(rule: &str, severity: Severity, name: &str, attribute: &str, value: &str) -> Defect {
    Defect {
        rule: RuleId::parse(rule).unwrap(),
        severity,
        subject: format!("CN={name},OU=People,OU=Lille,DC=contoso,DC=example"),
        attribute: Some(attribute.to_owned()),
        discriminator: String::new(),
        observed: value.to_owned(),
        expected: String::new(),
        message: Text::new(format!("{attribute} is wrong"), format!("{attribute} est faux")),
        remedy: Text::new("correct it", "corrigez"),
        fix: None,
        object: Some(Box::new(ObjectFlaw {
            object_class: "user".to_owned(),
            errors: vec![FlawKind::Character],
            proposed: None,
            action: Action::Fail,
            holder: None,
            others: Vec::new(),
        })),
    }
}

/// The same, with what the object's flaw says changed.
pub(super) fn with(mut defect: Defect, change: impl FnOnce(&mut ObjectFlaw)) -> Defect {
    change(defect.object.as_mut().unwrap());
    defect
}

/// Four findings in three objects.
pub(super) fn few() -> Vec<Defect> {
    let upn = "userPrincipalName";
    let grace = "CN=Grace,OU=People,OU=Lille,DC=contoso,DC=example";
    vec![
        with(
            defect("DIR-019", Severity::Major, "Zoé", upn, "zoé petit@contoso.example"),
            |it| {
                it.proposed = Some("zoepetit@contoso.example".to_owned());
                it.action = Action::Edit;
            },
        ),
        with(
            defect("DIR-021", Severity::Blocker, "Ada", upn, "ada@contoso.example"),
            |it| {
                it.errors = vec![FlawKind::Duplicate];
                it.action = Action::Complete;
                it.holder = Some(Holder::Later);
                it.others = vec![grace.to_owned(), grace.replace("Grace", "Edsger")];
            },
        ),
        with(
            defect("DIR-019", Severity::Major, "Ada", "mail", " ada@contoso,example "),
            |it| {
                it.errors = vec![FlawKind::Character, FlawKind::TopLevelDomain];
            },
        ),
        with(defect("DIR-002", Severity::Minor, "Édith", "displayName", ""), |it| {
            it.errors = vec![FlawKind::Blank];
            it.proposed = Some("Édith".to_owned());
            it.action = Action::Edit;
        }),
    ]
}

/// Every hostile value in every place that a directory fills.
pub(super) fn hostile() -> Vec<Defect> {
    HOSTILE.iter().map(|it| filled(it)).collect()
}

/// A finding that has the same text in every place.
pub(super) fn filled(text: &str) -> Defect {
    let defect = with(defect("DIR-019", Severity::Major, text, text, text), |it| {
        it.object_class = text.to_owned();
        it.proposed = Some(text.to_owned());
        it.action = Action::Edit;
        it.others = vec![text.to_owned()];
    });
    Defect {
        subject: format!("CN={text},OU={text},DC=contoso"),
        message: Text::same(text),
        remedy: Text::same(text),
        ..defect
    }
}

/// So many findings of every rule that there is, in a thousand places, with long names and values.
pub(super) fn many(count: usize) -> impl Iterator<Item = Defect> {
    let rules: Vec<RuleId> = rules();
    let attributes = [
        "mail",
        "proxyAddresses",
        "userPrincipalName",
        "displayName",
        "sAMAccountName",
    ];
    (0..count).map(move |n| {
        let (severity, attribute) = (Severity::ALL[n % 4], attributes[n % 5]);
        let value = format!("{}-{n}@contoso.example", "Édith & Zoé <".repeat(n % 20));
        let defect = defect(rules[n % rules.len()].as_str(), severity, "", attribute, &value);
        let unit = n % 1000;
        Defect {
            subject: format!("CN=Person {n} & Sons,OU=Unit {unit},OU=People,OU=Lille,DC=contoso,DC=example"),
            ..with(defect, |it| {
                it.errors = vec![FlawKind::ALL[n % FlawKind::ALL.len()]];
                it.proposed = Some(value.to_lowercase());
                it.others = vec![format!("CN=Other {n},OU=People,DC=contoso,DC=example"); n % 17];
            })
        }
    })
}

/// The rules of a directory that are known.
fn rules() -> Vec<RuleId> {
    let of_directory = |it: &(CheckId, Vec<RuleId>)| it.0.as_str().starts_with("directory.");
    jalon_checks::known()
        .into_iter()
        .filter(of_directory)
        .flat_map(|it| it.1)
        .collect()
}

/// The end of a run over 2000 objects that found so much: DIR-016 could not be told, DIR-018 does not apply.
pub(super) fn ended<'a>(defects: impl IntoIterator<Item = &'a Defect>) -> Streamed {
    let mut run = Streamed {
        report: report(),
        found: [].into(),
    };
    for it in defects {
        *run.found.entry(it.severity).or_default() += 1;
        let result = run.report.checks[0].rules.iter_mut().find(|of| of.rule == it.rule);
        result.unwrap().outcome = Outcome::Fail;
    }
    run
}

fn report() -> Report {
    let started = "2026-11-20T12:00:00Z".parse().unwrap();
    Report {
        family: Family::Directory,
        target: "export.ldif".to_owned(),
        vantage: "local".to_owned(),
        started,
        ended: started + jiff::SignedDuration::from_secs(3),
        checks: vec![CheckReport {
            check: CheckId::parse("directory.objects").unwrap(),
            rules: rules().into_iter().map(result).collect(),
            defects: Vec::new(),
            facts: json!({"profile": "strict"}),
        }],
        stats: json!({"entries": 2100, "judged": 2000}),
        sha256: Some("00ff".repeat(16)),
    }
}

fn result(rule: RuleId) -> RuleResult {
    let (outcome, reason) = match rule.as_str() {
        "DIR-016" => (Outcome::Inconclusive, Some(Text::new("not exported", "non exporté"))),
        "DIR-018" => (
            Outcome::NotApplicable,
            Some(Text::new("another sign-in", "autre connexion")),
        ),
        _ => (Outcome::Pass, None),
    };
    RuleResult {
        rule,
        outcome,
        reason,
        retry_at: None,
        by_choice: false,
    }
}
