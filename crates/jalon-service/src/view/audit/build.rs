//! The audit trail computed: events become sentences.

use jalon_domain::{ids::EngagementId, text::Text};
use jalon_store::{audit, audit::Event};

use super::{AuditPage, ChainView, EventRow};
use crate::{App, Caller, Permission, Result, engagement::Picture};

impl App {
    /// The audit trail of an engagement before `before`, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for a stranger.
    pub async fn audit_page(
        &self,
        caller: &Caller,
        id: EngagementId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<AuditPage> {
        let rights = self.require(self.store(), caller, id, Permission::Audit).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let events = audit::page(self.store(), Some(id), before, limit).await?;
        let full = events.len() as u64 == limit;
        let next = events.last().map(|it| it.seq).filter(|it| full && *it > 1);
        Ok(AuditPage {
            header: picture.header(self.store(), caller, &rights).await?,
            events: events.into_iter().map(row).collect(),
            next,
        })
    }

    /// Reads the whole chain of an engagement and says whether it holds.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for a stranger.
    pub async fn verify_chain(&self, caller: &Caller, id: EngagementId) -> Result<ChainView> {
        self.require(self.store(), caller, id, Permission::Audit).await?;
        let report = audit::verify(self.store(), Some(id)).await?;
        Ok(ChainView {
            events: report.events,
            broken: report.broken.map(|it| (it.seq, it.text)),
        })
    }
}

fn row(event: Event) -> EventRow {
    EventRow {
        id: event.id,
        seq: event.seq,
        at: event.at,
        actor: event.actor_name,
        text: sentence(&event.action),
        action: event.action,
        subject: event.subject,
        detail: event.detail,
        hash: event.hash,
    }
}

/// An action as a phrase. An action of a later version is shown as its word.
fn sentence(action: &str) -> Text {
    let (en, fr) = match action {
        "engagement.created" => ("created the engagement", "a créé la mission"),
        "target.added" => ("added a target", "a ajouté une cible"),
        "target.removed" => ("removed a target", "a retiré une cible"),
        "member.added" => ("added a member", "a ajouté un membre"),
        "responsibility.assigned" => ("named owner and due date", "a nommé responsable et échéance"),
        "claim.made" => ("claimed it as done", "l’a déclarée faite"),
        "claim.revoked" => ("took the claim back", "a retiré la déclaration"),
        "waiver.made" => ("accepted a gap", "a accordé une dérogation"),
        "waiver.revoked" => ("ended the waiver", "a mis fin à la dérogation"),
        "exclusion.made" => ("set it as not applicable", "l’a écartée"),
        "exclusion.revoked" => ("took it in again", "l’a reprise"),
        "evidence.submitted" => ("handed in a file", "a remis un fichier"),
        "evidence.approved" => ("approved", "a approuvé"),
        "evidence.refused" => ("refused", "a refusé"),
        "run.requested" => ("asked for a measurement", "a demandé une mesure"),
        "run.recorded" => ("measured", "mesure enregistrée"),
        "run.cancelled" => ("cancelled a measurement", "a annulé une mesure"),
        "schedule.changed" => ("changed a schedule", "a changé une planification"),
        "findings.assigned" => ("gave findings an owner", "a confié des constats"),
        "fix.approved" => ("approved a fix", "a approuvé un correctif"),
        "fix.revoked" => (
            "took the approval of a fix back",
            "a retiré l’approbation d’un correctif",
        ),
        "fix.restored" => (
            "let the approval of a fix stand again",
            "a rétabli l’approbation d’un correctif",
        ),
        "calendar.shared" => (
            "made an address of the calendar for themselves",
            "s’est fait une adresse du calendrier",
        ),
        "calendar.unshared" => (
            "took their address of the calendar back",
            "a révoqué son adresse du calendrier",
        ),
        "state.changed" => ("state changed", "changement d’état"),
        other => (other, other),
    };
    Text::new(en, fr)
}
