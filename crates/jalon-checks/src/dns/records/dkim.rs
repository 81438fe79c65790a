//! DNS-005: the DKIM selectors of Exchange Online. Where their CNAME leads to changes with the service and is known to the tenant
//! only (`….onmicrosoft.com`, and `….dkim.mail.microsoft` for domains added since May 2025), so what is judged is the key behind it.

use jalon_domain::{
    finding::{Fix, FixKind},
    text::Value,
};
use serde_json::{Map, json};

use super::expected::Expected;
use crate::{
    dns::{
        Facts, Question,
        dkim::key::{ENOUGH_BITS, FEWEST_BITS, Key, Strength},
        facts::Held,
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The first domains of tenants. Their zones are the service's own: keys stand in them directly, below names of their own.
const OF_SERVICE: [&str; 3] = [".onmicrosoft.com", ".onmicrosoft.us", ".partner.onmschina.cn"];

fn is_of_service(domain: &str) -> bool {
    OF_SERVICE.iter().any(|it| domain.ends_with(it))
}

/// Where the key of a selector stands.
fn name(facts: &Facts, selector: &str) -> String {
    let domain = &facts.domain;
    if is_of_service(domain) {
        return facts.below(&format!("{selector}-{}._domainkey", domain.replace('.', "-")));
    }
    facts.below(&format!("{selector}._domainkey"))
}

pub(in crate::dns) fn questions(facts: &Facts, expected: &Expected) -> Vec<Question> {
    let both = |selector: &String| {
        let name = name(facts, selector);
        [Question::cname(&name), Question::txt(name)]
    };
    expected.selectors.iter().flat_map(both).collect()
}

/// Whether a key that can be read, weak or strong, is known to stand at one of the selectors.
pub(in crate::dns) fn is_any_there(facts: &Facts, expected: &Expected) -> bool {
    let is_key = |it: &Held<'_, str>| Key::parse(it.value).is_ok();
    let is_there = |it: &String| facts.texts(&name(facts, it)).is_ok_and(|it| it.iter().any(is_key));
    expected.selectors.iter().any(is_there)
}

pub(super) fn judge(facts: &Facts, selector: &str, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = name(facts, selector);
    let alias = facts.alias(&name)?.map(|it| it.value);
    let texts: Vec<&str> = facts.texts(&name)?.iter().map(|it| it.value).collect();
    let is_direct_right = is_of_service(&facts.domain);
    let is_circle = facts.is_circle(&Question::txt(&name));
    let Some((key, bits)) = problem(alias, &texts, is_circle, is_direct_right) else {
        return Ok(());
    };
    let flaw = texts.first().and_then(|it| Key::parse(it).err()?.into_iter().next());
    let args: [(&str, Value<'_>); 4] = [
        ("name", name.as_str().into()),
        ("target", alias.unwrap_or_default().into()),
        ("bits", i64::from(bits).to_string().into()),
        ("place", flaw.as_ref().map_or(0, |it| it.span.start + 1).into()),
    ];
    verdicts.complain(Complaint {
        rule: "DNS-005",
        key,
        subject: &facts.domain,
        attribute: Some("TXT"),
        discriminator: selector,
        observed: if texts.is_empty() {
            alias.unwrap_or_default().to_owned()
        } else {
            texts.join("\n")
        },
        expected: "v=DKIM1; k=rsa; p=…".to_owned(),
        args: &args,
        phrases: &[("problem", flaw.map(|it| it.problem).unwrap_or_default())],
        fix: Some(command(&facts.domain, key)),
        ..Complaint::BLANK
    });
    Ok(())
}

/// What is wrong with a selector, the worst first, and the length of its key where that is it.
fn problem(alias: Option<&str>, texts: &[&str], is_circle: bool, is_direct_right: bool) -> Option<(&'static str, u32)> {
    let key = match (texts, alias) {
        _ if is_circle => return Some(("dkim-circle", 0)),
        ([], None) => return Some(("dkim-missing", 0)),
        ([], Some(_)) => return Some(("dkim-dangling", 0)),
        ([text], _) => match Key::parse(text) {
            Err(_) => return Some(("dkim-malformed", 0)),
            Ok(key) => key,
        },
        // Which of several is taken is left open (RFC 6376, section 3.6.2.2).
        _ => return Some(("dkim-several", 0)),
    };
    match key.strength {
        Strength::Revoked => Some(("dkim-revoked", 0)),
        _ if key.is_test => Some(("dkim-testing", 0)),
        Strength::Rsa { bits, .. } if bits < FEWEST_BITS => Some(("dkim-weak", bits)),
        Strength::Rsa { bits, .. } if bits < ENOUGH_BITS => Some(("dkim-short", bits)),
        _ => (alias.is_none() && !is_direct_right).then_some(("dkim-direct", 0)),
    }
}

/// The keys for a reader of the facts.
pub(super) fn shown(facts: &Facts, expected: &Expected) -> serde_json::Value {
    let mut all = Map::new();
    for selector in &expected.selectors {
        let name = name(facts, selector);
        let Ok(texts) = facts.texts(&name) else { continue };
        let mut shown = match texts.as_slice() {
            [] => continue,
            [text] => Key::parse(text.value).map_or_else(|_| json!({"malformed": true}), |it| it.shown()),
            several => json!({"records": several.len()}),
        };
        if let Ok(Some(alias)) = facts.alias(&name) {
            shown["leads_to"] = json!([alias.value]);
        }
        all.insert(selector.clone(), shown);
    }
    all.into()
}

/// What the tenant's administrator runs in Exchange Online PowerShell.
fn command(domain: &str, key: &str) -> Fix {
    let show = format!("Get-DkimSigningConfig -Identity {domain} | Format-List Selector1CNAME, Selector2CNAME");
    let rotate = format!("Rotate-DkimSigningConfig -Identity {domain} -KeySize 2048");
    let text = match key {
        "dkim-weak" | "dkim-short" | "dkim-revoked" | "dkim-malformed" => format!("{show}\n{rotate}\n"),
        _ => format!("{show}\n"),
    };
    Fix {
        kind: FixKind::Powershell,
        text,
        undo: None,
        steps: None,
    }
}
