//! What a record leads to, whoever sends: who includes whom, and what each branch costs of the ten look-ups.

mod flatten;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use futures::future::BoxFuture;
use jalon_wire::dns::{Data, RecordType};
use serde::Serialize;

pub use flatten::{Advice, advice};

use super::{
    evaluate::{Ask, MOST_LOOKUPS, MOST_VOIDS, Reason, Reply, address, is_mail_domain, published},
    syntax::{Mechanism, Prefixes, Qualifier, Span, SyntaxError, Term, TermKind, parse},
};

/// Mail exchangers of one name (RFC 7208, section 4.6.4).
const MOST_NAMES: usize = 10;
/// Questions in all, whatever a hostile zone leads to.
pub(in crate::dns) const MOST_QUESTIONS: usize = 64;

/// A record, and what its terms lead to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// Whose record it is.
    pub domain: String,
    /// The record, where there is one.
    pub record: Option<String>,
    /// Why there is no more to tell.
    pub reason: Option<Reason>,
    /// What is wrong with the record.
    pub errors: Vec<SyntaxError>,
    /// Its terms, in order, up to the one that always matches.
    pub terms: Vec<Twig>,
    /// Look-ups that it costs when nothing matches early.
    pub lookups: usize,
    /// Those that find nothing.
    pub void_lookups: usize,
}

/// A term, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Twig {
    /// The term.
    pub term: String,
    /// Where it stands in the record.
    pub span: Span,
    /// The name of its mechanism, or `redirect`.
    pub mechanism: &'static str,
    /// What it says of those who match; none for a redirect.
    pub qualifier: Option<Qualifier>,
    /// The name that it asks for.
    pub target: Option<String>,
    /// The networks that match, as they would be written in a record.
    pub networks: Vec<String>,
    /// Why there is no more to tell.
    pub reason: Option<Reason>,
    /// Look-ups that it costs, those of `inner` included.
    pub lookups: usize,
    /// Those that find nothing.
    pub void_lookups: usize,
    /// The record that it leads to.
    pub inner: Option<Box<Branch>>,
}

impl Branch {
    /// Nothing is known of it yet.
    fn of(domain: String) -> Self {
        Self {
            domain,
            record: None,
            reason: None,
            errors: Vec::new(),
            terms: Vec::new(),
            lookups: 0,
            void_lookups: 0,
        }
    }

    /// Every reason here and below why there is no more to tell.
    pub fn reasons(&self) -> Vec<&Reason> {
        let below = self.terms.iter().flat_map(|it| {
            let inner = it.inner.iter().flat_map(|it| it.reasons());
            it.reason.iter().chain(inner)
        });
        self.reason.iter().chain(below).collect()
    }

    /// The names that it leads to whose records no receiver can apply.
    pub(super) fn broken(&self) -> Vec<&String> {
        let inner = self.terms.iter().filter_map(|it| it.inner.as_deref());
        inner
            .flat_map(|it| {
                let is_broken = matches!(it.reason, Some(Reason::Syntax | Reason::SeveralRecords));
                is_broken.then_some(&it.domain).into_iter().chain(it.broken())
            })
            .collect()
    }

    /// The name, this one or one below, that has more than one record.
    pub(super) fn ambiguous(&self) -> Option<&str> {
        if self.reason == Some(Reason::SeveralRecords) {
            return Some(&self.domain);
        }
        let mut inner = self.terms.iter().filter_map(|it| it.inner.as_deref());
        inner.find_map(Self::ambiguous)
    }

    /// The term, here or below, of which only a sender's mail would show where it leads.
    pub(super) fn undecided(&self) -> Option<&Twig> {
        self.terms.iter().find_map(|it| match &it.inner {
            Some(inner) => inner.undecided(),
            None => (it.leads() && it.reason == Some(Reason::SenderDecides)).then_some(it),
        })
    }

    /// Whether receivers may give up for what it costs (RFC 7208, section 4.6.4).
    pub fn is_too_dear(&self) -> bool {
        self.lookups > MOST_LOOKUPS || self.void_lookups > MOST_VOIDS
    }
}

