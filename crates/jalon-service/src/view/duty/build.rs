//! One responsibility computed.

use jalon_domain::{
    evidence::{Origin, Outcome},
    finding::OpenFindings,
    ids::{EngagementId, ResponsibilityId},
    programme::{Requirement, Responsibility, Role, Side},
    proof::{Reason, RequirementStatus, Standing, State},
    text::Text,
};
use jalon_store::{
    attachments, attachments::Attachment, evidence::EvidenceRow, findings, findings::FindingFilter, history,
};

use super::{
    DecisionView, DutyPage, EvidenceView, GateRef, HistoryLine, RaciRow, Related, RequirementView, SourceView,
};
use crate::{
    App, Caller, Error, Permission, Result, Rights,
    engagement::{Cause, Duty, Picture, is_regression},
    view::{
        Link, NextStep,
        build::{act, open_findings},
    },
};

/// Findings shown under one requirement.
const FINDINGS: u64 = 20;
/// Evidence shown under one requirement.
const EVIDENCE: usize = 8;

impl App {
    /// One responsibility with everything about it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a stranger, and for a responsibility that the engagement does not have.
    pub async fn duty(&self, caller: &Caller, id: EngagementId, responsibility: &ResponsibilityId) -> Result<DutyPage> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let duty = picture.duty(responsibility).ok_or(Error::NotFound)?;
        let files = attachments::of_engagement(self.store(), id).await?;
        let mut requirements = Vec::new();
        for status in &duty.proof.requirements {
            if let Some(it) = duty.responsibility.requirements.iter().find(|it| it.id == status.id) {
                requirements.push(self.requirement(&picture, duty, it, status, &rights, &files).await?);
            }
        }
        let changes = history::of_responsibility(self.store(), id, responsibility).await?;
        Ok(DutyPage {
            header: picture.header(self.store(), caller, &rights).await?,
            row: picture.row(duty),
            good: duty.responsibility.good.clone(),
            proof: duty.responsibility.proof.clone(),
            sources: sources(&picture, duty.responsibility),
            raci: raci(&picture, duty.responsibility),
            requirements,
            why: duty.proof.why().to_vec(),
            left_out: duty.proof.left_out.clone(),
            decision: decision(&picture, duty),
            depends_on: related(&picture, duty.responsibility.depends_on.iter()),
            needed_by: related(&picture, needed_by(&picture, duty.responsibility).iter()),
            children: related(&picture, duty.responsibility.children.iter()),
            gates: gates(&picture, duty.responsibility),
            history: changes.iter().map(line).collect(),
            people: picture.people(),
            next: next(duty),
        })
    }

    async fn requirement(
        &self,
        picture: &Picture,
        duty: &Duty,
        it: &Requirement,
        status: &RequirementStatus,
        rights: &Rights,
        files: &[Attachment],
    ) -> Result<RequirementView> {
        let (findings, finding_count) = match status.standing {
            Standing::Unmet(Reason::Failing) => self.findings_of(picture, it).await?,
            _ => (Vec::new(), 0),
        };
        let mut own: Vec<&EvidenceRow> = picture
            .evidence
            .get(&duty.responsibility.id)
            .into_iter()
            .flatten()
            .filter(|row| row.evidence.requirement == it.id)
            .collect();
        own.sort_by_key(|it| {
            (
                !status.deciding.contains(&it.evidence.id),
                std::cmp::Reverse(it.evidence.collected_at),
            )
        });
        let machine = it.by.is_machine();
        Ok(RequirementView {
            title: it.title.clone(),
            by: it.by.clone(),
            outcome: mark(status.standing),
            status: status.clone(),
            evidence: own
                .into_iter()
                .take(EVIDENCE)
                .map(|row| evidence(picture, row, files))
                .collect(),
            findings,
            finding_count,
            may_submit: !machine && rights.allow(Permission::Contribute),
            may_approve: !machine && rights.allow_approval(it.by.approvers()),
        })
    }

    async fn findings_of(
        &self,
        picture: &Picture,
        it: &Requirement,
    ) -> Result<(Vec<crate::view::remediation::FindingView>, usize)> {
        let counts = |finding: &OpenFindings| it.by.counts(&finding.check, &finding.rule);
        let counted = picture.findings.iter().filter(|it| counts(it));
        let mut rules: Vec<_> = counted.map(|it| it.rule.clone()).collect();
        rules.sort();
        rules.dedup();
        let filter = FindingFilter {
            rules,
            ..open_findings()
        };
        let (rows, _) = findings::page(self.store(), picture.engagement.id, &filter, None, FINDINGS).await?;
        Ok((
            rows.into_iter().map(|it| picture.finding(it)).collect(),
            picture.open_findings(counts),
        ))
    }
}

fn mark(standing: Standing) -> Outcome {
    match standing {
        Standing::Met(_) => Outcome::Pass,
        Standing::Unmet(Reason::Failing) => Outcome::Fail,
        Standing::Unmet(Reason::NotStarted) => Outcome::NotApplicable,
        Standing::Unmet(_) => Outcome::Inconclusive,
    }
}

fn evidence(picture: &Picture, row: &EvidenceRow, files: &[Attachment]) -> EvidenceView {
    let it = &row.evidence;
    let (by, file) = match &it.origin {
        Origin::Observation { .. } => (None, None),
        Origin::Submission { by, file } => (Some(*by), Some(*file)),
        Origin::Statement { by, file } => (Some(*by), *file),
    };
    let file = file.and_then(|id| files.iter().find(|it| it.id == id));
    EvidenceView {
        id: it.id,
        origin: it.origin.clone(),
        outcome: it.outcome,
        collected_at: it.collected_at,
        valid_until: it.valid_until,
        note: it.note.clone(),
        person: by.and_then(|it| picture.person(it)),
        file: file.map(|it| (it.id, it.name.clone(), it.size)),
        sha256: row.sha256.clone(),
        program: row.program.clone(),
    }
}

