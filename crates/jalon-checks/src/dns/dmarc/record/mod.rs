//! DMARC records as RFC 9989 writes them (sections 4.7 and 4.8): every tag with where it stands, and what a receiver makes
//! of them. Nothing here asks anybody anything.

mod mend;
mod policy;
mod tags;
#[cfg(test)]
mod tests;
mod uri;

pub(super) use mend::{KNOWN, REMOVED, Wanted, is_failure_option, mended};
pub use policy::{Acts, Disposition, Policy, Suffix, Wish};
pub use tags::{Parsed, Tag, parse};
pub use uri::{Target, targets};
