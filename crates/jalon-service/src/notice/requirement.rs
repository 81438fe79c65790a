//! Requirements that were met and no longer are; where several ask for the same, one of them tells it.

use std::collections::BTreeSet;

use jalon_domain::{
    finding::{OpenFindings, Severity},
    programme::{ProvedBy, Requirement, Responsibility},
    proof::{MetBy, Reason, RequirementStatus, Standing},
    text::Text,
};
use jalon_store::{
    Tx, met,
    notices::{Notice, NoticeEnd, NoticeKind},
};

use super::{About, News, Turn};
use crate::{
    Result,
    engagement::{Duty, Picture},
    view::Link,
};

/// What is sure of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sure {
    Met(NoticeEnd),
    Unmet,
    /// A doubt, something begun, something that waits: neither.
    Neither,
}

/// A requirement of a responsibility, judged.
struct Judged<'a> {
    duty: &'a Duty,
    requirement: &'a Requirement,
    status: &'a RequirementStatus,
}

pub(super) async fn tell(tx: &Tx, picture: &Picture, turn: &mut Turn) -> Result<()> {
    let (organisation, engagement) = (picture.organisation.id, picture.engagement.id);
    let before = met::of_engagement(tx, engagement).await?;
    let all = judged(picture);
    // What is no longer asked for can no longer be unmet.
    let asked: BTreeSet<String> = all.iter().map(Judged::key).collect();
    turn.end(NoticeEnd::Dropped, |it| {
        it.kind == NoticeKind::Requirement && !asked.contains(&it.key)
    });
    let (mut after, mut told) = (BTreeSet::new(), BTreeSet::new());
    for it in &all {
        match sure(it.status) {
            Sure::Met(why) => {
                turn.end(why, |notice| notice.key == it.key());
                after.insert(it.name());
            }
            Sure::Unmet if turn.stands(&it.key()) => told.extend(it.causes(picture)),
            Sure::Unmet => {}
            Sure::Neither => after.extend(Some(it.name()).filter(|name| before.contains(name))),
        }
    }
    let drifted = |it: &&Judged<'_>| sure(it.status) == Sure::Unmet && before.contains(&it.name());
    for it in all.iter().filter(drifted) {
        // Several responsibilities ask for the same: what one of them told is told. Once that one is well again, this one
        // still remembers that it was met.
        let causes = it.causes(picture);
        if !causes.is_empty() && causes.is_subset(&told) {
            after.insert(it.name());
        } else {
            told.extend(causes);
            turn.begin(news(it));
        }
    }
    let new: Vec<&met::Key> = after.difference(&before).collect();
    met::add(tx, organisation, engagement, &new).await?;
    met::remove(tx, engagement, &before.difference(&after).collect::<Vec<_>>()).await?;
    Ok(())
}

/// The requirement that a notice of this kind is about.
pub(super) fn of_notice<'a>(picture: &'a Picture, notice: &Notice) -> Option<&'a Requirement> {
    let all = judged(picture);
    all.iter().find(|it| it.key() == notice.key).map(|it| it.requirement)
}

/// Every requirement of the responsibilities themselves; children have theirs. A responsibility that is about one kind of
/// thing says more than one that is about all of them, such as the remediation, and comes first.
fn judged(picture: &Picture) -> Vec<Judged<'_>> {
    let mut duties: Vec<&Duty> = picture.duties.iter().collect();
    duties.sort_by_cached_key(|it| families(it.responsibility).len());
    duties.into_iter().flat_map(Judged::all_of).collect()
}

fn families(responsibility: &Responsibility) -> BTreeSet<&str> {
    let all = responsibility.requirements.iter();
    all.filter_map(|it| match &it.by {
        ProvedBy::Check { check, .. } => Some(check.family()),
        _ => None,
    })
    .collect()
}

impl<'a> Judged<'a> {
    fn all_of(duty: &'a Duty) -> impl Iterator<Item = Self> {
        let all = duty.proof.requirements.iter();
        all.filter_map(move |status| Self::of(duty, status))
    }

    fn of(duty: &'a Duty, status: &'a RequirementStatus) -> Option<Self> {
        let mut own = duty.responsibility.requirements.iter();
        let requirement = own.find(|it| it.id == status.id)?;
        Some(Self {
            duty,
            requirement,
            status,
        })
    }

