//! How far fixes are: derived from the findings that they are to close, never written down.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::FindingState,
    ids::{EngagementId, RunId},
};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    db::Db,
    error::StoreError,
    stored::{Stored, Unreadable, word},
};

/// How far a fix is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Findings that are open, still or again.
    pub open: u64,
    /// Findings that a run has proved closed.
    pub closed: u64,
    /// Findings whose target is no longer measured.
    pub withdrawn: u64,
    /// The runs that proved findings closed, the newest first.
    pub proved_by: Vec<Proof>,
}

/// A run that proved findings of a fix closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The run.
    pub run: RunId,
    /// How many findings it closed.
    pub closed: u64,
    /// When.
    pub at: Timestamp,
}

/// `last_run` of a finding that is fixed is the run that found it gone; of the others it says nothing here.
const PROGRESS: &str = "
    SELECT finding.state AS state,
        CASE WHEN finding.state = 'fixed' THEN finding.last_run END AS run,
        count(*) AS count,
        max(finding.fixed_at) AS at
    FROM fix_finding
    JOIN finding ON finding.id = fix_finding.finding_id
    WHERE fix_finding.organisation_id = (SELECT organisation_id FROM engagement WHERE id = $1)
        AND fix_finding.engagement_id = $1 AND fix_finding.fix_id = $2
    GROUP BY 1, 2";

#[derive(FromQueryResult)]
struct Told {
    state: String,
    run: Option<Uuid>,
    count: i64,
    at: Option<i64>,
}

/// How far each of some fixes of one engagement is.
///
/// # Errors
/// When the database does not answer.
pub async fn progress(
    db: &impl Db,
    engagement: EngagementId,
    fixes: &[Uuid],
) -> Result<BTreeMap<Uuid, Progress>, StoreError> {
    let mut all = BTreeMap::new();
    for fix in fixes {
        all.insert(*fix, one(db, engagement, *fix).await?);
    }
    Ok(all)
}

async fn one(db: &impl Db, engagement: EngagementId, fix: Uuid) -> Result<Progress, StoreError> {
    let connection = db.connection();
    let values = [engagement.0.into(), fix.into()];
    let query = Statement::from_sql_and_values(connection.get_database_backend(), PROGRESS, values);
    let told = Told::find_by_statement(query).all(connection).await?;
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    let mut progress = Progress::default();
    for it in told {
        let count = it.count.unsigned_abs();
        match (word(&it.state).map_err(at("state"))?, it.run, it.at) {
            (FindingState::Open, ..) => progress.open += count,
            (FindingState::Withdrawn, ..) => progress.withdrawn += count,
            (FindingState::Fixed, run, when) => {
                progress.closed += count;
                if let (Some(run), Some(when)) = (run, when) {
                    progress.proved_by.push(Proof {
                        run: RunId(run),
                        closed: count,
                        at: Stored::load(when).map_err(at("fixed_at"))?,
                    });
                }
            }
        }
    }
    progress
        .proved_by
        .sort_by_key(|it| (std::cmp::Reverse(it.at), std::cmp::Reverse(it.run)));
    Ok(progress)
}
