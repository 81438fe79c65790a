//! A person's own address of an engagement's calendar, for programs that show calendars. Who knows it sees the calendar as
//! its owner does, and nothing else; the database keeps its SHA-256.

use jalon_domain::ids::EngagementId;
use jalon_store::{Tx, feeds, feeds::Feed, people};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::{
    Caller, Error, Permission, Result,
    account::digest,
    app::App,
    view::calendar::{Calendar, CalendarFilter},
};

/// An address, without its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeedView {
    /// Since when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
}

impl App {
    /// The caller's address of a calendar, if they have one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn feed(&self, caller: &Caller, id: EngagementId) -> Result<Option<FeedView>> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let feed = feeds::of_person(self.store(), id, caller.id()).await?;
        Ok(feed.map(|it| FeedView {
            created_at: it.created_at,
        }))
    }

    /// Makes the caller's address of a calendar anew: the former one leads nowhere. Returns its secret, said this once.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn make_feed(&self, caller: &Caller, id: EngagementId) -> Result<String> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let secret = self.secret();
        let feed = Feed {
            hash: digest(&secret),
            organisation: self.organisation_of(id).await?,
            engagement: id,
            person: caller.id(),
            created_at: self.now(),
        };
        self.change(id, async |tx: &Tx| {
            feeds::renew(tx, &feed).await?;
            self.audit(tx, caller, id, "calendar.shared", "", json!({})).await
        })
        .await?;
        Ok(secret)
    }

    /// Takes the caller's address of a calendar back. Taking it back again changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger.
    pub async fn revoke_feed(&self, caller: &Caller, id: EngagementId) -> Result<()> {
        self.require(self.store(), caller, id, Permission::See).await?;
        self.change(id, async |tx: &Tx| {
            if feeds::remove(tx, id, caller.id()).await? {
                self.audit(tx, caller, id, "calendar.unshared", "", json!({})).await?;
            }
            Ok(())
        })
        .await
    }

    /// The calendar behind an address, with whose it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an address that was taken back or whose owner may not see the engagement any more.
    pub async fn calendar_of_feed(&self, secret: &str) -> Result<(Caller, Calendar)> {
        let feed = feeds::find(self.store(), &digest(secret))
            .await?
            .ok_or(Error::NotFound)?;
        let person = people::find(self.store(), feed.person)
            .await?
            .filter(|it| it.disabled_at.is_none())
            .ok_or(Error::NotFound)?;
        let caller = Caller { person };
        let calendar = self
            .calendar(&caller, feed.engagement, CalendarFilter::default())
            .await?;
        Ok((caller, calendar))
    }
}
