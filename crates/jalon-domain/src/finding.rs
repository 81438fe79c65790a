//! Findings: a rule broken by one subject, durable across runs. A finding closes only when a later run proves it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    ids::{CheckId, FindingId, RuleId},
    measure::Report,
    text::Text,
    words,
};

words! {
    /// How much a finding weighs. Ordered: `Info < Minor < Major < Blocker`.
    Severity {
        Info = "info", "Info", "Info";
        Minor = "minor", "Minor", "Mineur";
        Major = "major", "Major", "Majeur";
        Blocker = "blocker", "Blocker", "Bloquant";
    }
}

impl Severity {
    /// From this severity on a finding holds the gate; the others are mended along the way.
    pub const HOLDS_GATE: Self = Self::Major;
}

words! {
    /// What a fix is made of.
    FixKind {
        Zone = "zone", "Zone lines", "Lignes de zone";
        Ldif = "ldif", "LDIF", "LDIF";
        Powershell = "powershell", "PowerShell", "PowerShell";
        Graph = "graph", "Graph call", "Appel Graph";
        Manual = "manual", "Steps", "Marche à suivre";
    }
}

impl FixKind {
    /// What a file with the fix of `rule`, or with what undoes it, is called: `fix-spf-02.zone`.
    pub fn file_name(self, word: &str, rule: &RuleId) -> String {
        let extension = match self {
            Self::Zone => "zone",
            Self::Ldif => "ldif",
            Self::Powershell => "ps1",
            Self::Graph => "http",
            Self::Manual => "txt",
        };
        format!("{word}-{}.{extension}", rule.as_str().to_lowercase())
    }
}

/// Something executable that mends a defect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Fix {
    /// What it is made of.
    pub kind: FixKind,
    /// The lines themselves. For a manual fix: sentences, then see [`Fix::steps`].
    pub text: String,
    /// The lines that undo it, where that makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    /// For a manual fix, the steps in both languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Text>,
}

impl Fix {
    /// Steps for somebody to take: no lines mend it.
    pub fn by_hand(steps: Text) -> Self {
        Self {
            kind: FixKind::Manual,
            text: steps.en.clone(),
            undo: None,
            steps: Some(steps),
        }
    }
}

words! {
    /// In what way a value of a directory object is wrong.
    FlawKind {
        Character = "character", "Character", "Caractère";
        Format = "format", "Format", "Forme";
        TopLevelDomain = "top_level_domain", "Top-level domain", "Domaine de premier niveau";
        DomainPart = "domain_part", "Domain part", "Partie domaine";
        LocalPart = "local_part", "Local part", "Partie locale";
        Length = "length", "Length", "Longueur";
        Duplicate = "duplicate", "Duplicate", "Doublon";
        Blank = "blank", "Blank", "Vide";
        Mismatch = "mismatch", "Mismatch", "Discordance";
    }
}

words! {
    /// What a fix does with a value of a directory object. `Complete` keeps it as it is, because another object is the
    /// one to change; `Fail` says that no value can be proposed although one is needed.
    Action {
        Edit = "edit", "Edit", "Modifier";
        Complete = "complete", "Keep", "Garder";
        Remove = "remove", "Remove", "Retirer";
        Fail = "fail", "No proposal", "Sans proposition";
        Nothing = "none", "None", "Aucune";
    }
}

words! {
    /// Which of several objects that hold one value: the first one of the directory, or a later one.
    Holder {
        First = "first", "First", "Premier";
        Later = "later", "Later", "Suivant";
    }
}

/// What is wrong with a value of a directory object, for programs: the value itself is [`Defect::observed`], the object
/// [`Defect::subject`], the attribute [`Defect::attribute`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ObjectFlaw {
    /// The object's class, such as `user`.
    pub object_class: String,
    /// Every way in which the value is wrong, in the order of the rules.
    pub errors: Vec<FlawKind>,
    /// The value to put in its place; none where it is to go, to stay, or to be chosen by a person.
    pub proposed: Option<String>,
    /// What to do with the value.
    pub action: Action,
    /// For a value that several objects hold, which of them this one is.
    pub holder: Option<Holder>,
    /// The distinguished names of other objects that hold it; the first [`ObjectFlaw::OTHERS`] of them.
    pub others: Vec<String>,
}

impl ObjectFlaw {
    /// How many other holders are named at most: a value that half a directory shares would otherwise name it for each.
    pub const OTHERS: usize = 16;
}

