//! Components in both languages: words beside glyphs, names on lone glyphs, nothing inline.

use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    gate::GateState,
    programme::Side,
    proof::{Reason, State},
    text::{Lang, Text},
};
use maud::{Markup, Render, html};

use super::{
    chart::{self, Tally},
    chips, fix,
    forms::{self, Errors, Field},
    marks, people, sprite, table,
};
use jalon_service::Error;

use crate::lint::assert_clean;

#[track_caller]
fn check(markup: &Markup, expected: &[&str]) {
    assert_clean(&markup.0);
    for part in expected {
        assert!(markup.0.contains(part), "`{part}` is not in {}", markup.0);
    }
}

#[test]
fn every_mark_has_a_word_and_every_lone_glyph_a_name() {
    for lang in Lang::ALL {
        for (state, reason) in State::ALL
            .iter()
            .map(|it| (*it, None))
            .chain(Reason::ALL.iter().map(|it| (State::Open, Some(*it))))
        {
            let name = marks::state_name(lang, state, reason);
            check(&marks::state(lang, state, reason), &["aria-hidden=\"true\"", &name]);
            check(
                &marks::state_glyph(lang, state, reason),
                &["role=\"img\"", &format!("aria-label=\"{name}\"")],
            );
        }
        for it in Outcome::ALL {
            check(&marks::outcome(lang, *it), &[it.name().get(lang)]);
        }
        for it in Severity::ALL {
            check(&marks::severity(lang, *it), &[it.name().get(lang)]);
        }
        for it in Side::ALL {
            check(&marks::side(lang, *it), &[it.name().get(lang)]);
        }
        for it in GateState::ALL {
            check(&marks::gate(lang, *it), &[it.name().get(lang)]);
        }
    }
}

#[test]
fn claimed_is_not_green_and_inconclusive_not_red() {
    check(&marks::state(Lang::En, State::Claimed, None), &["st-claimed"]);
    check(
        &marks::state(Lang::En, State::Open, Some(Reason::Inconclusive)),
        &["st-inc"],
    );
    check(&marks::outcome(Lang::En, Outcome::Inconclusive), &["o-inc"]);
    let css = include_str!("../../assets/jalon.css");
    assert!(css.contains(".st-claimed, .st-stale, .st-inc { color: var(--j-warn); }"));
    assert!(css.contains(".o-inc { color: var(--j-warn); }"));
}

#[test]
fn what_does_not_apply_is_in_no_total() {
    let tally = Tally::of([
        (State::Verified, None),
        (State::Claimed, None),
        (State::NotApplicable, None),
        (State::Open, None),
    ]);
    assert_eq!(
        (tally.proven(), tally.open(), tally.applicable(), tally.not_applicable),
        (1, 1, 3, 1)
    );
    check(
        &chart::stack(Lang::Fr, &tally),
        &["aria-label=\"1 prouvées sur 3\"", "k-verified", "k-claimed", "k-open"],
    );
}

#[test]
fn the_shares_of_a_bar_fill_it_and_an_empty_one_is_pale() {
    let html = chart::bar("x", &[("k-verified", 1), ("k-open", 3)]).0;
    assert!(
        html.contains("x=\"0%\" width=\"24.65%\"") && html.contains("x=\"25%\" width=\"74.65%\""),
        "{html}"
    );
    assert!(chart::bar("x", &[("k-open", 0)]).0.contains("k-na"));
}

#[test]
fn a_chart_has_a_title_a_description_and_its_figures() {
    let progress = crate::pages::style::sample_progress();
    for lang in Lang::ALL {
        let markup = chart::progress::progress(lang, "bu", &progress);
        check(
            &markup,
            &[
                "<title id=\"bu-w-t\">",
                "<desc id=\"bu-n-d\">",
                "<details",
                "<table",
                "l-fc",
                "l-ok",
            ],
        );
    }
    let alone = chart::progress::Progress {
        points: progress.points[..1].to_vec(),
        ..progress
    };
    assert_eq!(chart::progress::progress(Lang::En, "bu", &alone).0, "");
}

