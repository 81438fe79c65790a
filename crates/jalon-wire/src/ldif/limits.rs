//! How much of a file may be held in memory at once.

/// The bounds of one entry. A file as a whole is streamed and needs no bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest line, continuation lines included, in bytes; thereby the largest value. At
    /// most 1 GiB is used.
    pub line_bytes: usize,
    /// The longest entry as it stands in the file, in bytes; at most 2 GiB is used.
    pub entry_bytes: usize,
    /// Values of one entry, over all its attributes. A large group has one a member.
    pub entry_values: usize,
}

impl Limits {
    /// Places inside an entry are 32-bit numbers.
    pub(super) fn sane(self) -> Self {
        let line_bytes = self.line_bytes.min(1 << 30);
        Self {
            line_bytes,
            entry_bytes: self.entry_bytes.min(2 << 30),
            ..self
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            line_bytes: 10 << 20,
            entry_bytes: 128 << 20,
            entry_values: 2_000_000,
        }
    }
}
