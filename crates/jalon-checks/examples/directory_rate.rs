//! Judges an export and prints how fast: `cargo run --release --example directory_rate -- FILE [THREADS]`.

use std::{fs::File, path::PathBuf, process::ExitCode, time::Instant};

use jalon_checks::{
    CheckError, Context,
    directory::{self, About, Entries, Settings, Source},
};
use jalon_domain::profile::{Cloud, Profile};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(file) = words.next().map(PathBuf::from) else {
        eprintln!("usage: directory_rate FILE.ldif [THREADS]");
        return ExitCode::from(2);
    };
    let threads = words.next().and_then(|it| it.parse().ok());
    match judge(file, threads) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn judge(path: PathBuf, threads: Option<usize>) -> Result<String, CheckError> {
    let unavailable = |error: std::io::Error| CheckError::Input {
        line: 1,
        what: error.to_string(),
        remedy: "check the file".to_owned(),
    };
    let mut settings = Settings {
        is_hashed: false,
        ..Settings::default()
    };
    settings.threads = threads.unwrap_or(settings.threads);
    let source = Source {
        name: "export.ldif".to_owned(),
        about: About::default(),
        entries: Entries::Export {
            reader: Box::new(File::open(&path).map_err(unavailable)?),
            format: None,
            again: File::open(&path).ok(),
        },
    };
    let profile = Profile {
        programmes: [].into(),
        services: [].into(),
        options: [].into(),
        seats: 1,
        cloud: Cloud::Worldwide,
    };
    let now = jiff::Timestamp::from_second(1_795_000_000).unwrap_or_default();
    let context = Context {
        profile: &profile,
        now,
        clock: &|| now,
        vantage: "local",
        progress: &|_| {},
    };
    let (started, mut found) = (Instant::now(), 0_u64);
    let streamed = directory::stream(vec![source], &settings, &context, &|| false, &mut |_| found += 1)?;
    let seconds = started.elapsed().as_secs_f64();
    Ok(format!(
        "threads {} seconds {seconds:.3} found {found} {}",
        settings.threads, streamed.report.stats
    ))
}
