//! What a rule says of one object, as light as it can be, and how it becomes a defect: sentences in both languages,
//! weight, the change that mends it.

use jalon_domain::{
    finding::{Action, Defect, Fix, FlawKind, Holder, ObjectFlaw, Severity},
    text::Text,
};

use super::{
    SHEET, change,
    flaw::{self, Flaw, Phrase},
    names::Name,
};
use crate::{
    directory::{
        idfix::Verdict,
        join::{Fill, Match},
        tally::Seen,
    },
    verdicts::Complaint,
};

/// The longest value that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 80;

/// What is wrong with one value of one object, by one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub(in crate::directory) rule: &'static str,
    pub(in crate::directory) dn: String,
    pub(in crate::directory) class: String,
    pub(in crate::directory) attribute: &'static str,
    pub(in crate::directory) value: String,
    pub(in crate::directory) flaws: Vec<Flaw>,
    pub(in crate::directory) remedy: Remedy,
    pub(in crate::directory) holder: Option<Holder>,
    pub(in crate::directory) others: Vec<String>,
}

/// What to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::directory) enum Remedy {
    /// A sound value is at hand.
    Replace(String),
    /// A value is at hand that goes beside those that are there, if any are.
    Add(String),
    /// Only a person can find one.
    Edit,
    /// The sound value is there already: the bad one has only to go.
    Gone(String),
    /// Several objects share it, and this one needs another.
    Share,
    /// Several objects share it, and this one can do without.
    Drop,
    /// Several objects share it, and this one keeps it.
    Keep,
    /// Nothing of the value is to change: what to do stands beside the flaw.
    Look,
    /// What IdFix proposes.
    Propose(Action, Option<String>),
}

impl Remedy {
    fn action(&self) -> Action {
        match self {
            Self::Replace(_) | Self::Add(_) => Action::Edit,
            Self::Edit | Self::Share => Action::Fail,
            Self::Gone(_) | Self::Drop => Action::Remove,
            Self::Keep => Action::Complete,
            Self::Look => Action::Nothing,
            Self::Propose(action, _) => *action,
        }
    }

    fn proposed(&self) -> Option<&str> {
        match self {
            Self::Replace(it) | Self::Add(it) | Self::Propose(_, Some(it)) => Some(it),
            _ => None,
        }
    }
}

impl Found {
    /// What IdFix says, as a finding.
    pub(in crate::directory) fn of_idfix(dn: &str, class: &str, verdict: Verdict, others: Vec<String>) -> Self {
        Self {
            rule: verdict.chain,
            dn: dn.to_owned(),
            class: class.to_owned(),
            attribute: verdict.attribute,
            value: verdict.value,
            flaws: vec![Flaw::Idfix { kinds: verdict.kinds }],
            remedy: Remedy::Propose(verdict.action, verdict.proposed),
            holder: verdict.holder,
            others,
        }
    }

    /// A value that an object lacks and another directory has.
    pub(in crate::directory) fn of_join(matched: &Match, fill: &Fill) -> Self {
        let person = &matched.person;
        let lacking = Flaw::Lacking {
            proposed: fill.proposed.clone(),
            person: person.name.as_ref().unwrap_or(&person.dn).clone(),
            key: matched.by.to_string(),
            confidence: format!("{:.2}", matched.confidence),
        };
        Self {
            rule: "DIR-039",
            dn: matched.dn.clone(),
            class: matched.object_class.to_owned(),
            attribute: fill.attribute.name(),
            value: String::new(),
            flaws: vec![lacking],
            remedy: Remedy::Add(fill.proposed.clone()),
            holder: None,
            others: Vec::new(),
        }
    }

    /// What counting it takes.
    pub fn seen<'a>(&'a self, errors: &'a [FlawKind]) -> Seen<'a> {
        Seen {
            rule: self.rule,
            severity: self.severity(),
            dn: &self.dn,
            attribute: Some(self.attribute),
            value: &self.value,
            errors,
        }
    }

    /// Every way in which the value is wrong, each once.
    pub fn errors(&self) -> Vec<FlawKind> {
        flaw::kinds(&self.flaws)
    }

    /// How much it weighs: as much as the heaviest of its flaws.
    pub(in crate::directory) fn severity(&self) -> Severity {
        let weights = self.flaws.iter().filter_map(Flaw::weight);
        weights.max().unwrap_or_else(|| SHEET.rule(self.rule).severity)
    }

    /// The defect, with everything that is said of it.
    pub fn into_defect(self) -> Defect {
        let severity = self.severity();
        let (discriminator, expected, fix) = (self.discriminator(), self.expected(), self.fix());
        let quoted = quote(&self.value);
        let mut defect = Complaint {
            rule: self.rule,
            key: if self.value.is_empty() {
                "flawed-blank"
            } else {
                "flawed"
            },
            subject: &self.dn,
            attribute: Some(self.attribute),
            discriminator: &discriminator,
            observed: self.value.clone(),
            expected,
            args: &[("attribute", self.attribute.into()), ("value", quoted.as_str().into())],
            phrases: &[("flaws", listed(&self.flaws))],
            severity: Some(severity),
            fix,
        }
        .into_defect(&SHEET);
        defect.remedy = self.advice();
        defect.object = Some(Box::new(ObjectFlaw {
            errors: flaw::kinds(&self.flaws),
            proposed: self.remedy.proposed().map(str::to_owned),
            action: self.remedy.action(),
            holder: self.holder,
            object_class: self.class,
            others: self.others,
        }));
        defect
    }

