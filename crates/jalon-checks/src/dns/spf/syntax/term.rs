//! The terms of a record. What they print is how RFC 7208 would write them: names in lower case, no needless plus.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

use serde::Serialize;

use super::MacroText;

/// Bytes of a record, the last one excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// What a mechanism that matches says of the sender (RFC 7208, section 4.6.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Qualifier {
    /// `+`, and what counts when nothing is written.
    Pass,
    /// `-`
    Fail,
    /// `~`
    Softfail,
    /// `?`
    Neutral,
}

impl Qualifier {
    /// The qualifier that this character writes.
    pub fn read(sign: char) -> Option<Self> {
        match sign {
            '+' => Some(Self::Pass),
            '-' => Some(Self::Fail),
            '~' => Some(Self::Softfail),
            '?' => Some(Self::Neutral),
            _ => None,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Pass => "",
            Self::Fail => "-",
            Self::Softfail => "~",
            Self::Neutral => "?",
        }
    }
}

/// A term, and where it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its bytes.
    pub span: Span,
    /// What it says.
    pub kind: TermKind,
}

/// What a term says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// A mechanism, and what follows when it matches.
    Directive {
        /// What follows.
        qualifier: Qualifier,
        /// When it matches.
        mechanism: Mechanism,
    },
    /// `redirect=`: the record of another name decides when nothing matches.
    Redirect(MacroText),
    /// `exp=`: where the explanation of a failure is.
    Exp(MacroText),
    /// A modifier that RFC 7208 does not know, which receivers ignore.
    Unknown {
        /// Its name.
        name: String,
        /// Its value.
        value: MacroText,
    },
}

/// When a directive matches (RFC 7208, section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Always.
    All,
    /// When the record of that name lets the sender pass.
    Include(MacroText),
    /// When the name, or the domain itself, has the address.
    A {
        /// The name; none for the domain itself.
        domain: Option<MacroText>,
        /// How much of an address counts.
        prefixes: Prefixes,
    },
    /// When a mail exchanger of the name, or of the domain itself, has the address.
    Mx {
        /// The name; none for the domain itself.
        domain: Option<MacroText>,
        /// How much of an address counts.
        prefixes: Prefixes,
    },
    /// When the name of the address is below that name, or below the domain itself; not to be used.
    Ptr(Option<MacroText>),
    /// When the address is in the network.
    Ip4 {
        /// The network.
        network: Ipv4Addr,
        /// How many of its bits count.
        prefix: u8,
    },
    /// When the address is in the network.
    Ip6 {
        /// The network.
        network: Ipv6Addr,
        /// How many of its bits count.
        prefix: u8,
    },
    /// When the name has any IPv4 address.
    Exists(MacroText),
}

impl Mechanism {
    /// Its name as it is written.
    pub fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Include(_) => "include",
            Self::A { .. } => "a",
            Self::Mx { .. } => "mx",
            Self::Ptr(_) => "ptr",
            Self::Ip4 { .. } => "ip4",
            Self::Ip6 { .. } => "ip6",
            Self::Exists(_) => "exists",
        }
    }

    /// Whether it makes receivers ask name servers, of which a record may cause ten (RFC 7208, section 4.6.4).
    pub fn asks(&self) -> bool {
        !matches!(self, Self::All | Self::Ip4 { .. } | Self::Ip6 { .. })
    }

    /// The name that it speaks of, where one is written.
    pub fn domain(&self) -> Option<&MacroText> {
        match self {
            Self::Include(it) | Self::Exists(it) => Some(it),
            Self::A { domain, .. } | Self::Mx { domain, .. } | Self::Ptr(domain) => domain.as_ref(),
            Self::All | Self::Ip4 { .. } | Self::Ip6 { .. } => None,
        }
    }
}

/// How many bits of an address `a` and `mx` compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefixes {
    /// Of an IPv4 address.
    pub v4: u8,
    /// Of an IPv6 address.
    pub v6: u8,
}

impl Prefixes {
    /// Every bit.
    pub const WHOLE: Self = Self { v4: 32, v6: 128 };
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TermKind::Directive { qualifier, mechanism } => write!(f, "{}{mechanism}", qualifier.sign()),
            TermKind::Redirect(it) => write!(f, "redirect={it}"),
            TermKind::Exp(it) => write!(f, "exp={it}"),
            TermKind::Unknown { name, value } => write!(f, "{name}={value}"),
        }
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Some(domain) = self.domain() {
            write!(f, ":{domain}")?;
        }
        match self {
            Self::A { prefixes, .. } | Self::Mx { prefixes, .. } => prefixes.fmt(f),
            Self::Ip4 { network, prefix } => write!(f, ":{network}{}", Length("/", *prefix, 32)),
            Self::Ip6 { network, prefix } => write!(f, ":{network}{}", Length("/", *prefix, 128)),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Prefixes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Length("/", self.v4, 32), Length("//", self.v6, 128))
    }
}

/// A prefix length behind its sign, left out where it is the longest.
struct Length(&'static str, u8, u8);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1 == self.2 {
            Ok(())
        } else {
            write!(f, "{}{}", self.0, self.1)
        }
    }
}
