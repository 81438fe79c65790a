//! From the findings of a directory to what changes in it.

use std::collections::HashMap;

use jalon_checks::directory::fix::{Plan, ReviewError, ReviewRow};
use jalon_domain::{
    finding::Defect,
    ids::{EngagementId, FindingId, RuleId, TargetId},
    measure::Family,
    text::Text,
};
use jalon_store::{
    StoreError,
    findings::{self, FindingFilter},
    targets::{self, Target},
};

use super::FixScope;
use crate::{App, Error, Result, view::build::open_findings};

/// Rows of a table that are told of when it cannot be followed.
const TOLD: usize = 20;

/// Object, attribute, value.
type Place = (String, String, String);

/// A plan, and what it was made from.
pub(super) struct Planned {
    /// The directory.
    pub(super) target: Target,
    /// The rule.
    pub(super) rule: RuleId,
    /// What changes, and what is left to people.
    pub(super) plan: Plan,
    /// The findings that were asked about, by the value that each is about.
    findings: HashMap<Place, Vec<FindingId>>,
}

impl Planned {
    /// The findings whose values change: a run after it should find them gone.
    pub(super) fn closes(&self) -> Vec<FindingId> {
        let changed = self.plan.objects.iter().flat_map(|object| {
            let place = |it: &jalon_checks::directory::fix::ValueChange| {
                let value = it.from.clone().unwrap_or_default();
                (object.dn.clone(), it.attribute.clone(), value)
            };
            object.changes.iter().map(place)
        });
        let mut closed: Vec<FindingId> = changed
            .filter_map(|it| self.findings.get(&it))
            .flatten()
            .copied()
            .collect();
        closed.sort_unstable();
        closed.dedup();
        closed
    }

    /// What the rows of a reviewed table accept, and nothing else.
    ///
    /// # Errors
    /// [`Error::Invalid`] at `file` with every row that cannot be followed.
    pub(super) fn accept(self, rows: &[ReviewRow]) -> Result<Self> {
        let plan = self.plan.accept(rows, &|_| false).map_err(|it| refused(&it))?;
        Ok(Self { plan, ..self })
    }
}

impl App {
    /// What to do about the open findings of `rule` that `scope` narrows.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such finding, [`Error::Invalid`] when several directories break the rule and
    /// none is named.
    pub(super) async fn planned(&self, engagement: EngagementId, rule: &RuleId, scope: &FixScope) -> Result<Planned> {
        let target = self.target_of(engagement, rule, scope.target).await?;
        let filter = FindingFilter {
            family: Some(Family::Directory),
            target: Some(target.id),
            ..open_findings()
        };
        let flaws = findings::flaws(self.store(), engagement, &filter).await?;
        let (asked, scope) = (rule.clone(), scope.clone());
        let decide = move || decide(&flaws, &asked, &scope);
        let (plan, findings) = blocking(decide).await?;
        if findings.is_empty() {
            return Err(Error::NotFound);
        }
        let plan = self.compared(&target, plan).await?;
        let rule = rule.clone();
        Ok(Planned {
            target,
            rule,
            plan,
            findings,
        })
    }

    /// The directory that is named, or the only one that breaks the rule.
    async fn target_of(&self, engagement: EngagementId, rule: &RuleId, named: Option<TargetId>) -> Result<Target> {
        let filter = FindingFilter {
            rules: vec![rule.clone()],
            family: Some(Family::Directory),
            target: named,
            ..open_findings()
        };
        let found = findings::facets(self.store(), engagement, &filter).await?.targets;
        let [(only, ..)] = found[..] else {
            return Err(if found.is_empty() { Error::NotFound } else { which() });
        };
        targets::find(self.store(), only).await?.ok_or(Error::NotFound)
    }
}

/// The plan, and the findings that it is about.
fn decide(flaws: &[(FindingId, Defect)], rule: &RuleId, scope: &FixScope) -> (Plan, HashMap<Place, Vec<FindingId>>) {
    let is_wanted = |it: &Defect| {
        it.rule == *rule
            && scope
                .attribute
                .as_ref()
                .is_none_or(|name| it.attribute.as_ref() == Some(name))
            && scope
                .error
                .is_none_or(|kind| it.object.iter().any(|object| object.errors.contains(&kind)))
    };
    // What a forest says of itself is no value of an object.
    let of_objects = || flaws.iter().filter(|it| it.1.object.is_some());
    let mut findings: HashMap<Place, Vec<FindingId>> = HashMap::new();
    for (id, it) in of_objects().filter(|it| is_wanted(&it.1)) {
        let attribute = it.attribute.clone().unwrap_or_default();
        let place = (it.subject.clone(), attribute, it.observed.clone());
        findings.entry(place).or_default().push(*id);
    }
    (Plan::about(of_objects().map(|it| &it.1), is_wanted), findings)
}

/// Runs what takes a while on a thread that may be held up.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|it| StoreError::Broken(it.to_string()).into())
}

fn which() -> Error {
    Error::invalid(
        "target",
        "several directories break this rule: say which one is to be mended",
        "plusieurs annuaires enfreignent cette règle : dites lequel corriger",
    )
}

/// What is wrong with a reviewed table, a line a row.
pub(super) fn refused(errors: &[ReviewError]) -> Error {
    let (mut en, mut fr) = (Vec::new(), Vec::new());
    for it in errors.iter().take(TOLD) {
        let what = it.problem.text();
        en.push(format!("row {}: {}", it.row, what.en));
        fr.push(format!("ligne {}\u{a0}: {}", it.row, what.fr));
    }
    let more = errors.len().saturating_sub(TOLD);
    if more > 0 {
        en.push(format!("and {more} more"));
        fr.push(format!("et {more} autres"));
    }
    Error::Invalid {
        field: "file",
        text: Text::new(en.join("\n"), fr.join("\n")),
    }
}
