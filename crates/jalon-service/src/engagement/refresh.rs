//! After every change: derive the proofs anew, record each change of state for ever, tell what drifted, keep the summary.

use jalon_domain::{
    ids::{DecisionId, EngagementId, EventId, EvidenceId, PersonId, RunId},
    proof::{Proof, State},
    text::Text,
};
use jalon_store::{
    Tx,
    audit::NewEvent,
    duties, engagements,
    history::{self, Change},
    summaries,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Duty, Picture};
use crate::{Error, Result, app::App, notice, view::StateCounts};

/// The kind of the job that refreshes an engagement when time alone may have changed a state.
pub const REFRESH_JOB: &str = "engagement.refresh";

/// What made the states change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Cause {
    /// A measurement.
    Run {
        /// Which.
        run: RunId,
        /// Of what.
        target: String,
    },
    /// Somebody's evidence.
    Evidence {
        /// Which.
        evidence: EvidenceId,
    },
    /// Somebody's decision.
    Decision {
        /// Which.
        decision: DecisionId,
    },
    /// The engagement was changed: its profile, its targets.
    Edit,
    /// Nothing but time: something expired, a waiver ended.
    Time,
}

impl Cause {
    /// The cause as a phrase of the history.
    pub(crate) fn describe(&self) -> Text {
        match self {
            Self::Run { target, .. } => Text::new(format!("measurement of {target}"), format!("mesure de {target}")),
            Self::Evidence { .. } => Text::new("evidence handed in or approved", "preuve remise ou approuvée"),
            Self::Decision { .. } => Text::new("a decision", "une décision"),
            Self::Edit => Text::new("the engagement was edited", "la mission a été modifiée"),
            Self::Time => Text::new("with time", "avec le temps"),
        }
    }
}

/// Derives everything of `engagement` anew inside `tx` and records what changed. Returns the picture after the change.
pub(crate) async fn refresh(
    app: &App,
    tx: &Tx,
    engagement: EngagementId,
    actor: Option<PersonId>,
    cause: &Cause,
) -> Result<Picture> {
    let mut picture = Picture::load(app, tx, engagement).await?;
    for duty in &picture.duties {
        if changed(duty) {
            record(app, tx, &picture, duty, actor, cause).await?;
        }
    }
    let news = notice::tell(app, tx, &picture).await?;
    picture.next_change = [picture.next_change, news].into_iter().flatten().min();
    summaries::put(tx, &summary(&picture)).await?;
    Ok(picture)
}

fn changed(duty: &Duty) -> bool {
    (duty.row.state, duty.row.reason, duty.row.regressed_since)
        != (duty.proof.state, duty.proof.reason, duty.proof.regressed_since)
}

async fn record(
    app: &App,
    tx: &Tx,
    picture: &Picture,
    duty: &Duty,
    actor: Option<PersonId>,
    cause: &Cause,
) -> Result<()> {
    let (engagement, responsibility) = (picture.engagement.id, &duty.responsibility.id);
    let Proof {
        state,
        reason,
        regressed_since,
        ..
    } = duty.proof.clone();
    duties::set_state(
        tx,
        engagement,
        responsibility,
        state,
        reason,
        regressed_since,
        picture.now,
    )
    .await?;
    if (duty.row.state, duty.row.reason) == (state, reason) {
        return Ok(());
    }
    let change = Change {
        id: app.ids().next(),
        organisation: picture.organisation.id,
        engagement,
        responsibility: responsibility.clone(),
        at: picture.now,
        from_state: duty.row.state,
        from_reason: duty.row.reason,
        to_state: state,
        to_reason: reason,
        cause: json!(cause),
    };
    history::insert(tx, &change).await?;
    let word = |state: State, reason: Option<_>| json!({ "state": state, "reason": reason });
    let event = NewEvent {
        id: EventId::new(app.ids()),
        engagement: Some(engagement),
        at: picture.now,
        actor,
        actor_name: actor
            .and_then(|it| picture.person(it))
            .map(|it| it.name)
            .unwrap_or_default(),
        action: "state.changed".to_owned(),
        subject: responsibility.to_string(),
        detail: json!({
            "from": word(duty.row.state, duty.row.reason),
            "to": word(state, reason),
            "cause": cause,
        }),
    };
    jalon_store::audit::append(tx, event).await?;
    Ok(())
}

fn summary(picture: &Picture) -> summaries::Summary {
    let counts = StateCounts::of(picture.duties.iter().map(|it| &it.proof));
    let mut findings = std::collections::BTreeMap::new();
    for finding in &picture.findings {
        *findings.entry(finding.severity.word()).or_insert(0usize) += finding.count;
    }
    let gates: Vec<_> = picture
        .gates
        .iter()
        .map(|it| json!({ "id": it.id, "state": it.state }))
        .collect();
    summaries::Summary {
        organisation: picture.organisation.id,
        engagement: picture.engagement.id,
        states: json!(counts),
        findings: json!(findings),
        gates: json!(gates),
        refresh_at: picture.next_change,
        updated_at: picture.now,
    }
}

/// Whether a change of state is a regression: what passed a gate no longer does.
pub(crate) fn is_regression(from: State, to: State) -> bool {
    from.is_proven() && !to.passes()
}

impl App {
    /// One change of an engagement, in one transaction. The engagement is held until its end: two changes that derive
    /// states from what they read cannot do so from each other's past.
    pub(crate) async fn change<T>(
        &self,
        engagement: EngagementId,
        work: impl AsyncFnOnce(&Tx) -> Result<T>,
    ) -> Result<T> {
        self.store()
            .write(async |tx: &Tx| {
                engagements::lock(tx, engagement).await?.ok_or(Error::NotFound)?;
                work(tx).await
            })
            .await
    }

    /// Refreshes the engagements whose states time alone may have changed; returns how many.
    ///
    /// # Errors
    /// When the store cannot.
    pub async fn refresh_due(&self) -> Result<usize> {
        let due = summaries::due_for_refresh(self.store(), self.now(), 50).await?;
        for engagement in &due {
            let refreshed = async |tx: &Tx| refresh(self, tx, *engagement, None, &Cause::Time).await.map(drop);
            self.change(*engagement, refreshed).await?;
        }
        Ok(due.len())
    }
}
