//! Burn-up: responsibilities proven by week, what is only claimed above it, the scope, a range of forecasts, the target.

use jalon_domain::text::Lang;
use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};

use super::path;
use crate::{
    text::t,
    ui::{M, dates, table},
};

/// How it stood on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The day.
    pub date: Date,
    /// Proven.
    pub proven: usize,
    /// Claimed without proof, on top.
    pub claimed: usize,
    /// Those that apply.
    pub applicable: usize,
}

/// When everything will be proven at the pace so far: a range, not a single date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// At the best pace seen.
    pub early: Date,
    /// At the usual pace.
    pub likely: Date,
    /// At the worst pace seen.
    pub late: Date,
}

/// What the chart shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Oldest first; the last one is today.
    pub points: Vec<Point>,
    /// When it will be done; none when there is no pace yet, or when it is done.
    pub forecast: Option<Forecast>,
    /// When it should be done.
    pub target: Option<Date>,
}

/// The chart, twice (wide, and narrow for phones), with its figures. Nothing for fewer than two points: a line needs two.
/// `id` is unique on the page.
pub fn progress(lang: Lang, id: &str, progress: &Progress) -> Markup {
    let (Some(first), Some(last)) = (progress.points.first(), progress.points.last()) else {
        return Markup::default();
    };
    if first.date == last.date {
        return Markup::default();
    }
    html! {
        div.j-not-m { (drawing(lang, &format!("{id}-w"), progress, &Canvas::WIDE)) }
        div.j-only-m { (drawing(lang, &format!("{id}-n"), progress, &Canvas::NARROW)) }
        (figures(lang, progress))
    }
}

/// The room of a drawing.
struct Canvas {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    is_narrow: bool,
}

impl Canvas {
    const WIDE: Self = Self {
        width: 760.0,
        height: 236.0,
        left: 28.0,
        right: 676.0,
        bottom: 210.0,
        is_narrow: false,
    };
    const NARROW: Self = Self {
        width: 358.0,
        height: 230.0,
        left: 22.0,
        right: 350.0,
        bottom: 204.0,
        is_narrow: true,
    };
    const TOP: f64 = 29.0;
}

/// Days and counts to coordinates.
struct Scale<'a> {
    canvas: &'a Canvas,
    from: Date,
    days: f64,
    most: f64,
}

impl<'a> Scale<'a> {
    fn new(progress: &Progress, canvas: &'a Canvas) -> Self {
        let from = progress.points.first().map_or(Date::ZERO, |it| it.date);
        let dates = progress.points.iter().map(|it| it.date).chain(progress.target);
        let until = dates.chain(progress.forecast.map(|it| it.late)).max().unwrap_or(from);
        let most = progress
            .points
            .iter()
            .map(|it| it.applicable.max(it.proven + it.claimed))
            .max()
            .unwrap_or(1)
            .max(1);
        Self {
            canvas,
            from,
            days: days(from, until).max(1.0) * 1.02,
            most: number(most),
        }
    }

    fn x(&self, date: Date) -> f64 {
        let room = self.canvas.right - self.canvas.left;
        (self.canvas.left + days(self.from, date) / self.days * room).clamp(self.canvas.left, self.canvas.right)
    }

    fn y(&self, n: usize) -> f64 {
        self.canvas.bottom - number(n) / self.most * (self.canvas.bottom - Canvas::TOP)
    }
}

fn days(from: Date, to: Date) -> f64 {
    let midnight = jiff::civil::Time::midnight();
    to.to_datetime(midnight)
        .duration_since(from.to_datetime(midnight))
        .as_secs_f64()
        / 86_400.0
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of responsibilities, far below the mantissa"
)]
fn number(n: usize) -> f64 {
    n as f64
}

fn drawing(lang: Lang, id: &str, progress: &Progress, canvas: &Canvas) -> Markup {
    let scale = Scale::new(progress, canvas);
    let (title, desc) = (format!("{id}-t"), format!("{id}-d"));
    html! {
        svg.j-ch viewBox={ "0 0 " (canvas.width) " " (canvas.height) } role="img" aria-labelledby={ (title) " " (desc) } {
            title id=(title) { (t!(lang, M, "progress-title")) }
            desc id=(desc) { (describe(lang, progress)) }
            (grid(&scale))
            (months(lang, &scale))
            (lines(progress, &scale))
            (labels(lang, progress, &scale))
        }
    }
}

