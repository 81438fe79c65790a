//! Which findings are wanted.

use jalon_domain::{
    finding::{FindingState, FlawKind, Severity},
    ids::{CheckId, EngagementId, FindingId, PersonId, RuleId, TargetId},
    measure::Family,
    proof::DecisionKind,
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{LikeExpr, SelectStatement, SimpleExpr},
};

use super::{bits, entity::COLUMN};
use crate::{
    decisions,
    stored::{Stored, of, storable},
};

/// Which findings of an engagement are wanted; the default wants all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FindingFilter {
    /// One of these; empty means any. As many as fit a statement: some thousands.
    pub ids: Vec<FindingId>,
    /// In this state.
    pub state: Option<FindingState>,
    /// Of one of these severities; empty means any.
    pub severities: Vec<Severity>,
    /// Of this family.
    pub family: Option<Family>,
    /// Found by this check.
    pub check: Option<CheckId>,
    /// Breaking one of these rules; empty means any.
    pub rules: Vec<RuleId>,
    /// Found on this target.
    pub target: Option<TargetId>,
    /// About this attribute or record type.
    pub attribute: Option<String>,
    /// With this kind of error in an object's value.
    pub error: Option<FlawKind>,
    /// Owned by this person.
    pub owner: Option<PersonId>,
    /// Owned by nobody.
    pub unowned: bool,
    /// With this in its rule, subject, attribute, observation or message, whatever the case.
    pub text: Option<String>,
    /// Due before this day.
    pub late_before: Option<Date>,
    /// Keeping a gate shut at this instant: open, heavy enough, and not accepted.
    pub holds: Option<Timestamp>,
    /// Open, and accepted by a waiver at this instant.
    pub accepted: Option<Timestamp>,
    /// Back after it was fixed.
    pub came_back: bool,
}

impl FindingFilter {
    /// The condition on rows of `engagement`.
    pub(super) fn condition(&self, engagement: EngagementId) -> Condition {
        let mut all = of(engagement)
            .add_option(self.state.map(|it| COLUMN.state.eq(it.store())))
            .add_option(self.family.map(|it| COLUMN.family.eq(it.store())))
            .add_option(self.check.as_ref().map(|it| COLUMN.check.eq(it.store())))
            .add_option(self.target.map(|it| COLUMN.target.eq(it.0)))
            .add_option(self.attribute.as_ref().map(|it| COLUMN.attribute.eq(it.store())))
            .add_option(self.error.map(with_error))
            .add_option(self.owner.map(|it| COLUMN.owner.eq(it.0)))
            .add_option(self.unowned.then(|| COLUMN.owner.is_null()))
            .add_option(self.late_before.map(|it| COLUMN.due.lt(it.store())));
        if !self.ids.is_empty() {
            all = all.add(COLUMN.id.is_in(self.ids.iter().map(|it| it.0)));
        }
        if !self.severities.is_empty() {
            all = all.add(COLUMN.severity.is_in(self.severities.iter().map(Stored::store)));
        }
        if let Some(text) = &self.text {
            all = all.add(super::entity::Column::Haystack.into_expr().like(containing(text)));
        }
        if !self.rules.is_empty() {
            all = all.add(COLUMN.rule.is_in(self.rules.iter().map(Stored::store)));
        }
        if self.came_back {
            all = all.add(COLUMN.reopened_at.is_not_null());
        }
        if let Some(now) = self.accepted {
            all = all
                .add(COLUMN.state.eq(FindingState::Open.store()))
                .add(super::entity::Column::Id.in_subquery(accepted(engagement, now)));
        }
        if let Some(now) = self.holds {
            all = all.add(holding(engagement, now));
        }
        all
    }
}

/// The errors are bits of one number.
fn with_error(kind: FlawKind) -> SimpleExpr {
    super::entity::Column::Errors.into_expr().bit_and(bits::of(kind)).ne(0)
}

/// A pattern for what contains `text`, whose own wildcards mean themselves.
fn containing(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for it in storable(text).trim().to_lowercase().chars() {
        if matches!(it, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(it);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

/// As [`jalon_domain::finding::OpenFindings::holds`] says, in SQL.
fn holding(engagement: EngagementId, now: Timestamp) -> Condition {
    Condition::all()
        .add(COLUMN.state.eq(FindingState::Open.store()))
        .add(COLUMN.severity.lte(Severity::HOLDS_GATE.store()))
        .add(super::entity::Column::Id.not_in_subquery(accepted(engagement, now)))
}

/// The findings over which a waiver stands at `now`.
fn accepted(engagement: EngagementId, now: Timestamp) -> SelectStatement {
    use decisions::entity::{COLUMN, Column, Entity};
    Entity::find()
        .select_only()
        .column(Column::Finding)
        .filter(of(engagement))
        .filter(COLUMN.finding.is_not_null())
        .filter(COLUMN.kind.eq(DecisionKind::Waiver.store()))
        .filter(COLUMN.revoked_at.is_null())
        .filter(
            Condition::any()
                .add(COLUMN.until.is_null())
                .add(COLUMN.until.gt(now.store())),
        )
        .into_query()
}
