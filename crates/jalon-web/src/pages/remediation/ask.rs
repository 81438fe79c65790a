//! What the address asks of the list, read leniently: a word that is gone is as if it had not been asked.

use jalon_domain::ids::{EngagementId, FindingId};
use jalon_service::view::remediation::{FindingsFilter, FindingsView};
use serde::Deserialize;
use uuid::Uuid;

use crate::{links, pages::parts::address::Address};

/// The query, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    view: Option<String>,
    family: Option<String>,
    severity: Option<String>,
    owner: Option<String>,
    q: Option<String>,
    target: Option<String>,
    attribute: Option<String>,
    error: Option<String>,
    open: Option<String>,
    edit: Option<String>,
    after: Option<String>,
    plan: Option<String>,
    form: Option<String>,
    waive: Option<String>,
    done: Option<String>,
    fix: Option<String>,
    format: Option<String>,
}

impl Asked {
    /// The filter it comes to. Without a view, the list begins with what holds a gate; but a link that names a family, a
    /// rule or anything else means all of that, whatever its weight.
    pub(super) fn filter(&self) -> FindingsFilter {
        let narrowed = [&self.family, &self.severity, &self.owner, &self.q, &self.open];
        let further = [&self.target, &self.attribute, &self.error];
        let names_something = narrowed.into_iter().chain(further).any(Option::is_some);
        let first = if names_something {
            FindingsView::All
        } else {
            FindingsView::Holding
        };
        FindingsFilter {
            view: Some(word(self.view.as_deref()).unwrap_or(first)),
            family: word(self.family.as_deref()),
            severity: word(self.severity.as_deref()),
            owner: self.owner.clone(),
            text: self.q.clone(),
            target: word(self.target.as_deref()),
            attribute: self.attribute.clone(),
            error: word(self.error.as_deref()),
            open: self.open.clone(),
            edit: self.edit.clone(),
            after: self.after.clone(),
            plan: word(self.plan.as_deref()),
            form: word(self.form.as_deref()),
        }
    }

    /// The fix that the act that led here was about.
    pub(super) fn fix(&self) -> Option<Uuid> {
        word(self.fix.as_deref())
    }

    /// The finding that somebody wants to waive.
    pub(super) fn waive(&self) -> Option<FindingId> {
        word(self.waive.as_deref())
    }

    /// The form of the group `rule` came back.
    pub(super) fn edit_again(&mut self, rule: &str) {
        self.open = Some(rule.to_owned());
        self.edit = Some(rule.to_owned());
    }

    /// The form of `finding` came back.
    pub(super) fn waive_again(&mut self, finding: FindingId) {
        self.waive = Some(finding.to_string());
    }

    /// The act that led here.
    pub(super) fn done(&self) -> Option<&str> {
        self.done.as_deref()
    }

    /// Whether a file is wanted.
    pub(super) fn is_csv(&self) -> bool {
        self.format.as_deref() == Some("csv")
    }
}

fn word<T: std::str::FromStr>(raw: Option<&str>) -> Option<T> {
    raw.and_then(|it| it.parse().ok())
}

/// Where the list stands with `filter`.
pub(super) fn address(id: EngagementId, filter: &FindingsFilter) -> Address {
    Address::new(links::remediation(id))
        .with_some("view", filter.view)
        .with_some("family", filter.family)
        .with_some("severity", filter.severity)
        .with_some("owner", filter.owner.as_deref())
        .with_some("q", filter.text.as_deref())
        .with_some("target", filter.target)
        .with_some("attribute", filter.attribute.as_deref())
        .with_some("error", filter.error)
        .with_some("open", filter.open.as_deref())
        .with_some("after", filter.after.as_deref())
        .with_some("edit", filter.edit.as_deref())
        .with_some("plan", filter.plan)
        .with_some("form", filter.form)
}

#[cfg(test)]
mod tests {
    use jalon_domain::measure::Family;

    use super::*;

    #[test]
    fn a_link_to_a_family_shows_all_of_it_and_the_bare_list_what_holds_a_gate() {
        assert_eq!(Asked::default().filter().view, Some(FindingsView::Holding));
        let asked = Asked {
            family: Some("dns".to_owned()),
            ..Asked::default()
        };
        assert_eq!(
            (asked.filter().view, asked.filter().family),
            (Some(FindingsView::All), Some(Family::Dns))
        );
        let asked = Asked {
            view: Some("late".to_owned()),
            family: Some("fax".to_owned()),
            ..Asked::default()
        };
        assert_eq!(
            (asked.filter().view, asked.filter().family),
            (Some(FindingsView::Late), None)
        );
    }
}
