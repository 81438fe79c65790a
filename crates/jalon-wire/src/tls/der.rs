//! DER, just enough to read an OCSP response: tags of one byte, definite lengths.

/// What is left of some DER.
#[derive(Clone, Copy, Debug)]
pub(super) struct Der<'a>(pub(super) &'a [u8]);

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// With tag and length.
    pub(super) whole: &'a [u8],
}

impl<'a> Der<'a> {
    /// The next element, whatever it is.
    pub(super) fn next(&mut self) -> Option<Element<'a>> {
        let (&[tag, first], rest) = self.0.split_first_chunk()?;
        let count = match first {
            0x80 => return None,
            0x81..=0x84 => usize::from(first & 0x7f),
            0x85.. => return None,
            _ => 0,
        };
        let (digits, rest) = rest.split_at_checked(count)?;
        let length = if count == 0 {
            usize::from(first)
        } else {
            digits.iter().fold(0, |sum, it| sum << 8 | usize::from(*it))
        };
        let (content, others) = rest.split_at_checked(length)?;
        let whole = &self.0[..self.0.len() - others.len()];
        self.0 = others;
        Some(Element { tag, content, whole })
    }

    /// The next element if it has that tag; otherwise nothing is taken.
    pub(super) fn take(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.next().filter(|it| it.tag == tag)?;
        *self = ahead;
        Some(element)
    }
}

impl<'a> Element<'a> {
    /// What is inside.
    pub(super) fn inside(self) -> Der<'a> {
        Der(self.content)
    }
}
