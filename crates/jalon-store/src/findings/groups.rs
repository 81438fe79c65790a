//! Findings together: by rule for the remediation checklist, by family and severity for summaries.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{FindingState, Severity},
    ids::{CheckId, EngagementId, PersonId, RuleId},
    measure::Family,
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func},
};
use serde::Serialize;

use super::{FindingFilter, FindingRow, entity};
use crate::{
    db::Db,
    error::StoreError,
    stored::{Stored, Unreadable, of, rows, word},
};

/// The findings of one rule, together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// The family.
    pub family: Family,
    /// The check.
    pub check: CheckId,
    /// The rule.
    pub rule: RuleId,
    /// The heaviest severity among them.
    pub severity: Severity,
    /// How many.
    pub count: u64,
    /// Who sees to them, when it is the same person for all.
    pub owner: Option<PersonId>,
    /// The earliest date among them.
    pub due: Option<Date>,
    /// On how many targets.
    pub targets: u64,
    /// How many of them came back after they were fixed.
    pub reopened: u64,
    /// One of them.
    pub sample: FindingRow,
}

/// What the database tells of a group. (There is no smallest UUID in PostgreSQL 15: the smallest fingerprint finds the
/// sample.)
#[derive(FromQueryResult)]
struct Told {
    family: String,
    check: String,
    rule: String,
    severity: i32,
    count: i64,
    owners: i64,
    owned: i64,
    due: Option<String>,
    targets: i64,
    reopened: i64,
    fingerprint: String,
}

/// The findings that `filter` wants, by rule: the heaviest first, then the most.
///
/// # Errors
/// When the database does not answer.
pub async fn groups(db: &impl Db, engagement: EngagementId, filter: &FindingFilter) -> Result<Vec<Group>, StoreError> {
    let told = told(db, engagement, filter).await?;
    let mut samples = samples(db, engagement, filter, &told).await?;
    let mut groups: Vec<Group> = told
        .into_iter()
        // A finding that went between the two questions takes its sample with it; the group goes too.
        .filter_map(|it| samples.remove(&it.fingerprint).map(|sample| group(it, sample)))
        .collect::<Result<_, _>>()?;
    groups.sort_by(|a, b| (b.severity, b.count, &a.rule).cmp(&(a.severity, a.count, &b.rule)));
    Ok(groups)
}

async fn told(db: &impl Db, engagement: EngagementId, filter: &FindingFilter) -> Result<Vec<Told>, StoreError> {
    use entity::Column::{Check, Due, Family, Fingerprint, Id, Owner, Rule, Severity, Target, TimesReopened};
    let came_back = Expr::case(TimesReopened.into_expr().gt(0), 1).finally(0);
    let told = entity::Entity::find()
        .select_only()
        .columns([Family, Check, Rule])
        .column_as(Severity.min(), "severity")
        .column_as(Id.count(), "count")
        .expr_as(Func::count_distinct(Owner.into_expr()), "owners")
        .column_as(Owner.count(), "owned")
        .column_as(Due.min(), "due")
        .expr_as(Func::count_distinct(Target.into_expr()), "targets")
        .expr_as(Func::sum(came_back), "reopened")
        .column_as(Fingerprint.min(), "fingerprint")
        .filter(filter.condition(engagement))
        .group_by(Family)
        .group_by(Check)
        .group_by(Rule)
        .into_model::<Told>()
        .all(db.connection())
        .await?;
    Ok(told)
}

async fn samples(
    db: &impl Db,
    engagement: EngagementId,
    filter: &FindingFilter,
    told: &[Told],
) -> Result<BTreeMap<String, FindingRow>, StoreError> {
    let samples: Vec<FindingRow> = rows(
        entity::Entity::find()
            .filter(filter.condition(engagement))
            .filter(
                entity::COLUMN
                    .fingerprint
                    .is_in(told.iter().map(|it| it.fingerprint.clone())),
            )
            .order_by_desc(entity::Column::Id)
            .all(db.connection())
            .await,
    )?;
    Ok(samples.into_iter().map(|it| (it.fingerprint.0.clone(), it)).collect())
}

fn group(told: Told, sample: FindingRow) -> Result<Group, StoreError> {
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    let one_owner = told.owners == 1 && told.owned == told.count;
    Ok(Group {
        family: word(&told.family).map_err(at("family"))?,
        check: word(&told.check).map_err(at("check"))?,
        rule: word(&told.rule).map_err(at("rule"))?,
        severity: Stored::load(told.severity).map_err(at("severity"))?,
        count: unsigned(told.count),
        owner: sample.owner.filter(|_| one_owner),
        due: Stored::load(told.due).map_err(at("due"))?,
        targets: unsigned(told.targets),
        reopened: unsigned(told.reopened),
        sample,
    })
}

/// A count; databases count in signed numbers.
fn unsigned(count: i64) -> u64 {
    count.unsigned_abs()
}

/// How many findings an engagement has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// The open ones, by family and severity; what there are none of is left out.
    pub open: Vec<(Family, Severity, u64)>,
    /// The fixed ones.
    pub fixed: u64,
}

/// How many findings an engagement has.
///
/// # Errors
/// When the database does not answer.
pub async fn counts(db: &impl Db, engagement: EngagementId) -> Result<Counts, StoreError> {
    use entity::Column::{Family, Id, Severity};
    let open: Vec<(String, i32, i64)> = entity::Entity::find()
        .select_only()
        .columns([Family, Severity])
        .column_as(Id.count(), "count")
        .filter(of(engagement))
        .filter(entity::COLUMN.state.eq(FindingState::Open.store()))
        .group_by(Family)
        .group_by(Severity)
        .order_by_asc(Family)
        .order_by_asc(Severity)
        .into_tuple()
        .all(db.connection())
        .await?;
    let fixed = entity::Entity::find()
        .filter(of(engagement))
        .filter(entity::COLUMN.state.eq(FindingState::Fixed.store()))
        .count(db.connection())
        .await?;
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    let open = open
        .into_iter()
        .map(|(family, severity, count)| {
            Ok((
                word(&family).map_err(at("family"))?,
                Stored::load(severity).map_err(at("severity"))?,
                unsigned(count),
            ))
        })
        .collect::<Result<_, StoreError>>()?;
    Ok(Counts { open, fixed })
}
