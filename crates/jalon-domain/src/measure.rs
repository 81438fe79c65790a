//! What a run of a check reports: rules judged, defects found, doubts. The contract between checks and everything above.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    evidence::Outcome,
    finding::{Defect, Severity},
    ids::{CheckId, RuleId},
    text::Text,
    words,
};

words! {
    /// A family of checks: what shares a kind of target.
    Family {
        Dns = "dns", "DNS", "DNS";
        Tls = "tls", "Certificates", "Certificats";
        Directory = "directory", "Directory", "Annuaire";
    }
}

impl Family {
    /// How often a family is measured unless a schedule says otherwise, in seconds.
    pub const fn default_interval(self) -> u32 {
        match self {
            Self::Dns | Self::Tls => 6 * 3600,
            Self::Directory => 24 * 3600,
        }
    }

    /// How long a passing observation holds, in days: several intervals, so that one missed run is not a regression.
    pub const fn default_validity(self) -> u16 {
        7
    }

    /// What a target of the family is called.
    pub fn target_name(self) -> Text {
        match self {
            Self::Dns => Text::new("domain", "domaine"),
            Self::Tls => Text::new("endpoint", "point d’accès"),
            Self::Directory => Text::new("directory source", "source d’annuaire"),
        }
    }
}

/// A rule as data: what the registry of checks knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The usual severity of a defect.
    pub severity: Severity,
    /// What it asks, as a statement.
    pub title: Text,
    /// Where it comes from: an RFC section, a vendor's page.
    pub source: String,
}

/// What one rule said about one target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleResult {
    /// The rule.
    pub rule: RuleId,
    /// What it said.
    pub outcome: Outcome,
    /// Why it is inconclusive or not applicable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// When it is worth trying again, for an inconclusive one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Timestamp>,
    /// Whether it is inconclusive because whoever ordered the run left out what it needs. It proves nothing, like any doubt,
    /// and makes no whole run doubtful: everything that was ordered may have been told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_choice: bool,
}

/// What one check said about one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckReport {
    /// The check.
    pub check: CheckId,
    /// Every rule, with what it said. A rule that failed has at least one defect.
    pub rules: Vec<RuleResult>,
    /// What is wrong.
    pub defects: Vec<Defect>,
    /// What was seen, typed per family.
    pub facts: Value,
}

impl CheckReport {
    /// Whether `rule` was judged conclusively, so that a finding not seen again is really gone.
    pub fn is_conclusive(&self, rule: &RuleId) -> bool {
        self.rules
            .iter()
            .any(|it| it.rule == *rule && it.outcome != Outcome::Inconclusive)
    }

    /// Whether `rule` was left out by whoever ordered the run.
    fn is_left_out(&self, rule: &RuleId) -> bool {
        self.rules.iter().any(|it| it.rule == *rule && it.by_choice)
    }

    /// Whether everything that breaks `rule` weighs less than `least`. A failure that names no defect is not light.
    fn is_light(&self, rule: &RuleId, least: Severity) -> bool {
        let mut own = self.defects.iter().filter(|it| it.rule == *rule).peekable();
        own.peek().is_some() && own.all(|it| it.severity < least)
    }

    /// The outcome over the rules for which `counts` holds. A defect below `least` does not fail it: it is mended along
    /// the way.
    pub fn outcome(&self, least: Severity, counts: impl Fn(&RuleId) -> bool) -> Outcome {
        Outcome::all(
            self.rules
                .iter()
                .filter(|it| counts(&it.rule))
                .map(|it| match it.outcome {
                    Outcome::Fail if self.is_light(&it.rule, least) => Outcome::Pass,
                    outcome => outcome,
                }),
        )
    }
}

/// What one run of a family said about one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The family.
    pub family: Family,
    /// The target, as typed.
    pub target: String,
    /// Where it was measured from.
    pub vantage: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Each check of the family.
    pub checks: Vec<CheckReport>,
    /// Counters: queries, entries, bytes.
    pub stats: Value,
    /// SHA-256 of the raw bytes that the verdict rests on, in hexadecimal; `None` where it rests on the facts alone.
    pub sha256: Option<String>,
}

impl Report {
    /// The outcome of the whole run: any defect at or above `least` fails it. What was left out by choice is not counted.
    pub fn outcome(&self, least: Severity) -> Outcome {
        let ordered = |it: &CheckReport| it.outcome(least, |rule| !it.is_left_out(rule));
        Outcome::all(self.checks.iter().map(ordered))
    }

    /// Every defect of every check.
    pub fn defects(&self) -> impl Iterator<Item = (&CheckId, &Defect)> {
        self.checks
            .iter()
            .flat_map(|it| it.defects.iter().map(move |defect| (&it.check, defect)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(severities: &[Severity]) -> CheckReport {
        let rule = RuleId::parse("DNS-002").unwrap();
        let defect = |severity: &Severity| Defect {
            rule: rule.clone(),
            severity: *severity,
            subject: "a.example".to_owned(),
            attribute: None,
            discriminator: String::new(),
            observed: String::new(),
            expected: String::new(),
            message: Text::default(),
            remedy: Text::default(),
            fix: None,
            object: None,
        };
        CheckReport {
            check: CheckId::parse("dns.records").unwrap(),
            rules: vec![RuleResult {
                rule: rule.clone(),
                outcome: Outcome::Fail,
                reason: None,
                retry_at: None,
                by_choice: false,
            }],
            defects: severities.iter().map(defect).collect(),
            facts: Value::Null,
        }
    }

    #[test]
    fn only_light_defects_let_a_broken_rule_pass_and_none_at_all_does_not() {
        let outcome = |severities: &[Severity]| report(severities).outcome(Severity::Major, |_| true);
        assert_eq!(outcome(&[Severity::Minor]), Outcome::Pass);
        assert_eq!(outcome(&[Severity::Minor, Severity::Major]), Outcome::Fail);
        assert_eq!(outcome(&[]), Outcome::Fail);
    }

    #[test]
    fn what_was_left_out_by_choice_proves_nothing_and_makes_no_run_doubtful() {
        let mut own = report(&[]);
        own.rules[0].outcome = Outcome::Pass;
        let rule = RuleId::parse("MX-07").unwrap();
        own.rules.push(RuleResult {
            rule: rule.clone(),
            outcome: Outcome::Inconclusive,
            reason: None,
            retry_at: None,
            by_choice: true,
        });
        assert!(!own.is_conclusive(&rule));
        assert_eq!(own.outcome(Severity::Major, |it| *it == rule), Outcome::Inconclusive);
        let whole = |own: &CheckReport| Report {
            family: Family::Dns,
            target: "a.example".to_owned(),
            vantage: "local".to_owned(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            checks: vec![own.clone()],
            stats: Value::Null,
            sha256: None,
        };
        assert_eq!(whole(&own).outcome(Severity::Minor), Outcome::Pass);
        own.rules[1].by_choice = false;
        assert_eq!(whole(&own).outcome(Severity::Minor), Outcome::Inconclusive);
    }
}
