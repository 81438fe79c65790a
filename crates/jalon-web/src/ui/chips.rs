//! Views and filters above a list: saved views with counts, chips that can be added (dashed) or removed (solid). All are
//! links, so that a filtered list has an address.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{M, dates, icons::Icon};
use crate::text::t;

/// One view of a list.
#[derive(Clone, Debug)]
pub struct View {
    /// What it shows.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// How many rows it has.
    pub count: Option<usize>,
    /// Whether it is the one shown.
    pub is_current: bool,
}

/// The views of a list.
pub fn views(lang: Lang, views: &[View]) -> Markup {
    html! {
        nav.j-views aria-label=(t!(lang, M, "views")) {
            @for it in views {
                a href=(it.href) aria-current=[it.is_current.then_some("page")] {
                    (it.label) @if let Some(n) = it.count { " " span.j-n { (dates::count(lang, n)) } }
                }
            }
        }
    }
}

/// The bar of filters: a search form (GET to `action`, which keeps `kept` fields), then chips.
pub fn filters(lang: Lang, action: &str, search: &Search<'_>, chips: &Markup, end: &Markup) -> Markup {
    html! {
        form.j-filt action=(action) method="get" role="search" aria-label=(t!(lang, M, "filters")) {
            @for (name, value) in search.kept { input type="hidden" name=(name) value=(value); }
            input.form-control type="search" name="q" value=(search.text) placeholder=(search.hint) aria-label=(t!(lang, M, "filter-by-text"));
            button.visually-hidden type="submit" tabindex="-1" { (t!(lang, M, "filter")) }
            (chips)
            (end)
        }
    }
}

/// The text filter of a list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'a> {
    /// What is searched for now.
    pub text: &'a str,
    /// What can be searched for: "Title, id, requirement".
    pub hint: &'a str,
    /// The other filters of the address, to be kept.
    pub kept: &'a [(String, String)],
}

/// A filter in use: `href` leads to the list without it.
pub fn chip_on(lang: Lang, label: &str, href: &str) -> Markup {
    let remove = t!(lang, M, "remove-filter", name = label);
    html! { a.j-chip.on href=(href) title=(remove) { (label) " " (Icon::Cross.named(&remove)) } }
}

/// One value that a filter can take.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is called.
    pub label: Markup,
    /// The list with it.
    pub href: String,
    /// How many rows it leaves.
    pub count: Option<usize>,
}

/// A filter that can be added: opens its values.
pub fn chip_menu(lang: Lang, label: &str, choices: &[Choice]) -> Markup {
    html! {
        details.j-menu {
            summary.j-chip { (label) " " (Icon::Down.show()) }
            ul {
                @for it in choices {
                    li { a href=(it.href) { (it.label) @if let Some(n) = it.count { span.j-n { (dates::count(lang, n)) } } } }
                }
            }
        }
    }
}

/// A button that opens further actions; each item is a link or a form with a button.
pub fn more(lang: Lang, items: &[Markup]) -> Markup {
    html! {
        details.j-menu.end {
            summary.btn { (Icon::Dots.named(&t!(lang, M, "more-actions"))) }
            ul { @for it in items { li { (it) } } }
        }
    }
}
