//! Write here what this check looks at, and what it leaves to others.

use std::sync::LazyLock;

use jalon_domain::profile::Profile;

use super::{Case, DnsCheck, Extra, Facts, Question};
use crate::{
    check::Check,
    doubt::Doubted,
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: {Name} = {Name};

/// Write here what it looks at, with its source.
pub struct {Name};

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for {Name} {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for {Name} {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        vec![Question::txt(facts.below("_{name}"))]
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        verdicts.judge("{RULE}-01", |it| first(case, it));
        Extra::new()
    }
}

/// What is not known (`?`) makes the rule inconclusive; it never passes and never fails for that.
fn first(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let texts = case.facts.texts(&case.facts.below("_{name}"))?;
    for held in texts.iter().filter(|it| is_wrong(it.value)) {
        verdicts.complain(Complaint {
            rule: "{RULE}-01",
            key: "{name}-wrong",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            observed: held.value.to_owned(),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

/// Write the rule here.
fn is_wrong(text: &str) -> bool {
    text == "wrong"
}
