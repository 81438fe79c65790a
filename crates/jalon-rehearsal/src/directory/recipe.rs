//! What each flaw breaks, as data: the entries it needs, their attributes, the rules of the strict profile, and what
//! IdFix says in its two modes.

use super::Flaw;
use super::planted::Scope;

/// A flaw, in the one or the two entries it spoils.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recipe {
    /// The rule it is there for.
    pub(super) aim: &'static str,
    pub(super) scope: Scope,
    first: Part,
    twin: Option<Part>,
}

/// What it spoils in one entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Where in a round of entries there is one with the right attributes.
    pub(super) place: usize,
    pub(super) attribute: &'static str,
    pub(super) rules: &'static [&'static str],
    /// The errors that IdFix names, if any.
    pub(super) multi_tenant: Words,
    pub(super) dedicated: Words,
}

type Words = &'static [&'static str];

// Places of a round, as `sound` fills it.
const MAILBOX: usize = 3;
const OTHER_MAILBOX: usize = 5;
/// mail without proxyAddresses: beside a primary one, mail would break the rule about their equality too.
const ELSEWHERE: usize = 13;
const OTHER_ELSEWHERE: usize = 14;
/// An account without sign-in name.
const SERVICE: usize = 15;
const CONTACT: usize = 16;
const OTHER_CONTACT: usize = 17;
/// A distribution group.
const GROUP: usize = 18;

const NOTHING: Words = &[];
const BLANK: Words = &["blank"];
const CHARACTER: Words = &["character"];
const DUPLICATE: Words = &["duplicate"];
const LENGTH: Words = &["length"];
const LOCAL_PART: Words = &["local_part"];
const NO_ADDRESS: Words = &["domain_part", "local_part", "format"];
const NO_ADDRESS_DOTTED: Words = &["top_level_domain", "domain_part", "local_part", "format"];
const TOP_LEVEL: Words = &["top_level_domain"];

use Flaw as F;

/// What breaks one rule.
pub(super) fn of(flaw: Flaw) -> Recipe {
    match flaw {
        F::NameTooLong => one(MAILBOX, "displayName", &["DIR-001"]).says(LENGTH, LENGTH),
        F::NameBlank => one(MAILBOX, "displayName", &["DIR-002"]).says(BLANK, NOTHING),
        F::NameEdgeSpace => one(MAILBOX, "displayName", &["DIR-003"]).says(NOTHING, CHARACTER),
        F::GivenNameEdgeSpace => one(MAILBOX, "givenName", &["DIR-003"]),
        F::GivenNameTooLong => one(MAILBOX, "givenName", &["DIR-004"]).says(LENGTH, NOTHING),
        F::GroupWithoutName => one(GROUP, "displayName", &["DIR-035"]).says(BLANK, BLANK),
        F::Privileged => one(MAILBOX, "adminCount", &["DIR-037"]),
        F::AccountDisabled => one(MAILBOX, "userAccountControl", &["DIR-038"]),
        F::AccountStale => one(MAILBOX, "lastLogonTimestamp", &["DIR-038"]),
        F::GroupTooLarge => one(GROUP, "member", &["DIR-034"]),
        F::AccountTooLong => one(SERVICE, "sAMAccountName", &["DIR-013"]).says(LENGTH, NOTHING),
        F::AccountBadCharacter => one(SERVICE, "sAMAccountName", &["DIR-014"]).says(CHARACTER, NOTHING),
        F::AccountShared => two(SERVICE, SERVICE, "sAMAccountName", &["DIR-015"]).says(DUPLICATE, NOTHING),
        F::MailTooLong | F::MailShared | F::MailWithoutAt | F::MailSpace | F::MailIsAlias | F::MailNotPrimary => {
            mail(flaw)
        }
        F::NicknameTooLong
        | F::NicknameLeadingDot
        | F::NicknameShared
        | F::NicknameSharedByPeople
        | F::NicknameBadCharacter
        | F::NicknameTrailingDot
        | F::NicknameMissing
        | F::NicknameLookalike
        | F::ContactWithoutNickname => nickname(flaw),
        F::ProxyTooLong
        | F::ProxySecondColon
        | F::ProxySpace
        | F::ProxyWithoutAt
        | F::ProxyBrackets
        | F::ProxyShared
        | F::PrimaryTwice
        | F::PrimaryMissing
        | F::GroupWithoutPrimary => proxy(flaw),
        F::TargetTooLong
        | F::TargetSecondColon
        | F::TargetSpace
        | F::TargetWithoutAt
        | F::TargetShared
        | F::ContactWithoutTarget
        | F::PersonWithoutTarget => target(flaw),
        _ => principal(flaw),
    }
}

