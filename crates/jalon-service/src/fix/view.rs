//! What is shown of a fix: what it would change, and what became of those that were approved.

use std::io::{self, Write};

use jalon_checks::directory::fix::Plan;
use jalon_domain::{
    ids::{AttachmentId, EngagementId, RuleId, RunId, TargetId},
    text::{Lang, Text},
};
use jalon_store::{
    StoreError, attachments, fixes,
    fixes::{Fix, Progress},
    people, targets,
};
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    FixPart, FixScope,
    file::write,
    is_of_objects,
    plan::{Planned, blocking},
};
use crate::{App, Caller, Error, Permission, Result, engagement::Picture, view::PersonRef};

/// Change records that are shown, in bytes; the file has them all.
const SHOWN: usize = 6 << 10;
/// Approved fixes in one list: the newest.
const MOST: u64 = 100;

/// What a fix would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FixPreview {
    /// The directory.
    pub target: TargetId,
    /// What it is called.
    pub target_name: String,
    /// How many objects change.
    pub objects: usize,
    /// How many of their values.
    pub values: usize,
    /// How many of these only go, nothing in their place.
    pub removed: usize,
    /// How many findings it is to close.
    pub findings: usize,
    /// What is left to people, by reason.
    pub undecided: Vec<Left>,
    /// SHA-256 of the change records, in hexadecimal: an approval that names it is refused when they are others by then.
    pub sha256: String,
    /// The first of the change records.
    pub head: String,
    /// How many objects these are.
    pub shown: usize,
}

/// Values that are left to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Left {
    /// Why, for programs.
    pub reason: &'static str,
    /// Why, for people.
    pub text: Text,
    /// How many.
    pub count: usize,
}

/// A fix that somebody approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApprovedFix {
    /// Its id.
    pub id: Uuid,
    /// The rule.
    pub rule: RuleId,
    /// The directory.
    pub target: String,
    /// How many findings it is to close.
    pub findings: u64,
    /// SHA-256 of the change records, in hexadecimal.
    pub sha256: String,
    /// The change records.
    pub changes: FixedFile,
    /// What undoes them.
    pub undo: Option<FixedFile>,
    /// The table that people went through, when there was one.
    pub review: Option<FixedFile>,
    /// What the approver said.
    pub note: Option<String>,
    /// Who approved it.
    pub approved_by: PersonRef,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub approved_at: Timestamp,
    /// When the approval was taken back.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub revoked_at: Option<Timestamp>,
    /// How many of its findings are open, still or again.
    pub open: u64,
    /// How many a run has proved closed.
    pub closed: u64,
    /// How many are no longer measured.
    pub withdrawn: u64,
    /// The runs that proved findings closed, the newest first.
    pub proved_by: Vec<FixProof>,
}

/// A file that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FixedFile {
    /// Its id among the engagement's files.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
}

/// A run that proved findings of a fix closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FixProof {
    /// The run.
    pub run: RunId,
    /// How many it closed.
    pub closed: u64,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

impl App {
    /// What the fix of a rule's open findings would change.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is nothing to fix, or the rule is not about directory objects; [`Error::Invalid`]
    /// when several directories break the rule and none is named.
    pub async fn preview_fix(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        rule: &RuleId,
        scope: &FixScope,
    ) -> Result<FixPreview> {
        self.require(self.store(), caller, engagement, Permission::See).await?;
        if !is_of_objects(rule) {
            return Err(Error::NotFound);
        }
        let planned = self.planned(engagement, rule, scope).await?;
        let read = blocking(move || preview(&planned)).await?;
        read.map_err(|it| StoreError::Broken(it.to_string()).into())
    }

