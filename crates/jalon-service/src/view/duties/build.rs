//! The list computed.

use std::collections::BTreeMap;

use jalon_domain::{
    ids::EngagementId,
    programme::{Phase, Side, Workstream},
    proof::{Reason, State},
    schedule,
    text::Text,
};

use super::{Duties, DutyFilter, DutyGroup, DutyRow, Grouping, View};
use crate::{
    App, Caller, Permission, Result,
    engagement::{Duty, Picture},
    view::{
        Link, NextStep, PersonRef, StateCounts,
        build::{is_missing, to_renew},
    },
};

impl App {
    /// The list of responsibilities.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) for a stranger.
    pub async fn duties(&self, caller: &Caller, id: EngagementId, filter: DutyFilter) -> Result<Duties> {
        let rights = self.require(self.store(), caller, id, Permission::See).await?;
        let picture = Picture::load(self, self.store(), id).await?;
        let count = |view: View| {
            picture
                .duties
                .iter()
                .filter(|it| is_in(&picture, it, view, caller))
                .count()
        };
        let views = View::ALL.iter().map(|it| (*it, count(*it))).collect();
        let view = filter.view.unwrap_or(View::All);
        // The list as it stands shows what does not apply too; a saved view with a count does not.
        let shown: Vec<&Duty> = picture
            .duties
            .iter()
            .filter(|it| {
                is_in(&picture, it, view, caller) || (view == View::All && it.proof.state == State::NotApplicable)
            })
            .filter(|it| matches(&filter, it))
            .collect();
        Ok(Duties {
            header: picture.header(self.store(), caller, &rights).await?,
            views,
            shown: shown.len(),
            groups: groups(&picture, &shown, filter.group.unwrap_or(Grouping::Phase)),
            people: picture.people(),
            next: next(&picture),
            filter,
        })
    }
}

fn is_in(picture: &Picture, duty: &Duty, view: View, caller: &Caller) -> bool {
    let applies = duty.proof.state != State::NotApplicable;
    applies
        && match view {
            View::All => true,
            View::Mine => duty.row.owner == Some(caller.id()),
            View::Blocking => picture.blocks_current_gate(duty),
            View::Unassigned => duty.row.owner.is_none() && is_missing(duty.proof.state),
            View::Renew => to_renew(&duty.proof, picture.now),
            View::Provider => duty.responsibility.side != Side::Customer,
        }
}

fn matches(filter: &DutyFilter, duty: &Duty) -> bool {
    let it = duty.responsibility;
    let phase = |wanted: &str| it.phase.map_or("cross", Phase::word) == wanted;
    let state = |wanted: &str| {
        duty.proof.state.word() == wanted || duty.proof.reason.is_some_and(|reason| reason.word() == wanted)
    };
    given(&filter.phase).is_none_or(phase)
        && given(&filter.state).is_none_or(state)
        && filter.workstream.is_none_or(|wanted| it.workstream == wanted)
        && filter.side.is_none_or(|wanted| it.side == wanted)
        && filter.owner().is_none_or(|wanted| duty.row.owner == wanted)
        && given(&filter.text).is_none_or(|wanted| contains(duty, wanted))
}

fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|it| !it.is_empty())
}

fn contains(duty: &Duty, wanted: &str) -> bool {
    let it = duty.responsibility;
    let wanted = wanted.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let texts = [&it.title]
        .into_iter()
        .chain(it.requirements.iter().map(|it| &it.title));
    has(it.id.as_str())
        || it.bullets.iter().any(|it| has(it.as_str()))
        || texts.into_iter().any(|it| has(&it.en) || has(&it.fr))
}

fn groups(picture: &Picture, shown: &[&Duty], grouping: Grouping) -> Vec<DutyGroup> {
    let mut groups: BTreeMap<(usize, String), Vec<&Duty>> = BTreeMap::new();
    for duty in shown {
        groups.entry(key(picture, duty, grouping)).or_default().push(duty);
    }
    groups
        .into_iter()
        .map(|((_, key), duties)| group(picture, grouping, key, &duties))
        .collect()
}

/// Where a responsibility is grouped: the order and a stable word.
fn key(picture: &Picture, duty: &Duty, grouping: Grouping) -> (usize, String) {
    let it = duty.responsibility;
    match grouping {
        Grouping::Phase => (
            phase_order(picture, it.phase),
            it.phase.map_or("cross", Phase::word).to_owned(),
        ),
        Grouping::Workstream => {
            let order = Workstream::ALL
                .iter()
                .position(|own| *own == it.workstream)
                .unwrap_or_default();
            (order, it.workstream.word().to_owned())
        }
        Grouping::Owner => match duty.row.owner.and_then(|it| picture.person(it)) {
            Some(person) => (1, format!("{} {}", person.name, person.id)),
            None => (0, "none".to_owned()),
        },
        Grouping::State => match duty.proof.reason {
            Some(reason) => (
                Reason::ALL.iter().position(|own| *own == reason).unwrap_or_default(),
                reason.word().to_owned(),
            ),
            None => {
                let order = State::ALL
                    .iter()
                    .rev()
                    .position(|own| *own == duty.proof.state)
                    .unwrap_or_default();
                (10 + order, duty.proof.state.word().to_owned())
            }
        },
    }
}

