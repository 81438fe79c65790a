//! Findings counted: for saved views, and for what a list can be narrowed to.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{FindingState, FlawKind},
    ids::{EngagementId, PersonId, TargetId},
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, Func, SimpleExpr},
};
use serde::Serialize;
use uuid::Uuid;

use super::{FindingFilter, bits, entity, groups::unsigned, open::names};
use crate::{
    db::Db,
    error::StoreError,
    stored::{Stored, of},
};

/// How many findings a measurement has closed.
///
/// # Errors
/// When the database does not answer.
pub async fn fixed(db: &impl Db, engagement: EngagementId) -> Result<u64, StoreError> {
    let fixed = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.state.eq(FindingState::Fixed.store()));
    Ok(fixed.count(db.connection()).await?)
}

/// How many open findings are whose, late, or back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// All of them.
    pub all: u64,
    /// Those of one person.
    pub mine: u64,
    /// Those whose date has passed.
    pub late: u64,
    /// Those that came back after they were fixed.
    pub came_back: u64,
}

#[derive(FromQueryResult)]
struct Told {
    all: i64,
    mine: Option<i64>,
    late: Option<i64>,
    came_back: Option<i64>,
}

/// Counts the open findings of an engagement as `person` sees them on `today`, in one pass.
///
/// # Errors
/// When the database does not answer.
pub async fn tally(db: &impl Db, engagement: EngagementId, person: PersonId, today: Date) -> Result<Tally, StoreError> {
    let told = query(engagement, person, today).into_model::<Told>();
    let count = |it: Option<i64>| unsigned(it.unwrap_or_default());
    Ok(told
        .one(db.connection())
        .await?
        .map_or_else(Tally::default, |it| Tally {
            all: unsigned(it.all),
            mine: count(it.mine),
            late: count(it.late),
            came_back: count(it.came_back),
        }))
}

/// Everything that it asks for is in the index `finding_group`.
pub(super) fn query(engagement: EngagementId, person: PersonId, today: Date) -> Select<entity::Entity> {
    use entity::Column::{Due, Id, Owner, TimesReopened};
    entity::Entity::find()
        .select_only()
        .column_as(Id.count(), "all")
        .expr_as(sum_of(Owner.into_expr().eq(person.0)), "mine")
        .expr_as(sum_of(Due.into_expr().lt(today.store())), "late")
        .expr_as(sum_of(TimesReopened.into_expr().gt(0)), "came_back")
        .filter(of(engagement))
        .filter(entity::COLUMN.state.eq(FindingState::Open.store()))
}

fn sum_of(condition: SimpleExpr) -> SimpleExpr {
    Func::sum(Expr::case(condition, 1).finally(0)).into()
}

/// What a list of findings can be narrowed to, with how many each choice leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// Targets with their names, by name.
    pub targets: Vec<(TargetId, String, u64)>,
    /// Attributes and record types, by name.
    pub attributes: Vec<(String, u64)>,
    /// Kinds of error, in the order of the words.
    pub errors: Vec<(FlawKind, u64)>,
}

/// What the findings that `filter` wants can be narrowed to.
///
/// # Errors
/// When the database does not answer.
pub async fn facets(db: &impl Db, engagement: EngagementId, filter: &FindingFilter) -> Result<Facets, StoreError> {
    let told: Vec<(Uuid, Option<String>, i32, i64)> =
        narrowed(engagement, filter).into_tuple().all(db.connection()).await?;
    let (mut attributes, mut targets) = (BTreeMap::<String, u64>::new(), BTreeMap::<Uuid, u64>::new());
    for (target, attribute, _, count) in &told {
        *targets.entry(*target).or_default() += unsigned(*count);
        if let Some(name) = attribute {
            *attributes.entry(name.clone()).or_default() += unsigned(*count);
        }
    }
    let with = |kind: FlawKind| {
        let own = told.iter().filter(|it| it.2 & bits::of(kind) != 0);
        own.map(|it| unsigned(it.3)).sum()
    };
    let errors = FlawKind::ALL.iter().map(|it| (*it, with(*it)));
    let names = names(db, engagement).await?;
    let named = |(id, count): (Uuid, u64)| (TargetId(id), names.get(&id).cloned().unwrap_or_default(), count);
    let mut targets: Vec<_> = targets.into_iter().map(named).collect();
    targets.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(Facets {
        targets,
        attributes: attributes.into_iter().collect(),
        errors: errors.filter(|it| it.1 > 0).collect(),
    })
}

/// Everything that it asks for is in the index `finding_group`.
pub(super) fn narrowed(engagement: EngagementId, filter: &FindingFilter) -> Select<entity::Entity> {
    use entity::Column::{Attribute, Errors, Id, Target};
    entity::Entity::find()
        .select_only()
        .columns([Target, Attribute, Errors])
        .column_as(Id.count(), "count")
        .filter(filter.condition(engagement))
        .group_by(Target)
        .group_by(Attribute)
        .group_by(Errors)
}