    /// Among several values the value itself tells two defects apart, and so does one that is lacking; a value that is wrong
    /// by itself and shared too has two.
    fn discriminator(&self) -> String {
        let is_shared = self.holder.is_some();
        let several = self.attribute == Name::ProxyAddresses.spelling() && !self.value.is_empty();
        match (several, is_shared) {
            (true, false) => self.value.to_lowercase(),
            (true, true) => format!("{}+shared", self.value.to_lowercase()),
            (false, _) if matches!(self.remedy, Remedy::Add(_)) => self.expected().to_lowercase(),
            (false, _) => self.flaws.iter().map(Flaw::word).collect::<Vec<_>>().join("+"),
        }
    }

    /// What would do, where that can be said without words.
    fn expected(&self) -> String {
        match (&self.remedy, self.flaws.first()) {
            (Remedy::Replace(proposal) | Remedy::Add(proposal) | Remedy::Gone(proposal), _) => proposal.clone(),
            (Remedy::Propose(_, proposal), _) => proposal.clone().unwrap_or_default(),
            (
                _,
                Some(Flaw::Length { limit, .. } | Flaw::LocalLength { limit, .. } | Flaw::DomainLength { limit, .. }),
            ) => {
                format!("≤ {limit}")
            }
            (_, Some(Flaw::Members { limit, .. })) => format!("≤ {limit}"),
            (_, Some(Flaw::Duplicate { .. } | Flaw::Crossed { .. } | Flaw::Alike { .. })) => "= 1".to_owned(),
            (_, Some(Flaw::NoPrimary | Flaw::SeveralPrimaries { .. })) => "SMTP: = 1".to_owned(),
            (_, Some(Flaw::TopLevelDomain { .. } | Flaw::DomainPart | Flaw::LocalPart | Flaw::Format)) => {
                "local@domain.tld".to_owned()
            }
            _ => String::new(),
        }
    }

    /// The change that mends it, where one is at hand.
    fn fix(&self) -> Option<Fix> {
        let is_one_of_several = self.attribute == Name::ProxyAddresses.spelling();
        let old = (!self.value.is_empty()).then_some(self.value.as_str());
        match &self.remedy {
            Remedy::Replace(new) if is_one_of_several => change::exchange(&self.dn, self.attribute, old, Some(new)),
            Remedy::Replace(new) => change::replace(&self.dn, self.attribute, old, new),
            Remedy::Add(new) => change::exchange(&self.dn, self.attribute, None, Some(new)),
            Remedy::Gone(_) | Remedy::Drop => change::exchange(&self.dn, self.attribute, old, None),
            Remedy::Propose(Action::Edit, Some(new)) => change::exchange(&self.dn, self.attribute, old, Some(new)),
            Remedy::Propose(Action::Remove, _) => change::exchange(&self.dn, self.attribute, old, None),
            _ => None,
        }
    }

    /// What to do, in words.
    fn advice(&self) -> Text {
        let other = self.others.first().map_or("", String::as_str);
        let shared = |key| SHEET.text(key, &[("other", other.into())]);
        match &self.remedy {
            Remedy::Replace(proposal) | Remedy::Propose(Action::Edit, Some(proposal)) => {
                SHEET.text("then-replace", &[("proposal", quote(proposal).into())])
            }
            Remedy::Add(_) => SHEET.text("then-add", &self.flaws.first().map(Flaw::args).unwrap_or_default()),
            Remedy::Edit | Remedy::Propose(Action::Edit | Action::Fail | Action::Nothing, _) => {
                SHEET.text("then-edit", &[])
            }
            Remedy::Gone(_) | Remedy::Propose(Action::Remove, _) => SHEET.text("then-remove", &[]),
            Remedy::Share => shared("then-share"),
            Remedy::Drop => shared("then-drop"),
            Remedy::Keep | Remedy::Propose(Action::Complete, _) => shared("then-keep"),
            Remedy::Look => self.flaws.first().map_or_else(Text::default, looked_at),
        }
    }
}

/// What to do about something that no value of the object mends.
fn looked_at(flaw: &Flaw) -> Text {
    let key = match flaw {
        Flaw::Members { .. } => "look-members",
        Flaw::Privileged { .. } => "look-privileged",
        Flaw::Disabled | Flaw::Expired { .. } | Flaw::Stale { .. } => "look-unused",
        Flaw::NotReplicated => "look-not-replicated",
        _ => "then-edit",
    };
    SHEET.text(key, &[])
}

/// Every flaw, one behind the other.
fn listed(flaws: &[Flaw]) -> Text {
    let phrases: Vec<Text> = flaws.iter().map(phrase).collect();
    let join = |of: fn(&Text) -> &str, separator| phrases.iter().map(of).collect::<Vec<_>>().join(separator);
    Text::new(join(|it| &it.en, "; "), join(|it| &it.fr, "\u{202f}; "))
}

fn phrase(flaw: &Flaw) -> Text {
    if let Flaw::Idfix { kinds } = flaw {
        let names: Vec<Text> = kinds.iter().map(|it| it.name()).collect();
        let join = |of: fn(&Text) -> &str| names.iter().map(of).collect::<Vec<_>>().join(", ");
        return Text::new(join(|it| &it.en), join(|it| &it.fr));
    }
    let args: Phrase<'_> = flaw.args();
    SHEET.text(flaw.word(), &args)
}

fn quote(value: &str) -> String {
    let mut quoted: String = value.chars().take(LONGEST_QUOTE).collect();
    if quoted.len() < value.len() {
        quoted.push('…');
    }
    quoted
}
