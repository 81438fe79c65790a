//! Tables and groups of rows. Tables are for columns that are compared; on a phone their rows become blocks, and each
//! cell says its column again.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{M, icons::Icon};
use crate::text::t;

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Its head.
    pub head: &'a str,
    /// Figures: set to the right.
    pub is_number: bool,
    /// Left out on a phone.
    pub is_extra: bool,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn text(head: &'a str) -> Self {
        Self {
            head,
            is_number: false,
            is_extra: false,
        }
    }

    /// A column of figures.
    pub const fn number(head: &'a str) -> Self {
        Self {
            head,
            is_number: true,
            is_extra: false,
        }
    }

    /// The same, left out on a phone.
    pub const fn extra(self) -> Self {
        Self { is_extra: true, ..self }
    }
}

/// A table that becomes blocks on a phone. `caption` names it for those who do not see it; each row has as many cells as
/// there are columns.
pub fn table(caption: &str, columns: &[Column<'_>], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table.j-tbl.stack {
            caption.visually-hidden { (caption) }
            thead { tr { @for it in columns { th.j-r[it.is_number].j-not-m[it.is_extra] scope="col" { (it.head) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (n, (column, cell)) in columns.iter().zip(row).enumerate() {
                            td.j-r[column.is_number].j-not-m[column.is_extra] data-l=[(n > 0).then_some(column.head)] { (cell) }
                        }
                    }
                }
            }
        }
    }
}

/// A group of rows that opens and closes: what it is, how it stands, and the rows.
pub struct Group<'a> {
    /// Its name.
    pub title: &'a str,
    /// How it stands: "2/6 proven".
    pub figures: &'a str,
    /// Its share of states, see [`chart::stack`](super::chart::stack).
    pub stack: Markup,
    /// A word at the end: the gate and its date.
    pub aside: &'a str,
    /// Whether it is open.
    pub is_open: bool,
}

/// The group around `rows`.
pub fn group(group: &Group<'_>, rows: &Markup) -> Markup {
    html! {
        details.j-grp open[group.is_open] {
            summary {
                (Icon::Right.show()) (group.title) span.j-n { (group.figures) } (group.stack)
                span.gate { (group.aside) }
            }
            (rows)
        }
    }
}

/// Links to the neighbouring pages of a long list; none when it fits on one.
pub fn pager(lang: Lang, previous: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        @if previous.is_some() || next.is_some() {
            nav.j-acts.mt-3 aria-label=(t!(lang, M, "pages")) {
                @if let Some(href) = previous { a.btn rel="prev" href=(href) { (t!(lang, M, "previous")) } }
                @if let Some(href) = next { a.btn rel="next" href=(href) { (t!(lang, M, "next")) } }
            }
        }
    }
}
