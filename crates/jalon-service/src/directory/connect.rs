//! A source opened: its password unsealed, its server connected and signed in to.

use std::{num::NonZeroU32, time::Duration};

use jalon_domain::text::Text;
use jalon_store::{
    Db, StoreError,
    directory::sources::{BindKind, Security, Source},
    seal,
};
use jalon_wire::{
    ldap::{Address, Bind, Client, LdapError, Password, Query, RootDse, Settings},
    reach::Reach,
    tls::Roots,
};
use secrecy::{ExposeSecret, SecretString};

use super::key_said;
use crate::{Error, Result, app::App};

/// People, contacts and groups, where the schema is Active Directory's; computers are people there by their class only.
const IN_ACTIVE_DIRECTORY: &str = "(|(objectCategory=person)(objectCategory=group))";
/// The same elsewhere.
const ELSEWHERE: &str = "(|(objectClass=user)(objectClass=inetOrgPerson)(objectClass=contact)(objectClass=group))";
/// How long a server may think about one page.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a directory is reached, with everything that it takes.
pub(crate) struct Reached {
    address: Address,
    bind: Bind,
    settings: Settings,
}

impl App {
    /// How `source` is reached: its password is unsealed.
    ///
    /// # Errors
    /// [`Error::Conflict`] when the key file is missing or another one.
    pub(crate) async fn reach(&self, db: &impl Db, source: &Source) -> Result<Reached> {
        let place = Source::password_place(source.organisation, source.target);
        let password = match &source.password {
            Some(sealed) => Some(seal::open(self.store(), db, place, sealed).await.map_err(locked)?),
            None => None,
        };
        self.reach_with(source, password.as_ref())
    }

    /// The same with a password that may not be kept yet.
    pub(crate) fn reach_with(&self, source: &Source, password: Option<&SecretString>) -> Result<Reached> {
        let broken = |en: String| Error::Conflict(Text::new(en, "la source ne peut plus être lue : modifiez-la"));
        let address = Address::parse(&source.url).map_err(|it| broken(it.to_string()))?;
        let name = source.user.clone().unwrap_or_default();
        let password = Password::new(password.map(|it| it.expose_secret().to_owned()).unwrap_or_default());
        let bind = match source.bind {
            BindKind::Anonymous => Bind::Anonymous,
            BindKind::Simple => Bind::Simple { name, password },
        };
        let network = &self.settings().network;
        let mut settings = Settings::new();
        settings.reach = Reach {
            loopback: network.allow_private,
            private: network.allow_private,
        };
        settings.start_tls = source.security == Security::StartTls;
        settings.connect_timeout = network.timeout.max(Duration::from_secs(5));
        if let Some(pem) = source.roots.as_ref().or(network.roots_pem.as_ref()) {
            settings.roots = Roots::from_pem(pem.as_bytes()).map_err(|it| broken(it.to_string()))?;
        }
        Ok(Reached {
            address,
            bind,
            settings,
        })
    }
}

/// A key file that is missing or wrong is for whoever runs the program to mend: it is told, not hidden.
pub(super) fn locked(error: StoreError) -> Error {
    match error {
        StoreError::Key(it) => Error::Conflict(key_said(&it)),
        other => other.into(),
    }
}

impl Reached {
    /// Connects and signs in.
    pub(crate) async fn connect(&self) -> std::result::Result<Client, LdapError> {
        Client::connect(self.address.clone(), self.bind.clone(), self.settings.clone()).await
    }

    /// Does not come back to a server that breaks off: somebody waits for the answer.
    pub(crate) fn impatient(mut self, patience: Duration) -> Self {
        self.settings.retry = Vec::new();
        self.settings.connect_timeout = self.settings.connect_timeout.min(patience);
        self.settings.bind_timeout = patience;
        self.settings.operation_timeout = patience;
        self
    }

    /// Who signs in, for messages.
    pub(crate) fn who(&self) -> &str {
        self.bind.name()
    }

    /// Whether nobody signs in.
    pub(crate) fn is_anonymous(&self) -> bool {
        matches!(self.bind, Bind::Anonymous)
    }
}

/// Below which entries the objects of `source` are.
pub(crate) fn bases(source: &Source, root: &RootDse) -> Vec<String> {
    let named: Vec<String> = serde_json::from_value(source.bases.clone()).unwrap_or_default();
    if named.is_empty() { root.bases() } else { named }
}

/// What to read of `source`.
pub(crate) fn query(source: &Source, root: &RootDse, attributes: &[&str]) -> Query {
    let usual = if root.is_active_directory() {
        IN_ACTIVE_DIRECTORY
    } else {
        ELSEWHERE
    };
    Query {
        bases: bases(source, root),
        page: u32::try_from(source.page).unwrap_or(1_000),
        rate: source.rate.and_then(|it| NonZeroU32::new(it.unsigned_abs())),
        time_limit: PATIENCE,
        ..Query::below("", attributes).filtered(source.filter.as_deref().unwrap_or(usual))
    }
}
