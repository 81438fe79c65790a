//! Owner and due date of findings: for a whole rule at once, since one fix mends them together; for those of it that a
//! filter leaves; or for some that were picked.

use jalon_domain::{
    finding::FindingState,
    ids::{EngagementId, FindingId, PersonId, RuleId},
};
use jalon_store::{
    Tx,
    findings::{self, FindingFilter},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Caller, Error, Permission, Result,
    app::App,
    engagement::Picture,
    view::remediation::{FindingsFilter, wanted},
};

/// Findings that can be picked one by one.
const PICKED: usize = 1_000;

/// Which of a rule's open findings are given an owner; all of them unless something is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Selection {
    /// Those that this filter of the list leaves.
    pub filter: Option<FindingsFilter>,
    /// These alone, at most a thousand.
    pub findings: Vec<FindingId>,
}

impl App {
    /// Names the owner and the due date of the open findings of `rule` that were selected; returns how many.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an owner who is not of the engagement, or for more than a thousand findings that were
    /// picked; [`Error::NotFound`] when there is no such finding.
    pub async fn assign_findings(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        rule: &RuleId,
        selection: &Selection,
        owner: Option<PersonId>,
        due: Option<Date>,
    ) -> Result<u64> {
        let rights = self.rights(self.store(), caller, engagement).await?;
        let takes = owner == Some(caller.id());
        rights.require(if takes {
            Permission::Contribute
        } else {
            Permission::Assign
        })?;
        if selection.findings.len() > PICKED {
            return Err(Error::invalid(
                "findings",
                "pick at most 1,000 findings, or use a filter",
                "choisissez 1 000 constats au plus, ou utilisez un filtre",
            ));
        }
        self.change(engagement, async |tx: &Tx| {
            let picture = Picture::load(self, tx, engagement).await?;
            let person = owner.map(|it| picture.person(it));
            if matches!(person, Some(None)) {
                return Err(Error::invalid(
                    "owner",
                    "this person is not of the engagement",
                    "cette personne ne fait pas partie de la mission",
                ));
            }
            let asked = selection.filter.as_ref();
            let filter = FindingFilter {
                state: Some(FindingState::Open),
                rules: vec![rule.clone()],
                ids: selection.findings.clone(),
                ..asked.map(|it| wanted(&picture, it, caller)).unwrap_or_default()
            };
            let count = findings::set_owner_and_due(tx, engagement, &filter, Some(owner), Some(due)).await?;
            if count == 0 {
                return Err(Error::NotFound);
            }
            let detail = json!({ "owner": person.flatten().map(|it| it.name), "due": due, "findings": count });
            self.audit(tx, caller, engagement, "findings.assigned", rule.as_str(), detail)
                .await?;
            Ok(count)
        })
        .await
    }
}
