//! Asking: every question of every check, each once, many at a time. Nothing here knows what an answer is worth.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc};

use futures::{StreamExt, stream};
use jalon_domain::{profile::Profile, text::Text};
use jalon_wire::dns::{Answer, DnsError, Resolver, Security, Status, system_servers};

use super::{
    DnsCheck, Facts, Question, Seen, Settings, checks, delegation, mail,
    probe::{Probe, Prober},
    spf,
};
use crate::{CheckError, Context, Doubt, Progress};

/// Questions under way at the same time.
const AT_ONCE: usize = 32;
/// Rounds of new questions: SPF may lead ten look-ups deep (RFC 7208, section 4.6.4).
const ROUNDS: usize = 12;
/// Questions in all, whatever a hostile zone leads to. What SPF, delegations and mail servers lead to have bounds of their own, so
/// that they take no room from the others.
const MOST_QUESTIONS: usize = 160 + delegation::MOST_QUESTIONS + spf::tree::MOST_QUESTIONS + mail::MOST_QUESTIONS;
/// Looks at servers in all.
const MOST_PROBES: usize = 48;

/// The facts, what each check rests on, how many questions that took, and who was asked.
pub(super) struct Gathered {
    pub(super) facts: Facts,
    pub(super) inquiries: Vec<Inquiry>,
    pub(super) queries: usize,
    pub(super) servers: Vec<SocketAddr>,
}

/// A check, what it asked, and where it looked.
pub(super) struct Inquiry {
    pub(super) check: &'static dyn DnsCheck,
    pub(super) questions: Vec<Question>,
    pub(super) probes: Vec<Probe>,
    /// What it asks follows from what came of its own questions and looks: once all of them are known, there are no others.
    is_done: bool,
}

impl Inquiry {
    pub(super) fn of(check: &'static dyn DnsCheck) -> Self {
        Self {
            check,
            questions: Vec::new(),
            probes: Vec::new(),
            is_done: false,
        }
    }

    /// What it wants to know and does not yet.
    pub(super) fn open_questions(&mut self, facts: &Facts, profile: &Profile) -> Vec<Question> {
        if self.is_done {
            return Vec::new();
        }
        self.questions = self.check.questions(facts, profile);
        let open: Vec<Question> = self.questions.iter().filter(|it| !facts.knows(it)).cloned().collect();
        self.is_done = open.is_empty();
        open
    }

    /// Where it wants to look and has not yet.
    pub(super) fn open_probes(&mut self, facts: &Facts, profile: &Profile) -> Vec<Probe> {
        self.probes = self.check.probes(facts, profile);
        let open: Vec<Probe> = self.probes.iter().filter(|it| !facts.has_looked(it)).cloned().collect();
        self.is_done &= open.is_empty();
        open
    }
}

pub(super) async fn gather(domain: &str, settings: &Settings, ctx: &Context<'_>) -> Result<Gathered, CheckError> {
    let resolver = resolver(settings)?;
    // Bad roots are told before anything is asked.
    let prober = Prober::new(&settings.probing)?;
    let mut facts = Facts::new(domain).with(settings.told.clone());
    facts.port = settings.authority_port;
    facts.mail_servers = settings.probing.mail_servers;
    let mut inquiries: Vec<Inquiry> = checks().into_iter().map(Inquiry::of).collect();
    let mut queries = 0;
    for _ in 0..ROUNDS {
        let open = open_questions(&mut inquiries, &facts, ctx);
        if !open.is_empty() {
            queries += ask(&resolver, open, &mut facts, ctx).await;
            continue;
        }
        let probes = open_probes(&mut inquiries, &facts, ctx);
        if probes.is_empty() {
            break;
        }
        look(&prober, probes, &mut facts, ctx).await;
    }
    Ok(Gathered {
        facts,
        inquiries,
        queries,
        servers: if settings.roots.is_some() {
            Vec::new()
        } else {
            resolver.servers()
        },
    })
}

/// Who is asked, as the settings say.
///
/// # Errors
/// When they name nobody and the system knows nobody either.
pub fn resolver(settings: &Settings) -> Result<Resolver, CheckError> {
    let ids = settings.query_ids.clone();
    let ids = move || ids();
    let mut resolver = match &settings.roots {
        Some(roots) => Resolver::authoritative(roots.clone().with_port(settings.authority_port), ids),
        None => Resolver::new(servers(settings)?, ids),
    };
    if let Some(clock) = &settings.clock {
        resolver = resolver.with_clock(Arc::clone(clock));
    }
    Ok(resolver
        .with_memory(settings.memory.clone())
        .with_anchors(settings.anchors.clone())
        .with_reach(settings.reach)
        .with_timeout(settings.timeout)
        .with_tries(settings.tries))
}

fn servers(settings: &Settings) -> Result<Vec<SocketAddr>, CheckError> {
    if !settings.resolvers.is_empty() {
        return Ok(settings.resolvers.clone());
    }
    system_servers().map_err(|error| CheckError::Settings {
        what: error.to_string(),
        remedy: "name one with --resolver IP:PORT, or ask the servers of each zone with --authoritative".to_owned(),
    })
}

