//! From a value with something wrong to a defect for each rule that it breaks: what to do about it, and the change that
//! does it.

use std::borrow::Cow;

use jalon_domain::finding::{Defect, Fix};

use super::{
    change,
    flaw::Flaw,
    phrase::{Remedy, Wrong},
    rules::Attribute,
};

/// One value with something wrong.
pub(super) struct Finding<'a> {
    pub(super) dn: &'a str,
    pub(super) attribute: Attribute,
    pub(super) value: &'a str,
    /// A sound value to put in its place.
    pub(super) proposal: Option<&'a str>,
    /// Every value of the attribute: a correction must not repeat one.
    pub(super) all: &'a [Cow<'a, str>],
}

impl Finding<'_> {
    /// The defect for one of the rules that the value breaks.
    pub(super) fn defect(&self, rule: &str, flaws: &[Flaw]) -> Defect {
        let other = flaws.iter().find_map(|it| match it {
            Flaw::Duplicate { other } => Some(other.as_str()),
            _ => None,
        });
        let (remedy, fix) = match (other, self.proposal) {
            // Among several addresses one can go without a replacement; a name cannot.
            (Some(other), _) if self.is_one_of_several() => (Remedy::Drop { other }, self.exchange(None)),
            (Some(other), _) => (Remedy::Share { other }, None),
            (None, Some(proposal)) => (Remedy::Replace(proposal), self.mend(proposal)),
            (None, None) => (Remedy::Edit, None),
        };
        let (dn, attribute, value) = (self.dn, self.attribute.name(), self.value);
        Wrong {
            rule,
            dn,
            attribute,
            value,
            flaws,
            remedy,
            fix,
        }
        .into_defect()
    }

    fn is_one_of_several(&self) -> bool {
        self.attribute == Attribute::ProxyAddresses
    }

    fn mend(&self, proposal: &str) -> Option<Fix> {
        if !self.is_one_of_several() {
            return change::replace(self.dn, self.attribute, Some(self.value), proposal);
        }
        // A correction that the object holds already leaves nothing to add: the bad value has only to go.
        let is_held = self.all.iter().any(|it| it.to_lowercase() == proposal.to_lowercase());
        self.exchange((!is_held).then_some(proposal))
    }

    fn exchange(&self, proposal: Option<&str>) -> Option<Fix> {
        change::exchange(self.dn, self.attribute, self.value, proposal)
    }
}

/// The defect of the object that held a value before another came; only the value's lower-case form is still known.
pub(super) fn first_holder(rule: &str, dn: &str, attribute: Attribute, value: &str, other: &str) -> Defect {
    let is_one_of_several = attribute == Attribute::ProxyAddresses;
    Wrong {
        rule,
        dn,
        attribute: attribute.name(),
        value: &value.trim().to_lowercase(),
        flaws: &[Flaw::Duplicate {
            other: other.to_owned(),
        }],
        remedy: if is_one_of_several {
            Remedy::Keep { other }
        } else {
            Remedy::Share { other }
        },
        fix: None,
    }
    .into_defect()
}

/// The defect of an object without displayName; its common name is what it is called.
pub(super) fn blank(dn: &str, name: Option<&str>) -> Defect {
    let attribute = Attribute::DisplayName;
    Wrong {
        rule: "DIR-002",
        dn,
        attribute: attribute.name(),
        value: "",
        flaws: &[Flaw::Blank],
        remedy: name.map_or(Remedy::Edit, Remedy::Replace),
        fix: name.and_then(|it| change::replace(dn, attribute, None, it)),
    }
    .into_defect()
}
