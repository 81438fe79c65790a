//! The wizard as pages: the step's fields on the left, what the choices make on the right.

use jalon_domain::{
    profile::{Choice, Cloud, Programme, Service},
    text::{Lang, Text},
};
use jalon_service::engagement::Preview;
use maud::{Markup, html};

use super::{CREATE, M, PREVIEW, answer, draft::Draft, reasons::Reason, receive::size, step::Step};
use crate::{
    links,
    text::t,
    ui::{
        dates,
        forms::{self, Errors, Field, Pick},
        icons::Icon,
        lists,
        shell::{self, Frame},
    },
};

/// What a step shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wizard {
    /// What was typed so far.
    pub draft: Draft,
    /// The step.
    pub step: Step,
    /// What is wrong in it.
    pub errors: Errors,
    /// What the choices take on.
    pub preview: Preview,
    /// Why the rest is left out.
    pub reasons: Vec<Reason>,
    /// Pages of further responsibilities that the choices join, with how many each adds.
    pub added: Vec<(Text, usize)>,
    /// Source bullets of each programme.
    pub bullets: Vec<(Programme, usize)>,
    /// The largest file, bytes.
    pub upload_limit: u64,
}

/// The page.
pub fn page(frame: &Frame, it: &Wizard) -> Markup {
    let lang = frame.lang();
    let leave = html! { a.j-link.j-sm href=(links::HOME) { (t!(lang, M, "leave")) } };
    let form = match it.step {
        Step::Scope => posted(frame, it, &scope(lang, it)),
        Step::Domains => posted(frame, it, &domains(lang, it)),
        Step::Directory => uploaded(frame, it),
    };
    let content = html! {
        div.mb-4 { (steps(lang, it)) }
        div.j-cols.side { (form) (answer::answer(lang, it)) }
    };
    shell::wide(frame, &t!(lang, M, "new-engagement"), &leave, &content)
}

/// The first step is called by the organisation once it has a name.
fn steps(lang: Lang, it: &Wizard) -> Markup {
    let organisation = it.draft.get("organisation").trim();
    let is_named = it.step > Step::Scope && !organisation.is_empty();
    let scope = if is_named {
        organisation.to_owned()
    } else {
        t!(lang, M, "step-scope")
    };
    let labels = [scope, t!(lang, M, "step-domains"), t!(lang, M, "step-directory")];
    let current = Step::ALL.iter().position(|step| *step == it.step).unwrap_or_default();
    lists::steps(&labels.each_ref().map(|it| (it.as_str(), None)), current)
}

/// A step that leads to another one. A tick asks for a new answer; the script only spares the reload. It asks from inside
/// the form, so that fields that are still empty do not keep it from asking.
fn posted(frame: &Frame, it: &Wizard, fields: &Markup) -> Markup {
    html! {
        form #f-wizard method="post" action=(links::NEW_ENGAGEMENT) {
            (forms::csrf_field(&frame.csrf))
            (carried(it))
            div.j-form hx-post=(PREVIEW) hx-trigger="change" hx-target="#preview" hx-swap="outerHTML" hx-sync="this:replace" {
                (fields)
            }
        }
    }
}

/// What the other steps hold.
fn carried(it: &Wizard) -> Markup {
    html! {
        input type="hidden" name="at" value=(it.step.word());
        @for (name, value) in it.draft.carried(it.step) { input type="hidden" name=(name) value=(value); }
    }
}

/// The button that goes on comes first, so that Enter goes on too.
fn buttons(lang: Lang, next: Step, label: &str, back: Option<Step>) -> Markup {
    html! {
        div.d-flex.gap-2.pt-2 {
            button.btn.btn-primary type="submit" name="go" value=(next.word()) { (label) }
            @if let Some(step) = back {
                button.btn type="submit" name="go" value=(step.word()) formnovalidate { (t!(lang, M, "back")) }
            }
        }
    }
}

fn scope(lang: Lang, it: &Wizard) -> Markup {
    html! {
        (who_and_when(lang, it))
        (programmes(lang, it))
        (forms::checkboxes(&t!(lang, M, "services"), "services", &picks(it, "services", Service::ALL, |it| (it.word(), it.name()), lang)))
        (size_and_cloud(lang, it))
        (forms::checkboxes(&t!(lang, M, "options"), "options", &picks(it, "options", Choice::ALL, |it| (it.word(), it.name()), lang)))
        (buttons(lang, Step::Domains, &t!(lang, M, "continue-domains"), None))
    }
}

