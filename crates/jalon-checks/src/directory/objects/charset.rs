//! The characters that each attribute does not allow, as IdFix and Microsoft's page list them.

use super::alike;

/// A set of characters: some by themselves, some by kind.
#[derive(Clone, Copy)]
pub(super) struct Charset {
    characters: &'static str,
    white_space: bool,
    beyond_ascii: bool,
}

impl Charset {
    /// sAMAccountName.
    pub(super) const ACCOUNT: Self = Self {
        characters: "\\\"|,/[]:<>+=;?*",
        white_space: false,
        beyond_ascii: false,
    };
    /// mailNickname, which becomes a part of addresses.
    pub(super) const NICKNAME: Self = Self {
        characters: "\\!#$%&*+/=?^`{}|~<>()';:,[]\"@",
        white_space: true,
        beyond_ascii: false,
    };
    /// userPrincipalName. IdFix lists some letters with a diaeresis; the cloud takes no letter beyond ASCII.
    pub(super) const PRINCIPAL: Self = Self {
        characters: "\\%&*+/=?'{}|<>();:,[]\"",
        white_space: true,
        beyond_ascii: true,
    };
    /// An SMTP address in proxyAddresses.
    pub(super) const SMTP: Self = Self {
        characters: "<>();,[]\"",
        white_space: true,
        beyond_ascii: false,
    };
    /// An X.400 or X.500 address, in which single spaces and most signs are usual.
    pub(super) const X400: Self = Self {
        characters: "\u{c}\n\r\t\u{b}[]\"'",
        white_space: false,
        beyond_ascii: false,
    };
    /// Any other address in proxyAddresses.
    pub(super) const OTHER: Self = Self {
        characters: "<>(),[]\"",
        white_space: true,
        beyond_ascii: false,
    };
    /// An SMTP address in targetAddress.
    pub(super) const TARGET_SMTP: Self = Self {
        characters: "\\<>();,[]\"",
        white_space: true,
        beyond_ascii: false,
    };
    /// Any other address in targetAddress.
    pub(super) const TARGET_OTHER: Self = Self {
        characters: "\\<>(),[]\"",
        white_space: true,
        beyond_ascii: false,
    };

    /// The characters that are in the set by themselves.
    pub(super) const fn characters(self) -> &'static str {
        self.characters
    }

    /// Whether the character is in the set.
    fn has(self, c: char) -> bool {
        (self.white_space && c.is_whitespace()) || (self.beyond_ascii && !c.is_ascii()) || self.characters.contains(c)
    }

    /// The characters of `value` that are in the set, each once, for a reader; `None` when there are none.
    pub(super) fn found_in(self, value: &str) -> Option<String> {
        let mut found = String::new();
        for c in value.chars().filter(|it| self.has(*it)) {
            let shown = match c {
                ' ' => '␣',
                c if c.is_control() || c.is_whitespace() => '\u{fffd}',
                c => c,
            };
            if !found.contains(shown) {
                found.push(shown);
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The value without them. A letter with an accent leaves its plain letter, which is how people write it.
    pub(super) fn strip(self, value: &str) -> String {
        let mut stripped = String::with_capacity(value.len());
        for c in value.chars() {
            if !self.has(c) {
                stripped.push(c);
            } else if c.is_alphabetic() {
                stripped.extend(plain(c).chars().filter(|it| !self.has(*it)));
            }
        }
        stripped
    }
}

fn plain(c: char) -> String {
    let looks = alike::folded(&c.to_lowercase().to_string());
    if c.is_uppercase() { looks.to_uppercase() } else { looks }
}
