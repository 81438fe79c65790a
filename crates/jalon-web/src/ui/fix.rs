//! Fixes: what to execute, shown line by line with plus and minus, with copy, download and undo.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{M, icons::Icon, marks};
use crate::text::t;

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Stays.
    Same,
    /// Is added.
    Add,
    /// Is removed.
    Remove,
    /// Says something.
    Comment,
}

/// Lines of a change, marked by sign as well as by tint.
pub fn diff<'a>(lines: impl IntoIterator<Item = (Change, &'a str)>) -> Markup {
    html! {
        pre.j-diff tabindex="0" {
            @for (change, line) in lines {
                @let (class, sign) = sign(change);
                // An empty line keeps its height.
                span class=[class] data-m=(sign) { @if line.is_empty() { " " } @else { (line) } }
            }
        }
    }
}

const fn sign(change: Change) -> (Option<&'static str>, &'static str) {
    match change {
        Change::Same => (None, " "),
        Change::Add => (Some("add"), "+"),
        Change::Remove => (Some("del"), "\u{2212}"),
        Change::Comment => (Some("cmt"), " "),
    }
}

/// The lines of a unified text: `+` and `-` in the first column mark what changes, `;` and `#` what is said. For texts of
/// our own making only; a zone or an LDIF file goes through [`whole`].
pub fn read_diff(text: &str) -> impl Iterator<Item = (Change, &str)> {
    text.lines().map(|line| match line.as_bytes().first() {
        Some(b'+') => (Change::Add, &line[1..]),
        Some(b'-') => (Change::Remove, &line[1..]),
        Some(b'#' | b';') => (Change::Comment, line),
        _ => (Change::Same, line.strip_prefix(' ').unwrap_or(line)),
    })
}

/// A text of which every line is to be executed: all of it is added, comments are said.
pub fn whole(text: &str) -> impl Iterator<Item = (Change, &str)> {
    text.lines().map(|line| {
        if line.starts_with(['#', ';']) {
            (Change::Comment, line)
        } else {
            (Change::Add, line)
        }
    })
}

/// An opened fix.
pub struct FixBlock<'a> {
    /// "Fix: zone lines".
    pub title: &'a str,
    /// Its size: "2 removed, 1 added".
    pub size: &'a str,
    /// The text to copy; none for steps.
    pub copy: Option<&'a str>,
    /// The file to download: its name and where.
    pub download: Option<(&'a str, &'a str)>,
    /// The file that undoes it: its name and where.
    pub undo: Option<(&'a str, &'a str)>,
    /// What it does, the lines, the facts.
    pub body: Markup,
    /// The steps and the one button; empty when there is none.
    pub footer: Markup,
}

/// The fix. `id` is unique on the page.
pub fn fix(lang: Lang, id: &str, fix: &FixBlock<'_>) -> Markup {
    html! {
        section.j-fix {
            header {
                div { b { (fix.title) } " " (marks::tag(fix.size)) }
                div.j-acts {
                    @if let Some(text) = fix.copy { (copy(lang, id, text)) }
                    @if let Some((name, href)) = fix.download { a.btn href=(href) download=(name) { (Icon::Download.show()) (name) } }
                    @if let Some((name, href)) = fix.undo { a.btn href=(href) download=(name) { (Icon::Undo.show()) (name) } }
                }
            }
            div.in { (fix.body) }
            @if !fix.footer.0.is_empty() { footer { (fix.footer) } }
        }
    }
}

/// A button that copies `text`, with `id` unique on the page: a script's work, so it only shows where scripts run. The lines themselves can be selected
/// without it.
pub fn copy(lang: Lang, id: &str, text: &str) -> Markup {
    html! {
        button.btn.j-js type="button" data-copy=(id) data-done=(t!(lang, M, "copied")) { (Icon::Copy.show()) span { (t!(lang, M, "copy")) } }
        template id=(id) { (text) }
    }
}
