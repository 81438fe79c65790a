//! The charts of the report. Each is a table whose cells are drawn: the figures stand in it for everybody.

use std::collections::BTreeSet;

use jalon_domain::{
    finding::{FlawKind, Severity},
    ids::RuleId,
    text::{Lang, Text, number},
};
use jalon_web::ui::marks;
use maud::{Markup, html};

use super::{View, code, say, section, table};
use crate::command::check::show::value::share;

/// How many organisational units are shown.
const MOST_UNITS: usize = 10;

/// The longest name of an organisational unit that is shown whole.
const LONGEST_UNIT: usize = 80;

/// The least that is drawn of a bar, and of a share, in hundredths of a percent.
const LEAST: u64 = 20;
const LEAST_SHARE: u64 = 60;

/// How many tints the heat table has. A count has to be this many times doubled before it can be the darkest.
const TINTS: u32 = 5;

pub(super) fn charts(lang: Lang, view: &View<'_>) -> Markup {
    let has_findings = view.tally.findings() > 0;
    html! {
        div.columns {
            (section("objects", &say(lang, "by-object", &[]), &objects(lang, view)))
            @if has_findings { (section("by-unit", &say(lang, "by-unit", &[]), &units(lang, view))) }
        }
        @if has_findings { (section("by-rule", &say(lang, "by-rule", &[]), &by_rule(lang, view))) }
        @if !view.tally.errors().is_empty() { (section("by-error", &say(lang, "by-error", &[]), &heat(lang, view))) }
    }
}

/// The objects by their heaviest finding: one bar, and its figures.
fn objects(lang: Lang, view: &View<'_>) -> Markup {
    let weights = view.tally.objects_by_weight();
    let flawed = Severity::ALL
        .iter()
        .rev()
        .filter_map(|it| Some((*it, *weights.get(it)?)));
    let shares: Vec<(Option<Severity>, u64)> = flawed
        .map(|(it, count)| (Some(it), count))
        .chain([(None, view.judged() - view.tally.objects())])
        .filter(|it| it.1 > 0)
        .collect();
    let name = |it: Option<Severity>| match it {
        Some(it) => html! { (marks::severity(lang, it)) },
        None => html! { (say(lang, "clean", &[])) },
    };
    html! {
        (stack(&shares, view.judged()))
        (table("figures", &say(lang, "by-object", &[]), &html! {
            th scope="col" { (say(lang, "heaviest", &[])) }
            th.r scope="col" { (say(lang, "objects-head", &[])) }
            th.r scope="col" { (say(lang, "share", &[])) }
        }, &html! {
            @for (it, count) in &shares {
                tr { th scope="row" { span.key.(tint(*it)) {} (name(*it)) } td.r { (number(lang, *count)) } td.r { (share(lang, *count, view.judged())) } }
            }
        }))
    }
}

/// Shares of a whole as one bar. A share too small to be seen is drawn a little larger, at the cost of the last one.
fn stack(shares: &[(Option<Severity>, u64)], whole: u64) -> Markup {
    let mut at = 0;
    html! {
        svg.stack aria-hidden="true" width="100%" height="14" {
            @for (severity, count) in shares {
                @let width = hundredths(*count, whole).max(LEAST_SHARE);
                rect class={ "f-" (tint(*severity)) } x=(percent(at)) width=(percent(width)) height="14" {}
                @let () = at += width;
            }
        }
    }
}

fn tint(severity: Option<Severity>) -> &'static str {
    severity.map_or("clean", Severity::word)
}

/// The broken rules, heaviest first.
fn by_rule(lang: Lang, view: &View<'_>) -> Markup {
    let rules = view.tally.rules();
    let most = rules.iter().map(|it| it.findings).max().unwrap_or_default();
    table(
        "bars",
        &say(lang, "by-rule", &[]),
        &html! {
            th scope="col" { (say(lang, "severity", &[])) }
            th scope="col" { (say(lang, "rule", &[])) }
            th scope="col" { (say(lang, "asks", &[])) }
            th.r scope="col" { (say(lang, "findings-head", &[])) }
            th.wide scope="col" { span.hidden { (say(lang, "bar", &[])) } }
            th.r scope="col" { (say(lang, "objects-head", &[])) }
            th.r scope="col" { (say(lang, "share", &[])) }
        },
        &html! {
            @for it in &rules {
                tr {
                    td { (marks::severity(lang, it.severity)) }
                    th scope="row" { a href={ "#" (it.rule) } { (it.rule) } }
                    td.asks { @if let Some(title) = title(it.rule) { (title.get(lang)) } }
                    td.r { (number(lang, it.findings)) }
                    td.wide { (bar(it.severity.word(), it.findings, most)) }
                    td.r { (number(lang, it.objects)) }
                    td.r { (share(lang, it.objects, view.judged())) }
                }
            }
        },
    )
}

