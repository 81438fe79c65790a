//! Owner and due date as a form in one row: under a row of a list, beside one responsibility, above a group of findings.

use jalon_domain::ids::PersonId;
use jalon_service::{
    Permission,
    view::{Header, PersonRef},
};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{Cx, M, capital, form::Tried, sentence};
use crate::{
    text::t,
    ui::{forms, icons::Icon, note, note::Tone},
};

/// What the form is about.
pub(crate) struct Assign<'a> {
    /// The id of the form, where fields outside belong to it.
    pub(crate) id: Option<&'a str>,
    /// Where it is posted.
    pub(crate) action: &'a str,
    /// Further fields that go with it.
    pub(crate) hidden: &'a [(&'a str, String)],
    /// Everybody who may own.
    pub(crate) people: &'a [PersonRef],
    /// Who owns now.
    pub(crate) owner: Option<PersonId>,
    /// The due date now.
    pub(crate) due: Option<Date>,
    /// Whether the person may name anybody, or only themselves.
    pub(crate) may_name: bool,
    /// Where "Cancel" leads; none where the form folds by itself.
    pub(crate) cancel: Option<&'a str>,
    /// A word beside it.
    pub(crate) hint: Option<String>,
    /// The form that came back.
    pub(crate) tried: Option<&'a Tried>,
    /// Whether typing begins here.
    pub(crate) has_focus: bool,
}

/// The name that a form of this kind has among those of its page.
pub(crate) const FORM: &str = "assign";

/// Whether somebody may change owner and date: those who may name, and those who may take it for themselves.
pub(crate) fn may_assign(header: &Header) -> bool {
    header.may(Permission::Assign) || header.may(Permission::Contribute)
}

/// The form.
pub(crate) fn form(cx: &Cx<'_>, it: &Assign<'_>) -> Markup {
    let lang = cx.lang;
    let typed = |name: &str, now: String| it.tried.map_or(now, |tried| tried.fields.get(name).to_owned());
    let owner = typed("owner", it.owner.map(|it| it.to_string()).unwrap_or_default());
    let due = typed("due", it.due.map(|it| it.to_string()).unwrap_or_default());
    let error = |name: &str| it.tried.and_then(|tried| tried.error(name, lang));
    let body = html! {
        @for (name, value) in it.hidden { input type="hidden" name=(name) value=(value); }
        label.j-sm.j-2 for="a-owner" { (t!(lang, M, "owner")) }
        select.form-select #a-owner name="owner" autofocus[it.has_focus] aria-invalid=[error("owner").map(|_| "true")] {
            @if it.may_name { option value="" { (t!(lang, M, "nobody")) } }
            @for person in it.people.iter().filter(|person| it.may_name || person.id == cx.me) {
                option value=(person.id) selected[person.id.to_string() == owner] { (person.name) }
            }
        }
        label.j-sm.j-2 for="a-due" { (t!(lang, M, "due")) }
        input.form-control #a-due type="date" name="due" value=(due) aria-invalid=[error("due").map(|_| "true")];
        button.btn type="submit" { (t!(lang, M, "save")) }
        @if let Some(href) = it.cancel { a.btn.btn-ghost href=(href) { (t!(lang, M, "cancel")) } }
        @if let Some(hint) = &it.hint { span.j-sm.j-dim.j-not-m { (hint) } }
        @for text in ["owner", "due"].into_iter().filter_map(error) {
            div.j-errmsg.w-100 role="alert" { (Icon::Cross.show()) span { (text) } }
        }
    };
    html! {
        @if let Some(tried) = it.tried { (came_back(cx, tried, &["owner", "due"])) }
        form.j-ed id=[it.id] method="post" action=(it.action) { (forms::csrf_field(cx.token)) (body) }
    }
}

/// What is wrong with a form as a whole, above it; what is wrong with one of `fields` is said there.
pub(crate) fn came_back(cx: &Cx<'_>, tried: &Tried, fields: &[&str]) -> Markup {
    let lines = tried.whole(fields);
    let message = html! {
        @if tried.is_stale() { b { (t!(cx.lang, M, "stale")) } " " }
        @for (n, line) in lines.iter().enumerate() { @if n > 0 { "; " } (line.get(cx.lang)) }
        "."
        @if tried.is_stale() { " " (t!(cx.lang, M, "stale-act")) }
    };
    let tone = if tried.is_stale() { Tone::Warn } else { Tone::Bad };
    html! { @if !lines.is_empty() { div.mb-2 role="alert" { (note::note(tone, &message)) } } }
}

/// What a form that came back contradicts, above everything.
pub(crate) fn conflict(cx: &Cx<'_>, tried: Option<&Tried>) -> Markup {
    let lines = tried.map(Tried::conflict).unwrap_or_default();
    let message = html! { @for line in lines { (sentence(&capital(line.get(cx.lang)))) } };
    html! { @if !lines.is_empty() { div.mb-3 { (note::note(Tone::Bad, &message)) } } }
}
