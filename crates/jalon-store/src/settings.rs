//! The instance's settings: JSON by key. What the keys mean is the caller's business.

use sea_orm::{EntityTrait, sea_query::OnConflict};
use serde_json::Value;

use crate::{
    db::{Connected, Db, Tx},
    error::StoreError,
    stored::{Stored, storable},
};

/// The value under `key`.
///
/// # Errors
/// When the database does not answer.
pub async fn get(db: &impl Db, key: &str) -> Result<Option<Value>, StoreError> {
    let found = entity::Entity::find_by_id(storable(key)).one(db.connection()).await?;
    found
        .map(|it| Value::load(it.value).map_err(|error| error.at("setting", key)))
        .transpose()
}

/// Puts `value` under `key`, in place of what was there.
///
/// # Errors
/// When the database does not take it.
pub async fn set(tx: &Tx, key: &str, value: &Value) -> Result<(), StoreError> {
    let row = entity::Model {
        key: storable(key),
        value: value.store(),
    };
    entity::Entity::insert(entity::ActiveModel::from(row))
        .on_conflict(
            OnConflict::column(entity::Column::Key)
                .update_column(entity::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(tx.connection())
        .await?;
    Ok(())
}

/// Removes what is under `key`, if anything.
///
/// # Errors
/// When the database does not take it.
pub async fn remove(tx: &Tx, key: &str) -> Result<(), StoreError> {
    entity::Entity::delete_by_id(storable(key))
        .exec(tx.connection())
        .await?;
    Ok(())
}

mod entity {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub value: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
