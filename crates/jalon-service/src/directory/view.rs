//! A live directory as it is shown: everything but its password.

use jalon_domain::ids::TargetId;
use jalon_store::directory::sources::{BindKind, Mode, Security, Source};
use jiff::Timestamp;
use serde::Serialize;

/// A live directory. Its password is never part of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceView {
    /// The target that it is.
    pub id: TargetId,
    /// What it is called.
    pub name: String,
    /// Where it is: `ldap://HOST:PORT`.
    pub url: String,
    /// How the connection is protected.
    pub security: Security,
    /// How one signs in.
    pub bind: BindKind,
    /// Who signs in.
    pub user: Option<String>,
    /// Whether a password is kept.
    pub has_password: bool,
    /// Below which entries objects are read; none for everything.
    pub bases: Vec<String>,
    /// Which objects are read.
    pub filter: Option<String>,
    /// The authorities that the server's certificate leads to, in PEM.
    pub roots: Option<String>,
    /// The most objects in a second.
    pub rate: Option<i32>,
    /// Objects asked for at once.
    pub page: i32,
    /// By which rules it is judged.
    pub mode: Mode,
    /// When everything was last read; scans in between read what changed.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub full_scan_at: Option<Timestamp>,
    /// Whether everything is to be read the next time.
    pub full_wanted: bool,
    /// Whether the next scan can ask for changes only.
    pub is_incremental: bool,
    /// Its version, for optimistic updates.
    pub version: i64,
}

impl SourceView {
    /// `source`, which is called `name`.
    pub(super) fn of(source: Source, name: String) -> Self {
        Self {
            id: source.target,
            name,
            url: source.url,
            security: source.security,
            bind: source.bind,
            user: source.user,
            has_password: source.password.is_some(),
            bases: serde_json::from_value(source.bases).unwrap_or_default(),
            filter: source.filter,
            roots: source.roots,
            rate: source.rate,
            page: source.page,
            mode: source.mode,
            full_scan_at: source.full_scan_at,
            full_wanted: source.full_wanted,
            is_incremental: source.watermark.is_some(),
            version: source.version,
        }
    }

    /// The server: `HOST:PORT`.
    pub fn server(&self) -> &str {
        self.url.split_once("://").map_or(self.url.as_str(), |it| it.1)
    }
}
