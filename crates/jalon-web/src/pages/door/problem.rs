//! The error page: one sentence, one act, a reference.

use maud::{Markup, html};

use super::M;
use crate::{
    text::t,
    ui::shell::{self, Frame},
};

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemPage {
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub sentence: String,
    /// What changed meanwhile, for a stale form.
    pub changed: Vec<String>,
    /// The address to try again, where that may help.
    pub again: Option<String>,
    /// The request's reference, as in the log.
    pub reference: String,
}

impl ProblemPage {
    /// The page.
    pub fn render(&self, frame: &Frame) -> Markup {
        let lang = frame.lang();
        let content = html! {
            div.j-empty {
                h1 { (self.title) }
                p { (self.sentence) }
                @if !self.changed.is_empty() { ul.j-plain { @for it in &self.changed { li { (it) } } } }
                p.j-sm { (t!(lang, M, "reference")) " " code { (self.reference) } }
                div.j-acts {
                    @if let Some(href) = &self.again { a.btn href=(href) { (t!(lang, M, "try-again")) } }
                    a.btn.btn-ghost[self.again.is_some()] href="/" { (t!(lang, M, "start-page")) }
                }
            }
        };
        shell::door(frame, &self.title, &content)
    }

    /// Each shape that the page takes.
    pub fn samples() -> Vec<Self> {
        let failed = Self {
            title: "This could not be done".to_owned(),
            sentence: "Nothing is lost. The defect is in the log under this reference.".to_owned(),
            again: Some("/engagements".to_owned()),
            reference: "01JD-7Q2M".to_owned(),
            changed: Vec::new(),
        };
        let stale = Self {
            changed: vec!["Inès Faure set the due date to 23 November.".to_owned()],
            again: None,
            ..failed.clone()
        };
        vec![failed, stale]
    }
}
