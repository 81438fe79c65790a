//! The attributes that the rules look at, found among the others of an entry by their names.

use jalon_wire::entry::plain_name;

macro_rules! names {
    ($($name:ident $spelling:literal)*) => {
        /// An attribute that the rules look at.
        #[expect(clippy::enum_variant_names, reason = "the schema calls some attributes names")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(in crate::directory) enum Name { $($name,)* }

        impl Name {
            /// Every one of them.
            pub(in crate::directory) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As the schema spells it.
            pub(in crate::directory) const fn spelling(self) -> &'static str {
                match self { $(Self::$name => $spelling,)* }
            }
        }
    };
}

names! {
    ObjectClass "objectClass"
    CommonName "cn"
    Surname "sn"
    Category "objectCategory"
    DisplayName "displayName"
    GivenName "givenName"
    Mail "mail"
    MailNickname "mailNickname"
    ProxyAddresses "proxyAddresses"
    AccountName "sAMAccountName"
    TargetAddress "targetAddress"
    PrincipalName "userPrincipalName"
    HomeMdb "homeMDB"
    Member "member"
    MemberOf "memberOf"
    GroupType "groupType"
    AdminCount "adminCount"
    AccountControl "userAccountControl"
    LastLogon "lastLogonTimestamp"
    AccountExpires "accountExpires"
    Critical "isCriticalSystemObject"
    Hidden "msExchHideFromAddressLists"
    RecipientType "msExchRecipientTypeDetails"
}

impl Name {
    /// How many there are.
    pub(in crate::directory) const COUNT: usize = Self::ALL.len();

    /// The attribute that a description means, whatever its case; options that only say how a value travelled are left
    /// aside.
    pub(in crate::directory) fn of(description: &[u8]) -> Option<Self> {
        Self::spelt(description).or_else(|| {
            let plain = plain_name(description);
            (plain.len() < description.len()).then(|| Self::spelt(plain)).flatten()
        })
    }

    /// By length and first letter: most attributes of an entry are none of these, and are told apart without comparing
    /// them.
    fn spelt(name: &[u8]) -> Option<Self> {
        let like = match (name.len(), name.first()? | 0x20) {
            (2, b'c') => Self::CommonName,
            (2, b's') => Self::Surname,
            (4, b'm') => Self::Mail,
            (6, b'm') => Self::Member,
            (7, b'h') => Self::HomeMdb,
            (8, b'm') => Self::MemberOf,
            (9, b'g') => return [Self::GivenName, Self::GroupType].into_iter().find(|it| it.is(name)),
            (10, b'a') => Self::AdminCount,
            (11, b'o') => Self::ObjectClass,
            (11, b'd') => Self::DisplayName,
            (12, b'm') => Self::MailNickname,
            (13, b't') => Self::TargetAddress,
            (14, b'p') => Self::ProxyAddresses,
            (14, b's') => Self::AccountName,
            (14, b'a') => Self::AccountExpires,
            (14, b'o') => Self::Category,
            (17, b'u') => Self::PrincipalName,
            (18, b'u') => Self::AccountControl,
            (18, b'l') => Self::LastLogon,
            (22, b'i') => Self::Critical,
            (26, b'm') => return [Self::Hidden, Self::RecipientType].into_iter().find(|it| it.is(name)),
            _ => return None,
        };
        like.is(name).then_some(like)
    }

    fn is(self, name: &[u8]) -> bool {
        let spelling = self.spelling().as_bytes();
        name == spelling || name.eq_ignore_ascii_case(spelling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case_and_with_a_range() {
        for name in Name::ALL {
            assert_eq!(Name::of(name.spelling().to_uppercase().as_bytes()), Some(*name));
            assert_eq!(
                Name::of(format!("{};range=0-1499", name.spelling()).as_bytes()),
                Some(*name)
            );
            assert_eq!(Name::of(format!("{};lang-fr", name.spelling()).as_bytes()), None);
        }
        assert_eq!(Name::of(b"description"), None);
    }
}
