//! `jalon fix dns`: what a domain's zone should become, for a name server or a provider, and the change itself.

mod primary;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use jalon_checks::dns::{
    self,
    change::{Form, Plan},
};
use jalon_domain::{engagement::DomainName, evidence::Outcome, ids::RuleId, measure::RuleResult};

use self::primary::Primary;
use super::output::{exists, write};
use crate::{
    asking::Asking,
    cli::{resolver, word},
    exit::{Exit, Failure, Result},
    given::Given,
    input,
    out::{self, Out},
    profile::Judged,
};

/// Show what the zone of a domain should become, and change it where you say so
///
/// The domain is checked; the fixes that are records are joined into one plan. Without more, the plan is shown as a
/// difference; --as writes it for a name server or a provider. With --server and --apply the primary server of the zone is
/// asked to make it by a dynamic update (RFC 2136): all of it, or nothing when the zone is no longer what was seen. What was
/// changed is undone by --plan with the file that undoes it. Exit codes: 0 planned, changed, or nothing to change; 2 usage,
/// configuration, unreadable input, or a change that was refused; 3 nothing to change as far as it could be judged, or a
/// change that nobody confirmed.
#[derive(Args)]
pub(crate) struct Dns {
    /// The domain, such as contoso.example
    #[arg(required_unless_present = "plan", value_name = "DOMAIN", value_parser = DomainName::parse)]
    domain: Option<DomainName>,
    /// Take the plan from there instead of checking: what --as json wrote, or what undoes a change
    #[arg(long, value_name = "PLAN.json", conflicts_with_all = ["domain", "rules"])]
    plan: Option<PathBuf>,
    /// Only mend what breaks this rule, again for another
    #[arg(long = "rule", id = "rules", value_name = "RULE", value_parser = RuleId::parse)]
    rules: Vec<RuleId>,
    /// How the plan is written
    #[arg(long = "as", id = "form", value_name = "FORM", default_value = "diff",
          value_parser = word::<Form>(Form::ALL.iter().map(|it| it.word())))]
    form: Form,
    /// Write the plan there [default: standard output]
    #[arg(long = "out", id = "plan_file", value_name = "FILE")]
    to: Option<PathBuf>,
    /// The primary server of the zone
    #[arg(long, value_name = "IP[:PORT]", value_parser = resolver)]
    server: Option<SocketAddr>,
    /// The key that the server takes updates with: a file as tsig-keygen makes it
    #[arg(long, value_name = "FILE.key", requires = "server")]
    update_key: Option<PathBuf>,
    /// Make the change
    #[arg(long, requires = "server")]
    apply: bool,
    /// Write what undoes the change there [default: DOMAIN-undo.json]
    #[arg(long, value_name = "UNDO.json", requires = "apply")]
    undo: Option<PathBuf>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    judged: Judged,
}

impl Dns {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let (mut plan, doubts) = match (&self.plan, &self.domain) {
            (Some(path), _) => (read(path)?, 0),
            (None, Some(domain)) => self.planned(domain).await?,
            (None, None) => return Err(Failure::new("nothing-named", &[])),
        };
        let primary = self.primary()?;
        if let Some(primary) = &primary {
            plan.zone = primary.zone(&plan.domain).await?;
        }
        self.show(out, &plan)?;
        for it in &plan.left {
            let args = [
                ("rule", it.rule.as_str().into()),
                ("reason", it.reason.get(out.lang).into()),
            ];
            out.remark(&out.say("fix-dns-left", &args));
        }
        if doubts > 0 {
            out.remark(&out.say("fix-dns-doubts", &[("n", doubts.into())]));
        }
        // Nothing to change is only sure where everything could be judged.
        let Some(primary) = primary.filter(|_| !plan.is_empty()) else {
            let is_open = plan.is_empty() && doubts > 0;
            return Ok(if is_open { Exit::Unsure } else { Exit::Fine });
        };
        if self.apply {
            self.make(out, &primary, &plan).await
        } else {
            let (zone, server) = (plan.zone.as_str(), primary.server.to_string());
            out.remark(&out.say("fix-dns-dry", &[("zone", zone.into()), ("server", server.into())]));
            Ok(Exit::Fine)
        }
    }

    /// The plan for what a check finds now, and how many of the rules it could not judge.
    async fn planned(&self, domain: &DomainName) -> Result<(Plan, usize)> {
        let profile = self.judged.profile()?;
        let mut settings = self.asking.settings()?;
        self.given.complete(&mut settings)?;
        let report = dns::run(domain, &settings, &crate::command::check::context(&profile)).await;
        let report = report.map_err(|it| Failure::from(it).at(domain.as_str()))?;
        let wanted = |it: &RuleId| self.rules.is_empty() || self.rules.contains(it);
        let results = report.checks.iter().flat_map(|it| &it.rules);
        let is_open = |it: &&RuleResult| it.outcome == Outcome::Inconclusive && !it.by_choice;
        let open = results.filter(|it| is_open(it) && wanted(&it.rule));
        Ok((Plan::of(&report, wanted), open.count()))
    }

    fn primary(&self) -> Result<Option<Primary>> {
        let Some(server) = self.server else { return Ok(None) };
        Primary::new(server, self.update_key.as_deref(), self.asking.timeout).map(Some)
    }

    fn show(&self, out: &mut Out, plan: &Plan) -> Result<()> {
        if plan.is_empty() {
            out.remark(&out.say("fix-dns-nothing", &[]));
        }
        let text = plan.written(self.form);
        match &self.to {
            Some(path) => write(path, |to| to.write_all(text.as_bytes())),
            None => out.raw(text.as_bytes()).map(drop),
        }
    }

    /// Makes the change, and looks whether it is there.
    async fn make(&self, out: &mut Out, primary: &Primary, plan: &Plan) -> Result {
        let undo = self.undo.clone();
        let undo = undo.unwrap_or_else(|| format!("{}-undo.json", plan.domain).into());
        if undo.exists() {
            return Err(exists(&undo));
        }
        // Before anything happens: a change that nobody can take back is not made.
        write(&undo, |to| to.write_all(plan.undone().written(Form::Json).as_bytes()))?;
        let made = primary.make(plan).await;
        if made.as_ref().is_err_and(|it| !it.may_have_happened) {
            // Nothing was changed: a file that would undo it would only mislead.
            drop(std::fs::remove_file(&undo));
        }
        let told = match made {
            Ok(()) => out.say("fix-dns-made", &[("zone", plan.zone.as_str().into())]),
            Err(it) => {
                let line = it.failure.line(out.lang);
                if !it.may_have_happened {
                    return Err(it.failure);
                }
                out::complain(&line);
                return Ok(Exit::Unsure);
            }
        };
        out.remark(&told);
        let key = self.update_key.as_ref();
        let key = key.map_or_else(String::new, |it| format!(" --update-key {}", it.display()));
        let command = format!(
            "jalon fix dns --plan {} --server {}{key} --apply --undo REDO.json",
            undo.display(),
            primary.server
        );
        out.remark(&out.say("fix-dns-undo", &[("command", command.into())]));
        Ok(Exit::Fine)
    }
}

/// Reads a plan that was written as JSON.
pub(crate) fn read(path: &Path) -> Result<Plan> {
    let text = input::small_file(path)?;
    serde_json::from_str(&text).map_err(|error| {
        let what = error.to_string();
        let path = path.display().to_string();
        Failure::new(
            "malformed-file",
            &[
                ("path", path.into()),
                ("line", error.line().into()),
                ("what", what.into()),
            ],
        )
    })
}
