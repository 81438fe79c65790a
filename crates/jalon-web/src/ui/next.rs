//! The next step: one a page, one primary button. It names the act, what it changes and who does it.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::M;
use crate::text::t;

/// What to do next, and the button that leads there. `title` is the act, `why` what it changes and who does it.
pub fn next_step(lang: Lang, title: &str, why: &str, label: &str, href: &str) -> Markup {
    with_action(lang, title, why, &html! { a.btn.btn-primary href=(href) { (label) } })
}

/// The same with an action of one's own: a form whose button is the primary one.
pub fn with_action(lang: Lang, title: &str, why: &str, action: &Markup) -> Markup {
    html! {
        section.j-next aria-label=(t!(lang, M, "next-step")) {
            div {
                span.j-k { (t!(lang, M, "next-step")) }
                h2 { (title) }
                p { (why) }
            }
            div.j-acts { (action) }
        }
    }
}

/// Nothing is left to do here: the same place, without a button.
pub fn nothing_left(title: &str, why: &str) -> Markup {
    html! { section.j-next { div { h2 { (title) } p { (why) } } } }
}
