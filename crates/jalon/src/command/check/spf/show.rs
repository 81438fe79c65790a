//! How an evaluation, or where a record leads, is shown: line below line for people, one document for programs.

use std::net::IpAddr;

use jalon_checks::dns::spf::{
    evaluate::{Evaluation, Reason, Sender, Step},
    syntax::SyntaxError,
    tree::{Branch, Twig, advice},
};
use serde_json::{Value, json};

use crate::{
    exit::Result,
    out::{Format, Out},
    text::harmless,
};

/// The columns of CSV: a row for each record, and one for each of its terms.
const COLUMNS: [&str; 9] = [
    "depth",
    "domain",
    "term",
    "target",
    "outcome",
    "found",
    "lookups",
    "void_lookups",
    "reason",
];

/// What SPF says of one sender.
pub(super) fn evaluation(out: &mut Out, format: Format, sender: &Sender, told: &Evaluation) -> Result<()> {
    let ip: IpAddr = sender.ip.to_canonical();
    let rows = evaluated(told);
    let document = json!({
        "schema": "jalon.spf/1", "target": told.domain, "ip": ip, "sender": sender.mail_from, "helo": sender.helo,
        "evaluation": told,
    });
    let Some(()) = machine(out, format, &document, &rows)? else {
        let result = out.say(&format!("spf-outcome-{}", told.result.word()), &[]);
        let told_of = [
            ("target", told.domain.as_str().into()),
            ("ip", ip.to_string().into()),
            ("result", result.into()),
        ];
        out.tell("spf-headline", &told_of)?;
        lines(out, &rows)?;
        return match &told.explanation {
            Some(text) => out.tell("spf-explanation", &[("text", text.as_str().into())]),
            None => Ok(()),
        };
    };
    Ok(())
}

/// Where a record leads.
pub(super) fn tree(out: &mut Out, format: Format, tree: &Branch) -> Result<()> {
    let (rows, advice) = (grown(tree), advice(tree));
    let document = json!({"schema": "jalon.spf/1", "target": tree.domain, "tree": tree, "advice": advice});
    if machine(out, format, &document, &rows)?.is_some() {
        return Ok(());
    }
    let costs = [
        ("target", tree.domain.as_str().into()),
        ("lookups", tree.lookups.into()),
        ("voids", tree.void_lookups.into()),
    ];
    out.tell("spf-tree-headline", &costs)?;
    lines(out, &rows)?;
    let Some(advice) = advice else {
        return Ok(());
    };
    out.line("")?;
    let names = advice.flattened.join(", ");
    out.tell(
        "spf-advice",
        &[("lookups", advice.lookups.into()), ("names", names.into())],
    )?;
    out.line(&harmless(&advice.record))
}

/// What programs read; nothing when people do.
fn machine(out: &mut Out, format: Format, document: &Value, rows: &[Row]) -> Result<Option<()>> {
    match format {
        Format::Table => return Ok(None),
        Format::Json => out.pretty(document)?,
        Format::Ndjson => out.json(document)?,
        Format::Csv => {
            out.csv(&COLUMNS)?;
            rows.iter().try_for_each(|it| out.row(&COLUMNS, &it.flat()))?;
        }
    }
    Ok(Some(()))
}

/// A record or a term, as deep as it was met.
#[derive(Default)]
struct Row {
    depth: usize,
    /// The domain, for a record.
    domain: Option<String>,
    term: String,
    target: Option<String>,
    outcome: Option<String>,
    found: Vec<String>,
    lookups: usize,
    voids: usize,
    reason: Option<Reason>,
    errors: Vec<SyntaxError>,
}

impl Row {
    fn flat(&self) -> Value {
        json!({
            "depth": self.depth, "domain": self.domain, "term": self.term, "target": self.target,
            "outcome": self.outcome, "found": self.found, "lookups": self.lookups, "void_lookups": self.voids,
            "reason": self.reason.as_ref().map(Reason::text),
        })
    }

