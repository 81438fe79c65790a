//! The account of a task in steps: what was done, how long it took, how many tests passed; printed once, at the end.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::shell::Shell;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
}

impl Tally {
    /// Reads the line in which a test program sums up (`test result: ok. 3 passed; 0 failed; …` or `3 passed, 0 failed`);
    /// any other line is worth nothing.
    #[must_use]
    pub fn of_line(line: &str) -> Self {
        let sum = line.strip_prefix("test result:").unwrap_or(line);
        let sum = sum.trim().trim_start_matches("ok. ").trim_start_matches("FAILED. ");
        let mut parts = sum.split([';', ',']).map(|part| part.trim().split_once(' '));
        match (parts.next().flatten(), parts.next().flatten()) {
            (Some((passed, "passed")), Some((failed, "failed"))) => match (passed.parse(), failed.parse()) {
                (Ok(passed), Ok(failed)) => Self { passed, failed },
                _ => Self::default(),
            },
            _ => Self::default(),
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

/// One thing done.
struct Step {
    name: &'static str,
    took: Duration,
    tally: Tally,
    failed: bool,
}

/// Something failed, and the account has said what: there is nothing left to say.
#[derive(Debug)]
pub struct Failed;

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("something failed")
    }
}

impl std::error::Error for Failed {}

/// What a task did so far.
pub struct Report {
    started: Instant,
    steps: Vec<Step>,
}

impl Report {
    /// An empty account; the clock starts.
    #[must_use]
    #[expect(
        clippy::new_without_default,
        reason = "the clock starts here: that should be seen where it is called"
    )]
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            steps: Vec::new(),
        }
    }

    /// Does one step, notes it, and says what went wrong at once. Returns whether it went well.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        self.keep(name, work).is_some()
    }

    /// Like [`Report::step`], for a step that leaves something the next ones need.
    pub fn keep<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        let started = announce(name);
        let outcome = work();
        self.note(name, started, Tally::default(), outcome.as_ref().err());
        outcome.ok()
    }

    /// Runs a program that runs tests, and counts them.
    pub fn tests(&mut self, name: &'static str, shell: &Shell, command: &mut std::process::Command) -> bool {
        let started = announce(name);
        let mut tally = Tally::default();
        let outcome = shell
            .echo(command, |line| tally = tally.plus(Tally::of_line(line)))
            .and_then(|status| {
                if status.success() {
                    Ok(())
                } else {
                    bail!("{name} ended with {status}")
                }
            });
        self.note(name, started, tally, outcome.as_ref().err());
        outcome.is_ok()
    }

    fn note(&mut self, name: &'static str, started: Instant, tally: Tally, error: Option<&anyhow::Error>) {
        if let Some(error) = error {
            eprintln!("✗ {name}: {error:#}");
        }
        self.steps.push(Step {
            name,
            took: started.elapsed(),
            tally,
            failed: error.is_some(),
        });
    }

    /// Tests that passed and failed; a step that failed without a failing test to show for it counts as one.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let of_step = |step: &Step| Tally {
            passed: step.tally.passed,
            failed: step.tally.failed.max(u32::from(step.failed)),
        };
        self.steps.iter().map(of_step).fold(Tally::default(), Tally::plus)
    }

    /// Prints the account, last line `N passed, M failed`.
    ///
    /// # Errors
    /// [`Failed`] when anything failed.
    pub fn close(self) -> Result<()> {
        println!();
        for step in &self.steps {
            let mark = if step.failed { '✗' } else { '✓' };
            let took = format!("{:.1} s", step.took.as_secs_f64());
            let tests = match step.tally {
                Tally { passed: 0, failed: 0 } => String::new(),
                Tally { passed, failed } => format!("   {passed} passed, {failed} failed"),
            };
            println!("{mark} {:<16}{took:>10}{tests}", step.name);
        }
        let Tally { passed, failed } = self.tally();
        println!("  {:<16}{:>8.1} s", "in all", self.started.elapsed().as_secs_f64());
        println!("{passed} passed, {failed} failed");
        ensure!(failed == 0, Failed);
        Ok(())
    }
}

fn announce(name: &str) -> Instant {
    eprintln!("── {name}");
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, passed: u32, failed: u32) {
        assert_eq!(Tally::of_line(line), Tally { passed, failed });
    }

    #[test]
    fn the_sums_of_cargo_and_of_the_browser_tests_are_read() {
        check(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s",
            12,
            0,
        );
        check(
            "test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
            11,
            1,
        );
        check("7 passed, 2 failed", 7, 2);
    }

    #[test]
    fn other_lines_count_for_nothing() {
        check("running 12 tests", 0, 0);
        check("test dns::a_timeout_is_inconclusive ... ok", 0, 0);
        check("many passed, none failed", 0, 0);
    }

    #[test]
    fn a_step_that_fails_without_a_failing_test_counts_as_one_failure() {
        let mut report = Report::new();
        assert!(!report.step("lints", || bail!("a warning")));
        assert!(report.step("format", || Ok(())));
        assert_eq!(report.tally(), Tally { passed: 0, failed: 1 });
        assert!(report.close().is_err());
    }
}
