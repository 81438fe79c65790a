//! The page: targets by family, each with the form that adds one; then the people.

use jalon_domain::{measure::Family, text::Lang};
use jalon_service::Permission;
use jiff::Timestamp;
use maud::{Markup, html};

use super::{
    M, directory,
    form::Sent,
    list::{Target, Targets},
    people,
};
use crate::{
    links,
    pages::{parts::expiry, wizard::size},
    text::t,
    ui::{
        dates,
        forms::{self, Field},
        icons::Icon,
        lists, marks, next,
        note::{Tone, note},
        shell::{self, Frame, Head},
    },
};

/// The page.
pub fn page(frame: &Frame, view: &Targets, sent: &Sent, now: Timestamp) -> Markup {
    let lang = frame.lang();
    let head = Head::new(t!(lang, M, "title")).meta(html! { (t!(lang, M, "what-for")) });
    let content = html! {
        @if let Some(done) = sent.done { (done.toast(lang)) }
        (invitation(lang, sent))
        (next_step(lang, view))
        @for (n, (family, targets)) in view.families.iter().enumerate() {
            div class=(if n == 0 { "mt-4 pb-4" } else { "j-sec" }) { (section(frame, view, sent, *family, targets, now)) }
        }
        div.j-sec { (people::section(frame, view, sent)) }
    };
    shell::page(frame, &head, &content)
}

/// The link to hand over, shown once.
fn invitation(lang: Lang, sent: &Sent) -> Markup {
    html! {
        @if let Some(it) = &sent.invitation {
            div.mb-3 {
                (note(Tone::Ok, &html! {
                    p { (t!(lang, M, "invitation", name = &it.name)) }
                    p.mt-2 { code.text-break.text-wrap.user-select-all { (it.link) } }
                }))
            }
        }
    }
}

/// Whether the caller may change targets and people.
pub(super) fn may_edit(view: &Targets) -> bool {
    view.header.may(Permission::EditEngagement)
}

fn next_step(lang: Lang, view: &Targets) -> Markup {
    let named: usize = view.families.iter().map(|it| it.1.len()).sum();
    if named == 0 {
        return next::nothing_left(&t!(lang, M, "next-add"), &t!(lang, M, "next-add-why"));
    }
    let title = t!(lang, M, "next-measure", n = named);
    let (why, act) = (t!(lang, M, "next-measure-why"), t!(lang, M, "next-measure-act"));
    next::next_step(lang, &title, &why, &act, &links::checks(view.header.id))
}

fn section(frame: &Frame, view: &Targets, sent: &Sent, family: Family, targets: &[Target], now: Timestamp) -> Markup {
    let lang = frame.lang();
    let title = html! { (family.name().get(lang)) " " span.fw-normal.j-dim { (targets.len()) } };
    let body = html! {
        @if targets.is_empty() { p.j-sm.j-dim.mb-2 { (nothing(lang, family)) } }
        @else { ul.j-rows { @for it in targets { (row(frame, view, sent, family, it, now)) } } }
        @if may_edit(view) { div.mt-2 { (adding(frame, view, sent, family)) } }
    };
    lists::section(&format!("t-{family}"), &title, &Markup::default(), &body)
}

fn nothing(lang: Lang, family: Family) -> String {
    match family {
        Family::Dns => t!(lang, M, "none-dns"),
        Family::Tls => t!(lang, M, "none-tls"),
        Family::Directory => t!(lang, M, "none-directory"),
    }
}

