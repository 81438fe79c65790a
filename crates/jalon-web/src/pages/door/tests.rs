//! Every page of the door renders in both languages, clean.

use jalon_domain::text::Lang;

use super::{problem::ProblemPage, set_up, set_up::SetUpPage, sign_in::SignInPage};
use crate::{lint::assert_whole, prefs::Prefs, ui::shell::Frame};

fn frames() -> [Frame; 2] {
    Lang::ALL.map(|lang| Frame {
        path: "/sign-in".to_owned(),
        csrf: "nonce.seal".to_owned(),
        ..Frame::new(Prefs {
            lang,
            ..Prefs::default()
        })
    })
}

#[test]
fn every_page_renders_clean_in_both_languages() {
    for frame in frames() {
        let signs = SignInPage::samples().into_iter().map(|it| it.render(&frame));
        let set_ups = SetUpPage::samples().into_iter().map(|it| it.render(&frame));
        let problems = ProblemPage::samples().into_iter().map(|it| it.render(&frame));
        for page in signs.chain(set_ups).chain(problems).chain([set_up::expired(&frame)]) {
            let html = page.into_string();
            assert_whole(&html);
            assert!(html.contains(&format!("<html lang=\"{}\"", frame.lang())), "{html}");
            assert_eq!(html.matches("<h1").count(), 1, "{html}");
        }
    }
}

#[test]
fn the_sign_in_form_carries_its_token_first_and_never_the_password() {
    let [en, fr] = frames();
    let page = &SignInPage::samples()[0];
    let html = page.render(&en).into_string();
    assert!(
        html.contains("action=\"/sign-in\"><input type=\"hidden\" name=\"csrf\" value=\"nonce.seal\">"),
        "{html}"
    );
    assert!(html.contains("4 more tries before a 15 minute pause."), "{html}");
    assert!(
        page.render(&fr)
            .into_string()
            .contains("Encore 4\u{a0}essais avant une pause de 15\u{a0}minutes.")
    );
}

#[test]
fn a_refused_password_is_explained_at_its_field() {
    let html = SetUpPage::samples()[1].render(&frames()[0]).into_string();
    assert!(
        html.contains("aria-invalid=\"true\" aria-describedby=\"f-password-e\""),
        "{html}"
    );
    assert!(html.contains("id=\"f-password-e\""), "{html}");
}
