//! Targets and people in both languages: clean, small, and only what the caller may do.

use jalon_domain::text::Lang;

use super::{form::Sent, list::Targets, sample, view};
use crate::{lint::assert_whole, pages::overview::sample::now, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, view: &Targets, sent: &Sent) -> String {
    let frame = Frame {
        path: "/e/1/targets".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, view, sent, now()).into_string()
}

#[test]
fn every_shape_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for view in [sample::sample(), sample::empty()] {
            for sent in sample::sents() {
                let html = html(lang, &view, &sent);
                assert_whole(&html);
                assert!(html.len() < 100_000, "{} bytes", html.len());
                assert!(html.matches("btn-primary").count() <= 1);
            }
        }
    }
}

#[test]
fn who_may_only_read_gets_no_form() {
    let html = html(Lang::En, &sample::empty(), &Sent::default());
    assert!(
        !html.contains("/members\"") && !html.contains("/targets\"") && !html.contains("/remove\""),
        "{html}"
    );
    assert!(html.contains("No domain yet."));
}

#[test]
fn a_form_that_came_back_keeps_what_was_typed() {
    let html = html(Lang::En, &sample::sample(), &sample::sents()[2]);
    assert!(html.contains("value=\"nord.example.com\"") && html.contains("id=\"f-domain-e\""));
    assert!(html.contains("value=\"Paul Girard\"") && html.contains("id=\"f-email-e\""));
    assert!(
        html.contains("value=\"lead\" checked") && html.contains("value=\"security-lead\" selected"),
        "{html}"
    );
}

#[test]
fn removing_says_first_what_it_changes() {
    let html = html(Lang::En, &sample::sample(), &Sent::default());
    assert!(html.contains("nord.example.com will no longer be measured, and its 5 open findings leave the list."));
    assert!(html.contains("aria-label=\"Remove nord.ldif\""));
}

#[test]
fn an_invitation_is_shown_with_its_link() {
    let html = html(Lang::Fr, &sample::sample(), &sample::sents()[4]);
    assert!(html.contains("Remettez-lui ce lien") && html.contains("/join?key="));
}
