//! The filters above the list: a text, then severity, family, target, attribute, kind of error and owner as chips.

use jalon_domain::{
    finding::{FlawKind, Severity},
    measure::Family,
    text::Lang,
};
use jalon_service::view::remediation::TargetCount;
use maud::{Markup, html};

use super::{M, view::List};
use crate::{
    pages::parts::address::Address,
    text::t,
    ui::{
        chips::{self, Choice, Search},
        marks,
    },
};

/// The bar.
pub(super) fn filters(lang: Lang, it: &List<'_>) -> Markup {
    let address = it.closed();
    let search = Search {
        text: it.remediation.filter.text.as_deref().unwrap_or_default(),
        hint: &t!(lang, M, "search-hint"),
        kept: &address.others("q"),
    };
    let chips = html! {
        (severity(lang, it, &address)) (family(lang, it, &address)) (target(lang, it, &address)) (attribute(lang, it, &address))
        (error(lang, it, &address)) (owner(lang, it, &address))
    };
    chips::filters(lang, address.path(), &search, &chips, &Markup::default())
}

/// One field: its value when it is in use, else what it can be.
fn chip(
    lang: Lang,
    address: &Address,
    name: &'static str,
    label: &str,
    value: Option<String>,
    choices: &[Choice],
) -> Markup {
    match value {
        None if choices.is_empty() => Markup::default(),
        Some(value) => {
            let label = t!(lang, M, "filter-is", name = label, value = value);
            chips::chip_on(lang, &label, &address.without(name).to_string())
        }
        None => chips::chip_menu(lang, label, choices),
    }
}

fn choice(address: &Address, name: &'static str, word: &str, label: Markup) -> Choice {
    Choice {
        label,
        href: address.with(name, word).to_string(),
        count: None,
    }
}

/// A choice that says how many findings it leaves.
fn counted(address: &Address, name: &'static str, word: &str, label: Markup, count: u64) -> Choice {
    Choice {
        count: Some(usize::try_from(count).unwrap_or(usize::MAX)),
        ..choice(address, name, word, label)
    }
}

/// The only target is no choice.
fn target(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let targets = &it.remediation.facets.targets;
    let named = |id| targets.iter().find(|it| it.id == id).map(|it| it.name.clone());
    let value = it
        .remediation
        .filter
        .target
        .map(|id| named(id).unwrap_or_else(|| "?".to_owned()));
    let one = |it: &TargetCount| counted(address, "target", &it.id.to_string(), html! { (it.name) }, it.count);
    let choices: Vec<Choice> = targets.iter().filter(|_| targets.len() > 1).map(one).collect();
    chip(lang, address, "target", &t!(lang, M, "target"), value, &choices)
}

fn attribute(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let value = it.remediation.filter.attribute.clone();
    let one = |(name, count): &(String, u64)| counted(address, "attribute", name, html! { (name) }, *count);
    let choices: Vec<Choice> = it.remediation.facets.attributes.iter().map(one).collect();
    chip(lang, address, "attribute", &t!(lang, M, "attribute"), value, &choices)
}

fn error(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let value = it.remediation.filter.error.map(|it| it.name().get(lang).to_owned());
    let one = |(kind, count): &(FlawKind, u64)| {
        counted(address, "error", kind.word(), html! { (kind.name().get(lang)) }, *count)
    };
    let choices: Vec<Choice> = it.remediation.facets.errors.iter().map(one).collect();
    chip(lang, address, "error", &t!(lang, M, "error-kind"), value, &choices)
}

fn severity(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let value = it.remediation.filter.severity.map(|it| it.name().get(lang).to_owned());
    let one = |it: &Severity| choice(address, "severity", it.word(), marks::severity(lang, *it));
    let choices: Vec<Choice> = Severity::ALL.iter().rev().map(one).collect();
    chip(lang, address, "severity", &t!(lang, M, "severity"), value, &choices)
}

fn family(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let value = it.remediation.filter.family.map(|it| it.name().get(lang).to_owned());
    let one = |it: &Family| choice(address, "family", it.word(), html! { (it.name().get(lang)) });
    let choices: Vec<Choice> = Family::ALL.iter().map(one).collect();
    chip(lang, address, "family", &t!(lang, M, "check"), value, &choices)
}

fn owner(lang: Lang, it: &List<'_>, address: &Address) -> Markup {
    let nobody = t!(lang, M, "nobody");
    let people = &it.remediation.people;
    let value = it.remediation.filter.owner().map(|it| match it {
        None => nobody.clone(),
        Some(id) => people
            .iter()
            .find(|it| it.id == id)
            .map_or_else(|| "?".to_owned(), |it| it.name.clone()),
    });
    let named = people
        .iter()
        .map(|it| choice(address, "owner", &it.id.to_string(), html! { (it.name) }));
    let choices: Vec<Choice> = [choice(address, "owner", "none", html! { (nobody) })]
        .into_iter()
        .chain(named)
        .collect();
    chip(lang, address, "owner", &t!(lang, M, "owner"), value, &choices)
}
