//! The list in both languages: clean, small, its sums, one primary button; the files; what may be done by whom.

use axum::response::IntoResponse;
use jalon_domain::{
    finding::{FlawKind, Severity},
    text::{Lang, Text},
};
use jalon_service::{
    Permission,
    view::remediation::{FindingsView, Remediation},
};

use super::{export, sample, view};
use crate::{
    lint::assert_whole,
    pages::{
        overview::sample::now,
        parts::{
            Cx, assign,
            form::{Fields, Refusal, Tried},
            sample::{people, spf},
        },
    },
    prefs::Prefs,
    ui::shell::Frame,
};

fn frame(lang: Lang) -> Frame {
    Frame {
        path: "/e/1/remediation".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    }
}

fn html(lang: Lang, remediation: &Remediation, tried: Option<&Tried>) -> String {
    let frame = frame(lang);
    let waive = remediation
        .opened
        .as_ref()
        .and_then(|it| it.findings.get(1))
        .map(|it| it.id);
    let cx = Cx::new(&frame, people()[0].id, now());
    view::page(
        &frame,
        &cx,
        &view::List {
            remediation,
            waive,
            tried,
            done: None,
            fix: None,
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
            assert_eq!(html.matches("btn-primary").count(), 1, "{name}: one primary button");
        }
    }
}

#[test]
fn the_counts_add_up() {
    let page = sample::closed();
    let held: usize = page.families.iter().map(|it| it.count).sum();
    let holding = page.views.iter().find(|it| it.0 == FindingsView::Holding).unwrap().1;
    assert_eq!(held, holding);
    assert_eq!(held, page.table.of(Severity::Blocker) + page.table.of(Severity::Major));
    assert_eq!(page.table.total(), page.header.findings);
    let html = html(Lang::En, &page, None);
    assert!(
        html.contains("34 open findings") && html.contains("Hold a gate <span class=\"j-n\">18</span>"),
        "{html}"
    );
    assert!(html.contains("118 closed that way"));
}

#[test]
fn while_nothing_is_opened_the_page_names_the_group_to_begin_with() {
    let html = html(Lang::En, &sample::closed(), None);
    assert!(html.contains("Begin with: Two SPF records for one domain"), "{html}");
    assert!(html.contains("remediation?view=holding&amp;open=SPF-02#g-SPF-02"));
}

#[test]
fn an_opened_group_shows_the_change_and_measures_again() {
    let html = html(Lang::En, &sample::dns(), None);
    assert_eq!(html.matches("class=\"del\"").count(), 2);
    assert_eq!(html.matches("class=\"add\"").count(), 1);
    assert!(html.contains("2 removed, 1 added") && html.contains("Back since 18 Nov"));
    assert!(
        html.contains("remediation/SPF-02/fix\" download=\"fix-spf-02.zone\""),
        "{html}"
    );
    assert!(html.contains("remediation/SPF-02/undo\""));
    assert!(html.contains("It is published: measure") && html.contains("name=\"family\" value=\"dns\""));
    assert!(!html.contains("class=\"j-next\""), "the opened fix holds the one act");
}

#[test]
fn a_large_group_says_how_much_of_it_is_shown_and_has_pages() {
    let html = html(Lang::En, &sample::directory(), None);
    assert!(
        html.contains("9 objects, 4 shown") && html.contains("rel=\"next\"") && html.contains("after=0193#g-DIR-019")
    );
    assert!(html.contains("Upload a fresh export"));
    assert!(html.contains("For all 9 findings of the rule"));
    assert!(html.contains("waived until") && html.contains("Waive this finding"));
}

#[test]
fn the_files_of_a_directory_s_fix_are_those_of_what_the_list_is_narrowed_to() {
    let mut page = sample::directory();
    page.filter.attribute = Some("userPrincipalName".to_owned());
    let html = html(Lang::En, &page, None);
    let target = "00000000-0000-0000-0000-000000000004";
    for (part, name) in [
        ("changes", "fix-dir-019.ldif"),
        ("undo", "undo-dir-019.ldif"),
        ("script", "fix-dir-019.ps1"),
        ("review", "review-dir-019.csv"),
    ] {
        let link = format!(
            "/remediation/DIR-019/fix?part={part}&amp;target={target}&amp;attribute=userPrincipalName\" download=\"{name}\""
        );
        assert!(html.contains(&link), "{part}: {html}");
    }
    assert!(
        html.contains(&format!("&amp;plan={target}#g-DIR-019")),
        "the link that looks at it"
    );
}

