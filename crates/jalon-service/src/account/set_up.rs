//! The first run: a one-time link makes the first administrator. Invitations work the same way.

use jalon_domain::{
    ids::{EventId, PersonId},
    text::Lang,
};
use jalon_store::{Tx, audit, people, people::Person, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::password;
use crate::{Error, Result, app::App};

/// How long an invitation lasts, seconds.
const LINK_SECONDS: i64 = 7 * 24 * 3600;
/// How long the set-up link lasts, seconds: whoever starts the server is in front of it, and starting again makes another.
const SET_UP_SECONDS: i64 = 3600;

/// Somebody to make known, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Their name, 1 to 80 characters.
    pub name: String,
    /// Their address, lower-case.
    pub email: String,
}

impl NewPerson {
    /// Checks a name and an address.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn parse(name: &str, email: &str) -> Result<Self> {
        let (name, email) = (name.trim(), email.trim().to_lowercase());
        if !(1..=80).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(Error::invalid(
                "name",
                "a name of 1 to 80 characters is needed",
                "il faut un nom de 1 à 80 caractères",
            ));
        }
        let fits = email.len() <= 254
            && !email.chars().any(|it| it.is_whitespace() || it.is_control())
            && email
                .split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && !domain.contains('@') && !domain.is_empty());
        if !fits {
            return Err(Error::invalid(
                "email",
                "this is not an e-mail address: expected name@contoso.example",
                "ce n’est pas une adresse : attendu nom@contoso.example",
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            email,
        })
    }
}

/// What the first-run form says.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct NewAdministrator {
    /// The secret of the one-time link.
    pub secret: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
    /// Their language.
    pub lang: Lang,
}

/// What is kept of a one-time link: never the secret itself.
#[derive(Debug, Serialize, Deserialize)]
struct OneTime {
    hash: String,
    expires: i64,
}

impl OneTime {
    fn key(hash: &str) -> String {
        format!("one-time:{hash}")
    }
}

/// The SHA-256 of a secret: what the database keeps of it.
pub(crate) fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

const SET_UP: &str = "set-up";

