//! A directory in memory, for tests: it changes one object at a time, all or nothing, and compares values as a directory
//! does. It can break off before or after a change, which is how a run is killed here.

use std::collections::BTreeMap;

use jalon_wire::{
    entry::Attributes,
    ldif::{Change, Edit},
};

use super::{Directory, DirectoryError};
use crate::directory::fix::plan::is_one_of_several;

/// The objects: by distinguished name, what each holds by attribute.
pub(in crate::directory::fix) type Objects = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// When the connection breaks: at the change with that number, made or not.
#[derive(Clone, Copy, Debug)]
pub(in crate::directory::fix) enum Breaks {
    Never,
    Before(usize),
    After(usize),
}

pub(in crate::directory::fix) struct Memory {
    pub(in crate::directory::fix) objects: Objects,
    pub(in crate::directory::fix) breaks: Breaks,
    /// Whether it stays away once it broke.
    pub(in crate::directory::fix) is_gone: bool,
    pub(in crate::directory::fix) stays_away: bool,
    /// How many changes were asked for.
    pub(in crate::directory::fix) changes: usize,
    pub(in crate::directory::fix) reads: usize,
}

impl Memory {
    pub(in crate::directory::fix) fn new(objects: Objects) -> Self {
        Self {
            objects,
            breaks: Breaks::Never,
            is_gone: false,
            stays_away: true,
            changes: 0,
            reads: 0,
        }
    }

    /// Applies the edits to a copy; the object is only changed when all of them can be made.
    fn change(&mut self, dn: &str, changes: &[Change<'_>]) -> Result<(), DirectoryError> {
        let refused = |why: &str| Err(DirectoryError::Refused(why.to_owned()));
        let Some(object) = self.objects.get(dn) else {
            return refused("no such object");
        };
        let mut object = object.clone();
        for it in changes {
            let values = object.entry(it.attribute.to_owned()).or_default();
            for value in it.values.iter().map(|it| String::from_utf8_lossy(it).into_owned()) {
                let at = values.iter().position(|it| it.to_lowercase() == value.to_lowercase());
                match (it.edit, at) {
                    (Edit::Delete, Some(at)) => drop(values.remove(at)),
                    (Edit::Delete, None) => return refused("no such value"),
                    (Edit::Add, Some(_)) => return refused("the value exists"),
                    (Edit::Add, None) => values.push(value),
                    (Edit::Replace, _) => return refused("nothing is replaced here"),
                }
            }
        }
        let is_too_much = |(name, values): (&String, &Vec<String>)| !is_one_of_several(name) && values.len() > 1;
        if object.iter().any(is_too_much) {
            return refused("the attribute has room for one value");
        }
        // The order of values means nothing.
        object.values_mut().for_each(|it| it.sort());
        object.retain(|_, values| !values.is_empty());
        self.objects.insert(dn.to_owned(), object);
        Ok(())
    }
}

impl Directory for Memory {
    async fn read(&mut self, dn: &str, attributes: &[&str]) -> Result<Option<Attributes>, DirectoryError> {
        self.reads += 1;
        if self.is_gone {
            return Err(DirectoryError::Lost("it does not answer".to_owned()));
        }
        let Some(object) = self.objects.get(dn) else {
            return Ok(None);
        };
        let mut held = Attributes::default();
        for (name, values) in object
            .iter()
            .filter(|it| attributes.iter().any(|wanted| wanted.eq_ignore_ascii_case(it.0)))
        {
            values.iter().for_each(|it| held.push(name, it.as_bytes()));
        }
        Ok(Some(held))
    }

    async fn modify(&mut self, dn: &str, changes: &[Change<'_>]) -> Result<(), DirectoryError> {
        let lost = Err(DirectoryError::Lost("the connection broke".to_owned()));
        let number = self.changes;
        self.changes += 1;
        match self.breaks {
            _ if self.is_gone => lost,
            Breaks::Before(it) if it == number => {
                self.is_gone = self.stays_away;
                lost
            }
            Breaks::After(it) if it == number => {
                self.is_gone = self.stays_away;
                self.change(dn, changes)?;
                lost
            }
            _ => self.change(dn, changes),
        }
    }
}