    /// "  include:x.example: does not match (2 look-ups)".
    fn line(&self, out: &Out) -> String {
        let head = match &self.domain {
            Some(domain) if self.term.is_empty() => out.say("spf-no-record", &[("domain", domain.as_str().into())]),
            Some(domain) => {
                let said = [
                    ("domain", domain.as_str().into()),
                    ("record", self.term.as_str().into()),
                ];
                out.say("spf-record", &said)
            }
            None => self.term.clone(),
        };
        let counted = |key: &str, n: usize| (n > 0).then(|| out.say(key, &[("n", n.into())]));
        let found = (!self.found.is_empty()).then(|| {
            let found = self.found.join(", ");
            out.say("spf-found", &[("found", found.into())])
        });
        let outcome = self
            .outcome
            .as_ref()
            .map(|it| out.say(&format!("spf-outcome-{it}"), &[]));
        let details = [
            outcome,
            found,
            counted("spf-lookups", self.lookups),
            counted("spf-voids", self.voids),
            self.reason.as_ref().map(|it| it.text().get(out.lang).to_owned()),
        ];
        let details: Vec<String> = details.into_iter().flatten().collect();
        let arrow = if details.is_empty() { "" } else { " → " };
        format!("{}{head}{arrow}{}", "  ".repeat(self.depth), details.join(", "))
    }
}

fn lines(out: &mut Out, rows: &[Row]) -> Result<()> {
    for row in rows {
        let line = row.line(out);
        out.line(&harmless(&line))?;
        for error in &row.errors {
            let piece = row.term.get(error.span.start..error.span.end).unwrap_or_default();
            let problem = error.problem.text();
            let said = [
                ("at", (error.span.start + 1).into()),
                ("piece", piece.into()),
                ("problem", problem.get(out.lang).into()),
            ];
            let line = out.say("spf-wrong", &said);
            out.line(&harmless(&format!("{}{line}", "  ".repeat(row.depth + 1))))?;
        }
    }
    Ok(())
}

fn evaluated(told: &Evaluation) -> Vec<Row> {
    let mut rows = Vec::new();
    evaluate(told, 0, &mut rows);
    rows
}

fn evaluate(told: &Evaluation, depth: usize, rows: &mut Vec<Row>) {
    rows.push(Row {
        depth,
        domain: Some(told.domain.clone()),
        term: told.record.clone().unwrap_or_default(),
        outcome: Some(told.result.word().to_owned()),
        reason: told.reason.clone(),
        errors: told.errors.clone(),
        ..Row::default()
    });
    for step in &told.steps {
        rows.push(stepped(step, depth + 1));
        if let Some(inner) = &step.inner {
            evaluate(inner, depth + 2, rows);
        }
    }
}

fn stepped(step: &Step, depth: usize) -> Row {
    Row {
        depth,
        term: step.term.clone(),
        target: step.target.clone(),
        outcome: Some(step.outcome.word().to_owned()),
        found: step.seen.clone(),
        lookups: step.lookups,
        voids: step.void_lookups,
        ..Row::default()
    }
}

fn grown(tree: &Branch) -> Vec<Row> {
    let mut rows = Vec::new();
    grow(tree, 0, &mut rows);
    rows
}

fn grow(branch: &Branch, depth: usize, rows: &mut Vec<Row>) {
    rows.push(Row {
        depth,
        domain: Some(branch.domain.clone()),
        term: branch.record.clone().unwrap_or_default(),
        reason: branch.reason.clone(),
        errors: branch.errors.clone(),
        ..Row::default()
    });
    for twig in &branch.terms {
        rows.push(led(twig, depth + 1));
        if let Some(inner) = &twig.inner {
            grow(inner, depth + 2, rows);
        }
    }
}

fn led(twig: &Twig, depth: usize) -> Row {
    let is_written = matches!(twig.mechanism, "ip4" | "ip6");
    Row {
        depth,
        term: twig.term.clone(),
        target: twig.target.clone(),
        found: if is_written { Vec::new() } else { twig.networks.clone() },
        lookups: twig.lookups,
        voids: twig.void_lookups,
        reason: twig.reason.clone(),
        ..Row::default()
    }
}
