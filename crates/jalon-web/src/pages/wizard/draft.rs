//! The wizard's form as typed, over all steps, and what it means: parsed at the door, with what is wrong by field.

use std::{collections::BTreeSet, str::FromStr};

use jalon_domain::{
    engagement::{DomainName, Endpoint},
    profile::{Choice, Cloud, Profile, Programme, Service},
    text::{Lang, Text},
};
use jalon_service::engagement::NewEngagement;
use jiff::civil::Date;

use super::{M, step::Step};
use crate::{
    text::{t, texts},
    ui::{dates, forms::Errors},
};

/// Domains or endpoints that one form takes, and their characters: what fits a text field beside a file.
const MOST: usize = 100;
const MOST_TEXT: usize = 12_000;
/// The longest name, in characters.
const NAME: usize = 120;
const MOST_SEATS: u32 = 10_000_000;

/// What was typed so far. A step shows its own fields and carries the others along, unseen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    fields: Vec<(String, String)>,
}

impl Draft {
    /// The form before anything is typed: today, and what most engagements take on.
    pub fn new(today: Date) -> Self {
        let services = [
            Service::Exchange,
            Service::Sharepoint,
            Service::Onedrive,
            Service::Teams,
            Service::Apps,
        ];
        let mut draft = Self::default();
        draft.put("start", today.to_string());
        draft.put("programmes", Programme::Office365.word());
        services.into_iter().for_each(|it| draft.put("services", it.word()));
        draft.put("cloud", Cloud::Worldwide.word());
        draft
    }

    /// The form as it was sent.
    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        Self { fields: pairs }
    }

    /// One more field.
    pub fn put(&mut self, name: &str, value: impl Into<String>) {
        self.fields.push((name.to_owned(), value.into()));
    }

    /// What is typed in `name`; empty when nothing is.
    pub fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|it| it.0 == name)
            .map_or("", |it| it.1.as_str())
    }

    /// Everything that is ticked under `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |it| it.0 == name)
            .map(|it| it.1.as_str())
    }

    /// Whether `value` is ticked under `name`.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|it| it == value)
    }

    /// The fields of the other steps, to be carried along.
    pub fn carried(&self, step: Step) -> impl Iterator<Item = (&str, &str)> {
        let others = move |name: &str| Step::of_field(name).is_some_and(|it| it != step);
        self.fields
            .iter()
            .filter(move |it| others(&it.0))
            .map(|it| (it.0.as_str(), it.1.as_str()))
    }

    /// The profile as far as it can be read, for the answer to each tick.
    pub fn profile(&self) -> Profile {
        Profile {
            programmes: self.words::<Programme>("programmes"),
            services: self.words::<Service>("services"),
            options: self.words::<Choice>("options"),
            seats: seats(self.get("seats")).unwrap_or(1),
            cloud: self.get("cloud").parse().unwrap_or(Cloud::Worldwide),
        }
    }

    fn words<T: FromStr + Ord>(&self, name: &str) -> BTreeSet<T> {
        self.all(name).filter_map(|it| it.parse().ok()).collect()
    }

    /// The domains, one by one.
    pub fn domains(&self) -> Vec<&str> {
        lines(self.get("domains"))
    }

    /// The endpoints, one by one.
    pub fn endpoints(&self) -> Vec<&str> {
        lines(self.get("endpoints"))
    }

    /// What is wrong in the fields of `step`.
    pub fn check(&self, step: Step) -> Errors {
        let mut errors = Errors::none();
        match step {
            Step::Scope => self.check_scope(&mut errors),
            Step::Domains => self.check_targets(&mut errors),
            Step::Directory => {}
        }
        errors
    }

    fn check_scope(&self, errors: &mut Errors) {
        let length = |name: &str| self.get(name).trim().chars().count();
        if !(1..=NAME).contains(&length("organisation")) {
            errors.add("organisation", texts!(M, "bad-organisation"));
        }
        if length("name") > NAME {
            errors.add("name", texts!(M, "bad-name"));
        }
        if self.all("programmes").next().is_none() {
            errors.add("programmes", texts!(M, "no-programmes"));
        }
        match self.get("seats").trim() {
            "" => errors.add("seats", texts!(M, "no-seats")),
            raw if seats(raw).is_none() => errors.add("seats", texts!(M, "bad-seats", raw = raw)),
            _ => {}
        }
        self.check_dates(errors);
    }

    fn check_dates(&self, errors: &mut Errors) {
        let (start, target) = (self.start(), self.target());
        if start.is_none() {
            errors.add("start", texts!(M, "bad-start"));
        }
        match (start, target) {
            (_, Err(_)) => errors.add("target", texts!(M, "bad-target")),
            (Some(start), Ok(Some(target))) if target <= start => {
                let said = |lang: Lang| t!(lang, M, "target-before", start = dates::day_year(lang, start));
                errors.add("target", Text::new(said(Lang::En), said(Lang::Fr)));
            }
            _ => {}
        }
    }

    fn check_targets(&self, errors: &mut Errors) {
        if let Some(raw) = self.domains().into_iter().find(|it| DomainName::parse(it).is_err()) {
            errors.add("domains", texts!(M, "bad-domain", raw = raw));
        }
        if let Some(raw) = self.endpoints().into_iter().find(|it| Endpoint::parse(it).is_err()) {
            errors.add("endpoints", texts!(M, "bad-endpoint", raw = raw));
        }
        for name in ["domains", "endpoints"] {
            let raw = self.get(name);
            if lines(raw).len() > MOST || raw.len() > MOST_TEXT {
                errors.add(name, texts!(M, "too-many", n = MOST));
            }
        }
    }

    /// The first day.
    pub fn start(&self) -> Option<Date> {
        self.get("start").trim().parse().ok()
    }

    /// The day aimed at, if one is given.
    ///
    /// # Errors
    /// When what is typed is no date.
    pub fn target(&self) -> Result<Option<Date>, jiff::Error> {
        match self.get("target").trim() {
            "" => Ok(None),
            raw => raw.parse().map(Some),
        }
    }

    /// The engagement to create.
    ///
    /// # Errors
    /// The first step with something wrong, and what.
    pub fn read(&self) -> Result<NewEngagement, (Step, Errors)> {
        for step in Step::ALL {
            let errors = self.check(step);
            if !errors.is_empty() {
                return Err((step, errors));
            }
        }
        let owned = |it: Vec<&str>| it.into_iter().map(str::to_owned).collect();
        Ok(NewEngagement {
            organisation: self.get("organisation").trim().to_owned(),
            name: Some(self.get("name").trim().to_owned()).filter(|it| !it.is_empty()),
            profile: self.profile(),
            start: self.start().unwrap_or_default(),
            target: self.target().unwrap_or_default(),
            domains: owned(self.domains()),
            endpoints: owned(self.endpoints()),
        })
    }
}

