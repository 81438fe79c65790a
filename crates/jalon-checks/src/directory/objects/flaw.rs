//! What can be wrong with a value, and the chain in which one rule's correction is what the next rule looks at.

use std::borrow::Cow;

use jalon_domain::{
    finding::{FlawKind, Severity},
    text::Value,
};

use super::{SHEET, charset::Charset};

/// What a sentence inserts.
pub(super) type Phrase<'a> = Vec<(&'static str, Value<'a>)>;

/// One thing that is wrong with a value, or with an object as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::directory) enum Flaw {
    Blank,
    Length {
        limit: usize,
        length: usize,
    },
    LocalLength {
        limit: usize,
        length: usize,
    },
    DomainLength {
        limit: usize,
        length: usize,
    },
    EdgeSpace,
    LeadingDot,
    TrailingDot,
    Character {
        characters: String,
    },
    SecondColon,
    TopLevelDomain {
        tld: String,
    },
    DomainPart,
    LocalPart,
    Format,
    Unverified {
        suffix: String,
    },
    Duplicate {
        other: String,
    },
    Crossed {
        other: String,
    },
    Alike {
        other: String,
    },
    NoPrimary,
    SeveralPrimaries {
        count: usize,
    },
    NotPrimary {
        primary: String,
    },
    Members {
        limit: usize,
        count: usize,
    },
    Privileged {
        by: String,
    },
    Disabled,
    Expired {
        since: String,
    },
    Stale {
        days: i64,
    },
    NotReplicated,
    /// Another directory has a value for the object: which one, for whom, and by what and how surely they were matched.
    Lacking {
        proposed: String,
        person: String,
        key: String,
        confidence: String,
    },
    /// What IdFix's rules say, which have words of their own for it.
    Idfix {
        kinds: Vec<FlawKind>,
    },
}

impl Flaw {
    /// Its word, under which severity and phrase stand in the check's folder.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Length { .. } => "length",
            Self::LocalLength { .. } => "local-length",
            Self::DomainLength { .. } => "domain-length",
            Self::EdgeSpace => "edge-space",
            Self::LeadingDot => "leading-dot",
            Self::TrailingDot => "trailing-dot",
            Self::Character { .. } => "character",
            Self::SecondColon => "second-colon",
            Self::TopLevelDomain { .. } => "top-level-domain",
            Self::DomainPart => "domain-part",
            Self::LocalPart => "local-part",
            Self::Format => "format",
            Self::Unverified { .. } => "unverified",
            Self::Duplicate { .. } => "duplicate",
            Self::Crossed { .. } => "crossed",
            Self::Alike { .. } => "alike",
            Self::NoPrimary => "no-primary",
            Self::SeveralPrimaries { .. } => "several-primaries",
            Self::NotPrimary { .. } => "not-primary",
            Self::Members { .. } => "members",
            Self::Privileged { .. } => "privileged",
            Self::Disabled => "disabled",
            Self::Expired { .. } => "expired",
            Self::Stale { .. } => "stale",
            Self::NotReplicated => "not-replicated",
            Self::Lacking { .. } => "lacking",
            Self::Idfix { .. } => "idfix",
        }
    }

    /// How much it weighs, where that is not what the rule says.
    pub(super) fn weight(&self) -> Option<Severity> {
        match self {
            Self::Idfix { kinds } => kinds.iter().filter_map(|it| SHEET.weight(like(*it))).max(),
            _ => SHEET.weight(self.word()),
        }
    }

    /// The word that programs read for it.
    fn kinds(&self) -> &[FlawKind] {
        match self {
            Self::Blank | Self::NoPrimary | Self::Lacking { .. } => &[FlawKind::Blank],
            Self::Length { .. } | Self::LocalLength { .. } | Self::DomainLength { .. } | Self::Members { .. } => {
                &[FlawKind::Length]
            }
            Self::EdgeSpace | Self::LeadingDot | Self::TrailingDot | Self::Character { .. } | Self::SecondColon => {
                &[FlawKind::Character]
            }
            Self::TopLevelDomain { .. } => &[FlawKind::TopLevelDomain],
            Self::DomainPart => &[FlawKind::DomainPart],
            Self::LocalPart => &[FlawKind::LocalPart],
            Self::Format => &[FlawKind::Format],
            Self::Duplicate { .. } | Self::Crossed { .. } | Self::Alike { .. } | Self::SeveralPrimaries { .. } => {
                &[FlawKind::Duplicate]
            }
            Self::Unverified { .. } | Self::NotPrimary { .. } => &[FlawKind::Mismatch],
            Self::Privileged { .. }
            | Self::Disabled
            | Self::Expired { .. }
            | Self::Stale { .. }
            | Self::NotReplicated => &[],
            Self::Idfix { kinds } => kinds,
        }
    }

    /// What its phrase inserts.
    pub(super) fn args(&self) -> Phrase<'_> {
        match self {
            Self::Length { limit, length }
            | Self::LocalLength { limit, length }
            | Self::DomainLength { limit, length } => {
                vec![("limit", (*limit).into()), ("length", (*length).into())]
            }
            Self::Character { characters } => vec![("characters", characters.into())],
            Self::TopLevelDomain { tld } => vec![("tld", tld.into())],
            Self::Unverified { suffix } => vec![("suffix", suffix.into())],
            Self::Duplicate { other } | Self::Crossed { other } | Self::Alike { other } => {
                vec![("other", other.into())]
            }
            Self::SeveralPrimaries { count } => vec![("count", (*count).into())],
            Self::NotPrimary { primary } => vec![("primary", primary.into())],
            Self::Members { limit, count } => vec![("limit", (*limit).into()), ("count", (*count).into())],
            Self::Privileged { by } => vec![("by", by.into())],
            Self::Expired { since } => vec![("since", since.into())],
            Self::Stale { days } => vec![("days", (*days).into())],
            Self::Lacking {
                proposed,
                person,
                key,
                confidence,
            } => vec![
                ("proposed", proposed.into()),
                ("person", person.into()),
                ("key", key.into()),
                ("confidence", confidence.into()),
            ],
            _ => Vec::new(),
        }
    }
}

