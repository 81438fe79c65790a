//! What the certificate of an endpoint is worth to a client: TLS-01, 02, 03, 05, 07 and 15. Protocol versions and cipher
//! suites are later rules.

mod facts;
mod issuer;
mod names;
mod order;
mod starttls;
mod strength;
mod validity;

use std::sync::LazyLock;

use jalon_domain::measure::CheckReport;
use jalon_wire::tls::CertificateFacts;
use jiff::{SignedDuration, Timestamp};

pub use facts::{Facts, Seen};

use crate::{
    Context,
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::Verdicts,
};

/// When a silent server is worth another try.
const RETRY: SignedDuration = SignedDuration::from_mins(15);

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

/// What the rules look at.
struct Case<'a> {
    facts: &'a Facts,
    subject: String,
    now: Timestamp,
}

impl Case<'_> {
    /// The server's own certificate.
    fn own(&self) -> Result<&CertificateFacts, Doubted> {
        self.facts
            .chain()?
            .first()
            .ok_or_else(|| self.facts.doubted(Doubt::NoHandshake))
    }
}

pub(super) fn judge(facts: &Facts, ctx: &Context<'_>) -> CheckReport {
    let case = Case {
        facts,
        subject: facts.endpoint(),
        now: ctx.now,
    };
    let mut verdicts = Verdicts::new(&SHEET, ctx.profile, ctx.now.saturating_add(RETRY).ok());
    starttls::judge(&case, &mut verdicts);
    verdicts.judge("TLS-01", |it| issuer::judge_chain(&case, it));
    verdicts.judge("TLS-02", |it| validity::judge(&case, it));
    verdicts.judge("TLS-03", |it| names::judge(&case, it));
    verdicts.judge("TLS-05", |it| strength::judge(&case, it));
    verdicts.judge("TLS-07", |it| issuer::judge_root(&case, it));
    verdicts.finish(serde_json::to_value(facts).unwrap_or_default())
}
