//! The facts of forests for people, in sections, and for programs. CSV lists the domain controllers: the one list where
//! each row asks for a decision.

use jalon_checks::directory::facts::{Absent, Controller, Forest, ForestFacts, Part, Policy, Role, Schema, Trust, Why};
use jalon_domain::text::{Lang, Text, Value as Arg};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::Judging;
use crate::{
    exit::Result,
    out::{Format, Out},
};

/// The columns of CSV.
const CONTROLLERS: [&str; 12] = [
    "forest",
    "domain",
    "name",
    "site",
    "operating_system",
    "version",
    "global_catalog",
    "read_only",
    "roles",
    "supported_until",
    "last_logon",
    "not_seen",
];

/// A heading, a table below it, and the parts whose absence is told there.
struct Section {
    title: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Value>,
    parts: &'static [Part],
}

/// All forests in the format that was asked for.
pub(super) fn forests(out: &mut Out, judging: &Judging, forests: &[ForestFacts]) -> Result<()> {
    match (judging.printed.format, forests) {
        (Format::Json, [one]) => out.pretty(&json!(one)),
        (Format::Json, all) => out.pretty(&json!(all)),
        (Format::Ndjson, all) => all.iter().try_for_each(|it| out.json(&json!(it))),
        (Format::Csv, all) => {
            out.csv(&CONTROLLERS)?;
            let rows = all.iter().flat_map(flat);
            rows.into_iter().try_for_each(|it| out.row(&CONTROLLERS, &it))
        }
        (Format::Table, all) => all.iter().try_for_each(|it| tables(out, judging, it)),
    }?;
    out.send()
}

/// The controllers of a forest, and a row for each domain whose controllers were not seen.
fn flat(facts: &ForestFacts) -> Vec<Value> {
    let row = |it: &Controller| {
        let mut row = json!(it);
        row["forest"] = json!(facts.forest.root);
        row
    };
    let hidden = facts
        .absent
        .iter()
        .filter(|it| is_told(it) && is_of(it, CONTROLLER_PARTS));
    let doubt = |it: &Absent| json!({"forest": facts.forest.root, "domain": it.domain, "not_seen": it.reason});
    facts.controllers.iter().map(row).chain(hidden.map(doubt)).collect()
}

/// The parts that controllers are put together from.
const CONTROLLER_PARTS: &[Part] = &[Part::Domain, Part::Sites, Part::Controllers, Part::Roles];

fn tables(out: &mut Out, judging: &Judging, facts: &ForestFacts) -> Result<()> {
    let forest = facts.forest.root.clone().unwrap_or_default();
    out.tell("facts-headline", &[("forest", forest.into())])?;
    for section in sections(facts, out.lang) {
        show(out, judging, &section, &facts.absent)?;
    }
    out.line("")
}

fn show(out: &mut Out, judging: &Judging, section: &Section, absent: &[Absent]) -> Result<()> {
    out.line("")?;
    let told: Vec<&Absent> = absent
        .iter()
        .filter(|it| is_told(it) && is_of(it, section.parts))
        .collect();
    // "No trust" would be said of trusts that were not seen.
    if !section.rows.is_empty() || told.is_empty() {
        out.tell(section.title, &[("n", Arg::from(section.rows.len()))])?;
    }
    let most = if judging.limit == 0 { usize::MAX } else { judging.limit };
    let shown = &section.rows[..section.rows.len().min(most)];
    out.table(section.columns, shown)?;
    if shown.len() < section.rows.len() {
        out.tell("facts-more", &[("n", (section.rows.len() - shown.len()).into())])?;
    }
    told.iter().try_for_each(|it| hidden(out, it))
}

/// "domain controllers (nord.contoso.example): not seen, …"
fn hidden(out: &mut Out, absent: &Absent) -> Result<()> {
    let lang = out.lang;
    let mut part = absent.part.name().get(lang).to_owned();
    if let Some(domain) = &absent.domain {
        part = format!("{part} ({domain})");
    }
    let reason = absent.reason.get(lang);
    out.tell("facts-hidden", &[("part", part.into()), ("reason", reason.into())])
}

