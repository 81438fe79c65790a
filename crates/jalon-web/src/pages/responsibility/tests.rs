//! One responsibility in both languages: clean, small, one primary button; the forms that a person may and may not use;
//! forms that come back.

use jalon_domain::text::Lang;
use jalon_service::{Error, Permission, view::duty::DutyPage};
use jiff::civil::date;

use super::{sample, view, write};
use crate::{
    lint::assert_whole,
    pages::{
        overview::sample::now,
        parts::{
            Cx,
            form::{Fields, Refusal, Tried},
        },
    },
    prefs::Prefs,
    ui::shell::Frame,
};

fn html(lang: Lang, duty: &DutyPage, tried: Option<&Tried>) -> String {
    let prefs = Prefs {
        lang,
        ..Prefs::default()
    };
    let frame = Frame {
        path: "/e/1/x".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(prefs)
    };
    let cx = Cx::new(&frame, sample::stranger(), now());
    let shown = view::Shown {
        duty,
        tried,
        done: None,
        upload_limit: 256 << 20,
    };
    view::page(&frame, &cx, &shown).into_string()
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    let mut fields = Fields::default();
    pairs.iter().for_each(|(name, value)| fields.put(*name, *value));
    fields
}

#[test]
fn every_sample_renders_clean_and_small_in_both_languages() {
    for lang in Lang::ALL {
        for duty in [sample::failing(), sample::awaiting(), sample::waived()] {
            let html = html(lang, &duty, None);
            assert_whole(&html);
            assert!(html.len() < 100_000, "{} bytes", html.len());
            assert!(html.matches("btn-primary").count() <= 1, "one primary button");
            assert!(html.matches("class=\"j-next\"").count() <= 1);
        }
    }
}

#[test]
fn every_reason_leads_to_what_would_meet_it() {
    let html = html(Lang::En, &sample::failing(), None);
    for (link, place) in [
        ("href=\"#q-records\"", "id=\"q-records\""),
        ("href=\"#q-change\"", "id=\"q-change\""),
    ] {
        assert!(html.contains(link) && html.contains(place), "{link}");
    }
    assert!(html.contains("Regressed on 18 Nov") && html.contains("one day late"));
    assert!(html.contains("sha256 9f2c…41ab"));
}

#[test]
fn the_approval_that_comes_next_is_open_and_primary() {
    let html = html(Lang::En, &sample::awaiting(), None);
    assert!(
        html.contains(
            "<button class=\"btn btn-primary\" type=\"submit\" name=\"approved\" value=\"true\">Approve</button>"
        ),
        "{html}"
    );
    assert!(html.contains("plan-de-sensibilisation-v1.pdf") && html.contains("180 kB"));
    assert!(html.contains("enctype=\"multipart/form-data\""));
}

#[test]
fn nothing_can_be_approved_before_it_is_handed_in() {
    let mut duty = sample::awaiting();
    duty.requirements[0].evidence.clear();
    let html = html(Lang::En, &duty, None);
    assert!(html.contains("a file has to be handed in first") && !html.contains("name=\"approved\""));
}

#[test]
fn whoever_may_only_read_sees_no_form() {
    for mut duty in [sample::failing(), sample::awaiting(), sample::waived()] {
        duty.header.may = vec![Permission::See];
        for it in &mut duty.requirements {
            (it.may_submit, it.may_approve) = (false, false);
        }
        let html = html(Lang::En, &duty, None);
        assert_eq!(html.matches("method=\"post\"").count(), 0, "{html}");
    }
}

#[test]
fn a_decision_in_force_says_by_whom_until_when_and_can_be_taken_back() {
    let html = html(Lang::En, &sample::waived(), None);
    assert!(html.contains("Claire Morel") && html.contains("CHG-1042") && html.contains("Louis Bernard"));
    assert!(html.contains("/revoke\"") && html.contains("Take back"));
    assert!(!html.contains("Other ways out"), "there is nothing left to get out of");
}

#[test]
fn a_waiver_without_an_end_comes_back_with_what_was_typed() {
    let typed = fields(&[
        ("waiver-reason", "until January, see the ticket"),
        ("ticket", "CHG-7"),
        ("until", ""),
    ]);
    let error = write::waiver(&typed).unwrap_err();
    assert!(matches!(error, Error::Invalid { field: "until", .. }), "{error:?}");
    let tried = Tried {
        form: write::WAIVER,
        fields: typed,
        refusal: Refusal::of(error).unwrap(),
    };
    let html = html(Lang::Fr, &sample::failing(), Some(&tried));
    assert_whole(&html);
    assert!(html.contains("until January, see the ticket") && html.contains("value=\"CHG-7\""));
    assert!(
        html.contains("id=\"f-until-e\"") && html.contains("une date est nécessaire"),
        "{html}"
    );
}

#[test]
fn a_waiver_is_read_from_its_form() {
    let typed = fields(&[
        ("waiver-reason", " because of x "),
        ("until", "2027-01-29"),
        ("ticket", " "),
    ]);
    let waiver = write::waiver(&typed).unwrap();
    assert_eq!(
        (waiver.reason.as_str(), waiver.until, waiver.ticket),
        ("because of x", date(2027, 1, 29), None)
    );
}
