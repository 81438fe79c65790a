//! `jalon check dmarc`: which DMARC policy applies to a domain, step by step, and what becomes of mail by it.

use clap::Args;
use jalon_checks::dns::{
    self,
    dmarc::{
        explain::{Applied, Explained, Found, Step, explain},
        record::Acts,
    },
};
use jalon_domain::engagement::DomainName;
use serde_json::{Value, json};

use crate::{
    asking::Asking,
    exit::{Exit, Result},
    out::{Format, Out, Printed},
    text::harmless,
};

/// The columns of CSV: a row for each name at which a policy was looked for.
const COLUMNS: [&str; 4] = ["name", "found", "records", "reason"];

/// Explain step by step which DMARC policy applies to a domain, and what becomes of its mail
///
/// Where receivers look for a policy (RFC 9989: the domain, then up the tree), what stands there, which record applies and by which of its
/// tags. Exit codes: 0 a policy applies; 1 none does; 2 usage, configuration or unreadable input; 3 a name server did not answer.
#[derive(Args)]
pub(crate) struct Dmarc {
    /// The domain, such as contoso.example
    #[arg(value_name = "DOMAIN", value_parser = DomainName::parse)]
    domain: DomainName,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    printed: Printed,
}

impl Dmarc {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let resolver = dns::resolver(&self.asking.settings()?)?;
        let told = explain(&resolver, &dns::ascii(&self.domain)?).await;
        show(out, self.printed.format, &told)?;
        Ok(exit(&told))
    }
}

fn exit(told: &Explained) -> Exit {
    match &told.policy {
        _ if told.open.is_some() => Exit::Unsure,
        Some(it) if it.acts != Acts::NotAtAll => Exit::Fine,
        _ => Exit::Found,
    }
}

fn show(out: &mut Out, format: Format, told: &Explained) -> Result<()> {
    let document = json!({"schema": "jalon.dmarc/1", "target": told.domain, "policy": told.policy, "steps": told.steps, "open": told.open});
    match format {
        Format::Json => out.pretty(&document),
        Format::Ndjson => out.json(&document),
        Format::Csv => {
            out.csv(&COLUMNS)?;
            told.steps.iter().try_for_each(|it| out.row(&COLUMNS, &flat(it)))
        }
        Format::Table => lines(out, told),
    }
}

fn flat(step: &Step) -> Value {
    json!({"name": step.name, "found": step.found, "records": step.records, "reason": step.reason})
}

fn lines(out: &mut Out, told: &Explained) -> Result<()> {
    let result = match &told.policy {
        Some(it) => it.applied.word().to_owned(),
        None if told.open.is_some() => out.say("dmarc-unknown", &[]),
        None => out.say("dmarc-none", &[]),
    };
    let target = told.domain.as_str();
    out.tell(
        "dmarc-headline",
        &[("target", target.into()), ("result", result.into())],
    )?;
    for step in &told.steps {
        let line = line(out, step);
        out.line(&harmless(&format!("  {line}")))?;
    }
    match (&told.policy, &told.open) {
        (_, Some(why)) => {
            let why = why.get(out.lang).to_owned();
            out.tell("dmarc-open", &[("target", target.into()), ("why", why.into())])
        }
        (Some(policy), None) => applied(out, target, policy),
        (None, None) => out.tell("dmarc-nothing", &[("target", target.into())]),
    }
}

/// "_dmarc.contoso.example: v=DMARC1; p=reject".
fn line(out: &Out, step: &Step) -> String {
    let key = match step.found {
        Found::Policy => "dmarc-step-policy",
        Found::Several => "dmarc-step-several",
        Found::Nothing => "dmarc-step-nothing",
        Found::Unanswered => "dmarc-step-unanswered",
    };
    let reason = step.reason.as_ref().map_or("", |it| it.get(out.lang)).to_owned();
    let args = [
        ("name", step.name.as_str().into()),
        ("record", step.records.join(" | ").into()),
        ("n", step.records.len().into()),
        ("reason", reason.into()),
    ];
    out.say(key, &args)
}

fn applied(out: &mut Out, target: &str, policy: &Applied) -> Result<()> {
    let args = [
        ("target", target.into()),
        ("from", policy.from.as_str().into()),
        ("tag", policy.tag.into()),
        ("asked", policy.asked.word().into()),
        ("applied", policy.applied.word().into()),
    ];
    let key = if policy.from == target {
        "dmarc-own"
    } else {
        "dmarc-above"
    };
    out.tell(key, &args)?;
    match policy.acts {
        Acts::AsWritten if policy.is_tested => out.tell("dmarc-tested", &args)?,
        Acts::AsWritten => {}
        Acts::AsNone => out.tell("dmarc-as-none", &args)?,
        Acts::NotAtAll => return out.tell("dmarc-ignored", &args),
    }
    out.tell(&format!("dmarc-gets-{}", policy.applied.word()), &args)
}
