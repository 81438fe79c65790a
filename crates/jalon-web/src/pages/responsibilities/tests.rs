//! The list in both languages: clean, small, its sums; the row that is edited; forms that come back; the file.

use axum::response::IntoResponse;
use jalon_domain::text::{Lang, Text};
use jalon_service::{Error, Permission, view::duties::Duties};

use super::{assignment, export, sample, view};
use crate::{
    lint::assert_whole,
    pages::{
        overview::sample::now,
        parts::{
            Cx, assign,
            form::{Fields, Refusal, Tried},
            sample::people,
        },
    },
    prefs::Prefs,
    ui::shell::Frame,
};

fn frame(lang: Lang) -> Frame {
    Frame {
        path: "/e/1/responsibilities".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    }
}

fn list(lang: Lang, duties: &Duties, tried: Option<&Tried>) -> String {
    let frame = frame(lang);
    let cx = Cx::new(&frame, people()[0].id, now());
    view::list(
        &cx,
        &view::List {
            duties,
            tried,
            done: Some("assigned"),
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
            assert!(html.matches("btn-primary").count() <= 1, "{name}");
        }
    }
}

#[test]
fn the_groups_add_up_to_the_heading() {
    let duties = sample::sample();
    let rows: usize = duties.groups.iter().map(|it| it.rows.len()).sum();
    let counts = duties.header.counts;
    assert_eq!(rows, counts.applicable() + counts.not_applicable);
    let html = list(Lang::En, &duties, None);
    assert_eq!(html.matches("<tr id=\"").count(), rows);
    for group in &duties.groups {
        let said = format!("{}/{} proven", group.counts.proven(), group.counts.applicable());
        assert!(html.contains(&said), "{said}");
    }
}

#[test]
fn groups_in_which_nothing_is_missing_are_folded_until_somebody_looks_for_them() {
    let mut duties = sample::sample();
    assert_eq!(
        list(Lang::En, &duties, None)
            .matches("<details class=\"j-grp\" open>")
            .count(),
        4
    );
    duties.filter.state = Some("attested".to_owned());
    assert_eq!(
        list(Lang::En, &duties, None)
            .matches("<details class=\"j-grp\" open>")
            .count(),
        6
    );
}

#[test]
fn a_row_is_edited_in_place_and_keeps_the_filter() {
    let html = list(Lang::En, &sample::edited(), None);
    assert_eq!(html.matches("<tr class=\"edit\"").count(), 1);
    assert!(
        html.contains("responsibilities?phase=enable&amp;edit=services.enable\""),
        "{html}"
    );
    assert!(html.contains("name=\"version\" value=\"1\""));
    assert!(html.contains("Role suggested by the catalogue: identity engineer"));
    assert!(html.contains("Phase: Enable"));
}

#[test]
fn whoever_may_only_read_changes_nothing() {
    let mut duties = sample::edited();
    duties.header.may = vec![Permission::See];
    let html = list(Lang::En, &duties, None);
    assert!(
        !html.contains("<form class=\"j-ed\"") && !html.contains("edit="),
        "{html}"
    );
}

#[test]
fn a_form_that_is_old_says_what_changed_and_keeps_what_was_typed() {
    let mut fields = Fields::default();
    fields.put("owner", people()[2].id.to_string());
    fields.put("due", "2026-12-24");
    let changed = vec![Text::new(
        "the owner is now Marc Dubois",
        "le responsable est maintenant Marc Dubois",
    )];
    let refusal = Refusal::of(Error::Stale { changed }).unwrap();
    let tried = Tried {
        form: assign::FORM,
        fields,
        refusal,
    };
    let html = list(Lang::Fr, &sample::edited(), Some(&tried));
    assert!(html.contains("Quelqu’un a modifié ceci entre-temps"), "{html}");
    assert!(html.contains("le responsable est maintenant Marc Dubois"));
    assert!(html.contains("value=\"2026-12-24\""));
    assert!(html.contains(&format!("value=\"{}\" selected", people()[2].id)));
}

#[test]
fn an_assignment_is_read_from_its_form() {
    let mut fields = Fields::default();
    fields.put("owner", "");
    fields.put("due", " 2026-12-24 ");
    fields.put("version", "7");
    let read = assignment(&fields).unwrap();
    assert_eq!(
        (read.owner, read.due.map(|it| it.to_string()), read.version),
        (None, Some("2026-12-24".to_owned()), 7)
    );
    let mut fields = Fields::default();
    fields.put("version", "7");
    fields.put("due", "soon");
    assert!(matches!(assignment(&fields), Err(Error::Invalid { field: "due", .. })));
}

#[tokio::test]
async fn the_file_has_a_line_for_each_row() {
    let duties = sample::sample();
    let response = export::csv(Lang::Fr, &duties).into_response();
    assert!(
        response.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .contains("responsabilites.csv")
    );
    let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    assert_eq!(text.lines().count(), duties.shown + 1);
    assert!(text.contains("dns.records,o365.enable.06,"), "{text}");
    assert!(text.contains(",2026-11-18,1,4,,Thomas Leroy,2026-11-19\r\n"), "{text}");
}
