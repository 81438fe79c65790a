//! Names of people, made comparable, and how sure one can be that two of them are one person's.
//!
//! | confidence | what agrees |
//! |---|---|
//! | 0.95 | every part, whatever its case, accents, hyphens, particles and order |
//! | 0.93 | given name and surname once written without any gap: `de La Tour` and `Delatour`, `O’Neil` and `ONeil` |
//! | 0.88 | the surname, and one given name has further parts: `Jean` and `Jean-Pierre`, who may be two persons |
//! | 0.80 | the surname, and the initials of the given names |
//! | 0.89 × similarity | the surname, and given names that begin alike, by Jaro and Winkler: `Julie` and `Julien` get 0.86 |
//!
//! Where only a part of a double surname agrees, the last three and equal given names (0.93) count × 0.95. Only the first
//! two can be found whichever of the names stands first. At the default of 0.90, look-alikes are never taken for one.

use std::collections::BTreeSet;

use super::fold::plain;

const EXACT: f64 = 0.95;
const GAPLESS: f64 = 0.93;
const FULLER: f64 = 0.88;
const INITIALS: f64 = 0.80;
const ALIKE: f64 = 0.89;
const PART_OF_SURNAME: f64 = 0.95;

/// Two confidences that do not differ by more are of equal rank.
pub(super) const NEAR: f64 = 0.021;

/// Little words before surnames, which directories keep, drop, or put behind the given name.
const PARTICLES: [&str; 33] = [
    "af", "al", "av", "bin", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "d",
    "el", "ibn", "la", "las", "le", "les", "los", "l", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur",
];

const TITLES: [&str; 7] = ["dr", "prof", "mr", "mrs", "ms", "mme", "mlle"];

/// A name with both its parts, as four lines of one text: a million of them are held at once. The given name and the surname
/// in lower case, particles left out; all their words, sorted; both parts without gaps, particles included, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name(Box<str>);

impl Name {
    /// A name from the attributes that an entry has; `None` when it does not tell a given name and a surname.
    pub(super) fn parse(given: Option<&str>, surname: Option<&str>, full: Option<&str>) -> Option<Self> {
        let full = full.map(|it| outside_brackets(common_name(it)));
        match (given, surname, full.as_deref()) {
            (Some(given), Some(surname), _) => Self::new(tokens(given), tokens(surname)),
            (None, Some(surname), Some(full)) => {
                let surname = tokens(surname);
                let mut given = tokens(full);
                given.retain(|it| !surname.contains(it));
                Self::new(given, surname)
            }
            (_, _, Some(full)) => split(full),
            _ => None,
        }
    }

    fn new(given: Vec<String>, surname: Vec<String>) -> Option<Self> {
        if given.is_empty() || surname.is_empty() {
            return None;
        }
        let mut gapless = [given.concat(), surname.concat()];
        gapless.sort();
        // A single letter before a surname is a particle (d’Artagnan), among given names an initial.
        let (given, surname) = (without_particles(given, 2), without_particles(surname, 1));
        let mut tokens: Vec<&str> = given.iter().chain(&surname).map(String::as_str).collect();
        tokens.sort_unstable();
        let lines = [given.join(" "), surname.join(" "), tokens.join(" "), gapless.join(" ")];
        Some(Self(lines.join("\n").into()))
    }

    /// Given name, surname, all words, both without gaps. No word holds the end of a line.
    fn parts(&self) -> [&str; 4] {
        let mut lines = self.0.split('\n');
        [(); 4].map(|()| lines.next().unwrap_or_default())
    }

    /// What names that are the same once normalised share.
    pub(super) fn same(&self) -> [&str; 2] {
        let [.., words, gapless] = self.parts();
        [words, gapless]
    }

    /// What names that may be alike share: a part of the surname, and the first letter of the given name.
    pub(super) fn blocks(&self) -> BTreeSet<String> {
        let [given, surname, ..] = self.parts();
        let initial = given.chars().next().unwrap_or_default();
        surname.split(' ').map(|it| format!("{it} {initial}")).collect()
    }

    /// How sure one can be that both are one person's: the scale of this module, 0 for another surname.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let [given, surname, words, gapless] = self.parts();
        let [other_given, other_surname, other_words, other_gapless] = other.parts();
        if words == other_words {
            return EXACT;
        }
        if gapless == other_gapless {
            return GAPLESS;
        }
        if surname == other_surname {
            return given_likeness(given, other_given);
        }
        if is_part(surname, other_surname) || is_part(other_surname, surname) {
            return PART_OF_SURNAME * given_likeness(given, other_given);
        }
        0.0
    }
}

fn given_likeness(a: &str, b: &str) -> f64 {
    if a == b {
        GAPLESS
    } else if begins(a, b) || begins(b, a) {
        FULLER
    } else if are_initials(a, b) || are_initials(b, a) {
        INITIALS
    } else {
        ALIKE * strsim::jaro_winkler(a, b)
    }
}

/// `longer` goes on after `shorter`, with a further part.
fn begins(shorter: &str, longer: &str) -> bool {
    shorter.chars().count() > 1 && longer.strip_prefix(shorter).is_some_and(|it| it.starts_with(' '))
}

/// `j p` and `jp` for `jean pierre`; `j` too.
fn are_initials(short: &str, long: &str) -> bool {
    let initials: String = long.split(' ').filter_map(|it| it.chars().next()).collect();
    let has_letters_only = short.split(' ').all(|it| it.chars().count() == 1);
    let joined: String = short.split(' ').collect();
    let is_joined = joined.len() > 1 && joined == initials;
    is_joined || (has_letters_only && initials.starts_with(&joined))
}

