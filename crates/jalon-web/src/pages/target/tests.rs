//! A target in both languages: clean, small, one act, and honest about what was not seen.

use jalon_domain::text::Lang;
use jalon_service::{Permission, view::target::TargetPage};

use super::{sample, view};
use crate::{
    lint::assert_whole,
    pages::{
        overview::sample::now,
        parts::{Cx, sample::people},
    },
    prefs::Prefs,
    ui::shell::Frame,
};

fn frame(lang: Lang) -> Frame {
    Frame {
        path: "/e/1/targets/1".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    }
}

fn html(page: &TargetPage) -> String {
    let frame = frame(Lang::En);
    let cx = Cx::new(&frame, people()[0].id, now());
    view::page(&frame, &cx, &view::Shown { page, is_older: false }).into_string()
}

#[test]
fn every_sample_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for (name, html) in sample::pages(&frame(lang)) {
            let html = html.into_string();
            assert_whole(&html);
            assert!(html.len() < 100_000, "{name}: {} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1, "{name}");
        }
    }
}

#[test]
fn a_domain_tells_what_was_seen_and_what_was_not() {
    let html = html(&sample::domain());
    let after = |topic: &str| {
        html.split_once(&format!("<dt>{topic}</dt>"))
            .unwrap()
            .1
            .split_once("</dd>")
            .unwrap()
            .0
            .to_owned()
    };
    assert!(after("SPF").contains("receivers apply none"));
    assert!(after("DKIM selector1").contains("RSA, 2048 bits"));
    assert!(after("MTA-STS").contains("None"));
    assert!(
        after("TLS reporting").contains("Could not be told") && after("TLS reporting").contains("no answer in time")
    );
    assert!(after("DNSSEC").contains("Not looked at"));
    assert!(
        html.contains("Mend what is wrong: 5 open findings") && html.contains("measured next")
            || html.contains("Measured next")
    );
}

#[test]
fn the_zone_is_shown_as_a_difference_and_given_in_each_form() {
    let html = html(&sample::domain());
    assert_eq!(
        (
            html.matches("class=\"del\"").count(),
            html.matches("class=\"add\"").count()
        ),
        (2, 1)
    );
    for form in ["diff", "zone", "route53", "azure", "cloudflare"] {
        assert!(html.contains(&format!("/zone?form={form}\"")), "{form}");
    }
    assert!(html.contains("Left out:") && html.contains("measure again"));
}

#[test]
fn an_endpoint_tells_of_each_address_and_when_its_certificate_ends() {
    let html = html(&sample::endpoint());
    assert!(
        html.contains("192.0.2.10:443") && html.contains("expires on 1 Dec 2026, in 10 days"),
        "{html}"
    );
    assert!(html.contains("TLS 1.3, TLS 1.2") && html.contains("RSA 2048") && html.contains("Example Issuing CA 3"));
    assert!(html.contains("192.0.2.11:443") && html.contains("Nothing was seen:"));
}

#[test]
fn the_history_says_the_course_and_what_a_run_did_not_know() {
    let html = html(&sample::domain());
    assert!(
        html.contains("5 findings, as in the first of 7 runs. One more run could not tell."),
        "{html}"
    );
    assert!(html.contains("oldest first: 5, 5, 4, could not tell, 5, 5, 5, 5"));
    assert!(html.contains("rel=\"next\""));
}

#[test]
fn what_came_to_nothing_is_never_told_as_well() {
    for page in [sample::doubt(), sample::failed(), sample::live(), sample::fresh()] {
        let html = html(&page);
        assert!(!html.contains("as it should be"), "{html}");
    }
    assert!(html(&sample::failed()).contains("What stands below is from the run before."));
    assert!(html(&sample::live()).contains("hx-trigger=\"every 1s\""));
    assert!(html(&sample::well()).contains("as it should be"));
}

#[test]
fn whoever_may_only_read_gets_no_form() {
    for (mut page, _) in [
        (sample::domain(), ()),
        (sample::live(), ()),
        (sample::doubt(), ()),
        (sample::fresh(), ()),
    ] {
        page.header.may = vec![Permission::See];
        assert_eq!(html(&page).matches("method=\"post\"").count(), 0, "{}", page.value);
    }
}