/// What does not exist is shown as nothing; only the schemas of Exchange and Skype are told to be absent.
fn is_told(absent: &Absent) -> bool {
    absent.why != Why::NotThere || is_of(absent, &[Part::ExchangeSchema, Part::SkypeSchema])
}

fn is_of(absent: &Absent, parts: &[Part]) -> bool {
    parts.contains(&absent.part)
}

fn sections(facts: &ForestFacts, lang: Lang) -> Vec<Section> {
    let section = |title, columns, rows, parts| Section {
        title,
        columns,
        rows,
        parts,
    };
    vec![
        section("facts-forest", &["what", "detail"], forest(facts), FOREST_PARTS),
        section(
            "facts-domains",
            &["domain", "short-name", "level", "above"],
            domains(&facts.forest),
            &[Part::Domain],
        ),
        section(
            "facts-controllers",
            &["name", "site", "system", "does", "until", "signed-in"],
            facts.controllers.iter().map(|it| controller(it, lang)).collect(),
            &[Part::Sites, Part::Controllers, Part::Roles],
        ),
        section(
            "facts-trusts",
            &["domain", "partner", "direction", "kind", "reaches"],
            facts.trusts.iter().map(trust).collect(),
            &[Part::Trusts],
        ),
        section(
            "facts-policies",
            &["name", "domain", "version", "changed", "links", "applies"],
            facts.policies.iter().map(policy).collect(),
            &[Part::Policies, Part::PolicyLinks, Part::SiteLinks],
        ),
        section(
            "facts-authorities",
            &["name", "kind", "server", "subject", "until"],
            authorities(facts),
            &[Part::Authorities],
        ),
        section(
            "facts-autodiscover",
            &["name", "kind", "leads-to", "for-whom"],
            autodiscover(facts),
            &[Part::Autodiscover],
        ),
        section(
            "facts-sync",
            &["name", "kind", "server", "tenant", "since"],
            sync(facts),
            &[Part::SyncAccounts, Part::DeviceRegistration],
        ),
        section(
            "facts-prerequisites",
            &["id", "outcome", "why"],
            prerequisites(facts),
            &[],
        ),
    ]
}

/// What the rows of the first section are made from.
const FOREST_PARTS: &[Part] = &[
    Part::Partitions,
    Part::Schema,
    Part::ExchangeSchema,
    Part::ExchangeOrganization,
    Part::SkypeSchema,
    Part::SkypePools,
];

fn forest(facts: &ForestFacts) -> Vec<Value> {
    let Forest {
        functional_level,
        functional_name,
        ..
    } = &facts.forest;
    let servers = facts.read_from.iter().filter_map(|it| it.name.as_deref());
    let mut rows = vec![
        (
            Text::new("functional level", "niveau fonctionnel"),
            numbered(functional_level, functional_name),
        ),
        (
            Text::new("declared suffixes", "suffixes déclarés"),
            listed(&facts.upn_suffixes),
        ),
    ];
    rows.extend(schema(&facts.schema));
    let servers: Vec<String> = servers.map(str::to_owned).collect();
    rows.push((Text::new("read from", "lu sur"), listed(&servers)));
    let row = |(what, detail): (Text, Option<String>)| detail.map(|it| json!({"what": what, "detail": it}));
    rows.into_iter().filter_map(row).collect()
}

fn schema(schema: &Schema) -> Vec<(Text, Option<String>)> {
    let organization = schema.exchange_organization.as_ref().map(|it| {
        let version = numbered(&it.version, &it.version_name);
        [Some(it.name.clone()), version]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    });
    vec![
        (Text::new("schema", "schéma"), numbered(&schema.version, &schema.name)),
        (
            Text::new("Exchange schema", "schéma Exchange"),
            numbered(&schema.exchange_version, &schema.exchange_name),
        ),
        (
            Text::new("Exchange organisation", "organisation Exchange"),
            organization,
        ),
        (
            Text::new("Skype schema", "schéma Skype"),
            numbered(&schema.skype_version, &schema.skype_name),
        ),
        (Text::new("Skype pools", "pools Skype"), listed(&schema.skype_pools)),
    ]
}

