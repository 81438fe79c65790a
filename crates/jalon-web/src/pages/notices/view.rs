//! The page.

use jalon_service::notice::NoticePage;
use jiff::Timestamp;
use maud::{Markup, html};
use uuid::Uuid;

use super::{
    M,
    rows::{self, Rows},
};
use crate::{
    links,
    text::t,
    ui::{
        empty::empty,
        shell::{self, Frame, Head},
        table,
    },
};

/// The page, with the notices before `before`.
pub fn page(frame: &Frame, page: &NoticePage, before: Option<Uuid>, now: Timestamp) -> Markup {
    let (lang, id) = (frame.lang(), page.header.id);
    let mut head = Head::new(t!(lang, M, "title")).meta(html! { (t!(lang, M, "what-for")) });
    if page.header.unread > 0 {
        head = head.meta(html! { (t!(lang, M, "unread", n = page.header.unread)) });
        head = head.action(rows::read_all(lang, &frame.csrf, id, ""));
    }
    let with = Rows {
        lang,
        now,
        token: &frame.csrf,
        id,
        acts: true,
    };
    let newest = before.map(|_| links::notices(id));
    let older = page.next.map(|it| format!("{}?before={it}", links::notices(id)));
    let content = html! {
        @if page.notices.is_empty() {
            @let act = html! { a.btn href=(links::calendar(id)) { (t!(lang, M, "see-calendar")) } };
            (empty(&t!(lang, M, "empty"), &t!(lang, M, "empty-why"), &act))
        } @else {
            (rows::rows(&with, &page.notices))
            (table::pager(lang, newest.as_deref(), older.as_deref()))
        }
    };
    shell::page(frame, &head, &content)
}
