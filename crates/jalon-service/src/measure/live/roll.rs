//! The roll call: which objects there are and what each is called now, asked of the server after the changes. What the
//! changes do not tell is found by it: who was deleted or moved away, where the account may not see that; who came along
//! with a unit that was moved, and has not changed himself; who no longer fits the filter.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use jalon_store::directory::objects;
use jalon_wire::{ldap::Query, ldif::Reader};

use super::{fetch::Reading, spool};
use crate::measure::execute::{Failure, Prepared};

/// Objects of the copy looked at together.
const PAGE: u64 = 4_000;
/// Objects read anew with one filter.
const AT_ONCE: usize = 100;

/// The objects that are there, by identifier, each with a digest of its name.
type Present = HashMap<String, u64>;

impl Reading<'_> {
    /// Calls the roll: what is gone is gone, what is not as the copy has it is read.
    pub(super) async fn call_roll(&mut self, it: &Prepared) -> Result<(), Failure> {
        let mut present = self.present().await?;
        let left: Vec<String> = self
            .objects
            .keys()
            .filter(|it| !present.contains_key(*it))
            .cloned()
            .collect();
        for key in left {
            self.objects.drop_key(&key);
        }
        let mut stale = self.compared(it, &mut present).await?;
        stale.extend(present.into_keys());
        stale.retain(|it| !self.objects.holds(it));
        self.read(&stale).await
    }

    async fn present(&mut self) -> Result<Present, Failure> {
        let query = Query {
            attributes: vec!["objectGUID".to_owned()],
            ..self.query.clone()
        };
        let mut present = Present::new();
        self.scan(&query, |_, entry| {
            present.insert(spool::key(entry), digest(&entry.dn));
            Ok(())
        })
        .await?;
        Ok(present)
    }

    /// Takes the objects of the copy out of `present`; those that are not there are gone. Gives back those that the copy
    /// has under another name.
    async fn compared(&mut self, it: &Prepared, present: &mut Present) -> Result<Vec<String>, Failure> {
        let (mut stale, mut after, mut more) = (Vec::new(), None, true);
        while more {
            let page = objects::page(
                self.app.store(),
                it.run.engagement,
                it.target.id,
                after.as_deref(),
                PAGE,
            )
            .await?;
            more = page.len() as u64 == PAGE;
            after = page.last().map(|it| it.0.clone());
            for (key, packed) in page {
                match present.remove(&key) {
                    None => {
                        self.gone.insert(key);
                    }
                    Some(name) if name != digest(&name_of(&packed)?) => stale.push(key),
                    Some(_) => {}
                }
            }
        }
        Ok(stale)
    }

    /// Reads objects by their identifiers.
    async fn read(&mut self, keys: &[String]) -> Result<(), Failure> {
        for some in keys.chunks(AT_ONCE) {
            let ids: String = some.iter().map(|it| format!("(objectGUID={})", escaped(it))).collect();
            let query = self.query.clone();
            let filter = format!("(&{}(|{ids}))", query.filter);
            self.scan(&query.filtered(filter), |objects, entry| {
                objects.push(spool::key(entry), entry)
            })
            .await?;
        }
        Ok(())
    }
}

fn digest(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn name_of(packed: &[u8]) -> Result<String, Failure> {
    let read = || {
        let mut record = Vec::new();
        spool::unpack(packed, &mut record)?;
        let mut reader = Reader::new(&*record);
        let entry = reader.next_entry().transpose().map_err(std::io::Error::other)?;
        Ok(entry.map(|it| it.to_entry().dn).unwrap_or_default())
    };
    read().map_err(|it: std::io::Error| Failure::broken(&it))
}

/// An identifier in a filter (RFC 4515, 3).
fn escaped(key: &str) -> String {
    key.as_bytes()
        .chunks(2)
        .map(|it| format!("\\{}", String::from_utf8_lossy(it)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_escaped_byte_by_byte() {
        assert_eq!(escaped("00ff1c"), "\\00\\ff\\1c");
    }
}
