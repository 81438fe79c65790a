//! Nothing names what does not exist, and bullets and responsibilities name each other.

use std::collections::BTreeSet;

use jalon_domain::{
    ids::ResponsibilityId,
    profile::Programme,
    programme::{Responsibility, SourceBullet},
};

use super::bullets_file;
use crate::{Catalogue, Fault, Problem};

pub(super) fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for duty in &catalogue.responsibilities {
        if !seen.insert(&duty.id) {
            problems.push(catalogue.problem_of(duty, "id", Fault::Duplicate(duty.id.to_string())));
        }
        problems.extend(cited(catalogue, duty));
        for (key, ids) in [("depends_on", &duty.depends_on), ("children", &duty.children)] {
            problems.extend(missing(catalogue, ids).map(|it| catalogue.problem_of(duty, key, it)));
        }
    }
    problems.extend(catalogue.bullets.iter().flat_map(|it| covered(catalogue, it)));
    for gate in &catalogue.gates {
        let key = format!("{}.responsibilities", gate.id);
        problems.extend(missing(catalogue, &gate.responsibilities).map(|it| Problem::at("gates.toml", &*key, it)));
    }
    problems
}

fn missing<'a>(catalogue: &'a Catalogue, ids: &'a [ResponsibilityId]) -> impl Iterator<Item = Fault> + 'a {
    ids.iter()
        .filter(|it| catalogue.responsibility(it).is_none())
        .map(|it| Fault::Dangling(it.to_string()))
}

/// The bullets of a responsibility: there, naming it back, the Office 365 one first; none only for an overlay's row.
fn cited(catalogue: &Catalogue, duty: &Responsibility) -> Vec<Problem> {
    let mut faults = Vec::new();
    if duty.bullets.is_empty() && catalogue.overlay_of(&duty.id).is_none() {
        faults.push(Fault::Empty);
    }
    let mut programmes = Vec::new();
    for id in &duty.bullets {
        let Some(bullet) = catalogue.bullet(id) else {
            faults.push(Fault::Dangling(id.to_string()));
            continue;
        };
        if !bullet.responsibilities.contains(&duty.id) {
            faults.push(Fault::OneWay {
                here: duty.id.to_string(),
                there: id.to_string(),
            });
        }
        if bullet.programme == Programme::Office365 && programmes.contains(&Programme::Ems) {
            faults.push(Fault::NotFirst(id.clone()));
        }
        programmes.push(bullet.programme);
    }
    faults
        .into_iter()
        .map(|it| catalogue.problem_of(duty, "bullets", it))
        .collect()
}

/// The responsibilities of a bullet: at least one, there, naming it back.
fn covered(catalogue: &Catalogue, bullet: &SourceBullet) -> Vec<Problem> {
    let mut faults = Vec::new();
    if bullet.responsibilities.is_empty() {
        faults.push(Fault::Empty);
    }
    for id in &bullet.responsibilities {
        match catalogue.responsibility(id) {
            None => faults.push(Fault::Dangling(id.to_string())),
            Some(duty) if !duty.bullets.contains(&bullet.id) => {
                faults.push(Fault::OneWay {
                    here: bullet.id.to_string(),
                    there: id.to_string(),
                });
            }
            Some(_) => {}
        }
    }
    let file = bullets_file(bullet.programme);
    let key = format!("{}.responsibilities", bullet.id);
    faults.into_iter().map(|it| Problem::at(&file, &*key, it)).collect()
}
