//! What the servers say, put together: seen by how many, who differs, and until when.

use std::cmp::Ordering;

use jalon_wire::dns::{Data, Record};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Role, Server, Sight, View, Wanted};
use crate::{dns::zone::Shown, doubt::Doubt};

/// Where a change is, at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The domain, in A-labels.
    pub domain: String,
    /// When the servers were asked.
    pub at: Timestamp,
    /// Each set that is looked for.
    pub sets: Vec<SetPicture>,
    /// The serial of the zone at each authoritative server that told it.
    pub serials: Vec<Serial>,
    /// Whether every name server of the zone was asked, at every address.
    pub is_whole: bool,
}

/// The serial of the zone at one server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serial {
    /// Who.
    pub server: Server,
    /// Which.
    pub serial: u32,
}

/// Where one set is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetPicture {
    /// Whose records they are.
    pub name: String,
    /// Their type.
    pub kind: String,
    /// What they should say; none when they should not be there.
    pub expected: Vec<String>,
    /// Servers that show it.
    pub seen: usize,
    /// Servers that were asked.
    pub of: usize,
    /// Those that show something else, or said nothing.
    pub elsewhere: Vec<Elsewhere>,
}

/// A server that does not show what is expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Who.
    pub server: Server,
    /// What it shows; none when it shows no such record, or said nothing.
    pub values: Vec<String>,
    /// Until when it may go on: its answer may be remembered that long. Unknown of an authoritative server, which waits for
    /// the zone to be transferred.
    pub until: Option<Timestamp>,
    /// Why it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Doubt>,
}

impl Picture {
    /// What the views show of what is wanted.
    pub fn of(domain: &str, wanted: &[Wanted], views: &[View], at: Timestamp) -> Self {
        let newest = newest(views);
        let set = |(index, it): (usize, &Wanted)| {
            let expected = it.expected.clone().or_else(|| said(newest?, index));
            SetPicture::of(it, expected, index, views, at)
        };
        let serial = |it: &View| {
            it.serial.map(|serial| Serial {
                server: it.server.clone(),
                serial,
            })
        };
        Self {
            domain: domain.to_owned(),
            at,
            sets: wanted.iter().enumerate().map(set).collect(),
            serials: views.iter().filter_map(serial).collect(),
            is_whole: views.iter().any(|it| it.server.role == Role::Authoritative),
        }
    }

    /// Whether every server shows everything, and none was left unasked.
    pub fn is_everywhere(&self) -> bool {
        self.is_whole && self.sets.iter().all(|it| it.seen == it.of && it.of > 0)
    }

    /// Whether a server is known to show something else.
    pub fn differs(&self) -> bool {
        self.elsewhere().any(|it| it.unknown.is_none())
    }

    /// Until when a cache may go on showing something else, as far as that is known.
    pub fn until(&self) -> Option<Timestamp> {
        self.elsewhere().filter_map(|it| it.until).max()
    }

    /// Answers that show what is expected, out of all that were asked for.
    pub fn progress(&self) -> (usize, usize) {
        let sum = |of: fn(&SetPicture) -> usize| self.sets.iter().map(of).sum();
        (sum(|it| it.seen), sum(|it| it.of))
    }

    /// Whether authoritative servers hold different versions of the zone.
    pub fn has_serials_apart(&self) -> bool {
        self.serials.windows(2).any(|it| it[0].serial != it[1].serial)
    }

    fn elsewhere(&self) -> impl Iterator<Item = &Elsewhere> {
        self.sets.iter().flat_map(|it| &it.elsewhere)
    }
}

impl SetPicture {
    fn of(wanted: &Wanted, expected: Option<Vec<String>>, index: usize, views: &[View], at: Timestamp) -> Self {
        let mut picture = Self {
            name: wanted.name.clone(),
            kind: wanted.kind.clone(),
            expected: expected.clone().unwrap_or_default(),
            seen: 0,
            of: views.len(),
            elsewhere: Vec::new(),
        };
        for view in views {
            let (values, ttl, unknown) = match view.sights.get(index) {
                Some(Sight::Shown { values, ttl }) => (values.clone(), Some(*ttl), None),
                Some(Sight::Absent) => (Vec::new(), None, None),
                Some(Sight::Unknown { reason }) => (Vec::new(), None, Some(*reason)),
                None => (Vec::new(), None, Some(Doubt::NotAsked)),
            };
            // Where no authoritative server said anything, there is nothing to compare with.
            let unknown = unknown.or_else(|| expected.is_none().then_some(Doubt::NotAsked));
            let is_shown = match &wanted.part {
                Some(part) => part.is_in(&values),
                None => expected.as_ref() == Some(&values),
            };
            if unknown.is_none() && is_shown {
                picture.seen += 1;
                continue;
            }
            let is_cache = view.server.role == Role::Resolver;
            let runs_out = |ttl: u32| at.checked_add(SignedDuration::from_secs(ttl.into())).ok();
            picture.elsewhere.push(Elsewhere {
                server: view.server.clone(),
                values,
                until: ttl.filter(|_| is_cache).and_then(runs_out),
                unknown,
            });
        }
        picture
    }
}

/// The authoritative server with the newest zone (serial arithmetic, RFC 1982, section 3.2).
fn newest(views: &[View]) -> Option<&View> {
    let told = views.iter().filter(|it| it.server.role == Role::Authoritative);
    let told = told.filter_map(|it| Some((it, it.serial?)));
    let newer = |a: u32, b: u32| match a.wrapping_sub(b) {
        0 => Ordering::Equal,
        1..0x8000_0000 => Ordering::Greater,
        _ => Ordering::Less,
    };
    // Of equals the first, which the zone names first.
    told.reduce(|best, it| {
        if newer(it.1, best.1) == Ordering::Greater {
            it
        } else {
            best
        }
    })
    .map(|it| it.0)
}

fn said(view: &View, index: usize) -> Option<Vec<String>> {
    match view.sights.get(index)? {
        Sight::Shown { values, .. } => Some(values.clone()),
        Sight::Absent => Some(Vec::new()),
        Sight::Unknown { .. } => None,
    }
}

/// Records as values that can be compared: what each says behind its name, however a text is cut into strings.
pub(super) fn values(records: &[Record]) -> Vec<String> {
    let said = |it: &Record| match &it.data {
        Data::Txt { text, .. } => Shown(&Data::Txt {
            text: text.clone(),
            parts: Vec::new(),
        })
        .to_string(),
        other => Shown(other).to_string(),
    };
    let mut values: Vec<String> = records.iter().map(said).collect();
    values.sort();
    values
}