fn describe(lang: Lang, progress: &Progress) -> String {
    let Some(last) = progress.points.last() else {
        return String::new();
    };
    let date = dates::day_long(lang, last.date);
    let (proven, total, claimed) = (last.proven, last.applicable, last.claimed);
    let mut parts = vec![t!(
        lang,
        M,
        "progress-desc",
        proven = proven,
        total = total,
        date = date,
        claimed = claimed
    )];
    if let Some(it) = progress.forecast {
        parts.push(t!(
            lang,
            M,
            "progress-forecast",
            date = dates::day_long(lang, it.likely)
        ));
    }
    if let Some(it) = progress.target {
        parts.push(t!(lang, M, "progress-target", date = dates::day_long(lang, it)));
    }
    parts.join(" ")
}

/// Horizontal lines at round numbers, three or four of them.
fn grid(scale: &Scale<'_>) -> Markup {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        .into_iter()
        .find(|it| number(*it) * 4.0 >= scale.most)
        .unwrap_or(2000);
    let canvas = scale.canvas;
    html! {
        @for n in (0..).map(|it| it * step).take_while(|it| number(*it) < scale.most) {
            @let y = scale.y(n);
            line.grid x1=(canvas.left) x2=(canvas.right) y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
            text x=(canvas.left - 6.0) y=(format!("{:.1}", y + 4.0)) text-anchor="end" { (n) }
        }
    }
}

/// The first of each month; of many months, only some are named.
fn months(lang: Lang, scale: &Scale<'_>) -> Markup {
    let end = scale.from.saturating_add((scale.days as i64).days());
    let firsts = std::iter::successors(Some(scale.from.first_of_month()), |it| it.checked_add(1.month()).ok());
    let shown: Vec<Date> = firsts.take_while(|it| *it <= end).take(240).collect();
    let every = shown.len().div_ceil(if scale.canvas.is_narrow { 8 } else { 12 }).max(1);
    let bottom = scale.canvas.bottom;
    html! {
        @for (n, date) in shown.into_iter().enumerate().filter(|(n, _)| n % every == 0) {
            @let x = format!("{:.1}", scale.x(date.max(scale.from)));
            @let year = (n > 0 && date.month() == 1 && !scale.canvas.is_narrow).then(|| format!(" {}", date.year()));
            text x=(x) y=(bottom + 20.0) { (dates::month_short(lang, date)) (year.unwrap_or_default()) }
            line.axis x1=(x) x2=(x) y1=(bottom) y2=(bottom + 4.0) {}
        }
    }
}

fn lines(progress: &Progress, scale: &Scale<'_>) -> Markup {
    let at = |it: &Point, n: usize| (scale.x(it.date), scale.y(n));
    let proven: Vec<_> = progress.points.iter().map(|it| at(it, it.proven)).collect();
    let claimed: Vec<_> = progress
        .points
        .iter()
        .map(|it| at(it, it.proven + it.claimed))
        .collect();
    let gap = path(claimed.iter().copied().chain(proven.iter().rev().copied()));
    html! {
        path.a-cl d={ (gap) "z" } {}
        @if let (Some(it), Some(last)) = (progress.forecast, progress.points.last()) {
            @let (now, full) = (at(last, last.proven), scale.y(last.applicable));
            path.a-fc d={ (path([now, (scale.x(it.early), full), (scale.x(it.late), full)])) "z" } {}
            path.l-fc d=(path([now, (scale.x(it.likely), full)])) {}
        }
        path.l-sc d=(scope(progress, scale)) {}
        path.l-cl d=(path(claimed)) {}
        path.l-ok d=(path(proven)) {}
    }
}

