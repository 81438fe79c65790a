//! Plans out of defects: what is decided, what is left to people; and out of any defects: written down, read back, applied to
//! a directory in memory, and undone.

use std::collections::{BTreeMap, HashMap};

use futures::executor::block_on;
use jalon_domain::{
    finding::{Action, Defect, FlawKind, Holder, ObjectFlaw, Severity},
    ids::RuleId,
    text::Text,
};
use jalon_wire::ldif::ChangeRecords;
use proptest::prelude::*;

use super::{
    apply::{
        Log, Made, Outcome, Run, Wanted, apply,
        memory::{Memory, Objects},
    },
    *,
};

/// A defect as a check tells it.
fn defect(dn: &str, attribute: &str, value: &str, rule: &str, action: Action, proposed: Option<&str>) -> Defect {
    Defect {
        rule: RuleId::parse(rule).unwrap(),
        severity: Severity::Major,
        subject: dn.to_owned(),
        attribute: Some(attribute.to_owned()),
        discriminator: String::new(),
        observed: value.to_owned(),
        expected: String::new(),
        message: Text::same("wrong"),
        remedy: Text::same("mend it"),
        fix: None,
        object: Some(Box::new(ObjectFlaw {
            object_class: "user".to_owned(),
            errors: vec![FlawKind::Character],
            proposed: proposed.map(str::to_owned),
            action,
            holder: None,
            others: Vec::new(),
        })),
    }
}

fn edit(dn: &str, attribute: &str, value: &str, rule: &str, proposed: &str) -> Defect {
    defect(dn, attribute, value, rule, Action::Edit, Some(proposed))
}

fn duplicate(dn: &str, attribute: &str, value: &str, holder: Holder, action: Action) -> Defect {
    let mut defect = defect(dn, attribute, value, "DIR-011", action, None);
    if let Some(flaw) = &mut defect.object {
        flaw.errors.push(FlawKind::Duplicate);
        flaw.holder = Some(holder);
        flaw.others = vec!["CN=other".to_owned()];
    }
    defect
}

/// `CN=a mail: old -> new` for each change, `CN=a mail: old ? reason` for what is left to people.
fn told(plan: &Plan) -> Vec<String> {
    let shown = |it: &Option<String>| it.clone().unwrap_or_else(|| "nothing".to_owned());
    let changes = plan.objects.iter().flat_map(|object| {
        let change = |it: &ValueChange| {
            format!(
                "{} {}: {} -> {}",
                object.dn,
                it.attribute,
                shown(&it.from),
                shown(&it.to)
            )
        };
        object.changes.iter().map(change).collect::<Vec<_>>()
    });
    let left = |it: &Undecided| format!("{} {}: {} ? {}", it.dn, it.attribute, it.value, it.reason.word());
    changes.chain(plan.undecided.iter().map(left)).collect()
}

#[track_caller]
fn check(defects: &[Defect], expected: &[&str]) {
    assert_eq!(told(&Plan::of(defects, &[])), expected);
}

#[test]
fn several_defects_of_one_value_are_one_change() {
    let of = |rule, proposed| edit("CN=a", "userPrincipalName", "a b@x", rule, proposed);
    let plan = Plan::of(&[of("DIR-020", "ab@x.example"), of("DIR-019", "ab@x")], &[]);
    assert_eq!(
        told(&plan),
        ["CN=a userPrincipalName: a b@x -> ab@x.example"],
        "the later rule counts"
    );
    let rules: Vec<_> = plan.objects[0].changes[0].rules.iter().map(RuleId::as_str).collect();
    assert_eq!(rules, ["DIR-019", "DIR-020"]);
    let asked = [RuleId::parse("DIR-019").unwrap()];
    assert_eq!(
        told(&Plan::of(&[of("DIR-020", "b@x"), of("DIR-019", "a@x")], &asked)).len(),
        1
    );
    assert!(told(&Plan::of(&[of("DIR-020", "b@x")], &asked)).is_empty());
}

#[test]
fn what_needs_a_person_is_left_to_people() {
    check(
        &[
            defect("CN=a", "mail", "a", "DIR-007", Action::Fail, None),
            defect("CN=b", "mail", "b", "DIR-033", Action::Nothing, None),
            defect("CN=c", "mail", "c", "DIR-006", Action::Complete, Some("c")),
            defect("CN=d", "mail", "d", "DIR-007", Action::Edit, None),
            edit("row 7", "mail", "e e", "DIR-007", "ee"),
            edit("CN=f", "displayName", "", "DIR-002", "F"),
        ],
        &[
            "CN=f displayName: nothing -> F",
            "CN=a mail: a ? no-proposal",
            "CN=b mail: b ? no-proposal",
            "CN=c mail: c ? kept",
            "CN=d mail: d ? no-proposal",
            "row 7 mail: e e ? nameless",
        ],
    );
}

