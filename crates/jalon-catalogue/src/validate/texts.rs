//! Every text exists in both languages, says something different in each, and its French is typeset as French.

use jalon_domain::text::{Lang, Text};

use super::bullets_file;
use crate::{Catalogue, Fault, Problem, typography};

pub(super) fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut problems = Vec::new();
    for bullet in &catalogue.bullets {
        let file = bullets_file(bullet.programme);
        let texts = [
            ("title", Some(&bullet.title)),
            ("divergence", bullet.divergence.as_ref()),
        ];
        for (key, text) in texts {
            let faults = text.map(faults).unwrap_or_default();
            problems.extend(
                faults
                    .into_iter()
                    .map(|it| Problem::at(&file, format!("{}.{key}", bullet.id), it)),
            );
        }
    }
    for duty in &catalogue.responsibilities {
        for (key, text) in [("title", &duty.title), ("good", &duty.good), ("proof", &duty.proof)] {
            problems.extend(faults(text).into_iter().map(|it| catalogue.problem_of(duty, key, it)));
        }
        for requirement in &duty.requirements {
            let key = format!("requirement {}.title", requirement.id);
            problems.extend(
                faults(&requirement.title)
                    .into_iter()
                    .map(|it| catalogue.problem_of(duty, &key, it)),
            );
        }
    }
    for gate in &catalogue.gates {
        for (key, text) in [("title", &gate.title), ("statement", &gate.statement)] {
            let key = format!("{}.{key}", gate.id);
            problems.extend(faults(text).into_iter().map(|it| Problem::at("gates.toml", &*key, it)));
        }
    }
    let sources = catalogue
        .sources
        .iter()
        .map(|it| (it.programme.word(), "page", &it.page));
    let overlays = catalogue.overlays.iter().flat_map(|it| {
        let id = it.id.as_str();
        [(id, "page", &it.page), (id, "title", &it.title)]
    });
    for (id, key, text) in sources.chain(overlays) {
        problems.extend(
            faults(text)
                .into_iter()
                .map(|it| Problem::at("catalogue.toml", format!("{id}.{key}"), it)),
        );
    }
    problems
}

fn faults(text: &Text) -> Vec<Fault> {
    let empty = Lang::ALL
        .iter()
        .filter(|it| text.get(**it).trim().is_empty())
        .map(|it| Fault::NoText(*it));
    let same = (text.is_complete() && text.en == text.fr).then_some(Fault::Untranslated);
    let slips = typography::slips(&text.fr).into_iter().map(Fault::Typography);
    empty.chain(same).chain(slips).collect()
}
