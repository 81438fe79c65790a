//! Type, colours, space.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{M, halves};
use crate::text::t;

const COLOURS: [(&str, &str); 10] = [
    ("sw-i", "--j-ink"),
    ("sw-i2", "--j-ink-2"),
    ("sw-i3", "--j-ink-3"),
    ("sw-l2", "--j-line-2"),
    ("sw-b3", "--j-bg-3"),
    ("sw-af", "--j-accent-fill"),
    ("sw-ok", "--j-ok"),
    ("sw-bad", "--j-bad"),
    ("sw-wa", "--j-warn"),
    ("sw-ex", "--j-exc"),
];

/// Where a square begins, and its side.
const SPACES: [(u32, u32); 7] = [(0, 4), (40, 8), (84, 12), (132, 16), (186, 24), (250, 32), (324, 48)];

pub(super) fn tokens(lang: Lang) -> Markup {
    let right = html! {
        h2.mb-2 { (t!(lang, M, "colours")) }
        div.j-swg {
            @for (class, token) in COLOURS {
                div.j-sw { svg aria-hidden="true" { rect class=(class) width="100%" height="100%" {} } code { (token) } }
            }
        }
        h2.mt-4.mb-2 { (t!(lang, M, "space")) }
        svg.j-ch.small viewBox="0 0 420 70" role="img" aria-label="4, 8, 12, 16, 24, 32, 48" {
            @for (x, side) in SPACES {
                rect.k-open x=(x) y=(48 - side) width=(side) height=(side) {}
                text x=(x) y="64" { (side) }
            }
        }
    };
    halves(&types(lang), &right)
}

fn types(lang: Lang) -> Markup {
    let sizes = [
        (
            html! { span.j-h1 { (t!(lang, M, "page-title")) } },
            "22/28, 600".to_owned(),
        ),
        (
            html! { span.j-b.fs-3 { (t!(lang, M, "next-step-title")) } },
            "16/22, 600".to_owned(),
        ),
        (
            html! { span.j-h2 { (t!(lang, M, "section-title")) } },
            "15/22, 600".to_owned(),
        ),
        (html! { (t!(lang, M, "body-text")) }, "14/20, 400".to_owned()),
        (
            html! { span.j-tx13 { (t!(lang, M, "table-text")) } },
            "13/20, 400, 500".to_owned(),
        ),
        (
            html! { span.j-sm.j-dim { (t!(lang, M, "caption-text")) } },
            "12/18, 400".to_owned(),
        ),
        (
            html! { code { "nord.example.com. IN MX 10" } },
            t!(lang, M, "monospace"),
        ),
    ];
    html! {
        h2.mb-2 { (t!(lang, M, "type")) }
        table.j-tbl.stack { tbody { @for (sample, size) in sizes { tr { td { (sample) } td.j-dim { (size) } } } } }
    }
}
