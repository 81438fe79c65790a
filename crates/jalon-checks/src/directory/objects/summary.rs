//! The end of a directory: the verdict of each rule, and what could not be told because the source does not hold it.

use std::collections::BTreeMap;

use jalon_domain::{finding::Severity, measure::CheckReport};
use serde_json::{Value, json};

use super::{SHEET, object::Kind, rules::Attribute};
use crate::{Context, Doubt, directory::Settings, verdicts::Verdicts};

/// What was counted.
#[derive(Default)]
pub(in crate::directory) struct Summary {
    /// How many objects of each kind were judged.
    pub(super) judged: BTreeMap<Kind, u64>,
    /// How many objects hold each attribute.
    pub(super) held: BTreeMap<Attribute, u64>,
    /// How many defects each rule has.
    pub(super) broken: BTreeMap<&'static str, u64>,
    /// How many defects there are of each weight.
    pub(super) weights: BTreeMap<Severity, u64>,
    /// Objects that synchronisation leaves out.
    pub(super) skipped: u64,
    /// Entries that are neither persons nor groups.
    pub(super) others: u64,
}

impl Summary {
    /// How many defects there are of each weight.
    pub(in crate::directory) fn weights(&self) -> &BTreeMap<Severity, u64> {
        &self.weights
    }

    /// What became of the entries.
    pub(in crate::directory) fn counts(&self) -> Value {
        json!({"judged": self.total(), "skipped": self.skipped, "others": self.others})
    }

    /// The verdicts, without the defects, which were handed over as they were found.
    pub(in crate::directory) fn report(&self, source: &str, settings: &Settings, ctx: &Context<'_>) -> CheckReport {
        // Another run over the same export says the same: what helps is another export.
        let mut verdicts = Verdicts::new(&SHEET, ctx.profile, None);
        for attribute in Attribute::ALL {
            for rule in attribute.rules() {
                self.verdict(attribute, rule, source, settings, &mut verdicts);
            }
        }
        let held: BTreeMap<&str, u64> = self.held.iter().map(|(it, count)| (it.name(), *count)).collect();
        verdicts.finish(json!({
            "source": source,
            "objects": {
                "users": self.of(Kind::User),
                "contacts": self.of(Kind::Contact),
                "groups": self.of(Kind::Group),
            },
            "attributes": held,
            "defects": self.broken,
        }))
    }

    fn verdict(&self, attribute: Attribute, rule: &str, source: &str, settings: &Settings, verdicts: &mut Verdicts) {
        let name = attribute.name();
        if attribute == Attribute::PrincipalName && settings.alternate_login_id {
            verdicts.not_applicable(rule, SHEET.text("alternate-login", &[]));
        } else if self.broken.contains_key(rule) {
            verdicts.failed(rule);
        } else if self.total() == 0 {
            verdicts.doubt(rule, Doubt::Empty, source);
        } else if self.held.contains_key(&attribute) {
            // Some object has it, and no value of it breaks the rule: it passes.
        } else if self.must_have(attribute) {
            verdicts.doubt(rule, Doubt::NotExported, name);
        } else {
            verdicts.not_applicable(rule, SHEET.text("no-object", &[("attribute", name.into())]));
        }
    }

    /// Every directory has these: a source without them was exported without them, and proves nothing.
    fn must_have(&self, attribute: Attribute) -> bool {
        match attribute {
            Attribute::DisplayName => true,
            Attribute::PrincipalName => self.of(Kind::User) > 0,
            Attribute::AccountName => self.of(Kind::User) + self.of(Kind::Group) > 0,
            _ => false,
        }
    }

    fn of(&self, kind: Kind) -> u64 {
        self.judged.get(&kind).copied().unwrap_or_default()
    }

    fn total(&self) -> u64 {
        self.judged.values().sum()
    }
}
