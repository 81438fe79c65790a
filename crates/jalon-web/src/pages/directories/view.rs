//! The form: the server, the account, what is read and how it is judged; what trying it out came to.

use jalon_domain::text::Lang;
use jalon_service::{
    directory::{SourceView, Trial},
    view::Header,
};
use jalon_store::directory::sources::{BindKind, Mode, Security};
use maud::{Markup, html};

use super::{M, write::TRY};
use crate::{
    links,
    pages::parts::form::{Fields, Tried},
    text::t,
    ui::{
        forms::{self, Field},
        icons::Icon,
        lists,
        note::{Tone, note},
        shell::{self, Frame, Head},
    },
};

/// The form as it stands.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The directory that is changed; none for a new one.
    pub source: Option<SourceView>,
    /// What is in the fields.
    pub(crate) fields: Fields,
    /// What trying it out came to.
    pub trial: Option<Trial>,
    /// Why it was not taken.
    pub(crate) tried: Option<Tried>,
}

impl Sheet {
    /// A form that was not sent yet.
    pub(crate) const fn new(source: Option<SourceView>, fields: Fields) -> Self {
        Self {
            source,
            fields,
            trial: None,
            tried: None,
        }
    }

    fn value<'a>(&'a self, name: &str, otherwise: &'a str) -> &'a str {
        match self.fields.get(name) {
            "" => otherwise,
            typed => typed,
        }
    }

    fn error(&self, name: &str, lang: Lang) -> Option<&str> {
        self.tried.as_ref().and_then(|it| it.error(name, lang))
    }
}

/// The fields that may be to blame.
const FIELDS: [&str; 12] = [
    "name",
    "server",
    "security",
    "bind",
    "user",
    "password",
    "bases",
    "filter",
    "roots",
    "rate",
    "page",
    "allow_unprotected",
];

/// The page.
pub fn page(frame: &Frame, header: &Header, it: &Sheet) -> Markup {
    let lang = frame.lang();
    let (title, action) = match &it.source {
        Some(source) => (
            t!(lang, M, "title-edit", name = &source.name),
            links::directory(header.id, source.id),
        ),
        None => (t!(lang, M, "title-new"), links::new_directory(header.id)),
    };
    let targets = links::targets(header.id);
    let head = Head::new(title).meta(html! { (t!(lang, M, "what-for")) });
    let form = html! {
        @if let Some(source) = &it.source {
            input type="hidden" name="version" value=(it.value("version", &source.version.to_string()));
        }
        div.j-sec { (server(lang, it)) }
        div.j-sec { (account(lang, it)) }
        div.j-sec { (reading(lang, it)) }
        (told(lang, it))
        div.d-flex.flex-wrap.gap-2.mt-3 {
            (forms::submit(&t!(lang, M, "save"), false))
            button.btn type="submit" name="act" value=(TRY) hx-post=(action) hx-target="#told" hx-swap="outerHTML" {
                (Icon::Pulse.show()) (t!(lang, M, "try"))
            }
            a.btn href=(targets) { (t!(lang, M, "cancel")) }
        }
    };
    let content = forms::post(&frame.csrf, &action, "", &form);
    shell::page(frame, &head, &content)
}

/// What came of sending the form, beside its buttons: there one looks.
pub(super) fn told(lang: Lang, it: &Sheet) -> Markup {
    html! {
        div #told aria-live="polite" {
            @if let Some(trial) = &it.trial { (came_of(lang, trial)) }
            @if let Some(tried) = &it.tried {
                @for line in tried.conflict().iter().chain(tried.whole(&FIELDS)) { (note(Tone::Bad, &html! { (line.get(lang)) })) }
                @if tried.is_stale() { (note(Tone::Bad, &html! { (t!(lang, M, "stale")) })) }
                @for name in FIELDS {
                    @if let Some(error) = tried.error(name, lang) {
                        (note(Tone::Bad, &html! { (label(lang, name)) ": " (error) }))
                    }
                }
            }
        }
    }
}

/// What trying a directory out came to.
pub fn came_of(lang: Lang, trial: &Trial) -> Markup {
    let tone = if trial.works { Tone::Ok } else { Tone::Bad };
    html! {
        (note(tone, &html! { (trial.text.get(lang)) }))
        @if let Some(warning) = &trial.warning { (note(Tone::Warn, &html! { (warning.get(lang)) })) }
    }
}

fn label(lang: Lang, field: &str) -> String {
    match field {
        "name" => t!(lang, M, "name"),
        "server" => t!(lang, M, "server"),
        "security" | "allow_unprotected" => t!(lang, M, "security"),
        "bind" => t!(lang, M, "bind"),
        "user" => t!(lang, M, "user"),
        "password" => t!(lang, M, "password"),
        "bases" => t!(lang, M, "bases"),
        "filter" => t!(lang, M, "filter"),
        "roots" => t!(lang, M, "roots"),
        "rate" => t!(lang, M, "rate"),
        _ => t!(lang, M, "page-size"),
    }
}

