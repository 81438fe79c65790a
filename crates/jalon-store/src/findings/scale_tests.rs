//! The findings of one large directory, through their life and through every list; how long each list takes is printed.

use std::{collections::BTreeSet, sync::LazyLock, time::Instant};

use jalon_domain::{
    finding::{Action, Changes, Fix, FixKind, FlawKind, ObjectFlaw, Severity},
    ids::RuleId,
    text::Text,
};
use jiff::civil::date;

use sea_orm::{ConnectionTrait, QueryTrait};

use super::{
    plan_tests::{a_page, open, plan},
    *,
};
use crate::{
    Engine, Store,
    targets::Target,
    testing::{Counter, at, basics, on_both},
};

const MANY: usize = 30_000;
/// Those that a run closes.
const GONE: usize = 1_000;

static OBJECTS: LazyLock<CheckId> = LazyLock::new(|| CheckId::parse("directory.objects").unwrap());

/// Defects of four rules and four severities, as a directory brings home.
fn many() -> Vec<Defect> {
    let kinds = [
        ("DIR-001", Severity::Minor, "displayName", FlawKind::Length),
        ("DIR-007", Severity::Blocker, "mail", FlawKind::Format),
        ("DIR-010", Severity::Info, "mailNickname", FlawKind::Character),
        ("DIR-011", Severity::Major, "proxyAddresses", FlawKind::Duplicate),
    ];
    (0..MANY).map(|n| one(n, kinds[n % 4])).collect()
}

fn one(n: usize, (rule, severity, attribute, error): (&str, Severity, &str, FlawKind)) -> Defect {
    let subject = format!("CN=Person {n},OU=Staff,OU=Nord,DC=nord,DC=example");
    let (old, new) = (format!("person..{n}@nord.example"), format!("person.{n}@nord.example"));
    let text = format!(
        "dn: {subject}\nchangetype: modify\ndelete: {attribute}\n{attribute}: {old}\n-\nadd: {attribute}\n{attribute}: {new}\n-\n"
    );
    Defect {
        rule: RuleId::parse(rule).unwrap(),
        severity,
        subject,
        attribute: Some(attribute.into()),
        discriminator: old.clone(),
        observed: old,
        expected: "an address that a mail system takes".into(),
        message: Text::new(
            "The value of the attribute is not a well-formed address",
            "La valeur de l’attribut n’est pas une adresse bien formée",
        ),
        remedy: Text::new(
            "Write it as local part, @ and domain",
            "Écrivez-la avec la partie locale, @ et le domaine",
        ),
        fix: Some(Fix {
            kind: FixKind::Ldif,
            undo: Some(text.clone()),
            text,
            steps: None,
        }),
        object: Some(Box::new(ObjectFlaw {
            object_class: "user".into(),
            errors: vec![error],
            proposed: Some(new),
            action: Action::Edit,
            holder: None,
            others: Vec::new(),
        })),
    }
}

async fn save(store: &Store, ids: &Counter, target: &Target, changes: &Changes<'_>, second: i64) -> Instant {
    let (begun, run) = (Instant::now(), RunId::new(ids));
    store
        .write(async |tx| apply(tx, target, changes, run, at(second), ids).await)
        .await
        .unwrap();
    begun
}

fn opened(defects: &[Defect]) -> Changes<'_> {
    Changes {
        opened: defects.iter().map(|it| (&*OBJECTS, it)).collect(),
        ..Changes::default()
    }
}

#[tokio::test]
async fn a_large_directory_s_findings_are_opened_seen_again_and_told_in_every_list() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let mut defects = many();
        let begun = save(&store, &ids, &of.target, &opened(&defects), 1).await;
        println!("{:?}: {MANY} opened in {:?}", store.engine(), begun.elapsed());
        let known = recorded(&store, of.engagement, of.target.id).await.unwrap();
        assert_eq!(known.len(), MANY);
        let place = |print: &Fingerprint| known.iter().find(|it| it.fingerprint == *print).unwrap().id;
        let first = place(&Fingerprint::of(&OBJECTS, &defects[0]));

        // As a second run sees them: one reads differently, the others as before.
        defects[0].observed = "seen again".into();
        let by_print: std::collections::BTreeMap<&Fingerprint, FindingId> =
            known.iter().map(|it| (&it.fingerprint, it.id)).collect();
        let seen = defects
            .iter()
            .map(|it| (by_print[&Fingerprint::of(&OBJECTS, it)], it))
            .collect();
        let changes = Changes {
            seen,
            ..Changes::default()
        };
        let begun = save(&store, &ids, &of.target, &changes, 2).await;
        println!("{:?}: {MANY} seen again in {:?}", store.engine(), begun.elapsed());
        let row = find(&store, first).await.unwrap().unwrap();
        assert_eq!((row.defect.observed.as_str(), row.last_seen_at), ("seen again", at(2)));

        let fixed_ids = known[..GONE].iter().map(|it| it.id).collect();
        let changes = Changes {
            fixed: fixed_ids,
            ..Changes::default()
        };
        save(&store, &ids, &of.target, &changes, 3).await;
        settled(&store, of.engagement).await;
        every_list_is_told(&store, of.engagement, of.person).await;
        pages_tell_all_once_in_order(&store, of.engagement).await;
    })
    .await;
}

