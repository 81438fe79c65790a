//! Judging entry by entry. What has to be remembered between entries is here: who holds which value, which attributes
//! were met at all, and the blank names that wait for the proof that names were exported.

use std::{borrow::Cow, collections::BTreeMap};

use jalon_domain::{
    finding::{Defect, Severity},
    measure::CheckReport,
};
use jalon_wire::entry::EntryRef;
use serde_json::{Value, json};

use super::{
    SHEET, change,
    flaw::Flaw,
    holders::{Holders, Shared},
    object::{Kind, Object, relative_name},
    phrase::{Remedy, Wrong},
    rules::{self, Attribute},
    skip,
};
use crate::{Context, Doubt, directory::Settings, verdicts::Verdicts};

/// The judge of one directory.
pub(in crate::directory) struct Judge<'a> {
    settings: &'a Settings,
    holders: Holders,
    /// How many objects hold each attribute.
    held: BTreeMap<Attribute, u64>,
    /// Objects without a displayName, as long as no object was seen to have one.
    blank: Vec<u32>,
    broken: BTreeMap<&'static str, u64>,
    weights: BTreeMap<Severity, u64>,
    users: u64,
    contacts: u64,
    skipped: u64,
    others: u64,
}

/// An object that is being judged, and its number.
struct Held<'a> {
    object: Object<'a>,
    number: u32,
}

impl<'a> Judge<'a> {
    pub(in crate::directory) fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            holders: Holders::default(),
            held: BTreeMap::new(),
            blank: Vec::new(),
            broken: BTreeMap::new(),
            weights: BTreeMap::new(),
            users: 0,
            contacts: 0,
            skipped: 0,
            others: 0,
        }
    }

    /// Judges one entry, handing over each defect as it is found.
    pub(in crate::directory) fn entry(&mut self, entry: &EntryRef<'_>, out: &mut dyn FnMut(Defect)) {
        let Some(object) = Object::of(entry) else {
            self.others += 1;
            return;
        };
        if skip::is_skipped(&object) {
            self.skipped += 1;
            return;
        }
        match object.kind {
            Kind::User => self.users += 1,
            Kind::Contact => self.contacts += 1,
            Kind::Group => {}
        }
        let held = Held { object, number: self.holders.add(object.dn) };
        for attribute in Attribute::ALL {
            self.attribute(&held, attribute, out);
        }
    }

    fn attribute(&mut self, held: &Held<'_>, attribute: Attribute, out: &mut dyn FnMut(Defect)) {
        if attribute == Attribute::PrincipalName && self.settings.alternate_login_id {
            return;
        }
        let values: Vec<Cow<'_, str>> = held.object.values(attribute.name()).collect();
        if attribute == Attribute::DisplayName {
            self.blank_name(held, values.is_empty(), out);
        }
        if values.is_empty() {
            return;
        }
        *self.held.entry(attribute).or_default() += 1;
        let judged = if attribute == Attribute::ProxyAddresses { values.len() } else { 1 };
        for value in &values[..judged] {
            self.value(held, attribute, value, &values, out);
        }
    }

    fn value(&mut self, held: &Held<'_>, attribute: Attribute, value: &str, all: &[Cow<'_, str>], out: &mut dyn FnMut(Defect)) {
        let tlds = &self.settings.top_level_domains;
        let chain = rules::judge(attribute, value, held.object.kind, tlds);
        let shared = self.shared(held, attribute, value);
        if chain.flaws.is_empty() && shared.is_none() {
            return;
        }
        let proposal = chain.value.into_owned();
        let is_sound = rules::judge(attribute, &proposal, held.object.kind, tlds).flaws.is_empty() && !proposal.is_empty();
        let mut by_rule: BTreeMap<&'static str, Vec<Flaw>> = BTreeMap::new();
        chain.flaws.into_iter().for_each(|(rule, flaw)| by_rule.entry(rule).or_default().push(flaw));
        if let (Some(shared), Some(rule)) = (shared, attribute.uniqueness()) {
            let first = self.holders.name(shared.first).to_owned();
            if shared.is_news {
                self.first_holder(rule, attribute, &first, value, held.object.dn, out);
            }
            by_rule.entry(rule).or_default().push(Flaw::Duplicate { other: first });
        }
        let finding = Finding { held, attribute, value, proposal: is_sound.then_some(proposal.as_str()), all };
        for (rule, flaws) in by_rule {
            self.tell(rule, finding.defect(rule, &flaws), out);
        }
    }

    fn shared(&mut self, held: &Held<'_>, attribute: Attribute, value: &str) -> Option<Shared> {
        attribute.uniqueness()?;
        // An account name matters to the tenant only where there is no sign-in name.
        if attribute == Attribute::AccountName && held.object.first("userPrincipalName").is_some() {
            return None;
        }
        self.holders.note(attribute, value, held.number)
    }

    /// The first holder of a value is told when a second one comes; only the value's lower-case form is still known.
    fn first_holder(&mut self, rule: &'static str, attribute: Attribute, first: &str, value: &str, other: &str, out: &mut dyn FnMut(Defect)) {
        let value = value.trim().to_lowercase();
        let wrong = Wrong {
            rule,
            dn: first,
            attribute: attribute.name(),
            value: &value,
            flaws: &[Flaw::Duplicate { other: other.to_owned() }],
            remedy: if attribute == Attribute::ProxyAddresses { Remedy::Keep { other } } else { Remedy::Share { other } },
            fix: None,
        };
        self.tell(rule, wrong.into_defect(), out);
    }

    /// A blank name is a defect, unless the source leaves names out altogether.
    fn blank_name(&mut self, held: &Held<'_>, is_blank: bool, out: &mut dyn FnMut(Defect)) {
        let is_known = self.held.contains_key(&Attribute::DisplayName);
        match (is_blank, is_known) {
            (true, true) => {
                let name = held.object.common_name();
                self.tell("DIR-002", blank(held.object.dn, name.as_deref()), out);
            }
            (true, false) => self.blank.push(held.number),
            (false, false) => {
                for number in std::mem::take(&mut self.blank) {
                    let dn = self.holders.name(number).to_owned();
                    self.tell("DIR-002", blank(&dn, relative_name(&dn).as_deref()), out);
                }
            }
            (false, true) => {}
        }
    }

    fn tell(&mut self, rule: &'static str, defect: Defect, out: &mut dyn FnMut(Defect)) {
        *self.broken.entry(rule).or_default() += 1;
        *self.weights.entry(defect.severity).or_default() += 1;
        out(defect);
    }

    /// How many objects were judged.
    fn judged(&self) -> usize {
        self.holders.len()
    }

    /// How many defects there are of each weight.
    pub(in crate::directory) fn weights(&self) -> &BTreeMap<Severity, u64> {
        &self.weights
    }

    /// What became of the entries.
    pub(in crate::directory) fn counts(&self) -> Value {
        json!({"judged": self.judged(), "skipped": self.skipped, "others": self.others})
    }

    /// The verdicts, without the defects, which were handed over.
    pub(in crate::directory) fn finish(self, source: &str, ctx: &Context<'_>) -> CheckReport {
        // Another run of the same export says the same: what helps is another export.
        let mut verdicts = Verdicts::new(&SHEET, ctx.profile, None);
        for attribute in Attribute::ALL {
            for rule in attribute.rules() {
                self.verdict(attribute, rule, source, &mut verdicts);
            }
        }
        let held: BTreeMap<&str, u64> = self.held.iter().map(|(it, count)| (it.name(), *count)).collect();
        let groups = self.judged() as u64 - self.users - self.contacts;
        verdicts.finish(json!({
            "source": source,
            "objects": {"users": self.users, "contacts": self.contacts, "groups": groups},
            "attributes": held,
            "defects": self.broken,
        }))
    }

    fn verdict(&self, attribute: Attribute, rule: &'static str, source: &str, verdicts: &mut Verdicts) {
        let name = attribute.name();
        if attribute == Attribute::PrincipalName && self.settings.alternate_login_id {
            verdicts.not_applicable(rule, SHEET.text("alternate-login", &[]));
        } else if self.broken.contains_key(rule) {
            verdicts.failed(rule);
        } else if self.judged() == 0 {
            verdicts.doubt(rule, Doubt::Empty, source);
        } else if !self.held.contains_key(&attribute) {
            // Every directory has these: a source without them was exported without them, and proves nothing.
            if self.must_have(attribute) {
                verdicts.doubt(rule, Doubt::NotExported, name);
            } else {
                verdicts.not_applicable(rule, SHEET.text("no-object", &[("attribute", name.into())]));
            }
        }
    }

    fn must_have(&self, attribute: Attribute) -> bool {
        match attribute {
            Attribute::DisplayName => true,
            Attribute::PrincipalName => self.users > 0,
            Attribute::AccountName => self.judged() as u64 > self.contacts,
            _ => false,
        }
    }
}