#[test]
fn a_duplicate_goes_only_where_another_value_stays() {
    check(
        &[
            duplicate("CN=a", "proxyAddresses", "smtp:s@x", Holder::First, Action::Complete),
            duplicate("CN=b", "proxyAddresses", "smtp:s@x", Holder::Later, Action::Remove),
            duplicate("CN=c", "proxyAddresses", "SMTP:s@x", Holder::Later, Action::Remove),
            duplicate("CN=d", "mail", "s@x", Holder::Later, Action::Remove),
            edit("CN=d", "mail", "s@x", "DIR-007", "t@x"),
        ],
        &[
            "CN=b proxyAddresses: smtp:s@x -> nothing",
            "CN=a proxyAddresses: smtp:s@x ? kept",
            "CN=c proxyAddresses: SMTP:s@x ? primary",
            "CN=d mail: s@x ? duplicate",
        ],
    );
}

#[test]
fn proposals_that_would_meet_are_withdrawn() {
    check(
        &[
            edit("CN=a", "mail", "s s@x", "DIR-007", "ss@x"),
            edit("CN=b", "proxyAddresses", "smtp:s  s@x", "DIR-011", "smtp:SS@x"),
            edit("CN=c", "mail", "t t@x", "DIR-007", "u u@x"),
            edit("CN=d", "mail", "u u@x", "DIR-007", "uu@x"),
            edit("CN=e", "displayName", "E ", "DIR-003", "E"),
            edit("CN=f", "displayName", " E", "DIR-003", "E"),
            // The same address in one object's several attributes is as it should be.
            edit("CN=g", "mail", "g g@x", "DIR-007", "gg@x"),
            edit("CN=g", "userPrincipalName", "g g@x", "DIR-019", "gg@x"),
        ],
        &[
            "CN=d mail: u u@x -> uu@x",
            "CN=e displayName: E  -> E",
            "CN=f displayName:  E -> E",
            "CN=g mail: g g@x -> gg@x",
            "CN=g userPrincipalName: g g@x -> gg@x",
            "CN=a mail: s s@x ? collision",
            "CN=b proxyAddresses: smtp:s  s@x ? collision",
            "CN=c mail: t t@x ? taken",
        ],
    );
    let plan = Plan::of(
        &[
            edit("CN=a", "mail", "s s@x", "DIR-007", "ss@x"),
            edit("CN=b", "mail", "s  s@x", "DIR-007", "ss@x"),
        ],
        &[],
    );
    assert_eq!(plan.undecided[0].others, ["CN=b"]);
}

#[test]
fn two_values_that_become_one_are_one() {
    let proxy = |value, proposed| edit("CN=a", "proxyAddresses", value, "DIR-011", proposed);
    check(
        &[proxy("smtp:a b@x", "smtp:ab@x"), proxy("SMTP:a  b@x", "SMTP:ab@x")],
        &[
            "CN=a proxyAddresses: smtp:a b@x -> nothing",
            "CN=a proxyAddresses: SMTP:a  b@x -> SMTP:ab@x",
        ],
    );
    let held = defect("CN=a", "proxyAddresses", "smtp:AB@x", "DIR-040", Action::Nothing, None);
    check(
        &[
            proxy("smtp:a b@x", "smtp:ab@x"),
            proxy("SMTP:a  b@x", "SMTP:ab@x"),
            held,
        ],
        &[
            "CN=a proxyAddresses: smtp:a b@x -> nothing",
            "CN=a proxyAddresses: smtp:AB@x ? no-proposal",
            "CN=a proxyAddresses: SMTP:a  b@x ? primary",
        ],
    );
}

#[test]
fn a_plan_is_written_as_records_that_fail_when_the_value_moved() {
    let plan = Plan::of(
        &[
            edit("CN=Zoé", "mail", "z z@x", "DIR-007", "zz@x"),
            edit("CN=a", "displayName", "", "DIR-002", "A"),
        ],
        &[],
    );
    let write = |objects: &[ObjectChange]| {
        let mut out = Vec::new();
        write_ldif(objects, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(
        write(&plan.objects),
        "version: 1\n\ndn:: Q049Wm/DqQ==\nchangetype: modify\ndelete: mail\nmail: z z@x\n-\nadd: mail\nmail: zz@x\n-\n\n\
         dn: CN=a\nchangetype: modify\nadd: displayName\ndisplayName: A\n-\n\n"
    );
    assert_eq!(
        write(&plan.undo()),
        "version: 1\n\ndn: CN=a\nchangetype: modify\ndelete: displayName\ndisplayName: A\n-\n\n\
         dn:: Q049Wm/DqQ==\nchangetype: modify\ndelete: mail\nmail: zz@x\n-\nadd: mail\nmail: z z@x\n-\n\n"
    );
}

#[test]
fn a_plan_is_evidence_that_can_be_kept() {
    let plan = Plan::of(&[edit("CN=a", "mail", "a b@x", "DIR-007", "ab@x")], &[]);
    let kept = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&kept).unwrap(), plan);
}