    fn name(&self) -> met::Key {
        (self.duty.responsibility.id.clone(), self.status.id.clone())
    }

    fn key(&self) -> String {
        format!("requirement:{}:{}", self.duty.responsibility.id, self.status.id)
    }

    /// What keeps measurements from meeting it: findings, and what was not measured again for too long, which is the same
    /// for every check. What people hand in is never another’s.
    fn causes(&self, picture: &Picture) -> BTreeSet<String> {
        let ProvedBy::Check { check, .. } = &self.requirement.by else {
            return BTreeSet::new();
        };
        let counts = |it: &&OpenFindings| self.requirement.by.counts(&it.check, &it.rule);
        let holds = |it: &&OpenFindings| it.holds(Severity::HOLDS_GATE, picture.now);
        let held = picture.findings.iter().filter(counts).filter(holds);
        let mut causes: BTreeSet<String> = held
            .map(|it| format!("{} {} {}", it.target, it.check, it.rule))
            .collect();
        for why in &self.status.why {
            match why.reason {
                Reason::Stale => causes.insert(why.text.en.clone()),
                Reason::Failing if causes.is_empty() => causes.insert(format!("{check} {}", why.text.en)),
                _ => false,
            };
        }
        causes
    }
}

fn sure(status: &RequirementStatus) -> Sure {
    match status.standing {
        Standing::Met(MetBy::Waiver) => Sure::Met(NoticeEnd::Accepted),
        Standing::Met(_) => Sure::Met(NoticeEnd::Well),
        Standing::Unmet(Reason::Failing | Reason::Stale) => Sure::Unmet,
        // Refused after it was approved.
        Standing::Unmet(Reason::InProgress) if status.regressed_since.is_some() => Sure::Unmet,
        Standing::Unmet(_) => Sure::Neither,
    }
}

fn news(it: &Judged<'_>) -> News {
    let responsibility = it.duty.responsibility;
    let why = it.status.why.first().map_or(&it.requirement.title, |it| &it.text);
    let (more_en, more_fr) = match it.status.why.len().saturating_sub(1) {
        0 => (String::new(), String::new()),
        1 => (", and one more".to_owned(), ", et un autre".to_owned()),
        n => (format!(", and {n} more"), format!(", et {n} autres")),
    };
    News {
        kind: NoticeKind::Requirement,
        key: it.key(),
        title: responsibility.title.clone(),
        detail: Text::new(
            format!("No longer met: {}{more_en}", why.en),
            format!("N’est plus remplie\u{a0}: {}{more_fr}", why.fr),
        ),
        about: About {
            link: Link::Responsibility {
                id: responsibility.id.clone(),
            },
            until: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use jalon_domain::ids::RequirementId;
    use jiff::Timestamp;

    use super::*;

    #[track_caller]
    fn check(standing: Standing, is_regressed: bool, expected: Sure) {
        let status = RequirementStatus {
            id: RequirementId::parse("records").unwrap(),
            standing,
            deciding: Vec::new(),
            valid_until: None,
            regressed_since: is_regressed.then_some(Timestamp::UNIX_EPOCH),
            why: Vec::new(),
        };
        assert_eq!(sure(&status), expected, "{standing:?}");
    }

    #[test]
    fn a_doubt_is_neither_drift_nor_recovery() {
        for (by, why) in [
            (MetBy::Machine, NoticeEnd::Well),
            (MetBy::People, NoticeEnd::Well),
            (MetBy::Waiver, NoticeEnd::Accepted),
        ] {
            check(Standing::Met(by), false, Sure::Met(why));
        }
        check(Standing::Unmet(Reason::Failing), true, Sure::Unmet);
        check(Standing::Unmet(Reason::Stale), false, Sure::Unmet);
        check(Standing::Unmet(Reason::InProgress), true, Sure::Unmet);
        for reason in [
            Reason::Inconclusive,
            Reason::AwaitingApproval,
            Reason::InProgress,
            Reason::NotStarted,
        ] {
            check(Standing::Unmet(reason), false, Sure::Neither);
        }
    }
}
