//! One entry about to be written: its place in the tree and its values. What a sound one holds is in `sound`.

use std::fmt;

/// An entry and its values in the order in which they are written.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    cn: String,
    unit: Unit,
    root: &'static str,
    pub(super) attributes: Vec<(&'static str, String)>,
}

/// A folder of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Right below the root.
    Top(&'static str),
    /// Below another folder, which is named last.
    Below(&'static str, &'static str),
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(name) => write!(f, "OU={name}"),
            Self::Below(name, above) => write!(f, "OU={name},OU={above}"),
        }
    }
}

impl Entry {
    /// An entry with its classes and its name, and nothing else, in a tree without root.
    pub(super) fn new(cn: String, unit: Unit, classes: &[&str]) -> Self {
        let mut entry = Self {
            unit,
            root: "",
            attributes: Vec::with_capacity(24),
            cn,
        };
        for class in classes {
            entry.push("objectClass", *class);
        }
        let cn = entry.cn.clone();
        entry.push("cn", cn);
        entry
    }

    /// The same below that root.
    pub(super) fn below(self, root: &'static str) -> Self {
        Self { root, ..self }
    }

    /// Its distinguished name.
    pub(super) fn dn(&self) -> String {
        format!("CN={},{},{}", self.cn, self.unit, self.root)
    }

    /// The root of its tree.
    pub(super) fn root(&self) -> &'static str {
        self.root
    }

    /// What it is: the last of its classes, as directories list them.
    pub(super) fn class(&self) -> &str {
        self.values("objectClass").last().unwrap_or_default()
    }

    /// Every value of the attribute.
    pub(super) fn values(&self, attribute: &str) -> impl Iterator<Item = &str> {
        let held = self.attributes.iter().filter(move |it| it.0 == attribute);
        held.map(|it| it.1.as_str())
    }

    /// The first value of the attribute, empty when there is none.
    pub(super) fn first(&self, attribute: &str) -> &str {
        self.values(attribute).next().unwrap_or_default()
    }

    /// Appends a value at the end.
    pub(super) fn push(&mut self, attribute: &'static str, value: impl Into<String>) {
        self.attributes.push((attribute, value.into()));
    }

    /// Replaces the first value of the attribute, or gives it its first one.
    pub(super) fn set(&mut self, attribute: &'static str, value: String) {
        match self.attributes.iter_mut().find(|it| it.0 == attribute) {
            Some(held) => held.1 = value,
            None => self.push(attribute, value),
        }
    }

    /// Adds one more value, behind those of the same attribute.
    pub(super) fn add(&mut self, attribute: &'static str, value: String) {
        let last = self.attributes.iter().rposition(|it| it.0 == attribute);
        let position = last.map_or(self.attributes.len(), |it| it + 1);
        self.attributes.insert(position, (attribute, value));
    }

    /// Takes every value of the attribute away.
    pub(super) fn remove(&mut self, attribute: &str) {
        self.attributes.retain(|it| it.0 != attribute);
    }
}
