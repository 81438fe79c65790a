//! The style sheet is the test-bed of the components: it renders clean, whole and in both languages.

use jalon_domain::text::Lang;

use super::{render, sample};
use crate::{
    lint::assert_whole,
    prefs::{Prefs, Theme},
    ui::{drawings::Mark, shell::Frame},
};

fn page(lang: Lang) -> String {
    let frame = Frame {
        path: "/style".to_owned(),
        csrf: "nonce.seal".to_owned(),
        person: Some("Claire Morel".to_owned()),
        engagement: Some(sample()),
        engagements: Some(40),
        ..Frame::new(Prefs {
            lang,
            theme: Theme::Dark,
            keys: true,
        })
    };
    render(frame).into_string()
}

#[test]
fn the_page_is_clean_and_whole_in_both_languages() {
    for lang in Lang::ALL {
        let html = page(lang);
        assert_whole(&html);
        assert!(html.contains("data-bs-theme=\"dark\""));
        assert_eq!(html.matches("class=\"j-next\"").count(), 1, "one next step a page");
        assert!(html.len() < 100_000, "{} bytes", html.len());
    }
}

#[test]
fn every_mark_is_shown() {
    let html = page(Lang::En);
    for mark in Mark::ALL.into_iter().filter(|it| *it != Mark::Idle) {
        assert!(html.contains(&format!("<use href=\"#{}\"", mark.id())), "{mark:?}");
    }
}

#[test]
fn no_text_is_missing() {
    for lang in Lang::ALL {
        for word in page(lang).split(|it: char| !it.is_ascii_lowercase() && it != '-') {
            assert!(
                !super::M.has(word) || !word.contains('-') || word.len() < 6,
                "the key `{word}` shows instead of its text"
            );
        }
    }
}
