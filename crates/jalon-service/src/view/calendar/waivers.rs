//! Waivers that end, of responsibilities and of findings.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::FindingState,
    ids::{FindingId, ResponsibilityId},
    proof::DecisionKind,
    text::Text,
};
use jalon_store::{Db, decisions::DecisionRow, findings};
use jiff::{SignedDuration, Timestamp, civil::Date};

use super::{
    Entry, EntryKind,
    build::{When, day_of},
};
use crate::{Result, engagement::Picture, view::Link};

impl Picture {
    /// Waivers that end: of each responsibility and finding the one that lasts longest.
    pub(super) async fn waivers(&self, db: &impl Db) -> Result<Vec<Entry>> {
        let mut last: BTreeMap<Subject, &DecisionRow> = BTreeMap::new();
        let standing = |it: &&DecisionRow| it.decision.kind == DecisionKind::Waiver && it.decision.is_active(self.now);
        for it in self.decisions.iter().filter(standing) {
            let Some(subject) = Subject::of(it) else { continue };
            let longest = last.entry(subject).or_insert(it);
            if ends(it) > ends(longest) {
                *longest = it;
            }
        }
        let ids: Vec<FindingId> = last.keys().filter_map(Subject::finding).collect();
        let found = findings::find_many(db, &ids).await?;
        let found: BTreeMap<FindingId, findings::FindingRow> = found.into_iter().map(|it| (it.id, it)).collect();
        let entries = last.into_iter().filter_map(|(subject, it)| {
            let until = it.decision.until?;
            match subject {
                Subject::Responsibility(id) => self.waived_duty(&id, until),
                Subject::Finding(id) => self.waived_finding(found.get(&id)?, until),
            }
        });
        Ok(entries.collect())
    }

    fn waived_duty(&self, id: &ResponsibilityId, until: Timestamp) -> Option<Entry> {
        let duty = self.duty(id)?;
        let title = &duty.responsibility.title;
        Some(Entry {
            title: Text::new(
                format!("The waiver of “{}” ends", title.en),
                format!("La dérogation de «\u{a0}{}\u{a0}» prend fin", title.fr),
            ),
            detail: renew_waiver(),
            owner: duty.row.owner.and_then(|it| self.person(it)),
            link: Link::Responsibility { id: id.clone() },
            ..self.entry(EntryKind::Waiver, &id.to_string(), When::Day(last_day(until)))
        })
    }

    fn waived_finding(&self, it: &findings::FindingRow, until: Timestamp) -> Option<Entry> {
        let (rule, subject) = (&it.defect.rule, &it.defect.subject);
        (it.state == FindingState::Open).then(|| Entry {
            title: Text::new(
                format!("The waiver of {rule} on {subject} ends"),
                format!("La dérogation de {rule} sur {subject} prend fin"),
            ),
            detail: renew_waiver(),
            owner: it.owner.and_then(|it| self.person(it)),
            link: Link::Remediation {
                family: Some(it.family),
                rule: Some(rule.to_string()),
            },
            ..self.entry(EntryKind::Waiver, &it.id.to_string(), When::Day(last_day(until)))
        })
    }
}

/// What a waiver is over.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Responsibility(ResponsibilityId),
    Finding(FindingId),
}

impl Subject {
    fn of(it: &DecisionRow) -> Option<Self> {
        let finding = it.finding.map(Self::Finding);
        finding.or_else(|| it.responsibility.clone().map(Self::Responsibility))
    }

    const fn finding(&self) -> Option<FindingId> {
        match self {
            Self::Finding(id) => Some(*id),
            Self::Responsibility(_) => None,
        }
    }
}

fn ends(it: &DecisionRow) -> Timestamp {
    it.decision.until.unwrap_or(Timestamp::MAX)
}

fn renew_waiver() -> Text {
    Text::new(
        "Prove it until then, or have the gap accepted again.",
        "Prouvez-la d’ici là, ou faites accepter l’écart à nouveau.",
    )
}

/// The last day before `end`: what ends at midnight lasts until the evening before.
fn last_day(end: Timestamp) -> Date {
    day_of(end.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(end))
}
