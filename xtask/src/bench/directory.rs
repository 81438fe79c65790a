//! How fast a directory export is judged, in how much memory, and how well: `jalon check directory` beside
//! `grep -c '^dn:'`, which only looks for the beginnings of lines, on generated exports with planted defects.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use super::meter::{self, Memory};
use super::truth::{self, Judge, Score};
use super::{megabytes, table};
use crate::shell::{self, Shell};

/// How many entries the exports have. Time should grow as they do.
const SIZES: [u32; 3] = [10_000, 100_000, 1_000_000];
/// The one that every judge is tried on.
const USUAL: u32 = 100_000;
/// How many flaws 10,000 entries have.
const FLAWS: u32 = 100;
/// The best of so many runs, of the largest export fewer.
const RUNS: u32 = 5;
const LARGE_RUNS: u32 = 3;
/// What may be asked of it beside `grep`, and in memory.
const MOST_OF_GREP: f64 = 3.0;
const MOST_MEMORY: u64 = 300_000_000;

/// What is measured with what.
#[derive(Clone, Copy)]
pub(super) struct Programs<'a> {
    pub(super) shell: &'a Shell,
    /// `jalon`.
    pub(super) jalon: &'a Path,
    /// The built example that writes the exports.
    pub(super) writer: &'a Path,
}

/// A generated export and what is planted in it.
pub(super) struct Sample {
    pub(super) entries: u32,
    pub(super) file: PathBuf,
    pub(super) truth: PathBuf,
}

pub(super) fn run(programs: Programs<'_>) -> Result<()> {
    let samples = SIZES.map(|it| programs.sample(it, "ldif"));
    let samples = samples.into_iter().collect::<Result<Vec<_>>>()?;
    let rows = samples.iter().map(|it| programs.row(it));
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let title = format!(
        "Judging exports of a directory (best of {RUNS}, or {LARGE_RUNS}; at most {MOST_OF_GREP} x grep, {} MB)",
        megabytes(MOST_MEMORY)
    );
    table::print(&title, &HEAD, &rows);
    programs.compare_threads(&samples[samples.len() - 1])?;
    for sample in samples.iter().filter(|it| it.entries == USUAL) {
        programs.score(sample, &[sample.file.as_os_str().into()], &Judge::ALL)?;
    }
    samples.iter().try_for_each(Sample::remove)
}

const HEAD: [&str; 9] = [
    "entries",
    "MB",
    "grep s",
    "jalon s",
    "x grep",
    "1 thread s",
    "x grep",
    "us/entry",
    "peak MB (anonymous)",
];

