//! The directory family: exports and live directories, judged as they are read, in bounded memory. The formats and the
//! protocol are `jalon-wire`'s.

mod batch;
mod claims;
mod dn;
pub mod facts;
mod feed;
pub mod fix;
pub mod forest;
mod hashing;
mod idfix;
pub mod join;
mod kept;
pub mod objects;
mod scan;
pub mod suppress;
pub mod tally;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
    measure::{Family, Report},
};
use serde_json::{Value, json};

pub use feed::{About, Entries, Source};
pub use idfix::Mode;
pub use objects::{Found, TopLevelDomains};

use self::{
    batch::Counts,
    idfix::Idfix,
    join::{Joined, ThirdParty},
    objects::{Name, Strict},
    scan::{How, Scanned, scan},
};
use crate::{CheckError, Context, document::document, verdicts::heaviest_first};

/// By which rules a directory is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The corrected rules of IdFix, and those that it lacked.
    #[default]
    Strict,
    /// IdFix as it was, its errors included.
    Idfix(Mode),
}

impl Profile {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Idfix(_) => "idfix",
        }
    }

    /// The mode, where it has one.
    pub fn mode(self) -> Option<&'static str> {
        match self {
            Self::Strict => None,
            Self::Idfix(mode) => Some(mode.word()),
        }
    }
}

/// How a directory is judged.
#[derive(Clone, Debug)]
pub struct Settings {
    /// By which rules.
    pub profile: Profile,
    /// People sign in with another attribute (alternate login ID): userPrincipalName is not judged.
    pub alternate_login_id: bool,
    /// What addresses may end in.
    pub top_level_domains: TopLevelDomains,
    /// The domains that the tenant has proven to be its own, lower-case, where they are known.
    pub verified_domains: Option<BTreeSet<String>>,
    /// Another directory, read to its end, whose values of mail are to be found here (DIR-039).
    pub third_party: Option<Arc<ThirdParty>>,
    /// After how many days without signing in an account counts as unused.
    pub stale_after_days: i64,
    /// How many threads judge.
    pub threads: usize,
    /// Whether what is read is remembered by its SHA-256, as evidence has to be.
    pub is_hashed: bool,
    /// The size of the sources in bytes, where known, for the progress.
    pub total_bytes: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            alternate_login_id: false,
            top_level_domains: TopLevelDomains::default(),
            verified_domains: None,
            third_party: None,
            // Half a year: usual leaves end before.
            stale_after_days: 180,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            is_hashed: true,
            total_bytes: None,
        }
    }
}

impl Settings {
    fn idfix(&self, mode: Mode) -> Idfix<'_> {
        Idfix(idfix::Settings {
            mode,
            alternate_login_id: self.alternate_login_id,
            tlds: &self.top_level_domains,
        })
    }

    /// Whether the profile has the rule. Whoever names another directory wants it compared, whatever IdFix did.
    fn judges(&self, rule: &str) -> bool {
        match self.profile {
            _ if rule == "DIR-039" && self.third_party.is_some() => true,
            Profile::Strict => !matches!(rule, "DIR-012" | "DIR-017"),
            Profile::Idfix(mode) => self.idfix(mode).judges(rule),
        }
    }
}

/// A run whose findings were handed over as they were found.
#[derive(Clone, Debug, PartialEq)]
pub struct Streamed {
    /// The report, without its defects.
    pub report: Report,
    /// How many defects there were of each weight.
    pub found: BTreeMap<Severity, u64>,
}

impl Streamed {
    /// The outcome of the run: any defect at or above `least` fails it.
    pub fn outcome(&self, least: Severity) -> Outcome {
        if self.found.range(least..).any(|it| *it.1 > 0) {
            return Outcome::Fail;
        }
        // The defects were handed over and counted: what failed here failed by lighter ones only.
        let rules = self.report.checks.iter().flat_map(|it| &it.rules);
        Outcome::all(rules.map(|it| match it.outcome {
            Outcome::Fail => Outcome::Pass,
            other => other,
        }))
    }

    /// The last line of a streamed run: the document without its findings, which were the lines before.
    pub fn document(&self, least: Severity) -> Value {
        let mut document = document(&self.report, least).value();
        document["outcome"] = json!(self.outcome(least));
        if let Value::Object(fields) = &mut document {
            fields.remove("findings");
        }
        document
    }
}

