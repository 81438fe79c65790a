//! Decisions about one responsibility: a claim, a waiver, "not applicable"; each can be taken back.

use jalon_domain::{
    ids::{DecisionId, EngagementId, FindingId, OrganisationId, ResponsibilityId},
    proof::{Decision, DecisionKind},
};
use jalon_store::{Tx, decisions, decisions::DecisionRow};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Caller, Error, Permission, Result,
    app::App,
    engagement::{Cause, Picture, refresh},
};

/// Longest waiver, days: beyond it somebody must look again.
const LONGEST_DAYS: i64 = 366;

/// A claim or "not applicable".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewDecision {
    /// Why, in the person's own words.
    pub reason: String,
}

/// A waiver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewWaiver {
    /// Why the gap is accepted.
    pub reason: String,
    /// The last day on which it is.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub until: Date,
    /// The ticket, if there is one.
    #[serde(default)]
    pub ticket: Option<String>,
    /// Who accepted it, when it is not the person who writes it down.
    #[serde(default)]
    pub approver: Option<String>,
}

/// What a decision is about.
enum About {
    Responsibility(ResponsibilityId),
    Finding(FindingId),
}

impl App {
    /// Says that a responsibility is done. A claim opens no gate: it says where to look for proof.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the permission, [`Error::Conflict`] when it is claimed already.
    pub async fn claim(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: &NewDecision,
    ) -> Result<DecisionId> {
        self.require(self.store(), caller, engagement, Permission::Contribute)
            .await?;
        let row = self.decision(caller, DecisionKind::Claim, &new.reason, None)?;
        self.decide(caller, engagement, About::Responsibility(responsibility.clone()), row)
            .await
    }

    /// Sets a responsibility as not applicable, with a justification.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a justification.
    pub async fn leave_out(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: &NewDecision,
    ) -> Result<DecisionId> {
        self.require(self.store(), caller, engagement, Permission::Except)
            .await?;
        let reason = needed(&new.reason)?;
        let row = self.decision(caller, DecisionKind::NotApplicable, reason, None)?;
        self.decide(caller, engagement, About::Responsibility(responsibility.clone()), row)
            .await
    }

    /// Accepts the gap of a responsibility until a day.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a reason, or with a last day that is past or more than a year away.
    pub async fn waive(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        responsibility: &ResponsibilityId,
        new: &NewWaiver,
    ) -> Result<DecisionId> {
        self.require(self.store(), caller, engagement, Permission::Except)
            .await?;
        let row = self.waiver(caller, new)?;
        self.decide(caller, engagement, About::Responsibility(responsibility.clone()), row)
            .await
    }

    /// Accepts one finding until a day.
    ///
    /// # Errors
    /// As [`App::waive`].
    pub async fn waive_finding(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        finding: FindingId,
        new: &NewWaiver,
    ) -> Result<DecisionId> {
        self.require(self.store(), caller, engagement, Permission::Except)
            .await?;
        let row = self.waiver(caller, new)?;
        self.decide(caller, engagement, About::Finding(finding), row).await
    }

    /// Takes a decision back.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not of the engagement, [`Error::Conflict`] for one that was taken back already.
    pub async fn revoke(&self, caller: &Caller, engagement: EngagementId, id: DecisionId) -> Result<()> {
        let row = decisions::find(self.store(), id)
            .await?
            .filter(|it| it.engagement == engagement);
        let row = row.ok_or(Error::NotFound)?;
        let own_claim = row.decision.kind == DecisionKind::Claim && row.decision.by == caller.id();
        let permission = if own_claim {
            Permission::Contribute
        } else {
            Permission::Except
        };
        self.require(self.store(), caller, engagement, permission).await?;
        if row.decision.revoked_at.is_some() {
            return Err(Error::conflict("this was taken back already", "c’est déjà retiré"));
        }
        self.change(engagement, async |tx: &Tx| {
            decisions::revoke(tx, id, self.now()).await?;
            let subject = row.responsibility.as_ref().map(ToString::to_string).unwrap_or_default();
            let action = format!("{}.revoked", word(row.decision.kind));
            self.audit(tx, caller, engagement, &action, &subject, json!({ "decision": id }))
                .await?;
            refresh(
                self,
                tx,
                engagement,
                Some(caller.id()),
                &Cause::Decision { decision: id },
            )
            .await?;
            Ok(())
        })
        .await
    }