/// What applies, as steps: it changes on a day, not in between.
fn scope(progress: &Progress, scale: &Scale<'_>) -> String {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for it in &progress.points {
        let (x, y) = (scale.x(it.date), scale.y(it.applicable));
        match points.last() {
            Some((_, before)) if (before - y).abs() > f64::EPSILON => points.extend([(x, *before), (x, y)]),
            Some(_) => {}
            None => points.push((x, y)),
        }
    }
    let end = points.last().map(|it| (scale.canvas.right, it.1));
    path(points.into_iter().chain(end))
}

/// Closer than this to today's line there is no room for a word between the two.
const CROWDED: f64 = 110.0;

fn labels(lang: Lang, progress: &Progress, scale: &Scale<'_>) -> Markup {
    let Some(last) = progress.points.last() else {
        return Markup::default();
    };
    let canvas = scale.canvas;
    let (x, y, full) = (scale.x(last.date), scale.y(last.proven), scale.y(last.applicable));
    let one = |it: f64| format!("{it:.1}");
    html! {
        @if let Some(date) = progress.target {
            @let at = scale.x(date);
            @let low = if canvas.is_narrow { canvas.bottom - 34.0 } else { canvas.bottom - 8.0 };
            line.g-st x1=(one(at)) x2=(one(at)) y1=(one(full - 4.0)) y2=(canvas.bottom) stroke-dasharray="2 3" {}
            // Beside today's line the word goes to the other side, or the two would cover one another.
            @let (side, anchor) = if (at - x).abs() < CROWDED { (6.0, "start") } else { (-6.0, "end") };
            @let low = if (at - x).abs() < CROWDED { low - 18.0 } else { low };
            text.t2.halo x=(one(at + side)) y=(one(low)) text-anchor=(anchor) { (t!(lang, M, "target", date = dates::day(lang, date))) }
        }
        line.l-now x1=(one(x)) x2=(one(x)) y1="14" y2=(canvas.bottom) {}
        text.ta.halo x=(one(x + 6.0)) y=(canvas.bottom - 8.0) { (t!(lang, M, "today")) }
        circle.p-ok cx=(one(x)) cy=(one(y)) r="4" {}
        text.tk.halo x=(one(x + 10.0)) y=(one(y + 15.0)) { (t!(lang, M, "n-proven", n = last.proven)) }
        @if last.claimed > 0 {
            @let top = scale.y(last.proven + last.claimed);
            text.tw.halo x=(one(x - 8.0)) y=(one(top - 10.0)) text-anchor="end" { (t!(lang, M, "n-claimed", n = last.claimed)) }
        }
        @if let Some(it) = progress.forecast {
            @let at = scale.x(it.likely);
            circle.p-fc cx=(one(at)) cy=(one(full)) r="4" {}
            text.ta.halo x=(one(at + 2.0)) y=(one(full + 20.0)) { (dates::day(lang, it.likely)) }
        }
        @let all = t!(lang, M, "n-apply", n = last.applicable);
        @if canvas.is_narrow { text.t2.halo x=(canvas.left + 4.0) y=(one(full + 16.0)) { (all) } }
        @else { text.t2 x=(canvas.right + 8.0) y=(one(full + 4.0)) { (all) } }
    }
}

fn figures(lang: Lang, progress: &Progress) -> Markup {
    let (week, proven, claimed, applies) = (
        t!(lang, M, "week-of"),
        t!(lang, M, "proven"),
        t!(lang, M, "claimed"),
        t!(lang, M, "applies"),
    );
    let columns = [
        table::Column::text(&week),
        table::Column::number(&proven),
        table::Column::number(&claimed),
        table::Column::number(&applies),
    ];
    let row = |it: &Point| {
        let n = |n: usize| html! { (dates::count(lang, n)) };
        vec![
            dates::day_time(lang, it.date),
            n(it.proven),
            n(it.claimed),
            n(it.applicable),
        ]
    };
    let rows: Vec<Vec<Markup>> = progress.points.iter().map(row).collect();
    html! {
        details.j-data {
            summary { (t!(lang, M, "figures")) }
            (table::table(&t!(lang, M, "progress-title"), &columns, &rows))
        }
    }
}