fn server(lang: Lang, it: &Sheet) -> Markup {
    let (server, server_hint) = (label(lang, "server"), t!(lang, M, "server-hint"));
    let (roots, roots_hint) = (label(lang, "roots"), t!(lang, M, "roots-hint"));
    let (name, name_hint) = (label(lang, "name"), t!(lang, M, "name-hint"));
    let ways: Vec<(&str, String)> = Security::ALL
        .iter()
        .map(|way| (way.word(), security(lang, *way)))
        .collect();
    let security = label(lang, "security");
    let body = html! {
        (Field::text("server", &server).value(it.fields.get("server")).hint(&server_hint).error(it.error("server", lang)).mono().required())
        (Field::select("security", &security, &ways).value(it.value("security", Security::StartTls.word())).error(it.error("security", lang)))
        (Field::area("roots", &roots, 3).value(it.fields.get("roots")).hint(&roots_hint).error(it.error("roots", lang)).mono())
        @if it.source.is_none() {
            (Field::text("name", &name).value(it.fields.get("name")).hint(&name_hint).error(it.error("name", lang)))
        }
    };
    section("s-server", &t!(lang, M, "section-server"), &body)
}

/// A part of the form; its fields keep the distance that fields keep.
fn section(id: &str, title: &str, fields: &Markup) -> Markup {
    let body = html! { div.j-form { (fields) } };
    lists::section(id, &html! { (title) }, &Markup::default(), &body)
}

fn security(lang: Lang, way: Security) -> String {
    match way {
        Security::StartTls => t!(lang, M, "security-start-tls"),
        Security::Ldaps => t!(lang, M, "security-ldaps"),
        Security::Plain => t!(lang, M, "security-plain"),
    }
}

fn account(lang: Lang, it: &Sheet) -> Markup {
    let (user, user_hint) = (label(lang, "user"), t!(lang, M, "user-hint"));
    let password = label(lang, "password");
    let keeps = it.source.as_ref().is_some_and(|it| it.has_password);
    let password_hint = if keeps {
        t!(lang, M, "password-kept")
    } else {
        t!(lang, M, "password-hint")
    };
    let ways: Vec<(&str, String)> = BindKind::ALL
        .iter()
        .map(|way| (way.word(), way.name().get(lang).to_owned()))
        .collect();
    let bind = label(lang, "bind");
    let accept = it.fields.get("allow_unprotected") == "true";
    let body = html! {
        (Field::select("bind", &bind, &ways).value(it.value("bind", BindKind::Simple.word())).error(it.error("bind", lang)))
        (Field::text("user", &user).value(it.fields.get("user")).hint(&user_hint).error(it.error("user", lang)).mono().autocomplete("off"))
        (Field::password("password", &password).hint(&password_hint).error(it.error("password", lang)).autocomplete("new-password"))
        label.form-check {
            input.form-check-input type="checkbox" name="allow_unprotected" value="true" checked[accept];
            span.form-check-label { (t!(lang, M, "allow-unprotected")) }
        }
        @if let Some(error) = it.error("allow_unprotected", lang) { div.j-errmsg { (Icon::Cross.show()) span { (error) } } }
    };
    section("s-account", &t!(lang, M, "section-account"), &body)
}

fn reading(lang: Lang, it: &Sheet) -> Markup {
    let (bases, bases_hint) = (label(lang, "bases"), t!(lang, M, "bases-hint"));
    let (filter, filter_hint) = (label(lang, "filter"), t!(lang, M, "filter-hint"));
    let (rate, rate_hint) = (label(lang, "rate"), t!(lang, M, "rate-hint"));
    let (size, size_hint) = (label(lang, "page"), t!(lang, M, "page-size-hint"));
    let (mode, mode_hint) = (t!(lang, M, "mode"), t!(lang, M, "mode-hint"));
    let modes: Vec<(&str, String)> = Mode::ALL
        .iter()
        .map(|it| (it.word(), it.name().get(lang).to_owned()))
        .collect();
    let body = html! {
        (Field::area("bases", &bases, 3).value(it.fields.get("bases")).hint(&bases_hint).error(it.error("bases", lang)).mono())
        (Field::select("mode", &mode, &modes).value(it.value("mode", Mode::Strict.word())).hint(&mode_hint))
        (Field::text("filter", &filter).value(it.fields.get("filter")).hint(&filter_hint).error(it.error("filter", lang)).mono())
        (Field::number("rate", &rate).value(it.fields.get("rate")).hint(&rate_hint).error(it.error("rate", lang)))
        (Field::number("page", &size).value(it.value("page", "1000")).hint(&size_hint).error(it.error("page", lang)))
    };
    section("s-reading", &t!(lang, M, "section-reading"), &body)
}