fn who_and_when(lang: Lang, it: &Wizard) -> Markup {
    let error = |field| it.errors.of(lang, field);
    let labels = ["organisation", "name", "start", "target"].map(|name| label(lang, name));
    let [organisation, name, start, target] = labels.each_ref().map(String::as_str);
    let (who, own, aim) = (
        t!(lang, M, "organisation-hint"),
        t!(lang, M, "name-hint"),
        t!(lang, M, "target-hint"),
    );
    let value = |name| it.draft.get(name);
    html! {
        div.row.g-3 {
            div.col-sm-6 { (Field::text("organisation", organisation).value(value("organisation")).hint(&who).error(error("organisation")).autocomplete("organization").required().focus()) }
            div.col-sm-6 { (Field::text("name", name).value(value("name")).hint(&own).error(error("name"))) }
            div.col-sm-6 { (Field::date("start", start).value(value("start")).error(error("start")).required()) }
            div.col-sm-6 { (Field::date("target", target).value(value("target")).hint(&aim).error(error("target"))) }
        }
    }
}

fn label(lang: Lang, name: &str) -> String {
    match name {
        "organisation" => t!(lang, M, "organisation"),
        "name" => t!(lang, M, "name"),
        "start" => t!(lang, M, "start"),
        _ => t!(lang, M, "target"),
    }
}

fn programmes(lang: Lang, it: &Wizard) -> Markup {
    let pick = |(programme, bullets): &(Programme, usize)| Pick {
        value: programme.word(),
        label: programme.name().get(lang).to_owned(),
        note: t!(lang, M, "n-bullets", n = *bullets),
        is_on: it.draft.has("programmes", programme.word()),
    };
    let picks: Vec<Pick<'_>> = it.bullets.iter().map(pick).collect();
    html! {
        div {
            (forms::checkboxes(&t!(lang, M, "programmes"), "programmes", &picks))
            @if let Some(error) = it.errors.of(lang, "programmes") { (wrong("f-programmes-e", error)) }
        }
    }
}

fn wrong(id: &str, error: &str) -> Markup {
    html! { div.j-errmsg id=(id) role="alert" { (Icon::Cross.show()) span { (error) } } }
}

fn picks<T: Copy>(
    it: &Wizard,
    field: &str,
    all: &[T],
    of: impl Fn(T) -> (&'static str, Text),
    lang: Lang,
) -> Vec<Pick<'static>> {
    all.iter()
        .map(|one| {
            let (value, name) = of(*one);
            Pick {
                value,
                label: name.get(lang).to_owned(),
                note: String::new(),
                is_on: it.draft.has(field, value),
            }
        })
        .collect()
}

fn size_and_cloud(lang: Lang, it: &Wizard) -> Markup {
    let (seats, cloud) = (t!(lang, M, "seats"), t!(lang, M, "cloud"));
    let clouds: Vec<(&str, String)> = Cloud::ALL
        .iter()
        .map(|it| (it.word(), it.name().get(lang).to_owned()))
        .collect();
    html! {
        div.row.g-3 {
            div.col-sm-6 { (Field::number("seats", &seats).value(it.draft.get("seats")).error(it.errors.of(lang, "seats")).required()) }
            div.col-sm-6 { (Field::select("cloud", &cloud, &clouds).value(it.draft.get("cloud"))) }
        }
    }
}

fn domains(lang: Lang, it: &Wizard) -> Markup {
    let (domains, endpoints) = (t!(lang, M, "domains"), t!(lang, M, "endpoints"));
    let (for_domains, for_endpoints) = (t!(lang, M, "domains-hint"), t!(lang, M, "endpoints-hint"));
    let error = |field| it.errors.of(lang, field);
    html! {
        (Field::area("domains", &domains, 5).value(it.draft.get("domains")).hint(&for_domains).error(error("domains")).mono().focus())
        (Field::area("endpoints", &endpoints, 5).value(it.draft.get("endpoints")).hint(&for_endpoints).error(error("endpoints")).mono())
        p.j-sm.j-dim { (t!(lang, M, "later")) }
        (buttons(lang, Step::Directory, &t!(lang, M, "continue-directory"), Some(Step::Scope)))
    }
}

