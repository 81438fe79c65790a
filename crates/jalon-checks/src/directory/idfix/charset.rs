//! The characters that IdFix takes out of a value (`Constants`, and the patterns of its rule collections).

/// A set of characters. ASCII is a bit each, so that a scan costs one look a character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charset {
    ascii: u128,
    others: &'static str,
    white_space: bool,
}

impl Charset {
    /// mailNickname, dedicated (DIR-010).
    pub(super) const NICKNAME: Self = Self::of("\\!#$%&*+/=?^`{}|~<>()';:,[]\"@").and_white_space();
    /// mail, dedicated (DIR-007).
    pub(super) const WHITE_SPACE: Self = Self::of("").and_white_space();
    /// sAMAccountName (DIR-014).
    pub(super) const ACCOUNT: Self = Self::of("\\\"|,/[]:<>+=;?*");
    /// userPrincipalName (DIR-019, `InvalidUpnRegExRegex`). The apostrophe is still among them, unlike below.
    pub(super) const PRINCIPAL: Self = Self {
        others: "äëïöüÿÄËÏÖÜŸ",
        ..Self::of("\\%&*+/=?'{}|<>();:,[]\"").and_white_space()
    };
    /// An SMTP address in proxyAddresses (DIR-011). Version 2.6.0.0 allowed the apostrophe again, here and in the three
    /// sets for other addresses and targetAddress.
    pub(super) const SMTP: Self = Self::of("<>();,[]\"").and_white_space();
    /// An X.400 or X.500 address, in which the apostrophe was forgotten.
    pub(super) const X400: Self = Self::of("\u{c}\n\r\t\u{b}[]\"'");
    /// Any other address in proxyAddresses.
    pub(super) const OTHER: Self = Self::of("<>(),[]\"").and_white_space();
    /// An SMTP address in targetAddress (DIR-016).
    pub(super) const TARGET_SMTP: Self = Self::of("\\<>();,[]\"").and_white_space();
    /// Any other address in targetAddress.
    pub(super) const TARGET_OTHER: Self = Self::of("\\<>(),[]\"").and_white_space();

    const fn of(ascii: &str) -> Self {
        let bytes = ascii.as_bytes();
        let (mut set, mut at) = (0, 0);
        while at < bytes.len() {
            set |= 1 << bytes[at];
            at += 1;
        }
        Self {
            ascii: set,
            others: "",
            white_space: false,
        }
    }

    const fn and_white_space(self) -> Self {
        Self {
            ascii: self.ascii | Self::of("\t\n\u{b}\u{c}\r ").ascii,
            others: self.others,
            white_space: true,
        }
    }

    fn has(self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        (self.white_space && c.is_whitespace()) || self.others.contains(c)
    }

    /// The value without them; `None` when it has none.
    pub(super) fn strip(self, value: &str) -> Option<String> {
        let is_sound = value.chars().all(|it| !self.has(it));
        (!is_sound).then(|| value.chars().filter(|it| !self.has(*it)).collect())
    }
}
