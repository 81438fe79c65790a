//! The rules of each attribute, in their order: each looks at what the one before corrected. Duplicates are compared as
//! written, elsewhere: what two objects hold is the same or not, whatever else is wrong with it.

use std::collections::BTreeSet;

use super::{
    address,
    charset::Charset,
    flaw::{Chain, Flaw, cut, cut_address},
    names::Name,
    object::Kind,
    tlds::TopLevelDomains,
};

/// What an address or a sign-in name is judged by.
#[derive(Clone, Copy)]
pub(super) struct Domains<'a> {
    /// What addresses may end in.
    pub(super) tlds: &'a TopLevelDomains,
    /// The domains that the tenant has proven to be its own, lower-case, where they are known.
    pub(super) verified: Option<&'a BTreeSet<String>>,
}

/// The attributes whose values are judged one by one.
pub(super) const JUDGED: [Name; 8] = [
    Name::DisplayName,
    Name::GivenName,
    Name::Mail,
    Name::MailNickname,
    Name::ProxyAddresses,
    Name::AccountName,
    Name::TargetAddress,
    Name::PrincipalName,
];

/// The rule that two objects break by holding the same value.
pub(super) fn uniqueness(name: Name) -> Option<&'static str> {
    match name {
        Name::Mail => Some("DIR-006"),
        Name::MailNickname => Some("DIR-009"),
        Name::ProxyAddresses => Some("DIR-011"),
        Name::AccountName => Some("DIR-015"),
        Name::TargetAddress => Some("DIR-016"),
        Name::PrincipalName => Some("DIR-021"),
        _ => None,
    }
}

/// What is wrong with one value by itself.
pub(super) fn judge<'v>(name: Name, value: &'v str, kind: Kind, domains: Domains<'_>) -> Chain<'v> {
    let mut chain = Chain::new(value);
    let it = &mut chain;
    match name {
        Name::DisplayName => {
            edges(it);
            it.length("DIR-001", 255, cut);
        }
        Name::GivenName => {
            edges(it);
            it.length("DIR-004", 63, cut);
        }
        Name::Mail => {
            it.length("DIR-005", 256, cut_address);
            it.characters("DIR-007", Charset::SMTP);
            address::judge(it, "DIR-007", "DIR-007", 0, domains.tlds);
        }
        Name::MailNickname => nickname(it),
        Name::ProxyAddresses => proxy_address(it, domains.tlds),
        Name::AccountName => {
            it.length("DIR-013", longest_account(kind), cut);
            it.characters("DIR-014", Charset::ACCOUNT);
        }
        Name::TargetAddress => target_address(it, domains.tlds),
        Name::PrincipalName => principal(it, domains),
        _ => {}
    }
    chain
}

/// The longest account name, in characters.
pub(super) fn longest_account(kind: Kind) -> usize {
    if kind == Kind::User { 20 } else { 256 }
}

/// Spaces at the ends are not seen, and two names that differ by one are two names.
fn edges(chain: &mut Chain<'_>) {
    let trimmed = chain.value.trim();
    if trimmed.len() < chain.value.len() {
        let trimmed = trimmed.to_owned();
        chain.flaw("DIR-003", Flaw::EdgeSpace, trimmed);
    }
}

fn nickname(chain: &mut Chain<'_>) {
    chain.length("DIR-008", 64, cut);
    if chain.value.starts_with('.') {
        let stripped = chain.value.trim_start_matches('.').to_owned();
        chain.flaw("DIR-008", Flaw::LeadingDot, stripped);
    }
    chain.characters("DIR-010", Charset::NICKNAME);
    if chain.value.ends_with('.') {
        let stripped = chain.value.trim_end_matches('.').to_owned();
        chain.flaw("DIR-010", Flaw::TrailingDot, stripped);
    }
}

/// How long the parts of a sign-in name may be, before and behind the @.
pub(super) const PARTS: (usize, usize) = (64, 48);

fn principal(chain: &mut Chain<'_>, domains: Domains<'_>) {
    chain.length("DIR-018", 113, cut_address);
    parts(chain);
    chain.characters("DIR-019", Charset::PRINCIPAL);
    address::judge(chain, "DIR-020", "DIR-031", 0, domains.tlds);
    let suffix = chain.value.rsplit_once('@').map(|it| it.1.to_lowercase());
    let is_judged = chain
        .flaws
        .iter()
        .any(|it| matches!(it.1, Flaw::TopLevelDomain { .. } | Flaw::DomainPart));
    if let (Some(suffix), Some(verified), false) = (suffix, domains.verified, is_judged)
        && !verified.contains(&suffix)
    {
        let value = chain.value.to_string();
        chain.flaw("DIR-031", Flaw::Unverified { suffix }, value);
    }
}

fn parts(chain: &mut Chain<'_>) {
    let Some((local, domain)) = chain.value.rsplit_once('@') else {
        return;
    };
    let length = |it: &str| it.encode_utf16().count();
    let (before, behind) = (length(local), length(domain));
    let (local, domain) = (local.to_owned(), domain.to_owned());
    let (most_before, most_behind) = PARTS;
    if before > most_before {
        let shorter = cut(&local, most_before);
        let value = format!("{}@{domain}", shorter.trim_end_matches('.'));
        // Where the whole was too long already, that is said; its correction has to fit all the same.
        if chain.flaws.is_empty() {
            chain.flaw(
                "DIR-036",
                Flaw::LocalLength {
                    limit: most_before,
                    length: before,
                },
                value,
            );
        } else {
            chain.value = value.into();
        }
    }
    if behind > most_behind {
        // Another domain is another owner's: it is for a person to choose.
        let value = chain.value.to_string();
        chain.flaw(
            "DIR-036",
            Flaw::DomainLength {
                limit: most_behind,
                length: behind,
            },
            value,
        );
    }
}

fn proxy_address(chain: &mut Chain<'_>, tlds: &TopLevelDomains) {
    const RULE: &str = "DIR-011";
    chain.length(RULE, 256, cut_address);
    match carried(chain, RULE) {
        Carried::Smtp(prefix) => {
            chain.characters(RULE, Charset::SMTP);
            address::judge(chain, RULE, RULE, prefix, tlds);
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
            address::judge(chain, RULE, RULE, prefix, tlds);
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
