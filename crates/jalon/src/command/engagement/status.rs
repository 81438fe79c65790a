//! Where an engagement stands, as one document and as tables. The demonstration prints the same document.

use std::collections::BTreeMap;

use jalon_domain::{
    gate::{Blocker, Gate, GateState},
    ids::EngagementId,
    proof::{Reason, State},
};
use jalon_service::{App, Caller, Permission, engagement::Picture, view::StateCounts};
use serde_json::{Value, json};

use crate::{
    exit::{Exit, Result},
    out::{Format, Out},
    text::harmless,
};

/// Everything of the engagement, for whoever may see it.
async fn picture(app: &App, caller: &Caller, id: EngagementId) -> Result<Picture> {
    app.require(app.store(), caller, id, Permission::See).await?;
    Ok(Picture::load(app, app.store(), id).await?)
}

fn counts(picture: &Picture) -> StateCounts {
    StateCounts::of(picture.duties.iter().map(|it| &it.proof))
}

/// `engagement`, `states` with a count per state, `findings` with a count per rule, `gates` with what blocks each.
pub(crate) async fn document(app: &App, caller: &Caller, id: EngagementId) -> Result<Value> {
    let picture = picture(app, caller, id).await?;
    let (mut findings, mut severities): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for it in &picture.findings {
        *findings.entry(it.rule.as_str()).or_default() += it.count;
        *severities.entry(it.severity.word()).or_default() += it.count;
    }
    Ok(json!({
        "engagement": about(&picture), "states": counts(&picture), "findings": findings, "severities": severities,
        "gates": picture.gates,
    }))
}

fn about(picture: &Picture) -> Value {
    let (it, counts) = (&picture.engagement, counts(picture));
    json!({
        "id": it.id, "organisation": picture.organisation.name, "name": it.name, "start": it.start, "target": it.target,
        "catalogue": it.catalogue, "profile": it.profile, "applicable": counts.applicable(), "proven": counts.proven(),
    })
}

/// What the engagement takes on, measures, and who works on it.
pub(super) async fn profile(app: &App, caller: &Caller, id: EngagementId) -> Result<Value> {
    let picture = picture(app, caller, id).await?;
    let people = picture.members.iter().map(|it| {
        json!({ "name": it.person.name, "email": it.person.email, "access": it.member.access, "role": it.member.role })
    });
    let mut shown = about(&picture);
    shown["targets"] = json!(picture.targets_by_family());
    shown["people"] = people.collect();
    Ok(shown)
}

/// Prints that document; for people: states, then findings by rule, then gates with what blocks the first shut one.
pub(crate) fn print(out: &mut Out, format: Format, document: &Value) -> Result {
    if format != Format::Table {
        return out.object(format, document);
    }
    let about = &document["engagement"];
    let args =
        ["organisation", "name", "proven", "applicable"].map(|it| (it, crate::cell::word(&about[it], out.lang).into()));
    out.tell("status-headline", &args)?;
    out.line("")?;
    out.table(&["proof", "count"], &states(out, &document["states"]))?;
    out.line("")?;
    out.table(&["rule", "count", "asks"], &findings(&document["findings"]))?;
    out.line("")?;
    let gates: Vec<Gate> = serde_json::from_value(document["gates"].clone()).unwrap_or_default();
    let rows: Vec<Value> = gates.iter().map(|it| json!(it)).collect();
    out.table(&["id", "title", "state", "summary"], &rows)?;
    if let Some(gate) = gates.iter().find(|it| it.state == GateState::Blocked) {
        out.line("")?;
        out.tell(
            "status-blocked",
            &[("gate", gate.title.get(out.lang).to_owned().into())],
        )?;
        gate.blockers.iter().try_for_each(|it| blocker(out, it))?;
    }
    Ok(Exit::Fine)
}

fn states(out: &Out, counts: &Value) -> Vec<Value> {
    let counts: StateCounts = serde_json::from_value(counts.clone()).unwrap_or_default();
    let plain = [State::Verified, State::Attested, State::Waived, State::Claimed].map(|it| (it, None, it.name()));
    let open = Reason::ALL.iter().map(|it| (State::Open, Some(*it), it.name()));
    let row = |(state, reason, name): (_, _, jalon_domain::text::Text)| json!({ "proof": name.get(out.lang), "count": counts.get(state, reason) });
    plain.into_iter().chain(open).map(row).collect()
}

fn findings(counts: &Value) -> Vec<Value> {
    let asks = |rule: &str| {
        rule.parse()
            .ok()
            .and_then(|it| jalon_checks::rule(&it))
            .map(|it| &it.title)
    };
    let row = |(rule, count): (&String, &Value)| json!({ "rule": rule, "count": count, "asks": asks(rule) });
    counts.as_object().into_iter().flatten().map(row).collect()
}

fn blocker(out: &mut Out, it: &Blocker) -> Result<()> {
    let line = match it {
        Blocker::Responsibility {
            id,
            title,
            state,
            reason,
        } => {
            let why = reason.map_or_else(|| state.name(), |it| it.name());
            format!("{} ({id}): {}", title.get(out.lang), why.get(out.lang))
        }
        Blocker::Findings { family, count, .. } => {
            let family = family.name().get(out.lang).to_owned();
            out.say("status-findings", &[("family", family.into()), ("n", (*count).into())])
        }
    };
    out.line(&format!("  {}", harmless(&line)))
}