/// In order, each once.
fn open_questions(inquiries: &mut [Inquiry], facts: &Facts, ctx: &Context<'_>) -> Vec<Question> {
    let open = inquiries
        .iter_mut()
        .flat_map(|it| it.open_questions(facts, ctx.profile));
    let mut open: Vec<Question> = open.collect();
    open.sort_unstable();
    open.dedup();
    open.truncate(MOST_QUESTIONS.saturating_sub(facts.len()));
    open
}

/// Asks, and says how many questions that took. Those for an alias wait for the others of its name, which tell it on the way; where
/// they do not, it is asked for in the next round.
async fn ask(resolver: &Resolver, open: Vec<Question>, facts: &mut Facts, ctx: &Context<'_>) -> usize {
    let on_the_way: BTreeSet<Question> = open.iter().filter_map(Question::alias_on_the_way).collect();
    let (waiting, questions): (Vec<_>, Vec<_>) = open.into_iter().partition(|it| on_the_way.contains(it));
    let (put, total) = (questions.len(), facts.len() + questions.len() + waiting.len());
    let mut answers = stream::iter(questions)
        .map(|question| async move {
            let (name, kind) = (question.name.as_str(), question.kind());
            let answer = match question.server() {
                Some(server) => resolver.ask_authority(server, name, kind).await,
                None if question.is_validated() => resolver.lookup_validated(name, kind).await,
                None => resolver.lookup(name, kind).await,
            };
            (question, answer)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((question, answer)) = answers.next().await {
        let alias = question.alias_on_the_way().filter(|it| waiting.contains(it));
        if let Some((alias, seen)) = alias.zip(answer.as_ref().ok().and_then(alias_seen)) {
            facts.learn(alias, seen);
        }
        facts.learn(question, seen(answer));
        let what = Text::new("asking name servers", "interrogation des serveurs de noms");
        (ctx.progress)(Progress {
            done: facts.len() as u64,
            total: Some(total as u64),
            what,
        });
    }
    put
}

/// What an answer tells of an alias at the name itself. Where it has records and no alias, there may be one all the same: some
/// providers follow theirs before they answer.
fn alias_seen(answer: &Answer) -> Option<Seen> {
    let (chain, security) = (Vec::new(), Security::default());
    match &answer.alias {
        Some(alias) => Some(Seen::Found {
            records: vec![alias.clone()],
            chain,
            security,
        }),
        None if answer.status == Status::Found => None,
        None => Some(Seen::Absent { chain, security }),
    }
}

fn open_probes(inquiries: &mut [Inquiry], facts: &Facts, ctx: &Context<'_>) -> BTreeSet<Probe> {
    let open = inquiries.iter_mut().flat_map(|it| it.open_probes(facts, ctx.profile));
    let open: BTreeSet<Probe> = open.collect();
    let room = MOST_PROBES.saturating_sub(facts.sights.len());
    open.into_iter().take(room).collect()
}

async fn look(prober: &Prober<'_>, probes: BTreeSet<Probe>, facts: &mut Facts, ctx: &Context<'_>) {
    let total = probes.len() as u64;
    let mut looks = stream::iter(probes)
        .map(|probe| async move {
            let sight = prober.look(&probe, ctx.now).await;
            (probe, sight)
        })
        .buffer_unordered(AT_ONCE);
    let mut seen = Vec::new();
    while let Some(look) = looks.next().await {
        seen.push(look);
        let what = Text::new("looking at servers", "examen des serveurs");
        (ctx.progress)(Progress {
            done: seen.len() as u64,
            total: Some(total),
            what,
        });
    }
    drop(looks);
    seen.into_iter().for_each(|(probe, sight)| facts.see(probe, sight));
}

pub(super) fn seen(answer: Result<Answer, DnsError>) -> Seen {
    let error = match answer {
        Ok(Answer {
            status: Status::Found,
            records,
            chain,
            security,
            ..
        }) => {
            return Seen::Found {
                records,
                chain,
                security,
            };
        }
        Ok(Answer { chain, security, .. }) => return Seen::Absent { chain, security },
        Err(DnsError::CnameLoop { chain, .. }) => return Seen::Looped { chain },
        Err(error) => error,
    };
    Seen::Unknown {
        reason: doubt(&error),
        detail: error.to_string(),
    }
}

/// Why nothing is known.
pub(super) fn doubt(error: &DnsError) -> Doubt {
    match error {
        DnsError::Timeout { .. } | DnsError::Silent { .. } => Doubt::Timeout,
        DnsError::Refused { .. } => Doubt::Refused,
        DnsError::ServFail { .. } | DnsError::OtherCode { .. } | DnsError::Astray { .. } => Doubt::ServerFailure,
        DnsError::OutOfReach(_) => Doubt::Forbidden,
        DnsError::NotResponsible { .. } => Doubt::NotResponsible,
        DnsError::Malformed { .. } => Doubt::Unreadable,
        DnsError::BadName { .. } => Doubt::BadName,
        DnsError::Unreachable { .. } | DnsError::NoServers | DnsError::CnameLoop { .. } => Doubt::Unreachable,
    }
}
