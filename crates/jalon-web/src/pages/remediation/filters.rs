//! The filters above the list: a text, then severity, family and owner as chips.

use jalon_domain::{finding::Severity, measure::Family, text::Lang};
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
    let chips = html! { (severity(lang, it, &address)) (family(lang, it, &address)) (owner(lang, it, &address)) };
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