    /// The approved fixes of an engagement, the newest first, at most a hundred; of one rule if one is named.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn approved_fixes(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        rule: Option<&RuleId>,
    ) -> Result<Vec<ApprovedFix>> {
        self.require(self.store(), caller, engagement, Permission::See).await?;
        let picture = Picture::load(self, self.store(), engagement).await?;
        self.fixes_of(&picture, rule, MOST).await
    }

    /// One approved fix.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn approved_fix(&self, caller: &Caller, engagement: EngagementId, id: Uuid) -> Result<ApprovedFix> {
        self.require(self.store(), caller, engagement, Permission::See).await?;
        let fix = fixes::find(self.store(), id).await?;
        let fix = fix.filter(|it| it.engagement == engagement).ok_or(Error::NotFound)?;
        let picture = Picture::load(self, self.store(), engagement).await?;
        self.approved(&picture, fix).await
    }

    /// The newest fixes, at most `limit`.
    pub(crate) async fn fixes_of(
        &self,
        picture: &Picture,
        rule: Option<&RuleId>,
        limit: u64,
    ) -> Result<Vec<ApprovedFix>> {
        let mut approved = Vec::new();
        for fix in fixes::of_engagement(self.store(), picture.engagement.id, rule, limit).await? {
            approved.push(self.approved(picture, fix).await?);
        }
        Ok(approved)
    }

    async fn approved(&self, picture: &Picture, fix: Fix) -> Result<ApprovedFix> {
        let progress = fixes::progress(self.store(), fix.engagement, &[fix.id]).await?;
        let Progress {
            open,
            closed,
            withdrawn,
            proved_by,
        } = progress.into_values().next().unwrap_or_default();
        let proof = |it: fixes::Proof| FixProof {
            run: it.run,
            closed: it.closed,
            at: it.at,
        };
        let approved_by = match picture.person(fix.approved_by) {
            Some(it) => it,
            None => self.left_person(&fix).await?,
        };
        let target = targets::find(self.store(), fix.target).await?;
        Ok(ApprovedFix {
            id: fix.id,
            rule: fix.rule,
            target: target.map(|it| it.value).unwrap_or_default(),
            findings: u64::from(fix.findings.unsigned_abs()),
            sha256: fix.sha256,
            changes: self.kept(fix.attachment).await?,
            undo: self.kept_some(fix.undo).await?,
            review: self.kept_some(fix.review).await?,
            note: fix.note,
            approved_by,
            approved_at: fix.approved_at,
            revoked_at: fix.revoked_at,
            open,
            closed,
            withdrawn,
            proved_by: proved_by.into_iter().map(proof).collect(),
        })
    }

    /// An approver who is no longer of the engagement, or never was: an administrator.
    async fn left_person(&self, fix: &Fix) -> Result<PersonRef> {
        let person = people::find(self.store(), fix.approved_by).await?;
        Ok(PersonRef {
            name: person.map(|it| it.name).unwrap_or_default(),
            id: fix.approved_by,
            provider: false,
        })
    }

    async fn kept(&self, id: AttachmentId) -> Result<FixedFile> {
        let file = attachments::find(self.store(), id).await?;
        let name = file.map(|it| it.name).unwrap_or_default();
        Ok(FixedFile { id, name })
    }

    async fn kept_some(&self, id: Option<AttachmentId>) -> Result<Option<FixedFile>> {
        Ok(match id {
            Some(id) => Some(self.kept(id).await?),
            None => None,
        })
    }
}

fn preview(planned: &Planned) -> io::Result<FixPreview> {
    let plan = &planned.plan;
    let changes = plan.objects.iter().flat_map(|it| &it.changes);
    let left = |(reason, count): (jalon_checks::directory::fix::Reason, usize)| Left {
        reason: reason.word(),
        text: reason.text(),
        count,
    };
    let read = Read::of(plan)?;
    let head = read.head();
    Ok(FixPreview {
        target: planned.target.id,
        target_name: planned.target.value.clone(),
        objects: plan.objects.len(),
        values: plan.values(),
        removed: changes.filter(|it| it.to.is_none()).count(),
        findings: planned.closes().len(),
        undecided: plan.undecided_by_reason().into_iter().map(left).collect(),
        shown: head.lines().filter(|it| it.starts_with("dn:")).count(),
        sha256: hex::encode(read.hash.finalize()),
        head,
    })
}

/// Change records that are hashed as they are written, and of which the first are kept.
struct Read {
    hash: Sha256,
    first: Vec<u8>,
}

impl Read {
    fn of(plan: &Plan) -> io::Result<Self> {
        let mut read = Self {
            hash: Sha256::new(),
            first: Vec::new(),
        };
        write(plan, FixPart::Changes, Lang::En, &mut read)?;
        Ok(read)
    }

    /// The first records, whole.
    fn head(&self) -> String {
        let text = String::from_utf8_lossy(&self.first);
        let whole = text.rfind("\n\n").map_or("", |end| &text[..end]);
        let records = whole.strip_prefix("version: 1\n").unwrap_or(whole);
        records.trim_start().to_owned()
    }
}

impl Write for Read {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        let room = SHOWN.saturating_sub(self.first.len()).min(bytes.len());
        self.first.extend_from_slice(&bytes[..room]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
