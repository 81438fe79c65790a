//! A domain with findings and a zone to mend; an endpoint of two addresses, one of which is silent; one that passes; one
//! that is measured for the first time, one that could not be told, one whose last run failed, one never measured.

use jalon_checks::dns::told::{Held, Line, Topic};
use jalon_domain::{evidence::Outcome, ids::TargetId, measure::Family, text::Text};
use jalon_service::{
    propagation::{Form, LeftOut, ZonePlan},
    view::target::{Certificate, Endpoint, HistoryRow, Node, TargetPage},
};
use jalon_store::runs::RunState;
use jiff::SignedDuration;
use maud::Markup;
use uuid::Uuid;

use super::view::{self, Shown};
use crate::{
    pages::{
        checks::sample::{ended, running},
        overview::sample::{at, header, now},
        parts::{
            Cx,
            sample::{autodiscover, people, run, spf},
        },
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    let page = |page: &TargetPage| {
        let cx = Cx::new(frame, people()[0].id, now());
        let shown = Shown {
            page,
            is_older: page.before.is_some(),
        };
        view::page(frame, &cx, &shown)
    };
    vec![
        ("target-domain", page(&domain())),
        ("target-endpoint", page(&endpoint())),
        ("target-well", page(&well())),
        ("target-live", page(&live())),
        ("target-doubt", page(&doubt())),
        ("target-failed", page(&failed())),
        ("target-fresh", page(&fresh())),
    ]
}

fn target(family: Family, value: &str) -> TargetPage {
    TargetPage {
        header: header(),
        id: TargetId(Uuid::from_u128(1)),
        family,
        value: value.to_owned(),
        connect: None,
        since: at("2026-09-07T08:00:00Z"),
        last: None,
        failed: None,
        current: None,
        vantage: None,
        next_at: Some(at("2026-11-20T22:48:00Z")),
        expires_at: None,
        domain: Vec::new(),
        endpoint: None,
        findings: Vec::new(),
        open: 0,
        plan: None,
        history: Vec::new(),
        before: None,
    }
}

/// Runs every six hours, the newest first: what each found, or none where it could not tell.
fn history(family: Family, value: &str, found: &[Option<i32>]) -> Vec<HistoryRow> {
    let row = |(n, found): (usize, &Option<i32>)| {
        let outcome = match found {
            None => Outcome::Inconclusive,
            Some(0) => Outcome::Pass,
            Some(_) => Outcome::Fail,
        };
        let back = SignedDuration::from_hours(6 * i64::try_from(n).unwrap_or_default());
        let mut it = ended(1284, family, value, Some(outcome), found.unwrap_or_default());
        it.id = run(1284 - u128::try_from(n).unwrap_or_default());
        it.ended_at = it.ended_at.map(|it| it.saturating_sub(back).unwrap_or(it));
        // The oldest one is from before the figures were kept.
        let is_old = n + 1 == 8;
        HistoryRow {
            run: it,
            opened: (!is_old).then_some(i32::from(n == 3)),
            closed: (!is_old).then_some(i32::from(n == 5)),
        }
    };
    found.iter().enumerate().map(row).collect()
}

fn line(topic: Topic, held: Held, values: &[&str], notes: &[[&str; 2]]) -> Line {
    Line {
        topic,
        which: None,
        held,
        values: values.iter().map(|it| (*it).to_owned()).collect(),
        notes: notes.iter().map(|it| Text::new(it[0], it[1])).collect(),
    }
}

/// The domain of the mock-ups: two SPF records, and a zone that mends it.
pub(crate) fn domain() -> TargetPage {
    let dkim = Line {
        which: Some("selector1".to_owned()),
        ..line(
            Topic::Dkim,
            Held::Found,
            &["selector1-nord-example-com._domainkey.nord.onmicrosoft.com"],
            &[["RSA, 2048 bits", "RSA, 2048\u{a0}bits"]],
        )
    };
    let several = [
        "several: receivers apply none",
        "plusieurs\u{a0}: les destinataires n’en appliquent aucun",
    ];
    let history = history(
        Family::Dns,
        "nord.example.com",
        &[Some(5), Some(5), Some(5), Some(5), None, Some(4), Some(5), Some(5)],
    );
    TargetPage {
        last: history.first().map(|it| it.run.clone()),
        vantage: Some("local".to_owned()),
        domain: vec![
            line(
                Topic::Mail,
                Held::Found,
                &["0 nord-example-com.mail.protection.outlook.com"],
                &[],
            ),
            line(
                Topic::Spf,
                Held::Found,
                &[
                    "v=spf1 include:spf.protection.outlook.com -all",
                    "v=spf1 ip4:192.0.2.25 ~all",
                ],
                &[several],
            ),
            line(
                Topic::Dmarc,
                Held::Found,
                &["v=DMARC1; p=reject; rua=mailto:dmarc@nord.example.com"],
                &[["policy: reject", "politique\u{a0}: reject"]],
            ),
            dkim,
            line(
                Topic::Servers,
                Held::Found,
                &["ns1.example.net", "ns2.example.net"],
                &[],
            ),
            line(Topic::Serial, Held::Found, &["2026111801"], &[]),
            line(Topic::MtaSts, Held::Absent, &[], &[]),
            line(
                Topic::TlsRpt,
                Held::Unknown,
                &[],
                &[["no answer in time", "pas de réponse à temps"]],
            ),
            line(Topic::Dnssec, Held::Unasked, &[], &[]),
        ],
        findings: vec![spf(), autodiscover()],
        open: 5,
        plan: Some(plan(Form::Diff)),
        before: history.last().map(|it| it.run.id),
        history,
        ..target(Family::Dns, "nord.example.com")
    }
}

/// What the zone of the domain should become.
pub(crate) fn plan(form: Form) -> ZonePlan {
    let (old, new) = (
        [
            "nord.example.com. 3600 IN TXT \"v=spf1 include:spf.protection.outlook.com -all\"",
            "nord.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.25 ~all\"",
        ],
        "nord.example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.25 include:spf.protection.outlook.com -all\"",
    );
    let text = match form {
        Form::Diff => format!(
            "--- published\n+++ planned\n@@ nord.example.com TXT @@\n nord.example.com. 3600 IN TXT \"MS=ms12345678\"\n-{}\n-{}\n+{new}\n",
            old[0], old[1]
        ),
        _ => format!("; remove: {}\n; remove: {}\n{new}\n", old[0], old[1]),
    };
    ZonePlan {
        name: "nord.example.com".to_owned(),
        target: TargetId(Uuid::from_u128(1)),
        form,
        changes: 1,
        text,
        file_name: "nord.example.com.diff".to_owned(),
        left: vec![LeftOut {
            rule: "DNS-003".parse().expect("samples hold valid ids"),
            reason: Text::new(
                "what is published as CNAME at autodiscover.nord.example.com is not known: measure again",
                "ce qui est publié en CNAME sous autodiscover.nord.example.com n’est pas connu\u{a0}: mesurez à nouveau",
            ),
        }],
    }
}

fn certificate() -> Certificate {
    Certificate {
        names: vec![
            "mail.nord.example.com".to_owned(),
            "autodiscover.nord.example.com".to_owned(),
        ],
        issuer: "CN=Example Issuing CA 3, O=Example Trust".to_owned(),
        from: at("2025-12-01T00:00:00Z"),
        until: at("2026-12-01T12:00:00Z"),
        key: "RSA 2048".to_owned(),
    }
}

/// An endpoint whose certificate runs out soon; one of its addresses is silent.
pub(crate) fn endpoint() -> TargetPage {
    let value = "mail.nord.example.com:443";
    let history = history(Family::Tls, value, &[Some(2), Some(1), Some(0), Some(0)]);
    TargetPage {
        last: history.first().map(|it| it.run.clone()),
        vantage: Some("Lille".to_owned()),
        connect: Some("192.0.2.10:443".to_owned()),
        expires_at: Some(certificate().until),
        endpoint: Some(Endpoint {
            nodes: vec![
                Node {
                    address: Some("192.0.2.10:443".to_owned()),
                    certificate: Some(certificate()),
                    protocols: vec!["TLS 1.3".to_owned(), "TLS 1.2".to_owned()],
                    unknown: None,
                },
                Node {
                    address: Some("192.0.2.11:443".to_owned()),
                    unknown: Some(Text::new("no answer in time", "pas de réponse à temps")),
                    ..Node::default()
                },
            ],
        }),
        open: 2,
        findings: vec![autodiscover()],
        history,
        ..target(Family::Tls, value)
    }
}

/// Everything is as it should be.
pub(crate) fn well() -> TargetPage {
    let mut page = endpoint();
    page.history = history(Family::Tls, &page.value, &[Some(0), Some(0), Some(0)]);
    page.last = page.history.first().map(|it| it.run.clone());
    page.findings.clear();
    page.open = 0;
    page
}

/// It is being measured for the first time.
pub(crate) fn live() -> TargetPage {
    let row = HistoryRow {
        run: running(),
        opened: None,
        closed: None,
    };
    TargetPage {
        current: Some(running()),
        history: vec![row],
        ..target(Family::Dns, "agences.example.com")
    }
}

/// The only run could tell nothing.
pub(crate) fn doubt() -> TargetPage {
    let mut page = target(Family::Dns, "sud.example.com");
    page.history = history(Family::Dns, &page.value, &[None]);
    if let Some(row) = page.history.first_mut() {
        row.run.reason = Some(Text::new("no name server answers", "aucun serveur de noms ne répond"));
        page.last = Some(row.run.clone());
    }
    page
}

/// The last run came to nothing; the one before passed.
pub(crate) fn failed() -> TargetPage {
    let mut page = well();
    let mut broken = ended(1290, page.family, &page.value, None, 0);
    broken.state = RunState::Failed;
    broken.reason = Some(Text::new(
        "the worker was lost three times",
        "l’exécutant a été perdu trois fois",
    ));
    page.history.insert(
        0,
        HistoryRow {
            run: broken.clone(),
            opened: None,
            closed: None,
        },
    );
    page.failed = Some(broken);
    page
}

/// Nobody has measured it.
pub(crate) fn fresh() -> TargetPage {
    TargetPage {
        next_at: None,
        ..target(Family::Tls, "vpn.nord.example.com:443")
    }
}
