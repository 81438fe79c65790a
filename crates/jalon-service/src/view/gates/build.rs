//! The gates computed.

use jalon_domain::{
    ids::{EngagementId, GateId},
    programme::GateRule,
    proof::State,
    schedule,
};
use jalon_store::findings;

use super::{GateLine, GateView, Gates};
use crate::{
    App, Caller, Error, Permission, Result,
    engagement::{Duty, Picture},
    view::{build::open_findings, duties::DutyRow},
};

impl App {
    /// Every gate; `opened` in detail, or the one that the engagement stands at.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for a gate that does not exist.
    pub async fn gates(&self, caller: &Caller, id: EngagementId, opened: Option<&GateId>) -> Result<Gates> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let rules = picture.catalogue.gates();
        let wanted = match opened {
            Some(id) => rules.iter().position(|it| it.id == *id).ok_or(Error::NotFound)?,
            None => picture
                .current_gate()
                .and_then(|(rule, _)| rules.iter().position(|it| it.id == rule.id))
                .unwrap_or(rules.len() - 1),
        };
        let groups = findings::groups(self.store(), id, &open_findings()).await?;
        Ok(Gates {
            header: picture.header(self.store(), caller, &rights).await?,
            gates: rules
                .iter()
                .zip(&picture.gates)
                .map(|(rule, gate)| line(rule, gate))
                .collect(),
            opened: opened_gate(&picture, wanted, &groups),
        })
    }
}

fn line(rule: &GateRule, gate: &jalon_domain::gate::Gate) -> GateLine {
    GateLine {
        gate: gate.clone(),
        phase: rule.phase,
        closes_phase: rule.closes_phase,
    }
}

fn opened_gate(picture: &Picture, index: usize, groups: &[findings::Group]) -> GateView {
    let (rule, gate) = (&picture.catalogue.gates()[index], &picture.gates[index]);
    let rows = |wanted: &dyn Fn(&Duty) -> bool| -> Vec<DutyRow> {
        let asked = picture.duties.iter().filter(|it| rule.asks(it.responsibility));
        asked.filter(|it| wanted(it)).map(|it| picture.row(it)).collect()
    };
    GateView {
        phase: rule.phase,
        statement: rule.statement.clone(),
        source: rule.source.clone(),
        planned: schedule::phase_window(picture.engagement.start, rule.phase).1,
        missing: picture.blocking(gate, groups),
        holds: rows(&|it| matches!(it.proof.state, State::Verified | State::Attested)),
        waived: rows(&|it| it.proof.state == State::Waived),
        next: (!gate.blockers.is_empty()).then(|| picture.towards(&rule.title, gate)),
        gate: gate.clone(),
    }
}
