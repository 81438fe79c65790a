//! Evidence of every origin, and what pruning leaves.

use jalon_domain::{
    evidence::Outcome::{self, Fail, Inconclusive, Pass},
    ids::RequirementId,
    text::Text,
};

use super::*;
use crate::{
    Store,
    attachments::{self, Attachment},
    testing::{Basics, Counter, at, basics, on_both},
};

fn row(of: &Basics, id: EvidenceId, origin: Origin, outcome: Outcome, second: i64) -> EvidenceRow {
    EvidenceRow {
        organisation: of.organisation,
        engagement: of.engagement,
        responsibility: ResponsibilityId::parse("dns.records").unwrap(),
        evidence: Evidence {
            id,
            requirement: RequirementId::parse("ownership").unwrap(),
            origin,
            outcome,
            collected_at: at(second),
            valid_until: Some(at(second + 100)),
            note: Some(Text::new("seen", "vu")),
        },
        sha256: Some("00".into()),
        program: "0.1.0".into(),
        expected: Some("MS=ms1".into()),
        observed: Some("MS=ms1\0".into()),
    }
}

fn seen(of: &Basics, ids: &Counter, target: &str, outcome: Outcome, second: i64) -> EvidenceRow {
    let origin = Origin::Observation {
        run: RunId::new(ids),
        vantage: "local".into(),
        target: target.into(),
    };
    row(of, EvidenceId::new(ids), origin, outcome, second)
}

async fn put(store: &Store, rows: &[EvidenceRow]) {
    let insert_all = async |tx: &Tx| {
        for it in rows {
            insert(tx, it).await?;
        }
        Ok::<(), StoreError>(())
    };
    store.write(insert_all).await.unwrap();
}

#[tokio::test]
async fn every_origin_comes_back() {
    on_both(async |store| {
        let ids = Counter::default();
        let of = basics(&store, &ids).await;
        let file = AttachmentId::new(&ids);
        let attachment = Attachment {
            id: file,
            organisation: of.organisation,
            engagement: of.engagement,
            name: "plan.pdf".into(),
            media_type: "application/pdf".into(),
            size: 1,
            sha256: "00".into(),
            by: of.person,
            at: at(0),
        };
        store
            .write(async |tx| attachments::insert(tx, &attachment).await)
            .await
            .unwrap();
        let origins = [
            Origin::Observation {
                run: RunId::new(&ids),
                vantage: "local".into(),
                target: "nord.example".into(),
            },
            Origin::Submission { by: of.person, file },
            Origin::Statement {
                by: of.person,
                file: Some(file),
            },
            Origin::Statement {
                by: of.person,
                file: None,
            },
        ];
        let mut rows = origins.map(|it| row(&of, EvidenceId::new(&ids), it, Pass, 1));
        put(&store, &rows).await;
        for it in &mut rows {
            it.observed = Some("MS=ms1\u{2400}".into());
        }
        assert_eq!(of_engagement(&store, of.engagement).await.unwrap(), rows);
        let dns = ResponsibilityId::parse("dns.records").unwrap();
        assert_eq!(of_responsibility(&store, of.engagement, &dns).await.unwrap(), rows);
        let other = ResponsibilityId::parse("dns.mail").unwrap();
        assert!(
            of_responsibility(&store, of.engagement, &other)
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

async fn kept(store: &Store, of: &Basics, target: &str) -> Vec<Outcome> {
    let all = of_engagement(store, of.engagement)
        .await
        .unwrap()
        .into_iter()
        .map(|it| it.evidence);
    all.filter(|it| it.target() == Some(target))
        .map(|it| it.outcome)
        .collect()
}

#[tokio::test]
async fn pruning_keeps_the_last_few_and_every_change() {
    on_both(async |store| {
        let ids = Counter::default();
        let (of, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
        let story = [Pass, Pass, Pass, Fail, Fail, Inconclusive, Fail, Pass, Pass, Pass, Pass];
        let rows: Vec<EvidenceRow> = (1..)
            .zip(story)
            .map(|(second, it)| seen(&of, &ids, "nord.example", it, second))
            .collect();
        put(&store, &rows).await;
        let short: Vec<EvidenceRow> = (1..=2).map(|it| seen(&of, &ids, "sud.example", Pass, it)).collect();
        put(&store, &short).await;
        let said: Vec<EvidenceRow> = (1..=5)
            .map(|it| {
                let origin = Origin::Statement {
                    by: of.person,
                    file: None,
                };
                row(&of, EvidenceId::new(&ids), origin, Pass, it)
            })
            .collect();
        put(&store, &said).await;
        let elsewhere: Vec<EvidenceRow> = (1..=5).map(|it| seen(&other, &ids, "nord.example", Pass, it)).collect();
        put(&store, &elsewhere).await;

        let prune_all = async || store.write(async |tx| prune(tx, of.engagement, 2).await).await.unwrap();
        assert_eq!(prune_all().await, 4);
        let left = kept(&store, &of, "nord.example").await;
        assert_eq!(left, [Pass, Fail, Inconclusive, Fail, Pass, Pass, Pass]);
        assert_eq!(prune_all().await, 0, "what is left stays left");
        assert_eq!(kept(&store, &of, "sud.example").await.len(), 2);
        let statements = of_engagement(&store, of.engagement).await.unwrap();
        assert_eq!(statements.iter().filter(|it| it.evidence.target().is_none()).count(), 5);
        assert_eq!(of_engagement(&store, other.engagement).await.unwrap().len(), 5);
    })
    .await;
}
