//! First set-up: the first account, through the one-time link that the server prints at start.

use jalon_domain::text::{Lang, Text};
use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::{
        empty,
        forms::{self, Errors, Field, Pick},
        lists,
        shell::{self, Frame},
    },
};

/// What the page shows. It posts `name`, `email`, `password` and `lang` to `action`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpPage {
    /// The address of the one-time link.
    pub action: String,
    /// How much longer the link works, in minutes.
    pub minutes_left: u32,
    /// The name typed before.
    pub name: String,
    /// The address typed before.
    pub email: String,
    /// The account's language.
    pub lang: Lang,
    /// What is wrong, by field.
    pub errors: Errors,
    /// Where this server keeps its data: "SQLite in data/".
    pub store: Text,
    /// The program's version.
    pub version: String,
}

impl SetUpPage {
    /// The page.
    pub fn render(&self, frame: &Frame) -> Markup {
        let lang = frame.lang();
        let title = t!(lang, M, "set-up");
        let (account, engagement) = (t!(lang, M, "step-account"), t!(lang, M, "step-engagement"));
        let content = html! {
            h1.mb-1 { (title) }
            p.j-2.mb-3 { (t!(lang, M, "set-up-link", n = self.minutes_left)) }
            div.mb-4 { (lists::steps(&[(&account, None), (&engagement, None)], 0)) }
            (forms::post(&frame.csrf, &self.action, "j-form", &self.fields(lang)))
            div.j-sec.mt-4 {
                p.j-sm.j-dim {
                    (t!(lang, M, "this-server", store = self.store.get(lang), version = &self.version)) " "
                    (t!(lang, M, "backup")) " " code { "jalon backup FILE" }
                }
            }
        };
        shell::door(frame, &title, &content)
    }

    fn fields(&self, lang: Lang) -> Markup {
        let (name, email, label) = (t!(lang, M, "name"), t!(lang, M, "email"), t!(lang, M, "password"));
        let hint = t!(lang, M, "password-hint");
        let error = |field| self.errors.of(lang, field);
        let password = Field::password("password", &label)
            .autocomplete("new-password")
            .required();
        // What is wrong says what would be right: the hint would only repeat it.
        let password = match error("password") {
            None => password.hint(&hint),
            wrong => password.error(wrong),
        };
        let pick = |value, label: &str| Pick {
            value,
            label: label.to_owned(),
            note: String::new(),
            is_on: self.lang.code() == value,
        };
        html! {
            (Field::text("name", &name).value(&self.name).error(error("name")).autocomplete("name").required())
            (Field::email("email", &email).value(&self.email).error(error("email")).autocomplete("username").required())
            (password)
            (forms::radios(&t!(lang, M, "language"), "lang", &[pick("fr", "Français"), pick("en", "English")]))
            (forms::submit(&t!(lang, M, "create-account"), true))
        }
    }

    /// Each shape that the page takes.
    pub fn samples() -> Vec<Self> {
        let fresh = Self {
            action: "/set-up/sample".to_owned(),
            minutes_left: 58,
            name: "Claire Morel".to_owned(),
            email: "claire.morel@nord.example.com".to_owned(),
            lang: Lang::En,
            errors: Errors::none(),
            store: Text::new("SQLite in data/", "SQLite dans data/"),
            version: "0.3.0".to_owned(),
        };
        let mut refused = Self {
            lang: Lang::Fr,
            ..fresh.clone()
        };
        let short = Text::new(
            "10 characters: at least 14 are needed. A sentence does well.",
            "10 caractères\u{a0}: il en faut 14 au moins. Une phrase convient très bien.",
        );
        refused.errors.add("password", short);
        vec![fresh, refused]
    }
}

/// The link was used, or its hour has passed.
pub fn expired(frame: &Frame) -> Markup {
    let lang = frame.lang();
    let title = t!(lang, M, "link-over");
    let act = html! { a.btn href="/sign-in" { (t!(lang, M, "sign-in")) } };
    let content =
        html! { h1.visually-hidden { (title) } (empty::no_match(&title, &t!(lang, M, "link-over-why"), &act)) };
    shell::door(frame, &title, &content)
}
