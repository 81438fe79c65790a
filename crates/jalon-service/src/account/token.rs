//! API tokens: with them programs act in somebody's name. The secret is shown once; the database keeps its SHA-256.

use jalon_store::{Tx, people, tokens, tokens::Token};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::set_up::digest;
use crate::{Caller, Error, Result, app::App};

/// What every secret begins with, so that people and scanners of leaked secrets recognise one.
const PREFIX: &str = "jalon_";
/// Longest life, days: beyond it somebody must look again.
const LONGEST_DAYS: i64 = 366;
/// Tokens in force that one person may have.
const MOST: usize = 50;
/// A token is marked as used at most this often, seconds, so that reading does not write.
const SEEN_EVERY: i64 = 300;
/// How many hexadecimal digits of the hash name a token.
const ID: usize = 16;

/// A token to issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewToken {
    /// What it is for, 1 to 80 characters.
    pub name: String,
    /// Until when it holds, at most 366 days.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TokenView {
    /// What it is called by when it is taken back.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Since when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Until when it holds.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to within five minutes.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub last_used_at: Option<Timestamp>,
    /// When it was taken back.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub revoked_at: Option<Timestamp>,
}

/// A token that was just issued. No `Debug`: it holds the secret.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IssuedToken {
    /// The token.
    pub token: TokenView,
    /// Its secret, for `Authorization: Bearer`. Said this once; none in an answer that is given again.
    pub secret: Option<String>,
}

impl App {
    /// Issues a token that carries the caller's rights.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a name or an end that cannot be taken, [`Error::Conflict`] when the caller has too many.
    pub async fn issue_token(&self, caller: &Caller, new: &NewToken) -> Result<IssuedToken> {
        let now = self.now();
        let name = checked_name(&new.name)?;
        check_end(new.expires_at, now)?;
        let secret = format!("{PREFIX}{}", self.secret());
        let token = Token {
            hash: digest(&secret),
            person: caller.id(),
            name: name.to_owned(),
            created_at: now,
            expires_at: Some(new.expires_at),
            last_used_at: None,
            revoked_at: None,
        };
        self.store()
            .write(async |tx: &Tx| {
                let own = tokens::of_person(tx, caller.id()).await?;
                if own.iter().filter(|it| is_in_force(it, now)).count() >= MOST {
                    return Err(Error::conflict(
                        format!("you have {MOST} tokens: take one back first"),
                        format!("vous avez {MOST} jetons : révoquez-en un d’abord"),
                    ));
                }
                tokens::insert(tx, &token).await?;
                self.audit_instance(tx, &caller.person, "token.issued", name).await
            })
            .await?;
        Ok(IssuedToken {
            token: view(token),
            secret: Some(secret),
        })
    }

    /// The caller's tokens, the newest first, those no longer in force too.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn tokens(&self, caller: &Caller) -> Result<Vec<TokenView>> {
        Ok(tokens::of_person(self.store(), caller.id())
            .await?
            .into_iter()
            .map(view)
            .collect())
    }

    /// Takes one of the caller's tokens back. Taking it back again changes nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that is not theirs.
    pub async fn revoke_token(&self, caller: &Caller, id: &str) -> Result<()> {
        self.store()
            .write(async |tx: &Tx| {
                let own = tokens::of_person(tx, caller.id()).await?;
                let token = own.into_iter().find(|it| id_of(it) == id).ok_or(Error::NotFound)?;
                if token.revoked_at.is_none() {
                    tokens::revoke(tx, &token.hash, self.now()).await?;
                    self.audit_instance(tx, &caller.person, "token.revoked", &token.name)
                        .await?;
                }
                Ok(())
            })
            .await
    }

    /// In whose name a program acts that shows `secret`; none for a token that is not in force.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn bearer(&self, secret: &str) -> Result<Option<Caller>> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let now = self.now();
        let Some(token) = tokens::find(self.store(), &digest(secret))
            .await?
            .filter(|it| is_in_force(it, now))
        else {
            return Ok(None);
        };
        let person = people::find(self.store(), token.person)
            .await?
            .filter(|it| it.disabled_at.is_none());
        if person.is_some()
            && token
                .last_used_at
                .is_none_or(|it| now.as_second() - it.as_second() > SEEN_EVERY)
        {
            self.store()
                .write(async |tx: &Tx| -> Result<()> { Ok(tokens::touch(tx, &token.hash, now).await?) })
                .await?;
        }
        Ok(person.map(|person| Caller { person }))
    }
}

fn is_in_force(token: &Token, now: Timestamp) -> bool {
    token.revoked_at.is_none() && token.expires_at.is_none_or(|it| now < it)
}

/// The beginning of the hash: it leads back neither to the secret nor to another person's token.
fn id_of(token: &Token) -> &str {
    token.hash.get(..ID).unwrap_or(&token.hash)
}

fn view(token: Token) -> TokenView {
    TokenView {
        id: id_of(&token).to_owned(),
        name: token.name,
        created_at: token.created_at,
        expires_at: token.expires_at,
        last_used_at: token.last_used_at,
        revoked_at: token.revoked_at,
    }
}

fn checked_name(raw: &str) -> Result<&str> {
    let name = raw.trim();
    if (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control) {
        Ok(name)
    } else {
        Err(Error::invalid(
            "name",
            "say what it is for, in 1 to 80 characters",
            "dites à quoi il sert, en 1 à 80 caractères",
        ))
    }
}

fn check_end(end: Timestamp, now: Timestamp) -> Result<()> {
    let life = end.duration_since(now);
    if SignedDuration::ZERO < life && life <= SignedDuration::from_hours(24 * LONGEST_DAYS) {
        Ok(())
    } else {
        Err(Error::invalid(
            "expires_at",
            format!("a token ends in the future, {LONGEST_DAYS} days from now at the latest"),
            format!("un jeton se termine dans l’avenir, au plus tard dans {LONGEST_DAYS} jours"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_a_name_and_an_end_within_a_year() {
        assert_eq!(checked_name(" CI ").unwrap(), "CI");
        for name in ["", "  ", "a\nb", &"x".repeat(81)] {
            assert!(checked_name(name).is_err(), "{name:?}");
        }
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let check = |end: &str, fits: bool| assert_eq!(check_end(end.parse().unwrap(), now).is_ok(), fits, "{end}");
        check("2026-11-20T12:00:00Z", false);
        check("2026-11-20T12:00:01Z", true);
        check("2027-11-21T12:00:00Z", true);
        check("2027-11-21T12:00:01Z", false);
    }
}
