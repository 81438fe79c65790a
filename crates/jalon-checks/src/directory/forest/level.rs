//! SRV-03: what synchronisation and hybrid deployments need of the forest itself.

use jalon_domain::{
    profile::{Choice, Profile},
    text::Text,
};

use super::{Case, unseen};
use crate::{
    directory::facts::{Part, is_known, tables},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

const RULE: &str = "SRV-03";

pub(super) fn judge(case: &Case<'_>, profile: &Profile, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    functional_level(case, verdicts)?;
    schema(case, verdicts)?;
    names(case, verdicts)?;
    if profile.options.contains(&Choice::ExchangeHybrid) {
        exchange(case, verdicts)?;
    }
    if profile.options.contains(&Choice::SkypeHybrid) {
        skype(case, verdicts)?;
    }
    Ok(())
}

fn functional_level(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let forest = &case.facts.forest;
    let level = forest.functional_level.ok_or_else(|| unseen("forestFunctionality"))?;
    let least = tables().needs.functional_level;
    if level < least {
        verdicts.complain(Complaint {
            rule: RULE,
            key: "forest-level-low",
            subject: case.subject,
            attribute: Some("msDS-Behavior-Version"),
            observed: forest.functional_name.clone().unwrap_or_else(|| level.to_string()),
            expected: tables().level(least).unwrap_or_default(),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn schema(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let version = case.facts.schema.version.ok_or_else(|| unseen("objectVersion"))?;
    let least = tables().needs.schema;
    if version < least {
        verdicts.complain(Complaint {
            rule: RULE,
            key: "schema-low",
            subject: case.subject,
            attribute: Some("objectVersion"),
            observed: version.to_string(),
            expected: tables().schema(least).unwrap_or_default(),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

fn names(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if !is_known(case.facts, Part::Partitions) {
        return Err(unseen("nETBIOSName"));
    }
    for domain in &case.facts.forest.domains {
        let name = domain.netbios.as_deref().unwrap_or_default();
        if name.contains('.') {
            verdicts.complain(Complaint {
                rule: RULE,
                key: "dotted-name",
                subject: &domain.dns,
                attribute: Some("nETBIOSName"),
                observed: name.to_owned(),
                ..Complaint::BLANK
            });
        }
    }
    Ok(())
}

fn exchange(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let schema = &case.facts.schema;
    let least = tables().needs.exchange_hybrid_schema;
    let name = |it: &String| Text::new(format!(" ({it})"), format!("\u{a0}({it})"));
    let key = match schema.exchange_version {
        None if !is_known(case.facts, Part::ExchangeSchema) => return Err(unseen("ms-Exch-Schema-Version-Pt")),
        None => "exchange-schema-absent",
        Some(version) if version < least => "exchange-schema-old",
        Some(_) => return Ok(()),
    };
    verdicts.complain(Complaint {
        rule: RULE,
        key,
        subject: case.subject,
        attribute: Some("rangeUpper"),
        observed: schema.exchange_version.map_or_else(String::new, |it| it.to_string()),
        expected: least.to_string(),
        phrases: &[("name", schema.exchange_name.as_ref().map(name).unwrap_or_default())],
        ..Complaint::BLANK
    });
    Ok(())
}

fn skype(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if case.facts.schema.skype_version.is_some() {
        return Ok(());
    }
    if !is_known(case.facts, Part::SkypeSchema) {
        return Err(unseen("ms-RTC-SIP-SchemaVersion"));
    }
    verdicts.complain(Complaint {
        rule: RULE,
        key: "skype-schema-absent",
        subject: case.subject,
        ..Complaint::BLANK
    });
    Ok(())
}