fn mail(flaw: Flaw) -> Recipe {
    let at = |rules| one(ELSEWHERE, "mail", rules);
    match flaw {
        F::MailTooLong => at(&["DIR-005"]).says(LENGTH, LENGTH),
        F::MailShared => two(ELSEWHERE, OTHER_ELSEWHERE, "mail", &["DIR-006"]).says_of_twin(DUPLICATE, DUPLICATE),
        F::MailWithoutAt => at(&["DIR-007"]).says(NOTHING, NO_ADDRESS),
        F::MailSpace => at(&["DIR-007"]).says(NOTHING, CHARACTER),
        F::MailIsAlias => at(&["DIR-030"]).meets(part(GROUP, "proxyAddresses", &["DIR-030"])),
        _ => one(MAILBOX, "mail", &["DIR-033"]),
    }
}

/// IdFix's rule about full stops in dedicated mode computes an error and drops it.
fn nickname(flaw: Flaw) -> Recipe {
    let at = |place, rules| one(place, "mailNickname", rules);
    let with = |place, rules| two(MAILBOX, place, "mailNickname", rules);
    match flaw {
        F::NicknameTooLong => at(MAILBOX, &["DIR-008"]).says(LENGTH, LENGTH),
        F::NicknameLeadingDot => at(GROUP, &["DIR-008"]).says(CHARACTER, NOTHING),
        F::NicknameShared => with(GROUP, &["DIR-009"]).says(DUPLICATE, DUPLICATE),
        // Of two mailboxes, IdFix would leave the later one as it is, and then does not name the first.
        F::NicknameSharedByPeople => with(OTHER_MAILBOX, &["DIR-009"]).says_of_twin(DUPLICATE, DUPLICATE),
        F::NicknameBadCharacter => at(MAILBOX, &["DIR-010"]).says(NOTHING, CHARACTER),
        F::NicknameTrailingDot | F::NicknameMissing => at(MAILBOX, &["DIR-010"]),
        F::NicknameLookalike => with(OTHER_MAILBOX, &["DIR-040"]),
        _ => at(CONTACT, &["DIR-010"]).says(NOTHING, BLANK).of_idfix(),
    }
}

fn proxy(flaw: Flaw) -> Recipe {
    let at = |place, rules| one(place, "proxyAddresses", rules);
    match flaw {
        F::ProxyTooLong => at(MAILBOX, &["DIR-011"]).says(LENGTH, LENGTH),
        F::ProxySecondColon => at(MAILBOX, &["DIR-011"]).says(CHARACTER, CHARACTER),
        F::ProxySpace => at(MAILBOX, &["DIR-011"]).says(CHARACTER, LOCAL_PART),
        F::ProxyWithoutAt => at(MAILBOX, &["DIR-011"]).says(NO_ADDRESS, NO_ADDRESS),
        F::ProxyBrackets => at(MAILBOX, &["DIR-011"]).says(CHARACTER, NOTHING),
        // The later one is no first value: IdFix proposes to edit it, and then names the first holder.
        F::ProxyShared => two(MAILBOX, GROUP, "proxyAddresses", &["DIR-011"]).says(DUPLICATE, DUPLICATE),
        F::PrimaryTwice | F::PrimaryMissing => at(OTHER_MAILBOX, &["DIR-032"]),
        _ => at(GROUP, &["DIR-035"]),
    }
}

