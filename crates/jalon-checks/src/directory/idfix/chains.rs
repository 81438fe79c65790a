//! Which rules a value goes through, in their order: each looks at what the one before made of it. The order is IdFix's,
//! with its errors: duplicates of addresses are looked for before their characters are mended.

use super::{Mode, Settings, address::names_smtp, attribute::Attribute, blank::Blank, charset::Charset};

/// One rule.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// At most so many UTF-16 units (`StringMaxLengthRule`).
    Length(usize),
    /// At most 20 for a user, 256 for anything else (`SamAccountNameMaxLengthRule`).
    AccountLength,
    /// None of those characters (`RegexRule`).
    Without(Charset),
    /// No white space at either end (`RegexRule`).
    NoEdgeSpace,
    /// No full stop at the beginning (`RegexRule`).
    NoLeadingDots,
    /// No colon behind the first one (`FixProxyTargetAddressRule`).
    OneColon,
    /// No other object holds it (`NoDuplicatesRule`).
    Unique,
    /// The same, for objects without userPrincipalName (`SamAccountNameDuplicateRule`).
    UniqueWithoutPrincipalName,
    /// The form of an Internet address (`RFC2822Rule`).
    Address,
    /// Not blank (`BlankStringRule`).
    Filled(Blank),
}

/// The rules of one attribute (`ComposedRule`).
pub(super) struct Chain {
    /// The rule of ours that it stands for.
    pub(super) id: &'static str,
    pub(super) attribute: Attribute,
    rules: &'static [Rule],
}

use Rule::{AccountLength, Address, Filled, Length, NoEdgeSpace, NoLeadingDots, OneColon, Unique, Without};

/// `MultiTenantRuleCollection`. The lengths of 64 and 48 for the parts of a userPrincipalName are documented and were
/// never written.
static MULTI_TENANT: [Chain; 8] = [
    chain("DIR-001", Attribute::DisplayName, &[Length(255), Filled(Blank::Name)]),
    chain("DIR-004", Attribute::GivenName, &[Length(63)]),
    chain("DIR-005", Attribute::Mail, &[Length(256), Unique]),
    chain("DIR-008", Attribute::MailNickname, &[Length(64), NoLeadingDots, Unique]),
    chain("DIR-011", Attribute::ProxyAddresses, &[Length(256), OneColon, Unique]),
    chain(
        "DIR-013",
        Attribute::AccountName,
        &[
            AccountLength,
            Without(Charset::ACCOUNT),
            Rule::UniqueWithoutPrincipalName,
        ],
    ),
    chain("DIR-016", Attribute::TargetAddress, &[Length(255), OneColon, Unique]),
    chain(
        "DIR-018",
        Attribute::PrincipalName,
        &[Length(113), Without(Charset::PRINCIPAL), Address, Unique],
    ),
];

/// `DedicatedRuleCollection`. Its chain for mailNickname ends in a rule about full stops at either end that computes
/// its finding and never returns it (`MailNickNamePeriodsRule`); it is left out here, which is the same. Equality of
/// mail and targetAddress (`MailMatch`) is documented and was never written.
static DEDICATED: [Chain; 5] = [
    chain(
        "DIR-003",
        Attribute::DisplayName,
        &[Length(256), NoEdgeSpace, Filled(Blank::GroupName)],
    ),
    chain(
        "DIR-007",
        Attribute::Mail,
        &[Length(256), Without(Charset::WHITE_SPACE), Address, Unique],
    ),
    chain(
        "DIR-010",
        Attribute::MailNickname,
        &[
            Length(64),
            Without(Charset::NICKNAME),
            Unique,
            Filled(Blank::ContactNickname),
        ],
    ),
    chain("DIR-012", Attribute::ProxyAddresses, &[Length(256), OneColon, Unique]),
    chain(
        "DIR-017",
        Attribute::TargetAddress,
        &[Length(256), Filled(Blank::Target)],
    ),
];

const fn chain(id: &'static str, attribute: Attribute, rules: &'static [Rule]) -> Chain {
    Chain { id, attribute, rules }
}

/// The chains of a run, in the order of IdFix.
pub(super) fn of(settings: &Settings<'_>) -> impl Iterator<Item = &'static Chain> {
    let chains: &'static [Chain] = match settings.mode {
        Mode::MultiTenant => &MULTI_TENANT,
        Mode::Dedicated => &DEDICATED,
    };
    let is_off = settings.alternate_login_id;
    chains
        .iter()
        .filter(move |it| !(is_off && it.attribute == Attribute::PrincipalName))
}

impl Chain {
    /// The rules for one value. What comes last for an address depends on the kind that the value as written announces;
    /// no rule before may change that.
    pub(super) fn rules(&self, mode: Mode, written: &str) -> impl Iterator<Item = Rule> {
        let last = match (self.attribute, mode) {
            (Attribute::ProxyAddresses, Mode::MultiTenant) => proxy_address(written),
            (Attribute::TargetAddress, Mode::MultiTenant) => target_address(written),
            // `Dedicated.ProxyAddressComposedRule`, `Dedicated.TargetAddressComposedRule`
            (Attribute::ProxyAddresses | Attribute::TargetAddress, Mode::Dedicated) if names_smtp(written) => {
                &[Address]
            }
            _ => &[],
        };
        self.rules.iter().chain(last).copied()
    }

    /// What it asks of an attribute that is not there; the rest of the chain is not run then.
    pub(super) fn blank(&self) -> Option<Blank> {
        self.rules.iter().find_map(|it| match it {
            Filled(blank) => Some(*blank),
            _ => None,
        })
    }

    /// The object may have several values, each of which is judged; of any other attribute only the first is.
    pub(super) fn is_multi_valued(&self) -> bool {
        self.attribute == Attribute::ProxyAddresses
    }
}

/// `MultiTentant.ProxyAddressComposedRule`.
fn proxy_address(written: &str) -> &'static [Rule] {
    if names_smtp(written) {
        &[Without(Charset::SMTP), Address]
    } else if announces_x400(written) {
        &[Without(Charset::X400)]
    } else {
        &[Without(Charset::OTHER)]
    }
}

/// `MultiTentant.TargetAddressComposedRule`.
fn target_address(written: &str) -> &'static [Rule] {
    if names_smtp(written) {
        &[Without(Charset::TARGET_SMTP), Address]
    } else {
        &[Without(Charset::TARGET_OTHER)]
    }
}

/// It begins with x400, x.400, x500 or x.500; a colon is not looked for.
pub(super) fn announces_x400(written: &str) -> bool {
    let Some(rest) = written.strip_prefix(['x', 'X']) else {
        return false;
    };
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with("400") || rest.starts_with("500")
}
