//! The report of a directory as one HTML file: no script, no request, both themes, fit for paper. What it counts comes
//! from the tally; whatever came from the directory is shown, never obeyed.

mod charts;
mod ends;
mod file;
mod head;
mod rules;

use std::sync::LazyLock;

use base64::{Engine, prelude::BASE64_STANDARD};
use jalon_domain::text::{Lang, Messages, Value, number};
use jalon_web::ui::sprite;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

pub(super) use file::Page;

use super::show::{
    objects::View,
    value::{shorten, visible},
};

/// How many findings of one rule are listed at most.
pub(super) const MOST_OF_RULE: usize = 200;

static M: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn render(lang: Lang, view: &View<'_>) -> String {
    let body = html! {
        (head::head(lang, view))
        main {
            (charts::charts(lang, view))
            (rules::rules(lang, view))
            (ends::ends(lang, view))
        }
        (head::foot(lang, view))
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="robots" content="noindex";
                title { (say(lang, "title", &[("target", visible(&view.report.target).into_owned().into())])) }
                style { (PreEscaped(STYLE)) }
            }
            body { (sprite::sprite(&body)) (body) }
        }
    };
    page.into_string()
}

/// Nothing is fetched, nothing runs, and no style but the one above counts.
fn policy() -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// The message `key`.
fn say(lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
    M.get(lang, key, args)
}

/// The message `key` for `n`: the number chooses the form, and is shown with its thousands grouped.
fn counted(lang: Lang, key: &str, n: u64) -> String {
    say(lang, key, &[("n", n.into()), ("count", number(lang, n).into())])
}

/// What the directory says, in letters of one width.
fn code(raw: &str, most: usize) -> Markup {
    html! { code { (shorten(&visible(raw), most)) } }
}

/// A section with its title.
fn section(id: &str, title: &str, body: &Markup) -> Markup {
    let label = format!("{id}-title");
    html! { section id=(id) aria-labelledby=(label) { h2 id=(label) { (title) } (body) } }
}

/// A table that scrolls by itself where the window is narrow; `caption` names it for those who do not see it.
fn table(class: &str, caption: &str, head: &Markup, rows: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(caption) {
            table class=(class) {
                caption.hidden { (caption) }
                thead { tr { (head) } }
                tbody { (rows) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