/// A small directory in which values meet often, and what is said to be wrong with it.
#[derive(Clone, Debug)]
struct Scene {
    objects: Objects,
    defects: Vec<Defect>,
}

fn any_address() -> impl Strategy<Value = String> {
    "[aA][bB ]?[é]?@x"
}

fn any_proxy() -> impl Strategy<Value = String> {
    ("smtp:|SMTP:|x500:", any_address()).prop_map(|it| it.0 + &it.1)
}

fn any_object() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    let proxies = prop::collection::vec(any_proxy(), 0..5);
    (prop::option::of(any_address()), prop::option::of("[ab ]{1,3}"), proxies).prop_map(|(mail, name, proxies)| {
        let mut object = BTreeMap::new();
        let mut held: HashMap<String, String> = HashMap::new();
        proxies
            .into_iter()
            .for_each(|it| drop(held.insert(it.to_lowercase(), it)));
        let mut proxies: Vec<String> = held.into_values().collect();
        proxies.sort();
        object.insert("mail".to_owned(), mail.into_iter().collect());
        object.insert("displayName".to_owned(), name.into_iter().collect());
        object.insert("proxyAddresses".to_owned(), proxies);
        object.retain(|_, values: &mut Vec<String>| !values.is_empty());
        object
    })
}

/// What is said of one value: which object, which of its attributes and values, and the flaw.
fn any_flaw() -> impl Strategy<Value = (usize, usize, usize, usize, ObjectFlaw)> {
    let action = prop::sample::select(Action::ALL.to_vec());
    let holder = prop::option::of(prop::sample::select(Holder::ALL.to_vec()));
    let error = prop::sample::select(vec![FlawKind::Character, FlawKind::Duplicate, FlawKind::Format]);
    let proposed = prop::option::of((any_proxy(), any_address()));
    (
        0..9usize,
        0..3usize,
        0..5usize,
        0..5usize,
        action,
        holder,
        error,
        proposed,
    )
        .prop_map(|(object, attribute, value, rule, action, holder, error, proposed)| {
            let proposed = proposed.map(|(proxy, address)| if attribute == 2 { proxy } else { address });
            let flaw = ObjectFlaw {
                object_class: "user".to_owned(),
                errors: vec![error],
                proposed,
                action,
                holder,
                others: Vec::new(),
            };
            (object, attribute, value, rule, flaw)
        })
}

fn any_scene() -> impl Strategy<Value = Scene> {
    let objects = prop::collection::vec(any_object(), 1..5);
    (objects, prop::collection::vec(any_flaw(), 0..14)).prop_map(|(objects, flaws)| {
        let names = ["mail", "displayName", "proxyAddresses"];
        let rules = ["DIR-005", "DIR-007", "DIR-011", "DIR-030", "DIR-040"];
        let tell = |(object, attribute, value, rule, flaw): (usize, usize, usize, usize, ObjectFlaw)| {
            let (object, attribute) = (object % objects.len(), names[attribute]);
            let held = objects[object].get(attribute).map_or(&[][..], Vec::as_slice);
            // An attribute without values is blank.
            let value = held.get(value % held.len().max(1)).map_or("", String::as_str);
            let mut defect = edit(&format!("CN={object}"), attribute, value, rules[rule], "");
            defect.object = Some(Box::new(flaw));
            defect
        };
        let defects = flaws.into_iter().map(tell).collect();
        let named = objects.into_iter().enumerate().map(|(at, it)| (format!("CN={at}"), it));
        Scene {
            objects: named.collect(),
            defects,
        }
    })
}

pub(super) fn any_plan() -> impl Strategy<Value = Plan> {
    any_scene().prop_map(|it| Plan::of(&it.defects, &[]))
}

