//! A generated directory export, LDIF of an Active-Directory-like forest, with planted defects: the same bytes for the
//! same plan. It holds what `(|(objectCategory=Person)(objectCategory=Group))` would return, so no containers.
//! Nothing here judges an entry; the rules broken on purpose are named as the directory checks name them.

mod dice;
mod entry;
mod flaw;
mod ldif;
mod people;
mod plan;

pub use flaw::Flaw;
pub use plan::{Defect, Directory, Plan, Planted, TooFewEntries};
