//! Joining Active Directory with another directory (o365.enable.08): who is who, and which values of mail Active Directory
//! lacks (DIR-039). Entries come in, proposals go out; reading and writing files is the caller's.

mod account;
mod address;
mod change;
mod fill;
mod fold;
mod index;
mod map;
mod matching;
mod name;
mod names;
mod nickname;
mod person;
mod phrase;
mod propose;
mod review;
mod settings;

use std::{collections::HashSet, fmt};

use jalon_domain::finding::Defect;
use jalon_wire::entry::Entry;
use serde::{Serialize, Serializer};

use self::{
    account::{Accounts, Kind},
    matching::{Matching, Pair},
    person::People,
    propose::Proposer,
};
pub use self::{
    fill::{Attribute, Conflict, Fill, Reason},
    map::{BadRow, Map, RowProblem},
    names::{AttributeNames, UnknownRole},
    person::{Unusable, Who},
    settings::{BadKey, Key, Settings},
};

/// By what a person was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Somebody said so.
    Map,
    /// A key.
    Key(Key),
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map => f.write_str("map"),
            Self::Key(it) => it.fmt(f),
        }
    }
}

impl Serialize for By {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A person of the other directory and the object of Active Directory that is them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The object.
    pub dn: String,
    /// Its class: `user` or `contact`.
    pub object_class: &'static str,
    /// The person.
    pub person: Who,
    /// By what they were recognised.
    #[serde(rename = "key")]
    pub by: By,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
    /// What comes into the object; nothing where it lacks nothing.
    pub values: Vec<Fill>,
}

impl Match {
    /// One change record with all values; none where there are none, or where the object has no distinguished name.
    pub fn ldif(&self) -> Option<String> {
        change::record(&self.dn, &self.values)
    }

    /// The change record that undoes it.
    pub fn undo(&self) -> Option<String> {
        change::undo(&self.dn, &self.values)
    }

    /// A defect of DIR-039 for each value that the object lacks.
    pub fn defects(&self) -> impl Iterator<Item = Defect> {
        self.values
            .iter()
            .filter(|it| it.is_missing())
            .map(|it| phrase::defect(self, it))
    }
}

/// A person who may be several objects, or an object that may be several people: nobody is chosen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ambiguous {
    /// The person.
    pub person: Who,
    /// By what the objects were found.
    #[serde(rename = "key")]
    pub by: By,
    /// How sure each of them is, from 0 to 1.
    pub confidence: f64,
    /// The distinguished names, the first of them where there are many.
    pub objects: Vec<String>,
    /// Why nobody was chosen.
    #[serde(flatten)]
    pub why: Why,
}

/// Why nobody was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", content = "people", rename_all = "kebab-case")]
pub enum Why {
    /// Several objects are of equal rank.
    Several,
    /// These people were found to be the object too, and as surely or more.
    Shared(Vec<String>),
}

/// How much was read, and how much work the join was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Entries of Active Directory.
    pub ad_entries: u64,
    /// Users and contacts among them.
    pub ad_people: u64,
    /// Entries of the other directory.
    pub other_entries: u64,
    /// People among them.
    pub other_people: u64,
    /// People without any address, who were left out.
    pub without_mail: u64,
    /// Pairs of a person and an object that were looked at.
    pub compared: u64,
    /// People whose name is so frequent that look-alikes were not compared with it; the same name was.
    pub crowded: u64,
}

/// Two directories, joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joined {
    /// Who is who, and what they lack.
    pub matched: Vec<Match>,
    /// Who may be whom.
    pub ambiguous: Vec<Ambiguous>,
    /// People of the other directory who are nobody in Active Directory.
    pub missing: Vec<Who>,
    /// Users and contacts of Active Directory who are nobody in the other directory: their distinguished names.
    pub without_counterpart: Vec<String>,
    /// Values that are not taken.
    pub conflicts: Vec<Conflict>,
    /// Values that Active Directory cannot hold.
    pub unusable: Vec<Unusable>,
    /// How much was read.
    pub counts: Counts,
}

