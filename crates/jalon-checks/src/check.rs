//! What a check is to the rest of the program, and the look-ups over all of them. The list itself is generated.

use jalon_domain::{
    ids::{CheckId, RuleId},
    measure::{Family, Rule},
    text::Text,
};

use crate::{registry, sheet::Sheet};

/// A check: the rules that share the same facts. Everything it says of itself stands in its folder.
pub trait Check: Send + Sync {
    /// Its data and its texts.
    fn sheet(&self) -> &'static Sheet;

    /// Its id, such as `dns.records`.
    fn id(&self) -> CheckId {
        self.sheet().id.clone()
    }

    /// Its rules, in the order of their numbers.
    fn rules(&self) -> &'static [Rule] {
        &self.sheet().rules
    }

    /// What it looks at, in a few words.
    fn title(&self) -> Text {
        self.sheet().title.clone()
    }
}

/// Every family with its checks.
pub fn families() -> Vec<(Family, Vec<&'static dyn Check>)> {
    let of = |family: Family| {
        registry::all()
            .into_iter()
            .filter(|it| it.id().family() == family.word())
            .collect()
    };
    Family::ALL.iter().map(|family| (*family, of(*family))).collect()
}

/// The rule with that id, whichever check it belongs to.
pub fn rule(id: &RuleId) -> Option<&'static Rule> {
    registry::all()
        .into_iter()
        .flat_map(Check::rules)
        .find(|it| it.id == *id)
}

/// Every check with the ids of its rules: what a catalogue may ask for.
pub fn known() -> Vec<(CheckId, Vec<RuleId>)> {
    let rules = |it: &'static dyn Check| it.rules().iter().map(|rule| rule.id.clone()).collect();
    registry::all().into_iter().map(|it| (it.id(), rules(it))).collect()
}
