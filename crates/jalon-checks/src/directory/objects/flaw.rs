//! What can be wrong with a value, and the chain in which one rule's correction is what the next rule looks at.

use std::borrow::Cow;

use super::{charset::Charset, phrase::Phrase};

/// One thing that is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    Blank,
    Length { limit: usize, length: usize },
    LeadingDot,
    Character { characters: String },
    SecondColon,
    TopLevelDomain { tld: String },
    DomainPart,
    LocalPart,
    Format,
    Duplicate { other: String },
}

impl Flaw {
    /// Its word, under which severity and phrase stand in the check's folder.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Length { .. } => "length",
            Self::LeadingDot => "leading-dot",
            Self::Character { .. } => "character",
            Self::SecondColon => "second-colon",
            Self::TopLevelDomain { .. } => "top-level-domain",
            Self::DomainPart => "domain-part",
            Self::LocalPart => "local-part",
            Self::Format => "format",
            Self::Duplicate { .. } => "duplicate",
        }
    }

    /// What its phrase inserts.
    pub(super) fn args(&self) -> Phrase<'_> {
        match self {
            Self::Length { limit, length } => vec![("limit", (*limit).into()), ("length", (*length).into())],
            Self::Character { characters } => vec![("characters", characters.into())],
            Self::TopLevelDomain { tld } => vec![("tld", tld.into())],
            Self::Duplicate { other } => vec![("other", other.into())],
            _ => Vec::new(),
        }
    }
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
