//! What numbers in a directory stand for, read from `tables.toml`, which carries its date.

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::Date;
use serde::Deserialize;

/// The tables.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::directory) struct Tables {
    /// When they were last compared with their sources.
    pub(in crate::directory) dated: Date,
    /// The least that synchronisation and hybrid deployments need.
    pub(in crate::directory) needs: Needs,
    functional_levels: Names,
    schemas: Names,
    exchange_schemas: Names,
    exchange_organizations: Names,
    skype_schemas: Names,
    systems: Vec<System>,
}

/// A number, as text, and what it stands for.
type Names = BTreeMap<String, String>;

/// The least that synchronisation and hybrid deployments need.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::directory) struct Needs {
    /// Functional level of the forest.
    pub(in crate::directory) functional_level: u32,
    /// objectVersion of the schema.
    pub(in crate::directory) schema: u32,
    /// rangeUpper of Exchange's schema.
    pub(in crate::directory) exchange_hybrid_schema: u32,
}

/// A server's operating system and how long it is supported.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct System {
    name: String,
    /// operatingSystemVersion, as Windows writes it.
    versions: Vec<String>,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "told beside the other date for whoever reads the table")
    )]
    mainstream: Date,
    /// The last day of support.
    pub(super) extended: Date,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("tables.toml")).expect("a test reads the tables"));

/// The tables.
pub(in crate::directory) fn tables() -> &'static Tables {
    &TABLES
}

impl Tables {
    /// The product that a functional level is named after.
    pub(in crate::directory) fn level(&self, level: u32) -> Option<String> {
        self.functional_levels.get(&level.to_string()).cloned()
    }

    /// The product that brought a version of the schema.
    pub(in crate::directory) fn schema(&self, version: u32) -> Option<String> {
        self.schemas.get(&version.to_string()).cloned()
    }

    /// The release of Exchange that brought a version of its schema.
    pub(in crate::directory) fn exchange(&self, version: u32) -> Option<String> {
        self.exchange_schemas.get(&version.to_string()).cloned()
    }

    /// The release of Exchange that prepared an organisation.
    pub(super) fn organization(&self, version: u32) -> Option<String> {
        self.exchange_organizations.get(&version.to_string()).cloned()
    }

    /// The release that brought a version of Skype's schema.
    pub(super) fn skype(&self, version: u32) -> Option<String> {
        self.skype_schemas.get(&version.to_string()).cloned()
    }

    /// The system of a server: by its build, which names one release, or else by its name.
    pub(super) fn system(&self, name: &str, version: &str) -> Option<&System> {
        let by_build = |it: &&System| it.versions.iter().any(|known| known == version);
        self.systems.iter().find(by_build).or_else(|| {
            // "Windows Server 2012" is also how "Windows Server 2012 R2" begins: the longer name says more.
            let named = self
                .systems
                .iter()
                .filter(|it| version.is_empty() && name.contains(&it.name));
            named.max_by_key(|it| it.name.len())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, version: &str, expected: Option<&str>) {
        let found = tables().system(name, version).map(|it| it.extended.to_string());
        assert_eq!(found.as_deref(), expected, "{name} {version}");
    }

    #[test]
    fn a_server_is_known_by_its_build_or_by_its_name() {
        check("Windows Server 2016 Datacenter", "10.0 (14393)", Some("2027-01-12"));
        check("Windows Server® 2008 Standard", "6.0 (6003)", Some("2020-01-14"));
        check("Windows Server 2012 R2 Standard", "", Some("2023-10-10"));
        check("Windows Server 2025 Standard", "", Some("2034-11-14"));
        check("Samba", "4.17.12-Debian", None);
        check("Windows Server 2028 Standard", "10.0 (29999)", None);
        check("", "", None);
    }

    #[test]
    fn numbers_are_named_and_every_date_follows_the_one_before() {
        let tables = tables();
        assert_eq!(tables.level(10).as_deref(), Some("Windows Server 2025"));
        assert_eq!(tables.schema(69).as_deref(), Some("Windows Server 2012 R2"));
        assert_eq!(tables.exchange(15312).as_deref(), Some("Exchange 2013 CU7–CU23"));
        assert_eq!(tables.level(8), None);
        assert!(tables.systems.iter().all(|it| it.mainstream < it.extended));
        assert!(tables.systems.is_sorted_by_key(|it| it.extended));
    }
}
