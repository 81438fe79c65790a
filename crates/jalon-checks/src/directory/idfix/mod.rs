//! IdFix as it was in its last version (2.6.0.3), for people who compare with it: which objects it looked at, what it
//! found, what it proposed, its errors included. A pure function over one object at a time; who else holds a value is
//! asked of the caller. The corrected rules are `objects`'.
//!
//! Errors that are kept, each told again where it happens:
//!
//! | error | where |
//! |---|---|
//! | recipient types are compared with hexadecimal text, which no directory answers | `skip` |
//! | `isCriticalSystemObject` is not asked for in dedicated mode, so it skips nothing there | `skip` |
//! | a filter value that cannot be read ends the filter, and the object stays | `skip` |
//! | any `ACNF:` in a distinguished name makes a conflict copy | `skip` |
//! | full stops at the ends of a mailNickname are never told in dedicated mode (`MailNickNamePeriodsRule` is dead) | `chains` |
//! | a blank mailNickname of a user is not told, although documented | `blank` |
//! | mail and targetAddress are never compared (`MailMatch` does not exist) | `chains` |
//! | lengths of the parts of a userPrincipalName are documented and not judged | `chains` |
//! | duplicates of addresses are looked for before their characters are mended | `chains` |
//! | whether a duplicate stays or goes depends on the first value of the attribute only | `later` |
//! | `smtp:` counts wherever it stands in a value | `chains` |
//! | a top-level domain has 2 to 17 letters: `xn--…` never passes | `address` |
//! | the first holder of a value is told only when a later one is to be edited and was not mended before | `judge` |
//!
//! IdFix tells the first holder once for each later one, as a second row beside its own errors; here one value has one
//! verdict. Its comparisons go through the tables of Windows; `fold` says how far they are followed.

mod address;
mod attribute;
mod blank;
mod chains;
mod charset;
mod course;
mod fold;
mod judge;
mod later;
mod object;
mod profile;
mod select;
mod skip;

use jalon_domain::words;

use super::TopLevelDomains;
use {
    attribute::Attribute,
    judge::{Shared, claims, judge},
    object::Object,
    select::selected,
    skip::skipped,
};
pub(super) use {judge::Verdict, profile::Idfix};

words! {
    /// What IdFix prepares a directory for, which decides what it asks for and how it judges.
    Mode {
        MultiTenant = "multi-tenant", "Multi-tenant", "Mutualisé";
        /// The retired dedicated plans of Office 365.
        Dedicated = "dedicated", "Dedicated", "Dédié";
    }
}

/// How one run judges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings<'t> {
    /// Which of the two rule sets.
    pub(super) mode: Mode,
    /// People sign in with another attribute: userPrincipalName is not judged (`UseAlternateLogin`).
    pub(super) alternate_login_id: bool,
    /// What addresses may end in, instead of IdFix's own list of 920 names (`ValidTLDList`).
    pub(super) tlds: &'t TopLevelDomains,
}

#[cfg(test)]
mod tests;