/// What PostgreSQL does by itself a while after so many rows came in; then it reads pages along the index.
async fn settled(store: &Store, engagement: EngagementId) {
    if store.engine() == Engine::Postgres {
        store
            .connection()
            .execute_unprepared("VACUUM ANALYZE finding")
            .await
            .unwrap();
        let mail = FindingFilter {
            attribute: Some("mail".into()),
            ..open()
        };
        for filter in [open(), mail] {
            let plan = plan(store, &a_page(engagement, &filter)).await;
            assert!(
                plan.contains("Index Scan using finding_page") && !plan.contains("Sort"),
                "{plan}"
            );
        }
        let plan = plan(store, &super::open::query(engagement).into_query()).await;
        assert!(plan.contains("Index Only Scan using finding_"), "{plan}");
    }
}

async fn every_list_is_told(store: &Store, engagement: EngagementId, person: PersonId) {
    let timed = |what: &str, begun: Instant| println!("{:?}: {what} in {:?}", store.engine(), begun.elapsed());
    let begun = Instant::now();
    let all = open_of_engagement(store, engagement).await.unwrap();
    timed("proof’s counts", begun);
    assert_eq!(
        (all.len(), all.iter().map(|it| it.count).sum::<usize>()),
        (4, MANY - GONE)
    );
    let begun = Instant::now();
    assert_eq!(groups(store, engagement, &open()).await.unwrap().len(), 4);
    timed("groups", begun);
    let begun = Instant::now();
    assert_eq!(
        tally(store, engagement, person, date(2026, 1, 1)).await.unwrap().all,
        (MANY - GONE) as u64
    );
    assert_eq!(fixed(store, engagement).await.unwrap(), GONE as u64);
    timed("tally", begun);
    let begun = Instant::now();
    assert_eq!(facets(store, engagement, &open()).await.unwrap().attributes.len(), 4);
    timed("facets", begun);
    let begun = Instant::now();
    assert_eq!(flaws(store, engagement, &open()).await.unwrap().len(), MANY - GONE);
    timed("what a fix looks at", begun);
    let filters = [
        ("a page", open()),
        (
            "a page of an attribute",
            FindingFilter {
                attribute: Some("mail".into()),
                ..open()
            },
        ),
        (
            "a page of an error",
            FindingFilter {
                error: Some(FlawKind::Duplicate),
                ..open()
            },
        ),
        (
            "a page of nobody’s",
            FindingFilter {
                owner: Some(person),
                ..open()
            },
        ),
        (
            "a page of a text",
            FindingFilter {
                text: Some("Person 29999,".into()),
                ..open()
            },
        ),
    ];
    for (what, filter) in filters {
        let begun = Instant::now();
        page(store, engagement, &filter, None, 25).await.unwrap();
        timed(what, begun);
        let begun = Instant::now();
        groups(store, engagement, &filter).await.unwrap();
        timed(&format!("groups of {what}"), begun);
    }
    let begun = Instant::now();
    let which = FindingFilter {
        attribute: Some("mail".into()),
        ..open()
    };
    store
        .write(async |tx| set_owner_and_due(tx, engagement, &which, Some(Some(person)), None).await)
        .await
        .unwrap();
    timed("a quarter assigned", begun);
}

async fn pages_tell_all_once_in_order(store: &Store, engagement: EngagementId) {
    let filter = FindingFilter {
        severities: vec![Severity::Blocker, Severity::Minor],
        ..Default::default()
    };
    let (mut ids, mut severities, mut after) = (BTreeSet::new(), Vec::new(), None);
    loop {
        let (rows, next) = page(store, engagement, &filter, after, 7_000).await.unwrap();
        severities.extend(rows.iter().map(|it| it.defect.severity));
        ids.extend(rows.iter().map(|it| it.id));
        if next.is_none() {
            break;
        }
        after = next;
    }
    assert_eq!((ids.len(), severities.len()), (MANY / 2, MANY / 2));
    assert!(severities.is_sorted_by(|a, b| a >= b), "the heaviest first");
}
