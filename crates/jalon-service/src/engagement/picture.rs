//! Everything of one engagement at one instant, with every proof derived: what all views are computed from.

use std::collections::BTreeMap;

use jalon_catalogue::Catalogue;
use jalon_domain::{
    evidence::Evidence,
    finding::OpenFindings,
    gate::{self, Gate, Proven},
    ids::{EngagementId, PersonId, ResponsibilityId},
    programme::{Phase, Responsibility},
    proof::{self, Decision, Known, Proof, Targets},
};
use jalon_store::{
    Db, decisions::DecisionRow, duties, engagements::Engagement, evidence::EvidenceRow, members::Member,
    organisations::Organisation, people::Person, targets::Target,
};
use jiff::Timestamp;

use crate::{Error, Result, app::App, view::PersonRef};

/// One responsibility of the engagement: the catalogue's row, the engagement's row, the proof.
#[derive(Clone, Debug)]
pub struct Duty {
    /// What the catalogue says.
    pub responsibility: &'static Responsibility,
    /// Owner, due date, the state last recorded.
    pub row: duties::Duty,
    /// The proof as of now.
    pub proof: Proof,
}

/// Somebody's place in the engagement.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The place.
    pub member: Member,
    /// Who.
    pub person: Person,
}

/// Everything of one engagement at one instant.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The instant.
    pub now: Timestamp,
    /// The catalogue.
    pub catalogue: &'static Catalogue,
    /// The engagement.
    pub engagement: Engagement,
    /// The organisation.
    pub organisation: Organisation,
    /// What it measures.
    pub targets: Vec<Target>,
    /// Its people.
    pub members: Vec<Membership>,
    /// Its responsibilities in the catalogue's order, each with its proof.
    pub duties: Vec<Duty>,
    /// Evidence by responsibility.
    pub evidence: BTreeMap<ResponsibilityId, Vec<EvidenceRow>>,
    /// Decisions about responsibilities and findings.
    pub decisions: Vec<DecisionRow>,
    /// Open findings, alike ones together.
    pub findings: Vec<OpenFindings>,
    /// The gates, judged.
    pub gates: Vec<Gate>,
    /// The earliest instant at which time alone may change something.
    pub next_change: Option<Timestamp>,
}

impl Picture {
    /// Loads and derives.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such engagement.
    pub async fn load(app: &App, db: &impl Db, id: EngagementId) -> Result<Self> {
        let now = app.now();
        let catalogue = app.catalogue();
        let engagement = jalon_store::engagements::find(db, id).await?.ok_or(Error::NotFound)?;
        let organisation = jalon_store::organisations::find(db, engagement.organisation)
            .await?
            .ok_or(Error::NotFound)?;
        let targets = jalon_store::targets::of_engagement(db, id).await?;
        let members = jalon_store::members::of_engagement(db, id).await?;
        let members = members
            .into_iter()
            .map(|(member, person)| Membership { member, person })
            .collect();
        let rows = duties::of_engagement(db, id).await?;
        let decisions = jalon_store::decisions::of_engagement(db, id).await?;
        let findings = jalon_store::findings::open_of_engagement(db, id).await?;
        let mut evidence: BTreeMap<ResponsibilityId, Vec<EvidenceRow>> = BTreeMap::new();
        for row in jalon_store::evidence::of_engagement(db, id).await? {
            evidence.entry(row.responsibility.clone()).or_default().push(row);
        }
        let mut picture = Self {
            now,
            catalogue,
            engagement,
            organisation,
            targets,
            members,
            duties: Vec::new(),
            evidence,
            decisions,
            findings,
            gates: Vec::new(),
            next_change: None,
        };
        picture.derive(rows);
        Ok(picture)
    }

