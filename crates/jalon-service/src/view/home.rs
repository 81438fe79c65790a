//! The list of engagements: read from the summaries kept with each change, never derived one by one.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::Severity,
    gate::GateState,
    ids::{EngagementId, GateId},
    profile::Programme,
};
use jalon_store::{engagements, engagements::Engagement, members, organisations, summaries, summaries::Summary};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::common::StateCounts;
use crate::{App, Caller, Result};

/// One engagement in the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EngagementCard {
    /// Its id.
    pub id: EngagementId,
    /// The organisation's name.
    pub organisation: String,
    /// The engagement's own name.
    pub name: String,
    /// The programmes followed.
    pub programmes: Vec<Programme>,
    /// Paid licences.
    pub seats: u32,
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub start: Date,
    /// Responsibilities by state.
    pub counts: StateCounts,
    /// Open findings by severity; what there are none of is left out.
    pub findings: BTreeMap<Severity, usize>,
    /// The gates in order.
    pub gates: Vec<GateMark>,
}

/// A gate in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GateMark {
    /// Its id.
    pub id: GateId,
    /// Its state.
    pub state: GateState,
}

impl App {
    /// The engagements that the caller may see, by organisation and name.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn engagements(&self, caller: &Caller) -> Result<Vec<EngagementCard>> {
        let mut rows = engagements::all(self.store()).await?;
        if !caller.person.is_admin {
            let own = members::of_person(self.store(), caller.id()).await?;
            rows.retain(|row| own.iter().any(|it| it.engagement == row.id));
        }
        let names: BTreeMap<_, _> = organisations::all(self.store())
            .await?
            .into_iter()
            .map(|it| (it.id, it.name))
            .collect();
        let ids: Vec<EngagementId> = rows.iter().map(|it| it.id).collect();
        let summaries: BTreeMap<EngagementId, Summary> = summaries::of(self.store(), &ids)
            .await?
            .into_iter()
            .map(|it| (it.engagement, it))
            .collect();
        let mut cards: Vec<EngagementCard> = rows
            .into_iter()
            .map(|row| {
                let name = names.get(&row.organisation).cloned().unwrap_or_default();
                card(name, summaries.get(&row.id), row)
            })
            .collect();
        cards.sort_by(|a, b| (&a.organisation, &a.name).cmp(&(&b.organisation, &b.name)));
        Ok(cards)
    }
}

fn card(organisation: String, summary: Option<&Summary>, row: Engagement) -> EngagementCard {
    EngagementCard {
        id: row.id,
        organisation,
        name: row.name,
        programmes: row.profile.programmes.iter().copied().collect(),
        seats: row.profile.seats,
        start: row.start,
        counts: summary
            .and_then(|it| serde_json::from_value(it.states.clone()).ok())
            .unwrap_or_default(),
        findings: summary
            .and_then(|it| serde_json::from_value(it.findings.clone()).ok())
            .unwrap_or_default(),
        gates: summary
            .and_then(|it| serde_json::from_value(it.gates.clone()).ok())
            .unwrap_or_default(),
    }
}
