//! Whether the BIMI record can be read. Having none is no fault, and what the logo looks like is not looked at.

mod record;

use std::sync::LazyLock;

use jalon_domain::{finding::Fix, profile::Profile};
use serde_json::json;

use super::{
    Case, DnsCheck, Extra, Facts, Question,
    facts::Held,
    zone::{self, Line},
};
use crate::{
    check::Check,
    doubt::Doubted,
    sheet::Sheet,
    verdicts::{Complaint, Verdicts},
};

/// The check.
pub static CHECK: Bimi = Bimi;

/// Form of the BIMI record.
pub struct Bimi;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Bimi {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Bimi {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        vec![Question::txt(name(facts))]
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        if meant(case.facts).is_ok_and(|it| it.is_empty()) {
            verdicts.not_applicable("BIMI-01", SHEET.text("no-record", &[]));
        }
        verdicts.judge("BIMI-01", |it| form(case, it));
        let mut shown = Extra::new();
        if let Ok([text]) = meant(case.facts).as_deref()
            && let Ok(logo) = record::parse(text.value)
        {
            let logo = json!({"logo": logo.location, "evidence": logo.evidence});
            shown.insert("bimi".to_owned(), logo);
        }
        shown
    }
}

fn name(facts: &Facts) -> String {
    facts.below("default._bimi")
}

/// The texts that were meant for BIMI; others at the name are somebody else's.
fn meant(facts: &Facts) -> Result<Vec<Held<'_, str>>, Doubted> {
    let mut texts = facts.texts(&name(facts))?;
    texts.retain(|it| record::is_meant(it.value));
    Ok(texts)
}

fn form(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = name(case.facts);
    let found = meant(case.facts)?;
    let first = found.first().map_or("", |it| it.value);
    let flaw = match found.as_slice() {
        [one] => match record::parse(one.value) {
            Ok(_) => return Ok(()),
            Err(flaws) => flaws.into_iter().next(),
        },
        _ => None,
    };
    let key = if found.len() > 1 {
        "logo-several"
    } else {
        "logo-malformed"
    };
    let (place, piece) = flaw
        .as_ref()
        .map_or((0, ""), |it| (it.span.start + 1, &first[it.span.start..it.span.end]));
    verdicts.complain(Complaint {
        rule: "BIMI-01",
        key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: found.iter().map(|it| it.value).collect::<Vec<_>>().join("\n"),
        expected: "v=BIMI1; l=https://…".to_owned(),
        args: &[
            ("name", name.as_str().into()),
            ("count", found.len().into()),
            ("place", place.into()),
            ("piece", piece.into()),
        ],
        phrases: &[(
            "problem",
            flaw.as_ref().map_or_else(Default::default, |it| it.problem.clone()),
        )],
        fix: Some(mended(&name, &found).unwrap_or_else(|| by_hand(key))),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Of several records the only one that can be read stays.
fn mended(name: &str, found: &[Held<'_, str>]) -> Option<Fix> {
    let is_sound = |it: &&Held<'_, str>| record::parse(it.value).is_ok();
    (found.iter().filter(is_sound).count() == 1).then(|| {
        let others = found.iter().filter(|it| !is_sound(it));
        zone::fix(&[], &others.map(|it| Line::of(name, it.record)).collect::<Vec<_>>())
    })
}

fn by_hand(key: &str) -> Fix {
    Fix::by_hand(SHEET.text(&format!("{key}-remedy"), &[]))
}
