//! The profile that is used when none is asked for: the rules of IdFix without its errors, and those that its users and
//! Microsoft's pages ask for beside them. Here is what an object says by itself; what it shares with others is in
//! `sharing`.

mod sharing;
mod whole;

use jalon_wire::entry::{EntryRef, Value};
use jiff::Timestamp;

use super::{
    found::{Found, Remedy},
    keys::Keys,
    names::Name,
    object::{Index, Object},
    rules::{self, Domains, JUDGED},
    skip,
    sound::Known,
};
use crate::directory::{
    Settings,
    batch::{Batch, Question},
    scan::{Asked, Judge},
};

/// The strict profile.
pub(in crate::directory) struct Strict<'a> {
    settings: &'a Settings,
    /// The instant that dates are judged against, in seconds since 1970.
    now: i64,
}

impl<'a> Strict<'a> {
    /// The profile, at an instant.
    pub(in crate::directory) fn new(settings: &'a Settings, now: Timestamp) -> Self {
        let now = now.as_second();
        Self { settings, now }
    }
}

/// What a thread needs while it judges.
#[derive(Default)]
pub(in crate::directory) struct Desk {
    index: Index,
    keys: Keys,
    known: Known,
}

impl Judge for Strict<'_> {
    type Desk = Desk;

    fn examine(&self, entry: &EntryRef<'_>, at: Option<u64>, desk: &mut Desk, batch: &mut Batch) {
        let Desk { index, keys, known } = desk;
        let Some(object) = Object::of(entry, index) else {
            batch.counts.others += 1;
            return;
        };
        if skip::is_system(&object) {
            batch.counts.skipped += 1;
            return;
        }
        if skip::is_group_without_mail(&object) {
            // Nobody writes to it, but it is synchronised as a group of people all the same.
            whole::members(&object, batch);
            batch.counts.skipped += 1;
            return;
        }
        let number = batch.seat(entry, at);
        batch.counts.judged[object.kind as usize] += 1;
        self.values(&object, number, known, batch);
        whole::judge(&object, self, number, batch);
        keys.fill(&object, self.settings.alternate_login_id);
        batch.claims.extend(keys.claims(number));
    }

    fn claimed(&self, entry: &EntryRef<'_>, key: u64, desk: &mut Desk) -> Option<Vec<u8>> {
        let object = Object::of(entry, &mut desk.index)?;
        desk.keys.fill(&object, self.settings.alternate_login_id);
        desk.keys.named(key).map(<[u8]>::to_vec)
    }

    fn tell(&self, entry: &EntryRef<'_>, asked: &Asked<'_>, desk: &mut Desk, out: &mut dyn FnMut(Found)) {
        let Desk { index, keys, .. } = desk;
        let Some(object) = Object::of(entry, index) else { return };
        for (_, question) in asked.questions {
            match question {
                Question::Shared => {
                    keys.fill(&object, self.settings.alternate_login_id);
                    sharing::tell(&object, keys, asked, out);
                }
                Question::Blank(name) => out(whole::blank(&object, *name, self)),
                Question::NoAddress => out(whole::no_address(&object, self)),
                Question::Suspect => {}
            }
        }
    }
}

impl Strict<'_> {
    /// What addresses are judged by.
    fn domains(&self) -> Domains<'_> {
        Domains {
            tlds: &self.settings.top_level_domains,
            verified: self.settings.verified_domains.as_ref(),
        }
    }

    /// Whether a value would break no rule.
    fn is_sound(&self, object: &Object<'_>, name: Name, value: &str) -> bool {
        !value.trim().is_empty() && rules::judge(name, value, object.kind, self.domains()).flaws.is_empty()
    }

    /// To put a value there, if it is there and sound.
    fn propose(&self, object: &Object<'_>, name: Name, value: Option<String>) -> Remedy {
        value
            .filter(|it| self.is_sound(object, name, it))
            .map_or(Remedy::Edit, Remedy::Replace)
    }

    fn values(&self, object: &Object<'_>, number: u32, known: &mut Known, batch: &mut Batch) {
        for name in JUDGED {
            if !object.has(name) {
                whole::miss(object, name, number, batch);
                continue;
            }
            batch.counts.held[name as usize] += 1;
            if name == Name::PrincipalName && self.settings.alternate_login_id {
                continue;
            }
            if name == Name::ProxyAddresses {
                object
                    .values(name)
                    .for_each(|it| self.value(object, name, it, known, batch));
            } else if let Some(value) = object.first(name) {
                self.value(object, name, value, known, batch);
            }
        }
    }

    /// One value. Nearly all are plainly sound and cost one pass over their bytes.
    fn value(&self, object: &Object<'_>, name: Name, value: Value<'_>, known: &mut Known, batch: &mut Batch) {
        if !known.is_sound(name, value.bytes, object.kind, self.domains()) {
            self.flaws(object, name, &value.readable(), batch);
        }
    }

    fn flaws(&self, object: &Object<'_>, name: Name, value: &str, batch: &mut Batch) {
        let chain = rules::judge(name, value, object.kind, self.domains());
        if chain.flaws.is_empty() {
            return;
        }
        let remedy = self.remedy(object, name, &chain.value);
        let mut flaws = chain.flaws;
        flaws.sort_by_key(|it| it.0);
        for some in flaws.chunk_by(|a, b| a.0 == b.0) {
            batch.found.push(Found {
                rule: some[0].0,
                dn: object.dn.to_owned(),
                class: object.class(),
                attribute: name.spelling(),
                value: value.to_owned(),
                flaws: some.iter().map(|it| it.1.clone()).collect(),
                remedy: remedy.clone(),
                holder: None,
                others: Vec::new(),
            });
        }
    }

    /// A corrected value is proposed only when it breaks no rule itself.
    fn remedy(&self, object: &Object<'_>, name: Name, corrected: &str) -> Remedy {
        if !self.is_sound(object, name, corrected) {
            return Remedy::Edit;
        }
        let is_held = name == Name::ProxyAddresses
            && object
                .values(name)
                .any(|it| it.readable().to_lowercase() == corrected.to_lowercase());
        if is_held {
            Remedy::Gone(corrected.to_string())
        } else {
            Remedy::Replace(corrected.to_string())
        }
    }
}
