//! What somebody says of a live directory, and what of it can be taken.

use jalon_domain::text::Text;
use jalon_store::directory::sources::{BindKind, Mode, Security};
use jalon_wire::{ldap::Address, tls::Roots};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::{Error, Result};

/// Longest value of a field that holds a line.
const LINE: usize = 500;
/// Longest list of bases.
const BASES: usize = 50;
/// Largest set of roots, bytes.
const ROOTS: usize = 256 * 1024;
/// Objects asked for at once, unless somebody says otherwise.
const PAGE: i32 = 1_000;

/// A live directory, as somebody describes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceInput {
    /// What to call it; the server's name unless said. It stays when the source is edited.
    #[serde(default)]
    pub name: String,
    /// `HOST` or `HOST:PORT`.
    pub server: String,
    /// How the connection is protected; StartTLS unless said.
    #[serde(default)]
    pub security: Option<Security>,
    /// How one signs in; with name and password unless said.
    #[serde(default)]
    pub bind: Option<BindKind>,
    /// Who signs in: a distinguished name, `user@nord.example` or `NORD\user`.
    #[serde(default)]
    pub user: String,
    /// The password; when a source is edited, none keeps the one that is there. It is never given back.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, write_only))]
    pub password: Option<SecretString>,
    /// Below which entries objects are read; none for everything that the directory offers.
    #[serde(default)]
    pub bases: Vec<String>,
    /// Which objects are read, as an LDAP filter; empty for people, contacts and groups.
    #[serde(default)]
    pub filter: String,
    /// The authorities that the server's certificate leads to, in PEM; empty for the public ones.
    #[serde(default)]
    pub roots: String,
    /// The most objects in a second; none for as fast as the server answers.
    #[serde(default)]
    pub rate: Option<i32>,
    /// Objects asked for at once; 1000 unless said.
    #[serde(default)]
    pub page: Option<i32>,
    /// By which rules it is judged; the corrected ones unless said.
    #[serde(default)]
    pub mode: Option<Mode>,
    /// Whether a password may travel without protection.
    #[serde(default)]
    pub allow_unprotected: bool,
}

/// The same, as it can be taken.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) security: Security,
    pub(super) bind: BindKind,
    pub(super) user: Option<String>,
    pub(super) password: Option<SecretString>,
    pub(super) bases: Vec<String>,
    pub(super) filter: Option<String>,
    pub(super) roots: Option<String>,
    pub(super) rate: Option<i32>,
    pub(super) page: i32,
    pub(super) mode: Mode,
}

impl SourceInput {
    /// What of it can be taken. Whether a password is there is for the caller to say: an edited source may keep its own.
    ///
    /// # Errors
    /// [`Error::Invalid`] at the first field that cannot.
    pub(super) fn check(&self) -> Result<Checked> {
        let (security, bind) = (
            self.security.unwrap_or(Security::StartTls),
            self.bind.unwrap_or(BindKind::Simple),
        );
        let (address, base) = server(&self.server, security)?;
        let user = line("user", &self.user)?;
        if bind == BindKind::Anonymous {
            if user.is_some() {
                return Err(Error::invalid(
                    "user",
                    "nobody signs in anonymously under a name: remove it, or choose another way to sign in",
                    "on ne s’identifie pas anonymement sous un nom : retirez-le, ou choisissez une autre identification",
                ));
            }
        } else {
            self.may_travel(security)?;
        }
        if bind != BindKind::Anonymous && user.is_none() {
            return Err(Error::invalid(
                "user",
                "say who signs in, such as svc-jalon@nord.example or CN=svc-jalon,OU=Services,DC=nord,DC=example",
                "indiquez qui s’identifie, par exemple svc-jalon@nord.example ou CN=svc-jalon,OU=Services,DC=nord,DC=example",
            ));
        }
        Ok(Checked {
            name: line("name", &self.name)?.unwrap_or_else(|| address.host().to_owned()),
            url: address.to_string(),
            security,
            bind,
            user,
            password: self.password.clone().filter(|it| !it.expose_secret().is_empty()),
            bases: bases(&self.bases, base)?,
            filter: filter(&self.filter)?,
            roots: roots(&self.roots)?,
            rate: within("rate", self.rate, 1, 1_000_000)?,
            page: within("page", self.page, 1, 100_000)?.unwrap_or(PAGE),
            mode: self.mode.unwrap_or(Mode::Strict),
        })
    }

