//! The JSON of a check, `jalon.check/1`: the contract that programs outside rely on.

use jalon_domain::{
    evidence::Outcome,
    finding::{Action, Defect, FlawKind, Holder, ObjectFlaw, Severity},
    ids::RuleId,
    measure::{Family, Report, RuleResult},
    text::Text,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{check, doubt, facts::Union};

/// The document of one run on one target. The order of the fields is that of the keys.
#[derive(Debug, Serialize)]
pub struct Document<'a> {
    check: Family,
    ended: Timestamp,
    facts: Union<'a>,
    findings: Vec<Value>,
    inconclusive: Vec<Value>,
    outcome: Outcome,
    reason: Option<&'a str>,
    schema: &'static str,
    started: Timestamp,
    stats: &'a Value,
    target: &'a str,
    vantage: &'a str,
}

impl Document<'_> {
    /// The document as a value.
    pub fn value(&self) -> Value {
        json!(self)
    }
}

/// The document of one run on one target. The outcome counts findings at or above `least`; all of them are listed.
pub fn document(report: &Report, least: Severity) -> Document<'_> {
    let outcome = report.outcome(least);
    let results = || report.checks.iter().flat_map(|it| &it.rules);
    let inconclusive = results().filter(|it| it.outcome == Outcome::Inconclusive);
    Document {
        check: report.family,
        ended: report.ended,
        facts: Union::of(report),
        findings: report.defects().map(|(_, it)| finding(it)).collect(),
        inconclusive: inconclusive.map(doubted).collect(),
        outcome,
        reason: reason(outcome, results()),
        schema: "jalon.check/1",
        started: report.started,
        stats: &report.stats,
        target: &report.target,
        vantage: &report.vantage,
    }
}

/// One line of a streamed run, written without building a document first: a directory may have a million of them.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Line<'a> {
    /// About a value of a directory object.
    Object(ObjectLine<'a>),
    /// About anything else: the finding as the document has it.
    Plain(Value),
}

/// What a line says of a value of a directory object. The order of the fields is that of the keys, and both are a
/// contract.
#[derive(Debug, Serialize)]
pub struct ObjectLine<'a> {
    rule: &'a RuleId,
    severity: Severity,
    dn: &'a str,
    object_class: &'a str,
    attribute: Option<&'a str>,
    errors: &'a [FlawKind],
    value: &'a str,
    proposed: Option<&'a str>,
    action: Action,
    holder: Option<Holder>,
    others: &'a [String],
    message: &'a Text,
}

/// The line that tells `defect` in a streamed run.
pub fn line(defect: &Defect) -> Line<'_> {
    match &defect.object {
        Some(it) => Line::Object(ObjectLine::of(defect, it)),
        None => Line::Plain(finding(defect)),
    }
}

impl<'a> ObjectLine<'a> {
    fn of(defect: &'a Defect, object: &'a ObjectFlaw) -> Self {
        Self {
            rule: &defect.rule,
            severity: defect.severity,
            dn: &defect.subject,
            object_class: &object.object_class,
            attribute: defect.attribute.as_deref(),
            errors: &object.errors,
            value: &defect.observed,
            proposed: object.proposed.as_deref(),
            action: object.action,
            holder: object.holder,
            others: &object.others,
            message: &defect.message,
        }
    }
}

