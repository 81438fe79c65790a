//! Doing something once: a request that carries a key is done the first time, and answered the same way when it is
//! repeated (`Idempotency-Key`, draft-ietf-httpapi-idempotency-key-header). What the answer holds is the door's business.
//!
//! A key is taken in the store before the work begins, so that of two repetitions that arrive at once, on whichever
//! server, one works. Work that fails has changed nothing and lets the key be used again.

use jalon_domain::ids::PersonId;
use jalon_store::{StoreError, Tx, idempotency};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Caller, Error, Result, account::digest, app::App};

/// How long an answer is given again, hours.
const KEPT_HOURS: i64 = 24;
/// How often work under one key may fail.
const ATTEMPTS: u32 = 10;
/// Longest key, characters.
const LONGEST: usize = 255;
/// From this status on (RFC 9110, section 15.5) nothing was done.
const FAILED: u16 = 400;
/// The status of work that has begun: "processing" (RFC 2518, section 10.1).
const BEGUN: u16 = 102;

/// An answer, to be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// What the door needs to give it again. Kept in the clear: it must hold no secret.
    pub told: Value,
}

/// How a request with a key goes on.
#[derive(Debug)]
pub enum Turn {
    /// It is the first: do it, then say how it ended with [`App::end_once`].
    Yours(Ticket),
    /// It was done: this was the answer.
    Done(Answer),
}

/// The right to do what a key stands for.
#[derive(Debug)]
pub struct Ticket {
    person: PersonId,
    key: String,
    attempt: u32,
    request: String,
}

/// What is kept of an answer.
#[derive(Serialize, Deserialize)]
struct Kept {
    request: String,
    told: Value,
}

impl Ticket {
    fn row(&self, moment: &str) -> String {
        row(&self.key, self.attempt, moment)
    }
}

/// Every attempt has a row when it begins and one when it has ended.
fn row(key: &str, attempt: u32, moment: &str) -> String {
    format!("{key}:{attempt}:{moment}")
}

const BEGINS: &str = "begins";
const ENDS: &str = "ends";

impl App {
    /// Takes `key` for `request`, which stands for everything that is asked (a hash of it), or finds what was answered.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a key that is too long, or was used for another request; [`Error::Conflict`] while the
    /// first request has not ended.
    pub async fn begin_once(&self, caller: &Caller, key: &str, request: &str) -> Result<Turn> {
        let key = digest(checked(key)?);
        let (now, person) = (self.now(), caller.id());
        let old = now.saturating_sub(KEPT_HOURS.hours()).unwrap_or(now);
        self.store()
            .write(async |tx: &Tx| {
                idempotency::prune(tx, old).await?;
                for attempt in 0..ATTEMPTS {
                    match idempotency::find(tx, person, &row(&key, attempt, ENDS)).await? {
                        Some((FAILED.., _)) => {}
                        Some((status, body)) => return again(status, &body, request).map(Turn::Done),
                        None => {
                            let ticket = Ticket {
                                person,
                                key,
                                attempt,
                                request: request.to_owned(),
                            };
                            return take(tx, ticket, now).await;
                        }
                    }
                }
                Err(used_up())
            })
            .await
    }

    /// Keeps how the work of `ticket` ended; with a status from 400 on, the key may be used again.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub async fn end_once(&self, ticket: Ticket, answer: Answer) -> Result<()> {
        let (row, now) = (ticket.row(ENDS), self.now());
        let kept = Kept {
            request: ticket.request,
            told: answer.told,
        };
        let body = serde_json::to_string(&kept).map_err(|it| StoreError::Broken(it.to_string()))?;
        self.store()
            .write(async |tx: &Tx| -> Result<()> {
                Ok(idempotency::remember(tx, ticket.person, &row, answer.status, &body, now).await?)
            })
            .await
    }
}

/// Takes the key for one attempt: the row is there once, whoever comes at the same time.
async fn take(tx: &Tx, ticket: Ticket, now: Timestamp) -> Result<Turn> {
    let row = ticket.row(BEGINS);
    match idempotency::remember(tx, ticket.person, &row, BEGUN, &ticket.request, now).await {
        Ok(()) => Ok(Turn::Yours(ticket)),
        Err(StoreError::Conflict) => Err(under_way()),
        Err(error) => Err(error.into()),
    }
}

fn checked(key: &str) -> Result<&str> {
    if (1..=LONGEST).contains(&key.chars().count()) {
        Ok(key)
    } else {
        Err(Error::invalid(
            "Idempotency-Key",
            format!("use 1 to {LONGEST} characters, such as a UUID"),
            format!("utilisez 1 à {LONGEST} caractères, par exemple un UUID"),
        ))
    }
}

fn again(status: u16, body: &str, request: &str) -> Result<Answer> {
    let kept: Kept = serde_json::from_str(body).map_err(|it| StoreError::Broken(it.to_string()))?;
    if kept.request == request {
        return Ok(Answer {
            status,
            told: kept.told,
        });
    }
    Err(Error::invalid(
        "Idempotency-Key",
        "this key was used for another request: use a new one for each thing to do",
        "cette clé a servi pour une autre requête : utilisez-en une nouvelle pour chaque chose à faire",
    ))
}

fn under_way() -> Error {
    Error::conflict(
        "the first request with this key has not ended: wait, or look at what it did",
        "la première requête avec cette clé n’est pas terminée : attendez, ou regardez ce qu’elle a fait",
    )
}

fn used_up() -> Error {
    Error::conflict(
        "requests with this key have failed too often: use a new one",
        "les requêtes avec cette clé ont échoué trop souvent : utilisez-en une nouvelle",
    )
}
