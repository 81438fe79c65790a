//! The bullets are those of the pages: each once, as many in each section as the page has.

use std::collections::BTreeSet;

use super::bullets_file;
use crate::{Catalogue, Fault, Problem};

pub(super) fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let twice = catalogue.bullets.iter().filter(|it| !seen.insert(&it.id));
    let mut problems: Vec<Problem> = twice
        .map(|it| {
            Problem::at(
                &bullets_file(it.programme),
                it.id.as_str(),
                Fault::Duplicate(it.id.to_string()),
            )
        })
        .collect();
    for source in &catalogue.sources {
        for (section, expected) in &source.counts {
            let own = catalogue
                .bullets
                .iter()
                .filter(|it| it.programme == source.programme && it.section == *section);
            let (found, expected) = (own.count(), *expected);
            if found != expected {
                let fault = Fault::WrongCount {
                    section: *section,
                    found,
                    expected,
                };
                problems.push(Problem::of_file(&bullets_file(source.programme), fault));
            }
        }
        let uncounted = catalogue
            .bullets
            .iter()
            .find(|it| it.programme == source.programme && !source.counts.contains_key(&it.section));
        problems.extend(uncounted.map(|it| {
            let fault = Fault::WrongCount {
                section: it.section,
                found: 1,
                expected: 0,
            };
            Problem::at("catalogue.toml", format!("{}.counts", source.programme), fault)
        }));
    }
    for overlay in &catalogue.overlays {
        let (found, expected) = (overlay.rows.len(), overlay.count);
        if found != expected {
            problems.push(Problem::of_file(
                &format!("overlays/{}.toml", overlay.id),
                Fault::WrongRows { found, expected },
            ));
        }
    }
    problems
}