/// One finding of the document. That of a directory object also has what its [`line`] has.
pub fn finding(defect: &Defect) -> Value {
    let fix = defect.fix.as_ref().map(|it| {
        let mut fix = json!({"kind": it.kind, "text": it.text});
        if let Some(undo) = &it.undo {
            fix["undo"] = json!(undo);
        }
        if let Some(steps) = &it.steps {
            fix["steps"] = json!(steps);
        }
        fix
    });
    let mut found = json!({
        "rule": defect.rule,
        "severity": defect.severity,
        "subject": defect.subject,
        "attribute": defect.attribute,
        "observed": defect.observed,
        "expected": defect.expected,
        "message": defect.message,
        "remedy": defect.remedy,
        "fix": fix,
        "source": check::rule(&defect.rule).map(|it| &it.source),
    });
    if let Some(object) = &defect.object {
        found["dn"] = json!(defect.subject);
        found["object_class"] = json!(object.object_class);
        found["errors"] = json!(object.errors);
        found["value"] = json!(defect.observed);
        found["proposed"] = json!(object.proposed);
        found["action"] = json!(object.action);
        found["holder"] = json!(object.holder);
        found["others"] = json!(object.others);
    }
    found
}

fn doubted(result: &RuleResult) -> Value {
    json!({
        "rule": result.rule,
        "reason": result.reason.as_ref().map(doubt::code_of),
        "retry_at": result.retry_at,
        "by_choice": result.by_choice,
        "message": result.reason,
    })
}

/// Why the whole run says neither pass nor fail: the first reason of that kind.
fn reason<'a>(outcome: Outcome, mut results: impl Iterator<Item = &'a RuleResult>) -> Option<&'a str> {
    if !matches!(outcome, Outcome::Inconclusive | Outcome::NotApplicable) {
        return None;
    }
    let result = results.find(|it| it.outcome == outcome && !it.by_choice)?;
    result.reason.as_ref().map(doubt::code_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duplicate() -> Defect {
        Defect {
            rule: RuleId::parse("DIR-021").unwrap(),
            severity: Severity::Blocker,
            subject: "CN=Ada,DC=contoso,DC=example".to_owned(),
            attribute: Some("userPrincipalName".to_owned()),
            discriminator: String::new(),
            observed: "ada@contoso.example ".to_owned(),
            expected: "= 1".to_owned(),
            message: Text::new("held twice", "porté deux fois"),
            remedy: Text::new("choose", "choisissez"),
            fix: None,
            object: Some(Box::new(ObjectFlaw {
                object_class: "user".to_owned(),
                errors: vec![FlawKind::Character, FlawKind::Duplicate],
                proposed: Some("ada@contoso.example".to_owned()),
                action: Action::Edit,
                holder: Some(Holder::Later),
                others: vec!["CN=Grace,DC=contoso,DC=example".to_owned()],
            })),
        }
    }

    #[test]
    fn a_line_has_the_keys_of_the_contract_in_their_order() {
        let expected = concat!(
            r#"{"rule":"DIR-021","severity":"blocker","dn":"CN=Ada,DC=contoso,DC=example","object_class":"user","#,
            r#""attribute":"userPrincipalName","errors":["character","duplicate"],"value":"ada@contoso.example ","#,
            r#""proposed":"ada@contoso.example","action":"edit","holder":"later","#,
            r#""others":["CN=Grace,DC=contoso,DC=example"],"message":{"en":"held twice","fr":"porté deux fois"}}"#,
        );
        assert_eq!(serde_json::to_string(&line(&duplicate())).unwrap(), expected);
    }

    #[test]
    fn the_document_tells_an_object_as_its_line_does_and_more() {
        let defect = duplicate();
        let (found, line) = (finding(&defect), serde_json::to_value(line(&defect)).unwrap());
        for (key, value) in line.as_object().unwrap() {
            assert_eq!(&found[key], value, "{key}");
        }
        assert_eq!((&found["subject"], &found["observed"]), (&found["dn"], &found["value"]));
        assert!(found["source"].is_string() && found["remedy"]["fr"].is_string());
    }

    #[test]
    fn a_finding_without_object_keeps_its_shape() {
        let defect = Defect {
            object: None,
            ..duplicate()
        };
        let keys = "attribute expected fix message observed remedy rule severity source subject";
        let found = finding(&defect);
        let told: Vec<&str> = found.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(told.join(" "), keys);
        assert_eq!(serde_json::to_value(line(&defect)).unwrap(), found);
    }
}
