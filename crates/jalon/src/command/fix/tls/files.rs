//! The files of a new certificate: for their owner alone, and never written over.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use jalon_wire::tls::CertificateRequest;

use super::super::output::exists;
use crate::exit::{Failure, Result};

/// Where everything lies.
pub(super) struct Files {
    folder: PathBuf,
    key: PathBuf,
    request: PathBuf,
    chain: PathBuf,
}

impl Files {
    pub(super) fn new(folder: &Path, host: &str) -> Self {
        let name = host.replace(':', "-");
        let file = |ending: &str| folder.join(format!("{name}.{ending}"));
        Self {
            key: file("key"),
            request: file("csr"),
            chain: file("pem"),
            folder: folder.to_owned(),
        }
    }

    /// None of the files is there yet.
    pub(super) fn are_free(&self, with_chain: bool) -> Result<()> {
        // A link that leads nowhere is taken too.
        let taken = self
            .written(with_chain)
            .into_iter()
            .find(|it| it.symlink_metadata().is_ok());
        taken.map_or(Ok(()), |it| Err(exists(it)))
    }

    pub(super) fn written(&self, with_chain: bool) -> Vec<&Path> {
        let mut all = vec![self.key.as_path(), self.request.as_path()];
        all.extend(with_chain.then_some(self.chain.as_path()));
        all
    }

    pub(super) fn write(&self, made: &CertificateRequest) -> Result<()> {
        self.create_folder()?;
        write_new(&self.key, made.key_pem.as_bytes())?;
        write_new(&self.request, made.request_pem.as_bytes())
    }

    pub(super) fn write_chain(&self, chain: &str) -> Result<()> {
        write_new(&self.chain, chain.as_bytes())
    }

    /// Takes the key and the request away again that were written a moment ago.
    pub(super) fn remove(&self) {
        for path in [&self.key, &self.request] {
            // What is left behind is told by the next run, which writes over nothing.
            drop(fs::remove_file(path));
        }
    }

    pub(super) fn create_folder(&self) -> Result<()> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.folder);
        made.map_err(|it| Failure::io(&self.folder, &it))
    }

    /// Where the account is kept when nobody says where.
    pub(super) fn account(&self) -> PathBuf {
        self.folder.join("acme-account.json")
    }
}

/// A new file that only its owner reads.
pub(super) fn write_new(path: &Path, content: &[u8]) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut it| {
        it.write_all(content)?;
        it.sync_all()
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(path),
        _ => Failure::io(path, &error),
    })
}
