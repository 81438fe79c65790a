//! Records that lead to others.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use jalon_wire::dns::{Data, RecordType};

use super::{Branch, Reason, advice, tree};
use crate::dns::spf::evaluate::{Ask, Reply};

/// Texts by name, and one address that every `host` has.
struct Names(BTreeMap<&'static str, String>);

impl Names {
    fn of<const N: usize>(names: [(&'static str, &str); N]) -> Self {
        Self(names.map(|(name, text)| (name, text.to_owned())).into())
    }
}

impl Ask for Names {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        let text = self.0.get(name).filter(|_| kind == RecordType::Txt);
        let reply = match text {
            Some(text) => Reply::Found(vec![Data::Txt {
                text: text.clone(),
                parts: Vec::new(),
            }]),
            None if name.starts_with("host") && kind == RecordType::A => Reply::Found(vec![Data::A {
                address: [192, 0, 2, 80].into(),
            }]),
            None if name.starts_with("silent") => Reply::Failed("silence".to_owned()),
            None => Reply::NoName,
        };
        Box::pin(std::future::ready(reply))
    }
}

async fn grown<const N: usize>(names: [(&'static str, &str); N]) -> Branch {
    tree(&Names::of(names), "Nord.example").await
}

#[tokio::test]
async fn every_branch_tells_its_look_ups_and_those_that_find_nothing() {
    let tree = grown([
        (
            "nord.example",
            "v=spf1 include:a.example a:nowhere.example mx -all a:late.example",
        ),
        ("a.example", "v=spf1 a:host.example include:b.example ~all"),
        ("b.example", "v=spf1 ip4:192.0.2.0/24 exists:%{i}.b.example"),
    ])
    .await;
    let costs: Vec<_> = tree
        .terms
        .iter()
        .map(|it| (it.term.as_str(), it.lookups, it.void_lookups))
        .collect();
    assert_eq!(
        costs,
        [
            ("include:a.example", 4, 0),
            ("a:nowhere.example", 1, 1),
            ("mx", 1, 1),
            ("-all", 0, 0)
        ]
    );
    assert_eq!((tree.lookups, tree.void_lookups), (6, 2));
}

#[tokio::test]
async fn circles_and_names_that_lead_nowhere_are_told() {
    let tree = grown([
        (
            "nord.example",
            "v=spf1 include:a.example include:none.example include:silent.example redirect=bad.example",
        ),
        ("a.example", "v=spf1 include:nord.example -all"),
        ("bad.example", "v=spf1 moo -all"),
    ])
    .await;
    let inner = tree.terms[0].inner.as_ref().unwrap();
    assert_eq!(inner.terms[0].reason, Some(Reason::Loop("nord.example".to_owned())));
    let reasons: Vec<_> = tree.terms[1..].iter().map(|it| it.reason.clone()).collect();
    assert_eq!(
        reasons,
        [
            Some(Reason::NothingBehind("none.example".to_owned())),
            Some(Reason::Behind("silent.example".to_owned())),
            Some(Reason::Behind("bad.example".to_owned())),
        ]
    );
}

#[tokio::test]
async fn a_record_that_costs_too_much_is_flattened_where_it_is_dearest() {
    let many = "v=spf1 a:host1.example a:host2.example/28 a:host3.example a:host4.example a:host5.example \
                ip6:2001:db8::/32 include:b.example -all";
    let tree = grown([
        (
            "nord.example",
            "v=spf1 mx include:a.example include:c.example include:d.example -all exp=why.example",
        ),
        ("a.example", many),
        ("b.example", "v=spf1 ip4:198.51.100.0/24 ~all"),
        ("c.example", "v=spf1 ip4:203.0.113.0/24 a:host.example ?all"),
        ("d.example", "v=spf1 exists:%{i}.d.example -all"),
    ])
    .await;
    assert_eq!(tree.lookups, 12);
    let advice = advice(&tree).unwrap();
    assert_eq!(
        advice.record,
        "v=spf1 mx ip4:192.0.2.80 ip4:192.0.2.80/28 ip6:2001:db8::/32 ip4:198.51.100.0/24 include:c.example \
         include:d.example -all exp=why.example"
    );
    assert_eq!((advice.flattened, advice.lookups), (vec!["a.example".to_owned()], 5));
}

#[tokio::test]
async fn what_depends_on_order_or_on_the_sender_is_never_flattened() {
    for inner in [
        "v=spf1 -a:host.example a:host2.example -all",
        "v=spf1 exists:%{i}.a.example -all",
        "v=spf1 ptr -all",
        "v=spf1 +all",
    ] {
        let tree = grown([
            ("nord.example", "v=spf1 a a a a a a a a a a include:a.example -all"),
            ("a.example", inner),
        ])
        .await;
        assert!(tree.lookups > 10, "{inner}");
        assert_eq!(advice(&tree), None, "{inner}");
    }
}

#[tokio::test]
async fn what_a_hostile_record_leads_to_is_not_followed_for_ever_and_that_is_said() {
    let many = |of: &str| (0..40).map(|n| format!(" a:host{n}.{of}.example")).collect::<String>();
    let (first, second) = (
        format!("v=spf1 include:b.example{} -all", many("a")),
        format!("v=spf1{} -all", many("b")),
    );
    let tree = grown([("nord.example", &first), ("b.example", &second)]).await;
    assert!(tree.reasons().contains(&&Reason::NotFollowed), "{tree:#?}");
    assert_eq!(advice(&tree), None);
}
