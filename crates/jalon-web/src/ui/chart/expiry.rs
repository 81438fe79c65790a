//! When evidence expires: what is past, then a bar a week.

use jalon_domain::text::Lang;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::{
    text::t,
    ui::{M, dates, table},
};

/// How much evidence expires when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expiry {
    /// Expired already.
    pub past: usize,
    /// Monday of a week, and how many expire in it; the first is this or the next week. Ten fit.
    pub weeks: Vec<(Date, usize)>,
}

const BAR: f64 = 26.0;
const STEP: f64 = 34.0;
const FLOOR: f64 = 100.0;
const TALLEST: f64 = 72.0;
const MOST_WEEKS: usize = 10;

/// The chart with its figures. Red is past, amber the first week.
pub fn expiry(lang: Lang, expiry: &Expiry) -> Markup {
    let weeks = &expiry.weeks[..expiry.weeks.len().min(MOST_WEEKS)];
    let most = weeks.iter().map(|it| it.1).chain([expiry.past, 1]).max().unwrap_or(1);
    let list = weeks.iter().map(|it| it.1.to_string()).collect::<Vec<_>>().join(", ");
    let width = 42.0 + STEP * position(weeks.len());
    html! {
        svg.j-ch.small viewBox={ "0 0 " (width.max(320.0)) " 140" } role="img" aria-label=(t!(lang, M, "expiry-label", past = expiry.past, weeks = list)) {
            (column(2.0, expiry.past, most, ("k-failing", "tr"), &t!(lang, M, "expiry-past")))
            @for (n, (date, count)) in weeks.iter().enumerate() {
                @let x = 42.0 + STEP * position(n);
                (column(x, *count, most, if n == 0 { ("k-claimed", "tw") } else { ("k-open", "t2") }, &date.day().to_string()))
                @if n == 0 || weeks[n - 1].0.month() != date.month() {
                    text.t2 x=(x) y="134" { (dates::month_short(lang, *date)) }
                }
            }
            line.axis x1="0" x2=(width.max(320.0)) y1="100.5" y2="100.5" {}
        }
        (figures(lang, expiry))
    }
}

fn column(x: f64, n: usize, most: usize, (bar, word): (&str, &str), label: &str) -> Markup {
    let height = position(n) / position(most) * TALLEST;
    let middle = x + BAR / 2.0;
    html! {
        @if n > 0 { rect class=(bar) x=(x) y=(format!("{:.1}", FLOOR - height)) width=(BAR) height=(format!("{height:.1}")) rx="2" {} }
        text class=(word) x=(middle) y=(format!("{:.1}", FLOOR - height - 5.0)) text-anchor="middle" { (n) }
        text x=(middle) y="116" text-anchor="middle" { (label) }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a few weeks and counts of evidence, far below the mantissa"
)]
fn position(n: usize) -> f64 {
    n as f64
}

fn figures(lang: Lang, expiry: &Expiry) -> Markup {
    let (week, count) = (t!(lang, M, "expiry-week"), t!(lang, M, "expiry-count"));
    let columns = [table::Column::text(&week), table::Column::number(&count)];
    let past = vec![
        html! { (t!(lang, M, "expiry-past")) },
        html! { (dates::count(lang, expiry.past)) },
    ];
    let week = |it: &(Date, usize)| vec![dates::day_time(lang, it.0), html! { (dates::count(lang, it.1)) }];
    let rows: Vec<Vec<Markup>> = std::iter::once(past).chain(expiry.weeks.iter().map(week)).collect();
    html! {
        details.j-data { summary { (t!(lang, M, "figures")) } (table::table(&t!(lang, M, "expiry-count"), &columns, &rows)) }
    }
}