/// Makes changes, and gives back what undoes them.
fn make(memory: &mut Memory, wanted: &[Wanted]) -> (Outcome, Vec<Wanted>) {
    let folder = tempfile::tempdir().unwrap();
    let [journal, undo] = ["journal", "undo"].map(|it| folder.path().join(it));
    let now = || "2026-11-20T12:00:00Z".parse().unwrap();
    let mut log = Log::create(&journal, &undo, ["here", "test"], now()).unwrap();
    let run = Run {
        clock: &now,
        is_stopped: &|| false,
        on_object: &|_| {},
    };
    let outcome = block_on(apply(memory, wanted, &mut log, run)).unwrap();
    let undo = requested(&std::fs::read(undo).unwrap());
    (outcome, undo)
}

fn requested(ldif: &[u8]) -> Vec<Wanted> {
    let one = |it: Result<_, _>| Requested::of(it.unwrap()).unwrap();
    ChangeRecords::new(ldif).map(one).map(Wanted::Requested).collect()
}

proptest! {
    // Each of these writes its notes to the disk, as a run does.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_plan_is_made_and_unmade(scene in any_scene()) {
        let plan = Plan::of(&scene.defects, &[]);
        let mut memory = Memory::new(scene.objects.clone());
        let wanted: Vec<Wanted> = plan.objects.iter().cloned().map(Wanted::Planned).collect();
        let (outcome, undo) = make(&mut memory, &wanted);
        // The directory refuses nothing that the plan asks for; what the plan could not know moved.
        prop_assert_eq!(outcome.count(Made::Refused), 0, "{:?}", outcome);
        for result in &outcome.results {
            let object = memory.objects.get(&result.change.dn).cloned().unwrap_or_default();
            for it in result.change.changes.iter().filter(|_| result.made == Made::Applied) {
                let held = object.get(&it.attribute).cloned().unwrap_or_default();
                prop_assert!(it.to.iter().all(|to| held.contains(to)), "{:?} {:?}", it, held);
            }
        }
        let (undone, _) = make(&mut memory, &undo);
        prop_assert!(undone.is_complete(), "{:?}", undone);
        prop_assert_eq!(memory.objects, scene.objects);
    }

    #[test]
    fn a_plan_is_written_read_back_made_and_unmade(scene in any_scene()) {
        let plan = Plan::of(&scene.defects, &[]);
        let [mut changes, mut undo] = [Vec::new(), Vec::new()];
        write_ldif(&plan.objects, &mut changes).unwrap();
        write_ldif(&plan.undo(), &mut undo).unwrap();
        let mut memory = Memory::new(scene.objects.clone());
        let (outcome, _) = make(&mut memory, &requested(&changes));
        prop_assert_eq!(outcome.results.len(), plan.objects.len());
        prop_assert_eq!(outcome.count(Made::Refused), 0, "{:?}", outcome);
        // What could not be made is not unmade either: the values of the undo are not there.
        let made: Vec<String> = outcome.results.iter().filter(|it| it.made == Made::Applied).map(|it| it.change.dn.clone()).collect();
        let undo: Vec<Wanted> = requested(&undo).into_iter().filter(|it| made.contains(&it.dn().to_owned())).collect();
        let (undone, _) = make(&mut memory, &undo);
        prop_assert!(undone.is_complete(), "{:?}", undone);
        prop_assert_eq!(memory.objects, scene.objects);
    }
}

proptest! {
    #[test]
    fn what_a_plan_proposes_is_proposed_once(scene in any_scene()) {
        let plan = Plan::of(&scene.defects, &[]);
        let mut proposed: HashMap<String, &str> = HashMap::new();
        for object in &plan.objects {
            for to in object.changes.iter().filter(|it| it.attribute != "displayName").filter_map(|it| it.to.as_ref()) {
                let address = to.to_lowercase().replace("smtp:", "");
                let holder = proposed.entry(address).or_insert(&object.dn);
                prop_assert_eq!(*holder, object.dn.as_str());
            }
        }
        // Everything that something is wrong with is either changed or told.
        let values = scene.defects.iter().map(|it| (&it.subject, &it.attribute, &it.observed)).collect::<std::collections::HashSet<_>>();
        for (dn, attribute, value) in values {
            let changed = plan.objects.iter().filter(|it| it.dn == *dn).flat_map(|it| &it.changes);
            let is_changed = changed.into_iter().any(|it| Some(&it.attribute) == attribute.as_ref() && it.from.as_deref().unwrap_or_default() == value);
            let is_told = plan.undecided.iter().any(|it| it.dn == *dn && Some(&it.attribute) == attribute.as_ref() && it.value == *value);
            prop_assert!(is_changed || is_told, "{} {:?} {}", dn, attribute, value);
        }
    }
}
