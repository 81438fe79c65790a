//! The data keys: one for each organisation that keeps a secret, sealed with the key of the file.

use jalon_domain::ids::OrganisationId;
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait, sea_query::OnConflict};
use secrecy::{ExposeSecret, SecretBox};

use super::{
    KeyFile, Random,
    envelope::{self, KEY, SecretKey},
};
use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::Stored,
};

/// The data key of an organisation, if it keeps secrets.
pub(super) async fn of(
    file: &KeyFile,
    db: &impl Db,
    organisation: OrganisationId,
) -> Result<Option<SecretKey>, StoreError> {
    let found = entity::Entity::find_by_id(organisation.0).one(db.connection()).await?;
    found.map(|it| opened(file, &file.read()?, &it)).transpose()
}

/// The data key of an organisation, made now when this is its first secret.
pub(super) async fn of_or_new(
    file: &KeyFile,
    tx: &Tx,
    organisation: OrganisationId,
    at: Timestamp,
    random: Random<'_>,
) -> Result<SecretKey, StoreError> {
    if let Some(known) = of(file, tx, organisation).await? {
        return Ok(known);
    }
    let outer = outer(file, tx, random).await?;
    let sealed = envelope::seal(
        &outer,
        &place(organisation),
        envelope::fresh(random).expose_secret(),
        random,
    );
    let new = entity::ActiveModel {
        organisation: Set(organisation.0),
        sealed: Set(sealed),
        created_at: Set(at.store()),
    };
    // Of two who are first at once, one makes the key and both use it.
    entity::Entity::insert(new)
        .on_conflict(OnConflict::column(entity::Column::Organisation).do_nothing().to_owned())
        .exec_without_returning(tx.connection())
        .await?;
    let made = of(file, tx, organisation).await?;
    made.ok_or_else(|| StoreError::Broken(format!("the data key of {organisation} was not kept")))
}

/// The key of the file. Where something is sealed already, a missing file is missing, and a new key would not help:
/// then none is made, and the one that is there must fit.
async fn outer(file: &KeyFile, tx: &Tx, random: Random<'_>) -> Result<SecretKey, StoreError> {
    if check(file, tx).await? == 0 {
        return Ok(file.read_or_make(random)?);
    }
    Ok(file.read()?)
}

/// Opens the newest data key, and says how many there are: the file is the same for all.
pub(super) async fn check(file: &KeyFile, db: &impl Db) -> Result<usize, StoreError> {
    let count = entity::Entity::find().count(db.connection()).await?;
    if let Some(one) = entity::Entity::find().one(db.connection()).await? {
        opened(file, &file.read()?, &one)?;
    }
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn opened(file: &KeyFile, outer: &SecretKey, row: &entity::Model) -> Result<SecretKey, StoreError> {
    let plain =
        envelope::open(outer, &place(OrganisationId(row.organisation)), &row.sealed).ok_or_else(|| file.wrong())?;
    if plain.len() != KEY {
        return Err(file.wrong().into());
    }
    Ok(SecretBox::init_with_mut(|key: &mut [u8; KEY]| {
        key.copy_from_slice(&plain)
    }))
}

fn place(organisation: OrganisationId) -> String {
    format!("organisation_key|sealed|{organisation}")
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "organisation_key")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false, column_name = "organisation_id")]
        pub organisation: Uuid,
        pub sealed: String,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
