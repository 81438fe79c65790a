//! The rules of each attribute, in their order: each looks at what the one before corrected. Duplicates are compared as
//! written, elsewhere: what two objects hold is the same or not, whatever else is wrong with it.

use super::{
    address,
    charset::Charset,
    flaw::{Chain, Flaw, cut, cut_address},
    object::Kind,
    tlds::TopLevelDomains,
};

/// An attribute whose values are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Attribute {
    DisplayName,
    GivenName,
    Mail,
    MailNickname,
    ProxyAddresses,
    AccountName,
    TargetAddress,
    PrincipalName,
}

use Attribute as A;

impl Attribute {
    pub(super) const ALL: [Self; 8] = [
        A::DisplayName,
        A::GivenName,
        A::Mail,
        A::MailNickname,
        A::ProxyAddresses,
        A::AccountName,
        A::TargetAddress,
        A::PrincipalName,
    ];

    /// Its name in the directory's own case.
    pub(super) fn name(self) -> &'static str {
        match self {
            A::DisplayName => "displayName",
            A::GivenName => "givenName",
            A::Mail => "mail",
            A::MailNickname => "mailNickname",
            A::ProxyAddresses => "proxyAddresses",
            A::AccountName => "sAMAccountName",
            A::TargetAddress => "targetAddress",
            A::PrincipalName => "userPrincipalName",
        }
    }

    /// Every rule about it.
    pub(super) fn rules(self) -> &'static [&'static str] {
        match self {
            A::DisplayName => &["DIR-001", "DIR-002"],
            A::GivenName => &["DIR-004"],
            A::Mail => &["DIR-005", "DIR-006"],
            A::MailNickname => &["DIR-008", "DIR-009"],
            A::ProxyAddresses => &["DIR-011"],
            A::AccountName => &["DIR-013", "DIR-014", "DIR-015"],
            A::TargetAddress => &["DIR-016"],
            A::PrincipalName => &["DIR-018", "DIR-019", "DIR-020", "DIR-021"],
        }
    }

    /// The rule that two objects break by holding the same value.
    pub(super) fn uniqueness(self) -> Option<&'static str> {
        match self {
            A::DisplayName | A::GivenName => None,
            A::Mail => Some("DIR-006"),
            A::MailNickname => Some("DIR-009"),
            A::ProxyAddresses => Some("DIR-011"),
            A::AccountName => Some("DIR-015"),
            A::TargetAddress => Some("DIR-016"),
            A::PrincipalName => Some("DIR-021"),
        }
    }
}

/// What is wrong with one value by itself.
pub(super) fn judge<'v>(attribute: Attribute, value: &'v str, kind: Kind, tlds: &TopLevelDomains) -> Chain<'v> {
    let mut chain = Chain::new(value);
    let it = &mut chain;
    match attribute {
        A::DisplayName => it.length("DIR-001", 255, cut),
        A::GivenName => it.length("DIR-004", 63, cut),
        A::Mail => it.length("DIR-005", 256, cut_address),
        A::MailNickname => nickname(it),
        A::ProxyAddresses => proxy_address(it, tlds),
        A::AccountName => {
            it.length("DIR-013", if kind == Kind::User { 20 } else { 256 }, cut);
            it.characters("DIR-014", Charset::ACCOUNT);
        }
        A::TargetAddress => target_address(it, tlds),
        A::PrincipalName => {
            it.length("DIR-018", 113, cut_address);
            it.characters("DIR-019", Charset::PRINCIPAL);
            address::judge(it, "DIR-020", 0, tlds);
        }
    }
    chain
}

fn nickname(chain: &mut Chain<'_>) {
    chain.length("DIR-008", 64, cut);
    if chain.value.starts_with('.') {
        let stripped = chain.value.trim_start_matches('.').to_owned();
        chain.flaw("DIR-008", Flaw::LeadingDot, stripped);
    }
}

fn proxy_address(chain: &mut Chain<'_>, tlds: &TopLevelDomains) {
    const RULE: &str = "DIR-011";
    chain.length(RULE, 256, cut_address);
    match carried(chain, RULE) {
        Carried::Smtp(prefix) => {
            chain.characters(RULE, Charset::SMTP);
            address::judge(chain, RULE, prefix, tlds);
        }
        Carried::X400 => chain.characters(RULE, Charset::X400),
        Carried::Other => chain.characters(RULE, Charset::OTHER),
    }
}

fn target_address(chain: &mut Chain<'_>, tlds: &TopLevelDomains) {
    const RULE: &str = "DIR-016";
    chain.length(RULE, 255, cut_address);
    match carried(chain, RULE) {
        Carried::Smtp(prefix) => {
            chain.characters(RULE, Charset::TARGET_SMTP);
            address::judge(chain, RULE, prefix, tlds);
        }
        Carried::X400 | Carried::Other => chain.characters(RULE, Charset::TARGET_OTHER),
    }
}

/// What kind of address a prefix announces.
enum Carried {
    /// With the length of the prefix and its colon.
    Smtp(usize),
    X400,
    Other,
}

/// Reads the prefix. A prefix that is written twice goes once; any other second colon goes by itself.
fn carried(chain: &mut Chain<'_>, rule: &'static str) -> Carried {
    let Some((prefix, rest)) = chain.value.split_once(':') else {
        return Carried::Other;
    };
    let (length, kind) = (prefix.len() + 1, prefix.to_ascii_lowercase());
    if let Some((again, behind)) = rest.split_once(':') {
        let rest = if again.eq_ignore_ascii_case(prefix) {
            behind
        } else {
            rest
        };
        let joined = format!("{prefix}:{}", rest.replace(':', ""));
        chain.flaw(rule, Flaw::SecondColon, joined);
    }
    match kind.as_str() {
        "smtp" => Carried::Smtp(length),
        "x400" | "x.400" | "x500" | "x.500" => Carried::X400,
        _ => Carried::Other,
    }
}
