//! A long read: page after page, base after base, over as many connections as it takes.

use std::{borrow::Cow, num::NonZeroU32, time::Duration};

use tokio::time::{Instant, sleep, sleep_until};

use super::{
    Client, LdapError, Query, Scope, Stop, code,
    decode::Decoded,
    link::{Asked, Part},
    message::Outcome,
    page::{self, Paging},
    range, request,
    request::Control,
    seen::Seen,
};
use crate::entry::Entry;

/// What a scan has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entries handed over.
    pub entries: u64,
    /// References to other servers, which were not followed.
    pub references: u64,
    /// Connections that were lost and made again.
    pub reconnects: u32,
    /// The page size that the server agreed to; 0 when it knows no pages.
    pub page: u32,
}

/// A read under way. Each batch is one page (of a server without pages, as much as came at once); the
/// next page is asked for before it is handed over.
pub struct Scan<'a> {
    client: &'a mut Client,
    query: Cow<'a, Query>,
    stop: Stop<'a>,
    /// Sent with every request besides the one for pages.
    controls: Vec<Control>,
    paging: Paging,
    /// Whether the server has given a page of that size: what it refuses then is the whole, whatever the size.
    is_agreed: bool,
    /// Which of the bases.
    base: usize,
    next: Next,
    /// What ends the scan once the last batch has been handed over.
    ending: Option<LdapError>,
    seen: Seen,
    /// Entries that the current request has brought.
    received: u64,
    /// New connections since something was read.
    attempts: usize,
    due: Option<Instant>,
    tally: Tally,
}

/// Where the next page comes from.
enum Next {
    /// It must be asked for: the first of the current base, or the one after a cookie.
    Ask(Vec<u8>),
    /// It is under way.
    Asked(Asked),
}

impl<'a> Scan<'a> {
    pub(super) fn new(client: &'a mut Client, query: Cow<'a, Query>, stop: Stop<'a>) -> Self {
        // A page may not be a burst of more than a second.
        let most = query.rate.map_or(u32::MAX, NonZeroU32::get);
        let paging = match query.scope {
            Scope::Base => Paging::Without,
            _ => Paging::Demanded(query.page.min(most).max(1)),
        };
        Self {
            client,
            query,
            stop,
            controls: Vec::new(),
            paging,
            is_agreed: false,
            base: 0,
            next: Next::Ask(Vec::new()),
            ending: None,
            seen: Seen::default(),
            received: 0,
            attempts: 0,
            due: None,
            tally: Tally::default(),
        }
    }

    /// The same scan with more controls.
    pub(super) fn with_controls(self, controls: Vec<Control>) -> Self {
        Self { controls, ..self }
    }

    /// What has been done so far.
    pub fn tally(&self) -> Tally {
        Tally {
            page: self.paging.size().unwrap_or(0),
            ..self.tally
        }
    }

    /// The next entries; `None` after the last.
    ///
    /// # Errors
    /// Why the scan ends here. It says how many entries were read.
    pub async fn next_batch(&mut self) -> Result<Option<Vec<Entry>>, LdapError> {
        loop {
            if let Some(error) = self.ending.take() {
                return Err(self.end(error));
            }
            if self.base >= self.query.bases.len() {
                return Ok(None);
            }
            if (self.stop)() {
                self.abandon().await;
                return Err(self.end(LdapError::Stopped { entries: 0 }));
            }
            match self.batch().await {
                Ok(entries) if entries.is_empty() => {}
                Ok(entries) => return Ok(Some(entries)),
                Err(error) => self.come_back(error).await?,
            }
        }
    }

    /// All entries at once, for small reads.
    ///
    /// # Errors
    /// Why the scan ended before the last.
    pub async fn all(mut self) -> Result<Vec<Entry>, LdapError> {
        let mut entries = Vec::new();
        while let Some(batch) = self.next_batch().await? {
            entries.extend(batch);
        }
        Ok(entries)
    }

    /// One batch, and the next one under way.
    async fn batch(&mut self) -> Result<Vec<Entry>, LdapError> {
        let mut asked = match std::mem::replace(&mut self.next, Next::Ask(Vec::new())) {
            Next::Asked(asked) => asked,
            Next::Ask(cookie) => {
                self.wait_for_the_rate().await;
                self.ask(&cookie).await?
            }
        };
        let Part {
            entries,
            references,
            outcome,
            ..
        } = self.client.link().part(&mut asked, "search").await?;
        self.tally.references += references;
        self.received += entries.len() as u64;
        // First: when the connection breaks here, this base is the one to be read again.
        let entries = self.complete(entries).await?;
        match outcome {
            None => self.next = Next::Asked(asked),
            Some(outcome) => self.finish(&outcome).await?,
        }
        self.count(entries.len())?;
        Ok(entries)
    }

