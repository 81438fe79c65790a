//! Lists of tags, `name=value; name=value` (RFC 6376, section 3.2): each tag with where it stands, each error with where it is.

use jalon_domain::text::Text;

use super::spf::syntax::Span;

/// Something that makes a record unreadable, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub(crate) span: Span,
    pub(crate) problem: Text,
}

impl Flaw {
    pub(crate) fn new(span: Span, en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self {
            span,
            problem: Text::new(en, fr),
        }
    }
}

/// A tag. Space around its parts is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
    /// The whole tag, its semicolon left out.
    pub(crate) span: Span,
    /// Its value.
    pub(crate) at: Span,
}

/// The tags of a record, and what is wrong with their form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TagList<'a> {
    pub(crate) tags: Vec<Tag<'a>>,
    pub(crate) flaws: Vec<Flaw>,
}

impl<'a> TagList<'a> {
    /// Reads a record. Names that nobody knows are kept: who they are for ignores them.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut list = Self::default();
        let mut start = 0;
        for piece in text.split(';') {
            let span = trimmed(text, start, start + piece.len());
            let is_last = start + piece.len() == text.len();
            start += piece.len() + 1;
            // A semicolon may end the last tag.
            if !(is_last && span.start == span.end) {
                list.read(text, span);
            }
        }
        list
    }

    /// The first tag of that name.
    pub(crate) fn tag(&self, name: &str) -> Option<&Tag<'a>> {
        self.tags.iter().find(|it| it.name == name)
    }

    fn read(&mut self, text: &'a str, span: Span) {
        let piece = &text[span.start..span.end];
        if piece.is_empty() {
            let flaw = Flaw::new(
                span,
                "there is nothing between two semicolons",
                "il n’y a rien entre deux points-virgules",
            );
            return self.flaws.push(flaw);
        }
        let Some(sign) = piece.find('=') else {
            let flaw = Flaw::new(span, "an equals sign is missing", "il manque un signe égal");
            return self.flaws.push(flaw);
        };
        let name = trimmed(text, span.start, span.start + sign);
        let at = trimmed(text, span.start + sign + 1, span.end);
        let tag = Tag {
            name: &text[name.start..name.end],
            value: &text[at.start..at.end],
            span,
            at,
        };
        if !is_name(tag.name) {
            let flaw = Flaw::new(name, "this is no name of a tag", "ce n’est pas un nom d’étiquette");
            self.flaws.push(flaw);
        } else if self.tag(tag.name).is_some() {
            let flaw = Flaw::new(span, "this tag stands here twice", "cette étiquette figure deux fois");
            self.flaws.push(flaw);
        } else if let Some((place, c)) = tag.value.char_indices().find(|it| !is_plain(it.1)) {
            let wrong = Span {
                start: at.start + place,
                end: at.start + place + c.len_utf8(),
            };
            let flaw = Flaw::new(
                wrong,
                "only visible ASCII characters may stand here",
                "seuls des caractères ASCII visibles sont permis ici",
            );
            self.flaws.push(flaw);
        }
        self.tags.push(tag);
    }
}

/// Folding white space is no part of a tag.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let piece = &text[start..end];
    let left = piece.trim_start_matches(is_space);
    let start = start + piece.len() - left.len();
    Span {
        start,
        end: start + left.trim_end_matches(is_space).len(),
    }
}

pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_plain(c: char) -> bool {
    is_space(c) || c.is_ascii_graphic()
}

fn is_name(name: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && name.bytes().all(inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, tags: &[(&str, &str)], flaws: &[&str]) {
        let list = TagList::parse(text);
        let found: Vec<_> = list.tags.iter().map(|it| (it.name, it.value)).collect();
        let wrong: Vec<_> = list.flaws.iter().map(|it| &text[it.span.start..it.span.end]).collect();
        assert_eq!((found.as_slice(), wrong.as_slice()), (tags, flaws), "{text}");
    }

    #[test]
    fn tags_are_read_with_their_space_and_errors_with_their_place() {
        check(
            "v=DKIM1; k = rsa ;\r\n p=AB CD",
            &[("v", "DKIM1"), ("k", "rsa"), ("p", "AB CD")],
            &[],
        );
        check("v=DKIM1;", &[("v", "DKIM1")], &[]);
        check("p=", &[("p", "")], &[]);
        check("p=a=b==", &[("p", "a=b==")], &[]);
        check("v=DKIM1;;p=", &[("v", "DKIM1"), ("p", "")], &[""]);
        check("v=DKIM1; rsa", &[("v", "DKIM1")], &["rsa"]);
        check("1=2", &[("1", "2")], &["1"]);
        check("p=a; p=b", &[("p", "a"), ("p", "b")], &["p=b"]);
        check("n=é", &[("n", "é")], &["é"]);
        check("", &[], &[]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_place_is_in_it(text in any::<String>()) {
            let list = TagList::parse(&text);
            for tag in &list.tags {
                prop_assert_eq!(&text[tag.at.start..tag.at.end], tag.value);
                prop_assert!(text[tag.span.start..tag.span.end].starts_with(tag.name));
            }
            for flaw in &list.flaws {
                prop_assert!(text.get(flaw.span.start..flaw.span.end).is_some() && flaw.problem.is_complete());
            }
        }
    }
}