/// The phase that the engagement is in comes first, then the next ones, then cross-phase duties, then what is done.
fn phase_order(picture: &Picture, phase: Option<Phase>) -> usize {
    let current = picture.current_gate().map_or(Phase::Close, |(rule, _)| rule.phase);
    match phase {
        Some(it) if it >= current => it as usize,
        None => 10,
        Some(it) => 20 - it as usize,
    }
}

fn group(picture: &Picture, grouping: Grouping, key: String, duties: &[&Duty]) -> DutyGroup {
    let mut rows: Vec<DutyRow> = duties.iter().map(|it| picture.row(it)).collect();
    rows.sort_by_key(|it| (order(it), it.due.is_none(), it.due));
    let counts = StateCounts::of(duties.iter().map(|it| &it.proof));
    let phase = (grouping == Grouping::Phase)
        .then(|| key.parse::<Phase>().ok())
        .flatten();
    let pair = phase.and_then(|phase| {
        let mut pairs = picture.catalogue.gates().iter().zip(&picture.gates);
        pairs.find(|(rule, _)| rule.closes_phase && rule.phase == phase)
    });
    DutyGroup {
        title: title(grouping, &key, duties, picture),
        gate: pair.map(|(_, gate)| gate.clone()),
        planned: phase.map(|it| schedule::phase_window(picture.engagement.start, it).1),
        folded: counts.applicable() == counts.proven(),
        counts,
        key,
        rows,
    }
}

/// What is missing comes first: by why it is open, then claims, then what holds, then what does not apply.
fn order(row: &DutyRow) -> (u8, Option<Reason>) {
    match row.state {
        State::Open => (0, row.reason),
        State::Claimed => (1, None),
        State::Waived => (2, None),
        State::Attested | State::Verified => (3, None),
        State::NotApplicable => (4, None),
    }
}

fn title(grouping: Grouping, key: &str, duties: &[&Duty], picture: &Picture) -> Text {
    match grouping {
        Grouping::Phase => key
            .parse::<Phase>()
            .map_or(Text::new("Cross-phase", "Transverse"), Phase::name),
        Grouping::Workstream => key.parse::<Workstream>().map(Workstream::name).unwrap_or_default(),
        Grouping::State => key
            .parse::<Reason>()
            .map(Reason::name)
            .or(key.parse::<State>().map(State::name))
            .unwrap_or_default(),
        Grouping::Owner => {
            let person: Option<PersonRef> = duties
                .first()
                .and_then(|it| it.row.owner)
                .and_then(|it| picture.person(it));
            person.map_or(Text::new("Without owner", "Sans responsable"), |it| Text::same(it.name))
        }
    }
}

fn next(picture: &Picture) -> Option<NextStep> {
    let without: Vec<&Duty> = picture
        .duties
        .iter()
        .filter(|it| it.row.owner.is_none() && is_missing(it.proof.state))
        .collect();
    let blocking = without.iter().filter(|it| picture.blocks_current_gate(it)).count();
    let n = without.len();
    (n > 0).then(|| NextStep {
        title: if n == 1 {
            Text::new(
                "Give an owner to one responsibility",
                "Donner un responsable à une responsabilité",
            )
        } else {
            Text::new(
                format!("Give an owner to {n} responsibilities"),
                format!("Donner un responsable à {n} responsabilités"),
            )
        },
        detail: match blocking {
            0 => Text::new(
                "The catalogue proposes a role for each.",
                "Le catalogue propose un rôle pour chacune.",
            ),
            1 => Text::new(
                "One of them holds the next gate. The catalogue proposes a role for each.",
                "L’une d’elles retient le prochain jalon. Le catalogue propose un rôle pour chacune.",
            ),
            _ => Text::new(
                format!("{blocking} of them hold the next gate. The catalogue proposes a role for each."),
                format!(
                    "{blocking} d’entre elles retiennent le prochain jalon. Le catalogue propose un rôle pour chacune."
                ),
            ),
        },
        label: Text::new("Show them", "Les afficher"),
        link: Link::Responsibilities { view: View::Unassigned },
    })
}
