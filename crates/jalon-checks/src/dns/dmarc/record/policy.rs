//! What a receiver makes of a record.

use serde::Serialize;

use super::{Parsed, Tag, Target, parse, targets};

/// What is asked of receivers, the mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Disposition {
    /// To observe and report.
    None,
    /// To treat mail that fails as suspect.
    Quarantine,
    /// To refuse it.
    Reject,
}

impl Disposition {
    fn read(value: &str) -> Option<Self> {
        let is = |it: &str| value.eq_ignore_ascii_case(it);
        match () {
            () if is("none") => Some(Self::None),
            () if is("quarantine") => Some(Self::Quarantine),
            () if is("reject") => Some(Self::Reject),
            () => None,
        }
    }

    /// The word of RFC 9989.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    /// What is left of it under test: one step less (RFC 9989, section 4.7, `t`).
    pub fn tested(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            _ => Self::None,
        }
    }
}

/// What one of `p`, `sp`, `np` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The tag is missing.
    Unsaid,
    /// That.
    Said(Disposition),
    /// Something that RFC 9989 does not know.
    Unknown,
}

impl Wish {
    fn of(tag: Option<Tag<'_>>) -> Self {
        tag.map_or(Self::Unsaid, |it| {
            Disposition::read(it.value).map_or(Self::Unknown, Self::Said)
        })
    }

    fn said(self) -> Option<Disposition> {
        match self {
            Self::Said(it) => Some(it),
            _ => None,
        }
    }
}

/// What the record says of the domain's place (RFC 9989, section 4.7, `psd`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suffix {
    /// It is one below which others register.
    Yes,
    /// It is an organisation's own.
    No,
    /// The tree walk decides.
    Unsaid,
}

/// How a record is applied (RFC 9989, section 4.10.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acts {
    /// As it is written.
    AsWritten,
    /// As if it said `p=none`: what it asks for cannot be read, but where reports go can.
    AsNone,
    /// Not at all.
    NotAtAll,
}

/// A record, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// For the domain itself.
    pub p: Wish,
    /// For the names below it.
    pub sp: Wish,
    /// For names below it that do not exist.
    pub np: Wish,
    /// Whether it is under test.
    pub is_tested: bool,
    /// The place of the domain.
    pub psd: Suffix,
    /// Whether DKIM and SPF have to name the very domain.
    pub is_strict: (bool, bool),
    /// Where aggregate reports go.
    pub rua: Vec<Target>,
    /// Where failure reports go.
    pub ruf: Vec<Target>,
}

impl Policy {
    /// Reads the record.
    pub fn read(text: &str) -> Self {
        Self::of(&parse(text))
    }

    /// What these tags say.
    pub fn of(parsed: &Parsed<'_>) -> Self {
        let value = |name: &str| parsed.tag(name).map(|it| it.value.to_ascii_lowercase());
        let list = |name: &str| parsed.tag(name).map_or_else(Vec::new, |it| targets(it.value, it.at));
        let says = |name: &str, wanted: &str| value(name).is_some_and(|it| it == wanted);
        Self {
            p: Wish::of(parsed.tag("p")),
            sp: Wish::of(parsed.tag("sp")),
            np: Wish::of(parsed.tag("np")),
            is_tested: says("t", "y"),
            psd: match value("psd").as_deref() {
                Some("y") => Suffix::Yes,
                Some("n") => Suffix::No,
                _ => Suffix::Unsaid,
            },
            is_strict: (says("adkim", "s"), says("aspf", "s")),
            rua: list("rua"),
            ruf: list("ruf"),
        }
    }

    /// How receivers apply it.
    pub fn acts(&self) -> Acts {
        let is_read = self.p.said().is_some() && self.sp != Wish::Unknown && self.np != Wish::Unknown;
        match () {
            () if is_read => Acts::AsWritten,
            () if self.rua.iter().any(|it| it.uri.is_some()) => Acts::AsNone,
            () => Acts::NotAtAll,
        }
    }

    /// What it asks for the domain itself, and the tag that says so.
    pub fn own(&self) -> (Disposition, &'static str) {
        let asked = self.p.said().filter(|_| self.acts() == Acts::AsWritten);
        (asked.unwrap_or(Disposition::None), "p")
    }

    /// What it asks for a name below that exists.
    pub fn below(&self) -> (Disposition, &'static str) {
        let asked = self.sp.said().filter(|_| self.acts() == Acts::AsWritten);
        asked.map_or_else(|| self.own(), |it| (it, "sp"))
    }

    /// What it asks for a name below that does not exist.
    pub fn missing(&self) -> (Disposition, &'static str) {
        let asked = self.np.said().filter(|_| self.acts() == Acts::AsWritten);
        asked.map_or_else(|| self.below(), |it| (it, "np"))
    }
}
