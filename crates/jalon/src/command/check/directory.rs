//! `jalon check directory`: an export of a directory, judged while it is read.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use jalon_checks::{Context, Progress, directory, finding};
use jalon_domain::finding::Defect;

use super::{Judging, progress::Bar, show};
use crate::{
    exit::{Exit, Failure, Result},
    out::{Format, Out},
    profile::plain_mail,
    world,
};

/// Check a directory export before it is synchronised: LDIF or CSV, gzipped or not
#[derive(Args)]
pub(crate) struct Directory {
    /// The export; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// People sign in with another attribute (alternate login ID): userPrincipalName is not judged
    #[arg(long)]
    alternate_login_id: bool,
    #[command(flatten)]
    judging: Judging,
}

/// What is read, and what to call it.
struct Input {
    name: String,
    reader: Box<dyn Read + Send>,
    size: Option<u64>,
}

impl Directory {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let input = open(&self.file)?;
        let settings = directory::Settings {
            alternate_login_id: self.alternate_login_id,
            total_bytes: input.size,
            ..directory::Settings::default()
        };
        let (profile, bar) = (plain_mail(), Bar::of_bytes(out, input.size));
        let progress = |it: Progress| bar.reach(it.done);
        let context = Context {
            profile: &profile,
            now: world::now(),
            clock: &world::now,
            vantage: "local",
            progress: &progress,
        };
        let name = input.name.clone();
        let judged = match self.judging.printed.format {
            Format::Ndjson => stream(out, &self.judging, &bar, input, &settings, &context),
            _ => whole(out, &self.judging, &bar, input, &settings, &context),
        };
        bar.end();
        judged.map_err(|it| it.at(&name))
    }
}

/// Reads everything, then shows it.
fn whole(
    out: &mut Out,
    judging: &Judging,
    bar: &Bar,
    input: Input,
    settings: &directory::Settings,
    ctx: &Context<'_>,
) -> Result {
    let report = directory::run(&input.name, input.reader, settings, ctx, &|| false)?;
    bar.end();
    show::begin(out, judging)?;
    show::report(out, judging, &report, true)?;
    Ok(report.outcome(judging.fail_on).into())
}

/// Prints each finding as it is found, then one last line with the outcome.
fn stream(
    out: &mut Out,
    judging: &Judging,
    bar: &Bar,
    input: Input,
    settings: &directory::Settings,
    ctx: &Context<'_>,
) -> Result {
    let mut printed: Result<()> = Ok(());
    let mut print = |it: Defect| {
        if printed.is_ok() {
            printed = bar.aside(|| out.json(&finding(&it)).and_then(|()| out.send()));
        }
    };
    let streamed = directory::stream(&input.name, input.reader, settings, ctx, &|| false, &mut print)?;
    printed?;
    out.json(&streamed.document(judging.fail_on))?;
    Ok(Exit::from(streamed.outcome(judging.fail_on)))
}

fn open(path: &Path) -> Result<Input> {
    if path == Path::new("-") {
        return Ok(Input {
            name: "-".to_owned(),
            reader: Box::new(io::stdin()),
            size: None,
        });
    }
    let unavailable = |error| Failure::io(path, &error);
    let file = File::open(path).map_err(unavailable)?;
    let about = file.metadata().map_err(unavailable)?;
    if about.is_dir() {
        return Err(unavailable(io::ErrorKind::IsADirectory.into()));
    }
    let size = about.is_file().then_some(about.len());
    Ok(Input {
        name: path.display().to_string(),
        reader: Box::new(file),
        size,
    })
}
