//! From the fixes of a report to what a zone should become: every record set before and after, in one plan that does not
//! contradict itself. How it is written for a name server or a provider is in `forms`.

mod diff;
mod forms;
mod merge;
mod published;
mod read;
#[cfg(test)]
mod tests;

use jalon_domain::{finding::Defect, ids::RuleId, measure::Report, text::Text};
use jalon_wire::dns::update::SetChange;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use forms::Form;

/// The schema of a plan as a document.
pub const SCHEMA: &str = "jalon.zone-plan/1";

/// What a zone should become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The domain, in A-labels.
    pub domain: String,
    /// The zone that it stands in: the domain itself unless something else is known.
    pub zone: String,
    /// Every record set of the domain that was seen or will be there; most stay as they are. The domain's own first.
    pub sets: Vec<SetChange>,
    /// The fixes that are not in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
}

/// A fix that is not part of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The rule whose finding it mends.
    pub rule: RuleId,
    /// Why it has to wait, or to be made by hand.
    pub reason: Text,
}

impl Plan {
    /// The plan that mends what a report of the family found, as far as records can. `wanted` says which rules are to be
    /// mended.
    pub fn of(report: &Report, wanted: impl Fn(&RuleId) -> bool) -> Self {
        let facts = report.checks.iter().map(|it| &it.facts);
        let fixes = report.defects().map(|it| it.1).filter(|it| wanted(&it.rule));
        Self::of_kept("", facts, fixes)
    }

    /// The same from what is kept of a report: the facts of its checks, and the defects that are to be mended. `domain`
    /// names it, in A-labels, while there are no facts.
    pub fn of_kept<'a>(
        domain: &str,
        facts: impl IntoIterator<Item = &'a Value>,
        defects: impl IntoIterator<Item = &'a Defect>,
    ) -> Self {
        let published = published::read(domain, facts);
        let mut fixes: Vec<_> = defects.into_iter().collect();
        // The heaviest decides where two want something else of the same record.
        fixes.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)));
        merge::merge(published, &fixes)
    }

    /// The sets that become something else.
    pub fn changes(&self) -> impl Iterator<Item = &SetChange> {
        self.sets.iter().filter(|it| it.before != it.after)
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.changes().next().is_none()
    }

    /// The plan that takes this one back.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self {
            sets: self.sets.iter().map(SetChange::undone).collect(),
            left: Vec::new(),
            ..self.clone()
        }
    }

    /// The plan in the words of a name server or a provider.
    pub fn written(&self, form: Form) -> String {
        form.write(self)
    }
}
