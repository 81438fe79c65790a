//! What a check says of one target while it is being judged: every rule passes until something else is said of it.

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Fix, Severity},
    measure::{CheckReport, Rule, RuleResult},
    profile::Profile,
    text::{Lang, Text, Value},
};
use jiff::Timestamp;

use crate::{
    doubt::{Doubt, Doubted},
    sheet::Sheet,
};

/// The verdicts of one check on one target.
pub(crate) struct Verdicts {
    sheet: &'static Sheet,
    retry_at: Option<Timestamp>,
    results: Vec<RuleResult>,
    defects: Vec<Defect>,
}

/// Something that breaks a rule; severity and sentences come from the check's folder.
pub(crate) struct Complaint<'a> {
    /// The rule it breaks.
    pub(crate) rule: &'a str,
    /// The problem: the key of its message; its remedy is `<key>-remedy`.
    pub(crate) key: &'a str,
    /// What breaks the rule.
    pub(crate) subject: &'a str,
    /// The attribute or record type.
    pub(crate) attribute: Option<&'a str>,
    /// Tells two defects of the rule on the subject apart.
    pub(crate) discriminator: &'a str,
    /// What was seen.
    pub(crate) observed: String,
    /// What was expected.
    pub(crate) expected: String,
    /// What the sentences insert, besides `subject`, `observed` and `expected`.
    pub(crate) args: &'a [(&'a str, Value<'a>)],
    /// What they insert and differs between the languages.
    pub(crate) phrases: &'a [(&'a str, Text)],
    /// How much it weighs, where that is not what the folder says of the problem or of the rule.
    pub(crate) severity: Option<Severity>,
    /// How to mend it.
    pub(crate) fix: Option<Fix>,
}

impl Complaint<'_> {
    /// For the fields that a complaint has nothing to say in.
    pub(crate) const BLANK: Self = Self {
        rule: "",
        key: "",
        subject: "",
        attribute: None,
        discriminator: "",
        observed: String::new(),
        expected: String::new(),
        args: &[],
        phrases: &[],
        severity: None,
        fix: None,
    };

    /// The defect, with the sentences and the weight of the check's folder.
    pub(crate) fn into_defect(self, sheet: &Sheet) -> Defect {
        let rule = sheet.rule(self.rule);
        Defect {
            rule: rule.id.clone(),
            severity: self
                .severity
                .or_else(|| sheet.weight(self.key))
                .unwrap_or(rule.severity),
            subject: self.subject.to_owned(),
            attribute: self.attribute.map(str::to_owned),
            discriminator: self.discriminator.to_owned(),
            message: self.text(sheet, self.key),
            remedy: self.text(sheet, &format!("{}-remedy", self.key)),
            observed: self.observed,
            expected: self.expected,
            fix: self.fix,
            object: None,
        }
    }

    /// A sentence about it in both languages.
    fn text(&self, sheet: &Sheet, key: &str) -> Text {
        let sentence = |lang: Lang| {
            let mut args = vec![
                ("subject", Value::from(self.subject)),
                ("observed", self.observed.as_str().into()),
                ("expected", self.expected.as_str().into()),
            ];
            args.extend(self.args.iter().cloned());
            args.extend(self.phrases.iter().map(|(name, text)| (*name, text.get(lang).into())));
            sheet.sentence(lang, key, &args)
        };
        Text::new(sentence(Lang::En), sentence(Lang::Fr))
    }
}

impl Verdicts {
    /// Every rule passes, except those that do not apply to the profile.
    pub(crate) fn new(sheet: &'static Sheet, profile: &Profile, retry_at: Option<Timestamp>) -> Self {
        let result = |rule: &Rule| match sheet.when(&rule.id) {
            Some(when) if !when.holds(profile) => {
                let when = when.describe();
                let reason = Text::new(
                    format!("applies only with: {}", when.en),
                    format!("ne vaut qu’avec : {}", when.fr),
                );
                plain(rule, Outcome::NotApplicable, Some(reason))
            }
            _ => plain(rule, Outcome::Pass, None),
        };
        Self {
            sheet,
            retry_at,
            results: sheet.rules.iter().map(result).collect(),
            defects: Vec::new(),
        }
    }

