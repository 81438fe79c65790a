//! The language pair: texts that exist in English and in French, and Fluent messages kept beside the code they serve.

use std::{borrow::Cow, fmt, str::FromStr};

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use serde::{Deserialize, Serialize};
use unic_langid::langid;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Every language, in the order of the interface.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 code, as in `<html lang>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The other language: what the language switch leads to.
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Fr,
            Self::Fr => Self::En,
        }
    }

    /// The first language of an `Accept-Language` header that we speak (RFC 9110, section 12.5.4, without weights).
    pub fn negotiate(header: &str) -> Option<Self> {
        header
            .split(',')
            .find_map(|it| it.trim().split(['-', ';']).next()?.parse().ok())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language that Jalon does not speak.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language of the interface: use fr or en")]
pub struct UnknownLang(String);

impl FromStr for Lang {
    type Err = UnknownLang;
    fn from_str(raw: &str) -> Result<Self, UnknownLang> {
        match raw.to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "fr" => Ok(Self::Fr),
            _ => Err(UnknownLang(raw.to_owned())),
        }
    }
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Text {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Text {
    /// A pair.
    pub fn new(en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            fr: fr.into(),
        }
    }

    /// The same characters in both languages: names, record values, codes.
    pub fn same(it: impl Into<String>) -> Self {
        let it = it.into();
        Self { en: it.clone(), fr: it }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// Whether both languages say something.
    pub fn is_complete(&self) -> bool {
        !self.en.trim().is_empty() && !self.fr.trim().is_empty()
    }
}

/// A value put into a message: a number is formatted and chooses plurals, a word is inserted as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A count.
    Number(i64),
    /// Anything else.
    Word(Cow<'a, str>),
}

impl From<usize> for Value<'_> {
    fn from(it: usize) -> Self {
        Self::Number(i64::try_from(it).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Value<'_> {
    fn from(it: u32) -> Self {
        Self::Number(it.into())
    }
}
impl From<u64> for Value<'_> {
    fn from(it: u64) -> Self {
        Self::Number(i64::try_from(it).unwrap_or(i64::MAX))
    }
}
impl From<i64> for Value<'_> {
    fn from(it: i64) -> Self {
        Self::Number(it)
    }
}
impl<'a> From<&'a str> for Value<'a> {
    fn from(it: &'a str) -> Self {
        Self::Word(Cow::Borrowed(it))
    }
}
impl From<String> for Value<'_> {
    fn from(it: String) -> Self {
        Self::Word(Cow::Owned(it))
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(it: &'a String) -> Self {
        Self::Word(Cow::Borrowed(it))
    }
}

/// Fluent messages of one folder (a page, a check), loaded from its `en.ftl` and `fr.ftl`.
///
/// Build it once in a `LazyLock`; both files are compiled into the program, so a broken one is a bug that the
/// folder's own test finds.
pub struct Messages {
    en: FluentBundle<FluentResource>,
    fr: FluentBundle<FluentResource>,
}

impl Messages {
    /// Parses both files.
    ///
    /// # Panics
    /// When a file is not valid Fluent: the files are part of the program, and a tidy test reads each of them.
    pub fn new(en: &str, fr: &str) -> Self {
        Self {
            en: bundle(en, Lang::En),
            fr: bundle(fr, Lang::Fr),
        }
    }

    /// The message `key` in `lang`. A missing key shows as the key itself, so that a page is never lost for a word.
    pub fn get(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let bundle = match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|it| it.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Value::Number(it) => values.set(*name, *it),
                Value::Word(it) => values.set(*name, it.as_ref()),
            }
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }

    /// The message in both languages.
    pub fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> Text {
        Text {
            en: self.get(Lang::En, key, args),
            fr: self.get(Lang::Fr, key, args),
        }
    }

    /// Whether both languages have `key`.
    pub fn has(&self, key: &str) -> bool {
        self.en.has_message(key) && self.fr.has_message(key)
    }
}

fn bundle(source: &str, lang: Lang) -> FluentBundle<FluentResource> {
    let locale = match lang {
        Lang::En => langid!("en-GB"),
        Lang::Fr => langid!("fr-FR"),
    };
    let resource = FluentResource::try_new(source.to_owned())
        .unwrap_or_else(|(_, errors)| panic!("the {lang} messages do not parse: {errors:?}"));
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks are for mixed scripts; here they would only get in the way of copying a value.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .unwrap_or_else(|errors| panic!("the {lang} messages repeat a key: {errors:?}"));
    bundle
}

/// `n` with its thousands grouped: `2,340` in English, `2 340` with a narrow no-break space in French.
pub fn number(lang: Lang, n: u64) -> String {
    let separator = match lang {
        Lang::En => ',',
        Lang::Fr => '\u{202f}',
    };
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_the_language() {
        let messages = Messages::new(
            "findings = { $n ->\n    [one] one finding\n   *[other] { $n } findings\n}\n",
            "findings = { $n ->\n    [one] { $n } constat\n   *[other] { $n } constats\n}\n",
        );
        assert_eq!(
            messages.get(Lang::En, "findings", &[("n", 0usize.into())]),
            "0 findings"
        );
        assert_eq!(messages.get(Lang::Fr, "findings", &[("n", 0usize.into())]), "0 constat");
        assert_eq!(
            messages.get(Lang::Fr, "findings", &[("n", 2usize.into())]),
            "2 constats"
        );
        assert_eq!(messages.get(Lang::En, "absent", &[]), "absent");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(number(Lang::En, 2340), "2,340");
        assert_eq!(number(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(number(Lang::En, 999), "999");
    }

    #[test]
    fn a_browser_gets_the_first_language_we_speak() {
        assert_eq!(Lang::negotiate("de-DE,fr-CH;q=0.9,en;q=0.8"), Some(Lang::Fr));
        assert_eq!(Lang::negotiate("de"), None);
    }
}