fn row(frame: &Frame, view: &Targets, sent: &Sent, family: Family, it: &Target, now: Timestamp) -> Markup {
    let lang = frame.lang();
    let shown = dates::count(lang, it.findings);
    let findings = t!(lang, M, "findings", n = it.findings, shown = shown);
    let list = format!("{}?view=all&family={family}", links::remediation(view.header.id));
    html! {
        li {
            @if let Some((outcome, _)) = it.last { (marks::outcome_glyph(lang, outcome)) } @else { (Icon::Pulse.show()) }
            div.grow {
                a.t.j-mono.text-break href=(links::target(view.header.id, it.id)) { (it.value) }
                div.j-sm.j-dim {
                    @match it.last {
                        Some((outcome, at)) => {
                            (outcome.name().get(lang)) ", " (t!(lang, M, "measured", ago = dates::ago(lang, now, at))) ", "
                            @if it.findings > 0 { a.j-link href=(list) { (findings) } } @else { (findings) }
                        }
                        None => (t!(lang, M, "never-measured")),
                    }
                    @if let Some(at) = it.expires_at { ", " (expiry::until(lang, now, at)) }
                }
                @if let Some(source) = &it.source { (directory::about(lang, sent, source, now)) }
            }
            @if let Some(source) = &it.source { (directory::acts(frame, view, source)) }
            @if may_edit(view) { (removing(frame, view, it)) }
        }
    }
}

/// What removing changes is said before the button.
fn removing(frame: &Frame, view: &Targets, it: &Target) -> Markup {
    let lang = frame.lang();
    let action = format!("{}/{}/remove", links::targets(view.header.id), it.id);
    let label = html! { (t!(lang, M, "remove-act")) };
    html! {
        details.j-menu.end {
            summary.btn aria-label=(t!(lang, M, "remove-named", value = &it.value)) { (t!(lang, M, "remove")) }
            ul {
                li.p-2 { p.j-sm.j-2.text-wrap { (t!(lang, M, "remove-why", n = it.findings, value = &it.value)) } }
                li { (forms::button_form(&frame.csrf, &action, "j-danger", &label)) }
            }
        }
    }
}

fn adding(frame: &Frame, view: &Targets, sent: &Sent, family: Family) -> Markup {
    let lang = frame.lang();
    let (action, error) = (links::targets(view.header.id), |field| sent.errors.of(lang, field));
    match family {
        Family::Dns => {
            let (label, hint) = (t!(lang, M, "domain"), t!(lang, M, "domain-hint"));
            let field = Field::text("domain", &label)
                .value(&sent.domain)
                .hint(&hint)
                .error(error("domain"))
                .mono()
                .required();
            forms::post(
                &frame.csrf,
                &action,
                "",
                &beside(&html! { (field) }, &t!(lang, M, "add")),
            )
        }
        Family::Tls => {
            let (label, hint) = (t!(lang, M, "endpoint"), t!(lang, M, "endpoint-hint"));
            let field = Field::text("endpoint", &label)
                .value(&sent.endpoint)
                .hint(&hint)
                .error(error("endpoint"))
                .mono()
                .required();
            forms::post(
                &frame.csrf,
                &action,
                "",
                &beside(&html! { (field) }, &t!(lang, M, "add")),
            )
        }
        Family::Directory => {
            let (label, hint) = (
                t!(lang, M, "directory"),
                t!(lang, M, "directory-hint", limit = size(lang, view.upload_limit)),
            );
            let field = Field::file("directory", &label)
                .hint(&hint)
                .error(error("directory"))
                .required();
            let form = forms::post_file(
                &frame.csrf,
                &format!("{action}/file"),
                "",
                &beside(&html! { (field) }, &t!(lang, M, "hand-in")),
            );
            html! {
                div.mb-3 { a.btn href=(links::new_directory(view.header.id)) { (Icon::Plus.show()) (t!(lang, M, "connect")) } }
                (form)
            }
        }
    }
}

/// A field and its button, below the label's height. The primary button of the page is its next step's.
fn beside(field: &Markup, label: &str) -> Markup {
    html! { div.row.g-2 { div.col.col-lg-6 { (field) } div.col-auto.pt-4 { (secondary(label)) } } }
}

pub(super) fn secondary(label: &str) -> Markup {
    html! { button.btn type="submit" { (Icon::Plus.show()) (label) } }
}
