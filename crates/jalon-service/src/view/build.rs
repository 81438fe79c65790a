//! Pieces that several views are built from: the header, rows of responsibilities, lines of what blocks, next steps.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{FindingState, Severity},
    gate::{Blocker, Gate, GateState},
    ids::{EngagementId, FindingId, RuleId},
    measure::Family,
    proof::{DecisionKind, Proof, Reason, State},
    text::Text,
};
use jalon_store::{Db, findings, findings::FindingFilter, notices, notices::Channel, runs};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

use super::{
    common::{FindingTable, FindingTableRow, Header, Link, NextStep, StateCounts},
    duties::{DutyRow, View},
    overview::BlockRow,
    remediation::FindingView,
};
use crate::{
    App, Caller, Permission, Result, Rights,
    engagement::{Duty, Picture},
};

impl App {
    /// The head of the pages about an engagement, for one that shows nothing else of it.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a stranger.
    pub async fn header(&self, caller: &Caller, id: EngagementId) -> Result<Header> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        picture.header(self.store(), caller, &rights).await
    }
}

impl Picture {
    /// The civil day of the picture, in UTC.
    pub(crate) fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// The head of every page about the engagement.
    pub(crate) async fn header(&self, db: &impl Db, caller: &Caller, rights: &Rights) -> Result<Header> {
        let unread = notices::untold(db, self.engagement.id, caller.id(), Channel::Page).await?;
        let week = self
            .today()
            .since((jiff::Unit::Day, self.engagement.start))
            .map_or(0, |it| i64::from(it.get_days()));
        let exists = |it: &&Gate| it.state != GateState::NotApplicable;
        Ok(Header {
            id: self.engagement.id,
            organisation: self.organisation.name.clone(),
            name: self.engagement.name.clone(),
            programmes: self.engagement.profile.programmes.iter().copied().collect(),
            services: self.engagement.profile.services.iter().copied().collect(),
            seats: self.engagement.profile.seats,
            cloud: self.engagement.profile.cloud,
            start: self.engagement.start,
            target: self.engagement.target,
            week: week.div_euclid(7) + 1,
            catalogue: self.engagement.catalogue.clone(),
            counts: self.counts(),
            findings: self.open_findings(|_| true),
            gates_open: self.gates.iter().filter(|it| it.state == GateState::Open).count(),
            gates: self.gates.iter().filter(exists).count(),
            unread: usize::try_from(unread).unwrap_or(usize::MAX),
            may: Permission::ALL
                .into_iter()
                .filter(|it| caller.person.is_admin || rights.allow(*it))
                .collect(),
            version: self.engagement.version,
        })
    }

    /// Every responsibility by state.
    pub(crate) fn counts(&self) -> StateCounts {
        StateCounts::of(self.duties.iter().map(|it| &it.proof))
    }

    /// One responsibility as a row of a list.
    pub(crate) fn row(&self, duty: &Duty) -> DutyRow {
        let Duty {
            responsibility: it,
            row,
            proof,
        } = duty;
        let (met, asked) = proof.score();
        DutyRow {
            id: it.id.clone(),
            code: it.code().to_owned(),
            title: it.title.clone(),
            phase: it.phase,
            workstream: it.workstream,
            container: !it.children.is_empty(),
            optional: it.optional,
            legacy: it.legacy,
            state: proof.state,
            reason: proof.reason,
            regressed_since: proof.regressed_since,
            side: it.side,
            met,
            asked,
            valid_until: proof.valid_until,
            validity_left: self.validity_left(duty),
            owner: row.owner.and_then(|it| self.person(it)),
            due: row.due,
            due_is_proposed: row.due_is_proposed,
            late: !proof.state.passes() && row.due.is_some_and(|it| it < self.today()),
            role: it.responsible,
            version: row.version,
        }
    }

    /// How much of the validity of what decides is left, in percent: the smallest share.
    fn validity_left(&self, duty: &Duty) -> Option<u8> {
        let deciding: Vec<_> = duty.proof.requirements.iter().flat_map(|it| &it.deciding).collect();
        let own = self.evidence.get(&duty.responsibility.id)?;
        let share = |from: Timestamp, until: Timestamp| {
            let (whole, left) = (
                until.as_second() - from.as_second(),
                until.as_second() - self.now.as_second(),
            );
            u8::try_from((left.max(0) * 100).checked_div(whole.max(1))?.min(100)).ok()
        };
        own.iter()
            .filter(|it| deciding.contains(&&it.evidence.id))
            .filter_map(|it| share(it.evidence.collected_at, it.evidence.valid_until?))
            .min()
    }

