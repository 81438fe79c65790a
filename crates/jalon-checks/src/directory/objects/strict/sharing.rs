//! What an object shares with others: the same value in the same attribute, the same address in another one, a value
//! that only looks the same.

use jalon_domain::finding::{Holder, ObjectFlaw};

use super::super::{
    flaw::Flaw,
    found::{Found, Remedy},
    keys::{Keys, MARKS, compared, mark},
    names::Name,
    object::Object,
    rules,
};
use crate::directory::{
    claims::{Claim, Member},
    scan::Asked,
};

/// Tells what the object shares.
pub(super) fn tell(object: &Object<'_>, keys: &Keys, asked: &Asked<'_>, out: &mut dyn FnMut(Found)) {
    for claim in keys.claims(asked.object) {
        let holders = asked.shared.holders(claim.key);
        if !holders.is_empty() {
            let value = keys.named(claim.key).map(String::from_utf8_lossy).unwrap_or_default();
            let sharing = Sharing {
                object,
                claim,
                holders,
                asked,
                value: &value,
            };
            sharing.tell(keys, out);
        }
    }
}

/// One value that the object shares.
struct Sharing<'a> {
    object: &'a Object<'a>,
    claim: Claim,
    holders: &'a [Member],
    asked: &'a Asked<'a>,
    /// As it is compared.
    value: &'a str,
}

impl Sharing<'_> {
    fn tell(&self, keys: &Keys, out: &mut dyn FnMut(Found)) {
        if self.claim.marks & mark::ALIKE != 0 {
            self.alike(|it| !self.is_told_plainly(keys, it), out);
            return;
        }
        for (mark, name) in MARKS {
            if self.claim.marks & mark != 0 {
                self.same(mark, name, out);
            }
        }
        self.crossed(out);
        self.alike(|it| it.marks & mark::ALIKE != 0, out);
    }

    /// Other objects for which `is` holds.
    fn others(&self, is: impl Fn(&Member) -> bool) -> impl Iterator<Item = &Member> {
        let own = self.asked.object;
        self.holders.iter().filter(move |it| it.object != own && is(it))
    }

    /// The same value in the same attribute.
    fn same(&self, own: u8, name: Name, out: &mut dyn FnMut(Found)) {
        let others: Vec<&Member> = self
            .others(|it| it.marks & own != 0 && it.marks & mark::ALIKE == 0)
            .collect();
        let (Some(first), Some(rule)) = (others.first(), rules::uniqueness(name)) else {
            return;
        };
        let holder = self.rank(first);
        let flaw = |other| Flaw::Duplicate { other };
        for value in self.written(name) {
            let remedy = remedy(name, &value, holder);
            out(self.found(rule, name, value, flaw, remedy, &others));
        }
    }

    /// An address that the object holds in one attribute and another object in another. Those that also hold it in the
    /// same one have been told so.
    fn crossed(&self, out: &mut dyn FnMut(Found)) {
        let others: Vec<&Member> = self
            .others(|it| it.marks & mark::ALIKE == 0 && it.marks & self.claim.marks == 0)
            .collect();
        let own = MARKS.into_iter().find(|it| self.claim.marks & it.0 != 0);
        let (Some(first), Some((_, name))) = (others.first(), own) else {
            return;
        };
        let remedy = if self.rank(first) == Holder::First {
            Remedy::Keep
        } else {
            Remedy::Share
        };
        let flaw = |other| Flaw::Crossed { other };
        if let Some(value) = self.written(name).into_iter().next() {
            out(self.found("DIR-030", name, value, flaw, remedy, &others));
        }
    }

    /// A value that looks like that of others.
    fn alike(&self, is: impl Fn(&Member) -> bool, out: &mut dyn FnMut(Found)) {
        let others: Vec<&Member> = self.others(is).collect();
        let own = MARKS.into_iter().find(|it| self.claim.marks & it.0 != 0);
        let (Some(first), Some((_, name))) = (others.first(), own) else {
            return;
        };
        let remedy = if self.rank(first) == Holder::First {
            Remedy::Keep
        } else {
            Remedy::Share
        };
        let flaw = |other| Flaw::Alike { other };
        if let Some(value) = self.looking(name) {
            out(self.found("DIR-040", name, value, flaw, remedy, &others));
        }
    }

    /// Another object whose value is the same as written was told of that already.
    fn is_told_plainly(&self, keys: &Keys, other: &Member) -> bool {
        other.marks & mark::ALIKE != 0
            && keys
                .claims(self.asked.object)
                .filter(|it| it.marks & mark::ALIKE == 0)
                .any(|it| {
                    self.asked
                        .shared
                        .holders(it.key)
                        .iter()
                        .any(|it| it.object == other.object)
                })
    }

    fn rank(&self, first_other: &Member) -> Holder {
        if self.asked.object < first_other.object {
            Holder::First
        } else {
            Holder::Later
        }
    }

    /// The object's values of the attribute that are compared as this one is, as they are written.
    fn written(&self, name: Name) -> Vec<String> {
        self.values(name)
            .filter(|it| compared(name, it) == self.value)
            .collect()
    }

    /// The object's value of the attribute that looks like this one.
    fn looking(&self, name: Name) -> Option<String> {
        self.values(name)
            .find(|it| super::super::alike::folded(&compared(name, it)) == self.value)
    }

    fn values(&self, name: Name) -> impl Iterator<Item = String> {
        let several = self.object.values(name).map(|it| it.readable().into_owned());
        let single = (name != Name::ProxyAddresses).then(|| self.object.text(name)).flatten();
        several.chain(single.map(std::borrow::Cow::into_owned))
    }

    fn found(
        &self,
        rule: &'static str,
        name: Name,
        value: String,
        flaw: impl Fn(String) -> Flaw,
        remedy: Remedy,
        others: &[&Member],
    ) -> Found {
        let mut named: Vec<String> = others
            .iter()
            .filter_map(|it| self.asked.name(it.object))
            .map(str::to_owned)
            .collect();
        named.dedup();
        named.truncate(ObjectFlaw::OTHERS);
        Found {
            rule,
            dn: self.object.dn.to_owned(),
            class: self.object.class(),
            attribute: name.spelling(),
            value,
            flaws: vec![flaw(named.first().cloned().unwrap_or_default())],
            remedy,
            holder: others.first().map(|it| self.rank(it)),
            others: named,
        }
    }
}

/// The first holder keeps the value. Among several addresses a later one can do without one that is not its primary; a
/// name cannot.
fn remedy(name: Name, value: &str, holder: Holder) -> Remedy {
    match (holder, name) {
        (Holder::First, _) => Remedy::Keep,
        (Holder::Later, Name::ProxyAddresses) if !value.starts_with("SMTP:") => Remedy::Drop,
        (Holder::Later, _) => Remedy::Share,
    }
}
