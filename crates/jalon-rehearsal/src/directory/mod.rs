//! A generated directory export of an Active-Directory-like forest, with planted defects: the same bytes for the same
//! plan. It holds what `(|(objectCategory=Person)(objectCategory=Group))` would return, so no containers, with the attributes that matter.
//! Nothing here judges an entry; the rules broken on purpose are named as the directory checks name them.

mod dice;
mod entry;
mod flaw;
mod form;
mod ldif;
mod people;
mod plan;
mod planted;
mod recipe;
mod sound;
mod spoil;
mod table;

pub use flaw::Flaw;
pub use form::Form;
pub use plan::{Defect, Plan, TooFewEntries};
pub use planted::{Directory, Planted, Said, Scope};
