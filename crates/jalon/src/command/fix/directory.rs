//! `jalon fix directory`: the changes that mend a directory's objects, written down or made.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use clap::Args;
use jalon_checks::directory::fix::{
    Plan, ReviewError,
    apply::{Log, Wanted},
    read_review,
};
use jalon_domain::{ids::RuleId, text::Text};
use jalon_wire::ldap::Address;

use super::{
    engine::Engine,
    making::{Making, Noted, beside, writable},
    output::Outputs,
    told,
};
use crate::{
    directory_judging::JudgingFlags,
    directory_source::{Discreet, LiveFlags, Source, address},
    exit::{Exit, Failure, Result},
    out::Out,
    text,
};

/// Where a run is noted unless another place is named.
const JOURNAL: &str = "jalon-fix.ndjson";

/// Mend a directory's objects: write the changes down, or make them
///
/// Without --apply nothing is changed. With it, each object is read again first and left alone when a value is no longer what
/// it was; all changes of an object are made at once or not at all; what was changed is undone by `jalon fix apply`.
/// Exit codes: 0 written down, or every change made; 1 something was left alone or refused; 2 usage, configuration or
/// unreadable input.
#[derive(Args)]
pub(crate) struct Directory {
    /// The directory: an export (LDIF or CSV, gzipped or not; - for standard input), or ldap://HOST, ldaps://HOST
    #[arg(value_name = "SOURCE", value_parser = Discreet(Source::parse))]
    source: Source,
    #[command(flatten)]
    outputs: Outputs,
    /// Make only what this table accepts, with the values that people wrote
    #[arg(long, value_name = "REVIEW.csv")]
    accept: Option<PathBuf>,
    /// Mend only what breaks these rules
    #[arg(long = "rule", visible_alias = "rules", value_name = "DIR-0xx,…", value_delimiter = ',', value_parser = rule)]
    rules: Vec<RuleId>,
    /// Make the changes, in this directory [default: the one that is read]
    #[arg(long, value_name = "ldap(s)://HOST", num_args = 0..=1, value_parser = Discreet(address))]
    apply: Option<Option<Address>>,
    #[command(flatten)]
    noted: Noted,
    /// Lines at most about what is left to people or left alone; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    judged: JudgingFlags,
    #[command(flatten)]
    live: LiveFlags,
}

impl Directory {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let making = self.making(out)?;
        let former = making.as_ref().map(Making::former).transpose()?.flatten();
        let engine = Engine {
            source: &self.source,
            live: &self.live,
            judged: &self.judged,
        };
        let plan = engine.plan(out, &self.rules).await?;
        let plan = self.accepted(plan, former.as_ref())?;
        self.outputs.write(out, &plan, making.is_some())?;
        out.send()?;
        told::plan(out, &plan, self.limit);
        let Some(making) = making else {
            return Ok(Exit::Fine);
        };
        let wanted: Vec<Wanted> = plan.objects.into_iter().map(Wanted::Planned).collect();
        making.make(out, &self.live, &wanted, former, self.limit).await
    }

    /// Where and how the changes are to be made, if they are.
    fn making(&self, out: &Out) -> Result<Option<Making>> {
        let target = match (&self.apply, &self.source) {
            (None, _) if self.noted.resume || self.noted.journal.is_some() => {
                return Err(Failure::new("fix-without-apply", &[]));
            }
            (None, _) => return Ok(None),
            (Some(Some(target)), _) | (Some(None), Source::Live(target)) => target.clone(),
            (Some(None), Source::Export(_)) => return Err(Failure::new("fix-needs-target", &[])),
        };
        let journal = self.noted.journal.clone().unwrap_or_else(|| JOURNAL.into());
        let undo = self.outputs.undo.clone().unwrap_or_else(|| beside(&journal));
        let subject = "directory".to_owned();
        Ok(Some(Making::new(
            writable(out, target)?,
            journal,
            undo,
            subject,
            self.noted.resume,
        )))
    }

    /// What people accepted of the plan; everything where they were not asked.
    fn accepted(&self, plan: Plan, former: Option<&Log>) -> Result<Plan> {
        let Some(path) = &self.accept else {
            return Ok(plan);
        };
        let file = File::open(path).map_err(|it| Failure::io(path, &it))?;
        let rows = read_review(file).map_err(|it| refused(path, &[it]))?;
        let is_done = |dn: &str| former.is_some_and(|it| it.has_changed(dn));
        plan.accept(&rows, &is_done).map_err(|it| refused(path, &it))
    }
}

/// The first row that cannot be followed, and how many others there are.
fn refused(path: &Path, errors: &[ReviewError]) -> Failure {
    let Some(first) = errors.first() else {
        return Failure::new("cancelled", &[]);
    };
    let (path, told) = (path.display().to_string(), first.problem.text());
    let line = |what: String| {
        let args = [
            ("path", path.as_str().into()),
            ("row", first.row.into()),
            ("what", what.into()),
            ("others", (errors.len() - 1).into()),
        ];
        text::both("fix-review", &args)
    };
    Text::new(line(told.en).en, line(told.fr).fr).into()
}

/// A rule of directories.
fn rule(raw: &str) -> std::result::Result<RuleId, String> {
    let rule = RuleId::parse(raw.trim()).map_err(|it| it.to_string())?;
    match jalon_checks::rule(&rule) {
        Some(_) if raw.trim().starts_with("DIR-") => Ok(rule),
        _ => Err("expected a rule of directories, such as DIR-019".to_owned()),
    }
}
