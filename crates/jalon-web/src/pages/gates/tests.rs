//! The gates in both languages: clean, small, and what they promise.

use jalon_domain::{gate::Blocker, text::Lang};
use jalon_service::view::gates::Gates;

use super::{sample, view};
use crate::{lint::assert_whole, pages::overview::sample::now, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, view: &Gates) -> String {
    let frame = Frame {
        path: "/e/1/gates".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, view, now()).into_string()
}

#[test]
fn every_kind_of_gate_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for view in sample::settled().into_iter().chain([sample::sample()]) {
            let html = html(lang, &view);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1);
            assert_eq!(html.matches("<h1").count(), 1);
        }
    }
}

#[test]
fn what_is_missing_adds_up_to_what_blocks() {
    let view = sample::sample();
    let findings: usize = view.opened.missing.iter().map(|it| it.count).sum();
    let duties = view.opened.missing.iter().filter(|it| it.state.is_some()).count();
    let blocking = view
        .opened
        .gate
        .blockers
        .iter()
        .filter(|it| matches!(it, Blocker::Responsibility { .. }))
        .count();
    assert_eq!((findings, duties), (view.opened.gate.findings(), blocking));
}

#[test]
fn a_gate_says_why_there_is_nothing_to_do() {
    let said = [
        "It shuts again by itself",
        "opens together with “Remediation verified”",
        "does not take on",
    ];
    for (view, said) in sample::settled().iter().zip(said) {
        let html = html(Lang::En, view);
        assert!(html.contains(said), "{said}");
        assert!(!html.contains("btn-primary"));
    }
}

#[test]
fn nothing_is_said_about_signing() {
    for view in sample::settled().into_iter().chain([sample::sample()]) {
        assert!(!html(Lang::En, &view).to_lowercase().contains("signed"));
        assert!(!html(Lang::Fr, &view).to_lowercase().contains("sign\u{e9}"));
    }
}
