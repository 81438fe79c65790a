//! What Jalon remembers: one folder or file an aggregate, on SQLite or PostgreSQL from one code and one migration set.
//!
//! Here lives SQL and nothing else: no business decisions, no protocol, no HTTP. A [`Store`] is opened once; functions
//! that read take `&impl Db` (the store, or a transaction that must see its own changes), functions that write take the
//! [`Tx`] of a [`Store::write`], so that a change, its audit event and the jobs that it asks for are one.
//!
//! ```no_run
//! # use jalon_store::{Location, Store, StoreError, settings};
//! # async fn example() -> Result<(), StoreError> {
//! let store = Store::open(&Location::Folder("data".into())).await?;
//! store.write(async |tx| settings::set(tx, "name", &"Nord".into()).await).await?;
//! assert_eq!(settings::get(&store, "name").await?, Some("Nord".into()));
//! # Ok(())
//! # }
//! ```

mod claim;
mod connect;
mod db;
mod error;
mod files;
mod folder_lock;
mod migration;
mod store;
mod stored;
mod wake;

pub mod attachments;
pub mod attempts;
pub mod audit;
pub mod decisions;
pub mod directory;
pub mod duties;
pub mod engagements;
pub mod evidence;
pub mod feeds;
pub mod findings;
pub mod fixes;
pub mod history;
pub mod idempotency;
pub mod jobs;
pub mod members;
pub mod met;
pub mod notices;
pub mod organisations;
pub mod people;
pub mod propagation;
pub mod runs;
pub mod schedules;
pub mod seal;
pub mod sessions;
pub mod settings;
pub mod summaries;
pub mod targets;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod tokens;

pub use db::{Db, Tx};
pub use error::StoreError;
pub use files::{Files, Kept};
pub use store::{Engine, Location, Store};
