//! The open findings of an engagement as requirements and gates see them: counted by the database, alike ones together.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{FindingState, OpenFindings},
    ids::{EngagementId, FindingId},
    proof::DecisionKind,
};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::{entity, groups::unsigned};
use crate::{
    db::Db,
    decisions,
    error::StoreError,
    stored::{Stored, Unreadable, chunk, of, rows, word},
    targets,
};

/// What makes open findings alike: check, rule, target, weight; accepted until.
type Kind = ((String, String, Uuid, i32), Option<Timestamp>);

/// The open findings of an engagement, the heaviest first, with the end of the waiver over them.
///
/// # Errors
/// When the database does not answer.
pub async fn open_of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<OpenFindings>, StoreError> {
    let mut kinds = counted(db, engagement).await?;
    for (kind, until) in accepted(db, engagement).await? {
        // A finding that was fixed or opened between the two questions is in one answer only.
        if let Some(count) = kinds.get_mut(&(kind.clone(), None)) {
            *count = count.saturating_sub(1);
            *kinds.entry((kind, Some(until))).or_default() += 1;
        }
    }
    let names = names(db, engagement).await?;
    let mut open: Vec<OpenFindings> = kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| open(kind, count, &names))
        .collect::<Result<_, _>>()?;
    open.sort_by(|a, b| (b.severity, &a.rule, &a.target).cmp(&(a.severity, &b.rule, &b.target)));
    Ok(open)
}

async fn counted(db: &impl Db, engagement: EngagementId) -> Result<BTreeMap<Kind, u64>, StoreError> {
    let counted: Vec<(String, String, Uuid, i32, i64)> = query(engagement).into_tuple().all(db.connection()).await?;
    let mut kinds: BTreeMap<Kind, u64> = BTreeMap::new();
    for (check, rule, target, severity, count) in counted {
        *kinds.entry(((check, rule, target, severity), None)).or_default() += unsigned(count);
    }
    Ok(kinds)
}

/// Everything that it asks for is in the index `finding_group`.
pub(super) fn query(engagement: EngagementId) -> Select<entity::Entity> {
    use entity::Column::{Check, Family, Id, Owner, Rule, Severity, Target};
    entity::Entity::find()
        .select_only()
        .columns([Check, Rule, Target, Severity])
        .column_as(Id.count(), "count")
        .filter(of(engagement))
        .filter(entity::COLUMN.state.eq(FindingState::Open.store()))
        // In the order of the index, so that nothing is sorted.
        .group_by(Family)
        .group_by(Check)
        .group_by(Rule)
        .group_by(Target)
        .group_by(Owner)
        .group_by(Severity)
}

/// The open findings that waivers accept, each with what it is like and until when.
async fn accepted(
    db: &impl Db,
    engagement: EngagementId,
) -> Result<Vec<((String, String, Uuid, i32), Timestamp)>, StoreError> {
    use entity::Column::{Check, Id, Rule, Severity, Target};
    let until = ends_of_waivers(db, engagement).await?;
    let ids: Vec<Uuid> = until.keys().map(|it| it.0).collect();
    let mut accepted = Vec::new();
    for some in ids.chunks(chunk(2)) {
        let found: Vec<(Uuid, String, String, Uuid, i32)> = entity::Entity::find()
            .select_only()
            .columns([Id, Check, Rule, Target, Severity])
            .filter(entity::COLUMN.id.is_in(some.iter().copied()))
            .filter(entity::COLUMN.state.eq(FindingState::Open.store()))
            .into_tuple()
            .all(db.connection())
            .await?;
        accepted.extend(found.into_iter().filter_map(|(id, check, rule, target, severity)| {
            Some(((check, rule, target, severity), *until.get(&FindingId(id))?))
        }));
    }
    Ok(accepted)
}

/// Until when findings are accepted: the latest end of the waivers that were not taken back.
async fn ends_of_waivers(db: &impl Db, engagement: EngagementId) -> Result<BTreeMap<FindingId, Timestamp>, StoreError> {
    use decisions::entity::{COLUMN, Entity};
    let waivers: Vec<decisions::DecisionRow> = rows(
        Entity::find()
            .filter(of(engagement))
            .filter(COLUMN.kind.eq(DecisionKind::Waiver.store()))
            .filter(COLUMN.finding.is_not_null())
            .filter(COLUMN.revoked_at.is_null())
            .all(db.connection())
            .await,
    )?;
    let mut ends = BTreeMap::new();
    for waiver in waivers {
        let Some(finding) = waiver.finding else {
            continue;
        };
        let until = waiver.decision.until.unwrap_or(Timestamp::MAX);
        let latest = ends.entry(finding).or_insert(until);
        *latest = until.max(*latest);
    }
    Ok(ends)
}

/// What the targets of an engagement are called, those that are no longer measured too.
pub(super) async fn names(db: &impl Db, engagement: EngagementId) -> Result<BTreeMap<Uuid, String>, StoreError> {
    use targets::entity::{Column, Entity};
    let names: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Value])
        .filter(of(engagement))
        .into_tuple()
        .all(db.connection())
        .await?;
    Ok(names.into_iter().collect())
}

fn open(
    ((check, rule, target, severity), accepted_until): Kind,
    count: u64,
    names: &BTreeMap<Uuid, String>,
) -> Result<OpenFindings, StoreError> {
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    Ok(OpenFindings {
        check: word(&check).map_err(at("check"))?,
        rule: word(&rule).map_err(at("rule"))?,
        target: names.get(&target).cloned().unwrap_or_default(),
        severity: Stored::load(severity).map_err(at("severity"))?,
        accepted_until,
        count: usize::try_from(count).unwrap_or(usize::MAX),
    })
}
