//! What the certificate of an endpoint is worth to a client: TLS-01 to TLS-08 and TLS-11 to TLS-15. What a server agrees
//! to speak is another check.

mod distrusted;
mod facts;
mod issuer;
mod names;
pub(super) mod order;
mod public;
mod same;
mod sent;
mod staple;
mod starttls;
mod strength;
mod usage;
mod validity;
mod way;

use std::sync::LazyLock;

use jalon_domain::measure::CheckReport;
use jalon_wire::tls::{CertificateFacts, Handshake, Trust};
use jiff::Timestamp;

pub use facts::{Facts, Node, Seen};

use super::nodes::{Nodes, doubt_what_holds, retry_at};
use crate::{
    Context,
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::Verdicts,
};

/// The check.
pub static CHECK: Certificate = Certificate;

/// The certificate of an endpoint.
pub struct Certificate;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Certificate {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

/// What the rules look at: one address, or several that show the same.
struct Case<'a> {
    facts: &'a Facts,
    node: Option<&'a Node>,
    subject: String,
    now: Timestamp,
}

impl<'a> Case<'a> {
    fn doubted(&self, doubt: Doubt) -> Doubted {
        Doubted {
            doubt,
            about: self.subject.clone(),
        }
    }

    fn handshake(&self) -> Result<&'a Handshake, Doubted> {
        match self.node.map(|it| &it.seen) {
            Some(Seen::Shown { handshake }) => Ok(handshake),
            Some(Seen::Plain { .. }) => Err(self.doubted(Doubt::NoHandshake)),
            Some(Seen::Unknown { reason, .. }) => Err(self.doubted(*reason)),
            None => Err(self.doubted(Doubt::NameNotFound)),
        }
    }

    /// The server's own certificate: the first, but in a chain that is sent upside down.
    fn own(&self) -> Result<&'a CertificateFacts, Doubted> {
        let own = self.handshake()?.own();
        own.ok_or_else(|| self.doubted(Doubt::NoHandshake))
    }

    /// Whom they lead to, their own dates aside.
    fn trust(&self) -> Result<&'a Trust, Doubted> {
        self.handshake().map(|it| &it.verified_within_dates)
    }

    /// Whether it owes what public certificates owe.
    fn is_public(&self) -> Result<bool, Doubted> {
        let seen = self.handshake()?;
        let is_trusted = seen.verified_within_dates == Trust::Trusted;
        Ok(seen.is_public || is_trusted && self.facts.are_roots_public)
    }
}

pub(super) fn judge(facts: &Facts, ctx: &Context<'_>) -> CheckReport {
    let endpoint = super::endpoint(&facts.host, facts.port);
    let nodes = Nodes::of(facts.in_sight());
    let mut report = nodes.judge(&endpoint, |node, subject| {
        let case = Case {
            facts,
            node,
            subject: subject.to_owned(),
            now: ctx.now,
        };
        judge_case(&case, ctx)
    });
    if facts.left_out > 0 {
        doubt_what_holds(&mut report, &super::left_out(&endpoint, facts.left_out), retry_at(ctx));
    }
    same::judge(facts, &nodes.groups, &mut report, ctx);
    report.facts = serde_json::to_value(facts).unwrap_or_default();
    report
}

fn verdicts(ctx: &Context<'_>) -> Verdicts {
    Verdicts::new(&SHEET, ctx.profile, retry_at(ctx))
}

fn judge_case(case: &Case<'_>, ctx: &Context<'_>) -> CheckReport {
    let mut verdicts = verdicts(ctx);
    starttls::judge(case, &mut verdicts);
    verdicts.judge("TLS-01", |it| issuer::judge_chain(case, it));
    verdicts.judge("TLS-02", |it| validity::judge(case, it));
    verdicts.judge("TLS-03", |it| names::judge(case, it));
    verdicts.judge("TLS-04", |it| names::judge_scenario(case, it));
    verdicts.judge("TLS-05", |it| strength::judge(case, it));
    verdicts.judge("TLS-06", |it| usage::judge(case, it));
    verdicts.judge("TLS-07", |it| issuer::judge_root(case, it));
    verdicts.judge("TLS-08", |it| sent::judge(case, it));
    verdicts.judge("TLS-11", |it| staple::judge(case, it));
    verdicts.judge("TLS-12", |it| public::judge_logs(case, it));
    verdicts.judge("TLS-13", |it| public::judge_life(case, it));
    verdicts.finish(serde_json::Value::Null)
}
