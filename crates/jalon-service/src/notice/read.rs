//! What somebody is told, and what they have read.

use std::collections::BTreeSet;

use jalon_domain::{ids::EngagementId, text::Text};
use jalon_store::{
    Db, Tx, notices,
    notices::{Channel, Notice, NoticeEnd, NoticeKind},
};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::About;
use crate::{
    Caller, Error, Permission, Result,
    app::App,
    engagement::Picture,
    view::{Header, Link},
};

/// A notice as one person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoticeView {
    /// Its id.
    pub id: Uuid,
    /// What it is about.
    pub kind: NoticeKind,
    /// What happened.
    pub title: Text,
    /// One line more.
    pub detail: Text,
    /// For a certificate: when it ends.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
    /// Where to look.
    pub link: Link,
    /// When it was told.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// When it was no longer so; none while it is.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
    /// Why it is no longer so.
    pub ended_as: Option<NoticeEnd>,
    /// Whether the caller has read it.
    pub read: bool,
}

/// A page of notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoticePage {
    /// The engagement.
    pub header: Header,
    /// The newest first.
    pub notices: Vec<NoticeView>,
    /// The notice after which the next page begins; none on the last one.
    pub next: Option<Uuid>,
}

impl App {
    /// The notices of an engagement before `before`, the newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn notices(
        &self,
        caller: &Caller,
        id: EngagementId,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<NoticePage> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let mut shown = self.seen_notices(self.store(), caller, id, before, limit + 1).await?;
        let more = shown.len() as u64 > limit;
        shown.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(NoticePage {
            header: picture.header(self.store(), caller, &rights).await?,
            next: shown.last().map(|it| it.id).filter(|_| more),
            notices: shown,
        })
    }

    /// The same, for who may see them.
    pub(crate) async fn seen_notices(
        &self,
        db: &impl Db,
        caller: &Caller,
        id: EngagementId,
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<NoticeView>> {
        let read = notices::told_to(db, id, caller.id(), Channel::Page).await?;
        let read: BTreeSet<Uuid> = read.into_iter().collect();
        let page = notices::page(db, id, before, limit).await?;
        Ok(page.into_iter().map(|it| view(it, &read)).collect())
    }

    /// Marks a notice as read by the caller, or as not read.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for a notice of another engagement.
    pub async fn mark_notice(&self, caller: &Caller, id: EngagementId, notice: Uuid, read: bool) -> Result<()> {
        self.require(self.store(), caller, id, Permission::See).await?;
        self.store()
            .write(async |tx: &Tx| {
                let notice = notices::find(tx, notice)
                    .await?
                    .filter(|it| it.engagement == id)
                    .ok_or(Error::NotFound)?;
                if read {
                    notices::tell(tx, &notice, caller.id(), Channel::Page, self.now()).await?;
                } else {
                    notices::untell(tx, &notice, caller.id(), Channel::Page).await?;
                }
                Ok(())
            })
            .await
    }

    /// Marks every notice of an engagement as read by the caller; says how many were not.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn read_notices(&self, caller: &Caller, id: EngagementId) -> Result<usize> {
        self.require(self.store(), caller, id, Permission::See).await?;
        self.store()
            .write(async |tx: &Tx| {
                let new = notices::tell_all(tx, id, caller.id(), Channel::Page, self.now()).await?;
                Ok(new)
            })
            .await
    }
}

fn view(it: Notice, read: &BTreeSet<Uuid>) -> NoticeView {
    let about = About::of(&it);
    NoticeView {
        id: it.id,
        kind: it.kind,
        title: it.title,
        detail: it.detail,
        until: about.until,
        link: about.link,
        at: it.at,
        ended_at: it.ended_at,
        ended_as: it.ended_as,
        read: read.contains(&it.id),
    }
}