/// What a rule asks.
pub(super) fn title(rule: &str) -> Option<&'static Text> {
    let rule = RuleId::parse(rule).ok()?;
    Some(&jalon_checks::rule(&rule)?.title)
}

fn bar(tint: &str, count: u64, most: u64) -> Markup {
    html! { svg.bar aria-hidden="true" width="100%" height="10" { rect class={ "f-" (tint) } width=(percent(hundredths(count, most).max(LEAST))) height="10" rx="2" {} } }
}

/// Attributes by the way in which their values are wrong, darker where there are more.
fn heat(lang: Lang, view: &View<'_>) -> Markup {
    let attributes = view.tally.attributes();
    let kinds: BTreeSet<FlawKind> = view.tally.errors().keys().copied().collect();
    let most = attributes
        .values()
        .flat_map(|it| it.errors.values())
        .max()
        .copied()
        .unwrap_or_default();
    table(
        "heat",
        &say(lang, "by-error", &[]),
        &html! {
            th scope="col" { (say(lang, "attribute", &[])) }
            @for it in &kinds { th.r scope="col" { (it.name().get(lang)) } }
        },
        &html! {
            @for (name, attribute) in attributes.iter().filter(|it| !it.1.errors.is_empty()) {
                tr {
                    th scope="row" { (code(name, LONGEST_UNIT)) }
                    @for it in &kinds {
                        @let count = attribute.errors.get(it).copied().unwrap_or_default();
                        td class={ "r h" (heat_of(count, most)) } { (number(lang, count)) }
                    }
                }
            }
        },
    )
}

/// How dark: by orders of magnitude, because one broken import fills a column.
fn heat_of(count: u64, most: u64) -> u32 {
    let size = |it: u64| u64::BITS - it.leading_zeros();
    (size(count) * TINTS).div_ceil(size(most).max(TINTS))
}

/// Where in the directory most flawed objects are.
fn units(lang: Lang, view: &View<'_>) -> Markup {
    let units = view.tally.units(MOST_UNITS);
    let most = units.iter().map(|it| it.objects).max().unwrap_or_default();
    table(
        "bars",
        &say(lang, "by-unit", &[]),
        &html! {
            th scope="col" { (say(lang, "unit", &[])) }
            th.r scope="col" { (say(lang, "objects-head", &[])) }
            th.wide scope="col" { span.hidden { (say(lang, "bar", &[])) } }
            th.r scope="col" { (say(lang, "findings-head", &[])) }
        },
        &html! {
            @for it in &units {
                tr {
                    th.asks scope="row" { @match &it.name { Some(name) => (code(name, LONGEST_UNIT)), None => (say(lang, "elsewhere", &[])) } }
                    td.r { (number(lang, it.objects)) }
                    td.wide { (bar("plain", it.objects, most)) }
                    td.r { (number(lang, it.findings)) }
                }
            }
        },
    )
}

/// A part of a whole in hundredths of a percent.
fn hundredths(part: u64, whole: u64) -> u64 {
    let hundredths = (u128::from(part) * 10_000).checked_div(u128::from(whole));
    hundredths.and_then(|it| it.try_into().ok()).unwrap_or_default()
}

/// Hundredths of a percent as SVG has them.
fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_is_seen_and_all_is_all() {
        let drawn = |part, whole| percent(hundredths(part, whole));
        assert_eq!(drawn(0, 0), "0.00%");
        assert_eq!(drawn(1, 3), "33.33%");
        assert_eq!(drawn(u64::MAX, u64::MAX), "100.00%");
        let bar = stack(&[(Some(Severity::Major), 1), (None, 999_999)], 1_000_000).into_string();
        assert!(
            bar.contains("x=\"0.00%\" width=\"0.60%\"") && bar.contains("x=\"0.60%\" width=\"99.99%\""),
            "{bar}"
        );
    }

    #[test]
    fn more_is_never_paler() {
        assert_eq!([0, 1, 10, 100, 1000].map(|it| heat_of(it, 1000)), [0, 1, 2, 4, 5]);
        assert_eq!(
            [0, 1, 2].map(|it| heat_of(it, 2)),
            [0, 1, 2],
            "and a few are never dark"
        );
    }
}