/// What stands on lines, or between spaces, commas and semicolons.
fn lines(raw: &str) -> Vec<&str> {
    raw.split(|it: char| it.is_whitespace() || it == ',' || it == ';')
        .filter(|it| !it.is_empty())
        .collect()
}

/// A number as people group it: `2 340`, `2,340`, `2’340`.
fn seats(raw: &str) -> Option<u32> {
    let groups: Vec<&str> = raw
        .trim()
        .split(|it: char| it.is_whitespace() || [',', '.', '\'', '’'].contains(&it))
        .collect();
    let (first, others) = groups.split_first()?;
    let are_digits = groups
        .iter()
        .all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
    let are_thousands = others.is_empty() || (first.len() <= 3 && others.iter().all(|it| it.len() == 3));
    let number = groups.concat().parse().ok().filter(|it| (1..=MOST_SEATS).contains(it));
    number.filter(|_| are_digits && are_thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(pairs: &[(&str, &str)]) -> Draft {
        Draft::sent(pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect())
    }

    fn whole() -> Draft {
        draft(&[
            ("organisation", " Example Nord "),
            ("start", "2026-09-07"),
            ("target", "2027-01-29"),
            ("programmes", "office365"),
            ("programmes", "ems"),
            ("services", "exchange"),
            ("seats", "2\u{202f}340"),
            ("cloud", "gcc"),
            ("domains", "nord.example.com\r\nNORD.example.org, \r\n"),
            ("endpoints", "mail.nord.example.com:8443"),
        ])
    }

    #[track_caller]
    fn wrong(step: Step, change: (&str, &str), said: &str) {
        let mut draft = whole();
        draft.fields.retain(|it| it.0 != change.0);
        draft.put(change.0, change.1);
        let errors = draft.check(step);
        let text = errors
            .of(Lang::En, change.0)
            .unwrap_or_else(|| panic!("nothing is wrong with {change:?}"));
        assert!(text.contains(said), "{text}");
        assert_eq!(draft.read().unwrap_err().0, step);
    }

    #[test]
    fn a_form_filled_in_is_an_engagement() {
        let new = whole().read().unwrap();
        assert_eq!(
            (new.organisation.as_str(), new.name, new.profile.seats),
            ("Example Nord", None, 2340)
        );
        assert_eq!(new.domains, ["nord.example.com", "NORD.example.org"]);
        assert_eq!(new.profile.programmes.len(), 2);
        assert_eq!(new.profile.cloud, Cloud::Gcc);
        assert_eq!(new.target, Some(jiff::civil::date(2027, 1, 29)));
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field_with_what_would_be_right() {
        wrong(Step::Scope, ("organisation", " "), "1 to 120");
        wrong(Step::Scope, ("start", "7/9"), "such as 2026-11-20");
        wrong(Step::Scope, ("target", "2026-09-07"), "before the start on 7 Sep 2026");
        wrong(Step::Scope, ("seats", "many"), "“many”");
        wrong(Step::Scope, ("seats", "0"), "from 1 to");
        wrong(Step::Scope, ("seats", ""), "needed");
        wrong(Step::Domains, ("domains", "nord.example.com nord"), "“nord”");
        wrong(
            Step::Domains,
            ("endpoints", "https://mail.nord.example.com"),
            "HOST:PORT",
        );
        wrong(Step::Domains, ("domains", &"a.example ".repeat(101)), "At most 100");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for raw in ["2340", "2 340", "2,340", "2.340", "2’340"] {
            assert_eq!(seats(raw), Some(2340), "{raw}");
        }
        for raw in ["", "2340 seats", "-5", "2.5", "2,34", "10000001", "99999999999999"] {
            assert_eq!(seats(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_step_carries_what_the_others_hold_and_nothing_else() {
        let mut draft = whole();
        draft.put("csrf", "x");
        let carried: Vec<&str> = draft.carried(Step::Domains).map(|it| it.0).collect();
        assert!(carried.contains(&"organisation") && carried.iter().filter(|it| **it == "programmes").count() == 2);
        assert!(!carried.contains(&"domains") && !carried.contains(&"csrf"));
    }
}