/// The flaw of the strict rules that weighs as much.
fn like(kind: FlawKind) -> &'static str {
    match kind {
        FlawKind::Character => "character",
        FlawKind::Format => "format",
        FlawKind::TopLevelDomain => "top-level-domain",
        FlawKind::DomainPart => "domain-part",
        FlawKind::LocalPart => "local-part",
        FlawKind::Length => "length",
        FlawKind::Duplicate => "duplicate",
        FlawKind::Blank => "blank",
        FlawKind::Mismatch => "not-primary",
    }
}

/// Every word once, in the order of the flaws.
pub(super) fn kinds(flaws: &[Flaw]) -> Vec<FlawKind> {
    let mut kinds = Vec::new();
    for kind in flaws.iter().flat_map(Flaw::kinds) {
        if !kinds.contains(kind) {
            kinds.push(*kind);
        }
    }
    kinds
}

/// A value on its way through the rules of its attribute.
pub(super) struct Chain<'v> {
    /// The value as corrected so far.
    pub(super) value: Cow<'v, str>,
    /// What was wrong, with the rule that says so.
    pub(super) flaws: Vec<(&'static str, Flaw)>,
}

impl<'v> Chain<'v> {
    pub(super) fn new(value: &'v str) -> Self {
        Self {
            value: Cow::Borrowed(value),
            flaws: Vec::new(),
        }
    }

    pub(super) fn flaw(&mut self, rule: &'static str, flaw: Flaw, value: String) {
        self.flaws.push((rule, flaw));
        self.value = Cow::Owned(value);
    }

    /// At most `limit` characters; `shorten` makes them so.
    pub(super) fn length(&mut self, rule: &'static str, limit: usize, shorten: fn(&str, usize) -> String) {
        // Directories count UTF-16 units; no value has more of them than bytes.
        if self.value.len() <= limit {
            return;
        }
        let length = self.value.encode_utf16().count();
        if length > limit {
            let shorter = shorten(&self.value, limit);
            self.flaw(rule, Flaw::Length { limit, length }, shorter);
        }
    }

    /// None of those characters.
    pub(super) fn characters(&mut self, rule: &'static str, charset: Charset) {
        if let Some(characters) = charset.found_in(&self.value) {
            let stripped = charset.strip(&self.value);
            self.flaw(rule, Flaw::Character { characters }, stripped);
        }
    }
}

/// The beginning of a value, at most `limit` UTF-16 units long.
pub(super) fn cut(value: &str, limit: usize) -> String {
    let mut length = 0;
    let fits = |c: &char| {
        length += c.len_utf16();
        length <= limit
    };
    value.chars().take_while(fits).collect::<String>().trim_end().to_owned()
}

/// An address shortened before its @, where nobody else's domain is touched; unchanged when that is not enough.
pub(super) fn cut_address(value: &str, limit: usize) -> String {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return cut(value, limit);
    };
    let room = limit.saturating_sub(1 + domain.encode_utf16().count());
    let shorter = cut(local, room);
    let shorter = shorter.trim_end_matches('.');
    if shorter.is_empty() || shorter.ends_with(':') {
        value.to_owned()
    } else {
        format!("{shorter}@{domain}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_before_its_domain_and_never_behind_a_full_stop() {
        assert_eq!(cut_address("abc.def@x.example", 14), "abc@x.example");
        assert_eq!(cut_address("a@very-long.example", 5), "a@very-long.example");
        assert_eq!(cut("😀😀😀", 5), "😀😀");
    }
}
