//! Forms: fields with label, hint and error, joined for those who do not see them; and the token against forged requests.
//!
//! A field is built and spliced: `(Field::text("domain", label).value(v).hint(h).error(e))`.

use jalon_domain::text::{Lang, Text};
use maud::{Markup, Render, html};

use super::icons::Icon;
use crate::security::csrf;

/// A form that is posted to `action`, with its token first. `classes` are `j-form` (stacked) or `j-ed` (in a row).
pub fn post(token: &str, action: &str, classes: &str, body: &Markup) -> Markup {
    html! { form class=(classes) method="post" action=(action) { (csrf_field(token)) (body) } }
}

/// The same for a form that carries a file.
pub fn post_file(token: &str, action: &str, classes: &str, body: &Markup) -> Markup {
    html! {
        form class=(classes) method="post" action=(action) enctype="multipart/form-data" { (csrf_field(token)) (body) }
    }
}

/// The hidden field; must be the first of its form.
pub fn csrf_field(token: &str) -> Markup {
    html! { input type="hidden" name=(csrf::FIELD) value=(token); }
}

/// A form that is nothing but one button, such as "Run checks".
pub fn button_form(token: &str, action: &str, classes: &str, label: &Markup) -> Markup {
    html! { form method="post" action=(action) { (csrf_field(token)) button class=(classes) type="submit" { (label) } } }
}

/// What is wrong in a form that was sent, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, Text)>);

impl Errors {
    /// Nothing is wrong.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The service's refusal, when it is about a field; any other error comes back.
    ///
    /// # Errors
    /// The error itself when it is about something else: hand it on.
    pub fn from_refusal(error: jalon_service::Error) -> Result<Self, jalon_service::Error> {
        match error {
            jalon_service::Error::Invalid { field, text } => Ok(Self(vec![(field.to_owned(), text)])),
            other => Err(other),
        }
    }

    /// One more.
    pub fn add(&mut self, field: &str, text: Text) {
        self.0.push((field.to_owned(), text));
    }

    /// What is wrong with `field`.
    pub fn of(&self, lang: Lang, field: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == field).map(|it| it.1.get(lang))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'a> {
    Input(&'static str),
    Area(u8),
    Select(&'a [(&'a str, String)]),
}

/// A field with everything around it. Nothing is required unless said; browsers' own checks stay on.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    kind: Kind<'a>,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    autocomplete: Option<&'a str>,
    input_mode: Option<&'a str>,
    is_required: bool,
    has_focus: bool,
    is_mono: bool,
}

impl<'a> Field<'a> {
    const fn new(name: &'a str, label: &'a str, kind: Kind<'a>) -> Self {
        Self {
            name,
            label,
            kind,
            value: "",
            hint: None,
            error: None,
            autocomplete: None,
            input_mode: None,
            is_required: false,
            has_focus: false,
            is_mono: false,
        }
    }

