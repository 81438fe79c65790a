//! MTASTS-03: the policy is there, as text, from a server that proves who it is, at the first try, and the same one at every
//! address (RFC 8461, section 3.3).

use jalon_domain::{finding::Fix, text::Text};
use jalon_wire::{
    https::Page,
    tls::{Handshake, Trust},
};

use super::{
    SHEET, fix,
    policy::{Mode, Policy},
    serve::{self, Given, Served},
};
use crate::{
    dns::Case,
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// What is wrong with what addresses give.
struct Fault {
    key: &'static str,
    observed: String,
    why: Text,
    /// Where, when not everywhere.
    at: Vec<String>,
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let seen = serve::seen(case.facts)?;
    if seen.given.is_empty() {
        complain(case, "policy-no-host", Fault::new("policy-no-host"), verdicts)?;
        return Ok(());
    }
    let mut faults: Vec<Fault> = Vec::new();
    for (address, given) in &seen.given {
        let Some(fault) = fault(*given) else { continue };
        match faults.iter_mut().find(|it| it.key == fault.key) {
            Some(same) => same.at.push(address.to_string()),
            None => faults.push(Fault {
                at: vec![address.to_string()],
                ..fault
            }),
        }
    }
    for mut fault in faults {
        if fault.at.len() == seen.given.len() && seen.open.is_none() {
            fault.at.clear();
        }
        complain(case, fault.key, fault, verdicts)?;
    }
    if let Some(served) = serve::served(case.facts).ok().filter(Served::differ) {
        differs(case, &served, verdicts);
    }
    match seen.open {
        Some(doubted) if !verdicts.is_broken("MTASTS-03") => Err(doubted),
        _ => Ok(()),
    }
}

impl Fault {
    fn new(key: &'static str) -> Self {
        Self {
            key,
            observed: String::new(),
            why: Text::default(),
            at: Vec::new(),
        }
    }
}

fn fault(given: Given<'_>) -> Option<Fault> {
    Some(match given {
        Given::Distrusted(handshake) => Fault {
            observed: names(handshake),
            why: why(handshake),
            ..Fault::new("policy-distrusted")
        },
        Given::Page(page) => match page.status {
            200 if is_text(page) => return None,
            200 => Fault {
                observed: page.media_type.clone().unwrap_or_default(),
                ..Fault::new("policy-type")
            },
            300..=399 => Fault {
                observed: page.location.clone().unwrap_or_default(),
                ..Fault::new("policy-moved")
            },
            status => Fault {
                observed: format!("HTTP {status}"),
                ..Fault::new("policy-missing")
            },
        },
    })
}

fn complain(case: &Case<'_>, key: &'static str, fault: Fault, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let url = serve::url(facts);
    let served = serve::served(facts).ok();
    let first = served.and_then(|it| it.got.into_iter().next());
    let policy = first.map(|it| it.policy).unwrap_or_default();
    let at = match fault.at.is_empty() {
        true => Text::default(),
        false => SHEET.text("at", &[("addresses", fault.at.join(", ").into())]),
    };
    let at = Text::new(spaced(&at.en), spaced(&at.fr));
    verdicts.complain(Complaint {
        rule: "MTASTS-03",
        key,
        subject: &facts.domain,
        attribute: Some("mta-sts.txt"),
        discriminator: key,
        observed: fault.observed,
        expected: url.clone(),
        args: &[("url", url.into()), ("host", serve::host(facts).into())],
        phrases: &[("why", fault.why), ("at", at)],
        // The policy itself is right where only its type is not, and where other addresses give it.
        fix: match key {
            "policy-type" => None,
            _ if !fault.at.is_empty() => None,
            _ => fix::policy(case, policy.mode.unwrap_or(Mode::Testing), &policy)?,
        },
        ..Complaint::BLANK
    });
    Ok(())
}

fn spaced(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" {text}")
    }
}

fn differs(case: &Case<'_>, served: &Served<'_>, verdicts: &mut Verdicts) {
    let host = serve::host(case.facts);
    let shown = |policy: &Policy| {
        let mode = policy.mode.map_or("-", Mode::word);
        let age = policy.max_age.map_or("-".to_owned(), |it| it.to_string());
        format!("mode: {mode}, max_age: {age}, mx: {}", policy.patterns.join(", "))
    };
    let lines = served
        .got
        .iter()
        .map(|it| format!("{}: {}", it.address, shown(&it.policy)));
    let addresses: Vec<String> = served.got.iter().map(|it| it.address.to_string()).collect();
    let args = [
        ("host", host.as_str().into()),
        ("addresses", addresses.join(", ").into()),
    ];
    verdicts.complain(Complaint {
        rule: "MTASTS-03",
        key: "policy-differs",
        subject: &case.facts.domain,
        attribute: Some("mta-sts.txt"),
        discriminator: "policy-differs",
        observed: lines.collect::<Vec<_>>().join("\n"),
        expected: serve::url(case.facts),
        fix: Some(Fix::by_hand(SHEET.text("policy-differs-remedy", &args))),
        args: &args,
        ..Complaint::BLANK
    });
}

/// Whether it is sent as plain text, whatever its parameters.
fn is_text(page: &Page) -> bool {
    let media = page.media_type.as_deref().unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/plain")
}

fn names(handshake: &Handshake) -> String {
    handshake
        .chain
        .first()
        .map_or(String::new(), |it| it.dns_names.join(", "))
}

fn why(handshake: &Handshake) -> Text {
    let key = match handshake.verified {
        Trust::Expired => "certificate-ended",
        Trust::NotYetValid => "certificate-begins",
        Trust::UnknownIssuer => "certificate-issuer",
        Trust::Trusted if !handshake.name_matches => "certificate-name",
        _ => "certificate-other",
    };
    SHEET.text(key, &[])
}