/// The attributes that the rules look at: what to ask a live directory for.
pub fn attributes() -> Vec<&'static str> {
    Name::ALL.iter().map(|it| it.spelling()).collect()
}

/// Judges a directory; several sources are judged as one, so that what two of them share is found.
///
/// # Errors
/// [`CheckError::Input`] with the line when an export cannot be read, [`CheckError::Source`] when a live directory does
/// not answer, [`CheckError::Map`] when a row of the map leads nowhere, [`CheckError::Cancelled`] when `cancelled` says so.
pub fn run(
    sources: Vec<Source>,
    settings: &Settings,
    ctx: &Context<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Report, CheckError> {
    let mut defects: Vec<Defect> = Vec::new();
    let streamed = stream(sources, settings, ctx, cancelled, &mut |it| {
        defects.push(it.into_defect());
    })?;
    let mut report = streamed.report;
    heaviest_first(&mut defects);
    if let Some(check) = report.checks.first_mut() {
        check.defects = defects;
    }
    Ok(report)
}

/// The same, handing over each finding as it is found, in bounded memory whatever their number.
///
/// # Errors
/// As [`run`]; what was handed over before is true all the same.
pub fn stream(
    sources: Vec<Source>,
    settings: &Settings,
    ctx: &Context<'_>,
    cancelled: &(dyn Fn() -> bool + Sync),
    on_found: &mut dyn FnMut(Found),
) -> Result<Streamed, CheckError> {
    let abouts: Vec<About> = sources.iter().map(|it| it.about.clone()).collect();
    let target = sources.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let how = How {
        threads: settings.threads,
        is_hashed: settings.is_hashed,
        total_bytes: settings.total_bytes,
        keys: settings.third_party.as_deref().map(|it| it.settings().keys.as_slice()),
        ctx,
        cancelled,
    };
    let mut unseen = Counts::default();
    for found in sources.iter().flat_map(objects::not_replicated) {
        unseen.tell(&found);
        on_found(found);
    }
    let mut scanned = match settings.profile {
        Profile::Strict => {
            let strict = Strict::new(settings, ctx.now);
            scan(&strict, sources, &how, on_found)
        }
        Profile::Idfix(mode) => scan(&settings.idfix(mode), sources, &how, on_found),
    }?;
    scanned.counts.tell_all(&unseen);
    let joined = compare(&mut scanned, settings, &abouts, on_found)?;
    let seen = Seen {
        abouts: &abouts,
        joined: joined.as_ref(),
    };
    Ok(streamed(target, scanned, &seen, settings, ctx))
}

/// What the directory lacks and another one has, where one was given.
fn compare(
    scanned: &mut Scanned,
    settings: &Settings,
    abouts: &[About],
    on_found: &mut dyn FnMut(Found),
) -> Result<Option<Joined>, CheckError> {
    let Some(third) = &settings.third_party else {
        return Ok(None);
    };
    let mut joined = third.join(std::mem::take(&mut scanned.directory))?;
    joined.give_up(abouts);
    for found in joined.found() {
        scanned.counts.tell(&found);
        on_found(found);
    }
    Ok(Some(joined))
}

/// What is known of a directory besides what its objects hold.
struct Seen<'a> {
    /// What the schema of each source says.
    abouts: &'a [About],
    /// How it compares with another directory.
    joined: Option<&'a Joined>,
}

fn streamed(target: String, scanned: Scanned, seen: &Seen<'_>, settings: &Settings, ctx: &Context<'_>) -> Streamed {
    let Scanned {
        counts, bytes, sha256, ..
    } = scanned;
    let check = objects::report(&target, &counts, seen, settings, ctx);
    let stats = json!({
        "entries": counts.entries,
        "bytes": bytes,
        "judged": counts.total(),
        "skipped": counts.skipped,
        "others": counts.others,
    });
    Streamed {
        report: Report {
            family: Family::Directory,
            target,
            vantage: ctx.vantage.to_owned(),
            started: ctx.now,
            ended: (ctx.clock)(),
            checks: vec![check],
            stats,
            sha256,
        },
        found: counts.weights,
    }
}

#[cfg(test)]
mod tests;
