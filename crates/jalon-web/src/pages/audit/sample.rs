//! A trail over two days, its chain whole and its chain broken.

use jalon_domain::{ids::EventId, text::Text};
use jalon_service::view::audit::{AuditPage, ChainView, EventRow};
use maud::Markup;
use serde_json::{Value, json};
use uuid::Uuid;

use super::view::{self, Trail};
use crate::{
    pages::{
        overview::sample::{at, header, now},
        parts::{
            Cx,
            sample::{people, run},
        },
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    let broken = ChainView {
        events: 341,
        broken: Some((
            338,
            Text::new(
                "its content is not what was written",
                "son contenu n’est pas ce qui a été écrit",
            ),
        )),
    };
    [("audit", holds()), ("audit-broken", broken)]
        .map(|(name, chain)| (name, render(frame, &sample(), Some(&chain))))
        .into()
}

/// The page with what reading the chain found.
pub(crate) fn render(frame: &Frame, page: &AuditPage, chain: Option<&ChainView>) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    view::page(
        frame,
        &cx,
        &Trail {
            page,
            before: None,
            chain,
        },
    )
}

/// Nothing is wrong.
pub(crate) fn holds() -> ChainView {
    ChainView {
        events: 2_341,
        broken: None,
    }
}

fn event(seq: i64, raw: &str, actor: &str, action: &str, text: [&str; 2], subject: &str, detail: Value) -> EventRow {
    EventRow {
        id: EventId(Uuid::from_u128(seq.unsigned_abs().into())),
        seq,
        at: at(raw),
        actor: actor.to_owned(),
        action: action.to_owned(),
        text: Text::new(text[0], text[1]),
        subject: subject.to_owned(),
        detail,
        hash: format!("{:016x}", seq.unsigned_abs().wrapping_mul(0x9f2c_51d0_7be4_a3f1)).repeat(4),
    }
}

/// The trail.
pub(crate) fn sample() -> AuditPage {
    let run = run(1284);
    AuditPage {
        header: header(),
        events: vec![
            event(
                341,
                "2026-11-20T16:48:09Z",
                "",
                "state.changed",
                ["state changed", "changement d’état"],
                "dns.records",
                json!({"from": {"state": "verified"}, "to": {"state": "open", "reason": "failing"}, "cause": {"kind": "run", "run": run}}),
            ),
            event(
                340,
                "2026-11-20T16:48:09Z",
                "",
                "run.recorded",
                ["measured", "mesure enregistrée"],
                "nord.example.com",
                json!({"run": run, "outcome": "fail", "opened": 1, "fixed": 0, "seen": 4}),
            ),
            event(
                339,
                "2026-11-20T16:40:00Z",
                "Claire Morel",
                "waiver.made",
                ["accepted a gap", "a accordé une dérogation"],
                "support.plan",
                json!({"reason": "until January", "until": "2027-01-29T00:00:00Z", "ticket": "CHG-1042", "approver": null}),
            ),
            event(
                338,
                "2026-11-19T10:12:00Z",
                "Nadia Benali",
                "evidence.submitted",
                ["handed in a file", "a remis un fichier"],
                "awareness.build",
                json!({"requirement": "plan", "file": "plan-v1.pdf", "bytes": 184_320}),
            ),
            event(
                337,
                "2026-11-19T09:58:00Z",
                "Marc Dubois",
                "target.added",
                ["added a target", "a ajouté une cible"],
                "agences.example.com",
                Value::Null,
            ),
        ],
        next: Some(337),
    }
}
