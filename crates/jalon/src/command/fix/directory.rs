//! `jalon fix directory`: the changes that mend a directory's objects, written down or made.

use std::{io, path::PathBuf};

use clap::Args;
use jalon_checks::directory::fix::{
    Plan,
    apply::{Log, Wanted},
    write_review,
};
use jalon_domain::ids::RuleId;

use super::{
    engine::Engine,
    making::{Making, MakingFlags},
    output::{self, Outputs},
    reviewed::{refused, reviewed},
    told,
};
use crate::{
    directory_judging::JudgingFlags,
    directory_source::{Discreet, LiveFlags, Source},
    exit::{Exit, Result},
    out::Out,
};

/// Mend a directory's objects: write the changes down, or make them
///
/// Without --apply nothing is changed, and without a file to write to the changes are printed. With it, each object is read again first and left alone when a value is no longer what
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
    #[command(flatten)]
    made: MakingFlags,
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
        let undo = self.outputs.undo.as_deref();
        let making = self.made.making(out, &self.source, undo, "directory")?;
        let former = making.as_ref().map(Making::former).transpose()?.flatten();
        let engine = Engine {
            source: &self.source,
            live: &self.live,
            judged: &self.judged,
        };
        let plan = engine.plan(out, &self.rules).await?;
        let plan = self.accepted(plan, former.as_ref())?;
        let lang = out.lang;
        let review = |to: &mut dyn io::Write| write_review(&plan, lang, to);
        self.outputs.write(out, &plan, review, making.is_some())?;
        if self.outputs.are_printed() || (making.is_none() && self.outputs.are_none()) {
            output::print(out, &plan)?;
        }
        out.send()?;
        told::plan(out, &plan, self.limit);
        let Some(making) = making else {
            return Ok(Exit::Fine);
        };
        let wanted: Vec<Wanted> = plan.objects.into_iter().map(Wanted::Planned).collect();
        making.make(out, &self.live, &wanted, former, self.limit).await
    }

    /// What people accepted of the plan; everything where they were not asked.
    fn accepted(&self, plan: Plan, former: Option<&Log>) -> Result<Plan> {
        let Some(path) = &self.accept else {
            return Ok(plan);
        };
        let rows = reviewed(path)?;
        let is_done = |dn: &str| former.is_some_and(|it| it.has_changed(dn));
        plan.accept(&rows, &is_done).map_err(|it| refused(path, &it))
    }
}

/// A rule of directories.
fn rule(raw: &str) -> std::result::Result<RuleId, String> {
    let rule = RuleId::parse(raw.trim()).map_err(|it| it.to_string())?;
    match jalon_checks::rule(&rule) {
        Some(_) if raw.trim().starts_with("DIR-") => Ok(rule),
        _ => Err("expected a rule of directories, such as DIR-019".to_owned()),
    }
}