/// "Windows Server 2016 (7)"; the number alone where the table does not know it.
fn numbered(number: &Option<u32>, name: &Option<String>) -> Option<String> {
    let number = (*number)?;
    Some(match name {
        Some(name) => format!("{name} ({number})"),
        None => number.to_string(),
    })
}

fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

fn domains(forest: &Forest) -> Vec<Value> {
    let row = |it: &jalon_checks::directory::facts::Domain| {
        json!({
            "domain": it.dns,
            "short-name": it.netbios,
            "level": numbered(&it.functional_level, &it.functional_name),
            "above": it.parent,
        })
    };
    forest.domains.iter().map(row).collect()
}

fn controller(it: &Controller, lang: Lang) -> Value {
    let mut does: Vec<Text> = it.roles.iter().map(|it: &Role| it.name()).collect();
    if it.global_catalog {
        does.insert(0, Text::new("catalogue", "catalogue"));
    }
    if it.read_only {
        does.insert(0, Text::new("read-only", "lecture seule"));
    }
    let does: Vec<&str> = does.iter().map(|it| it.get(lang)).collect();
    let system: Vec<&str> = [&it.operating_system, &it.version]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    json!({
        "name": it.name,
        "site": it.site,
        "system": system.join(" "),
        "does": does.join(", "),
        "until": it.supported_until,
        "signed-in": day(it.last_logon),
    })
}

fn trust(it: &Trust) -> Value {
    let reaches = match (it.transitive, it.sid_filtering) {
        (true, true) => Text::new("further, filtered", "au-delà, filtrée"),
        (true, false) => Text::new("further", "au-delà"),
        (false, true) => Text::new("the partner, filtered", "le partenaire, filtrée"),
        (false, false) => Text::new("the partner", "le partenaire"),
    };
    json!({
        "domain": it.domain,
        "partner": it.partner,
        "direction": it.direction.name(),
        "kind": it.kind.name(),
        "reaches": reaches,
    })
}

fn policy(it: &Policy) -> Value {
    json!({
        "name": it.name,
        "domain": it.domain,
        "version": it.version,
        "changed": day(it.changed),
        "links": it.links,
        "applies": if it.enabled { Text::new("yes", "oui") } else { Text::new("switched off", "désactivée") },
    })
}

fn authorities(facts: &ForestFacts) -> Vec<Value> {
    let row = |it: &jalon_checks::directory::facts::Authority| {
        json!({
            "name": it.name,
            "kind": it.kind.name(),
            "server": it.dns,
            "subject": it.subject,
            "until": day(it.not_after),
        })
    };
    facts.authorities.iter().map(row).collect()
}

fn autodiscover(facts: &ForestFacts) -> Vec<Value> {
    let row = |it: &jalon_checks::directory::facts::ConnectionPoint| {
        json!({
            "name": it.name,
            "kind": it.kind.name(),
            "leads-to": it.url,
            "for-whom": it.keywords.join(", "),
        })
    };
    facts.autodiscover.iter().map(row).collect()
}

fn sync(facts: &ForestFacts) -> Vec<Value> {
    let tenant = facts.sync.tenant.iter().map(|it| {
        json!({
            "name": it.id,
            "kind": Text::new("devices are sent to this tenant", "les appareils sont envoyés vers ce locataire"),
            "tenant": it.name,
        })
    });
    let account = |it: &jalon_checks::directory::facts::SyncAccount| {
        json!({
            "name": it.name,
            "kind": it.kind.name(),
            "server": it.server,
            "tenant": it.tenant,
            "since": day(it.created),
        })
    };
    tenant.chain(facts.sync.accounts.iter().map(account)).collect()
}

fn prerequisites(facts: &ForestFacts) -> Vec<Value> {
    let said = facts.prerequisites.iter();
    said.map(|it| json!({"id": it.id, "outcome": it.outcome, "why": it.reason}))
        .collect()
}

/// The day is enough for people.
fn day(instant: Option<Timestamp>) -> Option<String> {
    instant.map(|it| it.strftime("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests;
