//! DNS-005: the DKIM selectors. Where their CNAME leads to changes with the service and is known to the tenant only, so
//! what is judged is the key behind it.

mod key;

use jalon_domain::{
    finding::{Fix, FixKind},
    text::Value,
};

use self::key::{Key, Strength};
use super::expected::Expected;
use crate::{
    dns::{Facts, Question},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn questions(facts: &Facts, expected: &Expected) -> Vec<Question> {
    let both = |selector: &String| {
        let name = facts.below(&format!("{selector}._domainkey"));
        [Question::cname(&name), Question::txt(name)]
    };
    expected.selectors.iter().flat_map(both).collect()
}

pub(super) fn judge(facts: &Facts, selector: &str, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let name = facts.below(&format!("{selector}._domainkey"));
    let alias = facts.alias(&name)?.map(|it| it.value);
    let texts: Vec<&str> = facts.texts(&name)?.iter().map(|it| it.value).collect();
    let Some((key, bits)) = problem(alias, &texts) else {
        return Ok(());
    };
    let args: [(&str, Value<'_>); 3] = [
        ("name", name.as_str().into()),
        ("target", alias.unwrap_or_default().into()),
        ("bits", i64::from(bits).to_string().into()),
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
        fix: Some(command(&facts.domain, key)),
        ..Complaint::BLANK
    });
    Ok(())
}

/// What is wrong with a selector, the worst first, and the length of its key where that is it.
fn problem(alias: Option<&str>, texts: &[&str]) -> Option<(&'static str, u32)> {
    let strength = match (texts, alias) {
        ([], None) => return Some(("dkim-missing", 0)),
        ([], Some(_)) => return Some(("dkim-dangling", 0)),
        ([text], _) => match Key::parse(text) {
            None => return Some(("dkim-malformed", 0)),
            Some(Key {
                is_test: true,
                strength,
                ..
            }) if strength != Strength::Revoked => return Some(("dkim-testing", 0)),
            Some(key) => key.strength,
        },
        // Which of several is taken is left open (RFC 6376, section 3.6.2.2).
        _ => return Some(("dkim-malformed", 0)),
    };
    match strength {
        Strength::Revoked => Some(("dkim-revoked", 0)),
        Strength::Rsa(bits) if bits < 1024 => Some(("dkim-weak", bits)),
        Strength::Rsa(bits) if bits < 2048 => Some(("dkim-short", bits)),
        Strength::Rsa(_) | Strength::Ed25519 => alias.is_none().then_some(("dkim-direct", 0)),
    }
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
