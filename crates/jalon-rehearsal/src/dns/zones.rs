//! What the server knows: records by name and type, and the names that fail on purpose. No message, no socket.

use std::collections::BTreeMap;

use hickory_proto::rr::{LowerName, Name, RData, Record, RecordType};

use super::line::{self, BadLine};

/// The records of every zone of a server.
///
/// A zone begins at each name that holds a SOA record and ends where a deeper one begins. Nothing else is required:
/// records that no zone should hold (a CNAME beside an A) can be planted.
#[derive(Clone, Debug, Default)]
pub struct Zones {
    records: BTreeMap<(LowerName, RecordType), Vec<Record>>,
    failing: BTreeMap<LowerName, Manner>,
}

/// How a name fails on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// SERVFAIL.
    Broken,
    /// No answer at all, so that the client's timeout can be rehearsed.
    Mute,
}

/// What one name holds for one type.
#[derive(Debug, PartialEq)]
pub(super) enum Held<'a> {
    /// The records asked for.
    Records(&'a [Record]),
    /// An alias instead of them.
    Alias(&'a Record, LowerName),
    /// The name exists, without this type; the zone's SOA.
    NoData(&'a Record),
    /// Neither the name nor anything below it exists; the zone's SOA.
    NoName(&'a Record),
    /// No zone here covers the name.
    Outside,
}

/// The text is not a domain name in ASCII.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a domain name")]
pub struct BadName(pub String);

impl Zones {
    /// Reads records from text: one `name ttl IN TYPE data` a line, `;` begins a comment.
    ///
    /// Names are absolute, with or without their final dot. Types are A, AAAA, CNAME, MX, NS, SOA, SRV and TXT.
    ///
    /// # Errors
    /// The first line that cannot be read, with its number.
    pub fn parse(text: &str) -> Result<Self, BadLine> {
        let mut zones = Self::default();
        zones.publish(text)?;
        Ok(zones)
    }

    /// Adds the records of the text, written as for [`Zones::parse`]; those already present stay single.
    ///
    /// # Errors
    /// The first line that cannot be read; nothing is changed then.
    pub fn publish(&mut self, text: &str) -> Result<(), BadLine> {
        for record in line::records(text)? {
            let held = self.records.entry(key(&record)).or_default();
            if !held.iter().any(|it| it.data == record.data) {
                held.push(record);
            }
        }
        Ok(())
    }

    /// Removes the records of the text, whatever their time to live, and says how many were there.
    ///
    /// # Errors
    /// The first line that cannot be read; nothing is changed then.
    pub fn withdraw(&mut self, text: &str) -> Result<usize, BadLine> {
        let mut removed = 0;
        for record in line::records(text)? {
            let key = key(&record);
            let Some(held) = self.records.get_mut(&key) else {
                continue;
            };
            let before = held.len();
            held.retain(|it| it.data != record.data);
            removed += before - held.len();
            if held.is_empty() {
                self.records.remove(&key);
            }
        }
        Ok(removed)
    }

    /// Removes every record of that type from the name and returns them.
    ///
    /// # Errors
    /// When `name` is not a domain name.
    pub fn clear(&mut self, name: &str, kind: RecordType) -> Result<Vec<Record>, BadName> {
        let name = parse_name(name)?;
        Ok(self.records.remove(&(LowerName::from(name), kind)).unwrap_or_default())
    }

    /// Makes the name and all below it fail with SERVFAIL, inside a zone or not.
    ///
    /// # Errors
    /// When `name` is not a domain name.
    pub fn break_at(&mut self, name: &str) -> Result<(), BadName> {
        self.fail(name, Manner::Broken)
    }

    /// Makes the name and all below it stay without an answer, inside a zone or not.
    ///
    /// # Errors
    /// When `name` is not a domain name.
    pub fn mute_at(&mut self, name: &str) -> Result<(), BadName> {
        self.fail(name, Manner::Mute)
    }

    /// Ends what [`Zones::break_at`] or [`Zones::mute_at`] began at that name.
    ///
    /// # Errors
    /// When `name` is not a domain name.
    pub fn recover_at(&mut self, name: &str) -> Result<(), BadName> {
        self.failing.remove(&LowerName::from(parse_name(name)?));
        Ok(())
    }

    /// Every record, in canonical order of names (RFC 4034, 6.1).
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values().flatten()
    }

    /// How the name fails on purpose, if it does.
    pub(super) fn manner(&self, name: &LowerName) -> Option<Manner> {
        ancestry(name).find_map(|it| self.failing.get(&it).copied())
    }

    /// What the name holds for that type.
    pub(super) fn find(&self, name: &LowerName, kind: RecordType) -> Held<'_> {
        let Some(soa) = self.soa_above(name) else {
            return Held::Outside;
        };
        if let Some(records) = self.records.get(&(name.clone(), kind)) {
            return Held::Records(records);
        }
        match self.alias(name) {
            Some((record, target)) => Held::Alias(record, target),
            None if self.exists(name) => Held::NoData(soa),
            None => Held::NoName(soa),
        }
    }

    fn fail(&mut self, name: &str, manner: Manner) -> Result<(), BadName> {
        self.failing.insert(LowerName::from(parse_name(name)?), manner);
        Ok(())
    }

    fn soa_above(&self, name: &LowerName) -> Option<&Record> {
        ancestry(name).find_map(|it| self.records.get(&(it, RecordType::SOA))?.first())
    }

    fn alias(&self, name: &LowerName) -> Option<(&Record, LowerName)> {
        let record = self.records.get(&(name.clone(), RecordType::CNAME))?.first()?;
        match &record.data {
            RData::CNAME(target) => Some((record, LowerName::new(target))),
            _ => None,
        }
    }

    /// A name without records still exists when one below it has some (RFC 8020, 2).
    fn exists(&self, name: &LowerName) -> bool {
        // In canonical order what lies below a name follows it at once.
        let first = (name.clone(), RecordType::from(0));
        let next = self.records.range(first..).next();
        next.is_some_and(|((found, _), _)| name.zone_of(found))
    }
}

fn key(record: &Record) -> (LowerName, RecordType) {
    (LowerName::new(&record.name), record.record_type())
}

/// The name, then each name above it, the root included.
fn ancestry(name: &LowerName) -> impl Iterator<Item = LowerName> {
    std::iter::successors(Some(name.clone()), |it| (!it.is_root()).then(|| it.base_name()))
}

/// An absolute name, whether the text ends with a dot or not.
pub(super) fn parse_name(text: &str) -> Result<Name, BadName> {
    let mut name = Name::from_ascii(text).map_err(|_| BadName(text.to_owned()))?;
    if text.is_empty() {
        return Err(BadName(String::new()));
    }
    name.set_fqdn(true);
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = "
        example.com 300 IN SOA ns1.example.com hostmaster.example.com 1 7200 3600 1209600 60
        www.example.com 300 IN CNAME web.example.net
        a.b.example.com 300 IN A 192.0.2.1
        sub.example.com 300 IN SOA ns1.example.com hostmaster.example.com 2 7200 3600 1209600 60
    ";

    #[track_caller]
    fn check(name: &str, kind: RecordType, expected: &str) {
        let zones = Zones::parse(ZONE).expect("the sample zone is well formed");
        let name = LowerName::from(parse_name(name).expect("a sample name"));
        let found = match zones.find(&name, kind) {
            Held::Records(records) => format!("{} records", records.len()),
            Held::Alias(_, target) => format!("alias of {target}"),
            Held::NoData(soa) => format!("no data in {}", soa.name),
            Held::NoName(soa) => format!("no name in {}", soa.name),
            Held::Outside => "outside".to_owned(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_name_is_found_whatever_its_case() {
        check("A.b.Example.COM", RecordType::A, "1 records");
    }

    #[test]
    fn another_type_of_an_existing_name_is_no_data() {
        check("a.b.example.com", RecordType::MX, "no data in example.com.");
    }

    #[test]
    fn a_name_with_only_names_below_it_exists() {
        check("b.example.com", RecordType::A, "no data in example.com.");
    }

    #[test]
    fn an_unknown_name_does_not_exist() {
        check("ab.example.com", RecordType::A, "no name in example.com.");
    }

    #[test]
    fn a_deeper_zone_answers_for_its_own_names() {
        check("x.sub.example.com", RecordType::A, "no name in sub.example.com.");
    }

    #[test]
    fn an_alias_stands_for_every_other_type() {
        check("www.example.com", RecordType::TXT, "alias of web.example.net.");
        check("www.example.com", RecordType::CNAME, "1 records");
    }

    #[test]
    fn a_name_of_no_zone_is_outside() {
        check("example.net", RecordType::A, "outside");
    }

    #[test]
    fn withdrawing_ignores_the_time_to_live_and_counts() {
        let mut zones = Zones::parse(ZONE).unwrap();
        assert_eq!(zones.withdraw("a.b.example.com 60 IN A 192.0.2.1"), Ok(1));
        assert_eq!(zones.withdraw("a.b.example.com 60 IN A 192.0.2.1"), Ok(0));
        assert_eq!(zones.records().count(), 3);
    }

    #[test]
    fn a_text_with_one_bad_line_changes_nothing() {
        let mut zones = Zones::parse(ZONE).unwrap();
        let text = "new.example.com 60 IN A 192.0.2.9\nnew.example.com 60 IN A nowhere";
        assert_eq!(zones.publish(text).unwrap_err().line, 2);
        assert_eq!(zones.records().count(), 4);
    }

    #[test]
    fn a_failing_name_takes_those_below_with_it_until_it_recovers() {
        let mut zones = Zones::parse(ZONE).unwrap();
        zones.mute_at("b.example.com").unwrap();
        let name = LowerName::from(parse_name("a.b.example.com").unwrap());
        assert_eq!(zones.manner(&name), Some(Manner::Mute));
        zones.recover_at("b.example.com.").unwrap();
        assert_eq!(zones.manner(&name), None);
    }
}