    /// Whether a gate that is shut waits for this responsibility.
    pub(crate) fn blocks_current_gate(&self, duty: &Duty) -> bool {
        let Some((_, gate)) = self.current_gate() else {
            return false;
        };
        gate.blockers
            .iter()
            .any(|it| matches!(it, Blocker::Responsibility { id, .. } if *id == duty.responsibility.id))
    }

    /// What keeps `gate` shut, line by line: findings by family, then responsibilities, the most pressing first.
    pub(crate) fn blocking(&self, gate: &Gate, groups: &[findings::Group]) -> Vec<BlockRow> {
        let mut rows: Vec<BlockRow> = Vec::new();
        for blocker in &gate.blockers {
            match blocker {
                Blocker::Findings {
                    family,
                    count,
                    heaviest,
                    rules,
                } => rows.push(self.finding_line(*family, *count, *heaviest, rules, groups)),
                Blocker::Responsibility { id, .. } => rows.extend(self.duty(id).map(|it| self.duty_line(it))),
            }
        }
        rows.sort_by_key(|it| {
            (
                it.count == 0,
                std::cmp::Reverse(it.severity),
                it.reason,
                it.due.is_none(),
                it.due,
            )
        });
        rows
    }

    fn finding_line(
        &self,
        family: Family,
        count: usize,
        heaviest: Severity,
        rules: &[RuleId],
        groups: &[findings::Group],
    ) -> BlockRow {
        let own: Vec<&findings::Group> = groups
            .iter()
            .filter(|it| it.family == family && it.severity >= Severity::HOLDS_GATE)
            .collect();
        let rules = rules.iter().map(RuleId::as_str).collect::<Vec<_>>().join(", ");
        let owners: Vec<_> = own.iter().filter_map(|it| it.owner).collect();
        let same = owners
            .first()
            .filter(|first| owners.len() == own.len() && owners.iter().all(|it| it == *first));
        let name = family.name();
        BlockRow {
            severity: Some(heaviest),
            count,
            state: None,
            reason: None,
            title: match family {
                Family::Dns => Text::new("DNS records to correct", "Enregistrements DNS à corriger"),
                Family::Tls => Text::new(
                    "Certificates to renew or reissue",
                    "Certificats à renouveler ou à réémettre",
                ),
                Family::Directory => Text::new("Directory objects to correct", "Objets de l’annuaire à corriger"),
            },
            detail: if count == 1 {
                Text::new(
                    format!("{}: 1 finding, {rules}", name.en),
                    format!("{} : 1 constat, {rules}", name.fr),
                )
            } else {
                Text::new(
                    format!("{}: {count} findings, {rules}", name.en),
                    format!("{} : {count} constats, {rules}", name.fr),
                )
            },
            regressed: own
                .iter()
                .filter(|it| it.reopened > 0)
                .filter_map(|it| it.sample.reopened_at)
                .max(),
            owner: same.and_then(|it| self.person(*it)),
            due: own.iter().filter_map(|it| it.due).min(),
            link: Link::Remediation {
                family: Some(family),
                rule: None,
            },
        }
    }

    fn duty_line(&self, duty: &Duty) -> BlockRow {
        let row = self.row(duty);
        let detail = duty.proof.why().first().map(|it| it.text.clone());
        BlockRow {
            severity: None,
            count: 0,
            state: Some(row.state),
            reason: row.reason,
            title: row.title,
            detail: detail.unwrap_or_default(),
            regressed: row.regressed_since,
            owner: row.owner,
            due: row.due,
            link: Link::Responsibility { id: row.id },
        }
    }

