//! The parts of a forest that are asked for, each by itself: where each is and what of it is read.

use std::time::Duration;

use jalon_domain::text::Text;
use jalon_wire::ldap::{Query, RootDse, Scope};
use serde::{Deserialize, Serialize};

/// Entries a page.
const PAGE: u32 = 500;
/// How long a server may work on a page.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Entries of one part at most: an organisation has fewer controllers and policies than that.
const MOST: u64 = 10_000;
/// Objects with linked policies at most: every unit of a large forest may have some.
const MOST_LINKED: u64 = 100_000;

/// A part of a forest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The domains, their levels, the declared suffixes.
    Partitions,
    /// The version of the schema.
    Schema,
    /// The version of Exchange's part of the schema.
    ExchangeSchema,
    /// The version of Skype's part of the schema.
    SkypeSchema,
    /// The Exchange organisation.
    ExchangeOrganization,
    /// The pools of Skype servers.
    SkypePools,
    /// The sites and the controllers in them.
    Sites,
    /// The links of policies to sites.
    SiteLinks,
    /// Certificate authorities.
    Authorities,
    /// Autodiscover's connection points.
    Autodiscover,
    /// The connection point of device registration.
    DeviceRegistration,
    /// Everything of one domain.
    Domain,
    /// Who has a domain's special roles.
    Roles,
    /// A domain's trusts.
    Trusts,
    /// A domain's controllers, as computers.
    Controllers,
    /// A domain's group policies.
    Policies,
    /// The links of policies to a domain and its units.
    PolicyLinks,
    /// The accounts of synchronisation.
    SyncAccounts,
}

impl Part {
    /// What the whole forest shares.
    pub(super) const OF_FOREST: [Self; 11] = [
        Self::Partitions,
        Self::Schema,
        Self::ExchangeSchema,
        Self::SkypeSchema,
        Self::ExchangeOrganization,
        Self::SkypePools,
        Self::Sites,
        Self::SiteLinks,
        Self::Authorities,
        Self::Autodiscover,
        Self::DeviceRegistration,
    ];
    /// What each domain has.
    pub(super) const OF_DOMAIN: [Self; 6] = [
        Self::Roles,
        Self::Trusts,
        Self::Controllers,
        Self::Policies,
        Self::PolicyLinks,
        Self::SyncAccounts,
    ];

    /// Its name for people.
    pub fn name(self) -> Text {
        let (en, fr) = match self {
            Self::Partitions => ("domains and suffixes", "domaines et suffixes"),
            Self::Schema => ("schema", "schéma"),
            Self::ExchangeSchema => ("Exchange schema", "schéma Exchange"),
            Self::SkypeSchema => ("Skype schema", "schéma Skype"),
            Self::ExchangeOrganization => ("Exchange organisation", "organisation Exchange"),
            Self::SkypePools => ("Skype pools", "pools Skype"),
            Self::Sites => ("sites", "sites"),
            Self::SiteLinks => ("policies linked to sites", "stratégies liées aux sites"),
            Self::Authorities => ("certificate authorities", "autorités de certification"),
            Self::Autodiscover => (
                "Autodiscover connection points",
                "points de connexion de découverte automatique",
            ),
            Self::DeviceRegistration => ("device registration", "inscription des appareils"),
            Self::Domain => ("the domain’s own objects", "objets propres au domaine"),
            Self::Roles => ("special roles", "rôles particuliers"),
            Self::Trusts => ("trusts", "relations d’approbation"),
            Self::Controllers => ("domain controllers", "contrôleurs de domaine"),
            Self::Policies => ("group policies", "stratégies de groupe"),
            Self::PolicyLinks => ("linked policies", "stratégies liées"),
            Self::SyncAccounts => ("accounts of synchronisation", "comptes de synchronisation"),
        };
        Text::new(en, fr)
    }

    /// What to ask the server. `None` when it does not say where that would be.
    pub(super) fn query(self, root: &RootDse, domain: &str) -> Option<Query> {
        let most = match self {
            Self::PolicyLinks => MOST_LINKED,
            _ => MOST,
        };
        Some(Query {
            bases: self.bases(root, domain)?,
            scope: self.scope(),
            page: PAGE,
            size_limit: Some(most),
            time_limit: TIME_LIMIT,
            ..Query::below("", self.attributes()).filtered(self.filter())
        })
    }

    fn bases(self, root: &RootDse, domain: &str) -> Option<Vec<String>> {
        let schema = root.schema_naming_context.as_deref();
        let configuration = root.configuration_naming_context.as_deref();
        let below = |place: &str, base: Option<&str>| base.map(|it| vec![format!("{place},{it}")]);
        match self {
            Self::Schema => schema.map(|it| vec![it.to_owned()]),
            Self::ExchangeSchema => below("CN=ms-Exch-Schema-Version-Pt", schema),
            Self::SkypeSchema => below("CN=ms-RTC-SIP-SchemaVersion", schema),
            Self::Partitions => below("CN=Partitions", configuration),
            Self::ExchangeOrganization => below("CN=Microsoft Exchange,CN=Services", configuration),
            Self::SkypePools => below("CN=RTC Service,CN=Services", configuration),
            Self::Sites | Self::SiteLinks => below("CN=Sites", configuration),
            Self::Authorities => below("CN=Public Key Services,CN=Services", configuration),
            Self::Autodiscover => configuration.map(|it| vec![it.to_owned()]),
            Self::DeviceRegistration => below(DEVICE_REGISTRATION, configuration),
            Self::Roles => Some(vec![
                domain.to_owned(),
                format!("CN=RID Manager$,CN=System,{domain}"),
                format!("CN=Infrastructure,{domain}"),
            ]),
            Self::Trusts => below("CN=System", Some(domain)),
            Self::Policies => below("CN=Policies,CN=System", Some(domain)),
            Self::Domain | Self::Controllers | Self::PolicyLinks | Self::SyncAccounts => Some(vec![domain.to_owned()]),
        }
    }