    async fn decide(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        about: About,
        mut row: DecisionRow,
    ) -> Result<DecisionId> {
        row.engagement = engagement;
        row.organisation = self.organisation_of(engagement).await?;
        let id = row.decision.id;
        self.change(engagement, async |tx: &Tx| {
                let picture = Picture::load(self, tx, engagement).await?;
                let subject = self.place(tx, &picture, &about, &mut row).await?;
                decisions::insert(tx, &row).await?;
                let detail = json!({ "reason": row.decision.reason, "until": row.decision.until, "ticket": row.ticket, "approver": row.approver });
                let action = format!("{}.made", word(row.decision.kind));
                self.audit(tx, caller, engagement, &action, &subject, detail).await?;
                refresh(self, tx, engagement, Some(caller.id()), &Cause::Decision { decision: id }).await?;
                Ok(id)
            })
            .await
    }

    /// Names what the decision is about, after checking that it exists here and is not decided the same way already.
    async fn place(&self, tx: &Tx, picture: &Picture, about: &About, row: &mut DecisionRow) -> Result<String> {
        let kind = row.decision.kind;
        match about {
            About::Responsibility(id) => {
                picture.duty(id).ok_or(Error::NotFound)?;
                row.responsibility = Some(id.clone());
                let again = |it: &&DecisionRow| it.responsibility.as_ref() == Some(id) && it.decision.kind == kind;
                if picture
                    .decisions
                    .iter()
                    .filter(again)
                    .any(|it| it.decision.is_active(picture.now))
                {
                    return Err(Error::conflict(
                        "this was decided already; take it back first",
                        "c’est déjà décidé ; retirez d’abord la décision",
                    ));
                }
                Ok(id.to_string())
            }
            About::Finding(id) => {
                let finding = jalon_store::findings::find(tx, *id)
                    .await?
                    .filter(|it| it.engagement == picture.engagement.id);
                let finding = finding.ok_or(Error::NotFound)?;
                row.finding = Some(*id);
                Ok(format!("{} {}", finding.defect.rule, finding.defect.subject))
            }
        }
    }

    fn waiver(&self, caller: &Caller, new: &NewWaiver) -> Result<DecisionRow> {
        let reason = needed(&new.reason)?;
        let until = end_of(new.until)?;
        let days = (until.as_second() - self.now().as_second()) / 86_400;
        if until <= self.now() || days > LONGEST_DAYS {
            return Err(Error::invalid(
                "until",
                "a waiver ends on a day between tomorrow and a year from now",
                "une dérogation se termine entre demain et dans un an",
            ));
        }
        let mut row = self.decision(caller, DecisionKind::Waiver, reason, Some(until))?;
        row.ticket = new.ticket.clone().filter(|it| !it.trim().is_empty());
        row.approver = new.approver.clone().filter(|it| !it.trim().is_empty());
        Ok(row)
    }

    fn decision(
        &self,
        caller: &Caller,
        kind: DecisionKind,
        reason: &str,
        until: Option<Timestamp>,
    ) -> Result<DecisionRow> {
        let reason: String = reason.trim().to_owned();
        if reason.chars().count() > 2000 {
            return Err(Error::invalid(
                "reason",
                "use at most 2,000 characters",
                "utilisez au plus 2 000 caractères",
            ));
        }
        let decision = Decision {
            id: DecisionId::new(self.ids()),
            kind,
            by: caller.id(),
            reason,
            at: self.now(),
            until,
            revoked_at: None,
        };
        Ok(DecisionRow {
            decision,
            organisation: OrganisationId(uuid::Uuid::nil()),
            engagement: EngagementId(uuid::Uuid::nil()),
            responsibility: None,
            finding: None,
            ticket: None,
            approver: None,
        })
    }
}

fn needed(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.chars().count() >= 10 {
        Ok(reason)
    } else {
        Err(Error::invalid(
            "reason",
            "say why, in at least ten characters",
            "dites pourquoi, en dix caractères au moins",
        ))
    }
}

/// The end of a civil day, in UTC.
fn end_of(day: Date) -> Result<Timestamp> {
    let bad = || {
        Error::invalid(
            "until",
            "this is not a day that can be taken",
            "ce jour ne peut pas être pris",
        )
    };
    let next = day.tomorrow().map_err(|_| bad())?;
    next.to_zoned(TimeZone::UTC).map(|it| it.timestamp()).map_err(|_| bad())
}

fn word(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Claim => "claim",
        DecisionKind::Waiver => "waiver",
        DecisionKind::NotApplicable => "exclusion",
    }
}
