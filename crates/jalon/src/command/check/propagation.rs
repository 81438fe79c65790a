//! `jalon check propagation`: whether a change of a zone has arrived everywhere.

use std::{path::PathBuf, time::Duration};

use clap::Args;
use jalon_checks::dns::{
    self,
    change::Plan,
    propagation::{Picture, Role, Server, Wanted, Watch, authorities},
};
use jalon_domain::engagement::DomainName;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::each::context;
use crate::{
    asking::Asking,
    cli::patience,
    command::fix::read_plan,
    exit::{Exit, Failure, Result},
    out::{self, Format, Out, Printed},
    profile::Judged,
    progress::Bar,
    signal::StopSignals,
    world,
};

/// Ask every name server of a domain, and resolvers, whether they show the same
///
/// Without more, the records that the check of the domain looks at; with --plan, what `jalon fix dns` changed. What counts is
/// what the authoritative server with the newest zone says, or the plan. The name servers that are asked otherwise (--resolver)
/// are asked too. Exit codes: 0 seen everywhere; 1 a server shows
/// something else; 2 usage, configuration or unreadable input; 3 a server did not answer.
#[derive(Args)]
pub(crate) struct Propagation {
    /// The domain, such as contoso.example
    #[arg(value_name = "DOMAIN", value_parser = DomainName::parse)]
    domain: DomainName,
    /// A record set to look for, such as "TXT contoso.example", again for another
    #[arg(long = "record", id = "records", value_name = "TYPE NAME", value_parser = record, conflicts_with = "plan")]
    records: Vec<Wanted>,
    /// Look for what this plan changes
    #[arg(long, value_name = "PLAN.json")]
    plan: Option<PathBuf>,
    #[command(flatten)]
    asking: Asking,
    /// Ask again until it is seen everywhere
    #[arg(long)]
    watch: bool,
    /// How often to ask while watching
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = patience, requires = "watch")]
    every: Duration,
    /// How long to watch at most
    #[arg(long = "for", id = "at_most", value_name = "TIME", default_value = "1h", value_parser = hours, requires = "watch")]
    at_most: Duration,
    #[command(flatten)]
    judged: Judged,
    #[command(flatten)]
    printed: Printed,
}

/// The columns of what a server shows instead.
const ELSEWHERE: [&str; 6] = ["record", "server", "address", "role", "shows", "until"];

impl Propagation {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let settings = self.asking.settings()?;
        let domain = dns::ascii(&self.domain)?;
        // Whoever asks the zones' own servers wants no resolver asked unless it is named.
        let asked = match settings.roots {
            Some(_) => Vec::new(),
            None => dns::resolver(&settings)?.servers(),
        };
        let authorities = authorities(&domain, &settings).await?;
        for it in &authorities.unknown {
            let args = [("server", it.as_str().into()), ("domain", domain.as_str().into())];
            out::complain(&out.say("propagation-unasked", &args));
        }
        if authorities.servers.is_empty() {
            out::complain(&out.say("propagation-nobody", &[("domain", domain.as_str().into())]));
        }
        let is_whole = authorities.is_whole();
        let mut servers = authorities.servers;
        servers.extend(asked.into_iter().map(|address| Server {
            name: address.ip().to_string(),
            address,
            role: Role::Resolver,
        }));
        let watch = Watch {
            wanted: self.wanted(&settings).await?,
            domain,
            servers,
            is_whole,
        };
        if watch.wanted.is_empty() {
            return Err(Failure::new(
                "propagation-nothing",
                &[("domain", self.domain.as_str().into())],
            ));
        }
        let picture = self.watched(out, &watch, &settings).await?;
        if self.printed.format != Format::Ndjson {
            show(out, self.printed.format, &picture)?;
        }
        Ok(if picture.is_everywhere() {
            Exit::Fine
        } else if picture.differs() {
            Exit::Found
        } else {
            Exit::Unsure
        })
    }

    async fn wanted(&self, settings: &dns::Settings) -> Result<Vec<Wanted>> {
        if let Some(path) = &self.plan {
            return Ok(Wanted::of_changes(&read_plan(path)?));
        }
        if !self.records.is_empty() {
            return Ok(self.records.clone());
        }
        let profile = self.judged.profile()?;
        let report = dns::run(&self.domain, settings, &context(&profile)).await?;
        Ok(Wanted::of_published(&Plan::of(&report, |_| false)))
    }

    /// The picture now, or the one that ends the watch: seen everywhere, the time is over, or somebody stopped it.
    async fn watched(&self, out: &mut Out, watch: &Watch, settings: &dns::Settings) -> Result<Picture> {
        let bar = Bar::of_answers(out, watch.wanted.len() * watch.servers.len());
        let mut signals = self.watch.then(StopSignals::listen).transpose()?;
        let mut turn = interval(self.every);
        turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
        turn.tick().await;
        let end = Instant::now() + self.at_most;
        loop {
            let picture = watch.look(settings, world::now()).await;
            bar.reach(picture.progress().0 as u64);
            if self.printed.format == Format::Ndjson {
                out.json(&document(&picture))?;
                out.send()?;
            }
            let is_over = match &mut signals {
                None => true,
                Some(_) if picture.is_everywhere() => true,
                Some(signals) => tokio::select! {
                    _ = turn.tick() => false,
                    () = sleep_until(end) => true,
                    () = signals.asked() => true,
                },
            };
            if is_over {
                bar.end();
                return Ok(picture);
            }
        }
    }
}

