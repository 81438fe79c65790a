//! Users, contacts and groups as directory synchronisation takes them: what may be wrong with them, rule by rule. Reading
//! a directory is the family's.

mod address;
mod alike;
mod change;
mod charset;
mod flaw;
mod found;
mod keys;
mod names;
mod object;
mod rules;
mod skip;
mod sound;
mod strict;
mod summary;
mod tlds;

use std::sync::LazyLock;

pub use found::Found;
pub(super) use names::Name;
pub(super) use object::Kind;
pub(super) use strict::Strict;
pub(super) use summary::{not_replicated, report};
pub use tlds::TopLevelDomains;

use crate::{check::Check, sheet::Sheet};

/// The check.
pub static CHECK: Objects = Objects;

/// The objects of a directory.
pub struct Objects;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

impl Check for Objects {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}
