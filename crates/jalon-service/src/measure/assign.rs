//! Owner and due date of findings: for a whole rule at once, since one fix mends them together.

use jalon_domain::{
    finding::FindingState,
    ids::{EngagementId, PersonId, RuleId},
};
use jalon_store::{
    Tx,
    findings::{self, FindingFilter, Which},
};
use jiff::civil::Date;
use serde_json::json;

use crate::{Caller, Error, Permission, Result, app::App, engagement::Picture};

impl App {
    /// Names the owner and the due date of every open finding of `rule`; returns how many.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an owner who is not of the engagement, [`Error::NotFound`] when there is no such finding.
    pub async fn assign_findings(
        &self,
        caller: &Caller,
        engagement: EngagementId,
        rule: &RuleId,
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
            let filter = FindingFilter {
                state: Some(FindingState::Open),
                rules: vec![rule.clone()],
                ..FindingFilter::default()
            };
            let which = Which::Filter(Box::new(filter));
            let count = findings::set_owner_and_due(tx, engagement, &which, Some(owner), Some(due)).await?;
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
