//! The plan of a directory, as data, and the pass that writes it, entry by entry, in bounded memory.

use std::collections::HashMap;
use std::io::{self, Write};

use super::Flaw;
use super::entry::{Entry, ROUND};
use super::ldif;
use super::people::People;

/// What a directory holds. The same plan gives the same bytes.
///
/// Entries do not depend on the defects: with one defect fewer, all other entries stay as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of entries: of 20, 15 are people, 1 a service account, 2 contacts and 2 groups.
    pub entries: usize,
    /// What the names and places are drawn from.
    pub seed: u64,
    /// What is spoilt; a defect that reaches beyond the last entry spoils nothing.
    pub defects: Vec<Defect>,
}

/// A flaw and the entries that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    flaw: Flaw,
    at: usize,
    twin: Option<usize>,
}

/// One value that breaks one rule in the written directory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The rule, `DIR-019`.
    pub rule: &'static str,
    /// The entry.
    pub dn: String,
    /// The attribute, in the directory's own case.
    pub attribute: &'static str,
    /// The bad value, decoded.
    pub value: String,
    /// True for the first of the two entries that share a value: some tools report only the second one.
    pub earlier: bool,
}

/// A directory written in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// What it was made from.
    pub plan: Plan,
    /// The export, UTF-8.
    pub ldif: Vec<u8>,
    /// What is planted in it, in the order of the entries.
    pub planted: Vec<Planted>,
}

/// The flaws do not fit in a directory of that size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{flaws} flaws need {least} entries, the plan has {entries}")]
pub struct TooFewEntries {
    /// How many flaws were asked for.
    pub flaws: usize,
    /// How many entries were asked for.
    pub entries: usize,
    /// How many would do.
    pub least: usize,
}

/// The seed of the ready-made plans.
const SEED: u64 = 365;

/// What the demonstration spoils: 26 values, five of them pairs.
const DEMO: [Flaw; 21] = [
    Flaw::PrincipalAccent,
    Flaw::ProxyShared,
    Flaw::AccountTooLong,
    Flaw::MailShared,
    Flaw::ProxySpace,
    Flaw::PrincipalWithoutAt,
    Flaw::NicknameLeadingDot,
    Flaw::PrincipalShared,
    Flaw::PrincipalSpace,
    Flaw::ProxySecondColon,
    Flaw::AccountShared,
    Flaw::MailTooLong,
    Flaw::PrincipalLocalDomain,
    Flaw::NicknameShared,
    Flaw::ProxyTooLong,
    Flaw::PrincipalAccent,
    Flaw::AccountBadCharacter,
    Flaw::NicknameTooLong,
    Flaw::ProxySpace,
    Flaw::PrincipalApostrophe,
    Flaw::PrincipalTooLong,
];

impl Defect {
    /// What is spoilt.
    #[must_use]
    pub fn flaw(&self) -> Flaw {
        self.flaw
    }
}

impl Plan {
    /// A plan whose flaws are spread evenly over the entries, one entry or pair each.
    ///
    /// # Errors
    /// When there are fewer than 40 entries for each flaw.
    pub fn new(entries: usize, seed: u64, flaws: &[Flaw]) -> Result<Self, TooFewEntries> {
        let stride = entries / ROUND / flaws.len().max(1);
        if stride < 2 && !flaws.is_empty() {
            return Err(TooFewEntries {
                flaws: flaws.len(),
                entries,
                least: flaws.len() * 2 * ROUND,
            });
        }
        let place = |(index, flaw): (usize, &Flaw)| Defect {
            flaw: *flaw,
            at: index * stride * ROUND + flaw.place(),
            twin: flaw.twin_place().map(|it| (index * stride + stride / 2) * ROUND + it),
        };
        Ok(Self {
            entries,
            seed,
            defects: flaws.iter().enumerate().map(place).collect(),
        })
    }

    /// 2,000 entries in which 26 values break 12 rules.
    #[must_use]
    pub fn demo() -> Self {
        Self::new(2_000, SEED, &DEMO).expect("the flaws of the demonstration fit in 2,000 entries")
    }

    /// That many entries without any defect.
    #[must_use]
    pub fn clean(entries: usize) -> Self {
        Self {
            entries,
            seed: SEED,
            defects: Vec::new(),
        }
    }

    /// The same plan without the defects that break the rule: the directory after somebody fixed them.
    #[must_use]
    pub fn without(mut self, rule: &str) -> Self {
        self.defects.retain(|it| it.flaw.rule() != rule);
        self
    }

    /// Writes the directory as LDIF and lists what was planted, in the order of the entries.
    ///
    /// Each entry is handed over whole; memory does not grow with their number.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write(&self, out: &mut impl Write) -> io::Result<Vec<Planted>> {
        let spoilt = self.spoilt();
        let mut people = People::default();
        let mut planted = Vec::new();
        out.write_all(ldif::HEAD.as_bytes())?;
        let mut text = String::new();
        for index in 0..self.entries {
            let mut entry = Entry::at(index, self.seed, &mut people);
            for defect in spoilt.get(&index).into_iter().flatten() {
                planted.push(defect.plant(&mut entry, index));
            }
            text.clear();
            ldif::write(&entry, &mut text);
            out.write_all(text.as_bytes())?;
        }
        Ok(planted)
    }

    /// The defects by the entries they spoil.
    fn spoilt(&self) -> HashMap<usize, Vec<&Defect>> {
        let mut spoilt: HashMap<usize, Vec<&Defect>> = HashMap::new();
        let last = |it: &Defect| it.twin.unwrap_or(it.at);
        let reached = self.defects.iter().filter(|it| last(it) < self.entries);
        for defect in reached {
            for index in std::iter::once(defect.at).chain(defect.twin) {
                spoilt.entry(index).or_default().push(defect);
            }
        }
        spoilt
    }
}

impl From<Plan> for Directory {
    fn from(plan: Plan) -> Self {
        let mut ldif = Vec::new();
        let planted = plan.write(&mut ldif);
        Self {
            plan,
            ldif,
            planted: planted.expect("writing to memory cannot fail"),
        }
    }
}

impl Defect {
    fn plant(&self, entry: &mut Entry, index: usize) -> Planted {
        let is_twin = self.twin == Some(index);
        let value = self.flaw.spoil(entry, self.at, is_twin);
        Planted {
            rule: self.flaw.rule(),
            dn: entry.dn(),
            attribute: self.flaw.attribute(),
            value,
            earlier: self.twin.is_some() && !is_twin,
        }
    }
}