#[test]
fn a_fix_that_is_looked_at_says_what_it_leaves_to_people_and_is_approved_there() {
    let html = html(Lang::En, &sample::previewed(), None);
    assert!(html.contains("7 values change in 7 objects.") && html.contains("2 values are left to people"));
    assert!(html.contains("another object holds the proposed value"));
    assert!(html.contains("3 more objects are in the file."));
    assert!(html.contains("name=\"sha256\" value=\"3fd5dd") && html.contains("type=\"file\""));
    assert!(
        html.contains("btn btn-primary\" type=\"submit\">Approve the fix"),
        "{html}"
    );
}

#[test]
fn an_approved_fix_tells_the_run_that_proved_it_and_can_be_taken_back() {
    let html = html(Lang::En, &sample::approved(), None);
    assert!(html.contains("4 of 13 proved closed, 9 still open"), "{html}");
    assert!(html.contains("/runs/00000000-0000-0000-0000-000000000033"));
    assert!(html.contains("0 of 13 proved closed") && html.contains("Taken back"));
    assert!(html.contains("/fixes/00000000-0000-0000-0000-00000000001f/revoke?"));
    assert!(html.contains("/fixes/00000000-0000-0000-0000-00000000001e/restore?"));
    for file in [41, 42, 43] {
        let link = format!("/files/00000000-0000-0000-0000-0000000000{file:x}\"");
        assert!(html.contains(&link), "{link}");
    }
}

#[test]
fn what_was_done_to_a_fix_is_undone_from_its_message() {
    let (_, page) = sample::pages(&frame(Lang::Fr)).into_iter().nth(3).unwrap();
    let html = page.into_string();
    let toast = html.split_once("j-toast").unwrap().1.split_once("</form>").unwrap().0;
    assert!(
        toast.contains("Correctif approuvé") && toast.contains("/revoke?"),
        "{toast}"
    );
}

#[test]
fn filters_say_how_many_findings_each_leaves() {
    let html = html(Lang::En, &sample::closed(), None);
    assert!(
        html.contains("attribute=userPrincipalName\">userPrincipalName<span class=\"j-n\">9</span>"),
        "{html}"
    );
    assert!(html.contains("error=duplicate\">Duplicate<span class=\"j-n\">4</span>"));
    let mut page = sample::closed();
    page.filter.error = Some(FlawKind::Duplicate);
    assert!(super::tests::html(Lang::En, &page, None).contains("Kind of error: Duplicate"));
}

#[test]
fn findings_are_ticked_while_the_owner_is_changed() {
    let html = html(Lang::En, &sample::directory(), None);
    assert_eq!(html.matches("type=\"checkbox\" name=\"finding\"").count(), 4);
    assert_eq!(html.matches("form=\"who\"").count(), 4);
    assert!(html.contains("id=\"who\"") && html.contains("tick some for those alone"));
    assert!(
        html.contains("after=0193&amp;edit=DIR-019") || html.contains("edit=DIR-019&amp;after=0193"),
        "{html}"
    );
    let mut page = sample::directory();
    page.filter.edit = None;
    assert!(!super::tests::html(Lang::En, &page, None).contains("type=\"checkbox\""));
}

#[test]
fn a_reviewed_table_that_cannot_be_followed_comes_back_with_a_line_a_row() {
    let text = Text::new("row 2: what\nrow 5: why", "ligne 2\nligne 5");
    let refusal = Refusal::of(jalon_service::Error::Invalid { field: "file", text }).unwrap();
    let mut fields = Fields::default();
    fields.put("note", "as agreed");
    let tried = Tried {
        form: super::fix::APPROVAL,
        fields,
        refusal,
    };
    let html = html(Lang::En, &sample::previewed(), Some(&tried));
    assert!(
        html.contains("row 2: what\nrow 5: why") && html.contains("as agreed"),
        "{html}"
    );
}

#[test]
fn what_is_fixed_has_neither_fix_nor_button() {
    let mut page = sample::directory();
    page.filter.view = Some(FindingsView::Fixed);
    let html = html(Lang::En, &page, None);
    assert!(!html.contains("btn-primary") && !html.contains("Fix: LDIF"), "{html}");
}

