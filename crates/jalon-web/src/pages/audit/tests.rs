//! The trail in both languages: clean, its links, and what the chain is worth.

use jalon_domain::text::Lang;

use super::sample;
use crate::{lint::assert_whole, prefs::Prefs, ui::shell::Frame};

fn frame(lang: Lang) -> Frame {
    Frame {
        path: "/e/1/audit".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    }
}

#[test]
fn every_sample_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for (name, html) in sample::pages(&frame(lang)) {
            let html = html.into_string();
            assert_whole(&html);
            assert!(html.len() < 100_000, "{name}: {} bytes", html.len());
            assert_eq!(html.matches("btn-primary").count(), 1, "{name}: one primary button");
        }
    }
}

#[test]
fn the_verdict_on_the_chain_is_said_in_words() {
    let pages = sample::pages(&frame(Lang::Fr));
    let said = |n: usize| pages[n].1.clone().into_string();
    assert!(said(0).contains("La chaîne tient.") && said(0).contains("2\u{202f}341 événements"));
    assert!(said(1).contains("La chaîne se rompt à l’événement 338."), "{}", said(1));
    let plain = sample::render(&frame(Lang::Fr), &sample::sample(), None).into_string();
    assert!(!plain.contains("La chaîne"), "nobody asked");
}

#[test]
fn events_lead_to_what_they_are_about_and_stand_under_their_day() {
    let html = sample::render(&frame(Lang::En), &sample::sample(), None).into_string();
    assert_eq!(html.matches("<h2 id=\"d-").count(), 2);
    assert!(html.contains("/responsibilities/support.plan\"") && html.contains("/runs/"));
    assert!(
        !html.contains("responsibilities/agences.example.com"),
        "a target is no responsibility"
    );
    assert!(
        html.contains("State changed") && html.contains("Verified → failing"),
        "{html}"
    );
    assert!(html.contains("audit?before=337\"") && html.contains("rel=\"next\""));
}

#[test]
fn details_are_folded_and_what_is_not_known_is_left_out() {
    let html = sample::render(&frame(Lang::En), &sample::sample(), None).into_string();
    assert_eq!(html.matches("<details class=\"j-data").count(), 4, "one event has none");
    assert!(html.contains("CHG-1042") && !html.contains("approver"));
}
