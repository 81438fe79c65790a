//! From data files to a [`Catalogue`]: each is parsed, then they are put together. What the whole must hold is checked in
//! `validate`; how a folder is read is in `folder`.

use std::collections::BTreeMap;

use jalon_domain::{
    ids::BulletId,
    profile::{Condition, Programme},
    programme::{Responsibility, Section, SourceBullet},
};
use jiff::civil::Date;

use crate::{
    Catalogue, Fault, Overlay, Problem, Source, Unloadable,
    file::{BulletEntry, BulletsFile, CatalogueFile, GatesFile, OverlayFile, OverlayHeader, ResponsibilityEntry},
    parse::parse,
};

/// What the files hold, before the parts know of each other.
#[derive(Default)]
struct Parts {
    catalogue: Option<CatalogueFile>,
    gates: Option<GatesFile>,
    bullets: Vec<(String, Vec<BulletEntry>)>,
    responsibilities: Vec<Responsibility>,
    overlays: BTreeMap<String, Vec<Responsibility>>,
}

/// Puts a catalogue together from its files: path below the catalogue's folder, and text.
///
/// # Errors
/// [`Unloadable`] with every file that is not what its name says.
pub(crate) fn assemble(files: impl IntoIterator<Item = (String, String)>) -> Result<Catalogue, Unloadable> {
    let mut parts = Parts::default();
    let mut problems = Vec::new();
    for (path, text) in files {
        if let Err(problem) = parts.take(&path, &text) {
            problems.push(problem);
        }
    }
    for (path, there) in [
        ("catalogue.toml", parts.catalogue.is_some()),
        ("gates.toml", parts.gates.is_some()),
    ] {
        if !there && !problems.iter().any(|it| it.file == path) {
            problems.push(Problem::of_file(path, Fault::Missing));
        }
    }
    match (parts.catalogue.take(), parts.gates.take()) {
        (Some(head), Some(gates)) if problems.is_empty() => join(head, gates, parts),
        _ => Err(Unloadable(problems)),
    }
}

impl Parts {
    fn take(&mut self, path: &str, text: &str) -> Result<(), Problem> {
        let stem = path.strip_suffix(".toml").unwrap_or(path);
        match stem.split_once('/') {
            None if stem == "catalogue" => self.catalogue = Some(parse(path, text)?),
            None if stem == "gates" => self.gates = Some(parse(path, text)?),
            Some(("bullets", page)) => {
                let file: BulletsFile = parse(path, text)?;
                self.bullets.push((page.to_owned(), file.bullet));
            }
            Some(("responsibilities", name)) => {
                let duty: Responsibility = parse::<ResponsibilityEntry>(path, text)?.into();
                if duty.id.as_str() != name {
                    return Err(Problem::at(
                        path,
                        "id",
                        Fault::WrongName {
                            id: duty.id.to_string(),
                        },
                    ));
                }
                self.responsibilities.push(duty);
            }
            Some(("overlays", name)) => {
                let file: OverlayFile = parse(path, text)?;
                self.overlays.insert(
                    name.to_owned(),
                    file.responsibility.into_iter().map(Into::into).collect(),
                );
            }
            _ => return Err(Problem::of_file(path, Fault::UnknownFile)),
        }
        Ok(())
    }
}

