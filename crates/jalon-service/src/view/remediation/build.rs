//! The remediation list computed.

use std::collections::HashSet;

use jalon_domain::{
    finding::{FindingState, Fix, FixKind, Severity},
    ids::{EngagementId, RuleId, TargetId},
    measure::Family,
    text::Text,
};
use jalon_store::{
    findings,
    findings::{FindingFilter, FindingRow, Group},
    propagation,
    propagation::Look,
    targets::Target,
};

use super::{
    Facets, FamilyGroups, FindingGroup, FindingView, FindingsFilter, FindingsView, OpenedGroup, Remediation,
    TargetCount,
};
use crate::{
    App, Caller, Permission, Result,
    engagement::Picture,
    fix::is_of_objects,
    propagation::{Form, SeenOn, ZonePlan, seen, seen_on},
};

/// Findings on one page of an opened group.
const PAGE: u64 = 25;
/// Domains of an opened group whose zones are shown.
const ZONES: usize = 10;
/// What the zone lines are shown as unless another form is asked for: what changes and nothing else.
const LINES: Form = Form::Cloudflare;
/// Approved fixes that are shown with a group.
const FIXES: u64 = 5;

impl App {
    /// The remediation list.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn remediation(&self, caller: &Caller, id: EngagementId, filter: FindingsFilter) -> Result<Remediation> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let table = picture.finding_table(self.store()).await?;
        let wanted = wanted(&picture, &filter, caller);
        let groups = findings::groups(self.store(), id, &wanted).await?;
        let looks = propagation::of_engagement(self.store(), id).await?;
        let opened = match filter.open.as_deref().and_then(|it| RuleId::parse(it).ok()) {
            Some(rule) => {
                self.opened(caller, &picture, &wanted, (&groups, &looks), (&rule, &filter))
                    .await?
            }
            None => None,
        };
        let tally = findings::tally(self.store(), id, caller.id(), picture.today()).await?;
        let in_view = |view: FindingsView| match view {
            FindingsView::Holding => picture.open_findings(|it| it.holds(Severity::HOLDS_GATE, picture.now)),
            FindingsView::All => count(tally.all),
            FindingsView::Mine => count(tally.mine),
            FindingsView::Late => count(tally.late),
            FindingsView::CameBack => count(tally.came_back),
            FindingsView::Waived => table.accepted,
            FindingsView::Fixed => count(table.fixed),
        };
        let views = FindingsView::ALL.iter().map(|it| (*it, in_view(*it))).collect();
        let facets = facets(findings::facets(self.store(), id, &wanted).await?);
        let families = Family::ALL
            .iter()
            .map(|family| FamilyGroups {
                family: *family,
                count: groups
                    .iter()
                    .filter(|it| it.family == *family)
                    .map(|it| count(it.count))
                    .sum(),
                measured_at: table
                    .rows
                    .iter()
                    .find(|it| it.family == *family)
                    .and_then(|it| it.measured_at),
                groups: groups
                    .iter()
                    .filter(|it| it.family == *family)
                    .map(|it| group(&picture, it, &looks))
                    .collect(),
            })
            .filter(|it| it.count > 0)
            .collect();
        Ok(Remediation {
            header: picture.header(self.store(), caller, &rights).await?,
            table,
            views,
            families,
            opened,
            facets,
            people: picture.people(),
            filter,
        })
    }

    async fn opened(
        &self,
        caller: &Caller,
        picture: &Picture,
        wanted: &FindingFilter,
        (groups, looks): (&[Group], &[Look]),
        (rule, asked): (&RuleId, &FindingsFilter),
    ) -> Result<Option<OpenedGroup>> {
        let Some(it) = groups.iter().find(|it| it.rule == *rule) else {
            return Ok(None);
        };
        let id = picture.engagement.id;
        let filter = FindingFilter {
            rules: vec![rule.clone()],
            ..wanted.clone()
        };
        let (rows, next) = findings::page(self.store(), id, &filter, asked.after(), PAGE).await?;
        let of_objects = is_of_objects(rule);
        let directories = if of_objects && wanted.state == Some(FindingState::Open) {
            directories(picture, it)
        } else {
            Vec::new()
        };
        let preview = match asked.plan.filter(|it| directories.iter().any(|known| known.id == *it)) {
            Some(target) => Some(self.preview_fix(caller, id, rule, &asked.scope(target)).await?),
            None => None,
        };
        let approved = if of_objects {
            self.fixes_of(picture, Some(rule), FIXES).await?
        } else {
            Vec::new()
        };
        let seen = seen_in(picture, it, looks);
        let plans = match wanted.state {
            Some(FindingState::Open) => self.plans(picture, it, asked.form).await?,
            _ => Vec::new(),
        };
        let known = jalon_checks::rule(rule);
        let waits = |duty: &&crate::engagement::Duty| {
            duty.responsibility
                .requirements
                .iter()
                .any(|own| own.by.counts(&it.check, rule))
        };
        let is_own = |target: TargetId| it.targets.iter().any(|counted| counted.0 == target);
        let is_export = picture
            .targets
            .iter()
            .any(|target| target.attachment.is_some() && is_own(target.id));
        let mut targets: Vec<String> = rows.iter().map(|it| it.target_value.clone()).collect();
        targets.sort();
        targets.dedup();
        Ok(Some(OpenedGroup {
            rule_title: known.map(|it| it.title.clone()).unwrap_or_default(),
            source: known.map(|it| it.source.clone()).unwrap_or_default(),
            remedy: common(rows.iter().map(|it| &it.defect.remedy)),
            fix: joined(rows.iter().filter_map(|it| it.defect.fix.as_ref())),
            findings: rows.into_iter().map(|it| picture.finding(it)).collect(),
            next: next.map(|it| it.to_string()),
            responsibilities: picture
                .duties
                .iter()
                .filter(waits)
                .map(|it| (it.responsibility.id.clone(), it.responsibility.code().to_owned()))
                .collect(),
            targets,
            is_export,
            directories,
            preview,
            approved,
            seen,
            plans,
            group: group(picture, it, looks),
        }))
    }

    /// What the zones of a group's domains should become; none where no records mend it.
    async fn plans(&self, picture: &Picture, group: &Group, form: Option<Form>) -> Result<Vec<ZonePlan>> {
        let fix = group.sample.defect.fix.as_ref();
        if group.family != Family::Dns || fix.is_none_or(|it| it.kind != FixKind::Zone) {
            return Ok(Vec::new());
        }
        let is_own = |target: &&Target| group.targets.iter().any(|counted| counted.0 == target.id);
        let mut plans = Vec::new();
        for target in picture.targets.iter().filter(is_own).take(ZONES) {
            let form = form.unwrap_or(LINES);
            plans.push(self.planned_zone(target, Some(&group.rule), form).await?);
        }
        Ok(plans)
    }

    /// Findings one by one, for programs.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn findings(
        &self,
        caller: &Caller,
        id: EngagementId,
        filter: &FindingsFilter,
        limit: u64,
    ) -> Result<(Vec<FindingView>, Option<String>)> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let wanted = wanted(&picture, filter, caller);
        let (rows, next) = findings::page(self.store(), id, &wanted, filter.after(), limit).await?;
        Ok((
            rows.into_iter().map(|it| picture.finding(it)).collect(),
            next.map(|it| it.to_string()),
        ))
    }
}

