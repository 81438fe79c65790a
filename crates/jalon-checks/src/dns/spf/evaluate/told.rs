//! What an evaluation tells: its result, and every step that led there.

use jalon_domain::text::Text;
use serde::Serialize;

use crate::dns::spf::syntax::{Qualifier, Span, SyntaxError, Term};

/// What SPF says of a sender (RFC 7208, section 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The domain publishes no record, or is no domain.
    None,
    /// The record says nothing of the sender.
    Neutral,
    /// The sender is authorised.
    Pass,
    /// The sender is not authorised.
    Fail,
    /// The sender is probably not authorised.
    Softfail,
    /// A name server did not answer: it may be different later.
    Temperror,
    /// The record cannot be applied.
    Permerror,
}

impl From<Qualifier> for Verdict {
    fn from(it: Qualifier) -> Self {
        match it {
            Qualifier::Pass => Self::Pass,
            Qualifier::Fail => Self::Fail,
            Qualifier::Softfail => Self::Softfail,
            Qualifier::Neutral => Self::Neutral,
        }
    }
}

impl Verdict {
    /// The word of RFC 7208.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Softfail => "softfail",
            Self::Temperror => "temperror",
            Self::Permerror => "permerror",
        }
    }
}

/// How an evaluation went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evaluation {
    /// The domain whose record was read.
    pub domain: String,
    /// The record, where there is one.
    pub record: Option<String>,
    /// What it says of the sender.
    pub result: Verdict,
    /// Why there is no more to say than that.
    pub reason: Option<Reason>,
    /// What is wrong with the record.
    pub errors: Vec<SyntaxError>,
    /// The terms that were evaluated, in order.
    pub steps: Vec<Step>,
    /// Look-ups that counted here and below, of ten that the whole evaluation may use.
    pub lookups: usize,
    /// Those that found nothing, of two.
    pub void_lookups: usize,
    /// What the domain says to those who fail.
    pub explanation: Option<String>,
}

/// One term that was evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The term.
    pub term: String,
    /// Where it stands in the record.
    pub span: Span,
    /// The name that was asked for.
    pub target: Option<String>,
    /// The addresses or names that came back.
    pub seen: Vec<String>,
    /// What came of it.
    pub outcome: StepOutcome,
    /// Look-ups that counted, those of `inner` included.
    pub lookups: usize,
    /// Those that found nothing.
    pub void_lookups: usize,
    /// How the record went that the term leads to.
    pub inner: Option<Box<Evaluation>>,
}

/// What came of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepOutcome {
    /// It decides.
    Match,
    /// It says nothing of this sender.
    NoMatch,
    /// It ended the evaluation.
    Error,
}

impl StepOutcome {
    /// The word of documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::NoMatch => "no-match",
            Self::Error => "error",
        }
    }
}

impl Step {
    pub(super) fn of(term: &Term) -> Self {
        Self {
            term: term.to_string(),
            span: term.span,
            target: None,
            seen: Vec::new(),
            outcome: StepOutcome::Error,
            lookups: 0,
            void_lookups: 0,
            inner: None,
        }
    }
}

/// Why an evaluation ended early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "about", rename_all = "kebab-case")]
pub enum Reason {
    /// This is no domain name of at least two labels.
    BadDomain,
    /// There is no SPF record.
    NoRecord,
    /// There is more than one.
    SeveralRecords,
    /// The record has errors.
    Syntax,
    /// An eleventh look-up would be needed.
    TooManyLookups,
    /// A third look-up found nothing.
    TooManyVoids,
    /// This name has more than ten mail exchangers.
    TooManyExchangers(String),
    /// The record leads to this name, which has none.
    NothingBehind(String),
    /// The record leads to this name, whose record cannot be applied, or cannot be had now.
    Behind(String),
    /// Name servers did not answer; in the words of the client.
    Unanswered(String),
    /// The record leads back to this name.
    Loop(String),
    /// What is asked for depends on who sends.
    SenderDecides,
    /// It leads to more names than are asked for here.
    NotFollowed,
}

impl Reason {
    /// The reason in a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::BadDomain => Text::new(
                "this is no domain name that could publish a record",
                "ce n’est pas un nom de domaine qui puisse publier un enregistrement",
            ),
            Self::NoRecord => Text::new(
                "the domain publishes no SPF record",
                "le domaine ne publie aucun enregistrement SPF",
            ),
            Self::SeveralRecords => Text::new(
                "the domain publishes more than one SPF record",
                "le domaine publie plusieurs enregistrements SPF",
            ),
            Self::Syntax => Text::new("the record has errors", "l’enregistrement contient des erreurs"),
            Self::NotFollowed => Text::new(
                "it leads to more names than are asked for here",
                "il mène à plus de noms qu’il n’en est demandé ici",
            ),
            Self::TooManyLookups => Text::new(
                "more than ten look-ups would be needed",
                "il faudrait plus de dix recherches",
            ),
            Self::TooManyVoids => Text::new(
                "more than two look-ups found nothing",
                "plus de deux recherches n’ont rien trouvé",
            ),
            Self::TooManyExchangers(name) => Text::new(
                format!("{name} has more than ten mail exchangers"),
                format!("{name} a plus de dix serveurs de messagerie (MX)"),
            ),
            Self::NothingBehind(name) => Text::new(
                format!("{name} publishes no SPF record"),
                format!("{name} ne publie aucun enregistrement SPF"),
            ),
            Self::Behind(name) => Text::new(
                format!("the record of {name} could not be applied"),
                format!("l’enregistrement de {name} n’a pas pu être appliqué"),
            ),
            Self::Loop(name) => Text::new(
                format!("the record leads back to {name}"),
                format!("l’enregistrement ramène à {name}"),
            ),
            Self::SenderDecides => Text::new(
                "what is asked for depends on who sends",
                "ce qui est demandé dépend de qui envoie",
            ),
            Self::Unanswered(detail) => Text::new(
                format!("name servers did not answer: {detail}"),
                format!("les serveurs de noms n’ont pas répondu\u{a0}: {detail}"),
            ),
        }
    }
}

/// What ends an evaluation at once.
pub(in crate::dns::spf) struct Stop {
    pub(super) result: Verdict,
    pub(in crate::dns::spf) reason: Reason,
}

impl Stop {
    pub(super) fn permanent(reason: Reason) -> Self {
        Self {
            result: Verdict::Permerror,
            reason,
        }
    }

    pub(super) fn unanswered(detail: String) -> Self {
        Self {
            result: Verdict::Temperror,
            reason: Reason::Unanswered(detail),
        }
    }
}