    /// The one thing to do next in the engagement.
    pub(crate) fn next_step(&self, measured: bool) -> NextStep {
        if self.targets.is_empty() {
            return NextStep {
                title: Text::new("Name what is to be measured", "Indiquer ce qu’il faut mesurer"),
                detail: Text::new(
                    "A domain, an endpoint or a directory export: machines then prove what machines can.",
                    "Un domaine, un point d’accès ou un export d’annuaire : les machines prouvent alors ce qu’elles peuvent.",
                ),
                label: Text::new("Add targets", "Ajouter des cibles"),
                link: Link::Targets,
            };
        }
        if !measured {
            let n = self.targets.len();
            return NextStep {
                title: Text::new("Run the first checks", "Lancer les premiers contrôles"),
                detail: Text::new(
                    format!("{n} targets are named and nothing was measured yet."),
                    format!("{n} cibles sont indiquées et rien n’a encore été mesuré."),
                ),
                label: Text::new("Open the checks", "Ouvrir les contrôles"),
                link: Link::Checks,
            };
        }
        match self.current_gate() {
            Some((rule, gate)) => self.towards(&rule.title, gate),
            None => NextStep {
                title: Text::new("Every gate is open", "Tous les jalons sont ouverts"),
                detail: Text::new(
                    "Everything that applies is proven.",
                    "Tout ce qui s’applique est prouvé.",
                ),
                label: Text::new("See the gates", "Voir les jalons"),
                link: Link::Responsibilities { view: View::All },
            },
        }
    }

    /// What brings `gate` closest to opening: the family with most findings, else the most pressing responsibility.
    pub(crate) fn towards(&self, title: &Text, gate: &Gate) -> NextStep {
        let heaviest = gate.blockers.iter().filter_map(|it| match it {
            Blocker::Findings { family, count, .. } => Some((*count, *family)),
            Blocker::Responsibility { .. } => None,
        });
        if let Some((count, family)) = heaviest.max_by_key(|(count, _)| *count) {
            return mend(family, count, gate.findings());
        }
        let mut waiting: Vec<&Duty> = self.duties.iter().filter(|it| self.is_blocker(gate, it)).collect();
        waiting.sort_by_key(|it| (it.proof.reason, it.row.due.is_none(), it.row.due));
        let Some(duty) = waiting.first() else {
            return NextStep {
                title: title.clone(),
                detail: gate.summary.clone(),
                label: Text::new("Open the gate", "Ouvrir le jalon"),
                link: Link::Gate { id: gate.id.clone() },
            };
        };
        let (name, n) = (&duty.responsibility.title, waiting.len());
        let detail = duty.proof.why().first().map(|it| it.text.clone()).unwrap_or_default();
        let of = if n == 1 {
            Text::new(
                format!("The last one before “{}”.", title.en),
                format!("La dernière avant « {} ».", title.fr),
            )
        } else {
            Text::new(
                format!("One of {n} before “{}”.", title.en),
                format!("Une des {n} avant « {} ».", title.fr),
            )
        };
        NextStep {
            title: act(duty.proof.reason, name),
            detail: Text::new(format!("{}. {}", detail.en, of.en), format!("{}. {}", detail.fr, of.fr)),
            label: Text::new("Open it", "L’ouvrir"),
            link: Link::Responsibility {
                id: duty.responsibility.id.clone(),
            },
        }
    }

    fn is_blocker(&self, gate: &Gate, duty: &Duty) -> bool {
        gate.blockers
            .iter()
            .any(|it| matches!(it, Blocker::Responsibility { id, .. } if *id == duty.responsibility.id))
    }

    /// Open findings by family and severity.
    pub(crate) async fn finding_table(&self, db: &impl Db) -> Result<FindingTable> {
        let mut measured: BTreeMap<Family, Timestamp> = BTreeMap::new();
        for run in runs::latest_done(db, self.engagement.id).await? {
            if let Some(at) = run.ended_at {
                let last = measured.entry(run.family).or_insert(at);
                *last = at.max(*last);
            }
        }
        let of = |family: &Family, severity| {
            self.open_findings(|it| it.check.family() == family.word() && it.severity == severity)
        };
        let rows = Family::ALL.iter().map(|family| FindingTableRow {
            family: *family,
            blocker: of(family, Severity::Blocker),
            major: of(family, Severity::Major),
            minor: of(family, Severity::Minor),
            info: of(family, Severity::Info),
            measured_at: measured.get(family).copied(),
        });
        Ok(FindingTable {
            rows: rows.filter(|it| it.total() > 0 || it.measured_at.is_some()).collect(),
            fixed: findings::fixed(db, self.engagement.id).await?,
            accepted: self.open_findings(|it| it.is_accepted(self.now)),
        })
    }

