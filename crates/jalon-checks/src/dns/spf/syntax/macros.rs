//! Macro strings (RFC 7208, section 7.1): texts with places that the sender fills.

use std::fmt;

use super::{Problem, Span, SyntaxError};

/// A text in which macros stand; it prints as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacroText {
    source: String,
    /// What it is made of, in order.
    pub parts: Vec<Part>,
}

/// A piece of a macro string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Characters that stand for themselves; `%%`, `%_` and `%-` are written out.
    Literal(String),
    /// A value of the sender.
    Macro {
        /// Which value.
        letter: Letter,
        /// Whether it is escaped as in a URL: its letter is a capital.
        is_escaped: bool,
        /// How many of its right-hand pieces are kept; none for all.
        keep: Option<usize>,
        /// Whether its pieces are reversed first.
        is_reversed: bool,
        /// Where it is cut.
        delimiters: String,
    },
}

/// Which value of the sender (RFC 7208, section 7.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// `s`: the sender's address.
    Sender,
    /// `l`: what stands before its at sign.
    LocalPart,
    /// `o`: what stands behind it.
    SenderDomain,
    /// `d`: the domain whose record is read.
    Domain,
    /// `i`: the client's address, in pieces.
    Address,
    /// `p`: the client's validated name.
    ValidatedName,
    /// `v`: `in-addr` or `ip6`.
    Family,
    /// `h`: the name that the client greets with.
    Helo,
    /// `c`: the client's address as people write it; in explanations only.
    ReadableAddress,
    /// `r`: the receiver's name; in explanations only.
    Receiver,
    /// `t`: the time in seconds; in explanations only.
    Time,
}

impl Letter {
    fn read(letter: u8) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            b's' => Self::Sender,
            b'l' => Self::LocalPart,
            b'o' => Self::SenderDomain,
            b'd' => Self::Domain,
            b'i' => Self::Address,
            b'p' => Self::ValidatedName,
            b'v' => Self::Family,
            b'h' => Self::Helo,
            b'c' => Self::ReadableAddress,
            b'r' => Self::Receiver,
            b't' => Self::Time,
            _ => return None,
        })
    }

    fn is_for_explanations(self) -> bool {
        matches!(self, Self::ReadableAddress | Self::Receiver | Self::Time)
    }
}

impl MacroText {
    /// The text when it stands for itself, whoever sends.
    pub fn plain(&self) -> Option<String> {
        let literal = |it: &Part| match it {
            Part::Literal(text) => Some(text.clone()),
            Part::Macro { .. } => None,
        };
        self.parts.iter().map(literal).collect()
    }

    /// Whether one of its macros stands for that value.
    pub fn asks_for(&self, wanted: Letter) -> bool {
        self.parts
            .iter()
            .any(|it| matches!(it, Part::Macro { letter, .. } if *letter == wanted))
    }
}

impl fmt::Display for MacroText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

/// A macro string that stands at `at` in the record.
pub(super) fn macro_string(text: &str, at: usize) -> Result<MacroText, SyntaxError> {
    read(text, at, Place::Record)
}

/// The text of an explanation (RFC 7208, section 6.2): a macro string in which spaces and three more macros may stand.
///
/// # Errors
/// The first error of its macros; receivers then do without an explanation.
pub fn explanation(text: &str) -> Result<MacroText, SyntaxError> {
    read(text, 0, Place::Explanation)
}

/// A domain-spec: a macro string that ends in a top-level name or a macro (RFC 7208, section 7.1).
pub(super) fn domain_spec(text: &str, at: usize) -> Result<MacroText, SyntaxError> {
    let error = |problem| SyntaxError {
        span: span(at, text),
        problem,
    };
    if text.is_empty() {
        return Err(error(Problem::MissingDomain));
    }
    let spec = macro_string(text, at)?;
    if ends_in_macro(text) || ends_in_top_label(text) {
        Ok(spec)
    } else {
        Err(error(Problem::DomainEnd))
    }
}

/// Whether this may be the last label of a domain name: letters, digits and inner hyphens, not digits only.
fn is_top_label(label: &str) -> bool {
    let fits = label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let is_number = label.bytes().all(|it| it.is_ascii_digit());
    fits && !is_number && !label.starts_with('-') && !label.ends_with('-')
}

fn span(at: usize, text: &str) -> Span {
    Span {
        start: at,
        end: at + text.len(),
    }
}

fn ends_in_top_label(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    text.rsplit_once('.').is_some_and(|(_, label)| is_top_label(label))
}

/// Whether the last characters are a macro; the text is a macro string already.
fn ends_in_macro(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'%' {
            at += 1;
            continue;
        }
        at = macro_end(text, at);
        if at == bytes.len() {
            return true;
        }
    }
    false
}

/// Where the macro that begins at `at` ends: behind its brace, or behind its second character.
fn macro_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with("%{") {
        rest.find('}').map_or(text.len(), |it| at + it + 1)
    } else {
        text.len().min(at + 2)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Record,
    Explanation,
}

fn read(text: &str, at: usize, place: Place) -> Result<MacroText, SyntaxError> {
    let error = |from: usize, to: usize, problem| SyntaxError {
        span: Span {
            start: at + from,
            end: at + to,
        },
        problem,
    };
    let fits = |it: char| it.is_ascii_graphic() || (it == ' ' && place == Place::Explanation);
    if let Some((from, odd)) = text.char_indices().find(|it| !fits(it.1)) {
        return Err(error(from, from + odd.len_utf8(), Problem::Character));
    }
    let (mut parts, mut literal, mut here) = (Vec::new(), String::new(), 0);
    while here < text.len() {
        let Some(percent) = text[here..].find('%').map(|it| here + it) else {
            literal.push_str(&text[here..]);
            break;
        };
        literal.push_str(&text[here..percent]);
        here = macro_end(text, percent);
        let written = &text[percent..here];
        match written {
            "%%" => literal.push('%'),
            "%_" => literal.push(' '),
            "%-" => literal.push_str("%20"),
            _ => {
                let part = expansion(written, place).map_err(|it| error(percent, here, it))?;
                if !literal.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                }
                parts.push(part);
            }
        }
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal));
    }
    Ok(MacroText {
        source: text.to_owned(),
        parts,
    })
}

/// `%{` letter, digits, `r`, delimiters `}`.
fn expansion(written: &str, place: Place) -> Result<Part, Problem> {
    let inner = written.strip_prefix("%{").ok_or(Problem::Percent)?;
    let inner = inner.strip_suffix('}').ok_or(Problem::Macro)?;
    let first = *inner.as_bytes().first().ok_or(Problem::Macro)?;
    let letter = Letter::read(first).ok_or(Problem::Macro)?;
    if letter.is_for_explanations() && place == Place::Record {
        return Err(Problem::ExplanationMacro);
    }
    let rest = &inner[1..];
    let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let (number, rest) = rest.split_at(digits);
    // More pieces than a name can have are all of its pieces.
    let keep = (digits > 0).then(|| number.parse().unwrap_or(usize::MAX));
    let reversed = rest.strip_prefix(['r', 'R']);
    let delimiters = reversed.unwrap_or(rest);
    if keep == Some(0) || !delimiters.bytes().all(|it| b".-+,/_=".contains(&it)) {
        return Err(Problem::Macro);
    }
    Ok(Part::Macro {
        letter,
        is_escaped: first.is_ascii_uppercase(),
        keep,
        is_reversed: reversed.is_some(),
        delimiters: if delimiters.is_empty() { "." } else { delimiters }.to_owned(),
    })
}
