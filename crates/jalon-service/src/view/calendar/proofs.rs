//! Proofs that end: what nothing renews by itself.

use jalon_domain::{
    programme::{ProvedBy, Requirement},
    proof::{MetBy, Reason, RequirementStatus, Standing, State},
    text::Text,
};
use jalon_store::schedules::Schedule;
use jiff::Timestamp;

use super::{Entry, EntryKind, build::When};
use crate::{
    engagement::{Duty, Picture},
    view::Link,
};

/// So many turns may pass without a proof being renewed before it is said to end.
const MISSED: i64 = 2;

impl Picture {
    /// The requirements of a responsibility whose proof ends or has ended. What measurements renew by themselves does not
    /// end.
    pub(super) fn proofs(&self, duty: &Duty, schedules: &[Schedule]) -> Vec<Entry> {
        if duty.proof.state == State::NotApplicable {
            return Vec::new();
        }
        let asked = |status: &RequirementStatus| duty.responsibility.requirements.iter().find(|it| it.id == status.id);
        duty.proof
            .requirements
            .iter()
            .filter_map(|status| {
                let requirement = asked(status)?;
                let (collected, until) = self.end_of(duty, status)?;
                let is_renewed = until > self.now && self.is_renewed(collected, requirement, schedules);
                (!is_renewed).then(|| self.proof(duty, requirement, until))
            })
            .collect()
    }

    /// Since when and until when the first holds, or held, of what proves a requirement.
    fn end_of(&self, duty: &Duty, status: &RequirementStatus) -> Option<(Timestamp, Timestamp)> {
        let is_wanted = |until: &Timestamp| match status.standing {
            Standing::Met(MetBy::Machine | MetBy::People) => true,
            Standing::Unmet(Reason::Stale) => *until <= self.now,
            // What a waiver meets is no proof.
            Standing::Met(MetBy::Waiver) | Standing::Unmet(_) => false,
        };
        let own = self.evidence.get(&duty.responsibility.id)?;
        own.iter()
            .map(|it| &it.evidence)
            .filter(|it| status.deciding.contains(&it.id))
            .filter_map(|it| Some((it.collected_at, it.valid_until.filter(is_wanted)?)))
            .min_by_key(|it| it.1)
    }

    /// Whether measurements renew a proof by themselves: they are on, and the last ones did.
    fn is_renewed(&self, collected: Timestamp, requirement: &Requirement, schedules: &[Schedule]) -> bool {
        let ProvedBy::Check { check, .. } = &requirement.by else {
            return false;
        };
        let age = self.now.duration_since(collected).as_secs();
        let renews = |it: &&Schedule| it.enabled && age <= it.every_seconds.saturating_mul(MISSED);
        let mut own = schedules.iter().filter(|it| it.family.word() == check.family());
        own.any(|it| renews(&it))
    }

    fn proof(&self, duty: &Duty, requirement: &Requirement, until: Timestamp) -> Entry {
        let (title, asked) = (&duty.responsibility.title, &requirement.title);
        let (en, fr) = if requirement.by.is_machine() {
            ("Measure again", "Mesurez à nouveau")
        } else {
            ("Hand in or confirm again", "Remettez ou confirmez à nouveau")
        };
        let key = format!("{}.{}", duty.responsibility.id, requirement.id);
        Entry {
            title: Text::new(
                format!("A proof of “{}” ends", title.en),
                format!("Une preuve de «\u{a0}{}\u{a0}» prend fin", title.fr),
            ),
            detail: Text::new(format!("{en}: {}", asked.en), format!("{fr}\u{a0}: {}", asked.fr)),
            owner: duty.row.owner.and_then(|it| self.person(it)),
            link: Link::Responsibility {
                id: duty.responsibility.id.clone(),
            },
            ..self.entry(EntryKind::Proof, &key, When::Instant(until))
        }
    }
}