fn target(flaw: Flaw) -> Recipe {
    let at = |place, rules| one(place, "targetAddress", rules);
    match flaw {
        // 256 characters: one too many for multi-tenant mode only.
        F::TargetTooLong => at(CONTACT, &["DIR-016"]).says(LENGTH, NOTHING),
        F::TargetSecondColon | F::TargetSpace => at(CONTACT, &["DIR-016"]).says(CHARACTER, LOCAL_PART),
        F::TargetWithoutAt => at(CONTACT, &["DIR-016"]).says(NO_ADDRESS, NO_ADDRESS),
        F::TargetShared => two(CONTACT, OTHER_CONTACT, "targetAddress", &["DIR-016"]).says(DUPLICATE, NOTHING),
        F::PersonWithoutTarget => at(ELSEWHERE, &["DIR-017"]).says(NOTHING, BLANK).of_idfix(),
        _ => at(CONTACT, &["DIR-017"]).says(NOTHING, BLANK).of_idfix(),
    }
}

/// IdFix's dedicated mode does not look at sign-in names.
fn principal(flaw: Flaw) -> Recipe {
    let at = |rules| one(MAILBOX, "userPrincipalName", rules);
    let twin = |rules| part(OTHER_MAILBOX, "userPrincipalName", rules);
    match flaw {
        F::PrincipalTooLong => at(&["DIR-018"]).says(LENGTH, NOTHING),
        F::PrincipalAccent | F::PrincipalSpace | F::PrincipalApostrophe => at(&["DIR-019"]).says(CHARACTER, NOTHING),
        F::PrincipalWithoutAt => at(&["DIR-020"]).says(NO_ADDRESS_DOTTED, NOTHING),
        F::PrincipalShared => at(&["DIR-021"])
            .meets(twin(&["DIR-021"]))
            .says_of_twin(DUPLICATE, NOTHING),
        F::PrincipalIsAlias => at(&["DIR-030"]).meets(part(GROUP, "proxyAddresses", &["DIR-030"])),
        F::PrincipalLocalDomain => at(&["DIR-031"]).says(TOP_LEVEL, NOTHING),
        F::PrincipalLocalPartTooLong | F::PrincipalDomainTooLong => at(&["DIR-036"]),
        F::PrincipalUnverifiedDomain => Recipe {
            scope: Scope::StrictWithDomains,
            ..at(&["DIR-031"])
        },
        // The accent is not among the characters that IdFix lists, but no address has it.
        _ => Recipe {
            aim: "DIR-040",
            ..at(&["DIR-019", "DIR-040"])
                .says(LOCAL_PART, NOTHING)
                .meets(twin(&["DIR-040"]))
        },
    }
}

fn part(place: usize, attribute: &'static str, rules: &'static [&'static str]) -> Part {
    Part {
        place,
        attribute,
        rules,
        multi_tenant: NOTHING,
        dedicated: NOTHING,
    }
}

/// One entry of which IdFix says nothing.
fn one(place: usize, attribute: &'static str, rules: &'static [&'static str]) -> Recipe {
    Recipe {
        aim: rules[0],
        scope: Scope::Strict,
        first: part(place, attribute, rules),
        twin: None,
    }
}

/// Two entries with the same in the same attribute.
fn two(place: usize, twin: usize, attribute: &'static str, rules: &'static [&'static str]) -> Recipe {
    one(place, attribute, rules).meets(part(twin, attribute, rules))
}

impl Recipe {
    /// The entry that comes first in the directory.
    pub(super) fn first(&self) -> &Part {
        &self.first
    }

    /// The entry that comes later.
    pub(super) fn twin(&self) -> Option<&Part> {
        self.twin.as_ref()
    }

    /// Both.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.first).chain(self.twin())
    }

    fn meets(mut self, twin: Part) -> Self {
        self.twin = Some(twin);
        self
    }

    /// What IdFix says of every entry there is by now.
    fn says(mut self, multi_tenant: Words, dedicated: Words) -> Self {
        for it in std::iter::once(&mut self.first).chain(&mut self.twin) {
            (it.multi_tenant, it.dedicated) = (multi_tenant, dedicated);
        }
        self
    }

    fn says_of_twin(mut self, multi_tenant: Words, dedicated: Words) -> Self {
        if let Some(it) = &mut self.twin {
            (it.multi_tenant, it.dedicated) = (multi_tenant, dedicated);
        }
        self
    }

    fn of_idfix(mut self) -> Self {
        self.scope = Scope::IdFix;
        self
    }
}
