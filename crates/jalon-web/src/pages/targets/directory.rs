//! What a live directory's row says and does besides: how it is reached and read, trying it out, reading it whole.

use jalon_domain::text::Lang;
use jalon_service::{Permission, directory::SourceView};
use jiff::Timestamp;
use maud::{Markup, html};

use super::{M, form::Sent, list::Targets, view::may_edit};
use crate::{
    links,
    pages::directories::view::came_of,
    text::t,
    ui::{dates, forms, icons::Icon, shell::Frame},
};

/// The lines below: server, account, how it is read; what trying it out came to.
pub(super) fn about(lang: Lang, sent: &Sent, it: &SourceView, now: Timestamp) -> Markup {
    let who = match &it.user {
        Some(user) => t!(lang, M, "as-user", user = user),
        None => t!(lang, M, "anonymously"),
    };
    let read = match it.full_scan_at {
        None => t!(lang, M, "never-read"),
        Some(at) if it.full_wanted => t!(lang, M, "full-wanted", ago = dates::ago(lang, now, at)),
        Some(at) if it.is_incremental => t!(lang, M, "reads-changes", ago = dates::ago(lang, now, at)),
        Some(at) => t!(lang, M, "reads-all", ago = dates::ago(lang, now, at)),
    };
    let trial = sent.trial.as_ref().filter(|tried| tried.0 == it.id);
    html! {
        div.j-sm.j-dim {
            span.j-mono.text-break { (it.server()) } ", " (it.security.name().get(lang)) ", " (who) "; " (read)
        }
        @if let Some((_, trial)) = trial { div.mt-2 { (came_of(lang, trial)) } }
    }
}

/// Trying it out, reading it whole, changing how it is reached.
pub(super) fn acts(frame: &Frame, view: &Targets, it: &SourceView) -> Markup {
    let lang = frame.lang();
    let (at, may_measure) = (
        links::directory(view.header.id, it.id),
        view.header.may(Permission::Measure),
    );
    let try_out = html! { (Icon::Pulse.show()) (t!(lang, M, "try")) };
    let whole = html! { (Icon::Again.show()) (t!(lang, M, "read-whole")) };
    html! {
        @if may_measure {
            details.j-menu.end {
                summary.btn aria-label=(t!(lang, M, "acts-on", value = &it.name)) { (t!(lang, M, "acts")) }
                ul {
                    li { (forms::button_form(&frame.csrf, &format!("{at}/test"), "", &try_out)) }
                    li { (forms::button_form(&frame.csrf, &format!("{at}/full"), "", &whole)) }
                    @if may_edit(view) { li { a href=(at) { (Icon::Tool.show()) (t!(lang, M, "edit")) } } }
                }
            }
        }
    }
}
