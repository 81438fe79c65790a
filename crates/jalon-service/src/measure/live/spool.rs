//! Objects on their way from a directory into the store, in a temporary file: a directory does not fit into memory. Each
//! is an LDIF record, deflated, under its identifier.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    sync::Mutex,
};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jalon_store::{StoreError, directory::objects::Object};
use jalon_wire::{entry::Entry, ldif::Writer};
use sha2::{Digest, Sha256};

/// The objects, each once: what comes later takes the place of what came before.
pub(super) struct Spool {
    file: Mutex<BufWriter<File>>,
    /// Where each packed record is, and how long.
    places: BTreeMap<String, (u64, u32)>,
    end: u64,
}

impl Spool {
    /// An empty one.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            file: Mutex::new(BufWriter::new(tempfile::tempfile()?)),
            places: BTreeMap::new(),
            end: 0,
        })
    }

    /// Adds an object.
    pub(super) fn push(&mut self, key: String, entry: &Entry) -> io::Result<()> {
        let packed = pack(entry)?;
        let size = u32::try_from(packed.len()).map_err(io::Error::other)?;
        self.file_mut().write_all(&packed)?;
        self.places.insert(key, (self.end, size));
        self.end += u64::from(size);
        Ok(())
    }

    /// Takes back an object that is not there after all.
    pub(super) fn drop_key(&mut self, key: &str) {
        self.places.remove(key);
    }

    /// Whether it holds an object.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    /// How many objects it holds.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The identifiers, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.places.keys()
    }

    /// The packed record of an object.
    pub(super) fn packed(&self, key: &str) -> io::Result<Option<Vec<u8>>> {
        let Some((place, size)) = self.places.get(key) else {
            return Ok(None);
        };
        let mut file = self.file.lock().map_err(|it| io::Error::other(it.to_string()))?;
        file.flush()?;
        let file = file.get_mut();
        file.seek(SeekFrom::Start(*place))?;
        let mut packed = vec![0; *size as usize];
        file.read_exact(&mut packed)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Some(packed))
    }

    /// All of them in the order of their identifiers, some at a time.
    pub(super) fn chunks(&self, size: usize) -> impl Iterator<Item = io::Result<Vec<Object>>> + '_ {
        let mut keys = self.places.keys().peekable();
        std::iter::from_fn(move || {
            keys.peek()?;
            let some = keys.by_ref().take(size);
            Some(
                some.map(|key| Ok((key.clone(), self.packed(key)?.unwrap_or_default())))
                    .collect(),
            )
        })
    }

    fn file_mut(&mut self) -> &mut BufWriter<File> {
        match self.file.get_mut() {
            Ok(file) => file,
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}

/// An error of the temporary file, as the store's: the run is tried again.
pub(super) fn broken(error: io::Error) -> StoreError {
    StoreError::Unreachable(format!("temporary files: {error}"))
}

fn pack(entry: &Entry) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(DeflateEncoder::new(Vec::new(), Compression::fast()));
    writer.write_entry(&entry.dn, entry.view().attributes)?;
    writer.into_inner().finish()
}

/// Writes the record of a packed object to `out`.
pub(crate) fn unpack(packed: &[u8], out: &mut impl Write) -> io::Result<u64> {
    io::copy(&mut BufReader::new(DeflateDecoder::new(packed)), out)
}

/// What tells an object apart whatever it is called: its identifier, or else its name.
pub(super) fn key(entry: &Entry) -> String {
    let id = |name| entry.attributes.first(name);
    match (id("objectGUID"), id("entryUUID")) {
        (Some(guid), _) => hex::encode(guid.bytes),
        (None, Some(uuid)) => uuid.readable().to_lowercase(),
        (None, None) => {
            let hash = Sha256::digest(entry.dn.to_lowercase());
            format!("dn-{}", hex::encode(&hash[..16]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(dn: &str, mail: &str) -> Entry {
        let text = format!("dn: {dn}\nobjectClass: user\nmail: {mail}\n\n");
        let mut reader = jalon_wire::ldif::Reader::new(text.as_bytes());
        reader.next_entry().unwrap().unwrap().to_entry()
    }

    #[test]
    fn what_comes_later_takes_the_place_of_what_came_before() {
        let mut spool = Spool::new().unwrap();
        spool.push("b".into(), &entry("CN=b,DC=x", "old@x.example")).unwrap();
        spool.push("a".into(), &entry("CN=a,DC=x", "a@x.example")).unwrap();
        spool.push("b".into(), &entry("CN=b,DC=x", "new@x.example")).unwrap();
        spool.push("c".into(), &entry("CN=c,DC=x", "c@x.example")).unwrap();
        spool.drop_key("c");
        let mut out = Vec::new();
        let chunks: Vec<Vec<Object>> = spool.chunks(1).collect::<io::Result<_>>().unwrap();
        assert_eq!(chunks.len(), 2);
        for (_, packed) in chunks.iter().flatten() {
            unpack(packed, &mut out).unwrap();
        }
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "dn: CN=a,DC=x\nobjectClass: user\nmail: a@x.example\n\ndn: CN=b,DC=x\nobjectClass: user\nmail: new@x.example\n\n"
        );
    }

    #[test]
    fn an_object_without_identifier_is_known_by_its_name_whatever_the_case() {
        let key_of = |dn: &str| key(&entry(dn, "a@x.example"));
        assert_eq!(key_of("CN=Ana,DC=x"), key_of("cn=ana,dc=X"));
        assert_ne!(key_of("CN=Ana,DC=x"), key_of("CN=Bea,DC=x"));
    }
}