/// The sentence, when it is the same for all.
fn common<'a>(mut sentences: impl Iterator<Item = &'a Text>) -> Option<Text> {
    let first = sentences.next()?;
    sentences.all(|it| it == first).then(|| first.clone())
}

/// The directories of a group, by name.
fn directories(picture: &Picture, group: &Group) -> Vec<TargetCount> {
    let named = |(id, count): &(TargetId, u64)| {
        let target = picture.targets.iter().find(|it| it.id == *id);
        TargetCount {
            id: *id,
            name: target.map(|it| it.value.clone()).unwrap_or_default(),
            count: *count,
        }
    };
    let mut directories: Vec<TargetCount> = group.targets.iter().map(named).collect();
    directories.sort_by(|a, b| a.name.cmp(&b.name));
    directories
}

fn facets(it: findings::Facets) -> Facets {
    let target = |(id, name, count)| TargetCount { id, name, count };
    Facets {
        targets: it.targets.into_iter().map(target).collect(),
        attributes: it.attributes,
        errors: it.errors,
    }
}

/// Several fixes of one kind as one text.
pub(crate) fn joined<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Option<Fix> {
    let mut fixes = fixes.peekable();
    let kind = fixes.peek()?.kind;
    let steps = fixes.peek()?.steps.clone();
    let (mut text, mut undo) = (String::new(), Some(String::new()));
    let mut seen = HashSet::new();
    // Several findings about one record are mended by one record.
    for fix in fixes.filter(|it| it.kind == kind && seen.insert(it.text.as_str())) {
        push(&mut text, &fix.text, kind);
        match (&mut undo, &fix.undo) {
            (Some(all), Some(own)) => push(all, own, kind),
            _ => undo = None,
        }
    }
    Some(Fix {
        kind,
        text,
        undo,
        steps,
    })
}

