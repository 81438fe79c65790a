//! The loop over targets: many at a time, each shown when it is done, and a summary of many.

use std::{fmt::Display, time::Instant};

use futures::{FutureExt, StreamExt, stream};
use jalon_checks::{CheckError, Context, Progress};
use jalon_domain::{measure::Report, profile::Profile};

use super::{
    Judging,
    several::{Several, Targets},
    show::{self, Shown},
    summary::{Counted, Summary},
};
use crate::{
    exit::{Exit, Failure, Result},
    out::{self, Out},
    progress::Bar,
    world,
};

/// What one target gave.
type Measured = std::result::Result<Report, CheckError>;

/// Measures targets and shows each as soon as it is done: those that were typed in their order, those of a file as they
/// come, with a summary at the end.
pub(super) async fn each<T, M, F>(
    out: &mut Out,
    judging: &Judging,
    several: &Several,
    targets: Targets<T>,
    measure: M,
) -> Result
where
    T: Display + Send + 'static,
    M: Fn(T) -> F,
    F: Future<Output = Measured> + Send + 'static,
{
    let started = Instant::now();
    let mut summary = Summary::default();
    let mut kept = several.kept(&mut summary)?;
    let mut list = targets.list;
    if let Some(kept) = &kept {
        list.retain(|it| !kept.known.contains(&it.to_string()));
    }
    let bar = Bar::of_targets(out, list.len());
    let is_only = list.len() == 1 && !several.is_bulk();
    let at_once = several.concurrency.into();
    let (format, least, is_kept) = (judging.printed.format, judging.fail_on, kept.is_some());
    let told = move |report: Report| {
        let counted = Counted::of(&report, least);
        let shown = if is_kept {
            Shown::line(&report, least)
        } else {
            Shown::of(report, format, least, is_only)
        };
        (counted, shown)
    };
    // Each on its own, so that judging and writing one does not keep the others from being asked for.
    let one = |target: T| {
        let name = target.to_string();
        tokio::spawn(measure(target).map(move |it| it.map(told)))
            .map(|it| (name, it.expect("a measurement does not panic")))
    };
    let measured = stream::iter(list).map(one);
    let mut reports = if several.is_bulk() {
        measured.buffer_unordered(at_once).left_stream()
    } else {
        measured.buffered(at_once).right_stream()
    };
    if kept.is_none() {
        show::begin(out, judging)?;
    }
    while let Some((target, told)) = reports.next().await {
        bar.step();
        let (counted, shown) = match told {
            Ok(told) => told,
            Err(error) => {
                bar.aside(|| out::complain(&Failure::from(error).at(&target).line(out.lang)));
                summary.refuse();
                continue;
            }
        };
        match (&mut kept, &shown) {
            (Some(kept), Shown::Json(document)) => kept.add(document)?,
            _ => bar.aside(|| show::show(out, judging, &shown))?,
        }
        summary.count(&counted);
    }
    bar.end();
    if several.is_bulk() {
        let took = started.elapsed();
        if let Some(kept) = &mut kept {
            kept.add(&summary.document(took).to_string())?;
        }
        summary.show(out, judging.printed.format, took)?;
    }
    let refused = if targets.has_refused { Exit::Refused } else { Exit::Fine };
    Ok(summary.exit().max(refused))
}

/// What every measurement is given.
pub(crate) fn context(profile: &Profile) -> Context<'_> {
    Context {
        profile,
        now: world::now(),
        clock: &world::now,
        vantage: "local",
        progress: &silent,
    }
}

fn silent(_: Progress) {}
