//! Where everything is kept: the flags that say it, and the application opened there.

use std::path::{Path, PathBuf};

use clap::Args;
use jalon_catalogue::Catalogue;
use jalon_domain::text::Text;
use jalon_service::{App, Caller, Settings};
use jalon_store::{Location, Store, people};

use crate::{
    exit::{Failure, Result},
    world,
};

/// Where everything is kept.
#[derive(Args, Clone, Debug)]
pub(crate) struct Place {
    /// The data folder: SQLite and attachments
    #[arg(long, env = "JALON_DATA", value_name = "DIR", default_value = "data")]
    pub(crate) data: PathBuf,
    /// The database that several servers and workers share: postgres://…
    #[arg(
        long,
        env = "JALON_DATABASE",
        hide_env_values = true,
        value_name = "URL",
        requires = "files"
    )]
    database: Option<String>,
    /// The folder of the attachments that they share too
    #[arg(long, env = "JALON_FILES", value_name = "DIR", requires = "database")]
    files: Option<PathBuf>,
    #[command(flatten)]
    key: KeyFile,
}

/// The key of what several processes share; a data folder has its own.
#[derive(Args, Clone, Debug)]
pub(crate) struct KeyFile {
    /// The key to the secrets that are kept there, such as passwords of directories: a file of 32 random bytes
    #[arg(
        long = "key",
        id = "key_file",
        env = "JALON_KEY",
        value_name = "FILE",
        requires = "database"
    )]
    path: Option<PathBuf>,
}

impl Place {
    /// The place as the store takes it.
    pub(crate) fn location(&self) -> Result<Location> {
        match (&self.database, &self.files) {
            (Some(url), Some(files)) => shared(url, files, &self.key),
            _ => Ok(Location::Folder(self.data.clone())),
        }
    }

    /// The application on what is already kept there; nothing is created by looking.
    pub(crate) async fn existing(&self) -> Result<App> {
        let location = self.location()?;
        if let Location::Folder(folder) = &location
            && !folder.join("jalon.db").is_file()
        {
            let folder = folder.display().to_string();
            return Err(Failure::new("no-data", &[("path", folder.into())]));
        }
        open(&location, Settings::default()).await
    }
}

/// A database that several processes share: only PostgreSQL is one.
pub(crate) fn shared(url: &str, files: &Path, key: &KeyFile) -> Result<Location> {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(Location::Url {
            url: url.to_owned(),
            files: files.to_owned(),
            key: key.path.clone(),
        })
    } else {
        // What stands before `://` names the engine; what follows may hold a password.
        let scheme = url
            .split("://")
            .next()
            .filter(|it| it.len() < url.len())
            .unwrap_or("…")
            .to_owned();
        Err(Failure::new("not-shared", &[("scheme", scheme.into())]))
    }
}

/// The application at a place, in the present.
pub(crate) async fn open(location: &Location, settings: Settings) -> Result<App> {
    let store = Store::open(location).await?;
    Ok(App::new(store, Catalogue::builtin(), world::world(), settings))
}

/// What is kept there, as people call it.
pub(crate) fn named(location: &Location) -> Text {
    match location {
        Location::Folder(folder) => Text::same(folder.display().to_string()),
        Location::Url { .. } => Text::same("PostgreSQL"),
    }
}

/// In whose name a command acts.
#[derive(Args, Clone, Debug)]
pub(crate) struct Acting {
    /// Act in the name of this person [default: the first administrator]
    #[arg(long = "as", value_name = "EMAIL")]
    email: Option<String>,
}

impl Acting {
    /// The person. Whoever can read the data folder could do anything to it anyway.
    pub(crate) async fn caller(&self, app: &App) -> Result<Caller> {
        let person = match &self.email {
            Some(email) => people::find_by_email(app.store(), &email.trim().to_lowercase()).await?,
            None => people::all(app.store())
                .await?
                .into_iter()
                .filter(|it| it.is_admin)
                .min_by_key(|it| it.created_at),
        };
        let email = self.email.clone().unwrap_or_default();
        let key = if self.email.is_some() {
            "nobody-called"
        } else {
            "nobody-yet"
        };
        person
            .map(|person| Caller { person })
            .ok_or_else(|| Failure::new(key, &[("email", email.into())]))
    }
}