/// LDIF records are parted by an empty line (RFC 2849); zone lines follow one another.
fn push(all: &mut String, own: &str, kind: FixKind) {
    if !all.is_empty() {
        all.push_str(if kind == FixKind::Zone { "" } else { "\n" });
    }
    all.push_str(own.trim_end());
    all.push('\n');
}

pub(crate) fn wanted(picture: &Picture, filter: &FindingsFilter, caller: &Caller) -> FindingFilter {
    let view = filter.view.unwrap_or(FindingsView::All);
    let mut wanted = wanted_in(picture, view, caller);
    wanted.family = filter.family;
    wanted.target = filter.target;
    wanted.attribute = filter.attribute.clone().filter(|it| !it.is_empty());
    wanted.error = filter.error;
    if let Some(severity) = filter.severity {
        wanted.severities = vec![severity];
    }
    if let Some(owner) = filter.owner() {
        wanted.owner = owner;
        wanted.unowned = owner.is_none();
    }
    wanted.text = filter.text.clone().filter(|it| !it.trim().is_empty());
    wanted
}

fn wanted_in(picture: &Picture, view: FindingsView, caller: &Caller) -> FindingFilter {
    let mut wanted = FindingFilter {
        state: Some(FindingState::Open),
        ..FindingFilter::default()
    };
    match view {
        FindingsView::All => {}
        FindingsView::Holding => {
            wanted.holds = Some(picture.now);
        }
        FindingsView::Mine => wanted.owner = Some(caller.id()),
        FindingsView::Late => wanted.late_before = Some(picture.today()),
        FindingsView::CameBack => wanted.came_back = true,
        FindingsView::Waived => wanted.accepted = Some(picture.now),
        FindingsView::Fixed => wanted.state = Some(FindingState::Fixed),
    }
    wanted
}

fn count(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn group(picture: &Picture, it: &Group, looks: &[Look]) -> FindingGroup {
    let sample: &FindingRow = &it.sample;
    let n = count(it.count);
    let title = match (n, jalon_checks::rule(&it.rule)) {
        (1, _) | (_, None) => sample.defect.message.clone(),
        (_, Some(rule)) => rule.title.clone(),
    };
    FindingGroup {
        check: it.check.clone(),
        rule: it.rule.clone(),
        title: if title.is_complete() {
            title
        } else {
            Text::same(it.rule.to_string())
        },
        severity: it.severity,
        count: n,
        subject: if n == 1 {
            sample.defect.subject.clone()
        } else {
            sample.defect.attribute.clone().unwrap_or_default()
        },
        owner: it.owner.and_then(|it| picture.person(it)),
        due: it.due,
        late: it.due.is_some_and(|due| due < picture.today()),
        came_back: sample.reopened_at.filter(|_| it.reopened > 0),
        fix: sample.defect.fix.as_ref().map(|it| it.kind),
        seen: seen(&seen_in(picture, it, looks)),
    }
}

/// Where the records of the group's fix are seen, of its own domains: others may have been mended long ago.
fn seen_in(picture: &Picture, group: &Group, looks: &[Look]) -> Vec<SeenOn> {
    let mut seen = seen_on(&picture.targets, looks, &group.rule, picture.now);
    seen.retain(|it| group.targets.iter().any(|counted| counted.0 == it.target));
    seen
}