impl Programs<'_> {
    /// Writes an export; it stays in the disk's cache.
    pub(super) fn sample(self, entries: u32, form: &str) -> Result<Sample> {
        let folder = shell::target()?.join("bench");
        std::fs::create_dir_all(&folder)?;
        let sample = Sample {
            entries,
            file: folder.join(format!("directory-{entries}.{form}")),
            truth: folder.join(format!("directory-{entries}.truth")),
        };
        let mut writer = self.shell.command(&self.writer.display().to_string());
        writer
            .args([&entries.to_string(), &FLAWS.to_string(), form])
            .arg(&sample.truth);
        meter::into_file(self.shell, writer, &sample.file)?;
        Ok(sample)
    }

    /// `jalon check directory`, whatever an installation of this machine says.
    pub(super) fn check(self, what: &[std::ffi::OsString], options: &[&str]) -> Command {
        let mut command = self.shell.command(&self.jalon.display().to_string());
        let names = std::env::vars_os().map(|it| it.0);
        for name in names.filter(|it| it.as_encoded_bytes().starts_with(b"JALON_")) {
            command.env_remove(name);
        }
        command
            .args(["check", "directory", "--format", "ndjson"])
            .args(options)
            .args(what);
        command
    }

    fn row(self, sample: &Sample) -> Result<Vec<String>> {
        let size = std::fs::metadata(&sample.file)?.len();
        let what = [sample.file.as_os_str().to_owned()];
        let runs = if sample.entries > USUAL { LARGE_RUNS } else { RUNS };
        let grep = self.grep(sample, runs)?;
        let all = meter::best(self.shell, runs, || self.check(&what, &[]))?;
        let one = meter::best(self.shell, runs, || self.check(&what, &["--threads", "1"]))?;
        let memory = meter::memory(self.shell, self.check(&what, &[]))?;
        Ok(cells(sample.entries, size, [grep, all, one], memory))
    }

    fn grep(self, sample: &Sample, runs: u32) -> Result<Duration> {
        let grep = || {
            let mut grep = self.shell.command("grep");
            grep.args(["-c", "^dn:"]).arg(&sample.file);
            grep
        };
        let counted = self.shell.read(&mut grep())?;
        ensure!(
            counted == sample.entries.to_string(),
            "{} has {counted} entries",
            sample.file.display()
        );
        // Into a pipe: GNU grep notices /dev/null, and stops at the first line that matches.
        let mut best = Duration::MAX;
        for _ in 0..runs {
            let started = Instant::now();
            self.shell.read(&mut grep())?;
            best = best.min(started.elapsed());
        }
        Ok(best)
    }

    /// The same findings whatever the number of threads; an error when they are not.
    fn compare_threads(self, sample: &Sample) -> Result<()> {
        let what = [sample.file.as_os_str().to_owned()];
        let mut former: Option<Vec<String>> = None;
        for threads in ["1", "2", "7"] {
            let file = sample.file.with_extension("found");
            meter::into_file(self.shell, self.check(&what, &["--threads", threads]), &file)?;
            let found = truth::sorted(&file)?;
            if former.as_ref().is_some_and(|it| *it != found) {
                bail!("{threads} threads do not find what 1 finds in {}", file.display());
            }
            former = Some(found);
            std::fs::remove_file(file)?;
        }
        let findings = former.unwrap_or_default().len();
        println!(
            "\n1, 2 and 7 threads find the same in {} entries: {findings} findings",
            sample.entries
        );
        Ok(())
    }

    /// Compares what each judge finds with what was planted.
    pub(super) fn score(self, sample: &Sample, what: &[std::ffi::OsString], judges: &[Judge]) -> Result<()> {
        let mut rows = Vec::new();
        let mut examples = Vec::new();
        for judge in judges {
            let file = sample.file.with_extension("found");
            meter::into_file(self.shell, self.check(what, &judge.arguments()), &file)?;
            let (planted, found) = (truth::planted(&sample.truth, *judge)?, truth::found(&file, *judge)?);
            let score = Score::of(&planted, &found);
            let counts = [score.planted, score.found, score.right].map(|it| it.to_string());
            let shares = [score.precision(), score.recall()];
            rows.push([vec![judge.name().to_owned()], counts.to_vec(), shares.to_vec()].concat());
            examples.extend(score.examples.iter().map(|it| format!("{}: {it}", judge.name())));
            std::fs::remove_file(file)?;
        }
        let title = format!("What is found of what is planted in {} entries", sample.entries);
        table::print(&title, &["", "planted", "found", "right", "precision", "recall"], &rows);
        examples.iter().for_each(|it| println!("  {it}"));
        Ok(())
    }
}

impl Sample {
    /// Removes what was written.
    pub(super) fn remove(&self) -> Result<()> {
        Ok([&self.file, &self.truth]
            .into_iter()
            .try_for_each(std::fs::remove_file)?)
    }
}

fn cells(entries: u32, size: u64, [grep, all, one]: [Duration; 3], memory: Memory) -> Vec<String> {
    let seconds = |it: Duration| format!("{:.3}", it.as_secs_f64());
    let ratio = |it: Duration| format!("{:.2}", it.as_secs_f64() / grep.as_secs_f64());
    vec![
        table::thousands(f64::from(entries)),
        megabytes(size),
        seconds(grep),
        seconds(all),
        ratio(all),
        seconds(one),
        ratio(one),
        format!("{:.2}", all.as_secs_f64() * 1e6 / f64::from(entries)),
        format!("{} ({})", megabytes(memory.resident), megabytes(memory.anonymous)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_how_many_times_grep_it_takes() {
        let times = [100, 250, 400].map(Duration::from_millis);
        let memory = Memory {
            resident: 64_000_000,
            anonymous: 32_000_000,
        };
        let row = cells(100_000, 45_000_000, times, memory);
        assert_eq!(row.len(), HEAD.len());
        assert_eq!(
            row,
            [
                "100 000",
                "45.0",
                "0.100",
                "0.250",
                "2.50",
                "0.400",
                "4.00",
                "2.50",
                "64.0 (32.0)"
            ]
        );
    }
}
