//! `jalon engagement create`: from a TOML file or from flags.

use std::path::{Path, PathBuf};

use clap::Args;
use jalon_domain::profile::Profile;
use jalon_service::{
    App,
    engagement::{NewEngagement, Upload},
};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer};
use serde_json::json;
use tokio_util::io::ReaderStream;

use crate::{
    exit::{Exit, Failure, Result},
    input,
    out::{Format, Out, Printed},
    place::{Acting, Place},
    profile::{ProfileFlags, plain_mail},
};

/// Create an engagement, from a file or from flags
///
/// The file is TOML: organisation, name, start = 2026-09-14, target, domains, endpoints, directories (paths, from the
/// file's folder), and a table named profile with programmes, services, options, seats and cloud.
#[derive(Args)]
pub(crate) struct Create {
    /// The engagement as a TOML file
    #[arg(long, value_name = "FILE.toml", required_unless_present = "organisation",
          conflicts_with_all = ["organisation", "name", "programmes", "services", "options", "seats", "cloud",
                                "start", "target", "domains", "endpoints", "directories"])]
    file: Option<PathBuf>,
    /// The organisation's name
    #[arg(long)]
    organisation: Option<String>,
    /// The engagement's own name [default: the organisation's]
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    profile: ProfileFlags,
    /// The first day [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    start: Option<Date>,
    /// The day on which everything should be proven
    #[arg(long, value_name = "YYYY-MM-DD")]
    target: Option<Date>,
    /// A domain to measure, again for another
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
    /// A TLS endpoint to measure, again for another
    #[arg(long = "endpoint", value_name = "HOST[:PORT]")]
    endpoints: Vec<String>,
    /// A directory export to measure, again for another
    #[arg(long = "directory", value_name = "FILE")]
    directories: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    acting: Acting,
    #[command(flatten)]
    printed: Printed,
}

/// The engagement as a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    organisation: String,
    name: Option<String>,
    profile: Profile,
    #[serde(default, deserialize_with = "day")]
    start: Option<Date>,
    #[serde(default, deserialize_with = "day")]
    target: Option<Date>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    endpoints: Vec<String>,
    #[serde(default)]
    directories: Vec<PathBuf>,
}

/// A day as TOML's own date or as text.
fn day<'de, D: Deserializer<'de>>(source: D) -> std::result::Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Own(toml::value::Datetime),
        Text(String),
    }
    let text = match Day::deserialize(source)? {
        Day::Own(it) => it.to_string(),
        Day::Text(it) => it,
    };
    text.parse()
        .map(Some)
        .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a day: expected 2026-09-14")))
}

impl Create {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let (place, acting, format) = (self.place.clone(), self.acting.clone(), self.printed.format);
        let wanted = self.wanted()?;
        let app = place.existing().await?;
        let caller = acting.caller(&app).await?;
        let uploads = keep(&app, &wanted.directories).await?;
        let start = wanted.start.unwrap_or_else(|| app.now().to_zoned(TimeZone::UTC).date());
        let new = NewEngagement {
            organisation: wanted.organisation,
            name: wanted.name,
            profile: wanted.profile,
            start,
            target: wanted.target,
            domains: wanted.domains,
            endpoints: wanted.endpoints,
        };
        let created = match app.create_engagement(&caller, &new, uploads.clone()).await {
            Ok(created) => created,
            Err(error) => {
                forget(&app, &uploads).await;
                return Err(error.into());
            }
        };
        if format != Format::Table {
            return out.object(format, &json!(created));
        }
        let (id, applicable) = (created.id.to_string(), created.applicable);
        out.tell(
            "engagement-created",
            &[("id", id.into()), ("applicable", applicable.into())],
        )?;
        Ok(Exit::Fine)
    }

    fn wanted(self) -> Result<Written> {
        if let Some(file) = &self.file {
            let mut written: Written = input::toml_file(file)?;
            let folder = file.parent().unwrap_or(Path::new(""));
            written.directories = written.directories.iter().map(|it| folder.join(it)).collect();
            return Ok(written);
        }
        Ok(Written {
            organisation: self.organisation.unwrap_or_default(),
            name: self.name,
            profile: self.profile.over(plain_mail()),
            start: self.start,
            target: self.target,
            domains: self.domains,
            endpoints: self.endpoints,
            directories: self.directories,
        })
    }
}

/// Puts the exports into the store: all of them, or none.
async fn keep(app: &App, paths: &[PathBuf]) -> Result<Vec<Upload>> {
    let mut kept = Vec::new();
    for path in paths {
        match keep_one(app, path).await {
            Ok(upload) => kept.push(upload),
            Err(failure) => {
                forget(app, &kept).await;
                return Err(failure);
            }
        }
    }
    Ok(kept)
}

async fn keep_one(app: &App, path: &Path) -> Result<Upload> {
    let file = tokio::fs::File::open(path)
        .await
        .map_err(|error| Failure::io(path, &error))?;
    let name = path
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default();
    let kept = app
        .keep_upload(&name, "application/octet-stream", ReaderStream::new(file))
        .await;
    kept.map_err(|error| Failure::from(error).at(&path.display().to_string()))
}

async fn forget(app: &App, uploads: &[Upload]) {
    for upload in uploads {
        // A file that stays behind belongs to nobody and is swept later; the first error is the one to tell.
        drop(app.forget_upload(upload).await);
    }
}
