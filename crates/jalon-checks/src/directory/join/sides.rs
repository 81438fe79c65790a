//! The two directories as they are read, entry by entry: of each entry only what the join needs is kept.

use std::collections::HashSet;

use jalon_wire::entry::EntryRef;
use serde::Serialize;

use super::{
    BadRow, Counts, Joined, Key, Match, Settings,
    account::{Account, Accounts, Kind},
    matching::{self, Matching, Pair},
    person::{People, Person, Reader, Unusable},
    propose::Proposer,
};

/// Another directory, out of which Active Directory is to be completed.
#[derive(Debug)]
pub struct ThirdParty {
    name: String,
    settings: Settings,
    /// Of each key, the names of its attribute there.
    keys: Vec<Vec<String>>,
    people: Vec<Person>,
    unusable: Vec<Unusable>,
    entries: u64,
}

/// Active Directory, or a part of it: who is in it, and who holds which address.
#[derive(Debug, Default)]
pub struct ActiveDirectory {
    accounts: Vec<Account>,
    entries: u64,
}

/// How many people have a value of an attribute by which they may be recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyUse {
    /// The attribute, or the pair of attributes.
    pub key: Key,
    /// Users and contacts of Active Directory.
    pub ad: u64,
    /// People of the other directory.
    pub other: u64,
}

impl ActiveDirectory {
    /// Takes what is needed of an entry.
    pub fn meet(&mut self, entry: &EntryRef<'_>, keys: &[Key]) {
        self.entries += 1;
        self.accounts.extend(Account::of(entry, keys));
    }

    /// Takes what somebody else made of so many entries.
    pub(in crate::directory) fn take(&mut self, accounts: Vec<Account>, entries: u64) {
        self.entries += entries;
        self.accounts.extend(accounts);
    }
}

impl ThirdParty {
    /// A directory of that name, still empty.
    pub fn new(name: impl Into<String>, settings: Settings) -> Self {
        let keys = settings.keys.iter().map(|it| it.others(&settings.names)).collect();
        Self {
            name: name.into(),
            settings,
            keys,
            people: Vec::new(),
            unusable: Vec::new(),
            entries: 0,
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is joined.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Nobody in it has an address: there is nothing to compare with.
    pub fn is_empty(&self) -> bool {
        self.people.iter().all(|it| !it.has_mail)
    }

    /// Whether somebody in it has a value of the key.
    pub fn holds(&self, key: &Key) -> bool {
        match (key, self.settings.keys.iter().position(|it| it == key)) {
            (Key::Mail | Key::Name, _) => true,
            (_, Some(n)) => self
                .people
                .iter()
                .any(|it| it.keys.iter().any(|it| usize::from(it.0) == n)),
            (_, None) => false,
        }
    }

    /// Takes what is needed of an entry.
    pub fn meet(&mut self, entry: &EntryRef<'_>) {
        self.entries += 1;
        let reader = Reader::new(&self.settings, &self.keys);
        self.people.extend(reader.read(entry, &mut self.unusable));
    }

    /// Who is who, and what Active Directory lacks.
    ///
    /// # Errors
    /// When a row of the map leads nowhere, or to several.
    pub fn join(&self, ad: ActiveDirectory) -> Result<Joined, BadRow> {
        let (accounts, people) = (Accounts::of(ad.accounts), People::of(&self.people));
        let found = matching::matching(&accounts, &people, &self.settings)?;
        let missing = found.missing.iter().filter_map(|it| self.people.get(*it as usize));
        let taken: HashSet<u32> = found.pairs.iter().map(|it| it.account).collect();
        let alone = (0..)
            .zip(&accounts.all)
            .filter(|(number, it)| it.kind != Kind::Other && !taken.contains(number));
        let mut joined = Joined {
            missing: missing.map(|it| it.who.clone()).collect(),
            without_counterpart: alone.map(|(_, it)| it.dn.clone()).collect(),
            unusable: self.unusable.clone(),
            keys: self.key_use(&accounts),
            counts: Counts {
                ad_entries: ad.entries,
                ..self.counts(&accounts, &found)
            },
            ambiguous: found.ambiguous,
            ..Joined::default()
        };
        self.fill(&mut joined, &accounts, &people, found.pairs);
        Ok(joined)
    }

    fn fill(&self, joined: &mut Joined, accounts: &Accounts, people: &People<'_>, pairs: Vec<Pair>) {
        let mut proposer = Proposer::new(accounts, people, &self.settings);
        for pair in pairs {
            let (account, person) = (accounts.get(pair.account), self.people.get(pair.person as usize));
            let (Some(account), Some(person)) = (account, person) else {
                continue;
            };
            let proposal = proposer.propose(&pair, account, person);
            joined.conflicts.extend(proposal.conflicts);
            joined.matched.push(Match {
                dn: account.dn.clone(),
                object_class: account.class(),
                person: person.who.clone(),
                by: pair.by,
                confidence: pair.confidence,
                values: proposal.fills,
            });
        }
    }

    fn counts(&self, accounts: &Accounts, found: &Matching) -> Counts {
        Counts {
            ad_entries: 0,
            ad_people: accounts.all.iter().filter(|it| it.kind != Kind::Other).count() as u64,
            other_entries: self.entries,
            other_people: self.people.len() as u64,
            without_mail: self.people.iter().filter(|it| !it.has_mail).count() as u64,
            compared: found.compared,
            crowded: found.crowded,
        }
    }

    /// Who holds the attributes of the keys: where nobody does, the name of an attribute may be wrong.
    fn key_use(&self, accounts: &Accounts) -> Vec<KeyUse> {
        let attributes = (0..=u8::MAX).zip(&self.settings.keys);
        let attributes = attributes.filter(|it| matches!(it.1, Key::Attribute { .. }));
        let holds = |keys: &[(u8, String)], n: u8| keys.iter().any(|it| it.0 == n);
        attributes
            .map(|(n, key)| KeyUse {
                key: key.clone(),
                ad: accounts.all.iter().filter(|it| holds(&it.keys, n)).count() as u64,
                other: self.people.iter().filter(|it| holds(&it.keys, n)).count() as u64,
            })
            .collect()
    }
}
