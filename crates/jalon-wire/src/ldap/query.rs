//! What to read from a directory.

use std::{num::NonZeroU32, time::Duration};

/// How deep below a base to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The base itself.
    Base,
    /// The children of the base, without it.
    Children,
    /// The base and everything below it.
    Subtree,
}

/// Asked between two pages and before each new connection: `true` ends the scan.
pub type Stop<'a> = &'a (dyn Fn() -> bool + Send + Sync);

/// What to read.
#[derive(Clone, Debug)]
pub struct Query {
    /// Where to look, one after the other. What lies below two of them is given once.
    pub bases: Vec<String>,
    /// How deep.
    pub scope: Scope,
    /// Which objects (RFC 4515).
    pub filter: String,
    /// Which attributes; none means all that are not operational.
    pub attributes: Vec<String>,
    /// Entries a page. A server that refuses it is asked for half, until it agrees.
    pub page: u32,
    /// The most entries to read in all; one more is an error.
    pub size_limit: Option<u64>,
    /// How long the server may work on one page.
    pub time_limit: Duration,
    /// The most entries a second, so that a directory can serve others meanwhile.
    pub rate: Option<NonZeroU32>,
}

impl Query {
    /// Every object below a base, in pages of 1,000, at full speed.
    pub fn below(base: impl Into<String>, attributes: &[&str]) -> Self {
        Self {
            bases: vec![base.into()],
            scope: Scope::Subtree,
            filter: "(objectClass=*)".to_owned(),
            attributes: attributes.iter().map(|&it| it.to_owned()).collect(),
            page: 1_000,
            size_limit: None,
            time_limit: Duration::from_secs(120),
            rate: None,
        }
    }

    /// The same query with a filter.
    #[must_use]
    pub fn filtered(self, filter: impl Into<String>) -> Self {
        Self {
            filter: filter.into(),
            ..self
        }
    }
}