/// The last step: the file, what will be created, and the one button that creates.
fn uploaded(frame: &Frame, it: &Wizard) -> Markup {
    let lang = frame.lang();
    let body = html! {
        (carried(it))
        (directory(lang, it))
        (review(lang, it))
        div.d-flex.gap-2.pt-2 {
            button.btn.btn-primary type="submit" { (t!(lang, M, "create")) }
            (leads_to(Step::Domains, &t!(lang, M, "back"), "btn"))
        }
    };
    forms::post_file(&frame.csrf, CREATE, "j-form", &body)
}

/// Back to a step, with what was typed and without the file.
fn leads_to(step: Step, label: &str, class: &str) -> Markup {
    html! {
        button class=(class) type="submit" name="go" value=(step.word()) formaction=(links::NEW_ENGAGEMENT)
            formenctype="application/x-www-form-urlencoded" formnovalidate { (label) }
    }
}

fn directory(lang: Lang, it: &Wizard) -> Markup {
    let error = it.errors.of(lang, "directory").or_else(|| it.errors.of(lang, "file"));
    let described = if error.is_some() {
        "f-directory-e f-directory-h"
    } else {
        "f-directory-h"
    };
    html! {
        div.j-err[error.is_some()] {
            label.form-label for="f-directory" { (t!(lang, M, "directory")) }
            input.form-control type="file" id="f-directory" name="directory" multiple accept=".ldif,.ldf,.csv,.txt"
                aria-invalid=[error.map(|_| "true")] aria-describedby=(described);
            @if let Some(error) = error { (wrong("f-directory-e", error)) }
            span.form-hint id="f-directory-h" { (t!(lang, M, "directory-hint", limit = size(lang, it.upload_limit))) }
        }
    }
}

fn review(lang: Lang, it: &Wizard) -> Markup {
    let draft = &it.draft;
    let profile = draft.profile();
    let name = Some(draft.get("name").trim())
        .filter(|it| !it.is_empty())
        .unwrap_or(draft.get("organisation").trim());
    let programmes: Vec<String> = profile
        .programmes
        .iter()
        .map(|it| it.name().get(lang).to_owned())
        .collect();
    let seats = dates::count(lang, usize::try_from(profile.seats).unwrap_or(usize::MAX));
    let options: Vec<String> = profile
        .options
        .iter()
        .map(|it| it.name().get(lang).to_owned())
        .collect();
    let facts = [
        (t!(lang, M, "organisation"), html! { (name) }),
        (t!(lang, M, "dates"), html! { (span(lang, draft)) }),
        (t!(lang, M, "programmes"), html! { (programmes.join(" + ")) }),
        (
            t!(lang, M, "services"),
            html! { (t!(lang, M, "n-services", n = profile.services.len())) },
        ),
        (t!(lang, M, "seats"), html! { (seats) }),
        (t!(lang, M, "cloud"), html! { (profile.cloud.name().get(lang)) }),
        (t!(lang, M, "options"), words(lang, &options)),
        (t!(lang, M, "domains"), measured(lang, &draft.domains())),
        (t!(lang, M, "endpoints"), measured(lang, &draft.endpoints())),
    ];
    let facts: Vec<(&str, Markup)> = facts
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let change = leads_to(Step::Scope, &t!(lang, M, "change"), "btn");
    lists::section(
        "w-review",
        &html! { (t!(lang, M, "review")) },
        &change,
        &lists::facts(&facts),
    )
}

fn span(lang: Lang, draft: &Draft) -> String {
    let start = draft.start().map(|it| dates::day_year(lang, it)).unwrap_or_default();
    match draft.target() {
        Ok(Some(target)) => t!(
            lang,
            M,
            "from-to",
            start = start,
            target = dates::day_year(lang, target)
        ),
        _ => t!(lang, M, "from", start = start),
    }
}

fn words(lang: Lang, words: &[String]) -> Markup {
    html! {
        @if words.is_empty() { span.j-dim { (t!(lang, M, "none-yet")) } }
        @for it in words { div { (it) } }
    }
}

fn measured(lang: Lang, values: &[&str]) -> Markup {
    html! {
        @if values.is_empty() { span.j-dim { (t!(lang, M, "none-yet")) } }
        @for it in values { div.j-mono.text-break { (it) } }
    }
}