fn blank(dn: &str, name: Option<&str>) -> Defect {
    let attribute = Attribute::DisplayName;
    Wrong {
        rule: "DIR-002",
        dn,
        attribute: attribute.name(),
        value: "",
        flaws: &[Flaw::Blank],
        remedy: name.map_or(Remedy::Edit, Remedy::Replace),
        fix: name.and_then(|it| change::replace(dn, attribute, None, it)),
    }
    .into_defect()
}

/// One value with something wrong, on its way to a defect for each rule.
struct Finding<'a> {
    held: &'a Held<'a>,
    attribute: Attribute,
    value: &'a str,
    proposal: Option<&'a str>,
    /// The other values of the attribute: a correction must not repeat one.
    all: &'a [Cow<'a, str>],
}

impl Finding<'_> {
    fn defect(&self, rule: &'static str, flaws: &[Flaw]) -> Defect {
        let dn = self.held.object.dn;
        let is_several = self.attribute == Attribute::ProxyAddresses;
        let other = flaws.iter().find_map(|it| match it {
            Flaw::Duplicate { other } => Some(other.as_str()),
            _ => None,
        });
        let (remedy, fix) = match (other, self.proposal) {
            (Some(other), _) if is_several => (Remedy::Drop { other }, change::exchange(dn, self.attribute, self.value, None)),
            (Some(other), _) => (Remedy::Share { other }, None),
            (None, Some(proposal)) if is_several => (Remedy::Replace(proposal), change::exchange(dn, self.attribute, self.value, self.unless_held(proposal))),
            (None, Some(proposal)) => (Remedy::Replace(proposal), change::replace(dn, self.attribute, Some(self.value), proposal)),
            (None, None) => (Remedy::Edit, None),
        };
        Wrong { rule, dn, attribute: self.attribute.name(), value: self.value, flaws, remedy, fix }.into_defect()
    }

    /// The correction, unless the object holds it already: then the bad value has only to go.
    fn unless_held<'p>(&self, proposal: &'p str) -> Option<&'p str> {
        let is_held = self.all.iter().any(|it| it.to_lowercase() == proposal.to_lowercase());
        (!is_held).then_some(proposal)
    }
}
