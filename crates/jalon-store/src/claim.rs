//! How one of many takes rows that nobody else gets: pick them under a lock, skipping what others hold, and update them.

use sea_orm::{
    EntityTrait, ExprTrait, QueryTrait, UpdateMany,
    sea_query::{CommonTableExpression, Expr, Query, SelectStatement, WithClause},
};

/// `update`, applied to the rows whose `id` is picked by `pick`, a `SELECT id … LIMIT n FOR UPDATE SKIP LOCKED`. (SQLite
/// has one writer, and SeaORM leaves the lock out there.)
///
/// The pick is a common table expression, because PostgreSQL may run a plain subquery with a limit more than once and
/// so take more rows than asked for.
pub(crate) fn picking<E: EntityTrait>(mut update: UpdateMany<E>, pick: SelectStatement) -> UpdateMany<E> {
    let picked = CommonTableExpression::new()
        .table_name("picked")
        .column("id")
        .query(pick)
        .to_owned();
    let ids = Query::select().column("id").from("picked").to_owned();
    update
        .query()
        .and_where(Expr::col("id").in_subquery(ids))
        .with_cte(WithClause::new().cte(picked).to_owned());
    update
}
