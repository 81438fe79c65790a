//! The filters above the list: a text, then a chip for each field. A field in use is one link away from being dropped.

use jalon_domain::{
    programme::{Phase, Side, Workstream},
    proof::{Reason, State},
    text::Lang,
};
use jalon_service::view::duties::{Duties, Grouping};
use maud::{Markup, html};

use super::M;
use crate::{
    pages::parts::address::Address,
    text::t,
    ui::{
        chips::{self, Choice, Search},
        icons::Icon,
        marks,
    },
};

/// The bar.
pub(super) fn filters(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let address = address.without("edit");
    let search = Search {
        text: duties.filter.text.as_deref().unwrap_or_default(),
        hint: &t!(lang, M, "search-hint"),
        kept: &address.others("q"),
    };
    let chips = html! {
        (phase(lang, duties, &address))
        (state(lang, duties, &address))
        (workstream(lang, duties, &address))
        (owner(lang, duties, &address))
        (side(lang, duties, &address))
    };
    chips::filters(lang, address.path(), &search, &chips, &grouping(lang, duties, &address))
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
            chips::chip_on(lang, &label, &address.without(name).short())
        }
        None => chips::chip_menu(lang, label, choices),
    }
}

fn choice(address: &Address, name: &'static str, word: &str, label: Markup) -> Choice {
    Choice {
        label,
        href: address.with(name, word).short(),
        count: None,
    }
}

fn phase(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let across = t!(lang, M, "across");
    let name = |it: &Phase| it.name().get(lang).to_owned();
    let value = duties
        .filter
        .phase
        .as_deref()
        .map(|it| it.parse().as_ref().map_or(across.clone(), name));
    let choices: Vec<Choice> = Phase::ALL
        .iter()
        .map(|it| choice(address, "phase", it.word(), html! { (name(it)) }))
        .chain([choice(address, "phase", "cross", html! { (across) })])
        .collect();
    chip(lang, address, "phase", &t!(lang, M, "phase"), value, &choices)
}

fn state(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let name = |word: &str| -> Option<String> {
        let reason = word.parse().ok().map(|it: Reason| it.name());
        Some(
            reason
                .or_else(|| word.parse().ok().map(|it: State| it.name()))?
                .get(lang)
                .to_owned(),
        )
    };
    let value = duties
        .filter
        .state
        .as_deref()
        .map(|it| name(it).unwrap_or_else(|| it.to_owned()));
    let reasons = Reason::ALL
        .iter()
        .map(|it| (it.word(), marks::state(lang, State::Open, Some(*it))));
    let states = [
        State::Claimed,
        State::Verified,
        State::Attested,
        State::Waived,
        State::NotApplicable,
    ];
    let states = states.into_iter().map(|it| (it.word(), marks::state(lang, it, None)));
    let choices: Vec<Choice> = reasons
        .chain(states)
        .map(|(word, label)| choice(address, "state", word, label))
        .collect();
    chip(lang, address, "state", &t!(lang, M, "state-short"), value, &choices)
}

fn workstream(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let value = duties.filter.workstream.map(|it| it.name().get(lang).to_owned());
    let one = |it: &Workstream| choice(address, "workstream", it.word(), html! { (it.name().get(lang)) });
    let choices: Vec<Choice> = Workstream::ALL.iter().map(one).collect();
    chip(lang, address, "workstream", &t!(lang, M, "workstream"), value, &choices)
}

fn owner(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let nobody = t!(lang, M, "nobody");
    let value = duties.filter.owner().map(|it| match it {
        None => nobody.clone(),
        Some(id) => duties
            .people
            .iter()
            .find(|it| it.id == id)
            .map_or_else(|| "?".to_owned(), |it| it.name.clone()),
    });
    let people = duties
        .people
        .iter()
        .map(|it| choice(address, "owner", &it.id.to_string(), html! { (it.name) }));
    let choices: Vec<Choice> = [choice(address, "owner", "none", html! { (nobody) })]
        .into_iter()
        .chain(people)
        .collect();
    chip(lang, address, "owner", &t!(lang, M, "owner"), value, &choices)
}

fn side(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let value = duties.filter.side.map(|it| it.name().get(lang).to_owned());
    let one = |it: &Side| choice(address, "side", it.word(), marks::side(lang, *it));
    let choices: Vec<Choice> = Side::ALL.iter().map(one).collect();
    chip(lang, address, "side", &t!(lang, M, "side"), value, &choices)
}

/// What the groups are, with the other ways to group. Inside a group what is missing comes first, always.
fn grouping(lang: Lang, duties: &Duties, address: &Address) -> Markup {
    let current = duties.filter.group.unwrap_or(Grouping::Phase);
    let name = |it: Grouping| it.name().get(lang).to_owned();
    html! {
        details.j-menu.end.ms-auto.j-sm.j-not-m {
            summary.j-dim { (t!(lang, M, "group-by")) " " span.j-link { (name(current)) } " " (Icon::Down.show()) }
            ul {
                @for it in Grouping::ALL {
                    li { a href=(address.with("group", it).short()) aria-current=[(*it == current).then_some("true")] { (name(*it)) } }
                }
            }
        }
    }
}