    fn scope(self) -> Scope {
        match self {
            Self::Schema | Self::ExchangeSchema | Self::SkypeSchema | Self::DeviceRegistration | Self::Roles => {
                Scope::Base
            }
            Self::ExchangeOrganization | Self::Trusts | Self::Policies => Scope::Children,
            _ => Scope::Subtree,
        }
    }

    fn filter(self) -> String {
        match self {
            Self::Partitions => "(|(objectClass=crossRefContainer)(objectClass=crossRef))".to_owned(),
            Self::ExchangeOrganization => "(objectClass=msExchOrganizationContainer)".to_owned(),
            Self::SkypePools => "(objectClass=msRTCSIP-Pool)".to_owned(),
            Self::Sites => "(|(objectClass=server)(objectClass=nTDSDSA)(objectClass=nTDSDSARO))".to_owned(),
            Self::SiteLinks | Self::PolicyLinks => "(gPLink=*)".to_owned(),
            Self::Authorities => "(|(objectClass=pKIEnrollmentService)(objectClass=certificationAuthority))".to_owned(),
            Self::Autodiscover => {
                format!(
                    "(&(objectClass=serviceConnectionPoint)(|(keywords={URL_KEYWORD})(keywords={POINTER_KEYWORD})))"
                )
            }
            Self::Trusts => "(objectClass=trustedDomain)".to_owned(),
            // Writable controllers are servers that are trusted (8192) and of group 516, read-only ones of group 521.
            Self::Controllers => "(&(objectClass=computer)(|(primaryGroupID=516)(primaryGroupID=521)\
                                  (userAccountControl:1.2.840.113556.1.4.803:=8192)))"
                .to_owned(),
            Self::Policies => "(objectClass=groupPolicyContainer)".to_owned(),
            Self::SyncAccounts => {
                let names = SYNC_ACCOUNTS.map(|it| format!("(sAMAccountName={it}*)")).concat();
                format!("(|{names})")
            }
            _ => "(objectClass=*)".to_owned(),
        }
    }

    fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Partitions => &[
                "objectClass",
                "nCName",
                "dnsRoot",
                "nETBIOSName",
                "msDS-Behavior-Version",
                "trustParent",
                "systemFlags",
                "uPNSuffixes",
                "fSMORoleOwner",
            ],
            Self::Schema => &["objectVersion", "fSMORoleOwner"],
            Self::ExchangeSchema | Self::SkypeSchema => &["rangeUpper"],
            Self::ExchangeOrganization => &["objectClass", "objectVersion", "msExchProductId"],
            Self::SkypePools => &["objectClass", "dNSHostName"],
            Self::Sites => &["objectClass", "dNSHostName", "serverReference", "options"],
            Self::SiteLinks | Self::PolicyLinks => &["gPLink"],
            Self::Authorities => &["objectClass", "dNSHostName", "cACertificate"],
            Self::Autodiscover => &["objectClass", "serviceBindingInformation", "keywords", "whenChanged"],
            Self::DeviceRegistration => &["keywords"],
            Self::Roles => &["fSMORoleOwner"],
            Self::Trusts => &[
                "objectClass",
                "trustPartner",
                "trustDirection",
                "trustType",
                "trustAttributes",
            ],
            Self::Controllers => &[
                "objectClass",
                "dNSHostName",
                "operatingSystem",
                "operatingSystemVersion",
                "lastLogonTimestamp",
                "primaryGroupID",
                "userAccountControl",
            ],
            Self::Policies => &["objectClass", "displayName", "versionNumber", "whenChanged", "flags"],
            Self::SyncAccounts => &["sAMAccountName", "description", "whenCreated"],
            Self::Domain => &["objectClass"],
        }
    }
}

/// Where a hybrid join is set up: the name is the same everywhere.
const DEVICE_REGISTRATION: &str =
    "CN=62a0ff2e-97b9-4513-943f-0d221bd30080,CN=Device Registration Configuration,CN=Services";
/// Marks the address of Autodiscover.
pub(super) const URL_KEYWORD: &str = "77378F46-2C66-4aa9-A6A6-3E7A48B19596";
/// Marks a pointer to another directory.
pub(super) const POINTER_KEYWORD: &str = "67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68";
/// How names of synchronisation's accounts begin.
pub(super) const SYNC_ACCOUNTS: [&str; 4] = ["MSOL_", "ADSyncMSA", "provAgentgMSA", "AZUREADSSOACC"];
