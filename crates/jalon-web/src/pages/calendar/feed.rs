//! The address of one's own: made, renewed, taken back. Its secret is shown once.

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jalon_domain::{ids::EngagementId, text::Lang};
use jalon_service::view::calendar::{Calendar, CalendarFilter};
use maud::{Markup, html};

use super::{
    M, respond,
    view::{self, Sent},
};
use crate::{
    App,
    error::PageError,
    extract::Path,
    links,
    session::Session,
    text::t,
    ui::{
        dates, fix,
        forms::button_form,
        icons::Icon,
        lists,
        note::{Tone, note},
        shell::Frame,
    },
};

/// The word in the address after it was taken back.
pub(super) const REVOKED: &str = "revoked";

pub(super) async fn make(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
    frame: Frame,
) -> Result<Response, PageError> {
    let secret = app.service.make_feed(&session.caller, id).await?;
    // The link is in no address and in no log: the page that answers is the only one that shows it.
    let sent = Sent {
        link: Some(format!("{}{}", app.door.site.origin(), links::feed(&secret))),
        ..Sent::default()
    };
    respond(&app, &session, frame, id, &sent).await
}

pub(super) async fn revoke(
    session: Session,
    State(app): State<App>,
    Path(id): Path<EngagementId>,
) -> Result<Response, PageError> {
    app.service.revoke_feed(&session.caller, id).await?;
    let back = view::address(id, CalendarFilter::default()).with("done", REVOKED);
    Ok(Redirect::to(&back.to_string()).into_response())
}

/// The part of the page.
pub(super) fn section(lang: Lang, token: &str, calendar: &Calendar, sent: &Sent) -> Markup {
    let action = format!("{}/feed", links::calendar(calendar.header.id));
    let body = html! {
        p.j-sm.j-2 { (t!(lang, M, "feed-why")) }
        @if let Some(link) = &sent.link { div.my-3 { (shown_once(lang, link)) } }
        @match &calendar.feed {
            Some(feed) => {
                p.j-sm.j-dim.mt-2 { (t!(lang, M, "feed-since", date = dates::moment_full(lang, feed.created_at))) }
                div.j-acts.mt-2 {
                    (button_form(token, &action, "btn", &html! { (Icon::Again.show()) (t!(lang, M, "feed-renew")) }))
                    (button_form(token, &format!("{action}/revoke"), "btn j-danger", &html! { (t!(lang, M, "feed-revoke")) }))
                }
            }
            None => {
                div.j-acts.mt-2 { (button_form(token, &action, "btn", &html! { (Icon::Calendar.show()) (t!(lang, M, "feed-make")) })) }
            }
        }
    };
    lists::section("h-feed", &html! { (t!(lang, M, "feed")) }, &Markup::default(), &body)
}

fn shown_once(lang: Lang, link: &str) -> Markup {
    note(
        Tone::Ok,
        &html! {
            p { (t!(lang, M, "feed-made")) }
            p.mt-2 { code.text-break.text-wrap.user-select-all { (link) } }
            div.mt-2 { (fix::copy(lang, "feed-link", link)) }
        },
    )
}
