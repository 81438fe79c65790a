//! How often a family is measured, and the form that changes it.

use jalon_service::view::checks::{FamilyView, ScheduleView};
use maud::{Markup, html};

use super::{
    M,
    view::{List, every},
};
use crate::{
    links,
    pages::parts::{Cx, assign, form::tried},
    text::t,
    ui::{dates, forms, icons::Icon},
};

/// The name of the form.
pub(super) const FORM: &str = "schedule";

/// What can be chosen, in seconds; what is set already is always among it.
const INTERVALS: [i64; 7] = [900, 3600, 6 * 3600, 12 * 3600, 24 * 3600, 2 * 24 * 3600, 7 * 24 * 3600];

/// The schedule in a line, with the link that changes it.
pub(super) fn line(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView) -> Markup {
    let lang = cx.lang;
    let href = format!(
        "{}?edit={}#h-{}",
        links::checks(it.checks.header.id),
        family.family,
        family.family
    );
    html! {
        span.j-sm.j-dim {
            @match &family.schedule {
                Some(schedule) if schedule.enabled => {
                    (every(lang, schedule.every_seconds)) ", "
                    @if schedule.next_at > cx.now { (t!(lang, M, "next")) " " (dates::ago_time(lang, cx.now, schedule.next_at)) }
                    @else { (t!(lang, M, "next-now")) }
                }
                Some(_) => (t!(lang, M, "paused"))
                None => (t!(lang, M, "by-hand"))
            }
            @if family.schedule.is_some() && it.may_measure() { " · " a.j-link href=(href) { (t!(lang, M, "change")) } }
        }
    }
}

/// The form, for the family that is being changed.
pub(super) fn form(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView) -> Markup {
    let schedule = family
        .schedule
        .as_ref()
        .filter(|_| it.edit == Some(family.family) && it.may_measure());
    html! { @if let Some(schedule) = schedule { (fields(cx, it, family, schedule)) } }
}

fn fields(cx: &Cx<'_>, it: &List<'_>, family: &FamilyView, schedule: &ScheduleView) -> Markup {
    let (lang, id) = (cx.lang, it.checks.header.id);
    let tried = tried(it.tried, FORM);
    let typed = tried
        .and_then(|it| it.fields.get("every").parse().ok())
        .unwrap_or(schedule.every_seconds);
    let is_on = tried.map_or(schedule.enabled, |it| it.fields.get("enabled") == "true");
    let body = html! {
        input type="hidden" name="family" value=(family.family);
        label.j-sm.j-2 for="s-every" { (t!(lang, M, "how-often")) }
        select.form-select #s-every name="every" autofocus {
            @for seconds in choices(schedule.every_seconds) { option value=(seconds) selected[seconds == typed] { (every(lang, seconds)) } }
        }
        label.d-inline-flex.gap-1.align-items-center {
            input.form-check-input.m-0 type="checkbox" name="enabled" value="true" checked[is_on];
            span { (t!(lang, M, "is-on")) }
        }
        button.btn type="submit" { (t!(lang, M, "save")) }
        a.btn.btn-ghost href=(links::checks(id)) { (t!(lang, M, "cancel")) }
        @if let Some(error) = tried.and_then(|it| it.error("every_seconds", lang)) {
            div.j-errmsg.w-100 role="alert" { (Icon::Cross.show()) span { (error) } }
        }
    };
    html! {
        @if let Some(tried) = tried { (assign::came_back(cx, tried, &["every_seconds"])) }
        div.mb-2 { (forms::post(cx.token, &format!("{}/schedules/{}", links::overview(id), schedule.id), "j-ed", &body)) }
    }
}

/// The usual intervals and the one that is set.
fn choices(now: i64) -> Vec<i64> {
    let mut all: Vec<i64> = INTERVALS.into_iter().chain([now]).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The words of the interval of each choice, for tests.
#[cfg(test)]
pub(super) fn words(lang: jalon_domain::text::Lang) -> Vec<String> {
    choices(0).into_iter().skip(1).map(|it| every(lang, it)).collect()
}