#[test]
fn a_chart_of_odd_data_stays_in_its_frame() {
    let day = |n| jiff::civil::date(2026, 11, n);
    let point = |date, proven| chart::progress::Point {
        date,
        proven,
        claimed: 0,
        applicable: 0,
    };
    let odd = chart::progress::Progress {
        points: vec![point(day(1), 0), point(day(2), 5)],
        forecast: None,
        target: Some(jiff::civil::date(1999, 1, 1)),
    };
    let html = chart::progress::progress(Lang::En, "bu", &odd).0;
    assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
}

#[test]
fn a_field_says_what_describes_it() {
    let markup = Field::text("domain", "Domain")
        .value("<x>")
        .hint("One a line")
        .error(Some("Not a domain"))
        .render();
    check(
        &markup,
        &[
            "value=\"&lt;x&gt;\"",
            "aria-invalid=\"true\"",
            "aria-describedby=\"f-domain-e f-domain-h\"",
            "for=\"f-domain\"",
        ],
    );
    check(
        &Field::password("p", "P").value("secret").render(),
        &["type=\"password\""],
    );
    assert!(!Field::password("p", "P").value("secret").render().0.contains("secret"));
    check(
        &forms::post_file("t", "/x", "j-form", &html! {}),
        &["enctype=\"multipart/form-data\"><input type=\"hidden\" name=\"csrf\" value=\"t\">"],
    );
}

#[test]
fn a_refusal_about_a_field_is_shown_there_and_others_go_on() {
    let text = Text::new("too short", "trop court");
    let errors = Errors::from_refusal(Error::Invalid { field: "name", text }).unwrap();
    assert_eq!(errors.of(Lang::Fr, "name"), Some("trop court"));
    assert_eq!(errors.of(Lang::Fr, "email"), None);
    assert!(matches!(Errors::from_refusal(Error::NotFound), Err(Error::NotFound)));
}

#[test]
fn a_difference_is_marked_by_sign_as_well_as_by_tint() {
    let markup = fix::diff(fix::read_diff("; zone\n same\n-old <b>\n+new\n"));
    check(
        &markup,
        &[
            "class=\"del\" data-m=\"\u{2212}\">old &lt;b&gt;",
            "class=\"add\" data-m=\"+\">new",
            "class=\"cmt\" data-m=\" \">; zone",
        ],
    );
    assert_eq!(
        fix::whole("# c\ndn: x").map(|it| it.0).collect::<Vec<_>>(),
        [fix::Change::Comment, fix::Change::Add]
    );
}

#[test]
fn filters_and_tables_have_addresses_and_names() {
    let choices = [chips::Choice {
        label: html! { "Open" },
        href: "?state=open".to_owned(),
        count: Some(2340),
    }];
    check(
        &chips::chip_menu(Lang::En, "State", &choices),
        &["<details", "href=\"?state=open\"", "2,340"],
    );
    check(
        &chips::chip_on(Lang::Fr, "État", "/"),
        &["title=\"Retirer le filtre État\""],
    );
    let columns = [table::Column::text("Check"), table::Column::number("Total").extra()];
    let rows = [vec![html! { "DNS" }, html! { "5" }]];
    check(
        &table::table("Findings", &columns, &rows),
        &["scope=\"col\"", "class=\"j-r j-not-m\" data-l=\"Total\"", "<caption"],
    );
    assert_eq!(table::pager(Lang::En, None, None).0, "");
}

#[test]
fn a_piece_brings_its_own_symbols_once() {
    let two = html! { (marks::outcome(Lang::En, Outcome::Pass)) (marks::outcome(Lang::En, Outcome::Pass)) (people::initials("A B")) };
    let html = sprite::piece(&two).0;
    assert_eq!(html.matches("<symbol").count(), 1, "{html}");
}

#[test]
fn requirements_are_dots_and_figures() {
    check(&marks::dots(2, 4), &["<b>●●</b>○○", "2/4"]);
    assert!(!marks::dots(0, 0).0.contains('●') && !marks::dots(9, 40).0.contains('●'));
}
