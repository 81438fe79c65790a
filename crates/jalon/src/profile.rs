//! A profile from flags or from a file: which programmes, services and choices decide what applies.

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;
use jalon_domain::profile::{Choice, Cloud, Profile, Programme, Service};
use serde::Deserialize;

use crate::{cli::word, exit::Result, input};

/// The flags that make a profile.
#[derive(Args, Clone, Debug)]
pub(crate) struct ProfileFlags {
    /// The programmes followed
    #[arg(long = "programme", visible_alias = "programmes", value_name = "PROGRAMME,…", value_delimiter = ',',
          value_parser = word::<Programme>(Programme::ALL.iter().map(|it| it.word())))]
    programmes: Vec<Programme>,
    /// The services in scope
    #[arg(long = "service", visible_alias = "services", value_name = "SERVICE,…", value_delimiter = ',',
          value_parser = word::<Service>(Service::ALL.iter().map(|it| it.word())))]
    services: Vec<Service>,
    /// The choices made at kickoff
    #[arg(long = "option", visible_alias = "options", value_name = "OPTION,…", value_delimiter = ',',
          value_parser = word::<Choice>(Choice::ALL.iter().map(|it| it.word())))]
    options: Vec<Choice>,
    /// Paid licences
    #[arg(long, value_name = "N")]
    seats: Option<u32>,
    /// The cloud that holds the tenant
    #[arg(long, value_name = "CLOUD", value_parser = word::<Cloud>(Cloud::ALL.iter().map(|it| it.word())))]
    cloud: Option<Cloud>,
}

impl ProfileFlags {
    /// The profile, with what no flag says taken from `usual`.
    pub(crate) fn over(&self, usual: Profile) -> Profile {
        Profile {
            programmes: said(&self.programmes, usual.programmes),
            services: said(&self.services, usual.services),
            options: said(&self.options, usual.options),
            seats: self.seats.unwrap_or(usual.seats),
            cloud: self.cloud.unwrap_or(usual.cloud),
        }
    }
}

fn said<T: Copy + Ord>(words: &[T], usual: BTreeSet<T>) -> BTreeSet<T> {
    if words.is_empty() {
        usual
    } else {
        words.iter().copied().collect()
    }
}

/// Where a check takes the profile from.
#[derive(Args, Clone, Debug)]
pub(crate) struct Judged {
    /// The profile: a TOML file as `jalon engagement create --file` takes it [default: Office 365 with Exchange Online]
    #[arg(long, value_name = "FILE.toml", conflicts_with_all = ["programmes", "services", "options", "seats", "cloud"])]
    profile: Option<PathBuf>,
    #[command(flatten)]
    flags: ProfileFlags,
}

/// A profile alone, or the file of an engagement that holds one.
#[derive(Deserialize)]
struct Holder {
    profile: Profile,
}

impl Judged {
    /// The profile to judge by.
    pub(crate) fn profile(&self) -> Result<Profile> {
        let Some(path) = &self.profile else {
            return Ok(self.flags.over(plain_mail()));
        };
        let text = input::small_file(path)?;
        let holds_one = toml::from_str::<toml::Table>(&text).is_ok_and(|it| it.contains_key("profile"));
        let read = if holds_one {
            toml::from_str::<Holder>(&text).map(|it| it.profile)
        } else {
            toml::from_str(&text)
        };
        read.map_err(|error| input::malformed(path, &text, &error))
    }
}

/// What a bare check judges by: a domain whose mail goes to Exchange Online, in the worldwide cloud.
pub(crate) fn plain_mail() -> Profile {
    Profile {
        programmes: [Programme::Office365].into(),
        services: [Service::Exchange].into(),
        options: [].into(),
        seats: 1,
        cloud: Cloud::Worldwide,
    }
}
