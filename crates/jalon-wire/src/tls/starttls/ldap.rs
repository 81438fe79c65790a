//! LDAP: one extended operation (RFC 4511, 4.14). What is sent and read is the directory client's.

use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    Wish,
    dialogue::{Dialogue, Trouble, words},
};
use crate::ldap::starttls::{answer, length, request};

/// Result codes that say "not this, ever": protocolError, unavailableCriticalExtension, unwillingToPerform.
const NEVER: [i64; 3] = [2, 12, 53];

pub(super) async fn wish<S>(dialogue: &mut Dialogue<'_, S>) -> Result<Wish, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    dialogue.send(&request()).await?;
    let bytes = dialogue.piece(length).await?;
    let (code, text) = answer(&bytes).ok_or_else(|| Trouble::Foreign(crate::entry::excerpt(&bytes)))?;
    let said = words(&format!("{code} {text}"));
    match code {
        0 => Ok(Wish::Granted),
        code if NEVER.contains(&code) => Ok(Wish::Plain { said }),
        _ => Err(Trouble::TurnedAway(said)),
    }
}
