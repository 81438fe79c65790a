//! The environment: what the forests of the live directories tell of themselves, as the last runs read it.

use jalon_checks::directory::facts::{self as checks, ForestFacts};
use jalon_domain::ids::{EngagementId, RunId, TargetId};
use jalon_store::directory::{facts, sources};
use jiff::Timestamp;
use serde::Serialize;

use super::common::Header;
use crate::{App, Caller, Permission, Result, engagement::Picture};

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Environment {
    /// The engagement.
    pub header: Header,
    /// The forests, in the order in which their directories were connected.
    pub forests: Vec<ForestView>,
    /// How many directories are connected: those that are no Active Directory, and those not read yet, tell of no forest.
    pub directories: usize,
}

/// What one directory tells of its forest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ForestView {
    /// The directory that told it.
    pub directory: TargetId,
    /// What the directory is called.
    pub name: String,
    /// The run that read it.
    pub run: RunId,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub collected_at: Timestamp,
    /// What was read: the same as `jalon check directory --facts --format json` prints.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub facts: ForestFacts,
}

impl App {
    /// What is known of the forests.
    ///
    /// # Errors
    /// [`crate::Error::NotFound`] for a stranger.
    pub async fn environment(&self, caller: &Caller, id: EngagementId) -> Result<Environment> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let rows = facts::of_engagement(self.store(), id).await?;
        let measured = |it: TargetId| picture.targets.iter().find(|target| target.id == it);
        let mut forests = Vec::new();
        for row in rows {
            let Some(target) = measured(row.target) else { continue };
            // What another version of the program kept is read anew by the next run.
            let facts = match serde_json::from_value(row.facts) {
                Ok(facts) => facts,
                Err(error) => {
                    tracing::warn!(target = %target.id, "the facts of {} are of another version: {error}", target.id);
                    continue;
                }
            };
            forests.push(ForestView {
                directory: target.id,
                name: target.value.clone(),
                run: row.run,
                collected_at: row.collected_at,
                facts,
            });
        }
        judge_together(&mut forests);
        Ok(Environment {
            header: picture.header(self.store(), caller, &rights).await?,
            forests,
            directories: sources::of_engagement(self.store(), id).await?.len(),
        })
    }
}

/// Whether there is one forest, and whether several share anything, is for all of them together to say, each forest once,
/// however many of its directories are connected.
fn judge_together(views: &mut [ForestView]) {
    let mut newest: Vec<&ForestView> = views.iter().collect();
    newest.sort_by_key(|it| std::cmp::Reverse(it.collected_at));
    let mut forests: Vec<ForestFacts> = Vec::new();
    for it in newest {
        if forests.iter().all(|known| known.forest.root != it.facts.forest.root) {
            forests.push(it.facts.clone());
        }
    }
    checks::judge(&mut forests, &[]);
    for view in views {
        let judged = forests.iter().find(|it| it.forest.root == view.facts.forest.root);
        if let Some(judged) = judged {
            view.facts.prerequisites.clone_from(&judged.prerequisites);
        }
    }
}
