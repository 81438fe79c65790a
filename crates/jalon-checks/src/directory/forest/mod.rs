//! Whether a forest can be synchronised as it is, and whether its controllers are still supported: SRV-03 and SRV-04.
//! The facts are gathered by `facts`.

mod level;
mod support;

use std::sync::LazyLock;

use jalon_domain::measure::CheckReport;
use jiff::Timestamp;

use super::facts::ForestFacts;
use crate::{
    Context,
    check::Check,
    doubt::{Doubt, Doubted},
    sheet::Sheet,
    verdicts::Verdicts,
};

/// The check.
pub static CHECK: Forest = Forest;

/// A forest.
pub struct Forest;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Forest {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

/// What the rules look at.
struct Case<'a> {
    facts: &'a ForestFacts,
    /// The forest's name: the subject of what is told of it as a whole.
    subject: &'a str,
    now: Timestamp,
}

/// Judges the facts of one forest.
pub fn judge(facts: &ForestFacts, ctx: &Context<'_>) -> CheckReport {
    let case = Case {
        facts,
        subject: facts.forest.root.as_deref().unwrap_or("?"),
        now: ctx.now,
    };
    // What an account may not see it will not see in a quarter of an hour either.
    let mut verdicts = Verdicts::new(&SHEET, ctx.profile, None);
    verdicts.judge("SRV-03", |it| level::judge(&case, ctx.profile, it));
    verdicts.judge("SRV-04", |it| support::judge(&case, it));
    verdicts.finish(serde_json::to_value(facts).unwrap_or_default())
}

/// A part that was not seen.
fn unseen(about: &str) -> Doubted {
    Doubted {
        doubt: Doubt::NotShown,
        about: about.to_owned(),
    }
}
