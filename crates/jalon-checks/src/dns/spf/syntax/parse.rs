//! Reading a record term by term: an error in one does not hide those of the others.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{
    Mechanism, Prefixes, Problem, Qualifier, Span, SyntaxError, Term, TermKind,
    macros::{domain_spec, macro_string},
};

/// How long `v=spf1` is.
const VERSION: usize = 6;

/// What is written in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The terms that can be read, in order.
    pub terms: Vec<Term>,
    /// What is wrong, in order; a receiver applies a record with errors in no part.
    pub errors: Vec<SyntaxError>,
}

impl Parsed {
    /// The mechanisms with their qualifiers, in order.
    pub fn directives(&self) -> impl Iterator<Item = (&Term, Qualifier, &Mechanism)> {
        self.terms.iter().filter_map(|it| match &it.kind {
            TermKind::Directive { qualifier, mechanism } => Some((it, *qualifier, mechanism)),
            _ => None,
        })
    }

    /// The record as RFC 7208 would write it.
    pub fn written(&self) -> String {
        let terms = self.terms.iter().map(|it| format!(" {it}"));
        std::iter::once("v=spf1".to_owned()).chain(terms).collect()
    }
}

/// Reads a text whose version section is `v=spf1` (RFC 7208, section 4.5): the record behind it.
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed {
        terms: Vec::new(),
        errors: Vec::new(),
    };
    for word in words(text) {
        match term(word) {
            Ok(kind) => parsed.terms.push(Term {
                span: word.span(),
                kind,
            }),
            Err(error) => parsed.errors.push(error),
        }
    }
    repeated(&mut parsed);
    parsed
}

/// Some characters of the record, and where they begin.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Word<'a> {
    fn span(self) -> Span {
        Span {
            start: self.at,
            end: self.at + self.text.len(),
        }
    }

    fn wrong<T>(self, problem: Problem) -> Result<T, SyntaxError> {
        Err(SyntaxError {
            span: self.span(),
            problem,
        })
    }

    /// What stands before and behind the first `length` bytes.
    fn split(self, length: usize) -> (Self, Self) {
        let (head, tail) = self.text.split_at(length);
        (
            Self {
                text: head,
                at: self.at,
            },
            Self {
                text: tail,
                at: self.at + length,
            },
        )
    }

    fn behind(self, prefix: &str) -> Option<Self> {
        self.text.starts_with(prefix).then(|| self.split(prefix.len()).1)
    }
}

/// The words behind the version; only spaces separate them.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = VERSION.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let words = text[at..].split(' ').map(move |it| {
        let word = Word { text: it, at };
        at += it.len() + 1;
        word
    });
    words.filter(|it| !it.text.is_empty())
}

fn term(word: Word<'_>) -> Result<TermKind, SyntaxError> {
    if let Some((from, odd)) = word.text.char_indices().find(|it| !it.1.is_ascii_graphic()) {
        return word.split(from).1.split(odd.len_utf8()).0.wrong(Problem::Character);
    }
    let qualifier = word.text.chars().next().and_then(Qualifier::read);
    let unsigned = word.split(usize::from(qualifier.is_some())).1;
    let is_name = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
    let length = unsigned.text.find(|it| !is_name(it)).unwrap_or(unsigned.text.len());
    let (name, rest) = unsigned.split(length);
    if !name.text.starts_with(|it: char| it.is_ascii_alphabetic()) {
        return word.wrong(Problem::Name);
    }
    match rest.behind("=") {
        Some(_) if qualifier.is_some() => word.wrong(Problem::QualifiedModifier),
        Some(value) => modifier(name, value),
        None => Ok(TermKind::Directive {
            qualifier: qualifier.unwrap_or(Qualifier::Pass),
            mechanism: mechanism(name, rest)?,
        }),
    }
}

fn modifier(name: Word<'_>, value: Word<'_>) -> Result<TermKind, SyntaxError> {
    // Whoever misses a name is shown the whole term: there is nothing else to point at.
    let whole = |mut error: SyntaxError| {
        error.span.start = if value.text.is_empty() {
            name.at
        } else {
            error.span.start
        };
        error
    };
    match name.text.to_ascii_lowercase().as_str() {
        "redirect" => Ok(TermKind::Redirect(domain_spec(value.text, value.at).map_err(whole)?)),
        "exp" => Ok(TermKind::Exp(domain_spec(value.text, value.at).map_err(whole)?)),
        _ => Ok(TermKind::Unknown {
            name: name.text.to_owned(),
            value: macro_string(value.text, value.at)?,
        }),
    }
}

fn mechanism(name: Word<'_>, rest: Word<'_>) -> Result<Mechanism, SyntaxError> {
    match name.text.to_ascii_lowercase().as_str() {
        "all" if rest.text.is_empty() => Ok(Mechanism::All),
        "all" => rest.wrong(Problem::Surplus),
        "include" => required(name, rest).map(Mechanism::Include),
        "exists" => required(name, rest).map(Mechanism::Exists),
        "a" => hosts(name, rest).map(|(domain, prefixes)| Mechanism::A { domain, prefixes }),
        "mx" => hosts(name, rest).map(|(domain, prefixes)| Mechanism::Mx { domain, prefixes }),
        "ptr" => optional(name, rest).map(Mechanism::Ptr),
        "ip4" => ip4(name, rest),
        "ip6" => ip6(name, rest),
        "redirect" | "exp" => name.wrong(Problem::ModifierColon),
        _ => name.wrong(Problem::UnknownMechanism),
    }
}

