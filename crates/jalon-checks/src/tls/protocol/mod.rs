//! What a server agrees to speak: TLS-09, TLS-10 and TLS-16, told by its answers to greetings. Renegotiation that a client
//! begins is not tried: that takes a session, and data in it.

mod facts;
mod fix;
mod inspection;
mod suites;
mod versions;

use std::sync::LazyLock;

use jalon_domain::measure::CheckReport;
use jalon_wire::tls::{Answer, Offered, Survey, Unclear, Version};

pub use facts::{Facts, Heard, Node};

use super::nodes::{Nodes, doubt_what_holds, retry_at};
use crate::{
    Context,
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::Verdicts,
};

/// The check.
pub static CHECK: Protocol = Protocol;

/// What an endpoint speaks.
pub struct Protocol;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Protocol {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

/// What the rules look at: one address, or several that answer alike.
struct Case<'a> {
    node: Option<&'a Node>,
    subject: String,
}

impl<'a> Case<'a> {
    fn doubted(&self, doubt: Doubt) -> Doubted {
        Doubted {
            doubt,
            about: self.subject.clone(),
        }
    }

    fn survey(&self) -> Result<&'a Survey, Doubted> {
        match self.node.map(|it| &it.heard) {
            Some(Heard::Answers { survey, .. }) => Ok(survey),
            Some(Heard::Plain) => Err(self.doubted(Doubt::NoHandshake)),
            Some(Heard::Unknown { reason }) => Err(self.doubted(*reason)),
            None => Err(self.doubted(Doubt::NameNotFound)),
        }
    }

    fn version(&self, version: Version) -> Result<&'a Answer, Doubted> {
        let found = self.survey()?.versions.iter().find(|it| it.what == version);
        found.map(|it| &it.answer).ok_or_else(|| self.doubted(Doubt::NotAsked))
    }

    /// The first of some answers that tells nothing.
    fn first_doubt<T: std::fmt::Debug>(&self, all: &[Offered<T>]) -> Result<(), Doubted> {
        all.iter().try_for_each(|it| self.sure(&it.answer))
    }

    /// An answer that tells nothing is a doubt.
    fn sure(&self, answer: &Answer) -> Result<(), Doubted> {
        let Answer::Unclear { why } = answer else {
            return Ok(());
        };
        Err(self.doubted(match why {
            Unclear::Silent => Doubt::Timeout,
            Unclear::Unreachable => Doubt::Unreachable,
            Unclear::Unsteady => Doubt::NoHandshake,
            Unclear::NotAsked => Doubt::NotAsked,
        }))
    }
}

pub(super) fn judge(facts: &Facts, ctx: &Context<'_>) -> CheckReport {
    let endpoint = super::endpoint(&facts.host, facts.port);
    let mut report = Nodes::of(&facts.protocols).judge(&endpoint, |node, subject| {
        let subject = subject.to_owned();
        judge_case(&Case { node, subject }, ctx)
    });
    if facts.unasked > 0 {
        doubt_what_holds(&mut report, &super::left_out(&endpoint, facts.unasked), retry_at(ctx));
    }
    report.facts = serde_json::to_value(facts).unwrap_or_default();
    report
}

fn judge_case(case: &Case<'_>, ctx: &Context<'_>) -> CheckReport {
    let mut verdicts = Verdicts::new(&SHEET, ctx.profile, retry_at(ctx));
    if matches!(case.node.map(|it| &it.heard), Some(Heard::Plain)) {
        for rule in &SHEET.rules {
            verdicts.not_applicable(rule.id.as_str(), SHEET.text("see-starttls", &[]));
        }
    }
    verdicts.judge("TLS-09", |it| versions::judge(case, it));
    verdicts.judge("TLS-10", |it| suites::judge(case, it));
    verdicts.judge("TLS-16", |it| inspection::judge(case, it));
    verdicts.finish(serde_json::Value::Null)
}
