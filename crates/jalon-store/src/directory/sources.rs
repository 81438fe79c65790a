//! How a live directory is reached: one row for each target that is one.

use jalon_domain::{
    ids::{EngagementId, OrganisationId, TargetId},
    words,
};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    seal::{Place, Sealed},
    stored::{self, Stored, of, one, row, rows},
};

words! {
    /// How the connection to a directory is protected.
    Security {
        StartTls = "start-tls", "StartTLS", "StartTLS";
        Ldaps = "ldaps", "LDAPS", "LDAPS";
        Plain = "plain", "None", "Aucune";
    }
}

words! {
    /// How one signs in to a directory.
    BindKind {
        Simple = "simple", "Name and password", "Nom et mot de passe";
        Anonymous = "anonymous", "Anonymous", "Anonyme";
    }
}

words! {
    /// By which rules a directory is judged.
    Mode {
        Strict = "strict", "Corrected rules", "Règles corrigées";
        MultiTenant = "multi-tenant", "As IdFix does, multi-tenant", "Comme IdFix, multilocataire";
        Dedicated = "dedicated", "As IdFix does, dedicated", "Comme IdFix, dédié";
    }
}

stored::words! { Security BindKind Mode }

/// A live directory.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The target that it is.
    pub target: TargetId,
    /// Whose engagement.
    pub organisation: OrganisationId,
    /// The engagement.
    pub engagement: EngagementId,
    /// Where it is: `ldap://HOST[:PORT]`.
    pub url: String,
    /// How the connection is protected.
    pub security: Security,
    /// How one signs in.
    pub bind: BindKind,
    /// Who signs in.
    pub user: Option<String>,
    /// With which password, sealed for [`Source::password_place`].
    pub password: Option<Sealed>,
    /// Below which entries objects are read: an array of names; empty for everything that the directory offers.
    pub bases: Value,
    /// Which objects are read, instead of all that the rules judge.
    pub filter: Option<String>,
    /// The roots that the server's certificate leads to, in PEM, instead of the public ones.
    pub roots: Option<String>,
    /// Objects read in a second at most.
    pub rate: Option<i32>,
    /// Objects asked for at once.
    pub page: i32,
    /// By which rules it is judged.
    pub mode: Mode,
    /// What was last seen of it, as the protocol says it; none before the first full scan.
    pub watermark: Option<Value>,
    /// When everything was last read.
    pub full_scan_at: Option<Timestamp>,
    /// Whether somebody wants everything to be read the next time.
    pub full_wanted: bool,
    /// When somebody last changed how it is reached.
    pub changed_at: Timestamp,
    /// Counts these changes, from 1.
    pub version: i64,
}

row! {
    Source {
        target, organisation, engagement, url, security, bind, user, password, bases, filter, roots, rate, page, mode, watermark,
        full_scan_at, full_wanted, changed_at, version,
    }
}

impl Source {
    /// Where the password of `target` is kept.
    pub fn password_place(organisation: OrganisationId, target: TargetId) -> Place {
        Place {
            organisation,
            table: "directory_source",
            column: "password",
            row: target.0,
        }
    }
}

/// Adds a source; its target is there already.
///
/// # Errors
/// [`StoreError::Missing`] without its target, [`StoreError::Conflict`] when there is one already.
pub async fn insert(tx: &Tx, source: &Source) -> Result<(), StoreError> {
    entity::Entity::insert(entity::ActiveModel::from(source))
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Puts `source` in the place of the one that had the version before.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it meanwhile.
pub async fn replace(tx: &Tx, source: &Source) -> Result<(), StoreError> {
    let mut to = entity::ActiveModel::from(source);
    to.target = sea_orm::ActiveValue::NotSet;
    let changed = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.target.eq(source.target.0))
        .filter(entity::COLUMN.version.eq(source.version - 1));
    match changed.exec(tx.connection()).await?.rows_affected {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

/// The source that a target is, if it is one.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Db, target: TargetId) -> Result<Option<Source>, StoreError> {
    one(entity::Entity::find_by_id(target.0).one(db.connection()).await)
}

/// The sources of an engagement, of removed targets too.
///
/// # Errors
/// When the database does not answer.
pub async fn of_engagement(db: &impl Db, engagement: EngagementId) -> Result<Vec<Source>, StoreError> {
    rows(entity::Entity::find().filter(of(engagement)).all(db.connection()).await)
}

/// Forgets how a source is reached, its password too: its target is no longer measured.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, target: TargetId) -> Result<(), StoreError> {
    entity::Entity::delete_by_id(target.0).exec(tx.connection()).await?;
    Ok(())
}

