//! Progress bars: on standard error, on a terminal only, never when quiet.

use std::{io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::out::Out;

/// How often it is drawn, a second.
const RATE: u8 = 10;

/// A bar, or nothing where none is wanted.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar of so many targets; one target needs none.
    pub(crate) fn of_targets(out: &Out, count: usize) -> Self {
        let shown = count > 1 && is_wanted(out);
        Self::new(shown, Some(count as u64), "{bar:30} {pos}/{len} {per_sec} {eta}")
    }

    /// A bar of so many bytes, or a count of them where their number is not known.
    pub(crate) fn of_bytes(out: &Out, total: Option<u64>) -> Self {
        let template = match total {
            Some(_) => "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}",
            None => "{spinner} {bytes} {bytes_per_sec}",
        };
        Self::new(is_wanted(out), total, template)
    }

    /// A bar of so many answers of name servers.
    pub(crate) fn of_answers(out: &Out, count: usize) -> Self {
        Self::new(is_wanted(out), Some(count as u64), "{bar:30} {pos}/{len} {elapsed}")
    }

    /// A bar of so many objects to change.
    pub(crate) fn of_objects(out: &Out, count: usize) -> Self {
        Self::new(
            is_wanted(out),
            Some(count as u64),
            "{bar:30} {pos}/{len} {per_sec} {eta}",
        )
    }

    /// A count of steps whose number is not known.
    pub(crate) fn of_steps(out: &Out) -> Self {
        Self::new(is_wanted(out), None, "{spinner} {pos}")
    }

    fn new(shown: bool, total: Option<u64>, template: &str) -> Self {
        let target = if shown {
            ProgressDrawTarget::stderr_with_hz(RATE)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(total, target);
        bar.set_style(ProgressStyle::with_template(template).expect("the templates above are well-formed"));
        if shown {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self(bar)
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// So many are done.
    pub(crate) fn reach(&self, done: u64) {
        self.0.set_position(done);
    }

    /// Prints something while the bar is out of the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}

fn is_wanted(out: &Out) -> bool {
    !out.quiet && std::io::stderr().is_terminal()
}
