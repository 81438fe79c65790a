//! MTASTS-03: the policy is there, as text, from a server that proves who it is, at the first try (RFC 8461, section 3.3).

use jalon_domain::text::Text;
use jalon_wire::{
    https::Page,
    tls::{Handshake, Trust},
};

use super::{
    SHEET, fix,
    policy::{Mode, Policy},
};
use crate::{
    dns::{
        Case, Facts,
        probe::{POLICY_PATH, Probe, Sight},
    },
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// The host of the policy.
pub(super) fn host(facts: &Facts) -> String {
    facts.below("mta-sts")
}

/// Where the policy stands.
pub(super) fn url(facts: &Facts) -> String {
    format!("https://{}{POLICY_PATH}", host(facts))
}

/// What the host gives.
enum Given<'a> {
    Page(&'a Page),
    Distrusted(&'a Handshake),
    /// There is no such host.
    NoHost,
}

fn given(facts: &Facts) -> Result<Given<'_>, Doubted> {
    let host = host(facts);
    let probe = Probe::Policy { host: host.clone() };
    // One address is enough: what nobody said of the other kind does not matter then.
    if facts.known_addresses(&host).is_empty() {
        facts.every_address(&host)?;
        return Ok(Given::NoHost);
    }
    match facts.sight(&probe)? {
        Sight::Answered { page } => Ok(Given::Page(page)),
        Sight::Distrusted { handshake } => Ok(Given::Distrusted(handshake)),
        _ => Err(Doubted {
            doubt: Doubt::NoHandshake,
            about: probe.to_string(),
        }),
    }
}

/// What the server says of somebody else or of a bad moment, not of the policy: it wants to know who asks, has had enough
/// of it, or fails.
fn is_passing(status: u16) -> bool {
    matches!(status, 401 | 403 | 407 | 408 | 425 | 429 | 500..=599)
}

fn turned_away(facts: &Facts, status: u16) -> Doubted {
    Doubted {
        doubt: Doubt::TurnedAway,
        about: format!("{}: HTTP {status}", url(facts)),
    }
}

/// The text of the policy, where senders get one.
///
/// # Errors
/// When nobody knows whether they do, or when it is too long to be read whole.
pub(super) fn served(facts: &Facts) -> Result<Option<&str>, Doubted> {
    match given(facts)? {
        Given::Page(page) if page.status == 200 && page.is_cut => Err(Doubted {
            doubt: Doubt::Unreadable,
            about: format!("{}: > 64 kB", url(facts)),
        }),
        Given::Page(page) if page.status == 200 => Ok(Some(&page.body)),
        Given::Page(page) if is_passing(page.status) => Err(turned_away(facts, page.status)),
        Given::Page(_) | Given::Distrusted(_) | Given::NoHost => Ok(None),
    }
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let (key, observed, why) = match given(facts)? {
        Given::NoHost => ("policy-no-host", String::new(), Text::default()),
        Given::Distrusted(handshake) => ("policy-distrusted", names(handshake), why(handshake)),
        Given::Page(page) => match page.status {
            200 if is_text(page) => return Ok(()),
            200 => (
                "policy-type",
                page.media_type.clone().unwrap_or_default(),
                Text::default(),
            ),
            300..=399 => (
                "policy-moved",
                page.location.clone().unwrap_or_default(),
                Text::default(),
            ),
            status if is_passing(status) => return Err(turned_away(facts, status)),
            status => ("policy-missing", format!("HTTP {status}"), Text::default()),
        },
    };
    let url = url(facts);
    let policy = served(facts).ok().flatten().map(Policy::read).unwrap_or_default();
    verdicts.complain(Complaint {
        rule: "MTASTS-03",
        key,
        subject: &facts.domain,
        attribute: Some("mta-sts.txt"),
        observed,
        expected: url.clone(),
        args: &[("url", url.into()), ("host", host(facts).into())],
        phrases: &[("why", why)],
        // The policy itself is right where only its type is not.
        fix: match key {
            "policy-type" => None,
            _ => fix::policy(case, policy.mode.unwrap_or(Mode::Testing), &policy)?,
        },
        ..Complaint::BLANK
    });
    Ok(())
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