fn document(picture: &Picture) -> Value {
    let mut document = json!({"schema": "jalon.propagation/1", "everywhere": picture.is_everywhere()});
    if let (Value::Object(document), Ok(Value::Object(told))) = (&mut document, serde_json::to_value(picture)) {
        document.extend(told);
    }
    document
}

fn show(out: &mut Out, format: Format, picture: &Picture) -> Result<()> {
    match format {
        Format::Json | Format::Ndjson => out.pretty(&document(picture))?,
        Format::Csv => {
            out.csv(&ELSEWHERE)?;
            elsewhere(picture, out)
                .iter()
                .try_for_each(|it| out.row(&ELSEWHERE, it))?;
        }
        Format::Table => tables(out, picture)?,
    }
    out.send()
}

fn tables(out: &mut Out, picture: &Picture) -> Result<()> {
    let (seen, of) = picture.progress();
    let key = if picture.is_everywhere() {
        "propagation-everywhere"
    } else {
        "propagation-partly"
    };
    let args = [
        ("domain", picture.domain.as_str().into()),
        ("seen", seen.into()),
        ("of", of.into()),
    ];
    out.tell(key, &args)?;
    out.line("")?;
    let seen = |it: &dns::propagation::SetPicture| {
        json!({
            "record": format!("{} {}", it.kind, it.name),
            "seen": out.say("propagation-seen", &[("seen", it.seen.into()), ("of", it.of.into())]),
            "shows": it.expected.join(", "),
        })
    };
    let rows: Vec<Value> = picture.sets.iter().map(seen).collect();
    out.table(&["record", "seen", "shows"], &rows)?;
    let rows = elsewhere(picture, out);
    if !rows.is_empty() {
        out.line("")?;
        out.table(&ELSEWHERE, &rows)?;
    }
    if picture.has_serials_apart() {
        out.line("")?;
        let serial = |it: &dns::propagation::Serial| json!({"server": it.server.name, "address": it.server.address, "serial": it.serial});
        let rows: Vec<Value> = picture.serials.iter().map(serial).collect();
        out.table(&["server", "address", "serial"], &rows)?;
    }
    match picture.until() {
        Some(until) => out.tell("propagation-until", &[("until", local(until).into())]),
        None => Ok(()),
    }
}

/// A row for each server that does not show what is expected.
fn elsewhere(picture: &Picture, out: &Out) -> Vec<Value> {
    let mut rows = Vec::new();
    for set in &picture.sets {
        for it in &set.elsewhere {
            let shows = match it.unknown {
                Some(doubt) => doubt.code().to_owned(),
                None if it.values.is_empty() => out.say("propagation-absent", &[]),
                None => it.values.join(", "),
            };
            rows.push(json!({
                "record": format!("{} {}", set.kind, set.name),
                "server": it.server.name,
                "address": it.server.address,
                "role": it.server.role.name(),
                "shows": shows,
                "until": it.until.map(local),
            }));
        }
    }
    rows
}

/// The time of day where one is: what runs out does so today or tomorrow.
fn local(at: jiff::Timestamp) -> String {
    at.to_zoned(TimeZone::system())
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string()
}

fn record(raw: &str) -> std::result::Result<Wanted, String> {
    let expected = || "expected a type and a name, such as \"TXT contoso.example\"".to_owned();
    let (kind, name) = raw.trim().split_once(' ').ok_or_else(expected)?;
    let wanted = Wanted {
        name: jalon_wire::dns::canonical(name).map_err(|it| it.to_string())?,
        kind: kind.to_ascii_uppercase(),
        expected: None,
        part: None,
    };
    wanted.record_type().ok_or_else(expected)?;
    Ok(wanted)
}

/// `1h`, `90s`: at most a week.
fn hours(raw: &str) -> std::result::Result<Duration, String> {
    let span = raw.parse::<jiff::SignedDuration>().ok();
    span.and_then(|it| Duration::try_from(it).ok())
        .filter(|it| (Duration::from_secs(1)..=Duration::from_secs(7 * 86_400)).contains(it))
        .ok_or_else(|| "expected between 1s and 168h, such as 1h".to_owned())
}