type Spec = super::MacroText;

fn required(name: Word<'_>, rest: Word<'_>) -> Result<Spec, SyntaxError> {
    optional(name, rest)?.map_or_else(|| name.wrong(Problem::MissingDomain), Ok)
}

fn optional(name: Word<'_>, rest: Word<'_>) -> Result<Option<Spec>, SyntaxError> {
    match rest.behind(":") {
        Some(domain) if domain.text.is_empty() => name.wrong(Problem::MissingDomain),
        Some(domain) => domain_spec(domain.text, domain.at).map(Some),
        None if rest.text.is_empty() => Ok(None),
        None => rest.wrong(Problem::Surplus),
    }
}

/// A name that may be missing, then prefix lengths. Slashes may stand in names too: lengths are looked for from the end.
fn hosts(name: Word<'_>, rest: Word<'_>) -> Result<(Option<Spec>, Prefixes), SyntaxError> {
    let (rest, v6) = length(rest, "//", 128)?;
    let (rest, v4) = length(rest, "/", 32)?;
    let prefixes = Prefixes {
        v4: v4.unwrap_or(Prefixes::WHOLE.v4),
        v6: v6.unwrap_or(Prefixes::WHOLE.v6),
    };
    Ok((optional(name, rest)?, prefixes))
}

/// What stands before a prefix length at the end of `word`, and that length.
fn length<'a>(word: Word<'a>, sign: &str, longest: u8) -> Result<(Word<'a>, Option<u8>), SyntaxError> {
    let number = word.text.trim_end_matches(|it: char| it.is_ascii_digit()).len();
    let (before, digits) = word.split(number);
    let Some(before) = before.text.strip_suffix(sign).filter(|_| !digits.text.is_empty()) else {
        return Ok((word, None));
    };
    let fits = digits.text == "0" || !digits.text.starts_with('0');
    match digits.text.parse::<u8>() {
        Ok(length) if fits && length <= longest => Ok((
            Word {
                text: before,
                at: word.at,
            },
            Some(length),
        )),
        _ => digits.wrong(Problem::Prefix),
    }
}

fn ip4(name: Word<'_>, rest: Word<'_>) -> Result<Mechanism, SyntaxError> {
    let (address, prefix) = network(name, rest, 32)?;
    match address.text.parse::<Ipv4Addr>() {
        Ok(network) => Ok(Mechanism::Ip4 { network, prefix }),
        Err(_) if address.text.parse::<Ipv6Addr>().is_ok() => address.wrong(Problem::Ipv6InIp4),
        Err(_) => address.wrong(Problem::Ipv4),
    }
}

fn ip6(name: Word<'_>, rest: Word<'_>) -> Result<Mechanism, SyntaxError> {
    let (address, prefix) = network(name, rest, 128)?;
    match address.text.parse::<Ipv6Addr>() {
        Ok(network) => Ok(Mechanism::Ip6 { network, prefix }),
        Err(_) if address.text.parse::<Ipv4Addr>().is_ok() => address.wrong(Problem::Ipv4InIp6),
        Err(_) => address.wrong(Problem::Ipv6),
    }
}

/// The address of a network as it is written, and its prefix length.
fn network<'a>(name: Word<'a>, rest: Word<'a>, longest: u8) -> Result<(Word<'a>, u8), SyntaxError> {
    let missing = if longest == 32 { Problem::Ipv4 } else { Problem::Ipv6 };
    let Some(network) = rest.behind(":").filter(|it| !it.text.is_empty()) else {
        return name.wrong(missing);
    };
    if network.text.contains('%') {
        return network.wrong(Problem::MacroInNetwork);
    }
    // The address of the other family comes first: its longer prefix is not what is wrong.
    let address = network.text.split_once('/').map_or(network.text, |it| it.0);
    let is_other = match longest {
        32 => address.parse::<Ipv6Addr>().is_ok(),
        _ => address.parse::<Ipv4Addr>().is_ok(),
    };
    if is_other {
        return Ok((network.split(address.len()).0, longest));
    }
    let (address, prefix) = length(network, "/", longest)?;
    if address.text.is_empty() {
        return network.wrong(missing);
    }
    Ok((address, prefix.unwrap_or(longest)))
}

/// `redirect` and `exp` may each stand once (RFC 7208, section 6).
fn repeated(parsed: &mut Parsed) {
    for is_kind in [
        (|it| matches!(it, TermKind::Redirect(_))) as fn(&TermKind) -> bool,
        |it| matches!(it, TermKind::Exp(_)),
    ] {
        let again = parsed.terms.iter().filter(|it| is_kind(&it.kind)).skip(1);
        parsed.errors.extend(again.map(|it| SyntaxError {
            span: it.span,
            problem: Problem::Repeated,
        }));
    }
    parsed.errors.sort_by_key(|it| it.span.start);
}
