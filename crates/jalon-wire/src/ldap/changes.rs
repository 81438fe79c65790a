//! What changed since a former read, as Active Directory tells it: by its DirSync control, or by the
//! numbers that every change carries.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Client, LdapError, Query, Scan, Stop, Tally, code, dirsync,
    message::Outcome,
    page::{self, Page},
    request::Control,
};
use crate::entry::Entry;

const SHOW_DELETED: &str = "1.2.840.113556.1.4.417";
/// Objects read anew with one filter.
const AT_ONCE: usize = 100;

/// How far a former read came. It is kept between two of them and means nothing to another server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Watermark {
    /// Of the DirSync control.
    DirSync {
        /// Opaque.
        #[serde(with = "hex::serde")]
        cookie: Vec<u8>,
    },
    /// Of `uSNChanged`, which every account can read.
    Usn {
        /// The server's own identity: another one counts differently.
        server: String,
        /// The last number that was given out when the read began.
        usn: u64,
    },
}

/// A way to tell changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tracking {
    /// The DirSync control.
    DirSync,
    /// `uSNChanged`.
    Usn,
}

/// A read of changes under way. An object comes with every attribute that was asked for; one that
/// was deleted comes with `isDeleted: TRUE` and little else. Besides what was asked for, every entry
/// has its `objectGUID`, by which a renamed object is known.
pub struct Changes<'a> {
    source: Source<'a>,
    watermark: Watermark,
}

enum Source<'a> {
    Usn(Box<Scan<'a>>),
    DirSync(Box<DirSync<'a>>),
}

impl Changes<'_> {
    /// The next changed entries; `None` after the last.
    ///
    /// # Errors
    /// Why the read ends here; [`LdapError::FullScanNeeded`] when the server no longer knows what
    /// happened since the watermark.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<Entry>>, LdapError> {
        match &mut self.source {
            Source::Usn(scan) => scan.next_batch().await,
            Source::DirSync(read) => {
                let batch = read.next_batch().await?;
                self.watermark = Watermark::DirSync {
                    cookie: read.cookie.clone(),
                };
                Ok(batch)
            }
        }
    }

    /// What has been done so far.
    pub fn tally(&self) -> Tally {
        match &self.source {
            Source::Usn(scan) => scan.tally(),
            Source::DirSync(read) => read.tally,
        }
    }

    /// Where the next read of changes begins. Right only once the last batch has come.
    pub fn watermark(&self) -> &Watermark {
        &self.watermark
    }
}

impl Client {
    /// Where changes begin from now on: take it before a full scan. By DirSync that takes a read of
    /// all objects' identities, because the server gives a place to whoever has read up to it.
    ///
    /// # Errors
    /// [`LdapError::FullScanNeeded`] when this server does not tell changes that way.
    pub async fn watermark(&mut self, tracking: Tracking) -> Result<Watermark, LdapError> {
        match tracking {
            Tracking::Usn => {
                let (server, usn) = self.usn().await?;
                Ok(Watermark::Usn { server, usn })
            }
            Tracking::DirSync => {
                let root = self.root_dse().await?;
                let base = root
                    .default_naming_context
                    .ok_or_else(|| does_not_tell("it is no Active Directory"))?;
                let query = Query::below(base, &["objectGUID"]);
                let mut read = DirSync::new(self, Cow::Borrowed(&query), Vec::new(), &|| false)?;
                while read.next_answer().await?.is_some() {}
                Ok(Watermark::DirSync { cookie: read.cookie })
            }
        }
    }

