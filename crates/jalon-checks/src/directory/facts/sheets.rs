//! The facts of a forest as tables for people: a terminal and a page show the same. A value is a text, a number, a
//! sentence in both languages as JSON, or null where nothing is known.

use std::sync::LazyLock;

use jalon_domain::text::{Messages, Text, Value as Arg};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Absent, Authority, ConnectionPoint, Controller, Domain, Forest, ForestFacts, Part, Policy, Role, Schema,
    SyncAccount, Trust, Why,
};

static M: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// One table of the facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// A word that stays: `forest`, `controllers`, ...
    pub id: &'static str,
    /// The columns, as words; [`heading`] names them.
    pub columns: &'static [&'static str],
    /// The rows: objects that have the columns for keys.
    pub rows: Vec<Value>,
    /// What was not seen of it, and why; of what does not exist only the schemas of Exchange and Skype are told.
    pub hidden: Vec<Absent>,
}

impl Sheet {
    /// Such as "4 domain controllers".
    pub fn title(&self) -> Text {
        M.text(&format!("sheet-{}", self.id), &[("n", Arg::from(self.rows.len()))])
    }

    /// Whether it says anything: "no trust" would be said of trusts that were not seen.
    pub fn is_known(&self) -> bool {
        !self.rows.is_empty() || self.hidden.is_empty()
    }
}

/// What a column is called.
pub fn heading(column: &str) -> Text {
    M.text(&format!("column-{column}"), &[])
}

/// All tables, in the order in which they are read.
pub fn sheets(facts: &ForestFacts) -> Vec<Sheet> {
    let told = |parts: &[Part]| {
        let own = facts.absent.iter().filter(|it| parts.contains(&it.part) && is_told(it));
        own.cloned().collect()
    };
    let sheet = |id, columns, rows, parts: &[Part]| Sheet {
        id,
        columns,
        rows,
        hidden: told(parts),
    };
    vec![
        sheet("forest", &["what", "detail"], forest(facts), FOREST_PARTS),
        sheet(
            "domains",
            &["domain", "short-name", "level", "above"],
            domains(&facts.forest),
            &[Part::Domain],
        ),
        sheet(
            "controllers",
            &["name", "site", "system", "does", "until", "signed-in"],
            facts.controllers.iter().map(controller).collect(),
            &[Part::Sites, Part::Controllers, Part::Roles],
        ),
        sheet(
            "trusts",
            &["domain", "partner", "direction", "kind", "reaches"],
            facts.trusts.iter().map(trust).collect(),
            &[Part::Trusts],
        ),
        sheet(
            "policies",
            &["name", "domain", "version", "changed", "links", "applies"],
            facts.policies.iter().map(policy).collect(),
            &[Part::Policies, Part::PolicyLinks, Part::SiteLinks],
        ),
        sheet(
            "authorities",
            &["name", "kind", "server", "subject", "until"],
            authorities(facts),
            &[Part::Authorities],
        ),
        sheet(
            "autodiscover",
            &["name", "kind", "leads-to", "for-whom"],
            autodiscover(facts),
            &[Part::Autodiscover],
        ),
        sheet(
            "sync",
            &["name", "kind", "server", "tenant", "since"],
            sync(facts),
            &[Part::SyncAccounts, Part::DeviceRegistration],
        ),
        sheet(
            "prerequisites",
            &["id", "asks", "outcome", "why"],
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
    let row = |it: &Domain| {
        json!({
            "domain": it.dns,
            "short-name": it.netbios,
            "level": numbered(&it.functional_level, &it.functional_name),
            "above": it.parent,
        })
    };
    forest.domains.iter().map(row).collect()
}

fn controller(it: &Controller) -> Value {
    let mut does: Vec<Text> = it.roles.iter().map(|it: &Role| it.name()).collect();
    if it.global_catalog {
        does.insert(0, Text::new("catalogue", "catalogue"));
    }
    if it.read_only {
        does.insert(0, Text::new("read-only", "lecture seule"));
    }
    let list = |of: fn(&Text) -> &str| does.iter().map(of).collect::<Vec<_>>().join(", ");
    let does = Text::new(list(|it| &it.en), list(|it| &it.fr));
    let system: Vec<&str> = [&it.operating_system, &it.version]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    json!({
        "name": it.name,
        "site": it.site,
        "system": system.join(" "),
        "does": does,
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
    let row = |it: &Authority| {
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
    let row = |it: &ConnectionPoint| {
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
    let account = |it: &SyncAccount| {
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
    said.map(|it| json!({"id": it.id, "asks": asks(&it.id), "outcome": it.outcome, "why": it.reason}))
        .collect()
}

/// What a prerequisite of the programme asks.
fn asks(id: &str) -> Text {
    M.text(&format!("asks-{id}"), &[])
}

/// The day is enough for people.
fn day(instant: Option<Timestamp>) -> Option<String> {
    instant.map(|it| it.strftime("%Y-%m-%d").to_string())
}

/// "domain controllers (nord.contoso.example): not seen, …"
pub fn hidden(absent: &Absent) -> Text {
    let (part, domain) = (absent.part.name(), absent.domain.as_deref());
    let line = |part: &str, reason: &str| match domain {
        Some(domain) => format!("{part} ({domain}): {reason}"),
        None => format!("{part}: {reason}"),
    };
    Text::new(
        line(&part.en, &absent.reason.en),
        line(&part.fr, &absent.reason.fr).replacen(": ", "\u{a0}: ", 1),
    )
}

/// What does not exist is shown as nothing; only the schemas of Exchange and Skype are told to be absent.
pub fn is_told(absent: &Absent) -> bool {
    absent.why != Why::NotThere || matches!(absent.part, Part::ExchangeSchema | Part::SkypeSchema)
}

#[cfg(test)]
mod tests;
