//! The SPF group while its change is on its way: seen by three of four, looked at now, seen everywhere, in another form.

use jalon_checks::Doubt;
use jalon_domain::{ids::TargetId, text::Text};
use jalon_service::{
    propagation::{Elsewhere, Form, Reached, Seen, SeenOn, SeenSet},
    view::remediation::Remediation,
};
use uuid::Uuid;

use super::dns;
use crate::pages::{overview::sample::at, target};

const NEW: &str = "\"v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all\"";

/// Three of four servers show it; a resolver keeps what was there.
pub(crate) fn on_its_way() -> SeenOn {
    SeenOn {
        target: TargetId(Uuid::from_u128(1)),
        name: "nord.example.com".to_owned(),
        state: Reached::Partly,
        seen: 3,
        of: 4,
        sets: vec![SeenSet {
            name: "nord.example.com".to_owned(),
            kind: "TXT".to_owned(),
            expected: vec![NEW.to_owned()],
            seen: 3,
        }],
        elsewhere: vec![Elsewhere {
            server: "198.51.100.53".to_owned(),
            authoritative: false,
            set: "TXT nord.example.com".to_owned(),
            values: vec!["\"v=spf1 ip4:192.0.2.25 ~all\"".to_owned()],
            unknown: None,
            until: Some(at("2026-11-20T17:40:00Z")),
        }],
        unasked: Vec::new(),
        until: Some(at("2026-11-20T17:40:00Z")),
        at: Some(at("2026-11-20T16:55:00Z")),
        reason: None,
        looking: false,
    }
}

/// The lines as commands; a fix is left out. One server said nothing, another could not be asked.
pub(crate) fn in_form() -> Remediation {
    let mut page = dns();
    page.filter.form = Some(Form::Azure);
    if let Some(opened) = &mut page.opened {
        opened.plans = vec![target::sample::plan(Form::Azure)];
        opened.seen = vec![SeenOn {
            state: Reached::Silent,
            elsewhere: vec![Elsewhere {
                server: "ns2.example.net".to_owned(),
                authoritative: true,
                set: "TXT nord.example.com".to_owned(),
                values: Vec::new(),
                unknown: Some(Doubt::Timeout.said()),
                until: None,
            }],
            unasked: vec!["ns3.example.net".to_owned()],
            until: None,
            ..on_its_way()
        }];
    }
    page
}

/// Somebody asked for a look; the last one told nothing.
pub(crate) fn looking() -> Remediation {
    let mut page = dns();
    if let Some(opened) = &mut page.opened {
        opened.seen = vec![SeenOn {
            state: Reached::Unknown,
            seen: 0,
            of: 0,
            sets: Vec::new(),
            elsewhere: Vec::new(),
            until: None,
            reason: Some(Text::new(
                "the name servers of nord.example.com are not known: timed out",
                "les serveurs de noms de nord.example.com ne sont pas connus\u{a0}: délai dépassé",
            )),
            looking: true,
            ..on_its_way()
        }];
    }
    page
}

/// Every server shows it; the finding waits for a measurement.
pub(crate) fn arrived() -> Remediation {
    let mut page = dns();
    let everywhere = Seen {
        state: Reached::Everywhere,
        seen: 4,
        of: 4,
    };
    let groups = page.families.iter_mut().flat_map(|it| &mut it.groups);
    groups
        .filter(|it| it.seen.is_some())
        .for_each(|it| it.seen = Some(everywhere));
    if let Some(opened) = &mut page.opened {
        opened.group.seen = Some(everywhere);
        opened.seen = vec![SeenOn {
            state: Reached::Everywhere,
            seen: 4,
            elsewhere: Vec::new(),
            until: None,
            ..on_its_way()
        }];
    }
    page
}
