//! Sign-in, sessions, sign-out, preferences. The browser keeps a secret, the database only its SHA-256.

use jalon_domain::text::Lang;
use jalon_store::{Tx, attempts, people, people::Person, sessions, sessions::Session};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::{password, set_up::digest};
use crate::{Caller, Error, Result, app::App};

/// Wrong passwords allowed for one address within the window.
const TRIES: u64 = 5;
/// Wrong passwords allowed from one network address within the window.
const TRIES_FROM: u64 = 30;
/// The window, seconds.
const WINDOW: i64 = 900;
/// A session is marked as seen at most this often, seconds, so that reading pages does not write.
const SEEN_EVERY: i64 = 300;

/// What the sign-in form says.
#[derive(Clone, Deserialize)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The network address of the browser, for the throttle.
    #[serde(skip)]
    pub from: String,
    /// What the browser calls itself.
    #[serde(skip)]
    pub user_agent: String,
}

/// A session that was opened.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret for the cookie: never stored.
    pub secret: String,
    /// Who.
    pub person: Person,
}

impl App {
    /// Opens a session.
    ///
    /// # Errors
    /// [`Error::Throttled`] after too many tries, [`Error::WrongPassword`] for a wrong address or password, never telling
    /// which.
    pub async fn sign_in(&self, it: SignIn) -> Result<SignedIn> {
        let email = it.email.trim().to_lowercase();
        let keys = [
            (format!("person:{email}"), TRIES),
            (format!("from:{}", it.from), TRIES_FROM),
        ];
        let since = self.now().saturating_sub(WINDOW.seconds()).unwrap_or(Timestamp::MIN);
        let mut left = TRIES;
        for (key, most) in &keys {
            let used = attempts::count_since(self.store(), key, since).await?;
            if used >= *most {
                return Err(Error::Throttled {
                    retry_after: WINDOW.unsigned_abs(),
                });
            }
            left = left.min(most - used - 1);
        }
        let known = people::find_by_email(self.store(), &email)
            .await?
            .filter(|it| it.disabled_at.is_none());
        let hash = known.as_ref().and_then(|it| it.password_hash.clone());
        if password::verify(it.password, hash).await
            && let Some(person) = known
        {
            return self.open_session(person, it.user_agent, Some(&keys[0].0)).await;
        }
        let now = self.now();
        self.store()
            .write(async |tx: &Tx| -> Result<()> {
                for (key, _) in &keys {
                    attempts::record(tx, key, now).await?;
                }
                attempts::prune(tx, since).await?;
                Ok(())
            })
            .await?;
        Err(Error::WrongPassword {
            tries_left: left,
            pause: WINDOW.unsigned_abs(),
        })
    }

    /// Opens a session for somebody who has proven who they are.
    pub(crate) async fn open_session(
        &self,
        person: Person,
        user_agent: String,
        attempts_key: Option<&str>,
    ) -> Result<SignedIn> {
        let secret = self.secret();
        let now = self.now();
        let idle = i64::try_from(self.settings().session_idle.as_secs()).unwrap_or(i64::MAX / 2);
        let session = Session {
            token_hash: digest(&secret),
            person: person.id,
            csrf: self.secret(),
            created_at: now,
            seen_at: now,
            expires_at: now.saturating_add(idle.seconds()).unwrap_or(Timestamp::MAX),
            user_agent: Some(user_agent.chars().take(200).collect()),
        };
        self.store()
            .write(async |tx: &Tx| {
                sessions::delete_expired(tx, now).await?;
                sessions::insert(tx, &session).await?;
                if let Some(key) = attempts_key {
                    attempts::clear(tx, key).await?;
                }
                self.audit_instance(tx, &person, "person.signed-in", &person.email)
                    .await
            })
            .await?;
        Ok(SignedIn { secret, person })
    }

    /// Opens a session from a one-time sign-in link and burns it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a link that is not in force.
    pub async fn sign_in_once(&self, link: &str, user_agent: String) -> Result<SignedIn> {
        let person = self.invited(link).await?.ok_or(Error::NotFound)?;
        if !self.store().write(async |tx: &Tx| self.burn(tx, link).await).await? {
            return Err(Error::NotFound);
        }
        self.open_session(person, user_agent, None).await
    }

    /// Opens a session for somebody who just chose a password.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub async fn welcome(&self, person: Person, user_agent: String) -> Result<SignedIn> {
        self.open_session(person, user_agent, None).await
    }

    /// Who a session's secret belongs to, with the session; none when it has ended.
    ///
    /// # Errors
    /// When the store cannot say.
    pub async fn session(&self, secret: &str) -> Result<Option<(Caller, Session)>> {
        let now = self.now();
        let Some(session) = sessions::find(self.store(), &digest(secret))
            .await?
            .filter(|it| now < it.expires_at)
        else {
            return Ok(None);
        };
        let person = people::find(self.store(), session.person)
            .await?
            .filter(|it| it.disabled_at.is_none());
        if person.is_some() && now.as_second() - session.seen_at.as_second() > SEEN_EVERY {
            let idle = i64::try_from(self.settings().session_idle.as_secs()).unwrap_or(i64::MAX / 2);
            let until = now.saturating_add(idle.seconds()).unwrap_or(Timestamp::MAX);
            let touched =
                async |tx: &Tx| -> Result<()> { Ok(sessions::touch(tx, &session.token_hash, now, until).await?) };
            self.store().write(touched).await?;
        }
        Ok(person.map(|person| (Caller { person }, session)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store cannot.
    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        self.store()
            .write(async |tx: &Tx| -> Result<()> { Ok(sessions::delete(tx, &digest(secret)).await?) })
            .await
    }

    /// Keeps the caller's language and theme.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a theme that does not exist.
    pub async fn set_preferences(&self, caller: &Caller, lang: Option<Lang>, theme: Option<&str>) -> Result<()> {
        let mut person = caller.person.clone();
        if let Some(lang) = lang {
            person.lang = lang;
        }
        match theme {
            None => {}
            Some("auto") => person.theme = None,
            Some(it @ ("light" | "dark")) => person.theme = Some(it.to_owned()),
            Some(_) => {
                return Err(Error::invalid(
                    "theme",
                    "use light, dark or auto",
                    "utilisez light, dark ou auto",
                ));
            }
        }
        self.store()
            .write(async |tx: &Tx| -> Result<()> { Ok(people::update(tx, &person).await?) })
            .await
    }
}
