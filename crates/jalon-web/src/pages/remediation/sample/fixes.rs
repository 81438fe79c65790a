//! The directory group with its fix looked at, and with fixes that were approved.

use jalon_domain::{
    ids::{AttachmentId, RunId, TargetId},
    text::Text,
};
use jalon_service::{
    fix::{ApprovedFix, FixPreview, FixProof, FixedFile, Left},
    view::remediation::Remediation,
};
use uuid::Uuid;

use super::{directory, rule};
use crate::pages::{overview::sample::at, parts::sample::who};

/// The fix of a directory group is looked at: some of it is left to people.
pub(crate) fn previewed() -> Remediation {
    let mut page = directory();
    page.filter.edit = None;
    page.filter.attribute = Some("userPrincipalName".to_owned());
    page.filter.plan = Some(TargetId(Uuid::from_u128(4)));
    if let Some(opened) = &mut page.opened {
        let left = |reason, en: &str, fr: &str, count| Left {
            reason,
            text: Text::new(en, fr),
            count,
        };
        let head = opened.fix.as_ref().map(|it| it.text.clone());
        opened.preview = Some(FixPreview {
            target: TargetId(Uuid::from_u128(4)),
            target_name: "export.ldif".to_owned(),
            objects: 7,
            values: 7,
            removed: 0,
            findings: 7,
            undecided: vec![
                left(
                    "no-proposal",
                    "nothing can be proposed: a person has to choose a value",
                    "rien ne peut être proposé\u{a0}: une personne doit choisir une valeur",
                    1,
                ),
                left(
                    "taken",
                    "another object holds the proposed value",
                    "un autre objet porte la valeur proposée",
                    1,
                ),
            ],
            sha256: SHA.to_owned(),
            head: head.unwrap_or_default(),
            shown: 4,
        });
    }
    page
}

const SHA: &str = "3fd5dd2c2b4c0a1e9a3f0d4c7c5b8e1f6a2d9b0c8e7f1a5d4b3c2e1f0a9b8c7d";

/// Fixes of a directory group were approved: one of which a run has proved a part, one that was taken back.
pub(crate) fn approved() -> Remediation {
    let mut page = directory();
    page.filter.edit = None;
    if let Some(opened) = &mut page.opened {
        opened.approved = vec![
            ApprovedFix {
                review: Some(kept(43, "review-dir-019.csv")),
                note: Some("Agreed with the service desk: the users were told on 18 November.".to_owned()),
                ..fix(31, "2026-11-20T08:30:00Z")
            },
            ApprovedFix {
                closed: 0,
                proved_by: Vec::new(),
                open: 13,
                revoked_at: Some(at("2026-11-19T16:10:00Z")),
                ..fix(30, "2026-11-19T15:55:00Z")
            },
        ];
    }
    page
}

fn kept(n: u128, name: &str) -> FixedFile {
    FixedFile {
        id: AttachmentId(Uuid::from_u128(n)),
        name: name.to_owned(),
    }
}

fn fix(n: u128, approved: &str) -> ApprovedFix {
    ApprovedFix {
        id: Uuid::from_u128(n),
        rule: rule("DIR-019"),
        target: "export.ldif".to_owned(),
        findings: 13,
        sha256: SHA.to_owned(),
        changes: kept(41, "fix-dir-019.ldif"),
        undo: Some(kept(42, "undo-dir-019.ldif")),
        review: None,
        note: None,
        approved_by: who("Thomas").expect("he is one of the samples' people"),
        approved_at: at(approved),
        revoked_at: None,
        open: 9,
        closed: 4,
        withdrawn: 0,
        proved_by: vec![FixProof {
            run: RunId(Uuid::from_u128(51)),
            closed: 4,
            at: at("2026-11-20T14:00:00Z"),
        }],
    }
}
