//! The calendar computed.

use jalon_domain::{
    ids::{EngagementId, PersonId},
    measure::Family,
    text::Text,
};
use jalon_store::{Db, feeds, findings, findings::FindingFilter, runs, schedules, schedules::Schedule};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Calendar, CalendarFilter, Entry, EntryKind};
use crate::{
    App, Caller, Permission, Result,
    engagement::Picture,
    feed::FeedView,
    view::{Link, build::open_findings},
};

impl App {
    /// What runs out or falls due in an engagement.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for a stranger.
    pub async fn calendar(&self, caller: &Caller, id: EngagementId, filter: CalendarFilter) -> Result<Calendar> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let groups = findings::groups(self.store(), id, &open_findings()).await?;
        let entries = picture.entries(self.store(), &groups).await?;
        let mine = |it: &Entry| is_own(it, caller.id());
        let kinds = EntryKind::ALL
            .iter()
            .map(|kind| (*kind, entries.iter().filter(|it| it.kind == *kind).count()))
            .collect();
        let (all, own) = (entries.len(), entries.iter().filter(|it| mine(it)).count());
        let wanted = entries
            .into_iter()
            .filter(|it| filter.kind.is_none_or(|kind| it.kind == kind) && (!filter.mine || mine(it)));
        let (late, coming) = wanted.partition(|it| it.late);
        let feed = feeds::of_person(self.store(), id, caller.id()).await?;
        Ok(Calendar {
            header: picture.header(self.store(), caller, &rights).await?,
            late,
            coming,
            kinds,
            all,
            mine: own,
            feed: feed.map(|it| FeedView {
                created_at: it.created_at,
            }),
        })
    }
}

fn is_own(entry: &Entry, person: PersonId) -> bool {
    entry.owner.as_ref().is_some_and(|it| it.id == person)
}

impl Picture {
    /// Everything with a date, in order; `groups` are the open findings.
    pub(crate) async fn entries(&self, db: &impl Db, groups: &[findings::Group]) -> Result<Vec<Entry>> {
        let schedules = schedules::of_engagement(db, self.engagement.id).await?;
        let mut entries = self.certificates(db).await?;
        entries.extend(self.duties.iter().flat_map(|duty| self.proofs(duty, &schedules)));
        entries.extend(self.due_findings(db, groups).await?);
        entries.extend(self.waivers(db).await?);
        entries.extend(self.measurements(&schedules));
        entries.sort_by(|a, b| (a.on, a.at, &a.uid).cmp(&(b.on, b.at, &b.uid)));
        Ok(entries)
    }

    pub(super) fn entry(&self, kind: EntryKind, key: &str, when: When) -> Entry {
        let (on, at, late) = match when {
            When::Day(day) => (day, None, day < self.today()),
            When::Instant(at) => (day_of(at), Some(at), at <= self.now),
        };
        Entry {
            uid: format!("{kind}.{key}.{}@jalon", self.engagement.id),
            kind,
            title: Text::default(),
            detail: Text::default(),
            on,
            at,
            late,
            owner: None,
            link: Link::Overview,
        }
    }

    /// The first certificate of each endpoint to end, as its last run knows.
    async fn certificates(&self, db: &impl Db) -> Result<Vec<Entry>> {
        let runs = runs::latest_done_of(db, self.engagement.id, Family::Tls).await?;
        let mut entries = Vec::new();
        for run in runs {
            let (Some(until), Some(target)) = (run.expires_at, self.targets.iter().find(|it| it.id == run.target))
            else {
                continue;
            };
            entries.push(Entry {
                title: Text::new(
                    format!("The certificate of {} expires", target.value),
                    format!("Le certificat de {} expire", target.value),
                ),
                detail: Text::new(
                    "Renew it, then measure again.",
                    "Renouvelez-le, puis mesurez à nouveau.",
                ),
                link: Link::Target { id: target.id },
                ..self.entry(EntryKind::Certificate, &target.id.to_string(), When::Instant(until))
            });
        }
        Ok(entries)
    }

    /// The rules whose open findings have a date, but those that are accepted.
    async fn due_findings(&self, db: &impl Db, groups: &[findings::Group]) -> Result<Vec<Entry>> {
        let due: Vec<&findings::Group> = groups.iter().filter(|it| it.due.is_some()).collect();
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let accepted = FindingFilter {
            accepted: Some(self.now),
            ..open_findings()
        };
        let accepted = findings::groups(db, self.engagement.id, &accepted).await?;
        let is_accepted = |it: &findings::Group| {
            let mut same = accepted
                .iter()
                .filter(|other| (&other.check, &other.rule) == (&it.check, &it.rule));
            same.any(|other| other.count >= it.count)
        };
        let left = due.into_iter().filter(|it| !is_accepted(it));
        Ok(left.filter_map(|it| self.due_finding(it)).collect())
    }

    fn due_finding(&self, it: &findings::Group) -> Option<Entry> {
        let (rule, n, message) = (&it.rule, it.count, &it.sample.defect.message);
        let detail = if n == 1 {
            Text::new(
                format!("{rule}: mend it; the next measurement closes it."),
                format!("{rule}\u{a0}: corrigez-le\u{202f}; la prochaine mesure le clora."),
            )
        } else {
            Text::new(
                format!("{rule}: mend {n} findings; the next measurement closes them."),
                format!("{rule}\u{a0}: corrigez {n} constats\u{202f}; la prochaine mesure les clora."),
            )
        };
        let key = format!("{}.{rule}", it.check);
        Some(Entry {
            title: message.clone(),
            detail,
            owner: it.owner.and_then(|it| self.person(it)),
            link: Link::Remediation {
                family: Some(it.family),
                rule: Some(rule.to_string()),
            },
            ..self.entry(EntryKind::Finding, &key, When::Day(it.due?))
        })
    }

    /// The next measurement of each family that is measured by itself.
    fn measurements(&self, schedules: &[Schedule]) -> Vec<Entry> {
        let measured = |family: Family| self.targets.iter().any(|it| it.family == family);
        let next = schedules.iter().filter(|it| it.enabled && measured(it.family));
        next.map(|it| {
            let name = it.family.name();
            // A turn that is due is taken at once: it is never late.
            let at = it.next_at.max(self.now);
            Entry {
                title: Text::new(
                    format!("Next measurement: {}", name.en),
                    format!("Prochaine mesure\u{a0}: {}", name.fr),
                ),
                detail: Text::new("Nothing to do.", "Rien à faire."),
                late: false,
                link: Link::Checks,
                ..self.entry(EntryKind::Measurement, it.family.word(), When::Instant(at))
            }
        })
        .collect()
    }
}

/// When an entry is.
pub(super) enum When {
    Day(Date),
    Instant(Timestamp),
}

/// The day of an instant, in UTC.
pub(super) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}
