//! Messages: in the page (notes), and after a small act that succeeded (toasts, never for an error).

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{M, drawings::Mark, forms, icons::Icon};
use crate::text::t;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// May be ignored.
    Plain,
    /// It went well.
    Ok,
    /// Doubtful.
    Warn,
    /// Refused or failed: announced at once.
    Bad,
}

/// A message in the page.
pub fn note(tone: Tone, message: &Markup) -> Markup {
    let role = (tone == Tone::Bad).then_some("alert");
    let (class, glyph) = match tone {
        Tone::Plain => ("j-note", Icon::Info.show()),
        Tone::Ok => ("j-note ok", Mark::Pass.glyph()),
        Tone::Warn => ("j-note warn", Mark::Inconclusive.glyph()),
        Tone::Bad => ("j-note bad", Mark::Fail.glyph()),
    };
    html! { div class=(class) role=[role] { (glyph) div { (message) } } }
}

/// A small act that succeeded, with the link that undoes it where there is one.
pub fn toast(lang: Lang, text: &str, undo: Option<&str>) -> Markup {
    html! {
        p.mb-3 {
            span.j-toast role="status" {
                (Icon::Check.show())
                span { (text) @if let Some(href) = undo { " " a href=(href) { (t!(lang, M, "undo")) } } }
            }
        }
    }
}

/// A small act that succeeded, with the button that undoes it: undoing changes something, so that it is a form.
pub fn toast_act(lang: Lang, text: &str, token: &str, action: &str) -> Markup {
    html! {
        div.mb-3 {
            div.j-toast {
                (Icon::Check.show())
                span role="status" { (text) }
                (forms::button_form(token, action, "j-quiet", &html! { (t!(lang, M, "undo")) }))
            }
        }
    }
}
