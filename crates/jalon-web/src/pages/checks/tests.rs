//! The list and the run in both languages: clean, small, one primary button; what is asked every second and when it stops.

use jalon_domain::{evidence::Outcome, measure::Family, text::Lang};
use jalon_service::{
    Error, Permission,
    view::checks::{Checks, RunPage},
};

use super::{progress, run, sample, schedule, view};
use crate::{
    lint::{assert_clean, assert_whole},
    pages::{
        overview::sample::now,
        parts::{
            Cx,
            form::{Fields, Refusal, Tried},
            sample::people,
        },
    },
    prefs::Prefs,
    ui::shell::Frame,
};

fn frame(lang: Lang) -> Frame {
    Frame {
        path: "/e/1/checks".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    }
}

fn list(lang: Lang, checks: &Checks, tried: Option<&Tried>) -> String {
    let frame = frame(lang);
    let cx = Cx::new(&frame, people()[0].id, now());
    view::page(
        &frame,
        &cx,
        &view::List {
            checks,
            edit: Some(Family::Tls),
            tried,
            done: None,
        },
    )
    .into_string()
}

fn one(lang: Lang, page: &RunPage, outcome: Option<Outcome>) -> String {
    let frame = frame(lang);
    let cx = Cx::new(&frame, people()[0].id, now());
    run::page(
        &frame,
        &cx,
        &run::Shown {
            page,
            done: None,
            outcome,
        },
    )
    .into_string()
}

#[test]
fn every_sample_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for (name, html) in sample::pages(&frame(lang)) {
            let html = html.into_string();
            assert_whole(&html);
            assert!(html.len() < 100_000, "{name}: {} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1, "{name}: one primary button");
        }
    }
}

#[test]
fn a_page_is_read_again_only_while_something_runs() {
    let busy = list(Lang::En, &sample::busy(), None);
    assert!(
        busy.contains("hx-trigger=\"every 1s\"")
            && busy.contains("hx-select-oob=\"#t-dns,#t-tls,#t-directory,#t-runs,#poll\"")
    );
    assert!(busy.contains(">Reload</a>"), "without script there is a link");
    assert!(!list(Lang::En, &sample::resting(), None).contains("hx-trigger"));
    assert!(one(Lang::En, &sample::live(), None).contains("hx-trigger=\"every 1s\""));
    assert!(!one(Lang::En, &sample::failing(), None).contains("hx-trigger"));
}

#[test]
fn what_is_read_again_has_every_place_that_is_swapped() {
    let frame = frame(Lang::Fr);
    let cx = Cx::new(&frame, people()[0].id, now());
    for checks in [sample::busy(), sample::resting()] {
        let piece = view::live(
            &cx,
            &view::List {
                checks: &checks,
                edit: None,
                tried: None,
                done: None,
            },
        )
        .into_string();
        assert_clean(&piece);
        let page = list(Lang::Fr, &checks, None);
        for id in ["t-dns", "t-tls", "t-directory", "t-runs", "poll"] {
            let id = format!("id=\"{id}\"");
            assert!(piece.contains(&id) && page.contains(&id), "{id}");
        }
    }
}

#[test]
fn a_run_under_way_shows_how_far_it_is_and_can_be_cancelled() {
    let html = one(Lang::En, &sample::live(), None);
    assert!(
        html.contains("21 of 27 steps") && html.contains("<progress class=\"j-prog\" value=\"21\" max=\"27\""),
        "{html}"
    );
    assert!(html.contains("/cancel\"") && html.contains("8 s elapsed"));
}

#[test]
fn a_run_that_could_tell_nothing_is_no_failure() {
    let html = one(Lang::En, &sample::doubt(), None);
    assert!(html.contains("the connection was refused") && html.contains("Measure again"));
    assert!(!html.contains("j-note bad"), "{html}");
}

#[test]
fn rules_are_counted_and_can_be_narrowed() {
    let page = sample::failing();
    let html = one(Lang::En, &page, None);
    assert!(html.contains("All 6") && html.contains("Fail 2") && html.contains("Inconclusive 1"));
    assert_eq!(html.matches("<td class=\"inl j-nw\"><code>").count(), 6);
    assert_eq!(
        one(Lang::En, &page, Some(Outcome::Fail))
            .matches("<td class=\"inl j-nw\"><code>")
            .count(),
        2
    );
    assert!(html.contains("MX 0 nord-example-com.mail.protection.outlook.com"));
    assert!(html.contains(page.sha256.as_deref().unwrap()), "all of the hash");
}

#[test]
fn whoever_may_only_read_runs_nothing() {
    let mut checks = sample::busy();
    checks.header.may = vec![Permission::See];
    assert_eq!(list(Lang::En, &checks, None).matches("method=\"post\"").count(), 0);
    for mut page in [sample::failing(), sample::live(), sample::doubt()] {
        page.header.may = vec![Permission::See];
        assert_eq!(one(Lang::En, &page, None).matches("method=\"post\"").count(), 0);
    }
}

#[test]
fn a_schedule_that_cannot_be_comes_back_with_what_was_chosen() {
    let mut fields = Fields::default();
    fields.put("every", "900");
    let refusal = Refusal::of(Error::invalid(
        "every_seconds",
        "between five minutes and thirty days",
        "entre",
    ))
    .unwrap();
    let tried = Tried {
        form: schedule::FORM,
        fields,
        refusal,
    };
    let html = list(Lang::En, &sample::resting(), Some(&tried));
    assert!(
        html.contains("value=\"900\" selected") && html.contains("between five minutes and thirty days"),
        "{html}"
    );
    assert!(html.contains("name=\"enabled\" value=\"true\">"), "it was switched off");
}

#[test]
fn intervals_are_said_in_each_language() {
    let said = |lang| schedule::words(lang).join(" | ").replace('\u{a0}', " ");
    assert_eq!(
        said(Lang::En),
        "every 15 min | every 1 h | every 6 h | every 12 h | every 24 h | every 2 days | every 7 days"
    );
    assert!(
        said(Lang::Fr).ends_with("toutes les 24 h | tous les 2 jours | tous les 7 jours"),
        "{}",
        said(Lang::Fr)
    );
}

#[test]
fn a_run_lives_until_it_is_over() {
    assert!(progress::is_live(&sample::running()));
    assert!(!progress::is_live(&sample::failing().run));
    assert_eq!(progress::read_again().headers()["hx-refresh"], "true");
}
