//! From what is wrong with a value to a defect: sentences, weight, fix.

use jalon_domain::{
    finding::{Defect, Fix},
    text::{Text, Value},
};

use super::{SHEET, flaw::Flaw};
use crate::verdicts::Complaint;

/// What a sentence inserts.
pub(super) type Phrase<'a> = Vec<(&'static str, Value<'a>)>;

/// The longest value that a sentence quotes, in characters.
const LONGEST_QUOTE: usize = 80;

/// What is wrong with one value of one object, by one rule.
pub(super) struct Wrong<'a> {
    pub(super) rule: &'a str,
    pub(super) dn: &'a str,
    pub(super) attribute: &'a str,
    pub(super) value: &'a str,
    pub(super) flaws: &'a [Flaw],
    pub(super) remedy: Remedy<'a>,
    pub(super) fix: Option<Fix>,
}

/// What to do about it.
#[derive(Clone, Copy)]
pub(super) enum Remedy<'a> {
    /// A sound value is at hand.
    Replace(&'a str),
    /// Only a person can find one.
    Edit,
    /// Two objects share it, and each needs one.
    Share { other: &'a str },
    /// Two objects share it, and this one can do without.
    Drop { other: &'a str },
    /// Two objects share it, and the other one can do without.
    Keep { other: &'a str },
}

impl Wrong<'_> {
    pub(super) fn into_defect(self) -> Defect {
        let weigh = |it: &Flaw| SHEET.weight(it.word());
        let words: Vec<&str> = self.flaws.iter().map(Flaw::word).collect();
        let several = self.attribute == "proxyAddresses";
        let discriminator = if several {
            self.value.to_lowercase()
        } else {
            words.join("+")
        };
        let is_blank = self.flaws == [Flaw::Blank];
        let quoted = quote(self.value);
        let (remedy, args) = self.remedy.phrase();
        let mut defect = Complaint {
            rule: self.rule,
            key: if is_blank { "flawed-blank" } else { "flawed" },
            subject: self.dn,
            attribute: Some(self.attribute),
            discriminator: &discriminator,
            observed: self.value.to_owned(),
            expected: self.expected(),
            args: &[("attribute", self.attribute.into()), ("value", quoted.as_str().into())],
            phrases: &[("flaws", listed(self.flaws))],
            severity: self.flaws.iter().filter_map(weigh).max(),
            fix: self.fix,
        }
        .into_defect(&SHEET);
        defect.remedy = SHEET.text(remedy, &args);
        defect
    }

    /// What would do, where that can be said without words.
    fn expected(&self) -> String {
        match (self.remedy, self.flaws.first()) {
            (Remedy::Replace(proposal), _) => proposal.to_owned(),
            (_, Some(Flaw::Length { limit, .. })) => format!("≤ {limit}"),
            (_, Some(Flaw::Duplicate { .. })) => "= 1".to_owned(),
            (_, Some(Flaw::TopLevelDomain { .. } | Flaw::DomainPart | Flaw::LocalPart | Flaw::Format)) => {
                "local@domain.tld".to_owned()
            }
            _ => String::new(),
        }
    }
}

impl<'a> Remedy<'a> {
    fn phrase(self) -> (&'static str, Phrase<'a>) {
        match self {
            Self::Replace(proposal) => ("then-replace", vec![("proposal", quote(proposal).into())]),
            Self::Edit => ("then-edit", Vec::new()),
            Self::Share { other } => ("then-share", vec![("other", other.into())]),
            Self::Drop { other } => ("then-drop", vec![("other", other.into())]),
            Self::Keep { other } => ("then-keep", vec![("other", other.into())]),
        }
    }
}

/// Every flaw, one behind the other.
fn listed(flaws: &[Flaw]) -> Text {
    let phrases: Vec<Text> = flaws.iter().map(|it| SHEET.text(it.word(), &it.args())).collect();
    let join = |of: fn(&Text) -> &str, separator| phrases.iter().map(of).collect::<Vec<_>>().join(separator);
    Text::new(join(|it| &it.en, "; "), join(|it| &it.fr, "\u{202f}; "))
}

fn quote(value: &str) -> String {
    let mut quoted: String = value.chars().take(LONGEST_QUOTE).collect();
    if quoted.len() < value.len() {
        quoted.push('…');
    }
    quoted
}
