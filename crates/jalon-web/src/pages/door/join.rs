//! Joining by invitation: somebody who was invited chooses a password.

use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::{
        forms::{self, Errors, Field},
        shell::{self, Frame},
    },
};

/// What the page shows. It posts `password` to `action`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinPage {
    /// The address of the one-time link.
    pub action: String,
    /// The name of whoever was invited.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What is wrong, by field.
    pub errors: Errors,
}

impl JoinPage {
    /// The page.
    pub fn render(&self, frame: &Frame) -> Markup {
        let lang = frame.lang();
        let title = t!(lang, M, "join", name = &self.name);
        let (password, hint) = (t!(lang, M, "password"), t!(lang, M, "password-hint"));
        let field = Field::password("password", &password)
            .error(self.errors.of(lang, "password"))
            .hint(&hint)
            .autocomplete("new-password")
            .required();
        let body = html! { (field) (forms::submit(&t!(lang, M, "create-account"), true)) };
        let content = html! {
            h1.mb-1 { (title) }
            p.j-dim.mb-4 { (self.email) }
            (forms::post(&frame.csrf, &self.action, "j-form", &body))
        };
        shell::door(frame, &title, &content)
    }

    /// Each shape that the page takes.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            action: "/join?key=sample".to_owned(),
            name: "Inès Faure".to_owned(),
            email: "ines.faure@nord.example.com".to_owned(),
            errors: Errors::none(),
        }]
    }
}
