//! What can be spoilt in an entry. Which rules that breaks is in `recipe`, how it is done in `spoil`.

use super::recipe;

/// One way to spoil an entry, under the rule of the directory checks that it breaks.
///
/// Some flaws spoil two entries. What is "shared" is the same value in different case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// displayName of more than 256 characters.
    NameTooLong,
    /// A person without displayName.
    NameBlank,
    /// displayName that begins with a space.
    NameEdgeSpace,
    /// givenName that ends with a space.
    GivenNameEdgeSpace,
    /// givenName of more than 63 characters.
    GivenNameTooLong,
    /// mail of more than 256 characters.
    MailTooLong,
    /// mail shared.
    MailShared,
    /// mail without an @.
    MailWithoutAt,
    /// mail with a space.
    MailSpace,
    /// mailNickname of more than 64 characters.
    NicknameTooLong,
    /// mailNickname that begins with a full stop.
    NicknameLeadingDot,
    /// mailNickname shared by a person and a group, which has no mailbox.
    NicknameShared,
    /// mailNickname shared by two people with a mailbox.
    NicknameSharedByPeople,
    /// An ampersand in mailNickname.
    NicknameBadCharacter,
    /// mailNickname that ends with a full stop.
    NicknameTrailingDot,
    /// A mailbox without mailNickname.
    NicknameMissing,
    /// An address of more than 256 characters in proxyAddresses.
    ProxyTooLong,
    /// A second colon after the prefix of an address in proxyAddresses.
    ProxySecondColon,
    /// A space in an address in proxyAddresses.
    ProxySpace,
    /// An address without an @ in proxyAddresses.
    ProxyWithoutAt,
    /// Brackets in an X.500 address in proxyAddresses.
    ProxyBrackets,
    /// An address shared in proxyAddresses, between a person and a group.
    ProxyShared,
    /// sAMAccountName of more than 20 characters, on an account without sign-in name.
    AccountTooLong,
    /// A plus sign in sAMAccountName, on an account without sign-in name.
    AccountBadCharacter,
    /// sAMAccountName shared, by two accounts without userPrincipalName.
    AccountShared,
    /// targetAddress of more than 255 characters.
    TargetTooLong,
    /// A second colon after the prefix in targetAddress.
    TargetSecondColon,
    /// A space in targetAddress.
    TargetSpace,
    /// targetAddress without an @.
    TargetWithoutAt,
    /// targetAddress shared by two contacts.
    TargetShared,
    /// userPrincipalName of more than 113 characters.
    PrincipalTooLong,
    /// `ë` in userPrincipalName.
    PrincipalAccent,
    /// A space in userPrincipalName.
    PrincipalSpace,
    /// An apostrophe in userPrincipalName, which an address may hold and a sign-in name may not.
    PrincipalApostrophe,
    /// userPrincipalName without an @.
    PrincipalWithoutAt,
    /// userPrincipalName shared.
    PrincipalShared,
    /// mail that is an alias of a group, with which the person shares nothing else.
    MailIsAlias,
    /// userPrincipalName that is an alias of a group.
    PrincipalIsAlias,
    /// userPrincipalName under `.local`, which is no public top-level domain.
    PrincipalLocalDomain,
    /// A second primary address.
    PrimaryTwice,
    /// Addresses without a primary one.
    PrimaryMissing,
    /// mail that is not the primary address.
    MailNotPrimary,
    /// A group with mail and no address but one of X.500.
    GroupWithoutPrimary,
    /// A group with mail and without displayName.
    GroupWithoutName,
    /// 65 characters before the @ of userPrincipalName.
    PrincipalLocalPartTooLong,
    /// 49 characters behind the @ of userPrincipalName.
    PrincipalDomainTooLong,
    /// An account that is, or was, an administrator.
    Privileged,
    /// An account that is disabled.
    AccountDisabled,
    /// An account that nobody has used for more than 180 days.
    AccountStale,
    /// Two userPrincipalName that differ by an accent only.
    PrincipalLookalike,
    /// Two userPrincipalName that differ by a Cyrillic letter only.
    PrincipalCyrillic,
    /// Two mailNickname that differ by an accent only.
    NicknameLookalike,

    /// A group with 15,001 direct members; not among [`Flaw::ALL`].
    GroupTooLarge,
    /// userPrincipalName in a domain that can be on the Internet, but is not among [`Plan::DOMAINS`].
    ///
    /// [`Plan::DOMAINS`]: super::Plan::DOMAINS
    PrincipalUnverifiedDomain,
    /// A contact with mail and without targetAddress, which only IdFix's dedicated mode asks for.
    ContactWithoutTarget,
    /// The same for a person without a mailbox.
    PersonWithoutTarget,
    /// A contact with mail and without mailNickname, which only IdFix's dedicated mode asks for.
    ContactWithoutNickname,
}

use Flaw as F;

impl Flaw {
    /// All that a strict judge finds whatever its settings, in the order of their rules; but for
    /// [`Flaw::GroupTooLarge`], whose 15,001 values are for those who ask for them.
    pub const ALL: [Self; 52] = [
        F::NameTooLong,
        F::NameBlank,
        F::NameEdgeSpace,
        F::GivenNameEdgeSpace,
        F::GivenNameTooLong,
        F::MailTooLong,
        F::MailShared,
        F::MailWithoutAt,
        F::MailSpace,
        F::NicknameTooLong,
        F::NicknameLeadingDot,
        F::NicknameShared,
        F::NicknameSharedByPeople,
        F::NicknameBadCharacter,
        F::NicknameTrailingDot,
        F::NicknameMissing,
        F::ProxyTooLong,
        F::ProxySecondColon,
        F::ProxySpace,
        F::ProxyWithoutAt,
        F::ProxyBrackets,
        F::ProxyShared,
        F::AccountTooLong,
        F::AccountBadCharacter,
        F::AccountShared,
        F::TargetTooLong,
        F::TargetSecondColon,
        F::TargetSpace,
        F::TargetWithoutAt,
        F::TargetShared,
        F::PrincipalTooLong,
        F::PrincipalAccent,
        F::PrincipalSpace,
        F::PrincipalApostrophe,
        F::PrincipalWithoutAt,
        F::PrincipalShared,
        F::MailIsAlias,
        F::PrincipalIsAlias,
        F::PrincipalLocalDomain,
        F::PrimaryTwice,
        F::PrimaryMissing,
        F::MailNotPrimary,
        F::GroupWithoutPrimary,
        F::GroupWithoutName,
        F::PrincipalLocalPartTooLong,
        F::PrincipalDomainTooLong,
        F::Privileged,
        F::AccountDisabled,
        F::AccountStale,
        F::PrincipalLookalike,
        F::PrincipalCyrillic,
        F::NicknameLookalike,
    ];

    /// What a strict judge finds only where it is told the verified domains.
    pub const WITH_DOMAINS: [Self; 1] = [F::PrincipalUnverifiedDomain];

    /// What IdFix alone finds, in its dedicated mode.
    pub const IDFIX_ONLY: [Self; 3] = [
        F::ContactWithoutTarget,
        F::PersonWithoutTarget,
        F::ContactWithoutNickname,
    ];

    /// The rule that it is there to break.
    #[must_use]
    pub fn rule(self) -> &'static str {
        recipe::of(self).aim
    }

    /// Every rule it breaks: some values cannot break one alone.
    pub fn rules(self) -> impl Iterator<Item = &'static str> {
        let recipe = recipe::of(self);
        let rules: std::collections::BTreeSet<_> = recipe.parts().flat_map(|it| it.rules).copied().collect();
        rules.into_iter()
    }
}
