//! The remediation list computed, and the files of fixes.

use jalon_domain::{
    finding::{FindingState, Fix, FixKind},
    ids::{EngagementId, FindingId, RuleId},
    measure::Family,
    text::Text,
};
use jalon_store::{
    findings,
    findings::{FindingFilter, FindingRow, Group},
};

use super::{FamilyGroups, FindingGroup, FindingView, FindingsFilter, FindingsView, OpenedGroup, Remediation};
use crate::{App, Caller, Error, Permission, Result, engagement::Picture, view::build::open_findings};

/// Findings on one page of an opened group.
const PAGE: u64 = 25;
/// Findings whose fixes go into one file at most.
const FILE: u64 = 20_000;

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
        let opened = match filter.open.as_deref().and_then(|it| RuleId::parse(it).ok()) {
            Some(rule) => self.opened(&picture, &wanted, &groups, &rule, filter.after()).await?,
            None => None,
        };
        let mut views = Vec::new();
        for view in FindingsView::ALL {
            let filter = wanted_in(&picture, *view, caller);
            let groups = findings::groups(self.store(), id, &filter).await?;
            views.push((*view, groups.iter().map(|it| count(it.count)).sum()));
        }
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
                    .map(|it| group(&picture, it))
                    .collect(),
            })
            .filter(|it| it.count > 0)
            .collect();
        Ok(Remediation {
            header: picture.header(&rights, caller.person.is_admin),
            table,
            views,
            families,
            opened,
            people: picture.people(),
            filter,
        })
    }

    async fn opened(
        &self,
        picture: &Picture,
        wanted: &FindingFilter,
        groups: &[Group],
        rule: &RuleId,
        after: Option<FindingId>,
    ) -> Result<Option<OpenedGroup>> {
        let Some(it) = groups.iter().find(|it| it.rule == *rule) else {
            return Ok(None);
        };
        let filter = FindingFilter {
            rules: vec![rule.clone()],
            ..wanted.clone()
        };
        let (rows, next) = findings::page(self.store(), picture.engagement.id, &filter, after, PAGE).await?;
        let known = jalon_checks::rule(rule);
        let waits = |duty: &&crate::engagement::Duty| {
            duty.responsibility
                .requirements
                .iter()
                .any(|own| own.by.counts(&it.check, rule))
        };
        let mut targets: Vec<String> = rows.iter().map(|it| it.target_value.clone()).collect();
        targets.sort();
        targets.dedup();
        Ok(Some(OpenedGroup {
            rule_title: known.map(|it| it.title.clone()).unwrap_or_default(),
            source: known.map(|it| it.source.clone()).unwrap_or_default(),
            remedy: it.sample.defect.remedy.clone(),
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
            group: group(picture, it),
        }))
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

    /// The fixes of every open finding of one rule as one file: its name and its text. With `undo`, what undoes them.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is nothing to fix, or nothing that undoes it.
    pub async fn fix_file(
        &self,
        caller: &Caller,
        id: EngagementId,
        rule: &RuleId,
        undo: bool,
    ) -> Result<(String, String)> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let filter = FindingFilter {
            rules: vec![rule.clone()],
            ..open_findings()
        };
        let (rows, _) = findings::page(self.store(), id, &filter, None, FILE).await?;
        let fix = joined(rows.iter().filter_map(|it| it.defect.fix.as_ref())).ok_or(Error::NotFound)?;
        let text = if undo {
            fix.undo.ok_or(Error::NotFound)?
        } else {
            fix.text
        };
        let extension = match fix.kind {
            FixKind::Zone => "zone",
            FixKind::Ldif => "ldif",
            FixKind::Powershell => "ps1",
            FixKind::Graph => "http",
            FixKind::Manual => "txt",
        };
        let word = if undo { "undo" } else { "fix" };
        Ok((format!("{word}-{}.{extension}", rule.as_str().to_lowercase()), text))
    }
}

/// Several fixes of one kind as one text.
fn joined<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Option<Fix> {
    let mut fixes = fixes.peekable();
    let kind = fixes.peek()?.kind;
    let steps = fixes.peek()?.steps.clone();
    let (mut text, mut undo) = (String::new(), Some(String::new()));
    for fix in fixes.filter(|it| it.kind == kind) {
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

fn wanted(picture: &Picture, filter: &FindingsFilter, caller: &Caller) -> FindingFilter {
    let view = filter.view.unwrap_or(FindingsView::All);
    let mut wanted = wanted_in(picture, view, caller);
    wanted.family = filter.family;
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

fn group(picture: &Picture, it: &Group) -> FindingGroup {
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
    }
}
