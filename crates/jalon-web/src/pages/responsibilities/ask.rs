//! What the address asks of the list, read leniently: an old bookmark with a word that is gone still shows a list.

use jalon_domain::ids::EngagementId;
use jalon_service::view::duties::DutyFilter;
use serde::Deserialize;

use crate::{links, pages::parts::address::Address};

/// The query, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    view: Option<String>,
    phase: Option<String>,
    state: Option<String>,
    workstream: Option<String>,
    owner: Option<String>,
    side: Option<String>,
    q: Option<String>,
    group: Option<String>,
    edit: Option<String>,
    done: Option<String>,
    format: Option<String>,
}

impl Asked {
    /// The filter it comes to.
    pub(super) fn filter(&self) -> DutyFilter {
        DutyFilter {
            view: word(self.view.as_deref()),
            phase: self.phase.clone(),
            state: self.state.clone(),
            workstream: word(self.workstream.as_deref()),
            owner: self.owner.clone(),
            side: word(self.side.as_deref()),
            text: self.q.clone(),
            group: word(self.group.as_deref()),
            edit: word(self.edit.as_deref()),
        }
    }

    /// The form of the row `responsibility` came back.
    pub(super) fn edit_again(&mut self, responsibility: &str) {
        self.edit = Some(responsibility.to_owned());
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
pub(super) fn address(id: EngagementId, filter: &DutyFilter) -> Address {
    Address::new(links::responsibilities(id))
        .with_some("view", filter.view)
        .with_some("phase", filter.phase.as_deref())
        .with_some("state", filter.state.as_deref())
        .with_some("workstream", filter.workstream)
        .with_some("owner", filter.owner.as_deref())
        .with_some("side", filter.side)
        .with_some("q", filter.text.as_deref())
        .with_some("group", filter.group)
        .with_some("edit", filter.edit.as_ref())
}
