//! What a plan proposes, compared with everything that the directory holds: a check tells only what is wrong, and a
//! correction may be somebody else's sound address. Whoever has the objects passes them by here once more.

use std::{collections::HashMap, fmt::Write};

use jalon_wire::entry::AttributesRef;

use super::{
    clash::{Key, Space, key, proposals},
    plan::{Plan, Reason},
};

/// How many other holders are named at most.
const OTHERS: usize = 16;

/// A look-out for what a plan proposes.
#[derive(Debug)]
pub struct Watch {
    /// Who is to get a value.
    wanted: HashMap<Key, String>,
    /// Who holds it already.
    met: HashMap<Key, Vec<String>>,
}

impl Watch {
    /// The attributes that are worth looking at.
    pub const ATTRIBUTES: [&'static str; 6] = [
        "mail",
        "mailNickname",
        "proxyAddresses",
        "sAMAccountName",
        "targetAddress",
        "userPrincipalName",
    ];

    /// Looks out for everything that a plan proposes.
    pub fn of(plan: &Plan) -> Self {
        let wanted = proposals(plan).map(|(dn, key, _)| (key, dn.to_owned()));
        Self {
            wanted: wanted.collect(),
            met: HashMap::new(),
        }
    }

    /// Whether there is nothing to look out for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Looks at an object.
    pub fn meet(&mut self, dn: &str, attributes: AttributesRef<'_>) {
        for name in Self::ATTRIBUTES {
            for value in attributes.values(name) {
                self.look(dn, name, &value.readable());
            }
        }
    }

    fn look(&mut self, dn: &str, attribute: &str, value: &str) {
        let Some(key) = key(attribute, value) else { return };
        let is_other = |it: &String| !it.eq_ignore_ascii_case(dn);
        if self.wanted.get(&key).is_some_and(is_other) {
            let holders = self.met.entry(key).or_default();
            if holders.len() < OTHERS && !holders.iter().any(|it| it == dn) {
                holders.push(dn.to_owned());
            }
        }
    }

    /// Filters (RFC 4515) that find who holds any of it, each for `most` values at most.
    pub fn filters(&self, most: usize) -> Vec<String> {
        let mut keys: Vec<&Key> = self.wanted.keys().collect();
        keys.sort_unstable_by(|a, b| a.value.cmp(&b.value));
        let filter = |keys: &[&Key]| {
            let mut filter = "(|".to_owned();
            keys.iter().for_each(|it| ask(it, &mut filter));
            filter + ")"
        };
        keys.chunks(most.max(1)).map(filter).collect()
    }
}

impl Plan {
    /// Takes back what another object holds already, as a look-out has found.
    pub fn give_way(&mut self, watch: &Watch) {
        let taken = proposals(self).filter_map(|(dn, key, change)| {
            let holders = watch.met.get(&key)?.clone();
            Some((dn.to_owned(), change.clone(), Reason::Taken, holders))
        });
        let taken = taken.collect();
        self.withdraw(taken);
        self.settle(&[]);
    }
}

/// Asks who holds a value.
fn ask(key: &Key, filter: &mut String) {
    let value = escaped(&key.value);
    match key.space {
        Space::Address => {
            filter.push_str(&format!(
                "(mail={value})(userPrincipalName={value})(proxyAddresses=smtp:{value})"
            ));
        }
        Space::Own(attribute) => filter.push_str(&format!("({attribute}={value})")),
    }
}

/// A value in a filter: what has a meaning there, and whatever is no letter of ASCII, by its number.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'*' | b'(' | b')' | b'\\' | 0..0x20 | 0x7f.. => {
                // A String takes whatever is written to it.
                let _ = write!(text, "\\{byte:02x}");
            }
            byte => text.push(char::from(byte)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use jalon_wire::entry::Attributes;

    use super::*;
    use crate::directory::fix::plan::{ObjectChange, ValueChange};

    fn plan() -> Plan {
        let change = |dn: &str, attribute: &str, to: &str| ObjectChange {
            dn: dn.to_owned(),
            object_class: "user".to_owned(),
            changes: vec![ValueChange {
                attribute: attribute.to_owned(),
                from: Some("x y".to_owned()),
                to: Some(to.to_owned()),
                rules: Vec::new(),
            }],
        };
        Plan {
            objects: vec![
                change("CN=a", "mail", "A*b@x"),
                change("CN=b", "sAMAccountName", "é"),
                change("CN=c", "displayName", "C"),
            ],
            undecided: Vec::new(),
        }
    }

    #[track_caller]
    fn check(dn: &str, attribute: &str, value: &str, expected: &[&str]) {
        let (mut plan, mut held) = (plan(), Attributes::default());
        held.push(attribute, value.as_bytes());
        let mut watch = Watch::of(&plan);
        watch.meet(dn, held.view());
        plan.give_way(&watch);
        let told: Vec<_> = plan
            .undecided
            .iter()
            .map(|it| (it.dn.as_str(), it.reason, it.others.join(" ")))
            .collect();
        let expected: Vec<_> = expected.iter().map(|it| (*it, Reason::Taken, dn.to_owned())).collect();
        assert_eq!(told, expected, "{attribute}: {value}");
        assert_eq!(plan.objects.len() + expected.len(), 3);
    }

    #[test]
    fn what_somebody_holds_soundly_is_not_proposed_to_another() {
        check("CN=z", "proxyAddresses", "SMTP:a*B@x", &["CN=a"]);
        check("CN=z", "userPrincipalName", "a*b@x", &["CN=a"]);
        check("CN=z", "SAMACCOUNTNAME", "É", &["CN=b"]);
        check("CN=z", "mail", "é", &[]);
        check("CN=z", "displayName", "C", &[]);
        // Its own other attributes may well say the same.
        check("cn=A", "proxyAddresses", "SMTP:a*B@x", &[]);
    }

    #[test]
    fn a_server_is_asked_for_the_holders() {
        let watch = Watch::of(&plan());
        assert_eq!(
            watch.filters(50),
            ["(|(mail=a\\2ab@x)(userPrincipalName=a\\2ab@x)(proxyAddresses=smtp:a\\2ab@x)(sAMAccountName=\\c3\\a9))"]
        );
        assert_eq!(watch.filters(1).len(), 2);
        assert!(!watch.is_empty() && Watch::of(&Plan::default()).is_empty());
    }
}
