//! The plan of a directory, as data, and the pass that writes it, entry by entry, in bounded memory.

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::Timestamp;

use super::Flaw;
use super::entry::Entry;
use super::form::Form;
use super::planted::{Planted, Said, chains};
use super::recipe;
use super::sound::{DOMAIN, Population, ROUND};
use super::spoil::Spoiler;

/// What a directory holds. The same plan gives the same bytes.
///
/// Entries do not depend on the defects: with one defect fewer, all other entries stay as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The number of entries: of 20, 15 are people, 1 a service account, 2 contacts and 2 groups.
    pub entries: usize,
    /// What the names and places are drawn from.
    pub seed: u64,
    /// The day of the export: accounts have then signed in within the last months. Without it, none says when.
    pub now: Option<Timestamp>,
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

/// What the demonstration spoils: 32 values, eight pairs among them.
const DEMO: [Flaw; 25] = [
    Flaw::PrincipalAccent,
    Flaw::ProxyShared,
    Flaw::AccountTooLong,
    Flaw::MailShared,
    Flaw::ProxySpace,
    Flaw::PrincipalWithoutAt,
    Flaw::NicknameLeadingDot,
    Flaw::PrincipalShared,
    Flaw::PrincipalLookalike,
    Flaw::PrincipalSpace,
    Flaw::ProxySecondColon,
    Flaw::AccountShared,
    Flaw::MailNotPrimary,
    Flaw::MailTooLong,
    Flaw::PrincipalLocalDomain,
    Flaw::NicknameShared,
    Flaw::ProxyTooLong,
    Flaw::MailIsAlias,
    Flaw::PrincipalAccent,
    Flaw::AccountBadCharacter,
    Flaw::PrimaryMissing,
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
    /// The domains that the organisation has verified; sound sign-in names are in the first.
    pub const DOMAINS: [&str; 2] = [DOMAIN, "antennes-communales-de-la-cote-d-opale.example.com"];

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
        let place = |(index, flaw): (usize, &Flaw)| {
            let recipe = recipe::of(*flaw);
            Defect {
                flaw: *flaw,
                at: index * stride * ROUND + recipe.first().place,
                twin: recipe.twin().map(|it| (index * stride + stride / 2) * ROUND + it.place),
            }
        };
        Ok(Self {
            entries,
            seed,
            now: None,
            defects: flaws.iter().enumerate().map(place).collect(),
        })
    }

    /// 2,000 entries in which 33 values break 18 rules.
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
            now: None,
            defects: Vec::new(),
        }
    }

    /// The same plan, exported on that day.
    #[must_use]
    pub fn dated(self, now: Timestamp) -> Self {
        Self { now: Some(now), ..self }
    }

    /// The same plan without the defects that break the rule: the directory after somebody fixed them.
    #[must_use]
    pub fn without(mut self, rule: &str) -> Self {
        self.defects.retain(|it| it.flaw.rules().all(|its| its != rule));
        self
    }

    /// Writes the directory as LDIF and lists what was planted, in the order of the entries.
    ///
    /// Each entry is handed over whole; memory does not grow with their number.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write(&self, out: &mut impl Write) -> io::Result<Vec<Planted>> {
        self.write_as(Form::Ldif, out)
    }

    /// The same in another form, which may have another root; else the entries and what is planted are those of
    /// [`Plan::write`].
    ///
    /// # Errors
    /// What `out` reports.
    pub fn write_as(&self, form: Form, out: &mut impl Write) -> io::Result<Vec<Planted>> {
        let spoilt = self.spoilt();
        let mut population = Population::new(self.seed, form.root(), self.now);
        let mut planted = Vec::new();
        let mut text = form.head();
        out.write_all(text.as_bytes())?;
        for index in 0..self.entries {
            let mut entry = population.next();
            for defect in spoilt.get(&index).into_iter().flatten() {
                defect.plant(&mut entry, index, self.now, &mut planted);
            }
            text.clear();
            form.entry(&entry, &mut text);
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

impl Defect {
    /// Spoils the entry and lists each rule that this breaks; what IdFix says of the value is told with the first.
    fn plant(&self, entry: &mut Entry, index: usize, now: Option<Timestamp>, planted: &mut Vec<Planted>) {
        let recipe = recipe::of(self.flaw);
        let is_twin = self.twin == Some(index);
        let part = match recipe.twin() {
            Some(twin) if is_twin => twin,
            _ => recipe.first(),
        };
        let spoiler = Spoiler {
            flaw: self.flaw,
            mark: self.at,
            is_twin,
            now,
        };
        let value = spoiler.spoil(entry, part);
        let earlier = self.twin.is_some() && !is_twin;
        let (multi_tenant, dedicated) = chains(part.attribute);
        for (place, rule) in part.rules.iter().enumerate() {
            let said = |chain, errors| Said::of(chain, errors, earlier).filter(|_| place == 0);
            planted.push(Planted {
                rule,
                dn: entry.dn(),
                attribute: part.attribute,
                value: value.clone(),
                earlier,
                scope: recipe.scope,
                multi_tenant: said(multi_tenant, part.multi_tenant),
                dedicated: said(dedicated, part.dedicated),
            });
        }
    }
}
