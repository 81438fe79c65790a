//! People's evidence: handing something in, approving or refusing it, signing off.

use jalon_domain::{
    evidence::{Evidence, Origin, Outcome},
    ids::{AttachmentId, EngagementId, EvidenceId, RequirementId, ResponsibilityId},
    programme::Requirement,
    text::Text,
};
use jalon_store::{Tx, attachments, evidence, evidence::EvidenceRow};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Caller, Error, Permission, Result,
    app::App,
    engagement::{Cause, Picture, Upload, refresh},
};

/// A file handed in for a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The requirement.
    pub requirement: RequirementId,
    /// The file.
    pub file: Upload,
    /// One sentence.
    pub note: Option<String>,
}

/// A person's word on a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Statement {
    /// The requirement.
    pub requirement: RequirementId,
    /// Whether it is approved (signed off) or refused.
    pub approved: bool,
    /// Why, in the person's own words: what was seen, or what is missing.
    pub note: String,
}

impl App {
    /// Hands in a file for a requirement; it proves nothing until somebody approves it.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a requirement that only a machine proves.
    pub async fn submit(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: Submission,
    ) -> Result<EvidenceId> {
        self.require(self.store(), caller, engagement, Permission::Contribute)
            .await?;
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            let requirement = requirement_of(&picture, responsibility, &new.requirement)?;
            let file =
                crate::engagement::attachment(picture.organisation.id, engagement, caller.id(), self.now(), &new.file);
            attachments::insert(tx, &file).await?;
            let origin = Origin::Submission {
                by: caller.id(),
                file: file.id,
            };
            let mut row = self.row(&picture, responsibility, requirement, origin, Outcome::Inconclusive);
            row.evidence.note = new.note.clone().filter(|it| !it.trim().is_empty()).map(Text::same);
            row.sha256 = Some(file.sha256.clone());
            let detail =
                json!({ "requirement": requirement.id, "file": file.name, "sha256": file.sha256, "bytes": file.size });
            self.keep(tx, caller, responsibility, &row, "evidence.submitted", detail)
                .await
        })
        .await
    }

    /// Approves or refuses what was handed in, or signs off where no file is asked for.
    ///
    /// # Errors
    /// [`Error::Forbidden`] unless the caller leads or holds an approving role; [`Error::Conflict`] when a file is
    /// asked for and none was handed in.
    pub async fn state(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: &Statement,
    ) -> Result<EvidenceId> {
        let rights = self.rights(self.store(), caller, engagement).await?;
        let note = new.note.trim();
        if note.is_empty() || note.chars().count() > 2000 {
            return Err(Error::invalid(
                "note",
                "say what you saw or what is missing, in at most 2,000 characters",
                "dites ce que vous avez vu ou ce qui manque, en 2 000 caractères au plus",
            ));
        }
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            let requirement = requirement_of(&picture, responsibility, &new.requirement)?;
            if !rights.allow_approval(requirement.by.approvers()) {
                return Err(Error::Forbidden(Permission::Approve));
            }
            let file = last_file(&picture, responsibility, &new.requirement);
            if new.approved && requirement.by.needs_file() && file.is_none() {
                return Err(Error::conflict(
                    "a file is asked for here: attach it first",
                    "un fichier est demandé ici : joignez-le d’abord",
                ));
            }
            let outcome = if new.approved { Outcome::Pass } else { Outcome::Fail };
            let origin = Origin::Statement { by: caller.id(), file };
            let mut row = self.row(&picture, responsibility, requirement, origin, outcome);
            row.evidence.note = Some(Text::same(note));
            row.evidence.valid_until = requirement
                .valid_days
                .filter(|_| new.approved)
                .and_then(|it| self.now().checked_add((i64::from(it) * 24).hours()).ok());
            let action = if new.approved {
                "evidence.approved"
            } else {
                "evidence.refused"
            };
            let detail = json!({ "requirement": requirement.id, "note": note });
            self.keep(tx, caller, responsibility, &row, action, detail).await
        })
        .await
    }

    async fn keep(
        &self,
        tx: &Tx,
        caller: &Caller,
        responsibility: &ResponsibilityId,
        row: &EvidenceRow,
        action: &str,
        detail: serde_json::Value,
    ) -> Result<EvidenceId> {
        let id = row.evidence.id;
        evidence::insert(tx, row).await?;
        self.audit(tx, caller, row.engagement, action, responsibility.as_str(), detail)
            .await?;
        refresh(
            self,
            tx,
            row.engagement,
            Some(caller.id()),
            &Cause::Evidence { evidence: id },
        )
        .await?;
        Ok(id)
    }

    fn row(
        &self,
        picture: &Picture,
        responsibility: &ResponsibilityId,
        requirement: &Requirement,
        origin: Origin,
        outcome: Outcome,
    ) -> EvidenceRow {
        let evidence = Evidence {
            id: EvidenceId::new(self.ids()),
            requirement: requirement.id.clone(),
            origin,
            outcome,
            collected_at: self.now(),
            valid_until: None,
            note: None,
        };
        EvidenceRow {
            evidence,
            organisation: picture.organisation.id,
            engagement: picture.engagement.id,
            responsibility: responsibility.clone(),
            sha256: None,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            expected: None,
            observed: None,
        }
    }
}

fn requirement_of<'a>(
    picture: &Picture,
    responsibility: &ResponsibilityId,
    requirement: &RequirementId,
) -> Result<&'a Requirement> {
    let duty = picture.duty(responsibility).ok_or(Error::NotFound)?;
    let found = duty
        .responsibility
        .requirements
        .iter()
        .find(|it| it.id == *requirement)
        .ok_or(Error::NotFound)?;
    if found.by.is_machine() {
        return Err(Error::conflict(
            "a measurement proves this: run the check",
            "une mesure prouve ceci : lancez le contrôle",
        ));
    }
    Ok(found)
}

/// The file last handed in for a requirement.
fn last_file(
    picture: &Picture,
    responsibility: &ResponsibilityId,
    requirement: &RequirementId,
) -> Option<AttachmentId> {
    let own = picture
        .evidence
        .get(responsibility)?
        .iter()
        .filter(|it| it.evidence.requirement == *requirement);
    let mut files: Vec<_> = own
        .filter_map(|it| match it.evidence.origin {
            Origin::Submission { file, .. } => Some((it.evidence.collected_at, file)),
            _ => None,
        })
        .collect();
    files.sort();
    files.last().map(|(_, file)| *file)
}
