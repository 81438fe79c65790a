//! The DNS family: one set of facts per domain, which all its checks ask for and judge. Name servers are spoken to by
//! `jalon-wire`.

pub mod bimi;
pub mod change;
pub mod dane;
pub mod delegation;
pub mod dkim;
pub mod dmarc;
mod facts;
mod gather;
pub mod mail;
pub mod mta_sts;
mod probe;
pub mod propagation;
pub mod records;
pub mod spf;
mod tag_list;
pub mod tlsrpt;
pub mod told;
mod zone;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use jalon_domain::{
    engagement::DomainName,
    measure::{CheckReport, Family, Report},
    profile::Profile,
};
use jalon_wire::{
    dns::{Anchors, Clock, Memory, Roots},
    reach::Reach,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use self::gather::Inquiry;
pub use facts::{Facts, Question, Seen, Told};
pub use gather::resolver;
pub use probe::{Probe, Probing, Sight};

use crate::{CheckError, Context, check::Check, verdicts::Verdicts};

/// When a doubtful rule is worth another try: name servers recover within minutes.
const RETRY: SignedDuration = SignedDuration::from_mins(5);

/// Where question ids come from; they must not be predictable (RFC 5452, section 4.3).
pub type QueryIds = Arc<dyn Fn() -> u16 + Send + Sync>;

/// How name servers are asked.
#[derive(Clone)]
pub struct Settings {
    /// Who is asked, in order; none means the system's own.
    pub resolvers: Vec<SocketAddr>,
    /// Ask nobody else but the servers of each zone, from these roots down.
    pub roots: Option<Roots>,
    /// The port on which authoritative servers listen.
    pub authority_port: u16,
    /// Where chains of signatures begin.
    pub anchors: Anchors,
    /// Tells the time: without, nothing is remembered and no signature is judged.
    pub clock: Option<Clock>,
    /// What was answered before, to whoever uses a clone of these settings.
    pub memory: Memory,
    /// Which addresses may be asked, besides those of the resolvers.
    pub reach: Reach,
    /// How long the last try waits; those before it wait less.
    pub timeout: Duration,
    /// How often a silent server is asked.
    pub tries: u8,
    /// The ids of the questions.
    pub query_ids: QueryIds,
    /// What is known of the domains beside DNS.
    pub told: Told,
    /// How servers besides name servers are looked at.
    pub probing: Probing,
}

impl Settings {
    /// The system's name servers, six tries of at most three seconds (on a path that loses one packet in ten, one question in
    /// a million is not answered), the keys of the public root.
    pub fn new(query_ids: impl Fn() -> u16 + Send + Sync + 'static) -> Self {
        Self {
            resolvers: Vec::new(),
            roots: None,
            authority_port: 53,
            anchors: Anchors::iana(),
            clock: None,
            memory: Memory::default(),
            reach: Reach::LOCAL,
            timeout: Duration::from_secs(3),
            tries: 6,
            query_ids: Arc::new(query_ids),
            told: Told::default(),
            probing: Probing::default(),
        }
    }
}

/// A check of the family: what it wants to know, and what it makes of it.
trait DnsCheck: Check {
    /// What to ask of `facts.domain`, given what is known so far. Asked again as long as that brings new questions.
    fn questions(&self, facts: &Facts, profile: &Profile) -> Vec<Question>;

    /// What to look at besides, once the questions are answered. The same holds.
    fn probes(&self, _facts: &Facts, _profile: &Profile) -> Vec<Probe> {
        Vec::new()
    }

    /// The verdicts, without asking anybody anything; and what a reader is shown besides what was seen.
    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra;
}

/// Entries of the facts that explain what was seen: a policy, the keys, what is expected.
type Extra = serde_json::Map<String, serde_json::Value>;

/// What there is to judge.
struct Case<'a> {
    facts: &'a Facts,
    profile: &'a Profile,
    retry_at: Timestamp,
}

/// The checks of the family, in the order of a report.
fn checks() -> [&'static dyn DnsCheck; 10] {
    [
        &records::CHECK,
        &mail::CHECK,
        &spf::CHECK,
        &dmarc::CHECK,
        &dkim::CHECK,
        &mta_sts::CHECK,
        &tlsrpt::CHECK,
        &dane::CHECK,
        &bimi::CHECK,
        &delegation::CHECK,
    ]
}

/// Measures one domain: every name is asked once, whatever the number of checks that want it.
///
/// # Errors
/// [`CheckError::Settings`] when there is nobody to ask, or when the name has no form that can be asked for. A server
/// that does not answer is no error: it makes the rules that depend on it inconclusive.
pub async fn run(domain: &DomainName, settings: &Settings, ctx: &Context<'_>) -> Result<Report, CheckError> {
    let gathered = gather::gather(&ascii(domain)?, settings, ctx).await?;
    let case = Case {
        facts: &gathered.facts,
        profile: ctx.profile,
        retry_at: retry_at(ctx.now),
    };
    let checks: Vec<CheckReport> = gathered.inquiries.iter().map(|it| report(it, &case)).collect();
    Ok(Report {
        family: Family::Dns,
        target: domain.to_string(),
        vantage: ctx.vantage.to_owned(),
        started: ctx.now,
        ended: (ctx.clock)(),
        sha256: None,
        checks,
        stats: json!({"queries": gathered.queries, "unanswered": gathered.facts.unknown(), "servers": gathered.servers}),
    })
}

/// What a check says, with the facts that it rests on.
fn report(inquiry: &Inquiry, case: &Case<'_>) -> CheckReport {
    let mut verdicts = Verdicts::new(inquiry.check.sheet(), case.profile, Some(case.retry_at));
    let shown = inquiry.check.judge(case, &mut verdicts);
    let mut facts = case.facts.about_all(&inquiry.questions, &inquiry.probes);
    facts.extend(shown);
    verdicts.finish(facts.into())
}

fn retry_at(now: Timestamp) -> Timestamp {
    now.saturating_add(RETRY).unwrap_or(now)
}

/// The name as it travels (RFC 5891): zone lines are written with it.
///
/// # Errors
/// When it has no such form.
pub fn ascii(domain: &DomainName) -> Result<String, CheckError> {
    idna::domain_to_ascii(domain.as_str()).map_err(|_| CheckError::Settings {
        what: format!("`{domain}` has no international form"),
        remedy: "type the name as it is registered".to_owned(),
    })
}

#[cfg(test)]
mod tests;