/// One broken rule, as a run saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Defect {
    /// The rule.
    pub rule: RuleId,
    /// How much it weighs here.
    pub severity: Severity,
    /// What breaks it: a domain, `host:port`, a distinguished name.
    pub subject: String,
    /// The attribute or the record type, where it narrows the subject.
    #[serde(default)]
    pub attribute: Option<String>,
    /// Tells apart two defects of one rule on one subject (a value, a selector). Empty when there can be only one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub discriminator: String,
    /// What was seen.
    pub observed: String,
    /// What was expected.
    pub expected: String,
    /// What is wrong, in one sentence.
    pub message: Text,
    /// What to do, in one or two sentences.
    pub remedy: Text,
    /// How to mend it.
    #[serde(default)]
    pub fix: Option<Fix>,
    /// More about the value, where a directory object is what breaks the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<Box<ObjectFlaw>>,
}

/// What makes a finding the same finding in the next run: check + rule + subject + discriminator, hashed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(pub String);

impl Fingerprint {
    /// The fingerprint of `defect` found by `check`. The subject is compared without regard to case: DNS names and
    /// distinguished names both are.
    pub fn of(check: &CheckId, defect: &Defect) -> Self {
        let attribute = defect.attribute.as_deref().unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [
            check.as_str(),
            defect.rule.as_str(),
            &defect.subject.to_lowercase(),
            attribute,
            &defect.discriminator,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hex::encode(&hash.finalize()[..16]))
    }
}

words! {
    /// Where a finding is in its life. Acceptance is a waiver over an open finding, and ends with it.
    FindingState {
        Open = "open", "Open", "Ouvert";
        Fixed = "fixed", "Fixed", "Corrigé";
        /// Its target is no longer measured: neither open nor proven gone.
        Withdrawn = "withdrawn", "No longer measured", "N’est plus mesuré";
    }
}

/// What the derivation of proof and the next run need to know of a recorded finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its id.
    pub id: FindingId,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// The check that found it.
    pub check: CheckId,
    /// The rule.
    pub rule: RuleId,
    /// Where it is in its life.
    pub state: FindingState,
}

/// What a run changes in the recorded findings of its target.
/// The defects are the report's own: there may be a hundred thousand of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes<'a> {
    /// Seen for the first time.
    pub opened: Vec<(&'a CheckId, &'a Defect)>,
    /// Open, and seen again: the defect may read differently now.
    pub seen: Vec<(FindingId, &'a Defect)>,
    /// Fixed before, and back: regressed.
    pub reopened: Vec<(FindingId, &'a Defect)>,
    /// Withdrawn before, and measured again: open as before. It never was proven gone, so it does not come back.
    pub resumed: Vec<(FindingId, &'a Defect)>,
    /// Open before, and proven gone by a rule that was judged conclusively.
    pub fixed: Vec<FindingId>,
}

/// Compares a run with what is recorded of its target. An inconclusive rule neither opens nor closes anything.
pub fn reconcile<'a>(recorded: &[Recorded], report: &'a Report) -> Changes<'a> {
    let known: BTreeMap<&Fingerprint, &Recorded> = recorded.iter().map(|it| (&it.fingerprint, it)).collect();
    let mut changes = Changes::default();
    let mut met = BTreeSet::new();
    for check in &report.checks {
        for defect in check.defects.iter().filter(|it| check.is_conclusive(&it.rule)) {
            let fingerprint = Fingerprint::of(&check.check, defect);
            match known.get(&fingerprint) {
                Some(it) => match it.state {
                    FindingState::Open => changes.seen.push((it.id, defect)),
                    FindingState::Fixed => changes.reopened.push((it.id, defect)),
                    FindingState::Withdrawn => changes.resumed.push((it.id, defect)),
                },
                None if met.contains(&fingerprint) => {}
                None => changes.opened.push((&check.check, defect)),
            }
            met.insert(fingerprint);
        }
    }
    let proven_gone = |it: &&Recorded| {
        it.state == FindingState::Open
            && !met.contains(&it.fingerprint)
            && report
                .checks
                .iter()
                .any(|check| check.check == it.check && check.is_conclusive(&it.rule))
    };
    changes.fixed = recorded.iter().filter(proven_gone).map(|it| it.id).collect();
    changes
}

/// Open findings that requirements and gates see alike: of one rule, on one target, of one weight, accepted until the
/// same instant. A directory brings home a hundred thousand that fall into a few dozen of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenFindings {
    /// The check.
    pub check: CheckId,
    /// The rule.
    pub rule: RuleId,
    /// The target they were found on.
    pub target: String,
    /// How much each weighs.
    pub severity: Severity,
    /// Accepted by a waiver until then.
    pub accepted_until: Option<Timestamp>,
    /// How many they are, at least one.
    pub count: usize,
}

impl OpenFindings {
    /// Whether active waivers cover them at `now`.
    pub fn is_accepted(&self, now: Timestamp) -> bool {
        self.accepted_until.is_some_and(|until| now < until)
    }

