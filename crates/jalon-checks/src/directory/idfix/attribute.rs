//! The attributes that IdFix judges.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::directory) enum Attribute {
    DisplayName,
    GivenName,
    Mail,
    MailNickname,
    ProxyAddresses,
    AccountName,
    TargetAddress,
    PrincipalName,
}

impl Attribute {
    /// Its name in the directory's own case.
    pub(in crate::directory) fn name(self) -> &'static str {
        match self {
            Self::DisplayName => "displayName",
            Self::GivenName => "givenName",
            Self::Mail => "mail",
            Self::MailNickname => "mailNickname",
            Self::ProxyAddresses => "proxyAddresses",
            Self::AccountName => "sAMAccountName",
            Self::TargetAddress => "targetAddress",
            Self::PrincipalName => "userPrincipalName",
        }
    }
}