    fn derive(&mut self, rows: Vec<duties::Duty>) {
        let targets = self.targets_by_family();
        let mut known: Vec<(&'static Responsibility, duties::Duty)> = rows
            .into_iter()
            .filter_map(|row| Some((self.catalogue.responsibility(&row.responsibility)?, row)))
            .collect();
        let order: BTreeMap<&ResponsibilityId, usize> = self
            .catalogue
            .responsibilities()
            .enumerate()
            .map(|(n, it)| (&it.id, n))
            .collect();
        known.sort_by_key(|(it, _)| order.get(&it.id).copied());
        let mut proofs: BTreeMap<ResponsibilityId, Proof> = BTreeMap::new();
        // Containers are derived from their children, which the catalogue's validation proves not to be containers.
        for containers in [false, true] {
            for (duty, _) in known.iter().filter(|(it, _)| it.children.is_empty() != containers) {
                let proof = self.prove(duty, &targets, &proofs);
                proofs.insert(duty.id.clone(), proof);
            }
        }
        self.duties = known
            .into_iter()
            .filter_map(|(responsibility, row)| {
                let proof = proofs.remove(&responsibility.id)?;
                Some(Duty {
                    responsibility,
                    row,
                    proof,
                })
            })
            .collect();
        let proven: Vec<Proven<'_>> = self.duties.iter().map(|it| (it.responsibility, &it.proof)).collect();
        self.gates = gate::judge_all(
            self.catalogue.gates(),
            &self.engagement.profile,
            &proven,
            &self.findings,
            self.now,
        );
    }

    fn prove(
        &mut self,
        duty: &'static Responsibility,
        targets: &Targets,
        proofs: &BTreeMap<ResponsibilityId, Proof>,
    ) -> Proof {
        let own: Vec<Evidence> = self
            .evidence
            .get(&duty.id)
            .into_iter()
            .flatten()
            .map(|it| it.evidence.clone())
            .collect();
        let decisions: Vec<Decision> = self
            .decisions
            .iter()
            .filter(|it| it.responsibility.as_ref() == Some(&duty.id))
            .map(|it| it.decision.clone())
            .collect();
        let children: Vec<(&Responsibility, Proof)> = duty
            .children
            .iter()
            .filter_map(|it| Some((self.catalogue.responsibility(it)?, proofs.get(it)?.clone())))
            .collect();
        let known = Known {
            duty,
            profile: &self.engagement.profile,
            targets,
            evidence: &own,
            findings: &self.findings,
            decisions: &decisions,
            children: &children,
        };
        let change = proof::next_change(known, self.now);
        self.next_change = [self.next_change, change].into_iter().flatten().min();
        proof::derive(known, self.now)
    }

    /// The targets' values by family.
    pub fn targets_by_family(&self) -> Targets {
        let mut by_family = Targets::new();
        for target in &self.targets {
            by_family.entry(target.family).or_default().push(target.value.clone());
        }
        by_family
    }

    /// One responsibility.
    pub fn duty(&self, id: &ResponsibilityId) -> Option<&Duty> {
        self.duties.iter().find(|it| it.responsibility.id == *id)
    }

    /// The responsibilities of one phase; none for those that span all.
    pub fn of_phase(&self, phase: Option<Phase>) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |it| it.responsibility.phase == phase)
    }

    /// How many open findings are `wanted`.
    pub fn open_findings(&self, wanted: impl Fn(&OpenFindings) -> bool) -> usize {
        self.findings.iter().filter(|it| wanted(it)).map(|it| it.count).sum()
    }

    /// The first gate that closes a phase and is shut.
    pub fn current_gate(&self) -> Option<(&'static jalon_domain::programme::GateRule, &Gate)> {
        use jalon_domain::gate::GateState::Blocked;
        self.catalogue
            .gates()
            .iter()
            .zip(&self.gates)
            .find(|(rule, gate)| rule.closes_phase && gate.state == Blocked)
    }

    /// Somebody of the engagement.
    pub fn person(&self, id: PersonId) -> Option<PersonRef> {
        self.members.iter().find(|it| it.person.id == id).map(person_ref)
    }

    /// Everybody of the engagement, by name, each once.
    pub fn people(&self) -> Vec<PersonRef> {
        let mut people: Vec<PersonRef> = self.members.iter().map(person_ref).collect();
        people.sort();
        people.dedup_by_key(|it| it.id);
        people
    }
}

fn person_ref(it: &Membership) -> PersonRef {
    PersonRef {
        id: it.person.id,
        name: it.person.name.clone(),
        provider: it.member.party == "provider",
    }
}
