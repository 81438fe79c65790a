//! Another directory, out of which Active Directory is to be completed: by what people are recognised, and how it is read.
//! The flags are the same wherever one is named.

use std::path::{Path, PathBuf};

use clap::Args;
use jalon_checks::directory::{
    TopLevelDomains,
    join::{AttributeNames, BadRow, Key, Map, Settings, ThirdParty},
};
use jalon_domain::{engagement::DomainName, text::Text};

use crate::{
    directory_reading,
    directory_source::{LiveFlags, Source},
    exit::{Failure, Result},
    input,
    out::Out,
};

/// How another directory is joined and read. Whoever takes these flags has an argument `other` that names it.
#[derive(Args, Clone, Debug)]
pub(crate) struct JoiningFlags {
    /// Recognise people by mail, name or an attribute, written employeeID=uid where the other directory calls it otherwise;
    /// the first key that finds somebody decides [default: employeeID,mail,name]
    #[arg(long = "key", value_name = "KEY,…", value_delimiter = ',', value_parser = Key::parse, requires = "other")]
    keys: Vec<Key>,
    /// A table that says who is who, whatever the keys: the column ad names an object, the column other a person
    #[arg(long, value_name = "FILE.csv", requires = "other")]
    map: Option<PathBuf>,
    /// How sure a match by name has to be, from 0 to 1 [default: 0.9]
    #[arg(long, value_name = "SHARE", value_parser = share, requires = "other")]
    min_confidence: Option<f64>,
    /// What the other directory calls an attribute where it is not known, again for another one
    #[arg(long = "attribute", value_name = "mail=NAME", value_parser = naming, requires = "other")]
    names: Vec<(String, String)>,
    /// The domain under which the new mailboxes can be reached: whoever is forwarded nowhere gets an address there
    #[arg(long, value_name = "DOMAIN", value_parser = DomainName::parse, requires = "other")]
    target_domain: Option<DomainName>,
    /// Sign in to the other directory as this [default: anonymous]
    #[arg(long, value_name = "NAME", requires = "other")]
    other_bind_dn: Option<String>,
    /// The file that holds the password for it [default: the variable JALON_LDAP_OTHER_PASSWORD, else it is asked for]
    #[arg(long, value_name = "FILE", requires = "other_bind_dn")]
    other_password_file: Option<PathBuf>,
    /// Turn an ldap:// connection to the other directory into TLS before anything is sent
    #[arg(long, requires = "other")]
    other_start_tls: bool,
    /// The authorities that the other directory's certificate may lead to [default: the public ones]
    #[arg(long, value_name = "FILE.pem", requires = "other")]
    other_roots: Option<PathBuf>,
    /// Where to look in the other directory, again for another base [default: everything it holds]
    #[arg(long = "other-base", value_name = "DN", requires = "other")]
    other_bases: Vec<String>,
    /// Which objects of the other directory to read, as an LDAP filter [default: whoever is a person in a directory]
    #[arg(long, value_name = "FILTER", requires = "other")]
    other_filter: Option<String>,
}

impl JoiningFlags {
    /// Reads the other directory. What its server bears, and how long it may be silent, is said by the flags of `live`.
    pub(crate) async fn read(
        &self,
        out: &Out,
        other: &Source,
        live: &LiveFlags,
        settings: Settings,
    ) -> Result<ThirdParty> {
        let name = other.name();
        let mut live = live.for_another();
        live.bind_dn.clone_from(&self.other_bind_dn);
        live.password_file.clone_from(&self.other_password_file);
        live.start_tls = self.other_start_tls;
        live.roots.clone_from(&self.other_roots);
        live.bases.clone_from(&self.other_bases);
        live.filter = self.other_filter.clone().or_else(|| Some(settings.names.filter()));
        let mut third = ThirdParty::new(name.as_str(), settings);
        let attributes = third.settings().other_attributes();
        directory_reading::each_entry(out, other, &live, &attributes, |it| third.meet(it)).await?;
        if third.is_empty() {
            return Err(Failure::new("join-nobody", &[]).at(&name));
        }
        self.known_keys(|it| third.holds(it), &name)?;
        Ok(third)
    }

    /// How the two are joined.
    pub(crate) fn settings(&self, top_level_domains: TopLevelDomains, overwrite: bool) -> Result<Settings> {
        let mut settings = Settings {
            overwrite,
            top_level_domains,
            target_domain: self.target_domain.as_ref().map(ToString::to_string),
            ..Settings::default()
        };
        if !self.keys.is_empty() {
            settings.keys.clone_from(&self.keys);
        }
        if let Some(path) = &self.map {
            settings.map = Map::read(&input::large_file(path)?).map_err(|it| self.misled(&it))?;
        }
        settings.confidence = self.min_confidence.unwrap_or(settings.confidence);
        for (attribute, name) in &self.names {
            // It was looked at when it was typed.
            let named = settings.names.set(attribute, name);
            named.map_err(|it| Failure::from(Text::same(it.to_string())))?;
        }
        Ok(settings)
    }

    /// Refuses a key that was asked for and that nobody holds in `place`: its name is wrong, or it is of no use.
    pub(crate) fn known_keys(&self, is_held: impl Fn(&Key) -> bool, place: &str) -> Result<()> {
        match self.keys.iter().find(|it| !is_held(it)) {
            None => Ok(()),
            Some(key) => Err(Failure::new("join-unheld", &[("key", key.to_string().into())]).at(place)),
        }
    }

    /// A row of the map that cannot be followed.
    pub(crate) fn misled(&self, row: &BadRow) -> Failure {
        let path = self.map.as_deref().unwrap_or_else(|| Path::new("--map"));
        Failure::from(row.text()).at(&path.display().to_string())
    }
}

/// A part of a whole.
fn share(raw: &str) -> std::result::Result<f64, String> {
    let share = raw.parse::<f64>().ok().filter(|it| (0.0..=1.0).contains(it));
    share.ok_or_else(|| "expected a number from 0 to 1, such as 0.9".to_owned())
}

/// `mail=courriel`: an attribute that something is filled from, and what it is called.
fn naming(raw: &str) -> std::result::Result<(String, String), String> {
    let (attribute, name) = raw
        .split_once('=')
        .map(|(attribute, name)| (attribute.trim(), name.trim()))
        .filter(|it| !it.1.is_empty())
        .ok_or_else(|| {
            "expected what Active Directory calls it, and what the other one does: mail=courriel".to_owned()
        })?;
    let known = AttributeNames::default().set(attribute, name);
    known.map_err(|it| it.to_string())?;
    Ok((attribute.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_from_nothing_to_all() {
        assert_eq!([share("0"), share("0.85"), share("1")], [Ok(0.0), Ok(0.85), Ok(1.0)]);
        for raw in ["1.1", "-0.1", "NaN", "0,9", ""] {
            assert!(share(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn an_attribute_is_named_when_something_is_filled_from_it() {
        let named = |it: &str| naming(it).map(|(attribute, name)| format!("{attribute} is {name}"));
        assert_eq!(named("mail=courriel"), Ok("mail is courriel".to_owned()));
        assert_eq!(named("mail = E-mail address "), Ok("mail is E-mail address".to_owned()));
        assert!(named("telephoneNumber=x").unwrap_err().contains("proxyAddresses"));
        for raw in ["mail", "mail=", "=x"] {
            assert!(naming(raw).is_err(), "{raw}");
        }
    }
}