    /// Reads what changed since a watermark, of what the query asks for. An object that the filter
    /// no longer fits does not come: let it name classes, not values.
    ///
    /// # Errors
    /// [`LdapError::FullScanNeeded`] when the watermark is another server's.
    pub async fn changes_since<'a>(
        &'a mut self,
        since: &Watermark,
        query: &'a Query,
        stop: Stop<'a>,
    ) -> Result<Changes<'a>, LdapError> {
        match since {
            Watermark::Usn { server, usn } => {
                let (same, latest) = self.usn().await?;
                still_counts(server, &same, *usn, latest)?;
                let query = Cow::Owned(changed_after(*usn, query));
                let scan = Scan::new(self, query, stop).with_controls(vec![show_deleted()]);
                Ok(Changes {
                    source: Source::Usn(Box::new(scan)),
                    watermark: Watermark::Usn {
                        server: same,
                        usn: latest,
                    },
                })
            }
            Watermark::DirSync { cookie } => {
                let read = DirSync::new(self, Cow::Borrowed(query), cookie.clone(), stop)?;
                Ok(Changes {
                    source: Source::DirSync(Box::new(read)),
                    watermark: since.clone(),
                })
            }
        }
    }

    /// Who the server is and how far it has counted.
    async fn usn(&mut self) -> Result<(String, u64), LdapError> {
        let root = self.root_dse().await?;
        let text = |name| root.attributes.first(name).and_then(|it| it.text()).map(str::to_owned);
        let (Some(usn), Some(service)) = (root.highest_committed_usn, text("dsServiceName")) else {
            return Err(does_not_tell("the server does not number its changes"));
        };
        // A database that was restored counts anew under another invocation id.
        let settings = self.read(&service, &["invocationId"]).await?;
        let id = settings.and_then(|it| Some(hex::encode(it.attributes.first("invocationId")?.bytes)));
        Ok((id.unwrap_or(service), usn))
    }
}

fn still_counts(then: &str, now: &str, usn: u64, latest: u64) -> Result<(), LdapError> {
    if then != now {
        return Err(does_not_tell(
            "the last read was of another server, or of this one before it was restored",
        ));
    }
    if latest < usn {
        return Err(does_not_tell("the server has gone back to before the last read"));
    }
    Ok(())
}

fn changed_after(usn: u64, query: &Query) -> Query {
    let filter = format!(
        "(&(uSNChanged>={})(|{}(isDeleted=TRUE)))",
        usn.saturating_add(1),
        query.filter
    );
    with_identity(query).filtered(filter)
}

/// An empty list asks for everything already.
fn with_identity(query: &Query) -> Query {
    let mut query = query.clone();
    if !query.attributes.is_empty() {
        query.attributes.extend(["objectGUID", "isDeleted"].map(str::to_owned));
    }
    query
}

fn show_deleted() -> Control {
    Control {
        oid: SHOW_DELETED,
        critical: true,
        value: None,
    }
}

fn does_not_tell(reason: &str) -> LdapError {
    LdapError::FullScanNeeded {
        reason: reason.to_owned(),
    }
}

/// DirSync gives of an object what changed of it; the objects are then read whole.
struct DirSync<'a> {
    client: &'a mut Client,
    query: Cow<'a, Query>,
    stop: Stop<'a>,
    cookie: Vec<u8>,
    more: bool,
    tally: Tally,
}

impl<'a> DirSync<'a> {
    fn new(client: &'a mut Client, query: Cow<'a, Query>, cookie: Vec<u8>, stop: Stop<'a>) -> Result<Self, LdapError> {
        if query.bases.len() != 1 {
            return Err(does_not_tell("DirSync reads the changes of one base at a time"));
        }
        Ok(Self {
            client,
            query,
            stop,
            cookie,
            more: true,
            tally: Tally::default(),
        })
    }

