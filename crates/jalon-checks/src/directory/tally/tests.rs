//! Counting: nothing is lost, nothing is counted twice, and what is kept is bounded and in order.

use jalon_domain::{
    finding::{Action, ObjectFlaw},
    ids::RuleId,
    text::Text,
};
use proptest::prelude::*;

use super::*;

const RULES: [&str; 3] = ["DIR-001", "DIR-011", "DIR-021"];
const ATTRIBUTES: [&str; 2] = ["mail", "displayName"];

fn defect(rule: &str, severity: Severity, dn: &str, attribute: &str, errors: &[FlawKind]) -> Defect {
    Defect {
        rule: RuleId::parse(rule).unwrap(),
        severity,
        subject: dn.to_owned(),
        attribute: Some(attribute.to_owned()),
        discriminator: String::new(),
        observed: "value".to_owned(),
        expected: String::new(),
        message: Text::default(),
        remedy: Text::default(),
        fix: None,
        object: Some(Box::new(ObjectFlaw {
            object_class: "user".to_owned(),
            errors: errors.to_vec(),
            proposed: None,
            action: Action::Fail,
            holder: None,
            others: Vec::new(),
        })),
    }
}

fn tally(most: usize, defects: &[Defect]) -> Tally {
    let mut tally = Tally::keeping(most);
    for it in defects {
        let has_room = tally.count(&Seen::of(it));
        let before = tally.kept().count();
        tally.keep(it.clone());
        assert_eq!(tally.kept().count() > before, has_room);
    }
    tally
}

#[test]
fn an_object_with_several_findings_is_one_object() {
    use FlawKind::{Character, Duplicate, Length};
    let ada = "CN=Ada,OU=People,DC=contoso,DC=example";
    let tally = tally(
        1,
        &[
            defect("DIR-001", Severity::Minor, ada, "displayName", &[Length]),
            defect("DIR-011", Severity::Major, ada, "proxyAddresses", &[Character, Length]),
            defect("DIR-011", Severity::Blocker, ada, "proxyAddresses", &[Duplicate]),
            defect(
                "DIR-011",
                Severity::Major,
                "CN=Grace,DC=contoso,DC=example",
                "proxyAddresses",
                &[Character],
            ),
        ],
    );
    assert_eq!((tally.findings(), tally.objects()), (4, 2));
    let rules: Vec<_> = tally
        .rules()
        .iter()
        .map(|it| (it.rule, it.severity, it.findings, it.objects))
        .collect();
    assert_eq!(
        rules,
        [("DIR-011", Severity::Blocker, 3, 2), ("DIR-001", Severity::Minor, 1, 1)]
    );
    assert_eq!(
        tally.objects_by_weight(),
        [(Severity::Major, 1), (Severity::Blocker, 1)].into()
    );
    assert_eq!(
        tally.attributes()["proxyAddresses"].errors,
        [(Character, 2), (Length, 1), (Duplicate, 1)].into()
    );
    assert_eq!(
        tally.stats(),
        json!({
            "findings": 4,
            "flawed": 2,
            "by_rule": {"DIR-001": 1, "DIR-011": 3},
            "by_attribute": {"displayName": 1, "proxyAddresses": 3},
            "by_error": {"character": 2, "duplicate": 1, "length": 2},
        })
    );
    let units: Vec<_> = tally
        .units(10)
        .into_iter()
        .map(|it| (it.name.unwrap(), it.objects, it.findings))
        .collect();
    assert_eq!(
        units,
        [
            ("contoso.example/People".to_owned(), 1, 3),
            ("contoso.example".to_owned(), 1, 1)
        ]
    );
}

fn any_defect() -> impl Strategy<Value = Defect> {
    let parts = (
        0..RULES.len(),
        0..Severity::ALL.len(),
        0usize..5,
        0..ATTRIBUTES.len(),
        0..FlawKind::ALL.len(),
    );
    parts.prop_map(|(rule, severity, dn, attribute, error)| {
        let dn = format!("CN={dn},DC=contoso,DC=example");
        defect(
            RULES[rule],
            Severity::ALL[severity],
            &dn,
            ATTRIBUTES[attribute],
            &[FlawKind::ALL[error]],
        )
    })
}

proptest! {
    #[test]
    fn what_is_kept_is_the_beginning_of_each_group_of_the_sorted_whole(
        defects in proptest::collection::vec(any_defect(), 0..60),
        most in 0usize..6,
    ) {
        let mut sorted = defects.clone();
        crate::verdicts::heaviest_first(&mut sorted);
        let mut met: BTreeMap<_, usize> = BTreeMap::new();
        sorted.retain(|it| {
            let count = met.entry((it.severity, it.rule.clone())).or_default();
            *count += 1;
            *count <= most
        });
        let mut tally = tally(most, &defects);
        prop_assert!(tally.kept().eq(&sorted));
        let of_first: Vec<_> = sorted.iter().filter(|it| it.rule.as_str() == RULES[1]).collect();
        prop_assert!(tally.kept_of(RULES[1]).eq(of_first));
        prop_assert_eq!(tally.take_kept(), sorted);
        prop_assert_eq!(tally.findings(), defects.len() as u64);
        prop_assert_eq!(tally.rules().iter().map(|it| it.findings).sum::<u64>(), tally.findings());
        prop_assert_eq!(tally.weights().values().sum::<u64>(), tally.findings());
        prop_assert_eq!(tally.objects_by_weight().values().sum::<u64>(), tally.objects());
        prop_assert_eq!(tally.units(9).iter().map(|it| it.objects).sum::<u64>(), tally.objects());
    }
}
