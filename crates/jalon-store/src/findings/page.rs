//! Findings one by one: pages, the heaviest first, and who sees to them until when.

use jalon_domain::{
    finding::Severity,
    ids::{EngagementId, FindingId, PersonId},
};
use jiff::civil::Date;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{FindingFilter, FindingRow, entity, find};
use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, rows},
};

/// The findings that `filter` wants, the heaviest first, then by rule, at most `limit`; after the finding `after`. With
/// them, where the next page begins, if there may be one.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    db: &impl Db,
    engagement: EngagementId,
    filter: &FindingFilter,
    after: Option<FindingId>,
    limit: u64,
) -> Result<(Vec<FindingRow>, Option<FindingId>), StoreError> {
    use entity::Column::{Id, Rule, Severity};
    let mut page = entity::Entity::find()
        .filter(filter.condition(engagement))
        .order_by_asc(Severity)
        .order_by_asc(Rule)
        .order_by_asc(Id)
        .limit(limit);
    if let Some(after) = after {
        let Some(last) = find(db, after).await? else {
            return Ok((Vec::new(), None));
        };
        let place = [
            last.defect.severity.store().into(),
            last.defect.rule.store().into(),
            last.id.0.into(),
        ];
        let columns = [Severity, Rule, Id].map(|it| it.into_expr());
        page = page.filter(Expr::tuple(columns).gt(Expr::tuple(place.map(|it: sea_orm::Value| Expr::val(it)))));
    }
    let found: Vec<FindingRow> = rows(page.all(db.connection()).await)?;
    let next = found.last().map(|it| it.id).filter(|_| found.len() as u64 == limit);
    Ok((found, next))
}

/// The order of pages, for rows read in another way.
pub(super) fn order(it: &FindingRow) -> (std::cmp::Reverse<Severity>, &str, FindingId) {
    (std::cmp::Reverse(it.defect.severity), it.defect.rule.as_str(), it.id)
}

/// Names the owner and the date of the findings that `filter` wants; `None` leaves what is there, `Some(None)` removes it.
/// Says how many were changed.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person.
pub async fn set_owner_and_due(
    tx: &Tx,
    engagement: EngagementId,
    filter: &FindingFilter,
    owner: Option<Option<PersonId>>,
    due: Option<Option<Date>>,
) -> Result<u64, StoreError> {
    let mut to = entity::ActiveModel::default();
    if let Some(owner) = owner {
        to.owner = Set(owner.store());
    }
    if let Some(due) = due {
        to.due = Set(due.store());
    }
    let change = entity::Entity::update_many()
        .set(to)
        .col_expr(entity::Column::Version, Expr::col(entity::Column::Version).add(1))
        .filter(filter.condition(engagement));
    Ok(change.exec(tx.connection()).await?.rows_affected)
}
