//! Approving a fix: what is to be changed is kept as it is at that moment, byte for byte, with what undoes it, so that
//! whoever applies it applies what was approved. Taking that back, and letting it stand again.

use std::io::BufReader;

use jalon_checks::directory::fix::{ReviewError, ReviewRow, read_review};
use jalon_domain::{
    ids::{EngagementId, FindingId, RuleId},
    text::Lang,
};
use jalon_store::{Tx, attachments, fixes, fixes::Fix};
use serde_json::json;
use tokio_util::io::{ReaderStream, StreamReader, SyncIoBridge};
use uuid::Uuid;

use super::{
    FixPart, FixScope, file, is_of_objects,
    plan::{Planned, blocking, refused},
};
use crate::{
    App, Caller, Error, Permission, Result,
    engagement::{Upload, attachment},
};

/// Longest note, characters.
const NOTE: usize = 2_000;

/// An approval.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Approval {
    /// Of which findings.
    pub scope: FixScope,
    /// SHA-256 of the change records that the approver has read; none does not compare.
    pub sha256: Option<String>,
    /// What the approver says.
    pub note: Option<String>,
    /// The table that people went through: only what it accepts is approved, with the values that they wrote.
    pub review: Option<Upload>,
}

impl App {
    /// Approves the fix of a rule's findings: keeps its change records and what undoes them. Whoever handed in a review
    /// forgets it when this is refused: [`App::forget_upload`].
    ///
    /// # Errors
    /// [`Error::Invalid`] at `file` for a table that cannot be followed, a line a row; [`Error::Conflict`] when nothing
    /// would be changed, or something else than what was read.
    pub async fn approve_fix(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        rule: &RuleId,
        new: &Approval,
    ) -> Result<Uuid> {
        self.require(self.store(), caller, engagement, Permission::Approve)
            .await?;
        if !is_of_objects(rule) {
            return Err(Error::NotFound);
        }
        let note = noted(new.note.as_deref())?;
        let mut planned = self.planned(engagement, rule, &new.scope).await?;
        if let Some(review) = &new.review {
            planned = planned.accept(&self.reviewed(review).await?)?;
        }
        let findings = planned.closes();
        if findings.is_empty() {
            return Err(Error::conflict(
                "nothing would be changed: everything is left to people. Write the values into the table for review, and accept them there",
                "rien ne serait modifié : tout reste à décider. Écrivez les valeurs dans la table de relecture, et acceptez-les là",
            ));
        }
        let (changes, undo) = self.keep_files(&planned).await?;
        let files = Files {
            changes: &changes,
            undo: &undo,
            review: new.review.as_ref(),
        };
        let done = match new.sha256.as_ref() {
            Some(read) if new.review.is_none() && *read != changes.sha256 => Err(Error::conflict(
                "the findings have changed since: read the fix again",
                "les constats ont changé depuis : relisez le correctif",
            )),
            _ => self.keep_fix(caller, &planned, &findings, files, note).await,
        };
        if done.is_err() {
            self.forget_upload(&changes).await?;
            self.forget_upload(&undo).await?;
        }
        done
    }

    /// The rows of a table that was handed in.
    async fn reviewed(&self, upload: &Upload) -> Result<Vec<ReviewRow>> {
        let (_, bytes) = self.store().files().stream(upload.id).await?.ok_or(Error::NotFound)?;
        let bytes = futures::TryStreamExt::map_err(bytes, std::io::Error::other);
        let reader = BufReader::new(SyncIoBridge::new(Box::pin(StreamReader::new(bytes))));
        let read = move || -> std::result::Result<Vec<ReviewRow>, ReviewError> { read_review(reader) };
        blocking(read).await?.map_err(|it| refused(&[it]))
    }

    /// Change records and undo, in the object store.
    async fn keep_files(&self, planned: &Planned) -> Result<(Upload, Upload)> {
        let changes = self.keep_part(planned, FixPart::Changes).await?;
        match self.keep_part(planned, FixPart::Undo).await {
            Ok(undo) => Ok((changes, undo)),
            Err(error) => {
                self.forget_upload(&changes).await?;
                Err(error)
            }
        }
    }

