//! Sample people and places, French and English, and the unique account names made from them.

use std::collections::HashMap;

use super::dice::Dice;

const GIVEN: [&str; 48] = [
    "Zoé",
    "Élodie",
    "Chloé",
    "André",
    "Hélène",
    "Jérôme",
    "Benoît",
    "François",
    "Anaïs",
    "Noël",
    "Loïc",
    "Maëlle",
    "Céline",
    "Rémi",
    "Sébastien",
    "Thérèse",
    "Clément",
    "Inès",
    "Léa",
    "Gaël",
    "Camille",
    "Julien",
    "Pauline",
    "Nicolas",
    "Claire",
    "Mathilde",
    "Romain",
    "Lucie",
    "Alice",
    "Oliver",
    "Grace",
    "Henry",
    "Emily",
    "Jack",
    "Amelia",
    "George",
    "Charlotte",
    "Thomas",
    "Sophie",
    "Daniel",
    "Hannah",
    "William",
    "Lucy",
    "Samuel",
    "Megan",
    "Edward",
    "Ruby",
    "Oscar",
];

const SURNAMES: [&str; 52] = [
    "Martin",
    "Petit",
    "Lefèvre",
    "Gérard",
    "Dubois",
    "Durand",
    "Leroy",
    "Moreau",
    "Fournier",
    "Girard",
    "Bonnet",
    "Dupont",
    "Lambert",
    "Fontaine",
    "Rousseau",
    "Chevalier",
    "Mercier",
    "Blanc",
    "Guérin",
    "Boyer",
    "Garnier",
    "Perrin",
    "Lemaître",
    "Bélanger",
    "Côté",
    "Prévost",
    "Noël",
    "François",
    "Caron",
    "Delattre",
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Wilson",
    "Evans",
    "Walker",
    "Wright",
    "Green",
    "Hall",
    "Wood",
    "Clarke",
    "Turner",
    "Baker",
    "Cooper",
    "Parker",
    "Morris",
    "Hughes",
    "Foster",
    "Mills",
    "Barnes",
    "Fisher",
];

/// The sites of the sample organisation.
pub(super) const SITES: [&str; 6] = ["Lille", "Dunkerque", "Arras", "Amiens", "Calais", "Douai"];

/// Its departments.
pub(super) const DEPARTMENTS: [&str; 6] = [
    "Direction",
    "Finances",
    "Ventes",
    "Informatique",
    "Logistique",
    "Assistance",
];

/// A person, with names nobody else in the same directory has.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// First name, accents kept.
    pub(super) given: &'static str,
    /// Family name, accents kept.
    pub(super) surname: &'static str,
    /// `zpetit2`: at most 20 letters and digits.
    pub(super) account: String,
    /// `zoe.petit2`: the part before the @.
    pub(super) local: String,
}

/// Makes people and remembers how many share a name: bounded by the lists above, whatever their number.
#[derive(Debug, Default)]
pub(super) struct People {
    seen: HashMap<String, u32>,
}

impl People {
    /// Somebody new.
    pub(super) fn next(&mut self, dice: &mut Dice) -> Person {
        let (given, surname) = (dice.pick(&GIVEN), dice.pick(&SURNAMES));
        let (first, last) = (plain(given), plain(surname));
        Person {
            given,
            surname,
            account: self.numbered(format!("{}{last}", &first[..1])),
            local: self.numbered(format!("{first}.{last}")),
        }
    }

    /// The name itself the first time, then with 2, 3…
    fn numbered(&mut self, name: String) -> String {
        let count = self.seen.entry(name.clone()).or_insert(0);
        *count += 1;
        match *count {
            1 => name,
            several => format!("{name}{several}"),
        }
    }
}

/// The name in lower-case ASCII letters.
fn plain(name: &str) -> String {
    name.chars()
        .map(|it| match it {
            'à' | 'â' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' | 'É' => 'e',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'û' | 'ü' => 'u',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_becomes_plain_letters_that_leave_room_for_a_number() {
        for name in GIVEN.iter().chain(&SURNAMES) {
            let plain = plain(name);
            assert!(plain.bytes().all(|it| it.is_ascii_lowercase()), "{name}");
            assert!(plain.len() <= 12, "{name}");
        }
    }

    #[test]
    fn namesakes_are_numbered() {
        let mut people = People::default();
        let names = ["a.b", "a.b", "a.b"].map(|it| people.numbered(it.to_owned()));
        assert_eq!(names, ["a.b", "a.b2", "a.b3"]);
    }
}
