//! How the databases read lists of findings: along an index, without sorting, without a look at the rows where only
//! counts are asked for.

use jiff::civil::date;
use sea_orm::{ConnectionTrait, QueryOrder, QueryTrait, TransactionTrait, sea_query::SelectStatement};

use super::*;
use crate::{
    Engine, Store,
    testing::{Counter, basics},
};

/// What the database says about the way it reads `query`.
pub(super) async fn plan(store: &Store, query: &SelectStatement) -> String {
    let backend = store.connection().get_database_backend();
    let query = backend.build(query);
    let (explain, column) = match store.engine() {
        Engine::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Engine::Postgres => ("EXPLAIN", "QUERY PLAN"),
    };
    let explain = sea_orm::Statement {
        sql: format!("{explain} {}", query.sql),
        ..query
    };
    let tx = store.connection().begin().await.unwrap();
    if store.engine() == Engine::Postgres {
        // Whether the index serves is asked, not whether this small table is worth it: that turns on what runs beside.
        tx.execute_unprepared("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            .await
            .unwrap();
    }
    let lines = tx.query_all_raw(explain).await.unwrap();
    lines
        .iter()
        .map(|it| it.try_get::<String>("", column).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The open findings of `engagement` in the order of a page.
pub(super) fn a_page(engagement: EngagementId, filter: &FindingFilter) -> SelectStatement {
    entity::Entity::find()
        .filter(filter.condition(engagement))
        .order_by_asc(entity::Column::Severity)
        .order_by_asc(entity::Column::Rule)
        .order_by_asc(entity::Column::Id)
        .limit(25)
        .into_query()
}

pub(super) fn open() -> FindingFilter {
    FindingFilter {
        state: Some(FindingState::Open),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_page_is_read_along_an_index_that_begins_with_the_organisation() {
    let place = crate::testing::Place::sqlite();
    let store = place.open().await;
    let of = basics(&store, &Counter::default()).await;
    let plan = plan(&store, &a_page(of.engagement, &open())).await;
    assert!(
        plan.contains("USING INDEX finding_page (organisation_id=? AND engagement_id=? AND state=?)"),
        "{plan}"
    );
    assert!(!plan.contains("TEMP B-TREE"), "nothing is sorted: {plan}");
}

#[tokio::test]
async fn counts_are_read_from_an_index_alone() {
    let place = crate::testing::Place::sqlite();
    let store = place.open().await;
    let of = basics(&store, &Counter::default()).await;
    let mail = FindingFilter {
        attribute: Some("mail".into()),
        error: Some(jalon_domain::finding::FlawKind::Format),
        ..open()
    };
    let queries = [
        ("proof’s counts", open::query(of.engagement)),
        ("groups", groups::query(of.engagement, &open())),
        ("filtered groups", groups::query(of.engagement, &mail)),
        ("tally", tally::query(of.engagement, of.person, date(2026, 1, 1))),
        ("facets", tally::narrowed(of.engagement, &open())),
    ];
    for (what, query) in queries {
        let plan = plan(&store, &query.into_query()).await;
        assert!(plan.contains("USING COVERING INDEX finding_"), "{what}: {plan}");
        assert!(
            !plan.contains("FOR GROUP BY") || what == "facets",
            "{what} is not sorted: {plan}"
        );
    }
}
