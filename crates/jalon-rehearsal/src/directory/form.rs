//! The forms in which a directory is written: which one is the caller's, what each looks like is in `ldif` and `table`.

use super::entry::Entry;
use super::{ldif, table};

/// How a directory is written. All forms hold the same entries; what is planted is the same, but for the root of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// What `ldifde` exports.
    #[default]
    Ldif,
    /// What `slapadd` loads into the lab's server: below that server's root, folders first, the structural class alone.
    Server,
    /// What `csvde -u` exports: a table with LDAP names.
    Csvde,
    /// What `Get-ADObject -Properties … | Select-Object … | Export-Csv` writes, lists joined by `;`.
    PowerShell,
}

impl Form {
    /// The root of the tree.
    pub(super) fn root(self) -> &'static str {
        match self {
            Self::Server => "DC=contoso,DC=example",
            _ => "DC=nord,DC=example,DC=com",
        }
    }

    /// What comes before the first entry.
    pub(super) fn head(self) -> String {
        match self {
            Self::Ldif => ldif::HEAD.to_owned(),
            Self::Server => ldif::tree(self.root()),
            Self::Csvde => table::CSVDE.head(),
            Self::PowerShell => table::POWERSHELL.head(),
        }
    }

    /// Appends the entry.
    pub(super) fn entry(self, entry: &Entry, out: &mut String) {
        match self {
            Self::Ldif => ldif::write(entry, out),
            Self::Server => ldif::write_to_load(entry, out),
            Self::Csvde => table::CSVDE.row(entry, out),
            Self::PowerShell => table::POWERSHELL.row(entry, out),
        }
    }
}
