//! The characters that each attribute does not allow, as IdFix and Microsoft's page list them.

/// A set of characters: some by themselves, some by kind.
#[derive(Clone, Copy)]
pub(super) struct Charset {
    characters: &'static str,
    white_space: bool,
}

impl Charset {
    /// sAMAccountName.
    pub(super) const ACCOUNT: Self = Self {
        characters: "\\\"|,/[]:<>+=;?*",
        white_space: false,
    };
    /// userPrincipalName.
    pub(super) const PRINCIPAL: Self = Self {
        characters: "\\%&*+/=?'{}|<>();:,[]\"äëïöüÿÄËÏÖÜŸ",
        white_space: true,
    };
    /// An SMTP address in proxyAddresses.
    pub(super) const SMTP: Self = Self {
        characters: "<>();,[]\"",
        white_space: true,
    };
    /// An X.400 or X.500 address, in which single spaces and most signs are usual.
    pub(super) const X400: Self = Self {
        characters: "\u{c}\n\r\t\u{b}[]\"'",
        white_space: false,
    };
    /// Any other address in proxyAddresses.
    pub(super) const OTHER: Self = Self {
        characters: "<>(),[]\"",
        white_space: true,
    };
    /// An SMTP address in targetAddress.
    pub(super) const TARGET_SMTP: Self = Self {
        characters: "\\<>();,[]\"",
        white_space: true,
    };
    /// Any other address in targetAddress.
    pub(super) const TARGET_OTHER: Self = Self {
        characters: "\\<>(),[]\"",
        white_space: true,
    };

    fn has(self, c: char) -> bool {
        (self.white_space && c.is_whitespace()) || self.characters.contains(c)
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

    /// The value without them. A letter with a diaeresis leaves its plain letter, which is how people write it.
    pub(super) fn strip(self, value: &str) -> String {
        value
            .chars()
            .filter_map(|it| if self.has(it) { plain(it) } else { Some(it) })
            .collect()
    }
}

fn plain(c: char) -> Option<char> {
    match c {
        'ä' => Some('a'),
        'ë' => Some('e'),
        'ï' => Some('i'),
        'ö' => Some('o'),
        'ü' => Some('u'),
        'ÿ' => Some('y'),
        'Ä' => Some('A'),
        'Ë' => Some('E'),
        'Ï' => Some('I'),
        'Ö' => Some('O'),
        'Ü' => Some('U'),
        'Ÿ' => Some('Y'),
        _ => None,
    }
}
