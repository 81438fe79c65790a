//! The sprite: the symbols that a page uses, each once, found by looking at the page itself, so that authors need not
//! think of it.

use maud::{Markup, PreEscaped, html};

use super::{drawings::Mark, icons::Icon};

/// The symbols that `body` uses, as an element to stand before it.
pub fn sprite(body: &PreEscaped<String>) -> Markup {
    let mut used: Vec<&str> = body
        .0
        .split("<use href=\"#")
        .skip(1)
        .filter_map(|it| it.split('"').next())
        .collect();
    used.sort_unstable();
    used.dedup();
    html! {
        svg.j-sprite.position-absolute width="0" height="0" aria-hidden="true" {
            @for mark in Mark::ALL.into_iter().filter(|it| used.binary_search(&it.id()).is_ok()) { (mark.symbol()) }
            @for icon in Icon::ALL.iter().filter(|it| used.binary_search(&it.id()).is_ok()) { (icon.symbol()) }
        }
    }
}

/// A piece of a page for htmx to swap in: it brings the symbols that the page may lack (`jalon.js` drops the doubles).
pub fn piece(body: &Markup) -> Markup {
    html! { (sprite(body)) (body) }
}