fn join(head: CatalogueFile, gates: GatesFile, parts: Parts) -> Result<Catalogue, Unloadable> {
    let mut problems = dates(&head);
    let mut bullets = Vec::new();
    for source in &head.source {
        let page = source.programme.word();
        let entries = parts
            .bullets
            .iter()
            .filter(|(it, _)| it == page)
            .flat_map(|(_, entries)| entries);
        for entry in entries {
            match bullet(source, entry) {
                Ok(bullet) => bullets.push(bullet),
                Err(fault) => problems.push(Problem::at(&format!("bullets/{page}.toml"), entry.id.as_str(), fault)),
            }
        }
    }
    for (page, _) in &parts.bullets {
        let file = format!("bullets/{page}.toml");
        match page.parse::<Programme>() {
            Ok(programme) if head.source.iter().any(|it| it.programme == programme) => {}
            Ok(_) => problems.push(Problem::of_file(&file, Fault::NoSource)),
            Err(unknown) => problems.push(Problem::of_file(&file, Fault::Malformed(unknown.to_string()))),
        }
    }
    let bullet_places: BTreeMap<BulletId, usize> = bullets
        .iter()
        .enumerate()
        .map(|(place, it)| (it.id.clone(), place))
        .collect();
    let mut responsibilities = parts.responsibilities;
    responsibilities.sort_by_cached_key(|it| {
        let place = it.bullets.first().and_then(|it| bullet_places.get(it));
        (it.phase.is_none(), it.phase, place.copied().unwrap_or(usize::MAX))
    });
    let overlays = overlays(head.overlay, parts.overlays, &mut responsibilities, &mut problems);
    if !problems.is_empty() {
        return Err(Unloadable(problems));
    }
    Ok(Catalogue {
        version: head.version,
        probes: head.probes,
        sources: head.source,
        places: responsibilities
            .iter()
            .enumerate()
            .map(|(place, it)| (it.id.clone(), place))
            .collect(),
        bullets,
        responsibilities,
        overlays,
        gates: gates.gate,
        bullet_places,
    })
}

fn dates(head: &CatalogueFile) -> Vec<Problem> {
    let sources = head.source.iter().map(|it| &it.version);
    let overlays = head.overlay.iter().map(|it| &it.version);
    let bad = sources.chain(overlays).filter(|it| it.parse::<Date>().is_err());
    bad.map(|it| Problem::at("catalogue.toml", "version", Fault::BadDate(it.clone())))
        .collect()
}

/// How the ids of a page begin.
const fn prefix(programme: Programme) -> (&'static str, &'static str) {
    match programme {
        Programme::Office365 => ("o365", "o365.enable.06"),
        Programme::Ems => ("ems", "ems.enable.03"),
    }
}

/// The bullet with what follows from its id and its page.
fn bullet(source: &Source, entry: &BulletEntry) -> Result<SourceBullet, Fault> {
    let (prefix, example) = prefix(source.programme);
    let wrong = || Fault::WrongPage {
        id: entry.id.clone(),
        example,
    };
    let words: Vec<&str> = entry.id.as_str().split('.').collect();
    let [page, section, numbers @ ..] = words.as_slice() else {
        return Err(wrong());
    };
    let section: Section = section.parse().map_err(|_| wrong())?;
    let plain: Vec<&str> = numbers.iter().map(|it| it.trim_start_matches('0')).collect();
    let numbered = |it: &&str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if *page != prefix || !matches!(plain.len(), 1 | 2) || !plain.iter().all(numbered) {
        return Err(wrong());
    }
    let expected = plain.join(".");
    if entry.ordinal != expected {
        return Err(Fault::WrongOrdinal {
            ordinal: entry.ordinal.clone(),
            expected,
        });
    }
    Ok(SourceBullet {
        id: entry.id.clone(),
        programme: source.programme,
        section,
        ordinal: expected,
        version: source.version.clone(),
        title: entry.title.clone(),
        responsibilities: entry.responsibilities.clone(),
        divergence: entry.divergence.clone(),
    })
}

/// Appends each overlay's rows. A row holds under the overlay's condition and under its own.
fn overlays(
    headers: Vec<OverlayHeader>,
    mut rows: BTreeMap<String, Vec<Responsibility>>,
    responsibilities: &mut Vec<Responsibility>,
    problems: &mut Vec<Problem>,
) -> Vec<Overlay> {
    let mut overlays = Vec::new();
    for header in headers {
        let Some(own) = rows.remove(&header.id) else {
            problems.push(Problem::of_file(
                &format!("overlays/{}.toml", header.id),
                Fault::Missing,
            ));
            continue;
        };
        let start = responsibilities.len();
        responsibilities.extend(own.into_iter().map(|mut it| {
            it.applies = if it.applies.is_always() {
                header.applies.clone()
            } else {
                Condition::All(vec![header.applies.clone(), it.applies])
            };
            it
        }));
        overlays.push(Overlay {
            id: header.id,
            title: header.title,
            page: header.page,
            version: header.version,
            applies: header.applies,
            count: header.count,
            rows: start..responsibilities.len(),
        });
    }
    problems.extend(
        rows.keys()
            .map(|it| Problem::of_file(&format!("overlays/{it}.toml"), Fault::NoOverlay)),
    );
    overlays
}
