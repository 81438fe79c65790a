//! Notices: drift is told once. What began is written in the transaction that finds it out, and stands until it is well
//! again; while it stands the same is not told again. A doubt neither begins nor ends anything.

mod certificate;
mod finding;
mod read;
mod requirement;

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::{ids::TargetId, text::Text};
use jalon_store::{
    Tx, notices,
    notices::{Notice, NoticeEnd, NoticeKind},
    targets::Target,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{Result, app::App, engagement::Picture, view::Link};

pub(crate) use finding::{came_back, standing};
pub use read::{NoticePage, NoticeView};

/// What a notice points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    /// Where to look.
    link: Link,
    /// For a certificate: when it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl About {
    /// What a notice that was written points at.
    fn of(notice: &Notice) -> Self {
        Self::deserialize(&notice.about).unwrap_or(Self {
            link: Link::Overview,
            until: None,
        })
    }
}

/// Something to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
struct News {
    kind: NoticeKind,
    key: String,
    title: Text,
    detail: Text,
    about: About,
}

/// The notices that stand, with what begins and what ends.
struct Turn {
    standing: Vec<Notice>,
    begun: Vec<News>,
    ended: BTreeMap<Uuid, NoticeEnd>,
}

impl Turn {
    const fn of(standing: Vec<Notice>) -> Self {
        Self {
            standing,
            begun: Vec::new(),
            ended: BTreeMap::new(),
        }
    }

    /// Ends the notices that stand for which `is_over`.
    fn end(&mut self, why: NoticeEnd, is_over: impl Fn(&Notice) -> bool) {
        let over = self.standing.iter().filter(|it| is_over(it));
        self.ended.extend(over.map(|it| (it.id, why)));
    }

    /// Whether a notice of this key stands, and goes on standing.
    fn stands(&self, key: &str) -> bool {
        let mut own = self.standing.iter().filter(|it| it.key == key);
        own.any(|it| !self.ended.contains_key(&it.id))
    }

    /// Begins what does not stand.
    fn begin(&mut self, news: News) {
        if !self.stands(&news.key) {
            self.begun.push(news);
        }
    }

    /// Writes what ended, then what began.
    async fn write(self, app: &App, tx: &Tx, whose: Whose, at: Timestamp) -> Result<()> {
        for why in NoticeEnd::ALL {
            let ended = self.ended.iter().filter(|it| it.1 == why);
            let ended: Vec<Uuid> = ended.map(|it| *it.0).collect();
            notices::end(tx, &ended, *why, at).await?;
        }
        for it in self.begun {
            let notice = Notice {
                id: app.ids().next(),
                organisation: whose.organisation,
                engagement: whose.engagement,
                kind: it.kind,
                key: it.key,
                title: it.title,
                detail: it.detail,
                about: json!(it.about),
                at,
                ended_at: None,
                ended_as: None,
            };
            notices::insert(tx, &notice).await?;
        }
        Ok(())
    }
}

/// Whose notices.
#[derive(Clone, Copy)]
struct Whose {
    organisation: jalon_domain::ids::OrganisationId,
    engagement: jalon_domain::ids::EngagementId,
}

impl Whose {
    const fn of_picture(picture: &Picture) -> Self {
        Self {
            organisation: picture.organisation.id,
            engagement: picture.engagement.id,
        }
    }

    const fn of_target(target: &Target) -> Self {
        Self {
            organisation: target.organisation,
            engagement: target.engagement,
        }
    }
}

/// Tells what the proofs, the certificates and the time say now. Returns when time alone has more to tell.
pub(crate) async fn tell(app: &App, tx: &Tx, picture: &Picture) -> Result<Option<Timestamp>> {
    let mut turn = Turn::of(notices::standing(tx, picture.engagement.id).await?);
    let measured: BTreeSet<TargetId> = picture.targets.iter().map(|it| it.id).collect();
    turn.end(NoticeEnd::Dropped, |it| {
        target_of(it).is_some_and(|target| !measured.contains(&target))
    });
    requirement::tell(tx, picture, &mut turn).await?;
    let next = certificate::tell(tx, picture, &mut turn).await?;
    turn.write(app, tx, Whose::of_picture(picture), picture.now).await?;
    Ok(next)
}

/// The target that a notice is about.
fn target_of(notice: &Notice) -> Option<TargetId> {
    match notice.kind {
        NoticeKind::Requirement => None,
        NoticeKind::Finding | NoticeKind::Certificate => notice.key.split(':').nth(1)?.parse().ok(),
    }
}
