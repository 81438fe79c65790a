//! Joining Active Directory with another directory (o365.enable.08): who is who, and which values of mail Active Directory
//! lacks (DIR-039). Entries come in, proposals go out; reading and writing files is the caller's.

mod account;
mod address;
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
mod sides;

use std::fmt;

use jalon_domain::{finding::Defect, text::Text};
use jalon_wire::entry::Entry;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

pub(super) use self::account::Account;
pub use self::{
    fill::{Attribute, Conflict, Fill, Reason},
    map::{BadRow, Map, RowProblem},
    names::{AttributeNames, UnknownRole},
    person::{Unusable, Who},
    settings::{BadKey, Key, Settings},
    sides::{ActiveDirectory, KeyUse, ThirdParty},
};
use super::{
    About,
    fix::{ObjectChange, Plan},
    objects::Found,
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
    /// The change that brings the values in; none where there are none, and for a row of a table, which has no
    /// distinguished name.
    fn change(&self) -> Option<ObjectChange> {
        let is_named = self.dn.contains('=');
        (is_named && !self.values.is_empty()).then(|| ObjectChange {
            dn: self.dn.clone(),
            object_class: self.object_class.to_owned(),
            changes: self.values.iter().map(Fill::change_of).collect(),
        })
    }

    /// A finding of DIR-039 for each value that the object lacks.
    fn found(&self) -> impl Iterator<Item = Found> {
        let missing = self.values.iter().filter(|it| it.is_missing());
        missing.map(|it| Found::of_join(self, it))
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

impl Why {
    /// A sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Self::Several => phrase::text("several", &[]),
            Self::Shared(_) => phrase::text("shared-object", &[]),
        }
    }

    /// The word of a document.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Several => "several",
            Self::Shared(_) => "shared",
        }
    }

    /// Who else was found to be the object.
    pub fn others(&self) -> &[String] {
        match self {
            Self::Several => &[],
            Self::Shared(it) => it,
        }
    }
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
    /// Who holds the attributes by which people are recognised.
    pub keys: Vec<KeyUse>,
    /// How much was read.
    pub counts: Counts,
}

impl Joined {
    /// Nothing is to be filled or decided: whatever the other directory knows is in Active Directory. A value that only
    /// differs is no gap.
    pub fn is_complete(&self) -> bool {
        self.undecided() == 0 && self.matched.iter().all(|it| it.values.is_empty())
    }

    /// People and values of whom somebody has to decide before it can be said that nothing lacks.
    pub fn undecided(&self) -> usize {
        let gaps = self.conflicts.iter().filter(|it| it.reason.leaves_a_gap()).count();
        gaps + self.ambiguous.len() + self.missing.len()
    }

    /// Gives up what the directory cannot hold or does not show, by what its schema says: no blank is seen there.
    pub fn give_up(&mut self, abouts: &[About]) {
        for matched in &mut self.matched {
            let (kept, given_up): (Vec<Fill>, Vec<Fill>) = std::mem::take(&mut matched.values)
                .into_iter()
                .partition(|it| unseen(it.attribute, abouts).is_none());
            matched.values = kept;
            self.conflicts.extend(given_up.into_iter().filter_map(|it| {
                Some(Conflict {
                    dn: matched.dn.clone(),
                    person: matched.person.clone(),
                    attribute: it.attribute,
                    reason: unseen(it.attribute, abouts)?,
                    value: it.value,
                    wanted: it.proposed,
                })
            }));
        }
    }

    /// What came of it, in numbers.
    pub fn facts(&self, other: &str) -> Value {
        json!({
            "source": other,
            "matched": self.matched.len(),
            "ambiguous": self.ambiguous.len(),
            "missing": self.missing.len(),
            "without_counterpart": self.without_counterpart.len(),
            "conflicts": self.conflicts.len(),
            "unusable": self.unusable.len(),
            "read": self.counts,
            "keys": self.keys,
        })
    }

    /// A finding of DIR-039 for each value that an object lacks.
    pub fn found(&self) -> impl Iterator<Item = Found> {
        self.matched.iter().flat_map(Match::found)
    }

    /// The same as defects.
    pub fn defects(&self) -> impl Iterator<Item = Defect> {
        self.found().map(Found::into_defect)
    }

    /// What is to change, ready to be written down or made.
    pub fn plan(&self) -> Plan {
        Plan {
            objects: self.matched.iter().filter_map(Match::change).collect(),
            undecided: Vec::new(),
        }
    }
}

/// Why a blank attribute says nothing: no source's schema has it, or some catalogue does not show it.
fn unseen(attribute: Attribute, abouts: &[About]) -> Option<Reason> {
    let is_in = |names: &[String]| names.iter().any(|it| it.eq_ignore_ascii_case(attribute.name()));
    let is_absent = !abouts.is_empty() && abouts.iter().all(|it| is_in(&it.absent));
    let mut hidden = abouts.iter().filter_map(|it| it.not_in_catalogue.as_deref());
    if is_absent {
        Some(Reason::NoSchema)
    } else {
        hidden.any(is_in).then_some(Reason::NotShown)
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
/// let changes = &joined.plan().objects[0].changes;
/// assert_eq!(changes[2].to.as_deref(), Some("SMTP:helene@contoso.example"));
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
    let mut third = ThirdParty::new("", settings.clone());
    let mut directory = ActiveDirectory::default();
    ad.for_each(|it| directory.meet(&it.view(), &settings.keys));
    other.for_each(|it| third.meet(&it.view()));
    third.join(directory)
}

#[cfg(test)]
mod tests;