    fn may_travel(&self, security: Security) -> Result<()> {
        if security != Security::Plain || self.allow_unprotected {
            return Ok(());
        }
        Err(Error::invalid(
            "allow_unprotected",
            "without TLS everybody on the way can read the password: choose StartTLS or LDAPS, or tick that you accept it",
            "sans TLS, quiconque est sur le trajet peut lire le mot de passe : choisissez StartTLS ou LDAPS, ou cochez que vous l’acceptez",
        ))
    }
}

/// The server, and the base that its address may name.
fn server(raw: &str, security: Security) -> Result<(Address, Option<String>)> {
    let raw = raw.trim();
    let is_ldaps = security == Security::Ldaps;
    let url = match raw.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("ldaps") && !is_ldaps => {
            return Err(Error::invalid(
                "security",
                "the address says ldaps://: choose LDAPS, or write the server’s name alone",
                "l’adresse dit ldaps:// : choisissez LDAPS, ou n’écrivez que le nom du serveur",
            ));
        }
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ldap") && is_ldaps => format!("ldaps://{rest}"),
        Some(_) => raw.to_owned(),
        None if is_ldaps => format!("ldaps://{raw}"),
        None => format!("ldap://{raw}"),
    };
    let address = Address::parse(&url).map_err(|it| {
        let text = Text::new(
            format!("{it}; write HOST or HOST:PORT, such as dc1.nord.example"),
            "écrivez NOM ou NOM:PORT, par exemple dc1.nord.example",
        );
        Error::Invalid { field: "server", text }
    })?;
    let base = address.base().map(str::to_owned);
    Ok((address, base))
}

