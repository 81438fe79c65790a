//! The notices in both languages: clean, small, and honest about what was read and what is well again.

use jalon_domain::text::Lang;
use jalon_service::notice::NoticePage;

use super::{sample, view};
use crate::{lint::assert_whole, pages::overview::sample::now, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, page: &NoticePage) -> String {
    let frame = Frame {
        path: "/e/1/notices".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, page, None, now()).into_string()
}

#[test]
fn every_shape_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for page in [sample::sample(), sample::empty()] {
            let html = html(lang, &page);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert_eq!(
                html.matches("Mark all").count() + html.matches("Tout marquer").count(),
                usize::from(page.header.unread > 0)
            );
        }
    }
}

#[test]
fn each_says_whether_it_was_read_and_whether_it_is_well_again() {
    let html = html(Lang::En, &sample::sample());
    assert_eq!(
        (html.matches(">New<").count(), html.matches("Mark as not read").count()),
        (2, 3)
    );
    assert!(
        html.contains("Well again since 3 Nov 2026, 08:00 UTC.") && html.contains("It ends on 2 Dec 2026, 00:00 UTC.")
    );
    assert!(
        html.contains("Accepted since 22 Oct 2026") && html.contains("No longer measured or asked for since 13 Oct")
    );
    assert!(html.contains("/remediation?open=SPF-02\"") && html.contains("?before="));
}
