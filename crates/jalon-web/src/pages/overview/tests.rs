//! The overview in both languages: clean, small, and its sums.

use jalon_domain::text::Lang;

use super::{sample, view};
use crate::{lint::assert_whole, prefs::Prefs, ui::shell::Frame};

fn html(lang: Lang, view: &jalon_service::view::overview::Overview) -> String {
    let frame = Frame {
        path: "/e/1".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    };
    view::page(&frame, view, sample::now()).into_string()
}

#[test]
fn both_samples_render_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for view in [sample::sample(), sample::fresh()] {
            let html = html(lang, &view);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert_eq!(html.matches("btn-primary").count(), 1);
            assert_eq!(html.matches("<section class=\"j-next\"").count(), 1);
        }
    }
}

#[test]
fn the_sample_adds_up_as_the_page_promises() {
    let view = sample::sample();
    let counts = &view.header.counts;
    let of_phases: usize = view.phases.iter().map(|it| it.counts.applicable()).sum();
    assert_eq!(of_phases + view.cross.applicable(), counts.applicable());
    let proven: usize = view.phases.iter().map(|it| it.counts.proven()).sum();
    assert_eq!(proven + view.cross.proven(), counts.proven());
    let findings: usize = view.blocking.iter().map(|it| it.count).sum();
    assert_eq!(findings, view.gate.as_ref().unwrap().findings());
    assert_eq!(view.findings.total(), view.header.findings);
}

#[test]
fn the_title_of_the_burn_up_says_when_and_how_far_from_the_target() {
    let mut view = sample::sample();
    assert!(html(Lang::En, &view).contains("At this pace, done on 12 February 2027: 2 weeks after the target"));
    assert!(html(Lang::Fr, &view).contains("2 semaines après l’objectif"));
    view.header.target = Some(jiff::civil::date(2027, 2, 13));
    assert!(html(Lang::En, &view).contains("one day before the target"));
    view.trend.forecast = None;
    assert!(html(Lang::En, &view).contains("No pace yet"));
}

#[test]
fn every_number_leads_to_what_it_counts() {
    let html = html(Lang::En, &sample::sample());
    for address in [
        "/responsibilities?view=all&amp;state=claimed\"",
        "/responsibilities?view=all&amp;state=awaiting_approval\"",
        "/responsibilities?view=all&amp;phase=cross\"",
        "/remediation?view=all&amp;family=dns&amp;severity=major\">2<",
        "/remediation?view=all&amp;severity=blocker\">6<",
        "/remediation?view=all\">34<",
        "/remediation?view=fixed\"",
    ] {
        assert!(html.contains(address), "{address}");
    }
}

#[test]
fn an_engagement_that_has_not_begun_says_so_without_a_week() {
    let html = html(Lang::En, &sample::fresh());
    assert!(html.contains("starts 23 Nov 2026") && !html.contains("week 0"));
    assert!(html.contains("Nothing was measured yet") && html.contains("No state changed"));
}