#[test]
fn whoever_may_only_read_sees_fixes_and_no_form() {
    for mut page in [
        sample::dns(),
        sample::looking(),
        sample::directory(),
        sample::previewed(),
        sample::approved(),
        sample::closed(),
    ] {
        page.header.may = vec![Permission::See];
        let html = html(Lang::En, &page, None);
        assert_eq!(html.matches("method=\"post\"").count(), 0);
    }
}

#[test]
fn a_form_of_a_group_comes_back_with_what_was_typed() {
    let mut fields = Fields::default();
    fields.put("due", "someday");
    let refusal = Refusal::of(fields.date("due").unwrap_err()).unwrap();
    let tried = Tried {
        form: assign::FORM,
        fields,
        refusal,
    };
    let html = html(Lang::En, &sample::directory(), Some(&tried));
    assert!(
        html.contains("value=\"someday\"") && html.contains("write a date as 2026-11-20"),
        "{html}"
    );
}

#[tokio::test]
async fn the_checklist_says_what_to_do() {
    let mut table = export::empty(Lang::Fr);
    table.row(export::row(Lang::Fr, &spf()).iter().map(String::as_str));
    let body = axum::body::to_bytes(table.into_response().into_body(), 1 << 20)
        .await
        .unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    assert!(text.contains("Bloquant,SPF-02,nord.example.com,TXT,"), "{text}");
    assert!(text.contains("Deux SPF pour le même domaine"));
}

#[test]
fn the_lines_are_given_in_the_form_that_is_asked_for_with_what_is_left_out() {
    let html = html(Lang::En, &sample::dns(), None);
    assert!(html.contains("aria-current=\"true\">What changes</a>"), "{html}");
    assert!(html.contains("open=SPF-02&amp;form=route53#g-SPF-02\""));
    assert!(html.contains("data-copy=\"copy-SPF-02-0\"") && !html.contains("Left out"));
    let html = super::tests::html(Lang::En, &sample::in_form(), None);
    assert!(html.contains("aria-current=\"true\">Azure DNS (Azure CLI)</a>"));
    assert!(html.contains("/zone?form=azure&amp;rule=SPF-02\" download"), "{html}");
    assert!(html.contains("Left out:") && html.contains("measure again"));
    assert!(
        !html.contains("SPF-02/fix\""),
        "the file of all findings holds what the plan leaves out"
    );
}

#[test]
fn a_look_says_by_how_many_who_differs_until_when_and_that_it_closes_nothing() {
    let page = html(Lang::En, &sample::dns(), None);
    assert!(page.contains("Seen by 3 of 4 servers"), "{page}");
    assert!(
        page.contains("198.51.100.53") && page.contains("(resolver)") && page.contains("v=spf1 ip4:192.0.2.25 ~all")
    );
    assert!(page.contains("caches may keep the old answer until") && page.contains("It closes nothing"));
    assert!(page.contains("/remediation/SPF-02/look?") && page.contains("Look whether it is seen everywhere"));
    let page = html(Lang::En, &sample::in_form(), None);
    assert!(page.contains("did not tell:") && page.contains("could not be asked:") && page.contains("ns3.example.net"));
    assert!(!page.contains("Seen everywhere"));
}

#[test]
fn seen_everywhere_is_told_by_mark_and_word_and_the_finding_still_waits_for_a_measurement() {
    let page = html(Lang::En, &sample::arrived(), None);
    assert!(
        page.matches("Seen everywhere: by all 4 servers").count() == 2,
        "in the line and in the block: {page}"
    );
    assert!(page.contains("closes when the next measurement proves it") && page.contains("It is published: measure"));
}

#[test]
fn while_somebody_looks_the_page_is_read_again_and_nobody_asks_twice() {
    let page = html(Lang::En, &sample::looking(), None);
    assert!(
        page.contains("Looking now")
            && page.contains("hx-trigger=\"every 2s\"")
            && page.contains("hx-select=\"#seen\"")
    );
    assert!(!page.contains("/remediation/SPF-02/look"), "{page}");
    assert!(page.contains("Read again") && page.contains("are not known"));
    assert!(!html(Lang::En, &sample::dns(), None).contains("every 2s"));
}
