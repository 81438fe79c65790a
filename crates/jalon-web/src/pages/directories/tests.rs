//! The form in both languages: clean, small, and without the password.

use jalon_domain::text::Lang;

use super::{sample, view};
use crate::{lint::assert_whole, pages::overview::sample::header, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, sheet: &view::Sheet) -> String {
    let frame = Frame {
        path: "/e/1/directories/new".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, &header(), sheet).into_string()
}

#[test]
fn every_shape_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for sheet in sample::sheets() {
            let html = html(lang, &sheet);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert_eq!(html.matches("btn-primary").count(), 1);
        }
    }
}

#[test]
fn what_was_typed_stays_and_what_is_wrong_is_said_at_its_field_and_beside_the_buttons() {
    let html = html(Lang::En, &sample::sheets()[2]);
    assert!(html.contains("value=\"dc1.nord.example:636\"") && html.contains("value=\"ldaps\" selected"));
    assert!(html.contains("id=\"f-roots-e\"") && html.contains("Authorities: no certificate was found"));
}

#[test]
fn a_directory_that_is_changed_keeps_its_name_and_carries_its_version() {
    let html = html(Lang::En, &sample::sheets()[3]);
    assert!(html.contains("name=\"version\" value=\"3\"") && !html.contains("name=\"name\""));
    assert!(html.contains("One is kept. Leave this empty"));
}
