//! Findings together: by rule for the remediation checklist, by family and severity for summaries.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{
    finding::Severity,
    ids::{CheckId, EngagementId, PersonId, RuleId, TargetId},
    measure::Family,
};
use jiff::civil::Date;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{Expr, Func},
};
use serde::Serialize;
use uuid::Uuid;

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
    /// On which targets, with how many on each.
    pub targets: Vec<(TargetId, u64)>,
    /// How many of them came back after they were fixed.
    pub reopened: u64,
    /// One of them.
    pub sample: FindingRow,
}

/// What the database tells of the part of a group that one person sees to on one target. (There is no smallest UUID in
/// PostgreSQL 15: the smallest fingerprint finds the sample.)
#[derive(FromQueryResult)]
struct Part {
    family: String,
    check: String,
    rule: String,
    target: Uuid,
    owner: Option<Uuid>,
    severity: i32,
    count: i64,
    due: Option<String>,
    reopened: i64,
    fingerprint: String,
}

/// A group, put together.
struct Told {
    family: String,
    check: String,
    rule: String,
    severity: i32,
    count: u64,
    owners: BTreeSet<Option<Uuid>>,
    due: Option<String>,
    targets: BTreeMap<Uuid, u64>,
    reopened: u64,
    /// Fingerprint and target of one of them.
    sample: (String, Uuid),
}

impl Told {
    fn begin(it: &Part) -> Self {
        Self {
            family: it.family.clone(),
            check: it.check.clone(),
            rule: it.rule.clone(),
            severity: it.severity,
            count: 0,
            owners: BTreeSet::new(),
            due: None,
            targets: BTreeMap::new(),
            reopened: 0,
            sample: (it.fingerprint.clone(), it.target),
        }
    }

    fn add(&mut self, it: Part) {
        self.severity = Ord::min(self.severity, it.severity);
        self.count += unsigned(it.count);
        self.owners.insert(it.owner);
        self.due = [self.due.take(), it.due].into_iter().flatten().min();
        *self.targets.entry(it.target).or_default() += unsigned(it.count);
        self.reopened += unsigned(it.reopened);
        if it.fingerprint < self.sample.0 {
            self.sample = (it.fingerprint, it.target);
        }
    }
}

/// The findings that `filter` wants, by rule: the heaviest first, then the most.
///
/// # Errors
/// When the database does not answer.
pub async fn groups(db: &impl Db, engagement: EngagementId, filter: &FindingFilter) -> Result<Vec<Group>, StoreError> {
    let told = told(db, engagement, filter).await?;
    let mut samples = samples(db, engagement, &told).await?;
    let mut groups: Vec<Group> = told
        .into_iter()
        // A finding that went between the two questions takes its sample with it; the group goes too.
        .filter_map(|it| samples.remove(&it.sample.0).map(|sample| group(it, sample)))
        .collect::<Result<_, _>>()?;
    groups.sort_by(|a, b| (b.severity, b.count, &a.rule).cmp(&(a.severity, a.count, &b.rule)));
    Ok(groups)
}

async fn told(db: &impl Db, engagement: EngagementId, filter: &FindingFilter) -> Result<Vec<Told>, StoreError> {
    let parts = query(engagement, filter)
        .into_model::<Part>()
        .all(db.connection())
        .await?;
    let mut told: BTreeMap<(String, String), Told> = BTreeMap::new();
    for it in parts {
        let key = (it.check.clone(), it.rule.clone());
        told.entry(key).or_insert_with(|| Told::begin(&it)).add(it);
    }
    Ok(told.into_values().collect())
}

/// Everything that it asks for is in the index `finding_group`.
pub(super) fn query(engagement: EngagementId, filter: &FindingFilter) -> Select<entity::Entity> {
    use entity::Column::{Check, Due, Family, Fingerprint, Id, Owner, Rule, Severity, Target, TimesReopened};
    let came_back = Expr::case(TimesReopened.into_expr().gt(0), 1).finally(0);
    entity::Entity::find()
        .select_only()
        .columns([Family, Check, Rule])
        .column_as(Target, "target")
        .column_as(Owner, "owner")
        .column_as(Severity.min(), "severity")
        .column_as(Id.count(), "count")
        .column_as(Due.min(), "due")
        .expr_as(Func::sum(came_back), "reopened")
        .column_as(Fingerprint.min(), "fingerprint")
        .filter(filter.condition(engagement))
        // In the order of the index, so that nothing is sorted.
        .group_by(Family)
        .group_by(Check)
        .group_by(Rule)
        .group_by(Target)
        .group_by(Owner)
}

/// One finding of each group, by its unique key.
async fn samples(
    db: &impl Db,
    engagement: EngagementId,
    told: &[Told],
) -> Result<BTreeMap<String, FindingRow>, StoreError> {
    let targets: BTreeSet<Uuid> = told.iter().map(|it| it.sample.1).collect();
    let samples: Vec<FindingRow> = rows(
        entity::Entity::find()
            .filter(of(engagement))
            .filter(entity::COLUMN.target.is_in(targets))
            .filter(
                entity::COLUMN
                    .fingerprint
                    .is_in(told.iter().map(|it| it.sample.0.clone())),
            )
            .all(db.connection())
            .await,
    )?;
    Ok(samples.into_iter().map(|it| (it.fingerprint.0.clone(), it)).collect())
}

fn group(told: Told, sample: FindingRow) -> Result<Group, StoreError> {
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    let owner = told
        .owners
        .first()
        .copied()
        .flatten()
        .filter(|_| told.owners.len() == 1);
    Ok(Group {
        family: word(&told.family).map_err(at("family"))?,
        check: word(&told.check).map_err(at("check"))?,
        rule: word(&told.rule).map_err(at("rule"))?,
        severity: Stored::load(told.severity).map_err(at("severity"))?,
        count: told.count,
        owner: owner.map(PersonId),
        due: Stored::load(told.due).map_err(at("due"))?,
        targets: told
            .targets
            .into_iter()
            .map(|(id, count)| (TargetId(id), count))
            .collect(),
        reopened: told.reopened,
        sample,
    })
}

/// A count; databases count in signed numbers.
pub(super) fn unsigned(count: i64) -> u64 {
    count.unsigned_abs()
}
