//! The environment in both languages: clean, small, and honest about what was not seen.

use jalon_domain::text::Lang;
use jalon_service::view::environment::Environment;

use super::{sample, view};
use crate::{lint::assert_whole, pages::overview::sample::now, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, it: &Environment) -> String {
    let frame = Frame {
        path: "/e/1/environment".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, it, now()).into_string()
}

#[test]
fn every_shape_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for view in [vec![sample::sample()], sample::empty().into()].concat() {
            let html = html(lang, &view);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1);
        }
    }
}

#[test]
fn what_decides_comes_first_and_what_was_not_seen_is_said() {
    let html = html(Lang::En, &sample::sample());
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("P-DIR-01") < at("Windows Server 2012 R2"));
    assert!(html.contains("(usine.nord.example): another server holds it"));
    assert!(html.contains("and 3 more"), "policies over a dozen are folded");
}
