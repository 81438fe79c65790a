//! Reading a record tag by tag: a tag that cannot be read does not hide the others.

use crate::dns::spf::syntax::Span;

/// What is written in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<'a> {
    /// The tags, in order; the version is one of them.
    pub tags: Vec<Tag<'a>>,
    /// Pieces that are no tags.
    pub unread: Vec<Span>,
}

/// A name and its value, without the space around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Where both stand in the record.
    pub span: Span,
    /// The name as it is written; capitals make another name of it (RFC 6376, section 3.2).
    pub name: &'a str,
    /// The value.
    pub value: &'a str,
    /// Where the value stands.
    pub at: Span,
}

impl<'a> Parsed<'a> {
    /// The first tag of that name: the one that is meant to count.
    pub fn tag(&self, name: &str) -> Option<Tag<'a>> {
        self.tags.iter().find(|it| it.name == name).copied()
    }

    /// The tags whose name stood there before: a list with one is no list at all (RFC 6376, section 3.2).
    pub fn repeated(&self) -> impl Iterator<Item = &Tag<'a>> {
        let stood_before = |at: usize, name: &str| self.tags[..at].iter().any(|it| it.name == name);
        let repeated = self.tags.iter().enumerate();
        repeated
            .filter(move |(at, it)| stood_before(*at, it.name))
            .map(|it| it.1)
    }
}

/// Reads a text as a list of tags, whatever its version says.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut parsed = Parsed {
        tags: Vec::new(),
        unread: Vec::new(),
    };
    let mut at = 0;
    for piece in text.split(';') {
        let written = piece.trim_matches([' ', '\t']);
        let start = at + (piece.len() - piece.trim_start_matches([' ', '\t']).len());
        at += piece.len() + 1;
        if written.is_empty() {
            continue;
        }
        let span = Span {
            start,
            end: start + written.len(),
        };
        match tag(written, span) {
            Some(tag) => parsed.tags.push(tag),
            None => parsed.unread.push(span),
        }
    }
    parsed
}

fn tag(written: &str, span: Span) -> Option<Tag<'_>> {
    let (name, value) = written.split_once('=')?;
    let is_value = |it: char| it == ' ' || it == '\t' || it.is_ascii_graphic();
    let (name, value) = (
        name.trim_end_matches([' ', '\t']),
        value.trim_start_matches([' ', '\t']),
    );
    let fits = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    (fits && !value.is_empty() && value.chars().all(is_value)).then_some(Tag {
        span,
        name,
        value,
        at: Span {
            start: span.end - value.len(),
            end: span.end,
        },
    })
}
