//! Users, contacts and groups as directory synchronisation takes them: the rules that IdFix had for multi-tenant
//! directories, without its errors. Reading an export is the family's.

mod address;
mod change;
mod charset;
mod finding;
mod flaw;
mod holders;
mod judge;
mod object;
mod phrase;
mod rules;
mod skip;
mod summary;
mod tlds;

use std::sync::LazyLock;

pub(super) use judge::Judge;
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
