//! What SPF says of a sender: `check_host()` of RFC 7208, section 4, with every step told.

mod ask;
mod matching;
#[cfg(test)]
mod second;
mod sender;
#[cfg(test)]
mod suite;
mod told;

use futures::future::BoxFuture;
use jalon_wire::dns::{Data, RecordType};

pub use ask::{Ask, Reply};
pub use sender::Sender;
pub use told::{Evaluation, Reason, Step, StepOutcome, Verdict};

pub(super) use matching::{address, is_mail_domain};
pub(super) use told::Stop;

use self::sender::Expansion;
use super::{
    record::is_spf,
    syntax::{Letter, MacroText, Parsed, Qualifier, Term, TermKind, explanation, parse},
};

/// Look-ups that one evaluation may cause (RFC 7208, section 4.6.4).
pub(super) const MOST_LOOKUPS: usize = 10;
/// Of these, how many may find nothing.
pub(super) const MOST_VOIDS: usize = 2;

/// Evaluates the record of `domain` for a sender.
pub async fn evaluate(ask: &dyn Ask, domain: &str, sender: &Sender) -> Evaluation {
    let mut walk = Walk {
        ask,
        sender,
        lookups: 0,
        voids: 0,
    };
    walk.check(domain.to_ascii_lowercase(), true).await
}

/// The one SPF record of a domain (RFC 7208, sections 4.4 and 4.5).
pub(super) async fn published(ask: &dyn Ask, domain: &str) -> Result<Option<String>, Stop> {
    let texts = match ask.ask(domain, RecordType::Txt).await {
        Reply::Found(records) => records,
        Reply::NoData | Reply::NoName => Vec::new(),
        Reply::Failed(detail) => return Err(Stop::unanswered(detail)),
    };
    let mut records = texts.into_iter().filter_map(|it| match it {
        Data::Txt { text, .. } if is_spf(&text) => Some(text),
        _ => None,
    });
    match (records.next(), records.next()) {
        (_, Some(_)) => Err(Stop::permanent(Reason::SeveralRecords)),
        (record, None) => Ok(record),
    }
}

/// One evaluation, with what it has used up.
struct Walk<'a> {
    ask: &'a dyn Ask,
    sender: &'a Sender,
    lookups: usize,
    voids: usize,
}