    async fn keep_part(&self, planned: &Planned, part: FixPart) -> Result<Upload> {
        let written = file::written(planned.plan.clone(), part, Lang::En).await?;
        let stream = ReaderStream::with_capacity(tokio::fs::File::from_std(written), 64 << 10);
        self.keep_upload(&part.file_name(&planned.rule), part.media_type(), stream)
            .await
    }

    async fn keep_fix(
        &self,
        caller: &Caller,
        planned: &Planned,
        findings: &[FindingId],
        files: Files<'_>,
        note: Option<String>,
    ) -> Result<Uuid> {
        let target = &planned.target;
        let fix = Fix {
            id: self.ids().next(),
            organisation: target.organisation,
            engagement: target.engagement,
            target: target.id,
            rule: planned.rule.clone(),
            findings: i32::try_from(findings.len()).unwrap_or(i32::MAX),
            sha256: files.changes.sha256.clone(),
            attachment: files.changes.id,
            undo: Some(files.undo.id),
            review: files.review.map(|it| it.id),
            note,
            approved_by: caller.id(),
            approved_at: self.now(),
            revoked_at: None,
        };
        let detail = json!({
            "fix": fix.id, "target": target.value, "findings": findings.len(), "objects": planned.plan.objects.len(),
            "values": planned.plan.values(), "sha256": fix.sha256, "undo": files.undo.sha256,
            "review": files.review.map(|it| &it.sha256), "note": fix.note,
        });
        self.change(fix.engagement, async |tx: &Tx| {
            for it in [Some(files.changes), Some(files.undo), files.review]
                .into_iter()
                .flatten()
            {
                let file = attachment(fix.organisation, fix.engagement, caller.id(), self.now(), it);
                attachments::insert(tx, &file).await?;
            }
            fixes::insert(tx, &fix, findings).await?;
            self.audit(tx, caller, fix.engagement, "fix.approved", fix.rule.as_str(), detail)
                .await
        })
        .await?;
        Ok(fix.id)
    }

    /// Takes an approval back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such fix, [`Error::Conflict`] when it was taken back already.
    pub async fn revoke_fix(&self, caller: &Caller, engagement: EngagementId, fix: Uuid) -> Result<()> {
        self.let_stand(caller, engagement, fix, false).await
    }

    /// Lets an approval that was taken back stand again.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such fix, [`Error::Conflict`] when it stands already.
    pub async fn restore_fix(&self, caller: &Caller, engagement: EngagementId, fix: Uuid) -> Result<()> {
        self.let_stand(caller, engagement, fix, true).await
    }

    async fn let_stand(&self, caller: &Caller, engagement: EngagementId, fix: Uuid, stands: bool) -> Result<()> {
        self.require(self.store(), caller, engagement, Permission::Approve)
            .await?;
        self.change(engagement, async |tx: &Tx| {
            let own = fixes::find(tx, fix).await?.filter(|it| it.engagement == engagement);
            let own = own.ok_or(Error::NotFound)?;
            if !fixes::set_revoked(tx, fix, (!stands).then(|| self.now())).await? {
                return Err(settled(stands));
            }
            let action = if stands { "fix.restored" } else { "fix.revoked" };
            let detail = json!({ "fix": fix, "sha256": own.sha256 });
            self.audit(tx, caller, engagement, action, own.rule.as_str(), detail)
                .await
        })
        .await
    }
}

/// What an approval keeps.
#[derive(Clone, Copy)]
struct Files<'a> {
    changes: &'a Upload,
    undo: &'a Upload,
    review: Option<&'a Upload>,
}

fn noted(raw: Option<&str>) -> Result<Option<String>> {
    let note = raw.map(str::trim).filter(|it| !it.is_empty());
    if note.is_some_and(|it| it.chars().count() > NOTE) {
        return Err(Error::invalid(
            "note",
            "write at most 2,000 characters",
            "écrivez 2 000 caractères au plus",
        ));
    }
    Ok(note.map(str::to_owned))
}

fn settled(stands: bool) -> Error {
    if stands {
        Error::conflict("the approval stands already", "l’approbation tient déjà")
    } else {
        Error::conflict(
            "the approval was taken back already",
            "l’approbation a déjà été retirée",
        )
    }
}
