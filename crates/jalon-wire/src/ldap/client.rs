//! A client of one directory server: signed in, and able to come back when the connection breaks.

use std::borrow::Cow;

use super::{
    Address, Bind, LdapError, Query, RootDse, Scan, Scope, Settings, Stop, code, connect, decode::Decoded, link::Link,
    page, request,
};
use crate::entry::Entry;

/// A directory server that somebody has signed in to.
pub struct Client {
    address: Address,
    bind: Bind,
    settings: Settings,
    link: Link,
}

impl Client {
    /// Connects and signs in.
    ///
    /// # Errors
    /// Why not, by what can be done about it.
    pub async fn connect(address: Address, bind: Bind, settings: Settings) -> Result<Self, LdapError> {
        let link = connect::open(&address, &bind, &settings).await?;
        Ok(Self {
            address,
            bind,
            settings,
            link,
        })
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// What the server says of itself. Nobody needs to sign in for that.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn root_dse(&mut self) -> Result<RootDse, LdapError> {
        let root = self.read("", &["*", "+"]).await?;
        Ok(RootDse::of(root.map(|it| it.attributes).unwrap_or_default()))
    }

    /// One object with these attributes; without any, all that are not operational. `None` when
    /// there is no such object.
    ///
    /// # Errors
    /// When that cannot be told.
    pub async fn read(&mut self, dn: &str, attributes: &[&str]) -> Result<Option<Entry>, LdapError> {
        let query = Query {
            scope: Scope::Base,
            ..Query::below(dn, attributes)
        };
        let found = self.scan(&query, &|| false).all().await;
        match found {
            Ok(mut entries) => Ok(entries.pop()),
            Err(LdapError::NoBase { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Reads what a query asks for, batch by batch.
    pub fn scan<'a>(&'a mut self, query: &'a Query, stop: Stop<'a>) -> Scan<'a> {
        Scan::new(self, Cow::Borrowed(query), stop)
    }

    /// A part of one attribute of an object; `None` when there is no such object any more.
    pub(super) async fn part(&mut self, dn: &str, description: String) -> Result<Option<Decoded>, LdapError> {
        let query = Query {
            scope: Scope::Base,
            ..Query::below(dn, &[&description])
        };
        let asked = page::ask(self, &query, dn, &[]).await?;
        let page = page::read(self, asked).await?;
        match page.outcome.code {
            0 | 32 => Ok(page.entries.into_iter().next()),
            _ => {
                let (server, anonymous) = (self.address.server(), self.is_anonymous());
                Err(code::search_error(&server, dn, anonymous, &page.outcome))
            }
        }
    }

    /// Says goodbye; a client that is merely dropped hangs up.
    pub async fn close(mut self) {
        // A server that no longer listens has been left already.
        drop(self.link.tell(&request::unbind()).await);
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn link(&mut self) -> &mut Link {
        &mut self.link
    }

    pub(super) fn is_anonymous(&self) -> bool {
        matches!(self.bind, Bind::Anonymous)
    }

    /// A new connection in place of the one that broke.
    pub(super) async fn reconnect(&mut self) -> Result<(), LdapError> {
        self.link = connect::open(&self.address, &self.bind, &self.settings).await?;
        Ok(())
    }
}