    /// Judges one rule, unless it does not apply. What the judge could not know makes the rule inconclusive.
    pub(crate) fn judge(&mut self, rule: &str, judge: impl FnOnce(&mut Self) -> Result<(), Doubted>) {
        if self.applies(rule)
            && let Err(doubted) = judge(self)
        {
            self.doubt(rule, doubted.doubt, &doubted.about);
        }
    }

    /// Whether the rule is still to be judged.
    pub(crate) fn applies(&self, rule: &str) -> bool {
        self.results
            .iter()
            .any(|it| it.rule.as_str() == rule && it.outcome != Outcome::NotApplicable)
    }

    /// The rule has nothing to judge here.
    pub(crate) fn not_applicable(&mut self, rule: &str, reason: Text) {
        if let Some(result) = self.result(rule) {
            result.outcome = Outcome::NotApplicable;
            result.reason = Some(reason);
        }
    }

    /// What the rule needs to know is not known. The first doubt is the one that is told.
    pub(crate) fn doubt(&mut self, rule: &str, doubt: Doubt, about: &str) {
        let retry_at = self.retry_at;
        if let Some(result) = self.result(rule)
            && result.outcome != Outcome::Inconclusive
        {
            result.outcome = Outcome::Inconclusive;
            result.reason = Some(doubt.text(about));
            result.retry_at = retry_at;
        }
    }

    /// Whoever ordered the run left out what the rule needs: trying again the same way changes nothing.
    pub(crate) fn leave_out(&mut self, rule: &str, doubt: Doubt, about: &str) {
        if let Some(result) = self.result(rule)
            && result.outcome != Outcome::Inconclusive
        {
            result.outcome = Outcome::Inconclusive;
            result.reason = Some(doubt.text(about));
            result.by_choice = true;
        }
    }

    /// The rule is broken.
    pub(crate) fn complain(&mut self, complaint: Complaint<'_>) {
        self.defects.push(complaint.into_defect(self.sheet));
    }

    /// Whether something that breaks the rule was told.
    pub(crate) fn is_broken(&self, rule: &str) -> bool {
        self.defects.iter().any(|it| it.rule.as_str() == rule)
    }

    /// The rule is broken by something that was handed over elsewhere.
    pub(crate) fn failed(&mut self, rule: &str) {
        if let Some(result) = self.result(rule) {
            result.outcome = Outcome::Fail;
        }
    }

    /// The report. A rule in doubt shows no defect: half of what it needs to know could close a finding that is still
    /// true, or open one that is not.
    pub(crate) fn finish(mut self, facts: serde_json::Value) -> CheckReport {
        for result in &mut self.results {
            if result.outcome == Outcome::Pass && self.defects.iter().any(|it| it.rule == result.rule) {
                result.outcome = Outcome::Fail;
            }
        }
        let failed = |defect: &Defect| {
            self.results
                .iter()
                .any(|it| it.rule == defect.rule && it.outcome == Outcome::Fail)
        };
        self.defects.retain(failed);
        heaviest_first(&mut self.defects);
        CheckReport {
            check: self.sheet.id.clone(),
            rules: self.results,
            defects: self.defects,
            facts,
        }
    }

    fn result(&mut self, rule: &str) -> Option<&mut RuleResult> {
        self.results.iter_mut().find(|it| it.rule.as_str() == rule)
    }
}

fn plain(rule: &Rule, outcome: Outcome, reason: Option<Text>) -> RuleResult {
    RuleResult {
        rule: rule.id.clone(),
        outcome,
        reason,
        retry_at: None,
        by_choice: false,
    }
}

/// The order of a report: the heaviest first, then by rule, then as found.
pub(crate) fn heaviest_first(defects: &mut [Defect]) {
    defects.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)));
}
