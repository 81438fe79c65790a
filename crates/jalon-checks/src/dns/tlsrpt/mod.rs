//! Where a domain wants reports about TLS (RFC 8460). Asking for none is no fault.

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
pub static CHECK: TlsRpt = TlsRpt;

/// Reports about TLS (RFC 8460).
pub struct TlsRpt;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for TlsRpt {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for TlsRpt {
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        vec![Question::txt(facts.below("_smtp._tls"))]
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        match meant(case.facts) {
            Ok(texts) if texts.is_empty() => {
                for rule in &SHEET.rules {
                    verdicts.not_applicable(rule.id.as_str(), SHEET.text("no-record", &[]));
                }
            }
            _ => {
                verdicts.judge("TLSRPT-01", |it| uniqueness(case, it));
                verdicts.judge("TLSRPT-02", |it| form(case, it));
            }
        }
        let mut shown = Extra::new();
        if let Ok([text]) = meant(case.facts).as_deref()
            && let Ok(addresses) = record::parse(text.value)
        {
            shown.insert("tlsrpt".to_owned(), json!({"rua": addresses}));
        }
        shown
    }
}

/// The texts that were meant for TLS reports; others at the name are somebody else's.
fn meant(facts: &Facts) -> Result<Vec<Held<'_, str>>, Doubted> {
    let mut texts = facts.texts(&facts.below("_smtp._tls"))?;
    texts.retain(|it| record::is_meant(it.value));
    Ok(texts)
}

fn uniqueness(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = case.facts.below("_smtp._tls");
    let mut found = meant(case.facts)?;
    // What does not begin as it should is discarded before they are counted.
    found.retain(|it| record::is_record(it.value));
    let [_, _, ..] = found.as_slice() else { return Ok(()) };
    let mut addresses: Vec<&str> = Vec::new();
    for address in found.iter().flat_map(|it| record::parse(it.value).unwrap_or_default()) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    let one = format!("v=TLSRPTv1; rua={}", addresses.join(","));
    let old: Vec<Line> = found.iter().map(|it| Line::of(&name, it.record)).collect();
    verdicts.complain(Complaint {
        rule: "TLSRPT-01",
        key: "reports-several",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: found.iter().map(|it| it.value).collect::<Vec<_>>().join("\n"),
        expected: one.clone(),
        args: &[("name", name.as_str().into()), ("count", found.len().into())],
        fix: Some(if addresses.is_empty() {
            by_hand()
        } else {
            zone::fix(&[Line::txt(&name, &one)], &old)
        }),
        ..Complaint::BLANK
    });
    Ok(())
}

fn form(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = case.facts.below("_smtp._tls");
    let found = meant(case.facts)?;
    // Of several, what is wrong first is that there are several.
    if found.iter().filter(|it| record::is_record(it.value)).count() > 1 {
        return Ok(());
    }
    // A record that is followed makes others, which are not, harmless.
    if found
        .iter()
        .any(|it| record::is_record(it.value) && record::parse(it.value).is_ok())
    {
        return Ok(());
    }
    for held in &found {
        let Err(flaws) = record::parse(held.value) else {
            continue;
        };
        let Some(flaw) = flaws.into_iter().next() else { continue };
        let mended = record::mended(held.value);
        let old = Line::of(&name, held.record);
        verdicts.complain(Complaint {
            rule: "TLSRPT-02",
            key: "reports-malformed",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: held.value,
            observed: held.value.to_owned(),
            expected: mended.clone().unwrap_or_else(|| "v=TLSRPTv1; rua=mailto:…".to_owned()),
            args: &[
                ("name", name.as_str().into()),
                ("place", (flaw.span.start + 1).into()),
                ("piece", held.value[flaw.span.start..flaw.span.end].into()),
            ],
            phrases: &[("problem", flaw.problem)],
            fix: Some(mended.map_or_else(by_hand, |it| zone::fix(&[Line::txt(&name, &it)], &[old]))),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn by_hand() -> Fix {
    Fix::by_hand(SHEET.text("reports-malformed-remedy", &[]))
}