fn line(field: &'static str, raw: &str) -> Result<Option<String>> {
    let text = raw.trim();
    if text.chars().count() > LINE || text.chars().any(char::is_control) {
        return Err(Error::invalid(
            field,
            format!("one line of at most {LINE} characters"),
            format!("une ligne de {LINE} caractères au plus"),
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn bases(raw: &[String], of_address: Option<String>) -> Result<Vec<String>> {
    let mut bases: Vec<String> = Vec::new();
    for it in raw {
        bases.extend(line("bases", it)?);
    }
    if bases.is_empty() {
        bases.extend(of_address);
    }
    let is_name = |it: &String| {
        it.split_once('=')
            .is_some_and(|(key, value)| !key.is_empty() && !value.is_empty())
    };
    if bases.len() > BASES || !bases.iter().all(is_name) {
        return Err(Error::invalid(
            "bases",
            "one distinguished name a line, such as OU=Staff,DC=nord,DC=example",
            "un nom distinctif par ligne, par exemple OU=Staff,DC=nord,DC=example",
        ));
    }
    Ok(bases)
}

fn filter(raw: &str) -> Result<Option<String>> {
    let filter = line("filter", raw)?;
    let is_whole = |it: &String| it.starts_with('(') && it.ends_with(')');
    if filter.as_ref().is_none_or(is_whole) {
        return Ok(filter);
    }
    Err(Error::invalid(
        "filter",
        "an LDAP filter in parentheses, such as (objectCategory=person)",
        "un filtre LDAP entre parenthèses, par exemple (objectCategory=person)",
    ))
}

fn roots(raw: &str) -> Result<Option<String>> {
    let pem = raw.trim();
    if pem.is_empty() {
        return Ok(None);
    }
    let bad = |reason: String| {
        let text = Text::new(
            format!("{reason}; paste the authorities’ certificates, from BEGIN to END CERTIFICATE"),
            "collez les certificats des autorités, de BEGIN à END CERTIFICATE",
        );
        Error::Invalid { field: "roots", text }
    };
    if pem.len() > ROOTS {
        return Err(bad("too many certificates".to_owned()));
    }
    Roots::from_pem(pem.as_bytes()).map_err(|it| bad(it.to_string()))?;
    Ok(Some(format!("{pem}\n")))
}

fn within(field: &'static str, value: Option<i32>, least: i32, most: i32) -> Result<Option<i32>> {
    if value.is_none_or(|it| (least..=most).contains(&it)) {
        return Ok(value);
    }
    Err(Error::invalid(
        field,
        format!("a number from {least} to {most}"),
        format!("un nombre de {least} à {most}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> SourceInput {
        SourceInput {
            server: "dc1.nord.example".into(),
            user: "svc@nord.example".into(),
            ..SourceInput::default()
        }
    }

    #[track_caller]
    fn refused(input: &SourceInput, expected: &str) {
        match input.check() {
            Err(Error::Invalid { field, text }) => {
                assert_eq!(field, expected, "{}", text.en);
                assert!(text.is_complete());
            }
            other => panic!("{expected}: {other:?}"),
        }
    }

    #[test]
    fn a_server_is_a_name_a_port_or_an_address() {
        let url = |server: &str, security| {
            let input = SourceInput {
                server: server.into(),
                security: Some(security),
                ..input()
            };
            input.check().unwrap().url
        };
        assert_eq!(
            url(" dc1.nord.example ", Security::StartTls),
            "ldap://dc1.nord.example:389"
        );
        assert_eq!(url("dc1.nord.example", Security::Ldaps), "ldaps://dc1.nord.example:636");
        assert_eq!(
            url("dc1.nord.example:3269", Security::Ldaps),
            "ldaps://dc1.nord.example:3269"
        );
        assert_eq!(
            url("ldap://dc1.nord.example", Security::Ldaps),
            "ldaps://dc1.nord.example:636"
        );
        let with_base = SourceInput {
            server: "ldap://dc1/DC=nord,DC=example".into(),
            ..input()
        };
        assert_eq!(with_base.check().unwrap().bases, ["DC=nord,DC=example"]);
        for server in ["", "http://dc1", "a@dc1", "dc1:99999"] {
            refused(
                &SourceInput {
                    server: server.into(),
                    ..input()
                },
                "server",
            );
        }
        refused(
            &SourceInput {
                server: "ldaps://dc1".into(),
                ..input()
            },
            "security",
        );
    }

    #[test]
    fn a_password_travels_unprotected_only_when_somebody_said_so() {
        let mut plain = SourceInput {
            security: Some(Security::Plain),
            ..input()
        };
        refused(&plain, "allow_unprotected");
        plain.allow_unprotected = true;
        assert!(plain.check().is_ok());
        let nobody = SourceInput {
            security: Some(Security::Plain),
            bind: Some(BindKind::Anonymous),
            user: String::new(),
            ..input()
        };
        assert!(nobody.check().is_ok(), "there is no password");
    }

    #[test]
    fn every_field_says_what_it_takes() {
        refused(
            &SourceInput {
                user: " ".into(),
                ..input()
            },
            "user",
        );
        refused(
            &SourceInput {
                bind: Some(BindKind::Anonymous),
                ..input()
            },
            "user",
        );
        refused(
            &SourceInput {
                bases: vec!["Staff".into()],
                ..input()
            },
            "bases",
        );
        refused(
            &SourceInput {
                filter: "objectClass=*".into(),
                ..input()
            },
            "filter",
        );
        refused(
            &SourceInput {
                roots: "no certificate".into(),
                ..input()
            },
            "roots",
        );
        refused(
            &SourceInput {
                rate: Some(0),
                ..input()
            },
            "rate",
        );
        refused(
            &SourceInput {
                page: Some(200_000),
                ..input()
            },
            "page",
        );
        refused(
            &SourceInput {
                name: "a\nb".into(),
                ..input()
            },
            "name",
        );
        let plain = input().check().unwrap();
        assert_eq!(
            (plain.name.as_str(), plain.page, plain.mode),
            ("dc1.nord.example", 1_000, Mode::Strict)
        );
    }
}
