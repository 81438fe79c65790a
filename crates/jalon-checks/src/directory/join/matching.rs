//! Who is who: for each person the objects that a key finds. Nothing is compared with everything: a key leads to the few
//! objects that share a hash with the person, and those are looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jalon_domain::finding::ObjectFlaw;

use super::{
    Ambiguous, BadRow, By, Key, Settings, Why,
    account::{Account, Accounts, Kind, MOST},
    fold::key,
    index::Field,
    name::{NEAR, Name},
    person::{People, Person},
};

/// How many objects share a part of a surname and an initial at most for their names to be compared.
const CROWD: usize = 256;

/// The object that a person was found to be.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) person: u32,
    pub(super) account: u32,
    pub(super) by: By,
    pub(super) confidence: f64,
    /// The place of the key: 0 for the map.
    rank: usize,
}

/// What became of all people.
#[derive(Debug, Default)]
pub(super) struct Matching {
    pub(super) pairs: Vec<Pair>,
    pub(super) ambiguous: Vec<Ambiguous>,
    pub(super) missing: Vec<u32>,
    /// How many pairs of a person and an object were looked at.
    pub(super) compared: u64,
    /// How many people have a name so frequent that look-alikes were not compared.
    pub(super) crowded: u64,
}

/// Matches everybody.
pub(super) fn matching(accounts: &Accounts, people: &People<'_>, settings: &Settings) -> Result<Matching, BadRow> {
    let mut matcher = Matcher {
        accounts,
        settings,
        found: Matching::default(),
    };
    let mapped = settings.map.resolve(accounts, people)?;
    for (number, person) in (0..).zip(people.all) {
        match mapped.get(&number) {
            Some(account) => matcher.found.pairs.push(Pair::mapped(number, *account)),
            None if person.has_mail => matcher.person(number, person),
            None => {}
        }
    }
    let mut found = matcher.found;
    found.settle(accounts, people);
    Ok(found)
}

impl Pair {
    fn mapped(person: u32, account: u32) -> Self {
        Self {
            person,
            account,
            by: By::Map,
            confidence: 1.0,
            rank: 0,
        }
    }

    /// Surer than the other: by an earlier key, or a name that is clearly more alike.
    fn beats(&self, other: &Self) -> bool {
        self.rank < other.rank || (self.rank == other.rank && self.confidence > other.confidence + NEAR)
    }
}

/// Objects of equal rank that a key found.
struct Candidates {
    accounts: BTreeSet<u32>,
    confidence: f64,
}

struct Matcher<'a> {
    accounts: &'a Accounts,
    settings: &'a Settings,
    found: Matching,
}

