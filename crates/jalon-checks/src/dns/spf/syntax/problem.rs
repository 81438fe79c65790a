//! What is wrong with a record, where, and which rule says so.

use jalon_domain::text::Text;
use serde::Serialize;

use super::Span;

/// An error in a record: receivers apply none of it (RFC 7208, section 4.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What.
    pub problem: Problem,
}

/// What is wrong at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// A character that is not visible ASCII; terms are separated by spaces only.
    Character,
    /// The name of a term is missing or does not begin with a letter.
    Name,
    /// No such mechanism.
    UnknownMechanism,
    /// `redirect:` or `exp:` where an equals sign belongs.
    ModifierColon,
    /// A modifier behind a qualifier.
    QualifiedModifier,
    /// A domain name is needed and missing.
    MissingDomain,
    /// A domain name ends neither in a top-level name nor in a macro.
    DomainEnd,
    /// The mechanism takes nothing behind its name, or not that.
    Surplus,
    /// Not an IPv4 network.
    Ipv4,
    /// An IPv6 network in `ip4`.
    Ipv6InIp4,
    /// Not an IPv6 network.
    Ipv6,
    /// An IPv4 network in `ip6`.
    Ipv4InIp6,
    /// A prefix length that is no number, has a leading zero, or is too long.
    Prefix,
    /// A percent sign that begins no macro.
    Percent,
    /// A macro that is not known, or is not written as one.
    Macro,
    /// A macro that only explanations may hold: `c`, `r`, `t`.
    ExplanationMacro,
    /// A macro in a network.
    MacroInNetwork,
    /// `redirect` or `exp` once more.
    Repeated,
}

impl Problem {
    /// The rule that it breaks.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Ipv4 | Self::Ipv6InIp4 | Self::Ipv6 | Self::Ipv4InIp6 | Self::Prefix => "SPF-12",
            Self::Repeated => "SPF-16",
            Self::Percent | Self::Macro | Self::ExplanationMacro | Self::MacroInNetwork => "SPF-21",
            _ => "SPF-04",
        }
    }

    /// What it is, in words that follow a colon.
    pub fn text(self) -> Text {
        let (en, fr) = match self {
            Self::Character => (
                "only visible ASCII characters may stand here, and terms are separated by spaces",
                "seuls des caractères ASCII visibles sont permis ici, et les termes sont séparés par des espaces",
            ),
            Self::Name => (
                "a term begins with a name, which begins with a letter",
                "un terme commence par un nom, qui commence par une lettre",
            ),
            Self::UnknownMechanism => ("there is no such mechanism", "ce mécanisme n’existe pas"),
            Self::ModifierColon => (
                "this is a modifier: an equals sign belongs behind its name",
                "c’est un modificateur\u{a0}: son nom est suivi d’un signe égal",
            ),
            Self::QualifiedModifier => (
                "no sign may stand before a modifier",
                "aucun signe ne précède un modificateur",
            ),
            Self::MissingDomain => ("a domain name is missing", "il manque un nom de domaine"),
            Self::DomainEnd => (
                "a domain name ends in a dot and a top-level name, or in a macro",
                "un nom de domaine finit par un point et un domaine de premier niveau, ou par une macro",
            ),
            Self::Surplus => ("nothing like that may follow here", "rien de tel ne peut suivre ici"),
            Self::Ipv4 => (
                "this is no IPv4 network, such as 192.0.2.0/24",
                "ce n’est pas un réseau IPv4, comme 192.0.2.0/24",
            ),
            Self::Ipv6InIp4 => ("an IPv6 network belongs in ip6", "un réseau IPv6 se met dans ip6"),
            Self::Ipv6 => (
                "this is no IPv6 network, such as 2001:db8::/32",
                "ce n’est pas un réseau IPv6, comme 2001:db8::/32",
            ),
            Self::Ipv4InIp6 => ("an IPv4 network belongs in ip4", "un réseau IPv4 se met dans ip4"),
            Self::Prefix => (
                "a prefix length is a number up to 32 (IPv4) or 128 (IPv6), without a leading zero",
                "une longueur de préfixe est un nombre jusqu’à 32 (IPv4) ou 128 (IPv6), sans zéro en tête",
            ),
            Self::Percent => (
                "a percent sign is followed by {, %, _ or -",
                "un signe pour cent est suivi de {, %, _ ou -",
            ),
            Self::Macro => (
                "this is no macro, such as %{i} or %{d2}",
                "ce n’est pas une macro, comme %{i} ou %{d2}",
            ),
            Self::ExplanationMacro => (
                "the macros c, r and t are for explanations only",
                "les macros c, r et t ne valent que dans les explications",
            ),
            Self::MacroInNetwork => ("no macro may stand in a network", "un réseau ne peut contenir de macro"),
            Self::Repeated => ("this modifier stands here twice", "ce modificateur figure deux fois"),
        };
        Text::new(en, fr)
    }
}
