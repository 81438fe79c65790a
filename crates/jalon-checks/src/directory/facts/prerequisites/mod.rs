//! What the facts of forests say of the programme's prerequisites P-DIR-01 to 05. Those from 06 on are about objects and
//! about the tenant: whoever sees those tells them, and they are not mentioned here.

mod across;

use std::collections::BTreeSet;

use jalon_domain::{evidence::Outcome, text::Text};

use self::across::Bond;
use super::{
    Part,
    tables::tables,
    types::{Absent, ForestFacts, Prerequisite, Trust, Why},
};

/// What the objects of a forest use, where they were read: a forest's own facts hold declared suffixes only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Suffixes of sign-in names in use.
    pub upn_suffixes: BTreeSet<String>,
    /// Domains of primary addresses; none when the objects were not read.
    pub primary_domains: Option<BTreeSet<String>>,
}

/// Writes into each forest what the facts say of its prerequisites. `used` belongs to the forests in their order; where
/// it is shorter, the objects of the other forests were not read.
pub fn judge(forests: &mut [ForestFacts], used: &[Used]) {
    let bond = Bond::of(forests);
    let shared = [
        across::topology(forests, bond),
        across::skype(forests, bond),
        across::suffixes(forests, used, bond),
        across::addresses(forests, used, bond),
    ];
    for forest in forests {
        forest.prerequisites = vec![level(forest)];
        forest.prerequisites.extend(shared.clone());
    }
}

/// P-DIR-01: the level that synchronisation needs.
fn level(forest: &ForestFacts) -> Prerequisite {
    let id = "P-DIR-01";
    let Some(level) = forest.forest.functional_level else {
        let en = "the functional level of the forest is not shown";
        let fr = "le niveau fonctionnel de la forêt n’est pas montré";
        return said(id, Outcome::Inconclusive, Text::new(en, fr));
    };
    let name = forest
        .forest
        .functional_name
        .clone()
        .unwrap_or_else(|| level.to_string());
    let least = tables().needs.functional_level;
    if level >= least {
        let en = format!("the forest works at level {name}");
        let fr = format!("la forêt fonctionne au niveau {name}");
        return said(id, Outcome::Pass, Text::new(en, fr));
    }
    let wanted = tables().level(least).unwrap_or_default();
    let en = format!("the forest works at level {name}; it needs {wanted} or later");
    let fr = format!("la forêt fonctionne au niveau {name} ; il faut {wanted} ou plus récent");
    said(id, Outcome::Fail, Text::new(en, fr))
}

fn said(id: &str, outcome: Outcome, reason: Text) -> Prerequisite {
    Prerequisite {
        id: id.to_owned(),
        outcome,
        reason,
    }
}

/// The trusts that lead to other forests.
fn links(forest: &ForestFacts) -> impl Iterator<Item = &Trust> {
    forest.trusts.iter().filter(|it| it.leaves_forest())
}

/// Whether a part was seen of the forest and of each of its domains, or is known not to exist.
pub(in crate::directory) fn is_known(forest: &ForestFacts, part: Part) -> bool {
    let is_whole = part == Part::Domain || Part::OF_DOMAIN.contains(&part);
    let hides = |it: &Absent| it.part == part || (it.part == Part::Domain && is_whole);
    !forest.absent.iter().any(|it| it.why != Why::NotThere && hides(it))
}
