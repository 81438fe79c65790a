//! `jalon doctor`: whether this machine and this place have what Jalon needs. Each line is a sentence with its outcome
//! and what to do.

use std::{net::SocketAddr, path::Path, time::Duration};

use clap::Args;
use jalon_domain::{
    evidence::Outcome,
    text::{Text, Value},
};
use jalon_service::directory::key_said;
use jalon_store::{
    Location, Store, StoreError, audit,
    seal::{self, KeyState},
};
use jalon_wire::dns::{DnsError, RecordType, Resolver, system_servers};
use jiff::{Timestamp, civil::date, tz::TimeZone};
use serde_json::json;

use crate::{
    cli::{patience, resolver},
    exit::{Exit, Failure, Result},
    out::{Out, Printed},
    place::{Place, named},
    text, world,
};

/// Look whether this machine and this place have what Jalon needs
#[derive(Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    place: Place,
    /// The name server to look at, again for another [default: the system's]
    #[arg(long = "resolver", value_name = "IP[:PORT]", value_parser = resolver)]
    resolvers: Vec<SocketAddr>,
    /// How long to wait for each answer
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = patience)]
    timeout: Duration,
    #[command(flatten)]
    printed: Printed,
}

/// One thing that was looked at.
struct Sign {
    what: &'static str,
    outcome: Outcome,
    /// What was found.
    found: Text,
    /// What to do, when something is wrong.
    remedy: Option<Text>,
}

impl Sign {
    /// The messages `doctor-WHAT-KEY`, and `doctor-WHAT-KEY-remedy` where there is one.
    fn new(what: &'static str, outcome: Outcome, key: &str, args: &[(&str, Value<'_>)]) -> Self {
        let (key, remedy) = (format!("doctor-{what}-{key}"), format!("doctor-{what}-{key}-remedy"));
        let remedy = text::is_said(&remedy).then(|| text::both(&remedy, args));
        Self {
            what,
            outcome,
            found: text::both(&key, args),
            remedy,
        }
    }
}

/// Below this much room the disk is worth a line.
const LITTLE_ROOM: u64 = 1 << 30;
/// Below this much room writing may fail any moment.
const NO_ROOM: u64 = 64 << 20;

impl Doctor {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let location = self.place.location()?;
        let mut signs = vec![entropy(), assets()];
        signs.extend(folder(&location));
        let (store, looked) = store(&location).await;
        signs.push(store);
        let (newest, key) = looked.unwrap_or_default();
        signs.push(clock(newest));
        signs.extend(key);
        signs.extend(self.resolvers().await?);
        let row = |it: &Sign| {
            let name = out.say(&format!("doctor-{}", it.what), &[]);
            json!({ "what": it.what, "looked-at": name, "outcome": it.outcome, "found": it.found, "remedy": it.remedy })
        };
        let rows = signs.iter().map(row).collect();
        out.list(self.printed.format, &["looked-at", "outcome", "found", "remedy"], rows)?;
        Ok(signs
            .iter()
            .map(|it| Exit::from(it.outcome))
            .max()
            .unwrap_or(Exit::Fine))
    }

    async fn resolvers(&self) -> Result<Vec<Sign>> {
        let servers = match self.resolvers.as_slice() {
            [] => system_servers().unwrap_or_default(),
            named => named.to_vec(),
        };
        if servers.is_empty() {
            return Ok(vec![Sign::new("resolver", Outcome::Fail, "none", &[])]);
        }
        let ask = servers.iter().map(|server| answers(*server, self.timeout));
        Ok(futures::future::join_all(ask).await)
    }
}

/// Any answer will do, a refusal too: only silence is a doubt.
async fn answers(server: SocketAddr, timeout: Duration) -> Sign {
    let resolver = Resolver::new(vec![server], world::question_id)
        .with_timeout(timeout)
        .with_tries(1);
    let answer = resolver.lookup("example.com", RecordType::Ns).await;
    let args = [("server", server.to_string().into())];
    match answer {
        Err(DnsError::Timeout { .. }) => Sign::new("resolver", Outcome::Inconclusive, "silent", &args),
        Err(DnsError::Unreachable { .. }) => Sign::new("resolver", Outcome::Inconclusive, "unreachable", &args),
        _ => Sign::new("resolver", Outcome::Pass, "answers", &args),
    }
}

fn entropy() -> Sign {
    let (outcome, key) = if world::is_random() {
        (Outcome::Pass, "good")
    } else {
        (Outcome::Fail, "bad")
    };
    Sign::new("entropy", outcome, key, &[])
}

/// Style sheets and scripts are in the program: this reads them as the server would.
fn assets() -> Sign {
    Sign::new(
        "assets",
        Outcome::Pass,
        "embedded",
        &[("url", jalon_web::assets::File::Style.url().into())],
    )
}

