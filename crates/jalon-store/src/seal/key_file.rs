//! The key file: 32 random bytes that only their owner may read, outside the database.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretBox};

use super::{
    KeyError, Random,
    envelope::{self, KEY, SecretKey},
};

/// Where the key is, and whether the program may make it.
#[derive(Clone, Debug)]
pub(crate) struct KeyFile {
    path: Option<PathBuf>,
    is_ours: bool,
}

impl KeyFile {
    /// The key of a data folder, made when it is first needed.
    pub(crate) fn of_folder(folder: &Path) -> Self {
        Self {
            path: Some(folder.join("jalon.key")),
            is_ours: true,
        }
    }

    /// A key that somebody made and gives to each process that shares a database.
    pub(crate) fn given(path: Option<&Path>) -> Self {
        Self {
            path: path.map(Path::to_owned),
            is_ours: false,
        }
    }

    /// The file, if one is named.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn named(&self) -> Result<&Path, KeyError> {
        self.path().ok_or(KeyError::Unnamed)
    }

    /// The key.
    pub(super) fn read(&self) -> Result<SecretKey, KeyError> {
        let path = self.named()?;
        let mut file = File::open(path).map_err(|it| unreadable(path, &it))?;
        let size = file.metadata().map_err(|it| unreadable(path, &it))?.len();
        if size != KEY as u64 {
            return Err(KeyError::NotAKey {
                path: path.to_owned(),
                size,
            });
        }
        let mut read = Ok(());
        let key = SecretBox::init_with_mut(|key: &mut [u8; KEY]| read = file.read_exact(key));
        read.map(|()| key).map_err(|it| unreadable(path, &it))
    }

    /// The key, made now when there is none yet and the program may. Call it only while nothing is sealed.
    pub(super) fn read_or_make(&self, random: Random<'_>) -> Result<SecretKey, KeyError> {
        match self.read() {
            Err(KeyError::Missing { path }) if self.is_ours => {
                make(&path, &envelope::fresh(random)).map_err(|it| unreadable(&path, &it))?;
                self.read()
            }
            other => other,
        }
    }

    /// The error for a key that opens nothing of what is kept here.
    pub(super) fn wrong(&self) -> KeyError {
        match self.named() {
            Ok(path) => KeyError::Wrong { path: path.to_owned() },
            Err(unnamed) => unnamed,
        }
    }

    /// Whether others than its owner may read it.
    pub(super) fn is_exposed(&self) -> bool {
        self.path().is_some_and(is_exposed)
    }
}

/// Written whole under another name first: a crash leaves no half of a key.
fn make(path: &Path, key: &SecretKey) -> io::Result<()> {
    let half = path.with_extension("key.new");
    let _ = fs::remove_file(&half);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&half)?;
    file.write_all(key.expose_secret())?;
    file.sync_all()?;
    // A link never replaces: a key that appeared meanwhile stays.
    let linked = fs::hard_link(&half, path);
    fs::remove_file(&half)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &Path) -> bool {
    false
}

fn unreadable(path: &Path, error: &io::Error) -> KeyError {
    let path = path.to_owned();
    if error.kind() == io::ErrorKind::NotFound {
        return KeyError::Missing { path };
    }
    KeyError::Unreadable {
        path,
        error: error.to_string(),
    }
}
