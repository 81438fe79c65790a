//! Where an engagement stands, as one document and as tables. The demonstration prints the same document.

use std::collections::BTreeMap;

use jalon_domain::{
    gate::{Blocker, GateState},
    ids::EngagementId,
    proof::{Reason, State},
};
use jalon_service::{App, Caller, Permission, engagement::Picture, view::StateCounts};
use serde_json::{Value, json};

use crate::{
    exit::Result,
    out::{Cell, Out, Tone},
};

/// Everything of the engagement, for whoever may see it.
async fn picture(app: &App, caller: &Caller, id: EngagementId) -> Result<Picture> {
    app.require(app.store(), caller, id, Permission::See).await?;
    Ok(Picture::load(app, app.store(), id).await?)
}

/// `engagement`, `states` with a count per state, `findings` with a count per rule, `gates` with what blocks each.
pub(crate) async fn document(app: &App, caller: &Caller, id: EngagementId) -> Result<Value> {
    let picture = picture(app, caller, id).await?;
    let counts = counts(&picture);
    let mut findings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut severities: BTreeMap<&str, usize> = BTreeMap::new();
    for it in &picture.findings {
        *findings.entry(it.rule.as_str()).or_default() += 1;
        *severities.entry(it.severity.word()).or_default() += 1;
    }
    Ok(json!({
        "engagement": about(&picture, &counts),
        "states": counts,
        "findings": findings,
        "severities": severities,
        "gates": picture.gates,
    }))
}

fn counts(picture: &Picture) -> StateCounts {
    StateCounts::of(picture.duties.iter().map(|it| &it.proof))
}

fn about(picture: &Picture, counts: &StateCounts) -> Value {
    let engagement = &picture.engagement;
    json!({
        "id": engagement.id,
        "organisation": picture.organisation.name,
        "name": engagement.name,
        "start": engagement.start,
        "target": engagement.target,
        "catalogue": engagement.catalogue,
        "profile": engagement.profile,
        "applicable": counts.applicable(),
        "proven": counts.proven(),
    })
}

/// What the engagement takes on, measures, and who works on it.
pub(super) async fn profile(app: &App, caller: &Caller, id: EngagementId) -> Result<Value> {
    let picture = picture(app, caller, id).await?;
    let people = picture.members.iter().map(|it| {
        json!({ "name": it.person.name, "email": it.person.email, "access": it.member.access, "role": it.member.role })
    });
    let mut shown = about(&picture, &counts(&picture));
    shown["targets"] = json!(picture.targets_by_family());
    shown["people"] = people.collect();
    Ok(shown)
}

/// Its facts, one a line.
pub(super) fn print_profile(out: &mut Out, shown: &Value) -> Result<()> {
    let facts = flat(shown);
    let width = facts.iter().map(|it| it.0.chars().count()).max().unwrap_or(0);
    facts
        .iter()
        .try_for_each(|(key, value)| out.line(&format!("{key:width$}  {}", crate::text::harmless(value))))
}

/// States, then findings by rule, then gates with what blocks them.
pub(super) fn print(out: &mut Out, shown: &Value) -> Result<()> {
    let name = |key: &str| shown["engagement"][key].as_str().unwrap_or_default().to_owned();
    let count = |key: &str| shown["engagement"][key].as_u64().unwrap_or_default();
    let args = [
        ("organisation", name("organisation").into()),
        ("name", name("name").into()),
        ("proven", count("proven").into()),
        ("applicable", count("applicable").into()),
    ];
    out.tell("status-headline", &args)?;
    out.line("")?;
    states(out, &shown["states"])?;
    findings(out, &shown["findings"])?;
    out.line("")?;
    gates(out, &shown["gates"])
}

fn states(out: &mut Out, counts: &Value) -> Result<()> {
    let counts: StateCounts = serde_json::from_value(counts.clone()).unwrap_or_default();
    let lang = out.lang;
    let plain = [State::Verified, State::Attested, State::Waived, State::Claimed].map(|it| (it, None));
    let open = Reason::ALL.iter().map(|it| (State::Open, Some(*it)));
    let row = |(state, reason): (State, Option<Reason>)| {
        let name = reason.map_or_else(|| state.name(), |it| it.name());
        let tone = if state.passes() { Tone::Good } else { Tone::Doubtful };
        vec![
            Cell::from(name.get(lang)).toned(Some(tone)),
            counts.get(state, reason).into(),
        ]
    };
    let rows: Vec<_> = plain.into_iter().chain(open).map(row).collect();
    out.table(&["state", "count"], &rows)
}

fn findings(out: &mut Out, counts: &Value) -> Result<()> {
    let lang = out.lang;
    let row = |(rule, count): (&String, &Value)| {
        let asks = rule
            .parse()
            .ok()
            .and_then(|it| jalon_checks::rule(&it))
            .map(|it| it.title.get(lang));
        vec![rule.into(), count.into(), asks.unwrap_or_default().into()]
    };
    let rows: Vec<Vec<Cell>> = counts.as_object().into_iter().flatten().map(row).collect();
    if !rows.is_empty() {
        out.line("")?;
    }
    out.table(&["rule", "count", "asks"], &rows)
}

fn gates(out: &mut Out, gates: &Value) -> Result<()> {
    let gates: Vec<jalon_domain::gate::Gate> = serde_json::from_value(gates.clone()).unwrap_or_default();
    let lang = out.lang;
    let row = |it: &jalon_domain::gate::Gate| {
        let tone = match it.state {
            GateState::Open => Some(Tone::Good),
            GateState::Blocked => Some(Tone::Bad),
            GateState::Later | GateState::NotApplicable => None,
        };
        let state = Cell::named(it.state, it.state.name().get(lang)).toned(tone);
        vec![
            (&it.id).into(),
            it.title.get(lang).into(),
            state,
            it.summary.get(lang).into(),
        ]
    };
    let rows: Vec<Vec<Cell>> = gates.iter().map(row).collect();
    out.table(&["gate", "title", "state", "summary"], &rows)?;
    match gates.iter().find(|it| it.state == GateState::Blocked) {
        Some(gate) => blockers(out, gate),
        None => Ok(()),
    }
}

/// What keeps the first shut gate shut.
fn blockers(out: &mut Out, gate: &jalon_domain::gate::Gate) -> Result<()> {
    out.line("")?;
    out.tell(
        "status-blocked",
        &[("gate", gate.title.get(out.lang).to_owned().into())],
    )?;
    for it in &gate.blockers {
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
            Blocker::Findings { family, ids } => {
                let family = family.name().get(out.lang).to_owned();
                out.say("status-findings", &[("family", family.into()), ("n", ids.len().into())])
            }
        };
        out.line(&format!("  {}", crate::text::harmless(&line)))?;
    }
    Ok(())
}

/// An object as pairs of a path and a value.
pub(super) fn flat(object: &Value) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    walk(object, "", &mut pairs);
    pairs
}

fn walk(value: &Value, path: &str, pairs: &mut Vec<(String, String)>) {
    let below = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields.iter().for_each(|(key, it)| walk(it, &below(key), pairs)),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            pairs.push((path.to_owned(), words.join(" ")));
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, it)| walk(it, &below(&n.to_string()), pairs)),
        Value::String(it) => pairs.push((path.to_owned(), it.clone())),
        other => pairs.push((path.to_owned(), other.to_string())),
    }
}