    /// Until when waivers accept a finding.
    fn accepted_until(&self, id: FindingId) -> Option<Timestamp> {
        self.decisions
            .iter()
            .filter(|it| it.finding == Some(id) && it.decision.kind == DecisionKind::Waiver)
            .filter(|it| it.decision.revoked_at.is_none())
            .map(|it| it.decision.until.unwrap_or(Timestamp::MAX))
            .max()
    }

    /// One finding as a view.
    pub(crate) fn finding(&self, row: findings::FindingRow) -> FindingView {
        let accepted = self.accepted_until(row.id);
        FindingView {
            id: row.id,
            check: row.check,
            rule: row.defect.rule,
            severity: row.defect.severity,
            subject: row.defect.subject,
            attribute: row.defect.attribute,
            target: row.target_value,
            observed: row.defect.observed,
            expected: row.defect.expected,
            message: row.defect.message,
            remedy: row.defect.remedy,
            fix: row.defect.fix,
            state: row.state,
            opened_at: row.opened_at,
            last_seen_at: row.last_seen_at,
            fixed_at: row.fixed_at,
            reopened_at: row.reopened_at,
            accepted_until: accepted.filter(|it| row.state == FindingState::Open && self.now < *it),
            owner: row.owner.and_then(|it| self.person(it)),
            due: row.due,
            run: row.last_run,
        }
    }
}

/// Wants the open findings.
pub(crate) fn open_findings() -> FindingFilter {
    FindingFilter {
        state: Some(FindingState::Open),
        ..FindingFilter::default()
    }
}

/// What to do about a responsibility, by why it is open.
pub(crate) fn act(reason: Option<Reason>, name: &Text) -> Text {
    let (en, fr) = match reason {
        Some(Reason::AwaitingApproval) => ("Approve or refuse", "Approuver ou refuser"),
        Some(Reason::Failing) => ("Mend", "Corriger"),
        Some(Reason::Inconclusive | Reason::Stale) => ("Measure again", "Mesurer à nouveau"),
        Some(Reason::InProgress) => ("Finish", "Terminer"),
        Some(Reason::NotStarted) => ("Begin", "Commencer"),
        None => ("Prove", "Prouver"),
    };
    Text::new(format!("{en}: {}", name.en), format!("{fr} : {}", name.fr))
}

fn mend(family: Family, count: usize, all: usize) -> NextStep {
    let title = match (family, count == all) {
        (Family::Directory, true) => Text::new(
            format!("Apply the directory fix: the {all} findings that block the gate"),
            format!("Appliquer le correctif de l’annuaire : les {all} constats qui bloquent le jalon"),
        ),
        (Family::Directory, false) => Text::new(
            format!("Apply the directory fix: {count} of the {all} findings that block the gate"),
            format!("Appliquer le correctif de l’annuaire : {count} des {all} constats qui bloquent le jalon"),
        ),
        (Family::Dns, _) => Text::new(
            format!("Correct the DNS zone: {count} of the {all} findings that block the gate"),
            format!("Corriger la zone DNS : {count} des {all} constats qui bloquent le jalon"),
        ),
        (Family::Tls, _) => Text::new(
            format!("Renew the certificates: {count} of the {all} findings that block the gate"),
            format!("Renouveler les certificats : {count} des {all} constats qui bloquent le jalon"),
        ),
    };
    NextStep {
        title,
        detail: Text::new(
            "The fix is ready; the next measurement closes the findings.",
            "Le correctif est prêt ; la prochaine mesure clôt les constats.",
        ),
        label: Text::new("Open the fix", "Ouvrir le correctif"),
        link: Link::Remediation {
            family: Some(family),
            rule: None,
        },
    }
}

/// Whether the proof ends within a week or has ended.
pub(crate) fn to_renew(proof: &Proof, now: Timestamp) -> bool {
    let soon = now.saturating_add((7 * 24).hours()).unwrap_or(now);
    proof.reason == Some(Reason::Stale) || (proof.state.is_proven() && proof.valid_until.is_some_and(|it| it < soon))
}

/// Whether the state is one that a list shows first: what is missing.
pub(crate) fn is_missing(state: State) -> bool {
    matches!(state, State::Open | State::Claimed)
}
