//! Findings that somebody accepted for a while: not counted, but told, with who is meant, why and until when. Which
//! finding is meant is decided here; files are read by the caller, who also says what day it is.
//!
//! ```toml
//! [[suppress]]
//! rule = "DIR-019"                                # or "*" for every rule
//! dn = "*,OU=Service,DC=contoso,DC=example"       # the whole name; * stands for anything, case does not matter
//! attribute = "userPrincipalName"                 # may be left out
//! value = "svc_*"                                 # may be left out
//! reason = "Service accounts stay in the forest"
//! until = 2026-12-31                              # the last day, at most two years ahead
//! ```

mod file;
mod glob;
mod sieve;

use std::sync::LazyLock;

use jalon_domain::{ids::RuleId, text::Messages};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

pub use file::Malformed;
pub use sieve::{Remark, Sieve, Suppressed};

use super::tally::Seen;
use glob::Glob;

static M: LazyLock<Messages> = LazyLock::new(|| Messages::new(include_str!("en.ftl"), include_str!("fr.ftl")));

/// One entry: what is meant, why, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The file that it stands in.
    pub file: String,
    /// Its line there.
    pub line: usize,
    /// The rule; none for every rule.
    rule: Option<RuleId>,
    /// The objects, by distinguished name.
    dn: Glob,
    /// The attribute; none for every attribute.
    attribute: Option<String>,
    /// The values; none for every value.
    value: Option<Glob>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Date,
}

/// Every entry of every file, in force on one day or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressions {
    today: Date,
    entries: Vec<Suppression>,
}

impl Suppressions {
    /// None yet, for a run at `now`. A day begins and ends as in UTC.
    pub fn at(now: Timestamp) -> Self {
        Self {
            today: now.to_zoned(TimeZone::UTC).date(),
            entries: Vec::new(),
        }
    }

    /// Adds those of the file called `name`.
    ///
    /// # Errors
    /// [`Malformed`] with the line of the first entry that cannot be used.
    pub fn read(&mut self, name: &str, text: &str) -> Result<(), Malformed> {
        self.entries.extend(file::read(name, text, self.today)?);
        Ok(())
    }
}

impl Suppression {
    /// Whether it means the finding. What costs nothing is compared first.
    fn means(&self, seen: &Seen<'_>, lower: &mut Lowered) -> bool {
        let is_of_rule = self.rule.as_ref().is_none_or(|it| it.as_str() == seen.rule);
        let is_of_attribute = self
            .attribute
            .as_ref()
            .is_none_or(|it| seen.attribute.is_some_and(|own| own.eq_ignore_ascii_case(it)));
        is_of_rule
            && is_of_attribute
            && self.dn.matches(lower.dn(seen))
            && self.value.as_ref().is_none_or(|it| it.matches(lower.value(seen)))
    }
}

/// A finding in lower case, made when the first pattern asks for it.
#[derive(Default)]
struct Lowered {
    dn: Option<String>,
    value: Option<String>,
}

impl Lowered {
    fn dn(&mut self, seen: &Seen<'_>) -> &str {
        self.dn.get_or_insert_with(|| glob::lower(seen.dn))
    }

    fn value(&mut self, seen: &Seen<'_>) -> &str {
        self.value.get_or_insert_with(|| glob::lower(seen.value))
    }
}

#[cfg(test)]
mod tests;
