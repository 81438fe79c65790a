//! From defects to a plan: what can be changed mechanically is, everything else is told with its reason.
//!
//! Several defects of one value are one change: they carry the same final proposal, and where they do not, that of the
//! later rule counts, because each rule looks at what the one before corrected. A value that several objects hold is
//! changed only where it is one among several and the check says which holder can do without.

use std::collections::HashMap;

use jalon_domain::{
    finding::{Action, Defect, FlawKind, Holder, ObjectFlaw},
    ids::RuleId,
};

use super::{
    plan::{ObjectChange, Plan, Reason, Undecided, ValueChange, is_one_of_several, is_primary},
    settle::Place,
};

impl Plan {
    /// What to do about defects; of the values that break one of `rules` only, unless there are none.
    pub fn of<'a>(defects: impl IntoIterator<Item = &'a Defect>, rules: &[RuleId]) -> Self {
        Self::about(defects, |it| rules.is_empty() || rules.contains(&it.rule))
    }

    /// What to do about the values of which a defect is `wanted`. The others are not changed, but are looked at: what
    /// they hold is nobody else's to take.
    pub fn about<'a>(defects: impl IntoIterator<Item = &'a Defect>, wanted: impl Fn(&Defect) -> bool) -> Self {
        let is_wanted = |it: &Group<'_>| it.defects.iter().any(|it| wanted(it));
        let (wanted, others): (Vec<Group<'_>>, Vec<Group<'_>>) = group(defects).into_iter().partition(is_wanted);
        let (mut plan, mut places) = (Self::default(), HashMap::new());
        wanted.iter().for_each(|it| it.decide(&mut plan, &mut places));
        let others: Vec<Place> = others
            .iter()
            .filter(|it| !it.value.is_empty())
            .map(Group::place)
            .collect();
        plan.settle(&others);
        plan
    }
}

/// Every defect of one value of one object.
struct Group<'a> {
    dn: &'a str,
    attribute: &'a str,
    /// Empty where the attribute has no value.
    value: &'a str,
    /// In the order of their rules.
    defects: Vec<&'a Defect>,
}

fn group<'a>(defects: impl IntoIterator<Item = &'a Defect>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut places = HashMap::new();
    for defect in defects {
        let attribute = defect.attribute.as_deref().unwrap_or_default();
        let key = (defect.subject.as_str(), attribute, defect.observed.as_str());
        let at = *places.entry(key).or_insert_with(|| {
            let (dn, attribute, value) = key;
            let defects = Vec::new();
            groups.push(Group {
                dn,
                attribute,
                value,
                defects,
            });
            groups.len() - 1
        });
        groups[at].defects.push(defect);
    }
    groups
        .iter_mut()
        .for_each(|it| it.defects.sort_by(|a, b| a.rule.cmp(&b.rule)));
    groups
}

/// What is to happen to a value.
enum Decision {
    Change(Option<String>),
    Leave(Reason),
}

impl<'a> Group<'a> {
    /// Puts what is to happen to the value into the plan; `places` knows where each object stands there.
    fn decide(&self, plan: &mut Plan, places: &mut HashMap<&'a str, usize>) {
        match self.decision() {
            Decision::Leave(reason) => plan.undecided.push(self.undecided(&self.defects, reason)),
            Decision::Change(to) => self.change(to, plan, places),
        }
    }

    fn change(&self, to: Option<String>, plan: &mut Plan, places: &mut HashMap<&'a str, usize>) {
        let (made, left): (Vec<&Defect>, Vec<&Defect>) = self.defects.iter().partition(|it| is_mechanical(it));
        if !left.is_empty() {
            plan.undecided.push(self.undecided(&left, Reason::NoProposal));
        }
        let at = *places.entry(self.dn).or_insert_with(|| {
            plan.objects.push(ObjectChange {
                dn: self.dn.to_owned(),
                object_class: self.object_class(),
                changes: Vec::new(),
            });
            plan.objects.len() - 1
        });
        plan.objects[at].changes.push(ValueChange {
            attribute: self.attribute.to_owned(),
            from: Some(self.value.to_owned()).filter(|it| !it.is_empty()),
            to,
            rules: rules(&made),
        });
    }

    fn decision(&self) -> Decision {
        // A table may leave the names of its objects out.
        if !self.dn.contains('=') {
            return Decision::Leave(Reason::Nameless);
        }
        if self.flaws().any(is_duplicate) {
            return self.duplicate();
        }
        let Some(flaw) = self
            .flaws()
            .filter(|it| matches!(it.action, Action::Edit | Action::Remove))
            .last()
        else {
            let is_kept = self.flaws().any(|it| it.action == Action::Complete);
            return Decision::Leave(if is_kept { Reason::Kept } else { Reason::NoProposal });
        };
        match (&flaw.proposed, flaw.action) {
            (Some(it), Action::Edit) if !it.is_empty() && it != self.value => Decision::Change(Some(it.clone())),
            (_, Action::Remove) => self.removal(),
            _ => Decision::Leave(Reason::NoProposal),
        }
    }

    /// Which of the holders keeps a value is for people to say, unless the check says that this one can do without.
    fn duplicate(&self) -> Decision {
        let goes = |it: &ObjectFlaw| it.action == Action::Remove && it.holder == Some(Holder::Later);
        let mut duplicates = self.flaws().filter(|it| is_duplicate(it));
        if is_one_of_several(self.attribute) && duplicates.any(goes) {
            return self.removal();
        }
        let is_kept = self.flaws().any(|it| it.action == Action::Complete);
        Decision::Leave(if is_kept { Reason::Kept } else { Reason::Duplicate })
    }

    /// Whoever loses the address that mail is sent from needs another one.
    fn removal(&self) -> Decision {
        match self.value {
            "" => Decision::Leave(Reason::NoProposal),
            value if is_primary(self.attribute, value) => Decision::Leave(Reason::Primary),
            _ => Decision::Change(None),
        }
    }

    fn place(&self) -> Place {
        (self.dn.to_owned(), self.attribute.to_owned(), self.value.to_owned())
    }

    fn flaws(&self) -> impl Iterator<Item = &'a ObjectFlaw> {
        self.defects.iter().filter_map(|it| it.object.as_deref())
    }

    fn object_class(&self) -> String {
        self.flaws()
            .next()
            .map(|it| it.object_class.clone())
            .unwrap_or_default()
    }

    fn undecided(&self, defects: &[&Defect], reason: Reason) -> Undecided {
        let flaws = || defects.iter().filter_map(|it| it.object.as_deref());
        let mut others: Vec<String> = Vec::new();
        for it in flaws().flat_map(|it| &it.others) {
            if !others.contains(it) {
                others.push(it.clone());
            }
        }
        Undecided {
            dn: self.dn.to_owned(),
            object_class: self.object_class(),
            attribute: self.attribute.to_owned(),
            value: self.value.to_owned(),
            proposed: flaws().rev().find_map(|it| it.proposed.clone()),
            action: flaws().next_back().map_or(Action::Nothing, |it| it.action),
            rules: rules(defects),
            reason,
            others,
        }
    }
}

fn is_duplicate(flaw: &ObjectFlaw) -> bool {
    flaw.errors.contains(&FlawKind::Duplicate)
}

fn is_mechanical(defect: &Defect) -> bool {
    let flaw = defect.object.as_deref();
    flaw.is_some_and(|it| matches!(it.action, Action::Edit | Action::Remove))
}

fn rules(defects: &[&Defect]) -> Vec<RuleId> {
    let mut rules: Vec<RuleId> = defects.iter().map(|it| it.rule.clone()).collect();
    rules.dedup();
    rules
}
