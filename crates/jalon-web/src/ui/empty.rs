//! Empty places: one sentence, one act.

use maud::{Markup, html};

/// Nothing here yet: what would be here, how to get it, and the act.
pub fn empty(title: &str, sentence: &str, action: &Markup) -> Markup {
    html! { div.j-empty { (stake()) h2 { (title) } p { (sentence) } (action) } }
}

/// Nothing matches: the same without the drawing, for a list under filters.
pub fn no_match(title: &str, sentence: &str, action: &Markup) -> Markup {
    html! { div.j-empty { h2 { (title) } p { (sentence) } (action) } }
}

/// A stake on open ground.
fn stake() -> Markup {
    html! {
        svg.j-dim width="48" height="40" viewBox="0 0 48 40" aria-hidden="true" {
            path d="M4 34h40" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" {}
            path d="M24 34V6" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" {}
            path d="M24 7h13l-3.5 5L37 17H24z" fill="currentColor" {}
        }
    }
}
