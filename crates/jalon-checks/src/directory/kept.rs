//! Reading an object again from its place: from the file where that can be done, or else from a copy of what the rules
//! look at, kept in memory.

use std::{fs::File, io};

use jalon_wire::{
    entry::{Attributes, Entry, EntryRef},
    ldif,
};

/// Where the objects of one source are read again.
pub(super) enum Kept {
    /// In the file itself.
    File {
        file: ldif::Again<File>,
        /// What stands before the text, in bytes.
        behind: u64,
    },
    /// In memory, piece by piece.
    Memory(Vec<Vec<u8>>),
}

impl Kept {
    /// A file whose entries can be read again from where they stand.
    pub(super) fn file(file: File, behind: u64) -> Self {
        let file = ldif::Again::new(file);
        Self::File { file, behind }
    }

    /// Whether copies have to be kept.
    pub(super) fn is_memory(&self) -> bool {
        matches!(self, Self::Memory(_))
    }

    /// Keeps the copies made of one piece.
    pub(super) fn keep(&mut self, copies: Vec<u8>) {
        if let Self::Memory(pieces) = self {
            pieces.push(copies);
        }
    }

    /// The entry at a place; None when it is no longer there.
    pub(super) fn entry(&mut self, place: Place) -> io::Result<Option<Entry>> {
        match self {
            Self::File { file, behind } => Ok(file.entry(*behind + place.at)?.map(|it| it.to_entry())),
            Self::Memory(pieces) => {
                let piece = pieces.get(place.piece as usize);
                Ok(piece.and_then(|it| restored(it.get(usize::try_from(place.at).ok()?..)?)))
            }
        }
    }
}

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The piece of its source, for copies in memory.
    pub(super) piece: u32,
    /// The place in the stream, or in the piece.
    pub(super) at: u64,
}

/// Appends a copy of an entry: its name and the values that `wanted` takes. Answers where it begins.
pub(super) fn copy(entry: &EntryRef<'_>, wanted: impl Fn(&[u8]) -> bool, into: &mut Vec<u8>) -> u64 {
    let start = into.len() as u64;
    put(entry.dn.as_bytes(), into);
    for index in 0..entry.attributes.len() {
        let (name, value) = entry.attributes.at(index);
        if wanted(name) {
            put(name, into);
            put(value.bytes, into);
        }
    }
    // No attribute has no name: this is the end.
    put(b"", into);
    start
}

fn put(bytes: &[u8], into: &mut Vec<u8>) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    into.extend_from_slice(&length.to_le_bytes());
    into.extend_from_slice(&bytes[..length as usize]);
}

fn restored(mut from: &[u8]) -> Option<Entry> {
    let dn = String::from_utf8_lossy(take(&mut from)?).into_owned();
    let mut attributes = Attributes::default();
    loop {
        let name = std::str::from_utf8(take(&mut from)?).ok()?;
        if name.is_empty() {
            break;
        }
        attributes.push(name, take(&mut from)?);
    }
    Some(Entry {
        dn,
        dn_stray: false,
        line: 1,
        attributes,
    })
}

fn take<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = from.split_first_chunk::<4>()?;
    let (bytes, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *from = rest;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_what_was_wanted() {
        let attributes: Attributes = [
            ("mail", &b"a@contoso.example"[..]),
            ("description", b"x"),
            ("Mail", b"\xe9"),
        ]
        .into_iter()
        .collect();
        let entry = EntryRef {
            dn: "CN=é",
            dn_stray: false,
            line: 9,
            attributes: attributes.view(),
        };
        let mut copies = vec![0; 3];
        let at = copy(&entry, |it| it.eq_ignore_ascii_case(b"mail"), &mut copies);
        let mut kept = Kept::Memory(Vec::new());
        kept.keep(copies);
        let again = kept.entry(Place { piece: 0, at }).expect("memory").expect("an entry");
        let expected: Attributes = [("mail", &b"a@contoso.example"[..]), ("Mail", b"\xe9")]
            .into_iter()
            .collect();
        assert_eq!((again.dn.as_str(), again.attributes), ("CN=é", expected));
        assert!(kept.entry(Place { piece: 0, at: 999 }).expect("memory").is_none());
        assert!(kept.entry(Place { piece: 5, at }).expect("memory").is_none());
    }
}