impl Matcher<'_> {
    /// Users come first: an entry of the address book stands for somebody only where no user is them.
    fn person(&mut self, number: u32, person: &Person) {
        let settings = self.settings;
        for kind in [Kind::User, Kind::Contact] {
            for (place, wanted) in settings.keys.iter().enumerate() {
                if let Some(candidates) = self.candidates(person, place, wanted, kind) {
                    self.decide(number, person, place, wanted, &candidates);
                    return;
                }
            }
        }
        self.found.missing.push(number);
    }

    fn decide(&mut self, number: u32, person: &Person, place: usize, wanted: &Key, candidates: &Candidates) {
        let (by, confidence) = (By::Key(wanted.clone()), candidates.confidence);
        let mut accounts = candidates.accounts.iter();
        match (accounts.next(), accounts.next()) {
            (Some(account), None) => {
                let (person, account, rank) = (number, *account, place + 1);
                self.found.pairs.push(Pair {
                    person,
                    account,
                    by,
                    confidence,
                    rank,
                });
            }
            _ => {
                let dns = candidates.accounts.iter().filter_map(|it| self.accounts.get(*it));
                self.found.ambiguous.push(Ambiguous {
                    person: person.who.clone(),
                    by,
                    confidence,
                    objects: dns.map(|it| it.dn.clone()).take(ObjectFlaw::OTHERS).collect(),
                    why: Why::Several,
                });
            }
        }
    }

    fn candidates(&mut self, person: &Person, place: usize, wanted: &Key, kind: Kind) -> Option<Candidates> {
        let accounts = match wanted {
            Key::Attribute { .. } => self.by_attribute(person, place, kind),
            Key::Mail => self.by_mail(person, |it| it.kind == kind),
            Key::Name => return self.by_name(person, kind),
        };
        (!accounts.is_empty()).then_some(Candidates {
            accounts,
            confidence: 1.0,
        })
    }

    fn by_attribute(&mut self, person: &Person, place: usize, kind: Kind) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for pair in person.keys.iter().filter(|it| usize::from(it.0) == place) {
            let holds = |it: &Account| it.kind == kind && it.keys.contains(pair);
            found.extend(self.holders(Field::Key(pair.0), &pair.1, holds));
        }
        found
    }

    fn by_mail(&mut self, person: &Person, is_wanted: impl Fn(&Account) -> bool) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for folded in person.addresses.iter().map(|it| key(it)) {
            found.extend(self.holders(Field::Address, &folded, |it| is_wanted(it) && it.has_address(&folded)));
        }
        found
    }

    /// The best of those whose names are alike enough. When somebody else holds one of the addresses, the name is not
    /// believed alone.
    fn by_name(&mut self, person: &Person, kind: Kind) -> Option<Candidates> {
        let name = person.name.as_ref()?;
        let mut scored = self.same_names(name, kind);
        if scored.is_empty() {
            scored = self.alike_names(name, kind);
        }
        scored.retain(|_, confidence| *confidence >= self.settings.confidence);
        let best = scored.values().copied().fold(0.0, f64::max);
        scored.retain(|_, confidence| *confidence + NEAR >= best);
        if scored.is_empty() {
            return None;
        }
        let mut accounts: BTreeSet<u32> = scored.into_keys().collect();
        accounts.extend(self.by_mail(person, |it| it.kind != Kind::Other));
        Some(Candidates {
            accounts,
            confidence: best,
        })
    }

    fn same_names(&mut self, name: &Name, kind: Kind) -> BTreeMap<u32, f64> {
        let mut scored = BTreeMap::new();
        for value in name.same() {
            for account in self.holders(Field::SameName, value, |it| it.kind == kind) {
                self.score(name, account, &mut scored);
            }
        }
        scored
    }

    fn alike_names(&mut self, name: &Name, kind: Kind) -> BTreeMap<u32, f64> {
        let mut scored = BTreeMap::new();
        let blocks = name.blocks();
        if blocks
            .iter()
            .any(|it| self.accounts.index.holders(Field::NameBlock, it).len() > CROWD)
        {
            // The best of a part is not the best of all, so none is looked at.
            self.found.crowded += u64::from(kind == Kind::User);
            return scored;
        }
        for block in blocks {
            let numbers: Vec<u32> = self.accounts.index.holders(Field::NameBlock, &block).collect();
            let of_kind = |it: &u32| self.accounts.get(*it).is_some_and(|it| it.kind == kind);
            for account in numbers.into_iter().filter(of_kind).collect::<Vec<_>>() {
                self.score(name, account, &mut scored);
            }
        }
        scored
    }

    fn score(&mut self, name: &Name, account: u32, scored: &mut BTreeMap<u32, f64>) {
        self.found.compared += 1;
        let other = self.accounts.get(account).and_then(|it| it.name.as_ref());
        if let Some(likeness) = other.map(|it| name.likeness(it)).filter(|it| *it > 0.0) {
            scored.insert(account, (likeness * 1000.0).round() / 1000.0);
        }
    }

    /// Objects that hold a value, the value itself compared.
    fn holders(&mut self, field: Field, value: &str, holds: impl Fn(&Account) -> bool) -> Vec<u32> {
        let numbers: Vec<u32> = self.accounts.index.holders(field, value).take(MOST).collect();
        self.found.compared += numbers.len() as u64;
        let is_held = |it: &u32| self.accounts.get(*it).is_some_and(&holds);
        numbers.into_iter().filter(is_held).collect()
    }
}

impl Matching {
    /// One object is one person: of several who were found to be it, the surest is, unless two are equally sure.
    fn settle(&mut self, accounts: &Accounts, people: &People<'_>) {
        let mut by_account: HashMap<u32, Vec<usize>> = HashMap::new();
        for (place, pair) in self.pairs.iter().enumerate() {
            by_account.entry(pair.account).or_default().push(place);
        }
        let losers: BTreeSet<usize> = by_account.values_mut().flat_map(|it| losers(it, &self.pairs)).collect();
        let who = |pair: &Pair| people.all.get(pair.person as usize).map(|it| it.who.clone());
        for place in &losers {
            let pair = &self.pairs[*place];
            let rivals = by_account
                .get(&pair.account)
                .into_iter()
                .flatten()
                .filter(|it| *it != place);
            let (Some(person), Some(account)) = (who(pair), accounts.get(pair.account)) else {
                continue;
            };
            self.ambiguous.push(Ambiguous {
                person,
                by: pair.by.clone(),
                confidence: pair.confidence,
                objects: vec![account.dn.clone()],
                why: Why::Shared(
                    rivals
                        .filter_map(|it| who(&self.pairs[*it]))
                        .take(ObjectFlaw::OTHERS)
                        .map(|it| it.dn)
                        .collect(),
                ),
            });
        }
        let mut place = 0;
        self.pairs.retain(|_| {
            place += 1;
            !losers.contains(&(place - 1))
        });
    }
}

/// All but the one that beats the others; the surest is put first.
fn losers(places: &mut [usize], pairs: &[Pair]) -> Vec<usize> {
    let order = |a: &usize, b: &usize| {
        let (a, b) = (&pairs[*a], &pairs[*b]);
        a.rank.cmp(&b.rank).then(b.confidence.total_cmp(&a.confidence))
    };
    places.sort_by(order);
    match places {
        [first, second, ..] if !pairs[*first].beats(&pairs[*second]) => places.to_vec(),
        [_, others @ ..] => others.to_vec(),
        [] => Vec::new(),
    }
}
