//! Prerequisites over one forest and over several.

use std::collections::BTreeSet;

use jalon_domain::evidence::Outcome;

use super::{contoso, whole};
use crate::directory::facts::{Absent, Domain, Forest, ForestFacts, Organization, Part, Used, Why, judge, read};

const IDS: [&str; 5] = ["P-DIR-01", "P-DIR-02", "P-DIR-03", "P-DIR-04", "P-DIR-05"];

use Outcome::{Fail, Inconclusive, NotApplicable, Pass};

/// What is said, and the sentences in English.
fn said(mut forests: Vec<ForestFacts>, used: &[Used]) -> (Vec<Outcome>, Vec<String>) {
    judge(&mut forests, used);
    let last = forests.pop().expect("there is one");
    let ids: Vec<_> = last.prerequisites.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, IDS);
    assert!(last.prerequisites.iter().all(|it| it.reason.is_complete()), "{last:?}");
    last.prerequisites
        .into_iter()
        .map(|it| (it.outcome, it.reason.en))
        .unzip()
}

fn forest(root: &str, level: u32) -> ForestFacts {
    ForestFacts {
        forest: Forest {
            root: Some(root.to_owned()),
            functional_level: Some(level),
            domains: vec![Domain {
                dns: root.to_owned(),
                ..Domain::default()
            }],
            ..Forest::default()
        },
        ..ForestFacts::default()
    }
}

fn with_exchange(root: &str) -> ForestFacts {
    let mut forest = forest(root, 7);
    forest.schema.exchange_organization = Some(Organization::default());
    forest
}

fn absent(part: Part) -> Absent {
    Absent {
        part,
        domain: None,
        why: Why::Forbidden,
        reason: Default::default(),
    }
}

fn used(suffixes: &[&str], domains: &[&str]) -> Used {
    let set = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
    Used {
        upn_suffixes: set(suffixes),
        primary_domains: Some(set(domains)),
    }
}

#[test]
fn a_single_forest_passes_what_it_can_break_and_the_rest_does_not_apply() {
    let (outcomes, _) = said(vec![forest("contoso.example", 2)], &[]);
    assert_eq!(outcomes, [Pass, Pass, NotApplicable, NotApplicable, NotApplicable]);
}

#[test]
fn a_level_of_before_2003_fails_and_an_unknown_one_is_a_doubt() {
    assert_eq!(said(vec![forest("contoso.example", 1)], &[]).0[0], Fail);
    let mut hidden = forest("contoso.example", 7);
    hidden.forest.functional_level = None;
    assert_eq!(said(vec![hidden], &[]).0[0], Inconclusive);
}

#[test]
fn a_forest_bound_to_another_or_whose_trusts_are_hidden_is_a_doubt() {
    let bound = [Pass, Inconclusive, Inconclusive, Inconclusive, Inconclusive];
    let (outcomes, reasons) = said(vec![read(&whole())], &[]);
    assert_eq!(outcomes, bound);
    assert!(
        reasons[1].contains("bound to fabrikam.example, old.example"),
        "{reasons:?}"
    );
    assert!(reasons[2].contains("bound to others"), "{reasons:?}");
    let mut one = read(&contoso());
    one.trusts.clear();
    let (outcomes, reasons) = said(vec![one], &[]);
    assert_eq!(outcomes, bound);
    assert!(reasons[1].contains("not seen"), "{reasons:?}");
}

#[test]
fn the_topology_of_several_forests_is_proposed_from_where_exchange_is() {
    let class = |forests| said(forests, &[]).1[1].clone();
    let (a, b, c) = ("a.example", "b.example", "c.example");
    assert!(class(vec![forest(a, 7), with_exchange(b)]).contains("an account forest, and b.example"));
    assert!(class(vec![forest(a, 7), with_exchange(b), forest(c, 7)]).contains("around b.example"));
    assert!(class(vec![with_exchange(a), with_exchange(b)]).contains("each with Exchange"));
    assert!(class(vec![with_exchange(a), with_exchange(b), forest(c, 7)]).contains("(a.example, b.example)"));
    assert!(class(vec![forest(a, 7), forest(b, 7)]).contains("without Exchange"));
    assert_eq!(said(vec![forest(a, 7), forest(b, 7)], &[]).0[1], Inconclusive);
}

#[test]
fn skype_has_to_be_where_exchange_is() {
    let with_skype = |mut it: ForestFacts| {
        it.schema.skype_pools = vec!["pool".to_owned()];
        it
    };
    let outcome = |forests| said(forests, &[]).0[2];
    assert_eq!(outcome(vec![with_skype(with_exchange("a")), forest("b", 7)]), Pass);
    assert_eq!(outcome(vec![with_exchange("a"), with_skype(forest("b", 7))]), Fail);
    assert_eq!(outcome(vec![with_exchange("a"), forest("b", 7)]), NotApplicable);
    let mut hidden = with_skype(forest("b", 7));
    hidden.absent = vec![absent(Part::ExchangeOrganization)];
    assert_eq!(outcome(vec![with_exchange("a"), hidden]), Inconclusive);
}

#[test]
fn suffixes_and_addresses_belong_to_one_forest_each() {
    let forests = || vec![forest("a.example", 7), forest("b.example", 7)];
    let (outcomes, _) = said(forests(), &[used(&[], &["x.example"]), used(&[], &["y.example"])]);
    assert_eq!(outcomes[3..], [Pass, Pass]);
    let shared = [used(&["B.example"], &["X.example"]), used(&[], &["x.example"])];
    let (outcomes, reasons) = said(forests(), &shared);
    assert_eq!(outcomes[3..], [Fail, Fail]);
    assert!(
        reasons[3].ends_with("b.example") && reasons[4].ends_with("x.example"),
        "{reasons:?}"
    );
    assert_eq!(said(forests(), &shared[..1]).0[4], Inconclusive);
    let mut hidden = forests();
    hidden[0].absent = vec![absent(Part::Partitions)];
    assert_eq!(said(hidden, &[]).0[3], Inconclusive);
}