/// Notes that everything is to be read the next time. Says whether there is such a source.
///
/// # Errors
/// When the database does not take it.
pub async fn want_full(tx: &Tx, target: TargetId) -> Result<bool, StoreError> {
    let wanted = entity::Entity::update_many()
        .col_expr(entity::Column::FullWanted, Expr::val(true))
        .filter(entity::COLUMN.target.eq(target.0));
    Ok(wanted.exec(tx.connection()).await?.rows_affected == 1)
}

/// Notes what was last seen of a source of `version`; `full` when everything was read. Says whether it still has that
/// version: what was read of another one is not what would be read now.
///
/// # Errors
/// When the database does not take it.
pub async fn scanned(
    tx: &Tx,
    target: TargetId,
    version: i64,
    watermark: Option<&Value>,
    full: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let mut to = entity::ActiveModel {
        watermark: Set(watermark.cloned().store()),
        ..Default::default()
    };
    if full.is_some() {
        to.full_scan_at = Set(full.store());
        to.full_wanted = Set(false);
    }
    let noted = entity::Entity::update_many()
        .set(to)
        .filter(entity::COLUMN.target.eq(target.0))
        .filter(entity::COLUMN.version.eq(version));
    Ok(noted.exec(tx.connection()).await?.rows_affected == 1)
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "directory_source")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "target_id")]
        pub target: Uuid,
        #[sea_orm(column_name = "organisation_id")]
        pub organisation: Uuid,
        #[sea_orm(column_name = "engagement_id")]
        pub engagement: Uuid,
        pub url: String,
        pub security: String,
        pub bind: String,
        pub user: Option<String>,
        pub password: Option<String>,
        pub bases: String,
        pub filter: Option<String>,
        pub roots: Option<String>,
        pub rate: Option<i32>,
        pub page: i32,
        pub mode: String,
        pub watermark: Option<String>,
        pub full_scan_at: Option<i64>,
        pub full_wanted: bool,
        pub changed_at: i64,
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Basics, Counter, at, basics, on_both};

    fn source(of: &Basics) -> Source {
        Source {
            target: of.target.id,
            organisation: of.organisation,
            engagement: of.engagement,
            url: "ldap://dc1.nord.example".into(),
            security: Security::StartTls,
            bind: BindKind::Simple,
            user: Some("cn=reader,dc=nord,dc=example".into()),
            password: Some(Sealed("v1.sealed".into())),
            bases: json!(["DC=nord,DC=example"]),
            filter: None,
            roots: None,
            rate: Some(500),
            page: 1_000,
            mode: Mode::Strict,
            watermark: None,
            full_scan_at: None,
            full_wanted: false,
            changed_at: at(0),
            version: 1,
        }
    }

    #[tokio::test]
    async fn a_source_is_changed_by_one_at_a_time_and_forgotten_with_its_password() {
        on_both(async |store| {
            let of = basics(&store, &Counter::default()).await;
            let first = source(&of);
            store.write(async |tx| insert(tx, &first).await).await.unwrap();
            assert_eq!(find(&store, first.target).await.unwrap(), Some(first.clone()));
            let second = Source {
                security: Security::Ldaps,
                version: 2,
                ..first.clone()
            };
            store.write(async |tx| replace(tx, &second).await).await.unwrap();
            let again = store.write(async |tx| replace(tx, &second).await).await;
            assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
            assert_eq!(of_engagement(&store, of.engagement).await.unwrap(), [second]);
            store.write(async |tx| remove(tx, first.target).await).await.unwrap();
            assert_eq!(find(&store, first.target).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_seen_is_noted_unless_the_source_was_changed_meanwhile() {
        on_both(async |store| {
            let of = basics(&store, &Counter::default()).await;
            let first = source(&of);
            store.write(async |tx| insert(tx, &first).await).await.unwrap();
            assert!(store.write(async |tx| want_full(tx, first.target).await).await.unwrap());
            let mark = json!({"usn": 7});
            let note = async |version, full| {
                store
                    .write(async |tx| scanned(tx, first.target, version, Some(&mark), full).await)
                    .await
                    .unwrap()
            };
            assert!(!note(2, Some(at(5))).await);
            assert!(note(1, None).await);
            let seen = find(&store, first.target).await.unwrap().unwrap();
            assert_eq!(
                (seen.watermark.as_ref(), seen.full_scan_at, seen.full_wanted),
                (Some(&mark), None, true)
            );
            assert!(note(1, Some(at(5))).await);
            let seen = find(&store, first.target).await.unwrap().unwrap();
            assert_eq!(
                (seen.full_scan_at, seen.full_wanted, seen.version),
                (Some(at(5)), false, 1)
            );
        })
        .await;
    }
}
