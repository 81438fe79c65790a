//! The course of a target's findings: a bar a run, the oldest first. What a run could not tell is a gap of its own kind,
//! never a low bar.

use jalon_domain::{evidence::Outcome, text::Lang};
use maud::{Markup, html};

use super::fixed;
use crate::{text::t, ui::M};

/// One run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it came to; none when it came to nothing.
    pub outcome: Option<Outcome>,
    /// How many findings it saw.
    pub found: usize,
}

impl Step {
    /// How many findings it saw, if it could tell.
    pub fn told(&self) -> Option<usize> {
        match self.outcome? {
            // What it found counts, even where it could not tell everything.
            Outcome::Inconclusive if self.found == 0 => None,
            _ => Some(self.found),
        }
    }
}

const STEP: f64 = 16.0;
const BAR: f64 = 11.0;
const FLOOR: f64 = 62.0;
const TALLEST: f64 = 44.0;
/// So that nothing wrong is seen too.
const LEAST: f64 = 3.0;
const WIDEST: f64 = 320.0;

/// The picture; its figures are the table of runs that stands with it.
pub fn course(lang: Lang, steps: &[Step]) -> Markup {
    let most = steps.iter().filter_map(Step::told).chain([1]).max().unwrap_or(1);
    let list: Vec<String> = steps
        .iter()
        .map(|it| it.told().map_or_else(|| t!(lang, M, "course-gap"), |n| n.to_string()))
        .collect();
    let width = (STEP * whole(steps.len())).max(WIDEST);
    html! {
        svg.j-ch.small viewBox={ "0 0 " (fixed(width)) " 66" } role="img" aria-label=(t!(lang, M, "course-label", list = list.join(", "))) {
            @for (n, step) in steps.iter().enumerate() {
                @let before = n.checked_sub(1).and_then(|it| steps[it].told());
                (bar(STEP * whole(n), step.told(), most, before))
            }
            line.axis x1="0" x2=(fixed(width)) y1="62.5" y2="62.5" {}
        }
    }
}

/// A figure stands where it changes.
fn bar(x: f64, told: Option<usize>, most: usize, before: Option<usize>) -> Markup {
    let (class, height) = match told {
        None => ("k-na", TALLEST),
        Some(0) => ("k-verified", LEAST),
        Some(n) => ("k-failing", (whole(n) / whole(most) * TALLEST).max(LEAST)),
    };
    let middle = x + BAR / 2.0;
    html! {
        rect class=(class) x=(fixed(x)) y=(fixed(FLOOR - height)) width=(fixed(BAR)) height=(fixed(height)) rx="1" {}
        @match told {
            None => text.tw x=(fixed(middle)) y=(fixed(FLOOR - 16.0)) text-anchor="middle" { "?" },
            Some(n) if before != Some(n) => text.t2 x=(fixed(middle)) y=(fixed(FLOOR - height - 4.0)) text-anchor="middle" { (n) },
            Some(_) => {}
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "runs on a page and findings of a target, far below the mantissa"
)]
fn whole(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_could_not_tell_is_no_low_bar() {
        let step = |outcome, found| Step { outcome, found };
        let steps = [
            step(Some(Outcome::Fail), 3),
            step(Some(Outcome::Inconclusive), 0),
            step(None, 0),
            step(Some(Outcome::Pass), 0),
        ];
        let html = course(Lang::En, &steps).into_string();
        assert!(
            html.contains("oldest first: 3, could not tell, could not tell, 0"),
            "{html}"
        );
        assert_eq!(
            (html.matches("k-na").count(), html.matches("k-verified").count()),
            (2, 1)
        );
    }
}
