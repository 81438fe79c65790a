//! What a server with a hundred engagements costs on each database: its two heaviest pages beside a handler that does
//! nothing, its cold start, its memory.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::engine::Engine;
use super::fill::{self, ENGAGEMENTS, ENTRIES};
use super::server::Server;
use super::wrk::{self, CONNECTIONS, Rate, SECONDS};
use super::{megabytes, table};
use crate::lab;
use crate::shell::{self, Shell};

/// The best of so many starts: others may be disturbed.
const STARTS: u32 = 5;
/// How long a server rests before it counts as idle.
const REST: Duration = Duration::from_secs(1);

/// What was measured on one engine.
struct Figures {
    engine: &'static str,
    /// By name; the bare handler comes first.
    rates: Vec<(&'static str, Rate)>,
    /// The first start, which makes the database.
    first: Duration,
    /// The best start on the full database.
    cold: Duration,
    /// Bytes in RAM after a start.
    idle: u64,
    /// Bytes in RAM after all pages.
    loaded: u64,
}

pub(super) fn run(shell: &Shell, program: &Path) -> Result<()> {
    lab::install(shell)?;
    let folder = shell::target()?.join("bench");
    // One after the other, so that neither engine has the other beside it.
    let all = [
        measure(shell, program, &Engine::sqlite(&folder)?)?,
        measure(shell, program, &Engine::postgres(shell, &folder)?)?,
    ];
    print(&all);
    Ok(())
}

fn measure(shell: &Shell, program: &Path, engine: &Engine) -> Result<Figures> {
    eprintln!("{}: creating and measuring {ENGAGEMENTS} engagements", engine.name);
    let (server, first) = Server::start(program, engine)?;
    let session = fill::administrator(&server)?;
    drop(server);
    let ids = fill::engagements(shell, program, engine)?;
    let (server, _) = Server::start(program, engine)?;
    fill::measure(&server, &session, &ids)?;
    drop(server);

    let (server, cold) = best_start(program, engine)?;
    std::thread::sleep(REST);
    let idle = server.memory()?;
    let overview = format!("/e/{}", ids[ids.len() / 2]);
    let pages = [
        ("bare handler", "/healthz".to_owned()),
        ("overview", overview.clone()),
        ("responsibilities", format!("{overview}/responsibilities")),
    ];
    let mut rates = Vec::new();
    for (name, path) in pages {
        eprintln!("{}: {name}", engine.name);
        rates.push((name, wrk::page(shell, &server.address, &path, &session.cookie)?));
    }
    Ok(Figures {
        engine: engine.name,
        rates,
        first,
        cold,
        idle,
        loaded: server.memory()?,
    })
}

/// The last server that was started, and the shortest time that one took.
fn best_start(program: &Path, engine: &Engine) -> Result<(Server, Duration)> {
    let mut best = Duration::MAX;
    for _ in 1..STARTS {
        best = best.min(Server::start(program, engine)?.1);
    }
    let (server, took) = Server::start(program, engine)?;
    Ok((server, best.min(took)))
}

fn print(all: &[Figures]) {
    let title = format!(
        "Pages of one of {ENGAGEMENTS} engagements, each with {ENTRIES} findings (wrk, {CONNECTIONS} connections, {SECONDS} s)"
    );
    let rows: Vec<_> = all.iter().flat_map(rows).collect();
    table::print(&title, &["", "requests/s", "p99 (ms)", "of the bare handler"], &rows);

    let head = [
        "",
        "first start (ms)",
        "cold start (ms)",
        "idle memory (MB)",
        "after load (MB)",
    ];
    let row = |it: &Figures| {
        vec![
            it.engine.to_owned(),
            ms(it.first),
            ms(it.cold),
            megabytes(it.idle),
            megabytes(it.loaded),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    table::print(
        &format!("Start (the cold one is the best of {STARTS}) and memory"),
        &head,
        &rows,
    );
}

fn rows(of: &Figures) -> impl Iterator<Item = Vec<String>> {
    let bare = of.rates.first().map_or(f64::NAN, |it| it.1.requests);
    of.rates.iter().map(move |(name, rate)| {
        vec![
            format!("{}, {name}", of.engine),
            table::thousands(rate.requests),
            ms(rate.p99),
            format!("{:.1} %", rate.requests / bare * 100.0),
        ]
    })
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_stands_beside_the_bare_handler() {
        let rate = |requests| Rate {
            requests,
            p99: Duration::from_micros(1_540),
        };
        let figures = Figures {
            engine: "SQLite",
            rates: vec![("bare handler", rate(20_000.0)), ("overview", rate(1_500.0))],
            first: Duration::ZERO,
            cold: Duration::ZERO,
            idle: 0,
            loaded: 0,
        };
        let expected = [
            ["SQLite, bare handler", "20 000", "1.5", "100.0 %"],
            ["SQLite, overview", "1 500", "1.5", "7.5 %"],
        ];
        assert_eq!(rows(&figures).collect::<Vec<_>>(), expected);
    }
}
