//! The open findings of the run's target.

use jalon_domain::text::Lang;
use jalon_service::view::checks::RunPage;
use maud::{Markup, html};

use super::M;
use crate::{links, pages::parts::finding, text::t, ui::lists};

/// Findings shown at once; the others fold.
const SHOWN: usize = 8;
/// Findings on the page at most: the list has them all.
const MOST: usize = 25;

/// The section; nothing when nothing is open.
pub(super) fn section(lang: Lang, page: &RunPage) -> Markup {
    let all = &page.findings[..page.findings.len().min(MOST)];
    let (shown, folded) = all.split_at(all.len().min(SHOWN));
    let list = format!(
        "{}?view=all&family={}",
        links::remediation(page.header.id),
        page.run.family
    );
    let end = html! { a.j-link.j-sm href=(list) { (t!(lang, M, "see-the-list")) } };
    let body = html! {
        @for it in shown { (finding::observation(lang, it)) }
        @if !folded.is_empty() {
            details.j-data {
                summary { (t!(lang, M, "more-findings", n = folded.len())) }
                @for it in folded { (finding::observation(lang, it)) }
            }
        }
    };
    html! { @if !all.is_empty() { div.mt-4 { (lists::section("h-find", &html! { (t!(lang, M, "open-findings")) }, &end, &body)) } } }
}
