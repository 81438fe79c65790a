//! The wizard in both languages: clean, small, nothing lost between steps.

use jalon_domain::text::Lang;

use super::{answer, sample, step::Step, view, view::Wizard};
use crate::{lint::assert_whole, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, wizard: &Wizard) -> String {
    let frame = Frame {
        path: "/engagements/new".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, wizard).into_string()
}

#[test]
fn every_step_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for step in Step::ALL {
            for wizard in [sample::sample(step), sample::refused(step)] {
                let html = html(lang, &wizard);
                assert_whole(&html);
                assert!(html.len() < 100_000, "{} bytes", html.len());
                assert_eq!(html.matches("btn-primary").count(), 1);
                assert_eq!(html.matches("<h1").count(), 1);
            }
        }
    }
}

#[test]
fn each_step_holds_everything_that_was_typed_exactly_once() {
    for step in Step::ALL {
        let html = html(Lang::En, &sample::sample(step));
        for value in ["Example Nord", "2026-09-07", "2027-01-29", "2,340"] {
            assert_eq!(
                html.matches(&format!("value=\"{value}\"")).count(),
                1,
                "{value} in {step:?}"
            );
        }
        assert!(html.contains("nord.example.com\r\nnord.example.org"), "{step:?}");
        for (name, value) in [
            ("programmes", "office365"),
            ("programmes", "ems"),
            ("services", "intune"),
        ] {
            let field = format!("name=\"{name}\" value=\"{value}\"");
            assert_eq!(html.matches(&field).count(), 1, "{field} in {step:?}");
        }
    }
}

#[test]
fn what_is_wrong_stands_at_its_field_with_what_was_typed() {
    let scope = html(Lang::En, &sample::refused(Step::Scope));
    assert!(
        scope.contains("value=\"many\" inputmode=\"numeric\"") || scope.contains("value=\"many\""),
        "{scope}"
    );
    for field in ["organisation", "target", "seats"] {
        assert!(scope.contains(&format!("id=\"f-{field}-e\"")), "{field}");
    }
    assert!(scope.contains("Choose at least one programme."));
    let domains = html(Lang::Fr, &sample::refused(Step::Domains));
    assert!(
        domains.contains("«\u{a0}nord\u{a0}» n’est pas un nom de domaine"),
        "{domains}"
    );
}

#[test]
fn enter_goes_on_and_going_back_asks_nothing() {
    let html = html(Lang::En, &sample::sample(Step::Domains));
    let (on, back) = (
        html.find("value=\"directory\"").unwrap(),
        html.rfind("value=\"scope\"").unwrap(),
    );
    assert!(on < back, "the first button is the one that Enter presses");
    assert!(html[back..].contains("formnovalidate"));
}

#[test]
fn the_right_column_says_what_is_left_out_and_why() {
    let answer = answer::answer(Lang::En, &sample::sample(Step::Scope)).into_string();
    assert!(
        answer.contains("<b>73</b>") && answer.contains("27 by machine, 46 by people"),
        "{answer}"
    );
    assert!(answer.contains("2: only with the option “Configuration Manager is in use”"));
    assert!(answer.contains("US Government: 2 more"));
    assert!(answer.contains("<noscript>"));
}
