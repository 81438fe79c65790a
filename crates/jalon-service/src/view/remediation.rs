//! The remediation list: open findings grouped by check and rule, each with owner, due date and fix.

mod build;

use jalon_domain::{
    finding::{Fix, FixKind, FlawKind, Severity},
    ids::{CheckId, FindingId, PersonId, ResponsibilityId, RuleId, RunId, TargetId},
    measure::Family,
    text::Text,
    words,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::common::{FindingTable, Header, PersonRef};
use crate::{
    fix::{ApprovedFix, FixPreview, FixScope},
    propagation::{Form, Seen, SeenOn, ZonePlan},
};

pub(crate) use build::{joined, wanted};

words! {
    /// A saved view of the list.
    FindingsView {
        Holding = "holding", "Hold a gate", "Retiennent un jalon";
        All = "all", "All", "Tous";
        Mine = "mine", "Mine", "Les miens";
        Late = "late", "Late", "En retard";
        CameBack = "came-back", "Came back", "Réapparus";
        Waived = "waived", "Waived", "Dérogés";
        Fixed = "fixed", "Closed by a measurement", "Clos par une mesure";
    }
}

/// What to show of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema, utoipa::IntoParams))]
pub struct FindingsFilter {
    /// The saved view; those that hold a gate at first.
    pub view: Option<FindingsView>,
    /// Only this family.
    pub family: Option<Family>,
    /// Only this severity.
    pub severity: Option<Severity>,
    /// Only this owner's id; `none` for those without.
    pub owner: Option<String>,
    /// Only subjects, values or messages that contain this.
    pub text: Option<String>,
    /// Only this target.
    pub target: Option<TargetId>,
    /// Only this attribute or record type.
    pub attribute: Option<String>,
    /// Only values with this kind of error.
    pub error: Option<FlawKind>,
    /// The group that is opened: its rule.
    pub open: Option<String>,
    /// The group being edited: its rule.
    pub edit: Option<String>,
    /// The page of the opened group.
    pub after: Option<String>,
    /// The directory whose fix is looked at, of the opened group.
    pub plan: Option<TargetId>,
    /// The form in which the zone lines of the opened group are given.
    pub form: Option<Form>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Remediation {
    /// The engagement.
    pub header: Header,
    /// Open findings by family and severity: the same sums as on every other page.
    pub table: FindingTable,
    /// The saved views with how many findings each has.
    pub views: Vec<(FindingsView, usize)>,
    /// One block a family with its groups.
    pub families: Vec<FamilyGroups>,
    /// The opened group.
    pub opened: Option<OpenedGroup>,
    /// What the list can be narrowed to.
    pub facets: Facets,
    /// Everybody who may own.
    pub people: Vec<PersonRef>,
    /// What was asked.
    pub filter: FindingsFilter,
}

/// What the list can be narrowed to, each with how many findings that leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facets {
    /// Targets, by name.
    pub targets: Vec<TargetCount>,
    /// Attributes and record types, by name.
    pub attributes: Vec<(String, u64)>,
    /// Kinds of error of a directory's values.
    pub errors: Vec<(FlawKind, u64)>,
}

/// A target with findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TargetCount {
    /// Its id.
    pub id: TargetId,
    /// What it is called.
    pub name: String,
    /// How many findings.
    pub count: u64,
}

/// One family's groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FamilyGroups {
    /// The family.
    pub family: Family,
    /// Findings in the groups.
    pub count: usize,
    /// When it was last measured.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub measured_at: Option<Timestamp>,
    /// The groups, heaviest first.
    pub groups: Vec<FindingGroup>,
}

/// The findings of one rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingGroup {
    /// The check.
    pub check: CheckId,
    /// The rule.
    pub rule: RuleId,
    /// What is wrong: the finding's own message when there is one, else the rule's.
    pub title: Text,
    /// The heaviest severity.
    pub severity: Severity,
    /// How many.
    pub count: usize,
    /// The subject when there is one, else the targets.
    pub subject: String,
    /// Who sees to them, when it is one person.
    pub owner: Option<PersonRef>,
    /// The earliest due date.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// Whether it is overdue.
    pub late: bool,
    /// Since when one of them is back.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub came_back: Option<Timestamp>,
    /// How the fix is made.
    pub fix: Option<FixKind>,
    /// How far the records of the fix have come, where it is zone lines.
    pub seen: Option<Seen>,
}

/// The opened group: its findings and their one fix.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OpenedGroup {
    /// The group.
    pub group: FindingGroup,
    /// What the rule asks.
    pub rule_title: Text,
    /// Where the rule comes from.
    pub source: String,
    /// What to do, when it is the same for all findings of this page; else each says its own.
    pub remedy: Option<Text>,
    /// The findings of this page.
    pub findings: Vec<FindingView>,
    /// The next page.
    pub next: Option<String>,
    /// The fix of the findings of this page, together.
    pub fix: Option<Fix>,
    /// The responsibilities that wait for it.
    pub responsibilities: Vec<(ResponsibilityId, String)>,
    /// The targets to measure again.
    pub targets: Vec<String>,
    /// Whether one of them is an export that was handed in: it has to be exported again before it is measured.
    pub is_export: bool,
    /// The directories whose objects the fix engine mends; none for any other rule.
    pub directories: Vec<TargetCount>,
    /// What the fix of the directory that was asked for would change.
    pub preview: Option<FixPreview>,
    /// The newest approved fixes of the rule.
    pub approved: Vec<ApprovedFix>,
    /// Where the zone lines are seen, of each domain.
    pub seen: Vec<SeenOn>,
    /// What the zone of each domain should become, in the form that was asked for.
    pub plans: Vec<ZonePlan>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingView {
    /// Its id.
    pub id: FindingId,
    /// The check.
    pub check: CheckId,
    /// The rule.
    pub rule: RuleId,
    /// How much it weighs.
    pub severity: Severity,
    /// What breaks the rule.
    pub subject: String,
    /// The attribute or record type.
    pub attribute: Option<String>,
    /// The target it was found on.
    pub target: String,
    /// What was seen.
    pub observed: String,
    /// What was expected.
    pub expected: String,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub remedy: Text,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// `open` or `fixed`.
    pub state: jalon_domain::finding::FindingState,
    /// When it was first seen.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub opened_at: Timestamp,
    /// When it was last seen.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub last_seen_at: Timestamp,
    /// When a measurement closed it.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub fixed_at: Option<Timestamp>,
    /// When it came back.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub reopened_at: Option<Timestamp>,
    /// Until when a waiver accepts it.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub accepted_until: Option<Timestamp>,
    /// Who sees to it.
    pub owner: Option<PersonRef>,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub due: Option<Date>,
    /// The last run that saw it.
    pub run: RunId,
}

impl FindingsFilter {
    /// Of which findings the fix of the directory `target` is.
    pub fn scope(&self, target: TargetId) -> FixScope {
        FixScope {
            target: Some(target),
            attribute: self.attribute.clone(),
            error: self.error,
        }
    }

    /// The finding after which the page begins.
    pub fn after(&self) -> Option<FindingId> {
        self.after.as_deref().and_then(|it| it.parse().ok())
    }

    /// The owner asked for: `Some(None)` for those without one.
    pub fn owner(&self) -> Option<Option<PersonId>> {
        match self.owner.as_deref() {
            None | Some("") => None,
            Some("none") => Some(None),
            Some(id) => id.parse().ok().map(Some),
        }
    }
}