/// Follows the record of `domain` wherever it leads.
pub async fn tree(ask: &dyn Ask, domain: &str) -> Branch {
    let mut walk = Walk {
        ask,
        path: Vec::new(),
        questions: 0,
    };
    walk.branch(domain.to_ascii_lowercase()).await
}

/// Follows one record that `domain` publishes.
pub(super) async fn tree_of(ask: &dyn Ask, domain: &str, record: String) -> Branch {
    let mut walk = Walk {
        ask,
        path: vec![domain.to_owned()],
        questions: 0,
    };
    let mut branch = Branch::of(domain.to_owned());
    walk.grow(&mut branch, record).await;
    branch
}

struct Walk<'a> {
    ask: &'a dyn Ask,
    /// The names whose records led here.
    path: Vec<String>,
    questions: usize,
}

impl Walk<'_> {
    fn branch(&mut self, domain: String) -> BoxFuture<'_, Branch> {
        Box::pin(async move {
            let mut branch = Branch::of(domain.clone());
            match self.record(&domain).await {
                Ok(record) => {
                    self.path.push(domain);
                    self.grow(&mut branch, record).await;
                    self.path.pop();
                }
                Err(reason) => branch.reason = Some(reason),
            }
            branch
        })
    }

    async fn record(&mut self, domain: &str) -> Result<String, Reason> {
        if !is_mail_domain(domain) {
            return Err(Reason::BadDomain);
        }
        self.spend()?;
        let record = published(self.ask, domain).await.map_err(|it| it.reason)?;
        record.ok_or(Reason::NoRecord)
    }

    async fn grow(&mut self, branch: &mut Branch, record: String) {
        let parsed = parse(&record);
        branch.record = Some(record);
        branch.errors = parsed.errors;
        if !branch.errors.is_empty() {
            branch.reason = Some(Reason::Syntax);
        }
        // A redirect counts last, and not at all where something always matches before (RFC 7208, section 6.1).
        let is_all = |it: &&Term| {
            matches!(
                &it.kind,
                TermKind::Directive {
                    mechanism: Mechanism::All,
                    ..
                }
            )
        };
        let is_redirect = |it: &&Term| matches!(it.kind, TermKind::Redirect(_));
        let all = parsed.terms.iter().find(is_all);
        let directives = parsed
            .terms
            .iter()
            .filter(|it| matches!(it.kind, TermKind::Directive { .. }));
        let before = directives.take_while(|it| all.is_none_or(|all| it.span.start < all.span.start));
        let last = all.or_else(|| parsed.terms.iter().find(is_redirect));
        for term in before.chain(last) {
            let mut twig = Twig::of(term);
            if let Err(reason) = self.follow(&branch.domain, &term.kind, &mut twig).await {
                twig.reason = Some(reason);
            }
            branch.lookups += twig.lookups;
            branch.void_lookups += twig.void_lookups;
            branch.terms.push(twig);
        }
    }

    async fn follow(&mut self, domain: &str, kind: &TermKind, twig: &mut Twig) -> Result<(), Reason> {
        let (spec, mechanism) = match kind {
            TermKind::Directive { mechanism, .. } => (mechanism.domain(), Some(mechanism)),
            TermKind::Redirect(spec) => (Some(spec), None),
            TermKind::Exp(_) | TermKind::Unknown { .. } => return Ok(()),
        };
        twig.lookups = usize::from(mechanism.is_none_or(Mechanism::asks));
        let name = match spec.map(|it| it.plain()) {
            Some(None) => return Err(Reason::SenderDecides),
            Some(Some(name)) => name.trim_end_matches('.').to_ascii_lowercase(),
            None => domain.to_owned(),
        };
        if twig.lookups > 0 {
            twig.target = Some(name.clone());
        }
        match mechanism {
            None | Some(Mechanism::Include(_)) => self.lead(name, twig).await,
            Some(Mechanism::A { prefixes, .. }) => self.hosts(&name, *prefixes, twig).await,
            Some(Mechanism::Mx { prefixes, .. }) => self.exchangers(&name, *prefixes, twig).await,
            Some(Mechanism::Exists(_)) => {
                let found = self.asked(&name, RecordType::A).await?;
                twig.void_lookups += usize::from(found.is_empty());
                Ok(())
            }
            Some(Mechanism::Ptr(_)) => Err(Reason::SenderDecides),
            Some(it @ (Mechanism::Ip4 { .. } | Mechanism::Ip6 { .. })) => {
                twig.networks.push(it.to_string());
                Ok(())
            }
            Some(Mechanism::All) => Ok(()),
        }
    }

    async fn lead(&mut self, name: String, twig: &mut Twig) -> Result<(), Reason> {
        if self.path.contains(&name) {
            return Err(Reason::Loop(name));
        }
        let inner = self.branch(name.clone()).await;
        twig.lookups += inner.lookups;
        twig.void_lookups += inner.void_lookups;
        let reason = match &inner.reason {
            None => None,
            Some(Reason::NoRecord | Reason::BadDomain) => Some(Reason::NothingBehind(name)),
            Some(_) => Some(Reason::Behind(name)),
        };
        twig.inner = Some(Box::new(inner));
        reason.map_or(Ok(()), Err)
    }

    async fn exchangers(&mut self, name: &str, prefixes: Prefixes, twig: &mut Twig) -> Result<(), Reason> {
        let found = self.asked(name, RecordType::Mx).await?;
        twig.void_lookups += usize::from(found.is_empty());
        let hosts = found.into_iter().filter_map(|it| match it {
            Data::Mx { exchange, .. } if exchange != "." => Some(exchange.to_ascii_lowercase()),
            _ => None,
        });
        let hosts: Vec<String> = hosts.collect();
        if hosts.len() > MOST_NAMES {
            return Err(Reason::TooManyExchangers(name.to_owned()));
        }
        for host in hosts {
            self.hosts(&host, prefixes, twig).await?;
        }
        Ok(())
    }

    /// The addresses of a name; it finds nothing when it has none of either family.
    async fn hosts(&mut self, name: &str, prefixes: Prefixes, twig: &mut Twig) -> Result<(), Reason> {
        let mut found = self.asked(name, RecordType::A).await?;
        found.extend(self.asked(name, RecordType::Aaaa).await?);
        twig.void_lookups += usize::from(found.is_empty());
        let network = |it: IpAddr| match it {
            IpAddr::V4(network) => Mechanism::Ip4 {
                network,
                prefix: prefixes.v4,
            },
            IpAddr::V6(network) => Mechanism::Ip6 {
                network,
                prefix: prefixes.v6,
            },
        };
        let networks = found.iter().filter_map(address).map(|it| network(it).to_string());
        twig.networks.extend(networks);
        Ok(())
    }

    async fn asked(&mut self, name: &str, kind: RecordType) -> Result<Vec<Data>, Reason> {
        self.spend()?;
        match self.ask.ask(name, kind).await {
            Reply::Found(records) => Ok(records),
            Reply::NoData | Reply::NoName => Ok(Vec::new()),
            Reply::Failed(detail) => Err(Reason::Unanswered(detail)),
        }
    }

    fn spend(&mut self) -> Result<(), Reason> {
        self.questions += 1;
        if self.questions > MOST_QUESTIONS {
            return Err(Reason::NotFollowed);
        }
        Ok(())
    }
}

impl Twig {
    /// Whether it leads to another record.
    fn leads(&self) -> bool {
        matches!(self.mechanism, "include" | "redirect")
    }

    fn of(term: &Term) -> Self {
        let (mechanism, qualifier) = match &term.kind {
            TermKind::Directive { qualifier, mechanism } => (mechanism.name(), Some(*qualifier)),
            _ => ("redirect", None),
        };
        Self {
            term: term.to_string(),
            span: term.span,
            mechanism,
            qualifier,
            target: None,
            networks: Vec::new(),
            reason: None,
            lookups: 0,
            void_lookups: 0,
            inner: None,
        }
    }
}