impl Walk<'_> {
    /// The record of one domain; an included one explains nothing.
    fn check(&mut self, domain: String, explains: bool) -> BoxFuture<'_, Evaluation> {
        Box::pin(async move {
            let mut told = Evaluation {
                domain: domain.strip_suffix('.').unwrap_or(&domain).to_owned(),
                record: None,
                result: Verdict::None,
                reason: None,
                errors: Vec::new(),
                steps: Vec::new(),
                lookups: 0,
                void_lookups: 0,
                explanation: None,
            };
            let (lookups, voids) = (self.lookups, self.voids);
            match self.decide(&mut told, explains).await {
                Ok(result) => told.result = result,
                Err(stop) => {
                    told.result = stop.result;
                    told.reason = Some(stop.reason);
                }
            }
            told.lookups = self.lookups - lookups;
            told.void_lookups = self.voids - voids;
            told
        })
    }

    async fn decide(&mut self, told: &mut Evaluation, explains: bool) -> Result<Verdict, Stop> {
        let domain = told.domain.clone();
        if !is_mail_domain(&domain) {
            told.reason = Some(Reason::BadDomain);
            return Ok(Verdict::None);
        }
        let Some(record) = published(self.ask, &domain).await? else {
            told.reason = Some(Reason::NoRecord);
            return Ok(Verdict::None);
        };
        let parsed = parse(&record);
        told.record = Some(record);
        told.errors.clone_from(&parsed.errors);
        if !parsed.errors.is_empty() {
            return Err(Stop::permanent(Reason::Syntax));
        }
        if let Some(qualifier) = self.first_match(&domain, &parsed, told).await? {
            let result = Verdict::from(qualifier);
            if result == Verdict::Fail && explains {
                told.explanation = self.explain(&domain, &parsed).await;
            }
            return Ok(result);
        }
        self.redirect(&domain, &parsed, told, explains).await
    }

    async fn first_match(
        &mut self,
        domain: &str,
        parsed: &Parsed,
        told: &mut Evaluation,
    ) -> Result<Option<Qualifier>, Stop> {
        for (term, qualifier, mechanism) in parsed.directives() {
            let (lookups, voids) = (self.lookups, self.voids);
            let mut step = Step::of(term);
            let matched = self.matches(domain, mechanism, &mut step).await;
            step.lookups = self.lookups - lookups;
            step.void_lookups = self.voids - voids;
            step.outcome = match &matched {
                Ok(true) => StepOutcome::Match,
                Ok(false) => StepOutcome::NoMatch,
                Err(_) => StepOutcome::Error,
            };
            told.steps.push(step);
            if matched? {
                return Ok(Some(qualifier));
            }
        }
        Ok(None)
    }

    /// What is left when nothing matches: another record, or nothing to say (RFC 7208, sections 4.7 and 6.1).
    async fn redirect(
        &mut self,
        domain: &str,
        parsed: &Parsed,
        told: &mut Evaluation,
        explains: bool,
    ) -> Result<Verdict, Stop> {
        let target = |term: &'_ Term| match &term.kind {
            TermKind::Redirect(it) => Some((Step::of(term), it.clone())),
            _ => None,
        };
        let Some((mut step, target)) = parsed.terms.iter().find_map(target) else {
            return Ok(Verdict::Neutral);
        };
        let voids = self.voids;
        let counted = self.count();
        let target = self.name(domain, &target).await;
        step.target = Some(target.clone());
        if let Err(stop) = counted {
            told.steps.push(step);
            return Err(stop);
        }
        let inner = self.check(target.clone(), explains).await;
        let result = inner.result;
        step.lookups = inner.lookups + 1;
        step.void_lookups = self.voids - voids;
        told.explanation.clone_from(&inner.explanation);
        step.inner = Some(Box::new(inner));
        step.outcome = match result {
            Verdict::None | Verdict::Permerror | Verdict::Temperror => StepOutcome::Error,
            _ => StepOutcome::Match,
        };
        told.steps.push(step);
        match result {
            Verdict::None => Err(Stop::permanent(Reason::NothingBehind(target))),
            Verdict::Permerror | Verdict::Temperror => Err(Stop {
                result,
                reason: Reason::Behind(target),
            }),
            result => Ok(result),
        }
    }

    /// What the domain says to those who fail; nothing whenever it cannot be had (RFC 7208, section 6.2).
    async fn explain(&self, domain: &str, parsed: &Parsed) -> Option<String> {
        let spec = parsed.terms.iter().find_map(|it| match &it.kind {
            TermKind::Exp(it) => Some(it),
            _ => None,
        })?;
        let name = self.name(domain, spec).await;
        let Reply::Found(records) = self.ask.ask(&name, RecordType::Txt).await else {
            return None;
        };
        let [Data::Txt { text, .. }] = records.as_slice() else {
            return None;
        };
        let text = explanation(text).ok()?;
        let validated = self.validated(domain, &text).await;
        Some(self.expansion(domain, &validated).text(&text))
    }

    /// The name that a domain-spec stands for.
    async fn name(&self, domain: &str, spec: &MacroText) -> String {
        let validated = self.validated(domain, spec).await;
        self.expansion(domain, &validated).name(spec)
    }

    fn expansion<'a>(&'a self, domain: &'a str, validated: &'a str) -> Expansion<'a> {
        Expansion {
            sender: self.sender,
            domain,
            validated,
        }
    }

    /// The name of the client's address, where the text speaks of it.
    async fn validated(&self, domain: &str, text: &MacroText) -> String {
        if text.asks_for(Letter::ValidatedName) {
            self.validated_name(domain).await
        } else {
            String::new()
        }
    }

    /// One more look-up.
    fn count(&mut self) -> Result<(), Stop> {
        if self.lookups == MOST_LOOKUPS {
            return Err(Stop::permanent(Reason::TooManyLookups));
        }
        self.lookups += 1;
        Ok(())
    }

    /// One more look-up that found nothing.
    fn count_void(&mut self) -> Result<(), Stop> {
        self.voids += 1;
        if self.voids > MOST_VOIDS {
            return Err(Stop::permanent(Reason::TooManyVoids));
        }
        Ok(())
    }
}
