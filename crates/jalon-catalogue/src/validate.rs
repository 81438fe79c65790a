//! What a whole catalogue must hold beyond being well formed. Each module below asks one kind of question; together they
//! list everything that is wrong, so that an author mends a catalogue in one go.

mod bullets;
mod gates;
mod links;
mod order;
mod proofs;
mod texts;

use jalon_domain::{
    ids::{CheckId, ResponsibilityId, RuleId},
    profile::Programme,
    programme::Responsibility,
};

use crate::{Catalogue, Fault, Problem};

/// The checks that exist, each with its rules.
type Checks<'a> = &'a [(CheckId, Vec<RuleId>)];

impl Catalogue {
    /// Everything that is wrong with the catalogue; empty when it holds. `checks` are the checks that exist, each with
    /// its rules: a requirement may name no others.
    pub fn validate(&self, checks: Checks<'_>) -> Vec<Problem> {
        let mut problems = texts::problems(self);
        problems.extend(bullets::problems(self));
        problems.extend(links::problems(self));
        problems.extend(order::problems(self));
        problems.extend(proofs::problems(self, checks));
        problems.extend(gates::problems(self));
        problems
    }

    /// The file of a responsibility, from the catalogue's folder.
    fn file_of(&self, id: &ResponsibilityId) -> String {
        match self.overlay_of(id) {
            Some(overlay) => format!("overlays/{}.toml", overlay.id),
            None => format!("responsibilities/{id}.toml"),
        }
    }

    /// A problem of one responsibility. In an overlay's file the key begins with the id, since it holds several.
    fn problem_of(&self, duty: &Responsibility, key: &str, fault: Fault) -> Problem {
        let key = match (self.overlay_of(&duty.id), key) {
            (None, key) => key.to_owned(),
            (Some(_), "") => duty.id.to_string(),
            (Some(_), key) => format!("{}.{key}", duty.id),
        };
        Problem::at(&self.file_of(&duty.id), key, fault)
    }
}

/// The file of a page's bullets.
fn bullets_file(programme: Programme) -> String {
    format!("bullets/{programme}.toml")
}