impl Joined {
    /// Nothing is to be filled or decided: whatever the other directory knows is in Active Directory. A value that only
    /// differs is no gap.
    pub fn is_complete(&self) -> bool {
        let lacks_nothing = self.matched.iter().all(|it| it.values.is_empty());
        let has_no_gap = !self.conflicts.iter().any(|it| it.reason.leaves_a_gap());
        lacks_nothing && has_no_gap && self.ambiguous.is_empty() && self.missing.is_empty()
    }

    /// A defect of DIR-039 for each value that an object lacks.
    pub fn defects(&self) -> impl Iterator<Item = Defect> {
        self.matched.iter().flat_map(Match::defects)
    }
}

/// Joins Active Directory with another directory. Both are read once, and only what is needed of them is kept; the work
/// grows with their sum.
///
/// ```
/// use jalon_checks::directory::join;
/// use jalon_wire::{export::Export, source::Limits};
///
/// let read = |name: &str, text: &'static str| {
///     let export = Export::from_reader(text.as_bytes(), name, Limits::default()).expect("an export");
///     export.map(|it| it.expect("well-formed"))
/// };
/// let ad = "dn: CN=Hélène Lefèvre,DC=contoso,DC=example\nobjectClass: user\ngivenName: Hélène\nsn: Lefèvre\n";
/// let other = "First Name,Last Name,mail\nHELENE,LEFEVRE,helene@contoso.example\n";
///
/// let joined = join::plan(read("ad.ldif", ad), read("other.csv", other), &join::Settings::default())?;
/// let ldif = joined.matched[0].ldif().expect("something is missing");
/// assert!(ldif.contains("add: proxyAddresses\nproxyAddresses: SMTP:helene@contoso.example\n"));
/// assert_eq!(joined.defects().count(), 3, "mail, mailNickname and proxyAddresses");
/// # Ok::<(), join::BadRow>(())
/// ```
///
/// # Errors
/// When a row of the map leads nowhere, or to several.
pub fn plan(
    ad: impl Iterator<Item = Entry>,
    other: impl Iterator<Item = Entry>,
    settings: &Settings,
) -> Result<Joined, BadRow> {
    let accounts = Accounts::read(ad, &settings.keys);
    let mut people = People::read(other, settings);
    let found = matching::matching(&accounts, &people, settings)?;
    let mut joined = Joined {
        counts: counts(&accounts, &people, &found),
        unusable: std::mem::take(&mut people.unusable),
        ..Joined::default()
    };
    let missing = found.missing.iter().filter_map(|it| people.all.get(*it as usize));
    joined.missing = missing.map(|it| it.who.clone()).collect();
    joined.ambiguous = found.ambiguous;
    let taken: HashSet<u32> = found.pairs.iter().map(|it| it.account).collect();
    let alone = (0..)
        .zip(&accounts.all)
        .filter(|(number, it)| it.kind != Kind::Other && !taken.contains(number));
    joined.without_counterpart = alone.map(|(_, it)| it.dn.clone()).collect();
    joined.fill(&accounts, &people, settings, found.pairs);
    Ok(joined)
}

impl Joined {
    fn fill(&mut self, accounts: &Accounts, people: &People, settings: &Settings, pairs: Vec<Pair>) {
        let mut proposer = Proposer::new(accounts, people, settings);
        for pair in pairs {
            let (account, person) = (accounts.get(pair.account), people.all.get(pair.person as usize));
            let (Some(account), Some(person)) = (account, person) else {
                continue;
            };
            let proposal = proposer.propose(&pair, account, person);
            self.conflicts.extend(proposal.conflicts);
            self.matched.push(Match {
                dn: account.dn.clone(),
                object_class: account.class(),
                person: person.who.clone(),
                by: pair.by,
                confidence: pair.confidence,
                values: proposal.fills,
            });
        }
    }
}

fn counts(accounts: &Accounts, people: &People, found: &Matching) -> Counts {
    Counts {
        ad_entries: accounts.entries,
        ad_people: accounts.all.iter().filter(|it| it.kind != Kind::Other).count() as u64,
        other_entries: people.entries,
        other_people: people.all.len() as u64,
        without_mail: people.all.iter().filter(|it| !it.has_mail).count() as u64,
        compared: found.compared,
        crowded: found.crowded,
    }
}

#[cfg(test)]
mod tests;
