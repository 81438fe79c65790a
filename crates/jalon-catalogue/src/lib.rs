//! The catalogue: the programme's 107 source bullets, the 76 responsibilities they come down to, overlays and gates,
//! as data files that are read, validated and compared here. No network, no database, no engagement.
//!
//! ```
//! use jalon_catalogue::Catalogue;
//!
//! let catalogue = Catalogue::builtin();
//! let id = "dns.records".parse()?;
//! let duty = catalogue.responsibility(&id).expect("it is part of the catalogue");
//! assert_eq!(duty.code(), "o365.enable.06");
//! let said = catalogue.citations(duty)[0].text();
//! assert_eq!(said.en, "Office 365, “your responsibilities”, section Enable, bullet 6, version of 2 April 2019.");
//! # Ok::<(), jalon_domain::ids::BadId>(())
//! ```

mod catalogue;
mod citation;
mod data;
mod diff;
mod file;
mod folder;
mod list;
mod load;
mod parse;
mod problem;
#[cfg(test)]
mod tests;
mod typography;
mod validate;

pub use catalogue::{Catalogue, Overlay, Source};
pub use citation::Citation;
pub use diff::{Changed, Changes, Diff, Split, diff};
pub use problem::{Fault, Problem, Unloadable};
