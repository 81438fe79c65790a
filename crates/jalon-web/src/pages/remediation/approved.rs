//! The fixes of a rule that somebody approved: who, when, what, how much of it a run has proved; and taking that back.

use jalon_domain::{evidence::Outcome, text::Lang};
use jalon_service::{
    Permission,
    fix::{ApprovedFix, FixedFile},
    view::remediation::OpenedGroup,
};
use maud::{Markup, html};
use uuid::Uuid;

use super::{M, view::List};
use crate::{
    links,
    pages::parts::{self, Cx},
    text::t,
    ui::{dates, forms, icons::Icon, marks},
};

/// Where the form that does `act` to a fix is posted; it leads back to the list as it is.
pub(super) fn action(it: &List<'_>, fix: Uuid, act: &str) -> String {
    let id = it.remediation.header.id;
    format!("{}/fixes/{fix}/{act}{}", links::overview(id), it.opened().query())
}

/// The list.
pub(super) fn list(cx: &Cx<'_>, it: &List<'_>, opened: &OpenedGroup) -> Markup {
    html! {
        @if !opened.approved.is_empty() {
            section aria-labelledby="h-approved" {
                h3.j-b.mb-1 #h-approved { (t!(cx.lang, M, "approved-fixes")) }
                ul.j-rows.j-fixes { @for own in &opened.approved { (one(cx, it, own)) } }
            }
        }
    }
}

fn one(cx: &Cx<'_>, it: &List<'_>, own: &ApprovedFix) -> Markup {
    let (lang, id) = (cx.lang, it.remediation.header.id);
    let stands = own.revoked_at.is_none();
    html! {
        li {
            (mark(lang, own))
            div.grow {
                div { b { (far(lang, own)) } (proofs(cx, it, own)) }
                div.j-sm.j-2 {
                    @if let Some(at) = own.revoked_at { (t!(lang, M, "taken-back")) " " (dates::moment_time(lang, at)) ". " }
                    (t!(lang, M, "approved-by")) " " (parts::person(&own.approved_by)) ", " (dates::moment_time(lang, own.approved_at)) " · "
                    span.j-mono { (own.target) }
                }
                @if let Some(note) = &own.note { p.j-sm.mb-0 { q { (note) } } }
                div.j-sm.j-dim.j-wrap { code { "sha256 " (own.sha256) } }
            }
            div.j-acts {
                (file(id, &own.changes, &Icon::Download.show(), &t!(lang, M, "part-changes")))
                @if let Some(undo) = &own.undo { (file(id, undo, &Icon::Undo.show(), &t!(lang, M, "part-undo"))) }
                @if let Some(review) = &own.review { (file(id, review, &Icon::Clip.show(), &t!(lang, M, "part-reviewed"))) }
                @if it.remediation.header.may(Permission::Approve) {
                    @let (act, label) = if stands { ("revoke", t!(lang, M, "take-back")) } else { ("restore", t!(lang, M, "let-stand")) };
                    (forms::button_form(cx.token, &action(it, own.id, act), "btn btn-ghost", &html! { (label) }))
                }
            }
        }
    }
}

/// Square: what a measurement says of it.
fn mark(lang: Lang, own: &ApprovedFix) -> Markup {
    let outcome = if own.revoked_at.is_some() {
        Outcome::NotApplicable
    } else if own.open == 0 && own.closed > 0 {
        Outcome::Pass
    } else {
        Outcome::Inconclusive
    };
    marks::outcome_glyph(lang, outcome)
}

/// "4 of 9 proved closed, 5 still open".
fn far(lang: Lang, own: &ApprovedFix) -> String {
    let count = |n: u64| dates::count(lang, usize::try_from(n).unwrap_or(usize::MAX));
    let mut parts = vec![t!(
        lang,
        M,
        "proved",
        n = own.findings,
        closed = count(own.closed),
        all = count(own.findings)
    )];
    if own.open > 0 {
        parts.push(t!(lang, M, "still-open", n = own.open, shown = count(own.open)));
    }
    if own.withdrawn > 0 {
        parts.push(t!(
            lang,
            M,
            "no-longer-measured",
            n = own.withdrawn,
            shown = count(own.withdrawn)
        ));
    }
    parts.join(", ")
}

/// The runs that proved it, each a link.
fn proofs(cx: &Cx<'_>, it: &List<'_>, own: &ApprovedFix) -> Markup {
    let (lang, id) = (cx.lang, it.remediation.header.id);
    html! {
        @for (n, proof) in own.proved_by.iter().enumerate() {
            @if n == 0 { " " (t!(lang, M, "by-the-run-of")) " " } @else { ", " }
            a.j-link href=(links::run(id, proof.run)) { (dates::moment_time(lang, proof.at)) }
            @if own.proved_by.len() > 1 { " (" (dates::count(lang, usize::try_from(proof.closed).unwrap_or(usize::MAX))) ")" }
        }
    }
}

fn file(id: jalon_domain::ids::EngagementId, of: &FixedFile, icon: &Markup, label: &str) -> Markup {
    html! { a.btn href=(links::file(id, of.id)) download=(of.name) { (icon) (label) } }
}