    /// Whether they keep a gate shut at `now`.
    pub fn holds(&self, least: Severity, now: Timestamp) -> bool {
        self.severity >= least && !self.is_accepted(now)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        evidence::Outcome,
        measure::{CheckReport, Family, RuleResult},
    };

    const RULES: [&str; 3] = ["DNS-001", "DNS-002", "DNS-003"];

    fn rule(n: usize) -> RuleId {
        RuleId::parse(RULES[n]).unwrap()
    }

    fn defect(n: usize, subject: &str) -> Defect {
        Defect {
            rule: rule(n),
            severity: Severity::Major,
            subject: subject.to_owned(),
            attribute: None,
            discriminator: String::new(),
            observed: String::new(),
            expected: String::new(),
            message: Text::default(),
            remedy: Text::default(),
            fix: None,
            object: None,
        }
    }

    fn report(outcomes: [Outcome; 3], defects: Vec<Defect>) -> Report {
        let rules = outcomes
            .into_iter()
            .enumerate()
            .map(|(n, outcome)| RuleResult {
                rule: rule(n),
                outcome,
                reason: None,
                retry_at: None,
                by_choice: false,
            })
            .collect();
        let check = CheckReport {
            check: CheckId::parse("dns.records").unwrap(),
            rules,
            defects,
            facts: serde_json::Value::Null,
        };
        Report {
            family: Family::Dns,
            target: "a.example".into(),
            vantage: "local".into(),
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
            checks: vec![check],
            stats: serde_json::Value::Null,
            sha256: None,
        }
    }

    fn recorded(n: usize, subject: &str, state: FindingState) -> Recorded {
        let check = CheckId::parse("dns.records").unwrap();
        Recorded {
            id: FindingId(Uuid::from_u128(n as u128 + 1)),
            fingerprint: Fingerprint::of(&check, &defect(n, subject)),
            check,
            rule: rule(n),
            state,
        }
    }

    #[test]
    fn a_finding_opens_stays_closes_and_comes_back() {
        use Outcome::{Fail, Pass};
        let fail = report([Fail, Pass, Pass], vec![defect(0, "a.example")]);
        assert_eq!(reconcile(&[], &fail).opened.len(), 1);
        let known = [recorded(0, "A.example", FindingState::Open)];
        assert_eq!(
            reconcile(&known, &fail).seen.len(),
            1,
            "the subject's case does not matter"
        );
        assert_eq!(
            reconcile(&known, &report([Pass, Pass, Pass], vec![])).fixed,
            [known[0].id]
        );
        let fixed = [recorded(0, "a.example", FindingState::Fixed)];
        assert_eq!(reconcile(&fixed, &fail).reopened.len(), 1);
    }

    #[test]
    fn only_what_a_measurement_closed_comes_back() {
        let fail = report(
            [Outcome::Fail, Outcome::Pass, Outcome::Pass],
            vec![defect(0, "a.example")],
        );
        let withdrawn = [recorded(0, "a.example", FindingState::Withdrawn)];
        let changes = reconcile(&withdrawn, &fail);
        assert_eq!((changes.resumed.len(), changes.reopened.len()), (1, 0));
        let pass = report([Outcome::Pass; 3], vec![]);
        assert_eq!(
            reconcile(&withdrawn, &pass),
            Changes::default(),
            "nothing proves it gone: nobody saw it since"
        );
    }

    fn any_outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Pass),
            Just(Outcome::Fail),
            Just(Outcome::Inconclusive),
            Just(Outcome::NotApplicable)
        ]
    }

    proptest! {
        #[test]
        fn a_doubt_neither_opens_nor_closes_a_finding(
            outcomes in [any_outcome(), any_outcome(), any_outcome()],
            seen in proptest::collection::vec((0usize..3, 0usize..2), 0..6),
            known in proptest::collection::vec((0usize..3, 0usize..2, 0usize..3), 0..6),
        ) {
            let subject = |n: usize| ["a.example", "b.example"][n];
            let known: Vec<Recorded> = known.into_iter()
                .map(|(n, s, state)| recorded(n, subject(s), FindingState::ALL[state]))
                .collect();
            let report = report(outcomes, seen.into_iter().map(|(n, s)| defect(n, subject(s))).collect());
            let changes = reconcile(&known, &report);
            let doubtful = |it: &RuleId| RULES.iter().zip(outcomes).any(|(rule, outcome)| it.as_str() == *rule && outcome == Outcome::Inconclusive);
            let back = changes.reopened.iter().chain(&changes.resumed);
            let moved = changes.opened.iter().map(|(_, it)| &it.rule).chain(back.map(|(_, it)| &it.rule));
            prop_assert!(moved.into_iter().all(|it| !doubtful(it)));
            for id in &changes.fixed {
                prop_assert!(known.iter().filter(|it| it.id == *id).any(|it| !doubtful(&it.rule)));
            }
        }
    }
}
