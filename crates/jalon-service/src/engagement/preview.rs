//! What a profile would take on, before anything is created: the wizard's answer to each tick.

use jalon_catalogue::Catalogue;
use jalon_domain::{ids::ResponsibilityId, profile::Profile, text::Text};
use serde::Serialize;

/// What a profile would take on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Preview {
    /// Responsibilities that apply.
    pub applicable: usize,
    /// Of these, those that a machine proves in whole or in part.
    pub machine: usize,
    /// What is left out, and why.
    pub left_out: Vec<LeftOut>,
}

/// A responsibility that does not apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeftOut {
    /// Its id.
    pub id: ResponsibilityId,
    /// Its title.
    pub title: Text,
    /// The condition that is not met.
    pub condition: Text,
}

/// What `profile` would take on under `catalogue`.
pub fn preview(catalogue: &'static Catalogue, profile: &Profile) -> Preview {
    let (applying, left): (Vec<_>, Vec<_>) = catalogue.rows_for(profile).partition(|it| it.applies.holds(profile));
    let by_machine = applying
        .iter()
        .filter(|it| it.requirements.iter().any(|own| own.by.is_machine()));
    Preview {
        applicable: applying.len(),
        machine: by_machine.count(),
        left_out: left
            .into_iter()
            .map(|it| LeftOut {
                id: it.id.clone(),
                title: it.title.clone(),
                condition: it.applies.describe(),
            })
            .collect(),
    }
}
