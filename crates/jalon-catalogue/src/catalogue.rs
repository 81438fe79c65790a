//! The catalogue in memory, and the questions that the rest of the program asks it. How it is read is in `load`.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    slice,
    sync::LazyLock,
};

use jalon_domain::{
    ids::{BulletId, GateId, ResponsibilityId},
    profile::{Condition, Profile, Programme},
    programme::{GateRule, Responsibility, Section, SourceBullet},
    text::Text,
};
use serde::Deserialize;

use crate::{data, load};

/// A page that bullets come from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The programme it belongs to.
    pub programme: Programme,
    /// The date of the version read, `YYYY-MM-DD`.
    pub version: String,
    /// What the page is called.
    pub page: Text,
    /// How many list items each of its sections has, nested ones counted.
    pub counts: BTreeMap<Section, usize>,
}

/// Rows of a further page that join an engagement when its condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Its stable word: the name of its file.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// The page its rows come from.
    pub page: Text,
    /// The date of the version read, `YYYY-MM-DD`.
    pub version: String,
    /// For which profiles it joins.
    pub applies: Condition,
    /// How many rows the page adds.
    pub count: usize,
    /// Where its rows are among all responsibilities.
    pub(crate) rows: Range<usize>,
}

/// One version of the catalogue.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub(crate) version: String,
    pub(crate) probes: BTreeSet<String>,
    pub(crate) sources: Vec<Source>,
    pub(crate) bullets: Vec<SourceBullet>,
    /// Those of the pages first, then each overlay's.
    pub(crate) responsibilities: Vec<Responsibility>,
    pub(crate) overlays: Vec<Overlay>,
    pub(crate) gates: Vec<GateRule>,
    pub(crate) places: BTreeMap<ResponsibilityId, usize>,
    pub(crate) bullet_places: BTreeMap<BulletId, usize>,
}

static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| {
    let files = data::FILES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    load::assemble(files).expect("the data files are part of the program, and a test reads each of them")
});

impl Catalogue {
    /// The catalogue that comes with the program. Parsed once.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Its version, such as `2026.11`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The pages that the bullets come from.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Every source bullet, in the order of the pages.
    pub fn bullets(&self) -> slice::Iter<'_, SourceBullet> {
        self.bullets.iter()
    }

    /// Every responsibility: those of the pages by phase, the ones that span all phases last, each in the order of the
    /// pages; then each overlay's.
    pub fn responsibilities(&self) -> slice::Iter<'_, Responsibility> {
        self.responsibilities.iter()
    }

    /// The responsibilities of the pages, without the overlays'.
    pub fn page_responsibilities(&self) -> slice::Iter<'_, Responsibility> {
        let end = self
            .overlays
            .first()
            .map_or(self.responsibilities.len(), |it| it.rows.start);
        self.responsibilities[..end].iter()
    }

    /// The overlays.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// The rows that `overlay` adds.
    pub fn overlay_responsibilities(&self, overlay: &Overlay) -> &[Responsibility] {
        self.responsibilities.get(overlay.rows.clone()).unwrap_or_default()
    }

    /// The gates, in the order in which they are met.
    pub fn gates(&self) -> &[GateRule] {
        &self.gates
    }

    /// One responsibility, an overlay's included.
    pub fn responsibility(&self, id: &ResponsibilityId) -> Option<&Responsibility> {
        self.places.get(id).and_then(|it| self.responsibilities.get(*it))
    }

    /// One source bullet.
    pub fn bullet(&self, id: &BulletId) -> Option<&SourceBullet> {
        self.bullet_places.get(id).and_then(|it| self.bullets.get(*it))
    }

    /// One gate.
    pub fn gate(&self, id: &GateId) -> Option<&GateRule> {
        self.gates.iter().find(|it| it.id == *id)
    }

    /// The overlay that a responsibility comes from; none for the pages' own.
    pub fn overlay_of(&self, id: &ResponsibilityId) -> Option<&Overlay> {
        let place = self.places.get(id)?;
        self.overlays.iter().find(|it| it.rows.contains(place))
    }

    /// The rows of an engagement with this profile: the pages' responsibilities, whether they apply or not, and those of
    /// the overlays that join it, in the order of [`Catalogue::responsibilities`]. An overlay that does not join leaves no
    /// "not applicable" rows behind; what is retired is left out.
    pub fn rows_for(&self, profile: &Profile) -> impl Iterator<Item = &Responsibility> {
        let joined = self.overlays.iter().filter(|it| it.applies.holds(profile));
        let added = joined.flat_map(|it| self.overlay_responsibilities(it));
        self.page_responsibilities().chain(added).filter(|it| !it.retired)
    }

    /// The rows of an engagement with this profile that apply to it.
    pub fn applicable(&self, profile: &Profile) -> impl Iterator<Item = &Responsibility> {
        self.rows_for(profile).filter(|it| it.applies.holds(profile))
    }
}
