//! Asking: every question of every check, each once, many at a time. Nothing here knows what an answer is worth.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc};

use futures::{StreamExt, stream};
use jalon_domain::text::Text;
use jalon_wire::dns::{Answer, DnsError, Resolver, Status, system_servers};

use super::{
    Facts, Question, Seen, Settings, delegation, mail,
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

/// The facts, and who was asked for them.
pub(super) struct Gathered {
    pub(super) facts: Facts,
    pub(super) servers: Vec<SocketAddr>,
}

pub(super) async fn gather(domain: &str, settings: &Settings, ctx: &Context<'_>) -> Result<Gathered, CheckError> {
    let resolver = resolver(settings)?;
    // Bad roots are told before anything is asked.
    let prober = Prober::new(&settings.probing)?;
    let mut facts = Facts::new(domain).with(settings.told.clone());
    facts.port = settings.authority_port;
    facts.mail_servers = settings.probing.mail_servers;
    for _ in 0..ROUNDS {
        let questions = open_questions(&facts, ctx);
        if !questions.is_empty() {
            ask(&resolver, questions, &mut facts, ctx).await;
            continue;
        }
        let probes = open_probes(&facts, ctx);
        if probes.is_empty() {
            break;
        }
        look(&prober, probes, &mut facts, ctx).await;
    }
    Ok(Gathered {
        facts,
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

fn open_questions(facts: &Facts, ctx: &Context<'_>) -> BTreeSet<Question> {
    let wanted = super::checks()
        .into_iter()
        .flat_map(|it| it.questions(facts, ctx.profile));
    let room = MOST_QUESTIONS.saturating_sub(facts.len());
    let open: BTreeSet<Question> = wanted.filter(|it| !facts.knows(it)).collect();
    open.into_iter().take(room).collect()
}

async fn ask(resolver: &Resolver, questions: BTreeSet<Question>, facts: &mut Facts, ctx: &Context<'_>) {
    let total = (facts.len() + questions.len()) as u64;
    let mut answers = stream::iter(questions)
        .map(|question| async move {
            let (name, kind) = (question.name.as_str(), question.kind());
            let answer = match question.server() {
                Some(server) => resolver.ask_authority(server, name, kind).await,
                None if question.is_validated() => resolver.lookup_validated(name, kind).await,
                None => resolver.lookup(name, kind).await,
            };
            (question, seen(answer))
        })
        .buffer_unordered(AT_ONCE);
    while let Some((question, seen)) = answers.next().await {
        facts.learn(question, seen);
        let what = Text::new("asking name servers", "interrogation des serveurs de noms");
        (ctx.progress)(Progress {
            done: facts.len() as u64,
            total: Some(total),
            what,
        });
    }
}

fn open_probes(facts: &Facts, ctx: &Context<'_>) -> BTreeSet<Probe> {
    let wanted = super::checks().into_iter().flat_map(|it| it.probes(facts, ctx.profile));
    let open: BTreeSet<Probe> = wanted.filter(|it| !facts.has_looked(it)).collect();
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
