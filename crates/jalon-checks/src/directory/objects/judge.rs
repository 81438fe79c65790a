//! Judging entry by entry. What has to be remembered between entries is here: who holds which value, and the blank
//! names that wait for the proof that names were exported.

use std::{borrow::Cow, collections::BTreeMap};

use jalon_domain::finding::Defect;
use jalon_wire::entry::EntryRef;

use super::{
    finding::{self, Finding},
    flaw::Flaw,
    holders::{Holders, Shared},
    object::{Object, relative_name},
    rules::{self, Attribute},
    skip,
    summary::Summary,
};
use crate::directory::Settings;

/// The judge of one directory.
pub(in crate::directory) struct Judge<'a> {
    settings: &'a Settings,
    holders: Holders,
    /// Objects without a displayName, as long as no object was seen to have one.
    blank: Vec<u32>,
    summary: Summary,
}

/// An object that is being judged, and its number among the holders.
struct Held<'a> {
    object: Object<'a>,
    number: u32,
}

/// Where defects go as they are found.
type Out<'a> = &'a mut dyn FnMut(Defect);

impl<'a> Judge<'a> {
    pub(in crate::directory) fn new(settings: &'a Settings) -> Self {
        Self {
            settings,
            holders: Holders::default(),
            blank: Vec::new(),
            summary: Summary::default(),
        }
    }

    /// Judges one entry, handing over each defect as it is found.
    pub(in crate::directory) fn entry(&mut self, entry: &EntryRef<'_>, out: Out<'_>) {
        let Some(object) = Object::of(entry) else {
            self.summary.others += 1;
            return;
        };
        if skip::is_skipped(&object) {
            self.summary.skipped += 1;
            return;
        }
        *self.summary.judged.entry(object.kind).or_default() += 1;
        let held = Held {
            object,
            number: self.holders.add(object.dn),
        };
        for attribute in Attribute::ALL {
            self.attribute(&held, attribute, out);
        }
    }

    /// What was counted.
    pub(in crate::directory) fn finish(self) -> Summary {
        self.summary
    }

    fn attribute(&mut self, held: &Held<'_>, attribute: Attribute, out: Out<'_>) {
        if attribute == Attribute::PrincipalName && self.settings.alternate_login_id {
            return;
        }
        let values: Vec<Cow<'_, str>> = held.object.values(attribute.name()).collect();
        if attribute == Attribute::DisplayName {
            self.name(held, values.is_empty(), out);
        }
        if values.is_empty() {
            return;
        }
        *self.summary.held.entry(attribute).or_default() += 1;
        let judged = if attribute == Attribute::ProxyAddresses {
            values.len()
        } else {
            1
        };
        for value in &values[..judged] {
            self.value(held, attribute, value, &values, out);
        }
    }

    fn value(&mut self, held: &Held<'_>, attribute: Attribute, value: &str, all: &[Cow<'_, str>], out: Out<'_>) {
        let (tlds, kind) = (&self.settings.top_level_domains, held.object.kind);
        let chain = rules::judge(attribute, value, kind, tlds);
        let shared = self.shared(held, attribute, value);
        if chain.flaws.is_empty() && shared.is_none() {
            return;
        }
        let proposal = chain.value.into_owned();
        let is_sound = !proposal.is_empty() && rules::judge(attribute, &proposal, kind, tlds).flaws.is_empty();
        let mut flaws: BTreeMap<&'static str, Vec<Flaw>> = BTreeMap::new();
        chain
            .flaws
            .into_iter()
            .for_each(|(rule, flaw)| flaws.entry(rule).or_default().push(flaw));
        if let Some((rule, shared)) = shared {
            let first = self.holders.name(shared.first).to_owned();
            if shared.is_news {
                self.tell(
                    rule,
                    finding::first_holder(rule, &first, attribute, value, held.object.dn),
                    out,
                );
            }
            flaws.entry(rule).or_default().push(Flaw::Duplicate { other: first });
        }
        let proposal = is_sound.then_some(proposal.as_str());
        let finding = Finding {
            dn: held.object.dn,
            attribute,
            value,
            proposal,
            all,
        };
        for (rule, flaws) in flaws {
            self.tell(rule, finding.defect(rule, &flaws), out);
        }
    }

    /// Whether another object has the value, and the rule that this breaks.
    fn shared(&mut self, held: &Held<'_>, attribute: Attribute, value: &str) -> Option<(&'static str, Shared)> {
        let rule = attribute.uniqueness()?;
        // An account name matters to the tenant only where there is no sign-in name.
        if attribute == Attribute::AccountName && held.object.first("userPrincipalName").is_some() {
            return None;
        }
        Some((rule, self.holders.note(attribute, value, held.number)?))
    }

    /// A blank name is a defect, unless the source leaves names out altogether.
    fn name(&mut self, held: &Held<'_>, is_blank: bool, out: Out<'_>) {
        let was_met = self.summary.held.contains_key(&Attribute::DisplayName);
        match (is_blank, was_met) {
            (false, true) => {}
            (true, false) => self.blank.push(held.number),
            (true, true) => {
                let name = held.object.common_name();
                self.tell("DIR-002", finding::blank(held.object.dn, name.as_deref()), out);
            }
            (false, false) => {
                for number in std::mem::take(&mut self.blank) {
                    let dn = self.holders.name(number).to_owned();
                    self.tell("DIR-002", finding::blank(&dn, relative_name(&dn).as_deref()), out);
                }
            }
        }
    }

    fn tell(&mut self, rule: &'static str, defect: Defect, out: Out<'_>) {
        *self.summary.broken.entry(rule).or_default() += 1;
        *self.summary.weights.entry(defect.severity).or_default() += 1;
        out(defect);
    }
}