fn sources(picture: &Picture, duty: &Responsibility) -> Vec<SourceView> {
    let citations = picture.catalogue.citations(duty);
    let bullets = duty.bullets.iter().filter_map(|it| picture.catalogue.bullet(it));
    if duty.bullets.is_empty() {
        let citation = citations
            .first()
            .map(jalon_catalogue::Citation::text)
            .unwrap_or_default();
        let id = duty.id.to_string();
        return vec![SourceView {
            id,
            title: duty.title.clone(),
            citation,
            divergence: None,
        }];
    }
    bullets
        .zip(&citations)
        .map(|(bullet, citation)| SourceView {
            id: bullet.id.to_string(),
            title: bullet.title.clone(),
            citation: citation.text(),
            divergence: bullet.divergence.clone(),
        })
        .collect()
}

fn raci(picture: &Picture, duty: &Responsibility) -> Vec<RaciRow> {
    let row = |letter, role: Role| RaciRow {
        letter,
        role,
        side: if role.is_provider() {
            Side::Provider
        } else {
            Side::Customer
        },
        people: picture
            .members
            .iter()
            .filter(|it| it.member.role == Some(role))
            .filter_map(|it| picture.person(it.person.id))
            .collect(),
    };
    let mut rows = vec![row('R', duty.responsible)];
    // A joint step is carried by both sides; in a customer's step the provider is only asked.
    rows.extend(
        duty.counterpart
            .map(|it| row(if duty.side == Side::Customer { 'C' } else { 'R' }, it)),
    );
    rows.push(row('A', duty.accountable));
    rows.extend(duty.contributors.iter().map(|it| row('C', *it)));
    rows.extend(duty.informed.iter().map(|it| row('I', *it)));
    rows.sort_by_key(|it| "RACI".find(it.letter));
    rows
}

fn decision(picture: &Picture, duty: &Duty) -> Option<DecisionView> {
    let id = duty.proof.decision?;
    let row = picture.decisions.iter().find(|it| it.decision.id == id)?;
    Some(DecisionView {
        id,
        kind: row.decision.kind,
        reason: row.decision.reason.clone(),
        by: picture.person(row.decision.by),
        at: row.decision.at,
        until: row.decision.until,
        ticket: row.ticket.clone(),
        approver: row.approver.clone(),
    })
}

fn needed_by(picture: &Picture, duty: &Responsibility) -> Vec<ResponsibilityId> {
    let waits =
        |it: &&Duty| it.responsibility.depends_on.contains(&duty.id) || it.responsibility.children.contains(&duty.id);
    picture
        .duties
        .iter()
        .filter(waits)
        .map(|it| it.responsibility.id.clone())
        .collect()
}

fn related<'a>(picture: &Picture, ids: impl Iterator<Item = &'a ResponsibilityId>) -> Vec<Related> {
    ids.filter_map(|it| picture.duty(it))
        .map(|it| Related {
            id: it.responsibility.id.clone(),
            title: it.responsibility.title.clone(),
            state: it.proof.state,
            reason: it.proof.reason,
        })
        .collect()
}

fn gates(picture: &Picture, duty: &Responsibility) -> Vec<GateRef> {
    let pairs = picture.catalogue.gates().iter().zip(&picture.gates);
    pairs
        .filter(|(rule, _)| rule.asks(duty))
        .map(|(_, gate)| GateRef {
            id: gate.id.clone(),
            title: gate.title.clone(),
            state: gate.state,
        })
        .collect()
}

fn line(change: &history::Change) -> HistoryLine {
    let cause: Option<Cause> = serde_json::from_value(change.cause.clone()).ok();
    HistoryLine {
        at: change.at,
        from: (change.from_state, change.from_reason),
        to: (change.to_state, change.to_reason),
        regression: is_regression(change.from_state, change.to_state),
        run: match &cause {
            Some(Cause::Run { run, .. }) => Some(*run),
            _ => None,
        },
        cause: cause.map(|it| it.describe()).unwrap_or_default(),
    }
}

fn next(duty: &Duty) -> Option<NextStep> {
    use jalon_domain::proof::Remedy;
    if !matches!(duty.proof.state, State::Open | State::Claimed) {
        return None;
    }
    let why = duty.proof.why().first()?;
    let (label, link) = match &why.remedy {
        Remedy::AddTarget { .. } => (Text::new("Add a target", "Ajouter une cible"), Link::Targets),
        Remedy::Measure { .. } => (Text::new("Measure", "Mesurer"), Link::Checks),
        Remedy::Mend { family } => (
            Text::new("See the fix", "Voir le correctif"),
            Link::Remediation {
                family: Some(*family),
                rule: None,
            },
        ),
        Remedy::Finish { responsibility } => (
            Text::new("Open it", "L’ouvrir"),
            Link::Responsibility {
                id: responsibility.clone(),
            },
        ),
        // The act itself is on the page, in the requirement's own form: no banner above it.
        Remedy::Provide | Remedy::Approve => return None,
    };
    Some(NextStep {
        title: act(Some(why.reason), &duty.responsibility.title),
        detail: why.text.clone(),
        label,
        link,
    })
}
