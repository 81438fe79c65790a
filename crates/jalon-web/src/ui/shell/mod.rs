//! The shell of every page: head, side bar, crumbs, heading with actions, main part; and the two pages without side bar,
//! the door (sign-in) and the wide one (wizard).

mod frame;
mod nav;

use maud::{DOCTYPE, Markup, html};

pub use frame::{Around, Frame, Head};
pub use nav::Place;

use super::{M, drawings::Mark, sprite::sprite};
use crate::{assets::File, text::t};

/// A whole page with navigation.
pub fn page(frame: &Frame, head: &Head, content: &Markup) -> Markup {
    let body = html! {
        div.j-app {
            (nav::side_bar(frame, head))
            main.j-main #main {
                (crumbs(frame, head))
                div #j-flash aria-live="polite" {}
                (heading(head))
                (content)
                (nav::last(frame))
            }
        }
        (nav::palette(frame))
    };
    document(frame, &head.title, &body)
}

/// A narrow page without navigation: sign-in, first set-up, errors.
pub fn door(frame: &Frame, title: &str, content: &Markup) -> Markup {
    let lang = frame.lang();
    let body = html! {
        main.j-door #main {
            div.j-brand.p-0.mb-4 { (brand()) }
            (content)
            p.j-sm.mt-3 { (nav::language_link(frame, lang, "j-link")) }
        }
    };
    document(frame, title, &body)
}

/// A wide page without navigation: the wizard. `leave` is the link that ends it early.
pub fn wide(frame: &Frame, title: &str, leave: &Markup, content: &Markup) -> Markup {
    let body = html! {
        main.j-wide #main {
            div.d-flex.align-items-center.mb-2 { div.j-brand.p-0 { (brand()) } div.ms-auto.j-sm { (leave) } }
            div #j-flash aria-live="polite" {}
            h1.mt-3.mb-3 { (title) }
            (content)
        }
    };
    document(frame, title, &body)
}

/// What htmx must not do under our policy, and what it may swap: the form that comes back with an error (422).
const HTMX: &str = r#"{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"422","swap":true},{"code":"[45]..","swap":true,"error":true}]}"#;

fn document(frame: &Frame, title: &str, body: &Markup) -> Markup {
    let lang = frame.lang();
    html! {
        (DOCTYPE)
        html lang=(lang.code()) data-bs-theme=(frame.prefs.theme.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Jalon" }
                link rel="stylesheet" href=(File::Tabler.url());
                link rel="stylesheet" href=(File::Style.url());
                link rel="icon" href=(FAVICON);
                @if !frame.csrf.is_empty() { meta name="csrf" content=(frame.csrf); }
                meta name="htmx-config" content=(HTMX);
                script src=(File::Htmx.url()) defer {}
                script src=(File::Script.url()) defer {}
            }
            body data-keys[frame.prefs.keys] {
                a.visually-hidden-focusable.j-skip href="#main" { (t!(lang, M, "skip")) }
                (sprite(body))
                (body)
            }
        }
    }
}

/// The brand's stake, drawn into the address: `img-src data:` allows it.
const FAVICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath d='M10 3v14' stroke='%2314171b' stroke-width='6' stroke-linecap='round'/%3E%3Cpath d='M7 5.4h6v3.4H7zM7 12h6v3.4H7z' fill='%23c8371f'/%3E%3C/svg%3E";

fn brand() -> Markup {
    html! { svg viewBox="0 0 16 20" aria-hidden="true" { use href={ "#" (Mark::Brand.id()) } {} } span { "Jalon" } }
}

/// The way here: the engagement first, the page itself last, without link.
fn crumbs(frame: &Frame, head: &Head) -> Markup {
    let around = frame
        .engagement
        .as_ref()
        .filter(|_| head.place != Some(Place::Overview));
    let above = around
        .map(|it| (it.name.clone(), it.base.clone()))
        .into_iter()
        .chain(head.crumbs.iter().cloned());
    let above: Vec<(String, String)> = above.collect();
    html! {
        @if !above.is_empty() {
            nav.j-crumb aria-label=(t!(frame.lang(), M, "breadcrumb")) {
                @for (name, href) in &above { a href=(href) { (name) } span aria-hidden="true" { "/" } }
                span aria-current="page" { (head.title) }
            }
        }
    }
}

fn heading(head: &Head) -> Markup {
    html! {
        div.j-head {
            div {
                h1 { @if let Some(mark) = &head.mark { (mark) " " } (head.title) }
                @if !head.meta.is_empty() { div.j-meta { @for it in &head.meta { span { (it) } } } }
            }
            @if !head.actions.is_empty() { div.j-acts { @for it in &head.actions { (it) } } }
        }
    }
}
