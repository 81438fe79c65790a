//! How a directory is judged: the flags are the same wherever one is.

use std::{collections::BTreeSet, path::PathBuf};

use clap::{Args, ValueEnum};
use jalon_checks::directory::{Mode, Profile, Settings, TopLevelDomains};
use jalon_domain::engagement::DomainName;

use crate::{cli::word, exit::Result, input};

/// By which rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Rules {
    // The corrected rules of IdFix, and those that it lacked.
    #[default]
    Strict,
    // IdFix as it was, its errors included.
    Idfix,
}

/// How a directory is judged.
#[derive(Args, Clone, Debug)]
pub(crate) struct JudgingFlags {
    /// By which rules: strict ones, or those of IdFix as it was
    #[arg(long, value_enum, default_value_t)]
    profile: Rules,
    /// What IdFix is to prepare for, with --profile idfix
    #[arg(long, value_name = "MODE", default_value = "multi-tenant",
          value_parser = word::<Mode>(Mode::ALL.iter().map(|it| it.word())))]
    mode: Mode,
    /// People sign in with another attribute (alternate login ID): userPrincipalName is not judged
    #[arg(long)]
    alternate_login_id: bool,
    /// The verified domains of the tenant; sign-in names that end in another one are told
    #[arg(long, value_name = "DOMAIN,…", value_delimiter = ',', value_parser = DomainName::parse)]
    domains: Vec<DomainName>,
    /// The top-level domains that addresses may end in, instead of the built-in list
    #[arg(long, value_name = "FILE")]
    tld_list: Option<PathBuf>,
    /// After how many days without signing in an account counts as unused
    #[arg(long, value_name = "DAYS", default_value_t = 180, value_parser = clap::value_parser!(i64).range(1..=36_500))]
    stale_after: i64,
    /// Threads that judge [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: Option<u8>,
}

impl JudgingFlags {
    /// The settings of a run over so many bytes.
    pub(crate) fn settings(&self, total_bytes: Option<u64>) -> Result<Settings> {
        let usual = Settings::default();
        let verified: BTreeSet<String> = self.domains.iter().map(ToString::to_string).collect();
        Ok(Settings {
            profile: match self.profile {
                Rules::Strict => Profile::Strict,
                Rules::Idfix => Profile::Idfix(self.mode),
            },
            alternate_login_id: self.alternate_login_id,
            top_level_domains: match &self.tld_list {
                Some(path) => TopLevelDomains::parse(&input::small_file(path)?),
                None => usual.top_level_domains,
            },
            verified_domains: (!verified.is_empty()).then_some(verified),
            // Whoever has one reads it first.
            third_party: None,
            stale_after_days: self.stale_after,
            threads: self.threads.map_or(usual.threads, usize::from),
            // Nothing is kept as evidence here.
            is_hashed: false,
            total_bytes,
        })
    }
}
