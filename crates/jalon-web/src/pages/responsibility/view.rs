//! The page of one responsibility: heading, next step, why it is open, then what proves it beside who it concerns.

use jalon_domain::{
    measure::Family,
    programme::{Phase, ProvedBy},
    proof::{Reason, Remedy, State, Why},
    text::Lang,
};
use jalon_service::{Permission, view::duty::DutyPage};
use maud::{Markup, html};

use super::{M, history, requirements, source, ways, who};
use crate::{
    links,
    pages::parts::{
        self, Cx, assign,
        form::Tried,
        measure::{self, Scope},
        toast,
    },
    text::t,
    ui::{
        dates,
        drawings::Mark,
        icons::Icon,
        marks, next, note,
        note::Tone,
        shell::{self, Frame, Head, Place},
    },
};

/// What the page shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The responsibility.
    pub duty: &'a DutyPage,
    /// The form that came back.
    pub(crate) tried: Option<&'a Tried>,
    /// The act that led here.
    pub(crate) done: Option<&'a str>,
    /// How large a file may be, in bytes.
    pub upload_limit: u64,
}

impl Shown<'_> {
    /// Where the acts are posted.
    pub(super) fn action(&self, act: &str) -> String {
        format!(
            "{}/{act}",
            links::responsibility(self.duty.header.id, &self.duty.row.id)
        )
    }
}

/// The page.
pub(crate) fn page(frame: &Frame, cx: &Cx<'_>, it: &Shown<'_>) -> Markup {
    let lang = cx.lang;
    let content = html! {
        (toast::toast(lang, it.done))
        (assign::conflict(cx, it.tried))
        (next_step(lang, it.duty))
        div.j-cols.side.mt-4 {
            div {
                (ways::decision(cx, it))
                (why(lang, it.duty))
                (requirements::section(cx, it))
                (ways::section(cx, it))
                (history::section(lang, it.duty))
            }
            aside { (who::section(cx, it)) (source::section(lang, it.duty)) }
        }
    };
    shell::page(frame, &head(cx, it.duty), &content)
}

fn head(cx: &Cx<'_>, duty: &DutyPage) -> Head {
    let (lang, row) = (cx.lang, &duty.row);
    let phase = row
        .phase
        .map_or(t!(lang, M, "across"), |it: Phase| it.name().get(lang).to_owned());
    let mut head = Head::new(row.title.get(lang))
        .at(Place::Responsibilities)
        .crumb(
            Place::Responsibilities.name(lang),
            links::responsibilities(duty.header.id),
        )
        .meta(marks::state(lang, row.state, row.reason));
    if let Some(since) = row.regressed_since {
        head = head.meta(marks::regressed(lang, dates::date_of(since)));
    }
    head = head
        .meta(html! { (phase) ", " (parts::lower(row.workstream.name().get(lang))) })
        .meta(marks::side(lang, row.side));
    if let Some(owner) = &row.owner {
        head = head.meta(parts::person(owner));
    }
    if let Some(late) = row
        .due
        .filter(|_| row.late)
        .and_then(|it| dates::late(lang, cx.today(), it))
    {
        head = head.meta(html! { span.j-late { (late) } });
    }
    head = head.meta(html! { span.j-id { (row.code) } });
    match family(duty).filter(|_| duty.header.may(Permission::Measure)) {
        Some(family) => {
            let label = html! { (Icon::Play.show()) (t!(lang, M, "measure")) };
            let scope = Scope {
                family: Some(family),
                target: None,
            };
            head.action(measure::button(cx, duty.header.id, scope, "btn", &label))
        }
        None => head,
    }
}

/// The family of its first check.
fn family(duty: &DutyPage) -> Option<Family> {
    duty.requirements.iter().find_map(|it| match &it.by {
        ProvedBy::Check { check, .. } => check.family().parse().ok(),
        _ => None,
    })
}

fn next_step(lang: Lang, duty: &DutyPage) -> Markup {
    html! {
        @if let Some(step) = &duty.next {
            @let href = links::to(&step.link, duty.header.id);
            (next::next_step(lang, step.title.get(lang), step.detail.get(lang), step.label.get(lang), &href))
        }
    }
}

fn why(lang: Lang, duty: &DutyPage) -> Markup {
    let row = &duty.row;
    let title = match row.state {
        State::Claimed => t!(lang, M, "why-claimed"),
        State::Waived => t!(lang, M, "why-waived"),
        _ => t!(lang, M, "why-open"),
    };
    html! {
        @if let Some(condition) = &duty.left_out {
            div.mb-4 { (note::note(Tone::Plain, &html! { (t!(lang, M, "left-out")) " " (condition.get(lang)) })) }
        }
        @if !duty.why.is_empty() {
            section.mb-4 aria-labelledby="h-why" {
                h2.mb-2 #h-why { (title) }
                ul.j-plain.j-2 { @for (n, it) in duty.why.iter().enumerate() { (line(lang, duty, it, n > 0)) } }
            }
        }
    }
}

fn line(lang: Lang, duty: &DutyPage, it: &Why, has_gap: bool) -> Markup {
    let mark = match it.reason {
        Reason::Failing => Mark::Fail,
        Reason::Inconclusive => Mark::Doubt,
        reason => marks::of_reason(reason),
    };
    html! {
        li.mt-1[has_gap] {
            (mark.named(it.reason.name().get(lang))) " " (parts::sentence(it.text.get(lang)))
            @if let Some((href, label)) = remedy(lang, duty, it) { " " a.j-link href=(href) { (label) } }
        }
    }
}

/// Where to do something about it.
fn remedy(lang: Lang, duty: &DutyPage, it: &Why) -> Option<(String, String)> {
    let id = duty.header.id;
    let here = || it.requirement.as_ref().map(|it| format!("#q-{it}"));
    Some(match &it.remedy {
        Remedy::AddTarget { family } => (
            links::targets(id),
            t!(lang, M, "add-target", what = family.target_name().get(lang)),
        ),
        Remedy::Measure { .. } => (links::checks(id), t!(lang, M, "open-checks")),
        Remedy::Mend { .. } => (here()?, t!(lang, M, "see-what-fails")),
        Remedy::Provide => (here()?, t!(lang, M, "see-what-is-asked")),
        Remedy::Approve => (here()?, t!(lang, M, "see-what-was-handed-in")),
        Remedy::Finish { responsibility } => (links::responsibility(id, responsibility), t!(lang, M, "open-it")),
    })
}
