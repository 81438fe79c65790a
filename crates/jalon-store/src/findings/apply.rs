//! Saves what a run changes in the findings of its target, in few statements however many they are.

use jalon_domain::{
    finding::{Changes, Defect, FindingState, Fingerprint},
    ids::{CheckId, FindingId, IdSource, RunId},
};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Asterisk, CommonTableExpression, Expr, Query, ValueTuple, WithClause},
};

use super::{bits, entity};
use crate::{
    db::{Connected, Tx},
    error::StoreError,
    stored::{Stored, chunk, storable},
    targets::Target,
};

/// Saves `changes`, made by `run` at `at` to the findings of `target`.
///
/// # Errors
/// [`StoreError::Conflict`] when a finding to open is there already: see [`super::recorded`].
pub async fn apply(
    tx: &Tx,
    target: &Target,
    changes: &Changes<'_>,
    run: RunId,
    at: Timestamp,
    ids: &dyn IdSource,
) -> Result<(), StoreError> {
    open(tx, target, &changes.opened, run, at, ids).await?;
    see(tx, &changes.seen, run, at).await?;
    see(tx, &changes.reopened, run, at).await?;
    reopen(tx, &changes.reopened, at).await?;
    see(tx, &changes.resumed, run, at).await?;
    resume(tx, &changes.resumed).await?;
    fix(tx, &changes.fixed, run, at).await
}

async fn open(
    tx: &Tx,
    target: &Target,
    opened: &[(&CheckId, &Defect)],
    run: RunId,
    at: Timestamp,
    ids: &dyn IdSource,
) -> Result<(), StoreError> {
    for some in opened.chunks(chunk(COLUMNS)) {
        let new = some
            .iter()
            .map(|(check, defect)| opening(target, check, defect, run, at, FindingId::new(ids)));
        entity::Entity::insert_many(new)
            .exec_without_returning(tx.connection())
            .await?;
    }
    Ok(())
}

/// How many columns an opened finding has.
const COLUMNS: usize = 32;

fn opening(
    target: &Target,
    check: &CheckId,
    defect: &Defect,
    run: RunId,
    at: Timestamp,
    id: FindingId,
) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(id.0),
        organisation: Set(target.organisation.0),
        engagement: Set(target.engagement.0),
        target: Set(target.id.0),
        target_value: Set(target.value.store()),
        family: Set(storable(check.family())),
        check: Set(check.store()),
        rule: Set(defect.rule.store()),
        fingerprint: Set(Fingerprint::of(check, defect).0),
        severity: Set(defect.severity.store()),
        subject: Set(defect.subject.store()),
        attribute: Set(defect.attribute.store()),
        discriminator: Set(defect.discriminator.store()),
        observed: Set(defect.observed.store()),
        expected: Set(defect.expected.store()),
        message: Set(defect.message.store()),
        remedy: Set(defect.remedy.store()),
        fix: Set(defect.fix.store()),
        object: Set(defect.object.store()),
        errors: Set(bits::of_defect(defect)),
        haystack: Set(haystack(defect)),
        state: Set(FindingState::Open.store()),
        opened_at: Set(at.store()),
        last_seen_at: Set(at.store()),
        fixed_at: Set(None),
        reopened_at: Set(None),
        times_reopened: Set(0),
        owner: Set(None),
        due: Set(None),
        first_run: Set(run.0),
        last_run: Set(run.0),
        version: Set(1),
    }
}

/// What a search looks through, lower-case.
fn haystack(defect: &Defect) -> String {
    let attribute = defect.attribute.as_deref().unwrap_or_default();
    let (en, fr) = (&defect.message.en, &defect.message.fr);
    storable(
        &format!(
            "{} {} {attribute} {} {en} {fr}",
            defect.rule, defect.subject, defect.observed
        )
        .to_lowercase(),
    )
}

/// What may read differently when a finding is seen again: the columns of the list that [`see`] hands to the database.
/// Rule, attribute and discriminator are part of what makes it the same finding.
const SEEN: [&str; 11] = [
    "id", "severity", "subject", "observed", "expected", "message", "remedy", "fix", "object", "errors", "haystack",
];

fn seen_values((id, defect): &(FindingId, &Defect)) -> ValueTuple {
    ValueTuple::Many(vec![
        id.0.into(),
        defect.severity.store().into(),
        defect.subject.store().into(),
        defect.observed.store().into(),
        defect.expected.store().into(),
        defect.message.store().into(),
        defect.remedy.store().into(),
        defect.fix.store().into(),
        defect.object.store().into(),
        bits::of_defect(defect).into(),
        haystack(defect).into(),
    ])
}

/// Thousands of rows, each with texts of its own: one list of values, joined by id.
async fn see(tx: &Tx, seen: &[(FindingId, &Defect)], run: RunId, at: Timestamp) -> Result<(), StoreError> {
    for some in seen.chunks(chunk(SEEN.len())) {
        let given = Query::select()
            .column(Asterisk)
            .from_values(some.iter().map(seen_values), "given")
            .take();
        let list = CommonTableExpression::new()
            .table_name("seen")
            .columns(SEEN)
            .query(given)
            .to_owned();
        let (id, texts) = SEEN.split_first().expect("it has columns");
        let update = Query::update()
            .with_cte(WithClause::new().cte(list).to_owned())
            .table(entity::Entity)
            .from("seen")
            .value(entity::Column::LastSeenAt, at.store())
            .value(entity::Column::LastRun, run.0)
            .values(texts.iter().map(|it| (*it, Expr::col(("seen", *it)))))
            .and_where(Expr::col((entity::Entity, *id)).equals(("seen", *id)))
            .take();
        tx.connection().execute(&update).await?;
    }
    Ok(())
}

async fn reopen(tx: &Tx, reopened: &[(FindingId, &Defect)], at: Timestamp) -> Result<(), StoreError> {
    let to = entity::ActiveModel {
        state: Set(FindingState::Open.store()),
        fixed_at: Set(None),
        reopened_at: Set(Some(at.store())),
        ..Default::default()
    };
    for some in reopened.chunks(chunk(2)) {
        entity::Entity::update_many()
            .set(to.clone())
            .col_expr(
                entity::Column::TimesReopened,
                Expr::col(entity::Column::TimesReopened).add(1),
            )
            .filter(entity::COLUMN.id.is_in(some.iter().map(|(id, _)| id.0)))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

async fn resume(tx: &Tx, resumed: &[(FindingId, &Defect)]) -> Result<(), StoreError> {
    for some in resumed.chunks(chunk(2)) {
        entity::Entity::update_many()
            .col_expr(entity::Column::State, Expr::val(FindingState::Open.store()))
            .filter(entity::COLUMN.id.is_in(some.iter().map(|(id, _)| id.0)))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}

async fn fix(tx: &Tx, fixed: &[FindingId], run: RunId, at: Timestamp) -> Result<(), StoreError> {
    let to = entity::ActiveModel {
        state: Set(FindingState::Fixed.store()),
        fixed_at: Set(Some(at.store())),
        last_run: Set(run.0),
        ..Default::default()
    };
    for some in fixed.chunks(chunk(2)) {
        entity::Entity::update_many()
            .set(to.clone())
            .filter(entity::COLUMN.id.is_in(some.iter().map(|it| it.0)))
            .exec(tx.connection())
            .await?;
    }
    Ok(())
}