    /// A line of text.
    pub const fn text(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Input("text"))
    }

    /// An e-mail address.
    pub const fn email(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Input("email"))
    }

    /// A password: its value is never written back.
    pub const fn password(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Input("password"))
    }

    /// A date, `2026-11-20`.
    pub const fn date(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Input("date"))
    }

    /// A whole number: a text field with the digits' keyboard, so that "2 340" can be typed.
    pub const fn number(name: &'a str, label: &'a str) -> Self {
        let mut field = Self::new(name, label, Kind::Input("text"));
        field.input_mode = Some("numeric");
        field
    }

    /// A file.
    pub const fn file(name: &'a str, label: &'a str) -> Self {
        Self::new(name, label, Kind::Input("file"))
    }

    /// Several lines.
    pub const fn area(name: &'a str, label: &'a str, rows: u8) -> Self {
        Self::new(name, label, Kind::Area(rows))
    }

    /// One of `options`: value and label.
    pub const fn select(name: &'a str, label: &'a str, options: &'a [(&'a str, String)]) -> Self {
        Self::new(name, label, Kind::Select(options))
    }

    /// What is in it.
    #[must_use]
    pub const fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// What to write, below the field.
    #[must_use]
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong and what would be right.
    #[must_use]
    pub const fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// What browsers may fill in (HTML, section 4.10.18.7).
    #[must_use]
    pub const fn autocomplete(mut self, word: &'a str) -> Self {
        self.autocomplete = Some(word);
        self
    }

    /// It must not be empty.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Typing begins here.
    #[must_use]
    pub const fn focus(mut self) -> Self {
        self.has_focus = true;
        self
    }

    /// It holds measured values: domains, endpoints.
    #[must_use]
    pub const fn mono(mut self) -> Self {
        self.is_mono = true;
        self
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// The ids of what describes it: the error first.
    fn described_by(&self) -> Option<String> {
        let error = self.error.map(|_| format!("{}-e", self.id()));
        let hint = self.hint.map(|_| format!("{}-h", self.id()));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn control(&self) -> Markup {
        let (id, described) = (self.id(), self.described_by());
        let invalid = self.error.map(|_| "true");
        match self.kind {
            Kind::Input(kind) => html! {
                input.form-control.j-mono[self.is_mono] id=(id) name=(self.name) type=(kind) value=[self.shown(kind)]
                    autocomplete=[self.autocomplete] inputmode=[self.input_mode] required[self.is_required]
                    autofocus[self.has_focus] aria-invalid=[invalid] aria-describedby=[described];
            },
            Kind::Area(rows) => html! {
                textarea.form-control.j-mono[self.is_mono] id=(id) name=(self.name) rows=(rows) required[self.is_required]
                    autofocus[self.has_focus] aria-invalid=[invalid] aria-describedby=[described] {
                    // A parser drops the first line break of a text area.
                    "\n" (self.value)
                }
            },
            Kind::Select(options) => html! {
                select.form-select id=(id) name=(self.name) required[self.is_required] aria-invalid=[invalid] aria-describedby=[described] {
                    @for (value, label) in options { option value=(value) selected[*value == self.value] { (label) } }
                }
            },
        }
    }

    fn shown(&self, kind: &str) -> Option<&str> {
        (!self.value.is_empty() && !matches!(kind, "password" | "file")).then_some(self.value)
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        html! {
            div.j-err[self.error.is_some()] {
                label.form-label for=(self.id()) { (self.label) }
                (self.control())
                @if let Some(error) = self.error {
                    div.j-errmsg id={ (self.id()) "-e" } { (Icon::Cross.show()) span { (error) } }
                }
                @if let Some(hint) = self.hint { span.form-hint id={ (self.id()) "-h" } { (hint) } }
            }
        }
    }
}

/// One thing to tick or to choose.
#[derive(Clone, Debug)]
pub struct Pick<'a> {
    /// Its value.
    pub value: &'a str,
    /// What it is.
    pub label: String,
    /// A line below; may be empty.
    pub note: String,
    /// Whether it is ticked.
    pub is_on: bool,
}

/// Several things to tick, under one legend, all of one name.
pub fn checkboxes(legend: &str, name: &str, picks: &[Pick<'_>]) -> Markup {
    choices("checkbox", legend, name, picks)
}

/// One thing to choose among several.
pub fn radios(legend: &str, name: &str, picks: &[Pick<'_>]) -> Markup {
    choices("radio", legend, name, picks)
}

fn choices(kind: &str, legend: &str, name: &str, picks: &[Pick<'_>]) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            div.j-pick.line[kind == "radio"] {
                @for it in picks {
                    label {
                        input.form-check-input type=(kind) name=(name) value=(it.value) checked[it.is_on];
                        span { (it.label) @if !it.note.is_empty() { small { (it.note) } } }
                    }
                }
            }
        }
    }
}

/// The one button of a form. On a door it fills the line.
pub fn submit(label: &str, is_wide: bool) -> Markup {
    html! { button.btn.btn-primary.w-100[is_wide].justify-content-center[is_wide] type="submit" { (label) } }
}
