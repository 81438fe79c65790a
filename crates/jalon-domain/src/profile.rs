//! An engagement's profile and the closed conditions that the catalogue states over it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// A closed list of words: its type, its serialised words, their names in both languages. A crate that uses it has a
/// feature `schema` too.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $en:literal, $fr:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum $name { $(#[doc = $en] $(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every word, in the order of the interface.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
            /// The word used in files, in JSON and in the database.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
            /// Its name for people.
            pub fn name(self) -> $crate::text::Text {
                match self { $(Self::$variant => $crate::text::Text::new($en, $fr),)* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::profile::UnknownWord;
            fn from_str(raw: &str) -> Result<Self, $crate::profile::UnknownWord> {
                Self::ALL.iter().copied().find(|it| it.word() == raw).ok_or_else(|| $crate::profile::UnknownWord {
                    raw: raw.to_owned(),
                    accepted: Self::ALL.iter().map(|it| it.word()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

/// A word outside a closed list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{raw}` is unknown; accepted: {accepted}")]
pub struct UnknownWord {
    /// What was given.
    pub raw: String,
    /// The accepted words.
    pub accepted: String,
}

words! {
    /// A programme whose page of responsibilities the organisation was handed.
    Programme {
        Office365 = "office365", "Office 365", "Office 365";
        Ems = "ems", "Enterprise Mobility + Security", "Enterprise Mobility + Security";
    }
}

words! {
    /// A service in scope (`programme.md` section 1.2).
    Service {
        Exchange = "exchange", "Exchange Online", "Exchange Online";
        Sharepoint = "sharepoint", "SharePoint Online", "SharePoint Online";
        Onedrive = "onedrive", "OneDrive", "OneDrive";
        Teams = "teams", "Microsoft Teams", "Microsoft Teams";
        Apps = "apps", "Microsoft 365 Apps", "Applications Microsoft 365";
        OutlookMobile = "outlook-mobile", "Outlook mobile", "Outlook mobile";
        PowerBi = "power-bi", "Power BI", "Power BI";
        Project = "project", "Project Online", "Project Online";
        Yammer = "yammer", "Viva Engage (Yammer)", "Viva Engage (Yammer)";
        EntraPremium = "entra-premium", "Microsoft Entra ID P1/P2", "Microsoft Entra ID P1/P2";
        Intune = "intune", "Microsoft Intune", "Microsoft Intune";
        InformationProtection = "information-protection", "Information Protection", "Protection des informations";
        Skype = "skype", "Skype for Business Online (retired)", "Skype Entreprise Online (retiré)";
    }
}

words! {
    /// A choice made at kickoff that adds or removes duties ("if you choose", "if needed", "when Microsoft migrates").
    Choice {
        ProviderMigration = "provider-migration", "The provider migrates the data", "Le prestataire migre les données";
        SourceRetirement = "source-retirement", "A source environment will be retired", "Un environnement source sera retiré";
        DirectorySync = "directory-sync", "An on-premises directory is synchronised", "Un annuaire local est synchronisé";
        ThirdPartyDirectory = "third-party-directory", "Mail data live in another directory", "Des données de messagerie sont dans un annuaire tiers";
        Federation = "federation", "Sign-in is federated (AD FS)", "La connexion est fédérée (AD FS)";
        DeviceManagement = "device-management", "Apple devices are managed", "Des appareils Apple sont gérés";
        ConfigurationManager = "configuration-manager", "Configuration Manager is in use", "Configuration Manager est utilisé";
        CertificateProfiles = "certificate-profiles", "Wi-Fi, VPN or certificate profiles are pushed", "Des profils Wi-Fi, VPN ou certificats sont poussés";
        ThirdPartyIntegrations = "third-party-integrations", "Third-party tools plug into Intune", "Des outils tiers s’intègrent à Intune";
        DefenderEndpoint = "defender-endpoint", "Defender for Endpoint is deployed", "Defender for Endpoint est déployé";
        SkypeHybrid = "skype-hybrid", "Skype shares its domain with a local server", "Skype partage son domaine avec un serveur local";
        ExchangeHybrid = "exchange-hybrid", "Exchange is hybrid", "Exchange est hybride";
        ScreenShare = "screen-share", "Tools are run with a shared screen", "Les outils sont exécutés en écran partagé";
        PublishedServers = "published-servers", "Servers of your own are published", "Des serveurs à vous sont publiés";
    }
}

words! {
    /// The cloud instance that holds the tenant: it decides host names, expected records and what exists at all.
    Cloud {
        Worldwide = "worldwide", "Worldwide", "Mondial";
        Gcc = "gcc", "US Government (GCC)", "Gouvernement américain (GCC)";
        GccHigh = "gcc-high", "US Government (GCC High)", "Gouvernement américain (GCC High)";
        Dod = "dod", "US Government (DoD)", "Gouvernement américain (DoD)";
        China = "china", "China (21Vianet)", "Chine (21Vianet)";
        Bleu = "bleu", "Bleu (France)", "Bleu (France)";
        Delos = "delos", "Delos (Germany)", "Delos (Allemagne)";
    }
}

/// What an engagement takes on; the catalogue's conditions are evaluated over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Profile {
    /// The programmes, at least one.
    pub programmes: BTreeSet<Programme>,
    /// The services in scope.
    #[serde(default)]
    pub services: BTreeSet<Service>,
    /// The choices made at kickoff.
    #[serde(default)]
    pub options: BTreeSet<Choice>,
    /// Paid licences.
    pub seats: u32,
    /// The cloud instance.
    #[serde(default = "worldwide")]
    pub cloud: Cloud,
}

fn worldwide() -> Cloud {
    Cloud::Worldwide
}

/// When a responsibility, a requirement or a gate applies: a closed expression, written as data in the catalogue.
///
/// In TOML: `{ service = "exchange" }`, `{ any = [{ option = "federation" }, { seats = 20000 }] }`, `{ not = { cloud = "dod" } }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// For everybody.
    #[default]
    Always,
    /// The programme is followed.
    Programme(Programme),
    /// The service is in scope.
    Service(Service),
    /// The option was chosen.
    Option(Choice),
    /// At least so many paid licences.
    Seats(u32),
    /// The tenant lives in this cloud.
    Cloud(Cloud),
    /// Every one of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
}

impl Condition {
    /// Whether it holds for `profile`.
    pub fn holds(&self, profile: &Profile) -> bool {
        match self {
            Self::Always => true,
            Self::Programme(it) => profile.programmes.contains(it),
            Self::Service(it) => profile.services.contains(it),
            Self::Option(it) => profile.options.contains(it),
            Self::Seats(least) => profile.seats >= *least,
            Self::Cloud(it) => profile.cloud == *it,
            Self::All(parts) => parts.iter().all(|it| it.holds(profile)),
            Self::Any(parts) => parts.iter().any(|it| it.holds(profile)),
            Self::Not(it) => !it.holds(profile),
        }
    }

    /// Whether it is [`Condition::Always`].
    pub fn is_always(&self) -> bool {
        *self == Self::Always
    }

    /// The condition as a phrase: "Exchange Online and at least 20,000 seats".
    pub fn describe(&self) -> Text {
        match self {
            Self::Always => Text::new("always", "toujours"),
            Self::Programme(it) => it.name(),
            Self::Service(it) => it.name(),
            Self::Option(it) => {
                let name = it.name();
                Text::new(format!("the option “{}”", name.en), format!("l’option « {} »", name.fr))
            }
            Self::Seats(least) => Text::new(
                format!(
                    "at least {} seats",
                    crate::text::number(crate::text::Lang::En, (*least).into())
                ),
                format!(
                    "au moins {} licences",
                    crate::text::number(crate::text::Lang::Fr, (*least).into())
                ),
            ),
            Self::Cloud(it) => {
                let name = it.name();
                Text::new(format!("the {} cloud", name.en), format!("le nuage {}", name.fr))
            }
            Self::All(parts) => joined(parts, " and ", " et "),
            Self::Any(parts) => joined(parts, " or ", " ou "),
            Self::Not(it) => {
                let inner = it.describe();
                Text::new(format!("not {}", inner.en), format!("pas {}", inner.fr))
            }
        }
    }
}

fn joined(parts: &[Condition], en: &str, fr: &str) -> Text {
    let texts: Vec<Text> = parts.iter().map(Condition::describe).collect();
    Text {
        en: texts.iter().map(|it| it.en.as_str()).collect::<Vec<_>>().join(en),
        fr: texts.iter().map(|it| it.fr.as_str()).collect::<Vec<_>>().join(fr),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile {
            programmes: [Programme::Office365].into(),
            services: [Service::Exchange].into(),
            options: BTreeSet::new(),
            seats: 2340,
            cloud: Cloud::Worldwide,
        }
    }

    #[track_caller]
    fn check(json: &str, expected: bool) {
        let condition: Condition = serde_json::from_str(json).unwrap();
        assert_eq!(condition.holds(&profile()), expected, "{json}");
    }

    #[test]
    fn conditions_are_evaluated_over_the_profile() {
        check(r#""always""#, true);
        check(r#"{"programme":"ems"}"#, false);
        check(r#"{"service":"exchange"}"#, true);
        check(r#"{"all":[{"service":"exchange"},{"seats":20000}]}"#, false);
        check(r#"{"any":[{"service":"teams"},{"seats":150}]}"#, true);
        check(r#"{"not":{"cloud":"dod"}}"#, true);
    }

    #[test]
    fn an_unknown_word_is_refused_by_name() {
        let error = serde_json::from_str::<Condition>(r#"{"service":"lotus"}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains("lotus"), "{error}");
        assert!("lotus".parse::<Service>().unwrap_err().to_string().contains("exchange"));
    }

    #[test]
    fn a_condition_reads_as_a_phrase() {
        let condition = Condition::All(vec![Condition::Service(Service::Exchange), Condition::Seats(20_000)]);
        assert_eq!(condition.describe().en, "Exchange Online and at least 20,000 seats");
    }
}
