//! Reading a catalogue from a folder, well formed or not.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::checks;
use crate::{Catalogue, data, diff};

fn written() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in data::FILES {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[track_caller]
fn refused(folder: &Path, expected: &[&str]) {
    let error = Catalogue::from_folder(folder)
        .expect_err("it is not a catalogue")
        .to_string();
    assert_eq!(error.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_folder_gives_the_same_catalogue_as_the_program() {
    let folder = written();
    fs::write(folder.path().join("README.md"), "Notes are left alone.").unwrap();
    let read = Catalogue::from_folder(folder.path()).unwrap();
    assert!(diff(Catalogue::builtin(), &read).is_empty());
    assert!(read.validate(&checks()).is_empty());
}

#[test]
fn a_missing_folder_or_file_is_said() {
    let folder = TempDir::new().unwrap();
    refused(
        folder.path(),
        &[
            "catalogue.toml: is missing; a catalogue has catalogue.toml, gates.toml, bullets/, responsibilities/ and overlays/",
            "gates.toml: is missing; a catalogue has catalogue.toml, gates.toml, bullets/, responsibilities/ and overlays/",
        ],
    );
    let nowhere = folder.path().join("nowhere");
    let error = Catalogue::from_folder(&nowhere).unwrap_err().to_string();
    assert!(
        error.contains("nowhere") && error.contains("cannot be read: No such file"),
        "{error}"
    );
}

#[test]
fn every_bad_file_is_named_at_once() {
    let folder = written();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    write("notes.toml", "");
    write("responsibilities/dns.records.toml", "id = \n");
    write(
        "responsibilities/dns.spare.toml",
        data::FILES
            .iter()
            .find(|it| it.0 == "responsibilities/dns.records.toml")
            .unwrap()
            .1,
    );
    refused(
        folder.path(),
        &[
            "notes.toml: does not belong here; accepted: catalogue.toml, gates.toml, bullets/PROGRAMME.toml, responsibilities/ID.toml, overlays/ID.toml",
            "responsibilities/dns.records.toml, line 1: string values must be quoted, expected literal string",
            "responsibilities/dns.spare.toml, id: the id is `dns.records`; name the file dns.records.toml or correct the id",
        ],
    );
}

#[test]
fn what_is_too_large_or_not_text_is_refused() {
    let folder = written();
    fs::write(folder.path().join("gates.toml"), vec![b'#'; (1 << 20) + 1]).unwrap();
    fs::write(folder.path().join("catalogue.toml"), [0xff, 0xfe]).unwrap();
    fs::create_dir(folder.path().join("overlays/folder.toml")).unwrap();
    refused(
        folder.path(),
        &[
            "catalogue.toml: cannot be read: stream did not contain valid UTF-8",
            "gates.toml: is over the limit of 1048576 bytes",
            "overlays/folder.toml: cannot be read: not a regular file",
        ],
    );
}

#[test]
fn pages_and_overlays_need_their_headers() {
    let folder = written();
    let path = folder.path();
    fs::rename(
        path.join("overlays/us-government.toml"),
        path.join("overlays/elsewhere.toml"),
    )
    .unwrap();
    fs::write(path.join("bullets/windows.toml"), "bullet = []\n").unwrap();
    refused(
        path,
        &[
            "bullets/windows.toml: `windows` is unknown; accepted: office365, ems",
            "overlays/us-government.toml: is missing; a catalogue has catalogue.toml, gates.toml, bullets/, responsibilities/ and overlays/",
            "overlays/elsewhere.toml: catalogue.toml has no [[overlay]] for it; add one",
        ],
    );
}