    /// A request has been answered whole: what comes after it?
    async fn finish(&mut self, outcome: &Outcome) -> Result<(), LdapError> {
        let received = std::mem::take(&mut self.received);
        self.pace(received);
        match outcome.code {
            0 => {
                self.is_agreed = true;
                self.go_on(outcome).await;
            }
            // Another server holds the rest of this base.
            10 if received > 0 => {
                self.tally.references += 1;
                self.go_on(outcome).await;
            }
            _ => self.refused(received, outcome)?,
        }
        Ok(())
    }

    /// Asks for the next page before this one is handed over.
    async fn go_on(&mut self, outcome: &Outcome) {
        let cookie = page::next_cookie(outcome);
        if cookie.is_none() {
            self.base += 1;
        }
        let cookie = cookie.unwrap_or_default();
        let is_over = self.base >= self.query.bases.len();
        if is_over || self.query.rate.is_some() {
            self.next = Next::Ask(cookie);
            return;
        }
        // Whatever prevents it will be told when the page is wanted, and this base be read again.
        self.next = match self.ask(&cookie).await {
            Ok(asked) => Next::Asked(asked),
            Err(_) => Next::Ask(Vec::new()),
        };
    }

    async fn ask(&mut self, cookie: &[u8]) -> Result<Asked, LdapError> {
        let mut controls = self.controls.clone();
        controls.extend(self.paging.control(cookie));
        self.received = 0;
        page::ask(self.client, &self.query, &self.query.bases[self.base], &controls).await
    }

    /// The server did not give the page, or not all of it: asks in another way, or says why not.
    fn refused(&mut self, received: u64, outcome: &Outcome) -> Result<(), LdapError> {
        let other_way = match outcome.code {
            12 => self.paging.milder(),
            4 | 11 if received == 0 && !self.is_agreed => self.paging.smaller(),
            _ => None,
        };
        if let Some(paging) = other_way {
            self.paging = paging;
            return Ok(());
        }
        let (server, base) = (self.client.address().server(), &self.query.bases[self.base]);
        let error = code::search_error(&server, base, self.client.is_anonymous(), outcome);
        if received == 0 {
            return Err(error);
        }
        self.ending = Some(error);
        Ok(())
    }

    /// Fetches what came in part, and leaves out what came before.
    async fn complete(&mut self, mut entries: Vec<Decoded>) -> Result<Vec<Entry>, LdapError> {
        for entry in entries.iter_mut().filter(|it| !it.rests.is_empty()) {
            range::complete(self.client, entry).await?;
        }
        let fresh = entries.into_iter().map(|it| it.entry);
        let fresh = fresh.filter(|it| self.seen.is_new(it));
        let mut place = self.tally.entries;
        Ok(fresh
            .map(|entry| {
                place += 1;
                Entry { line: place, ..entry }
            })
            .collect())
    }

    /// After a broken connection: a new one, and the current base from its beginning. A cookie is
    /// worth nothing on another connection; what was handed over is known by name.
    async fn come_back(&mut self, mut error: LdapError) -> Result<(), LdapError> {
        loop {
            if !error.may_pass() {
                return Err(self.end(error));
            }
            let Some(&delay) = self.client.settings().retry.get(self.attempts) else {
                return Err(self.end(error.for_good()));
            };
            self.attempts += 1;
            self.rest(delay).await?;
            match self.client.reconnect().await {
                Ok(()) => break,
                Err(next) => error = next,
            }
        }
        self.tally.reconnects += 1;
        self.next = Next::Ask(Vec::new());
        Ok(())
    }

    /// Waits, and looks up now and then whether it is for nothing.
    async fn rest(&mut self, delay: Duration) -> Result<(), LdapError> {
        const GLANCE: Duration = Duration::from_millis(250);
        let end = Instant::now() + delay;
        loop {
            if (self.stop)() {
                return Err(self.end(LdapError::Stopped { entries: 0 }));
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            sleep(left.min(GLANCE)).await;
        }
    }

    async fn abandon(&mut self) {
        if let Next::Asked(asked) = &self.next {
            let request = request::abandon(asked.id);
            // A server that cannot be told is not working on it either.
            drop(self.client.link().tell(&request).await);
        }
    }

    fn pace(&mut self, received: u64) {
        let Some(rate) = self.query.rate else { return };
        let took = Duration::from_secs_f64(received as f64 / f64::from(rate.get()));
        let now = Instant::now();
        self.due = Some(self.due.map_or(now, |it| it.max(now)) + took);
    }

    async fn wait_for_the_rate(&mut self) {
        if let Some(due) = self.due {
            sleep_until(due).await;
        }
    }

    fn count(&mut self, fresh: usize) -> Result<(), LdapError> {
        if fresh > 0 {
            self.attempts = 0;
        }
        self.tally.entries += fresh as u64;
        match self.query.size_limit {
            Some(limit) if self.tally.entries > limit => Err(LdapError::SizeLimit { limit }),
            _ => Ok(()),
        }
    }

    /// Nothing comes after an error, which says how far the scan came.
    fn end(&mut self, error: LdapError) -> LdapError {
        self.base = self.query.bases.len();
        self.next = Next::Ask(Vec::new());
        error.after(self.tally.entries)
    }
}
