//! What a look came to, for people: seen by how many, who differs, and until when.

use std::collections::BTreeSet;

use jalon_checks::dns::propagation::{Picture, Role, Server};
use jalon_domain::{
    ids::{EngagementId, RuleId, TargetId},
    text::Text,
};
use jalon_store::{
    propagation,
    propagation::{Look, Reached},
    targets::Target,
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::{App, Caller, Permission, Result, engagement::Picture as Whole};

/// How long a look that was asked for is believed to be under way.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How far the records of a rule's fix have come, over all its domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Seen {
    /// How far.
    pub state: Reached,
    /// Servers that show them.
    pub seen: usize,
    /// Servers that were asked.
    pub of: usize,
}

/// How far the records of a rule's fix have come, of one domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SeenOn {
    /// The domain.
    pub target: TargetId,
    /// As typed.
    pub name: String,
    /// How far.
    pub state: Reached,
    /// Servers that show everything.
    pub seen: usize,
    /// Servers that were asked.
    pub of: usize,
    /// Each record set that is looked for.
    pub sets: Vec<SeenSet>,
    /// Who shows something else, or said nothing.
    pub elsewhere: Vec<Elsewhere>,
    /// Name servers of the zone that could not be asked.
    pub unasked: Vec<String>,
    /// Until when caches may keep what was there before, as far as that is known.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
    /// When it was looked.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
    /// Why nothing was seen.
    pub reason: Option<Text>,
    /// Whether a look is under way.
    pub looking: bool,
}

/// A record set that is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SeenSet {
    /// Whose records they are.
    pub name: String,
    /// Their type.
    pub kind: String,
    /// What they should say; none when they should not be there.
    pub expected: Vec<String>,
    /// Servers that show it.
    pub seen: usize,
}

/// A server that does not show what is expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Elsewhere {
    /// Its name.
    pub server: String,
    /// Whether it serves the zone itself; else it is a resolver.
    pub authoritative: bool,
    /// The record set: type and name.
    pub set: String,
    /// What it shows; none when it shows no such record, or said nothing.
    pub values: Vec<String>,
    /// Why it said nothing.
    pub unknown: Option<Text>,
    /// Until when its answer may be kept.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Timestamp>,
}

impl App {
    /// How far the records of a rule's fix have come, of each domain that breaks it or did.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a stranger.
    pub async fn propagation(&self, caller: &Caller, id: EngagementId, rule: &RuleId) -> Result<Vec<SeenOn>> {
        self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Whole::load(self, self.store(), id).await?;
        let looks = propagation::of_engagement(self.store(), id).await?;
        Ok(seen_on(&picture.targets, &looks, rule, self.now()))
    }
}

/// The looks for a rule, by the names of its domains.
pub(crate) fn seen_on(targets: &[Target], looks: &[Look], rule: &RuleId, now: Timestamp) -> Vec<SeenOn> {
    let mut all: Vec<SeenOn> = looks
        .iter()
        .filter(|it| it.rule == *rule)
        .filter_map(|it| Some(one(targets.iter().find(|target| target.id == it.target)?, it, now)))
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

/// All of them together: as far as the one that has come least far.
pub(crate) fn seen(all: &[SeenOn]) -> Option<Seen> {
    let rank = |it: Reached| match it {
        Reached::Unknown => 0,
        Reached::Partly => 1,
        Reached::Silent => 2,
        Reached::Everywhere => 3,
    };
    Some(Seen {
        state: all.iter().map(|it| it.state).min_by_key(|it| rank(*it))?,
        seen: all.iter().map(|it| it.seen).sum(),
        of: all.iter().map(|it| it.of).sum(),
    })
}

fn one(target: &Target, look: &Look, now: Timestamp) -> SeenOn {
    // What another version of the program kept may have another shape: then nothing is known until the next look.
    let picture: Option<Picture> = look.picture.clone().and_then(|it| serde_json::from_value(it).ok());
    let is_lost = look.picture.is_some() && picture.is_none();
    let of = picture
        .iter()
        .flat_map(|it| &it.sets)
        .map(|it| it.of)
        .max()
        .unwrap_or_default();
    let elsewhere = || {
        picture
            .iter()
            .flat_map(|it| &it.sets)
            .flat_map(|set| set.elsewhere.iter().map(move |it| (set, it)))
    };
    let others: BTreeSet<&Server> = elsewhere().map(|it| &it.1.server).collect();
    let is_waiting = look.looked_at.is_none_or(|it| it < look.asked_at);
    SeenOn {
        target: target.id,
        name: target.value.clone(),
        state: if is_lost { Reached::Unknown } else { look.state },
        seen: of.saturating_sub(others.len()),
        of,
        sets: picture
            .iter()
            .flat_map(|it| &it.sets)
            .map(|it| SeenSet {
                name: it.name.clone(),
                kind: it.kind.clone(),
                expected: it.expected.clone(),
                seen: it.seen,
            })
            .collect(),
        elsewhere: elsewhere()
            .map(|(set, it)| Elsewhere {
                server: it.server.name.clone(),
                authoritative: it.server.role == Role::Authoritative,
                set: format!("{} {}", set.kind, set.name),
                values: it.values.clone(),
                unknown: it.unknown.map(jalon_checks::Doubt::said),
                until: it.until,
            })
            .collect(),
        unasked: serde_json::from_value(look.unasked.clone()).unwrap_or_default(),
        until: picture.as_ref().and_then(Picture::until),
        at: look.looked_at,
        reason: look.reason.clone(),
        looking: is_waiting && now.duration_since(look.asked_at) < PATIENCE,
    }
}
