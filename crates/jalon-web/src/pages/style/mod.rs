//! The living style sheet: every mark and component once, in both languages and themes. What it shows is made up.

mod components;
mod marks;
#[cfg(test)]
mod tests;
mod tokens;

use std::sync::LazyLock;

use axum::{Router, routing::get};
use jalon_domain::text::Messages;
use maud::{Markup, html};

use crate::{
    text::{messages, t},
    ui::shell::{self, Around, Frame, Head},
};

#[cfg(test)]
pub(crate) use components::sample_progress;

static M: LazyLock<Messages> = messages!();

/// `/style`
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/style", get(show))
}

async fn show(frame: Frame) -> Markup {
    render(Frame {
        person: Some("Claire Morel".to_owned()),
        engagement: Some(sample()),
        engagements: Some(40),
        ..frame
    })
}

/// The page.
pub fn render(frame: Frame) -> Markup {
    let lang = frame.lang();
    let head = Head::new(t!(lang, M, "style-sheet")).meta(html! { (t!(lang, M, "tabler-beneath")) });
    let content = html! {
        (marks::states(lang))
        (tokens::tokens(lang))
        (components::components(lang, &frame))
        (components::charts(lang))
    };
    shell::page(&frame, &head, &content)
}

fn sample() -> Around {
    Around {
        base: "/style".to_owned(),
        name: "Example Nord".to_owned(),
        caption: "Office 365 + EMS".to_owned(),
        responsibilities: 70,
        findings: 37,
        gates: (2, 6),
        unread: 2,
    }
}

/// Two halves of a section.
fn halves(left: &Markup, right: &Markup) -> Markup {
    html! { section.j-sec { div.j-cols.even { div { (left) } div.j-seam { (right) } } } }
}

/// A line of several things.
fn line(things: &[Markup]) -> Markup {
    html! { div.j-meta.mt-2 { @for it in things { span { (it) } } } }
}