fn is_part(part: &str, whole: &str) -> bool {
    part.split(' ').all(|it| whole.split(' ').any(|word| word == it))
}

/// The words of a name: lower case, no accents; hyphens, apostrophes and full stops separate.
fn tokens(raw: &str) -> Vec<String> {
    let outside = outside_brackets(raw);
    let folded = plain(&outside).to_lowercase();
    let words = folded.split(|it: char| !it.is_alphanumeric());
    words
        .filter(|it| !it.is_empty() && !TITLES.contains(it))
        .map(str::to_owned)
        .collect()
}

/// Without what is no name: `Ada Lovelace (external)`.
fn outside_brackets(raw: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// Particles of at least so many letters go, unless nothing else would be left: `Le` and `Da` are surnames too.
fn without_particles(words: Vec<String>, least: usize) -> Vec<String> {
    let is_particle = |it: &String| it.len() >= least && PARTICLES.contains(&it.as_str());
    if words.iter().all(is_particle) {
        return words;
    }
    words.into_iter().filter(|it| !is_particle(it)).collect()
}

/// The name in `CN=Ada Lovelace/OU=Paris/O=Nord`, as Domino writes it, or all of it.
fn common_name(full: &str) -> &str {
    let is_hierarchical = full.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("cn="));
    if !is_hierarchical {
        return full;
    }
    full[3..].split(['/', ',']).next().unwrap_or_default()
}

/// Tells given name and surname apart where one attribute holds both: a comma behind the surname, a surname in capitals,
/// or else the surname last with the particles before it.
fn split(full: &str) -> Option<Name> {
    if let Some((surname, given)) = full.split_once(',') {
        return Name::new(tokens(given), tokens(surname));
    }
    let words: Vec<&str> = full.split_whitespace().collect();
    let (capitals, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|it| is_in_capitals(it));
    // Two capitals may be initials.
    let is_surname = capitals.iter().any(|it| letters(it) > 2);
    if is_surname && !others.is_empty() {
        return Name::new(tokens(&others.join(" ")), tokens(&capitals.join(" ")));
    }
    let is_particle = |it: &&str| PARTICLES.contains(&plain(it).to_lowercase().as_str());
    let inner = words.len().checked_sub(1)?;
    let before = words[..inner].iter().rev().take_while(|it| is_particle(it)).count();
    let (given, surname) = words.split_at(inner - before);
    Name::new(tokens(&given.join(" ")), tokens(&surname.join(" ")))
}

/// `LEFEVRE` and `DE`, but not the initial `A.`
fn is_in_capitals(word: &str) -> bool {
    letters(word) > 1 && !word.chars().any(char::is_lowercase)
}

fn letters(word: &str) -> usize {
    word.chars().filter(|it| it.is_alphabetic()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(it: &str) -> Name {
        Name::parse(None, None, Some(it)).unwrap_or_else(|| panic!("{it} has two parts"))
    }

    #[track_caller]
    fn check(a: &str, b: &str, expected: f64) {
        let found = full(a).likeness(&full(b));
        assert!((found - expected).abs() < 0.005, "{a} and {b}: {found}");
        assert!(
            (found - full(b).likeness(&full(a))).abs() < 1e-9,
            "{a} and {b} differ by their order"
        );
    }

    #[test]
    fn spelling_does_not_matter() {
        check("Hélène Lefèvre", "Helene LEFEVRE", 0.95);
        check("LEFÈVRE Hélène", "Helene Lefevre", 0.95);
        check("Lefevre, Hélène", "Hélène Lefèvre", 0.95);
        check("Jean-Pierre Martin", "Martin Jean Pierre", 0.95);
        check("Marie de La Tour", "Tour Marie", 0.95);
        check("Marie DE LA TOUR", "La Tour, Marie", 0.95);
        check("CN=Ada Lovelace/OU=Paris/O=Nord", "Dr. Ada Lovelace (external)", 0.95);
        check("Jean d’Artagnan", "Jean d'Artagnan", 0.95);
    }

    #[test]
    fn gaps_count_little_and_given_names_much() {
        check("Marie de La Tour", "Marie Delatour", 0.93);
        check("Sean O’Neil", "Sean Oneil", 0.93);
        check("Jean Martin", "Jean-Pierre Martin", 0.88);
        check("J. Martin", "Jean Martin", 0.80);
        check("JP Martin", "Jean-Pierre Martin", 0.80);
        check("J.-P. Martin", "Jean-Pierre Martin", 0.80);
        check("Julie Martin", "Julien Martin", 0.86);
        check("Marie Dupont-Durand", "Marie Dupont", 0.93 * 0.95);
    }

    #[test]
    fn another_surname_is_another_person() {
        check("Ada Lovelace", "Ada Byron", 0.0);
        check("Paul Martin", "Paul Martinez", 0.0);
    }

    #[test]
    fn the_parts_are_found_where_one_attribute_is_left_out() {
        let parts = Name::parse(None, Some("de La Tour"), Some("Marie de La Tour"));
        assert_eq!(parts, Name::parse(Some("Marie"), Some("de La Tour"), None));
        assert_eq!(Name::parse(None, Some("Lovelace"), None), None);
        assert_eq!(Name::parse(None, None, Some("admin")), None);
        assert!(Name::parse(Some("Anh"), Some("Le"), None).is_some());
    }

    #[test]
    fn a_frequent_given_name_does_not_make_a_block() {
        assert_eq!(
            full("Marie Dupont-Durand").blocks().into_iter().collect::<Vec<_>>(),
            ["dupont m", "durand m"]
        );
    }
}