impl App {
    /// Whether nobody is known yet.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn is_new(&self) -> Result<bool> {
        Ok(people::all(self.store())
            .await?
            .iter()
            .all(|it| it.password_hash.is_none()))
    }

    /// The secret of a fresh one-time set-up link, replacing any former one; none when somebody is known already.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub async fn set_up_secret(&self) -> Result<Option<String>> {
        if !self.is_new().await? {
            return Ok(None);
        }
        let secret = self.secret();
        let link = OneTime {
            hash: digest(&secret),
            expires: self.now().as_second() + SET_UP_SECONDS,
        };
        self.store()
            .write(async |tx: &Tx| -> Result<()> { Ok(settings::set(tx, SET_UP, &json!(link)).await?) })
            .await?;
        Ok(Some(secret))
    }

    /// How many minutes longer the set-up link with `secret` works; none when it is not in force.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn set_up_minutes_left(&self, secret: &str) -> Result<Option<u32>> {
        self.minutes_left(self.store(), secret).await
    }

    async fn minutes_left(&self, db: &impl jalon_store::Db, secret: &str) -> Result<Option<u32>> {
        let kept = settings::get(db, SET_UP)
            .await?
            .and_then(|it| serde_json::from_value::<OneTime>(it).ok());
        let left = kept
            .filter(|it| it.hash == digest(secret))
            .map(|it| it.expires - self.now().as_second());
        Ok(left
            .filter(|it| *it > 0)
            .and_then(|it| u32::try_from((it + 59) / 60).ok()))
    }

    /// Makes the first administrator and burns the link.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is not in force, [`Error::Invalid`] for a field.
    pub async fn set_up(&self, new: NewAdministrator) -> Result<Person> {
        let who = NewPerson::parse(&new.name, &new.email)?;
        password::check(&new.password, &[&who.name, &who.email])?;
        if self.set_up_minutes_left(&new.secret).await?.is_none() {
            return Err(Error::NotFound);
        }
        let hash = password::hash(self, new.password).await;
        self.store()
            .write(async |tx: &Tx| {
                // Asked again inside the transaction: of two people with the link, one wins.
                if self.minutes_left(tx, &new.secret).await?.is_none() {
                    return Err(Error::NotFound);
                }
                let person = self.person(&who, Some(hash), new.lang, true);
                people::insert(tx, &person).await?;
                settings::remove(tx, SET_UP).await?;
                self.audit_instance(tx, &person, "instance.set-up", &person.email)
                    .await?;
                Ok(person)
            })
            .await
    }

    fn person(&self, who: &NewPerson, hash: Option<String>, lang: Lang, is_admin: bool) -> Person {
        Person {
            id: PersonId::new(self.ids()),
            email: who.email.clone(),
            name: who.name.clone(),
            password_hash: hash,
            lang,
            theme: None,
            is_admin,
            created_at: self.now(),
            disabled_at: None,
        }
    }

    /// Makes somebody known without a password and returns the secret with which they choose one.
    pub(crate) async fn invite(&self, tx: &Tx, who: &NewPerson, is_admin: bool) -> Result<(PersonId, String)> {
        let person = self.person(who, None, Lang::default(), is_admin);
        people::insert(tx, &person).await?;
        let secret = self.one_time_link(tx, person.id).await?;
        Ok((person.id, secret))
    }

    async fn one_time_link(&self, tx: &Tx, person: PersonId) -> Result<String> {
        let secret = self.secret();
        let hash = digest(&secret);
        let kept = json!({ "person": person, "expires": self.now().as_second() + LINK_SECONDS });
        settings::set(tx, &OneTime::key(&hash), &kept).await?;
        Ok(secret)
    }

    /// A link with which `person` signs in once, without a password: what the demonstration prints.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub async fn sign_in_link(&self, person: PersonId) -> Result<String> {
        self.store()
            .write(async |tx: &Tx| self.one_time_link(tx, person).await)
            .await
    }

    /// Whom a one-time link is for; none when it was used or has expired.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn invited(&self, secret: &str) -> Result<Option<Person>> {
        let Some(kept) = settings::get(self.store(), &OneTime::key(&digest(secret))).await? else {
            return Ok(None);
        };
        let alive = kept["expires"].as_i64().is_some_and(|it| self.now().as_second() < it);
        let person = serde_json::from_value::<PersonId>(kept["person"].clone())
            .ok()
            .filter(|_| alive);
        match person {
            Some(id) => Ok(people::find(self.store(), id).await?),
            None => Ok(None),
        }
    }

    /// Burns a one-time link. False when it was gone: of two who use it at once, one wins.
    pub(crate) async fn burn(&self, tx: &Tx, secret: &str) -> Result<bool> {
        let key = OneTime::key(&digest(secret));
        let was_there = settings::get(tx, &key).await?.is_some();
        settings::remove(tx, &key).await?;
        Ok(was_there)
    }

    /// An invited person chooses a password; the link is burnt.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is not in force, [`Error::Invalid`] for a weak password.
    pub async fn accept_invitation(&self, secret: &str, chosen: String, lang: Lang) -> Result<Person> {
        let mut person = self.invited(secret).await?.ok_or(Error::NotFound)?;
        password::check(&chosen, &[&person.name, &person.email])?;
        person.password_hash = Some(password::hash(self, chosen).await);
        person.lang = lang;
        self.store()
            .write(async |tx: &Tx| {
                if !self.burn(tx, secret).await? {
                    return Err(Error::NotFound);
                }
                people::update(tx, &person).await?;
                self.audit_instance(tx, &person, "person.joined", &person.email).await
            })
            .await?;
        Ok(person)
    }

    /// Appends an event about the instance itself.
    pub(crate) async fn audit_instance(&self, tx: &Tx, actor: &Person, action: &str, subject: &str) -> Result<()> {
        let event = audit::NewEvent {
            id: EventId::new(self.ids()),
            engagement: None,
            at: self.now(),
            actor: Some(actor.id),
            actor_name: actor.name.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: json!({}),
        };
        audit::append(tx, event).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_checked_at_the_door() {
        let person = NewPerson::parse(" Inès Faure ", "Ines@Nord.Example.com").unwrap();
        assert_eq!(
            (person.name.as_str(), person.email.as_str()),
            ("Inès Faure", "ines@nord.example.com")
        );
        for email in ["", "ines", "@nord.example", "ines@", "i nes@nord.example", "a@b@c"] {
            assert!(NewPerson::parse("Inès", email).is_err(), "{email}");
        }
        assert!(NewPerson::parse("", "ines@nord.example").is_err());
    }
}
