//! How the database reads a page of findings: along an index, without sorting.

use sea_orm::{ConnectionTrait, QueryTrait};

use super::*;
use crate::{
    Store,
    testing::{Counter, basics},
};

/// What SQLite says about the way it reads `query`.
async fn plan(store: &Store, query: &sea_orm::sea_query::SelectStatement) -> String {
    let backend = sea_orm::DbBackend::Sqlite;
    let query = backend.build(query);
    let explain = sea_orm::Statement {
        sql: format!("EXPLAIN QUERY PLAN {}", query.sql),
        ..query
    };
    let lines = store.connection().query_all_raw(explain).await.unwrap();
    lines
        .iter()
        .map(|it| it.try_get::<String>("", "detail").unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

#[tokio::test]
async fn a_page_is_read_along_an_index_that_begins_with_the_organisation() {
    let place = crate::testing::Place::sqlite();
    let store = place.open().await;
    let of = basics(&store, &Counter::default()).await;
    let open = FindingFilter {
        state: Some(FindingState::Open),
        ..Default::default()
    };
    let query = entity::Entity::find()
        .filter(open.condition(of.engagement))
        .order_by_asc(entity::Column::Severity)
        .order_by_asc(entity::Column::Rule)
        .order_by_asc(entity::Column::Id)
        .into_query();
    let plan = plan(&store, &query).await;
    assert!(
        plan.contains("USING INDEX finding_page (organisation_id=? AND engagement_id=? AND state=?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted: {plan}");
}