/// Whether the folder can be written, and how much room is left. A folder that is not there yet is made by `serve`.
fn folder(location: &Location) -> Vec<Sign> {
    let folder = match location {
        Location::Folder(folder) => folder,
        Location::Url { files, .. } => files,
    };
    let path = folder.display().to_string();
    let there = folder
        .ancestors()
        .map(|it| if it == Path::new("") { Path::new(".") } else { it })
        .find(|it| it.is_dir());
    let Some(there) = there else {
        return vec![Sign::new("folder", Outcome::Fail, "missing", &[("path", path.into())])];
    };
    let writable = match tempfile::tempfile_in(there) {
        Ok(_) => Sign::new("folder", Outcome::Pass, "writable", &[("path", path.clone().into())]),
        Err(error) => Sign::new(
            "folder",
            Outcome::Fail,
            "unwritable",
            &[("path", path.clone().into()), ("error", error.to_string().into())],
        ),
    };
    vec![writable, room(there, &path)]
}

fn room(folder: &Path, path: &str) -> Sign {
    let Ok(free) = fs4::available_space(folder) else {
        return Sign::new("room", Outcome::Inconclusive, "unknown", &[("path", path.into())]);
    };
    let args = [("path", path.into()), ("megabytes", (free >> 20).into())];
    match free {
        ..NO_ROOM => Sign::new("room", Outcome::Fail, "none", &args),
        NO_ROOM..LITTLE_ROOM => Sign::new("room", Outcome::Inconclusive, "little", &args),
        _ => Sign::new("room", Outcome::Pass, "enough", &args),
    }
}

/// The time of the newest event that a store knows of, and how its key stands.
type Looked = (Option<Timestamp>, Option<Sign>);

/// What is kept there, and what was seen in it. Nothing is created by looking.
async fn store(location: &Location) -> (Sign, Option<Looked>) {
    let place = ("place", Value::from(named(location).en));
    if let Location::Folder(folder) = location
        && !folder.join("jalon.db").is_file()
    {
        return (Sign::new("store", Outcome::NotApplicable, "absent", &[place]), None);
    }
    match look(location).await {
        Ok((version, looked)) => (
            Sign::new("store", Outcome::Pass, "open", &[place, ("version", version.into())]),
            Some(looked),
        ),
        // A server that runs holds its folder: that is as it should be.
        Err(StoreError::InUse { .. }) => (Sign::new("store", Outcome::Inconclusive, "in-use", &[place]), None),
        Err(error) => {
            let failure = Failure::store(error);
            let found = Text::new(
                failure.line(jalon_domain::text::Lang::En),
                failure.line(jalon_domain::text::Lang::Fr),
            );
            (
                Sign {
                    what: "store",
                    outcome: Outcome::Fail,
                    found,
                    remedy: None,
                },
                None,
            )
        }
    }
}

async fn look(location: &Location) -> std::result::Result<(String, Looked), StoreError> {
    let store = Store::open(location).await?;
    let version = store.schema_version().await?;
    let newest = audit::page(&store, None, None, 1).await?.first().map(|it| it.at);
    let key = match seal::check(&store).await {
        Ok(state) => key(state),
        Err(StoreError::Key(error)) => Some(Sign {
            what: "key",
            outcome: Outcome::Fail,
            found: key_said(&error),
            remedy: Some(text::both("doctor-key-remedy", &[])),
        }),
        Err(error) => return Err(error),
    };
    store.close().await;
    Ok((version, (newest, key)))
}

/// Whether the secrets that are kept open with the key that is there.
fn key(state: KeyState) -> Option<Sign> {
    let KeyState::Fits {
        organisations,
        path,
        is_exposed,
    } = state
    else {
        return None;
    };
    let args = [("path", path.display().to_string().into()), ("n", organisations.into())];
    Some(if is_exposed {
        Sign::new("key", Outcome::Inconclusive, "exposed", &args)
    } else {
        Sign::new("key", Outcome::Pass, "fits", &args)
    })
}

/// A clock before this program was written, or before the newest event, is wrong: expiries would be too.
fn clock(newest: Option<Timestamp>) -> Sign {
    let now = world::now();
    let written = date(2026, 11, 1)
        .to_zoned(TimeZone::UTC)
        .map(|it| it.timestamp())
        .unwrap_or(Timestamp::MIN);
    let args = [("now", now.strftime("%Y-%m-%d %H:%M:%S UTC").to_string().into())];
    match newest {
        _ if now < written => Sign::new("clock", Outcome::Fail, "past", &args),
        Some(newest) if now < newest => Sign::new("clock", Outcome::Fail, "behind", &args),
        _ => Sign::new("clock", Outcome::Pass, "sane", &args),
    }
}