    async fn next_batch(&mut self) -> Result<Option<Vec<Entry>>, LdapError> {
        while let Some(changed) = self.next_answer().await? {
            let (mut batch, alive): (Vec<_>, Vec<_>) = changed.into_iter().partition(is_deleted);
            batch.extend(self.read_whole(&alive).await?);
            self.tally.entries += batch.len() as u64;
            if !batch.is_empty() {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// The next answer of the server, as it comes; `None` after the last.
    async fn next_answer(&mut self) -> Result<Option<Vec<Entry>>, LdapError> {
        if (self.stop)() {
            return Err(LdapError::Stopped {
                entries: self.tally.entries,
            });
        }
        if !self.more {
            return Ok(None);
        }
        let page = self.ask().await?;
        let Page {
            entries,
            references,
            outcome,
        } = page;
        self.tally.references += references;
        if outcome.code != 0 {
            return Err(self.refused(&outcome));
        }
        let value = outcome.control(dirsync::DIR_SYNC);
        let answer = value.and_then(dirsync::answer).ok_or_else(|| LdapError::Malformed {
            server: self.client.address().server(),
            reason: "the answer to DirSync has no cookie".to_owned(),
        })?;
        // A server that says "more" and does not move on would be asked for ever.
        self.more = answer.more && answer.cookie != self.cookie;
        self.cookie = answer.cookie;
        Ok(Some(entries.into_iter().map(|it| it.entry).collect()))
    }

    async fn ask(&mut self) -> Result<Page, LdapError> {
        let query = with_identity(&self.query);
        let control = dirsync::request(&self.cookie);
        let asked = page::ask(self.client, &query, &query.bases[0], &[control]).await?;
        page::read(self.client, asked).await
    }

    fn refused(&self, outcome: &Outcome) -> LdapError {
        let (server, base) = (self.client.address().server(), &self.query.bases[0]);
        match outcome.code {
            12 => does_not_tell("the server does not know DirSync"),
            2 | 53 | 80 if !self.cookie.is_empty() => does_not_tell(&format!(
                "the server no longer takes the last cookie ({})",
                code::said(outcome)
            )),
            _ => code::search_error(&server, base, self.client.is_anonymous(), outcome),
        }
    }

    async fn read_whole(&mut self, changed: &[Entry]) -> Result<Vec<Entry>, LdapError> {
        let ids: Vec<_> = changed
            .iter()
            .filter_map(|it| it.attributes.first("objectGUID"))
            .map(|it| format!("(objectGUID={})", escape(it.bytes)))
            .collect();
        let mut whole = Vec::new();
        for ids in ids.chunks(AT_ONCE) {
            let filter = format!("(&{}(|{}))", self.query.filter, ids.concat());
            let query = with_identity(&self.query).filtered(filter);
            whole.extend(Scan::new(self.client, Cow::Owned(query), self.stop).all().await?);
        }
        Ok(whole)
    }
}

fn is_deleted(entry: &Entry) -> bool {
    entry.attributes.first("isDeleted").and_then(|it| it.text()) == Some("TRUE")
}

/// Bytes in a filter (RFC 4515, 3).
fn escape(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("\\{it:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watermark_is_kept_as_json() {
        let check = |watermark: Watermark, json: &str| {
            assert_eq!(serde_json::to_string(&watermark).expect("JSON"), json);
            assert_eq!(serde_json::from_str::<Watermark>(json).expect("a watermark"), watermark);
        };
        let cookie = vec![0, 255];
        check(Watermark::DirSync { cookie }, r#"{"kind":"dirsync","cookie":"00ff"}"#);
        let server = "a1".to_owned();
        check(
            Watermark::Usn { server, usn: 7 },
            r#"{"kind":"usn","server":"a1","usn":7}"#,
        );
    }

    #[test]
    fn another_server_and_a_restored_one_need_a_full_scan() {
        assert_eq!(still_counts("a", "a", 7, 7), Ok(()));
        assert!(matches!(
            still_counts("a", "b", 7, 9),
            Err(LdapError::FullScanNeeded { .. })
        ));
        assert!(matches!(
            still_counts("a", "a", 7, 6),
            Err(LdapError::FullScanNeeded { .. })
        ));
    }

    #[test]
    fn deleted_objects_come_whatever_the_filter_says() {
        let query = changed_after(7, &Query::below("DC=a", &["mail"]).filtered("(objectClass=user)"));
        assert_eq!(query.filter, "(&(uSNChanged>=8)(|(objectClass=user)(isDeleted=TRUE)))");
        assert_eq!(query.attributes, ["mail", "objectGUID", "isDeleted"]);
        assert!(changed_after(7, &Query::below("DC=a", &[])).attributes.is_empty());
    }
}
