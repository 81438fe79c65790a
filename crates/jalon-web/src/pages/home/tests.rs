//! The start page in both languages: clean, small, and with a way on.

use jalon_domain::text::Lang;

use super::{list::Home, sample, view};
use crate::{lint::assert_whole, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, home: &Home) -> String {
    let frame = Frame {
        path: "/".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, home).into_string()
}

#[test]
fn every_list_renders_clean_and_small_in_both_languages() {
    let homes = [
        sample::sample(),
        sample::many(),
        sample::none(true),
        sample::none(false),
        sample::unmatched(),
    ];
    for lang in Lang::ALL {
        for home in &homes {
            let html = html(lang, home);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1);
        }
    }
}

#[test]
fn the_next_step_is_the_engagement_with_most_blockers() {
    let html = html(Lang::En, &sample::sample());
    assert!(html.contains("Continue with Example Nord"), "{html}");
    assert!(html.contains("6 blockers and 5 responsibilities failing: the most of all your engagements."));
    assert!(html.contains("every gate is open"));
}

#[test]
fn an_empty_list_leads_to_the_wizard_only_whom_it_lets_in() {
    assert!(html(Lang::En, &sample::none(true)).contains("btn-primary\" href=\"/engagements/new\""));
    assert!(!html(Lang::En, &sample::none(false)).contains("/engagements/new"));
}

#[test]
fn a_long_list_comes_in_pages_that_keep_the_search() {
    let home = sample::many();
    assert_eq!((home.page, home.cards.len(), home.has_more), (2, 50, true));
    let html = html(Lang::Fr, &home);
    assert!(html.contains("rel=\"next\" href=\"/?q=example&amp;page=3\""), "{html}");
    assert!(html.contains("value=\"example\""));
}
