//! Notices as rows, here and on the overview: what happened, when, whether it was read.

use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::notice::NoticeView;
use jalon_store::notices::{NoticeEnd, NoticeKind};
use jiff::Timestamp;
use maud::{Markup, html};

use super::M;
use crate::{
    links,
    text::t,
    ui::{dates, drawings::Mark, forms, marks},
};

/// The word of a form that leads back to the overview.
pub const OVERVIEW: &str = "overview";

/// What the forms of the rows need.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// The language.
    pub lang: Lang,
    /// The time.
    pub now: Timestamp,
    /// The token of the forms.
    pub token: &'a str,
    /// Whose notices.
    pub id: EngagementId,
    /// Whether each can be marked by itself.
    pub acts: bool,
}

/// The rows.
pub fn rows(with: &Rows<'_>, notices: &[NoticeView]) -> Markup {
    html! { ul.j-rows.j-told { @for it in notices { li { (row(with, it)) } } } }
}

/// The form that marks all of them as read.
pub fn read_all(lang: Lang, token: &str, id: EngagementId, back: &str) -> Markup {
    let body = html! {
        input type="hidden" name="back" value=(back);
        button.j-quiet.j-link.j-sm type="submit" { (t!(lang, M, "read-all")) }
    };
    forms::post(token, &action(id), "", &body)
}

fn action(id: EngagementId) -> String {
    format!("{}/read", links::notices(id))
}

fn row(with: &Rows<'_>, it: &NoticeView) -> Markup {
    let lang = with.lang;
    html! {
        (mark(lang, it))
        div.grow {
            a.t.j-b[!it.read] href=(links::to(&it.link, with.id)) { (it.title.get(lang)) }
            @if !it.read { " " (marks::tag(&t!(lang, M, "new"))) }
            div.j-sm.j-dim {
                (it.detail.get(lang))
                @if let Some(until) = it.until { " " (t!(lang, M, "until", date = dates::moment_full(lang, until))) }
            }
            @if let Some((how, at)) = it.ended_as.zip(it.ended_at) {
                div.j-sm.j-dim { (t!(lang, M, "ended", how = how.name().get(lang), when = dates::moment_full(lang, at))) }
            }
            @if with.acts { (act(with, it)) }
        }
        (dates::ago_time(lang, with.now, it.at))
    }
}

/// The glyph of its kind, or of why it is no longer so.
fn mark(lang: Lang, it: &NoticeView) -> Markup {
    if let Some(how) = it.ended_as {
        let mark = match how {
            NoticeEnd::Well => Mark::Pass,
            NoticeEnd::Accepted => Mark::Waived,
            NoticeEnd::Dropped => Mark::Idle,
        };
        return mark.named(how.name().get(lang));
    }
    let mark = match it.kind {
        NoticeKind::Requirement | NoticeKind::Finding => Mark::Regressed,
        NoticeKind::Certificate => Mark::Stale,
    };
    mark.named(it.kind.name().get(lang))
}

fn act(with: &Rows<'_>, it: &NoticeView) -> Markup {
    let lang = with.lang;
    let label = if it.read {
        t!(lang, M, "mark-unread")
    } else {
        t!(lang, M, "mark-read")
    };
    let body = html! {
        input type="hidden" name="notice" value=(it.id);
        @if it.read { input type="hidden" name="unread" value="true"; }
        button.j-quiet.j-link.j-sm type="submit" {
            (label) span.visually-hidden { @if lang == Lang::Fr { "\u{a0}" } ": " (it.title.get(lang)) }
        }
    };
    forms::post(with.token, &action(with.id), "", &body)
}
