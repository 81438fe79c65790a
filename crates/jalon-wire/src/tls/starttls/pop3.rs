//! POP3: greeting, CAPA (RFC 2449, 5), STLS (RFC 2595, 4).

use tokio::io::{AsyncRead, AsyncWrite};

use super::{
    Wish,
    dialogue::{Dialogue, Trouble, foreign, words},
};

pub(super) async fn wish<S>(dialogue: &mut Dialogue<'_, S>) -> Result<Wish, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let greeting = dialogue.line().await?;
    if !is_consent(&greeting)? {
        return Err(Trouble::TurnedAway(words(&greeting)));
    }
    dialogue.say("CAPA").await?;
    let answer = dialogue.line().await?;
    // A server without CAPA may still know STLS: it is asked.
    let mut offers = None;
    if is_consent(&answer)? {
        offers = Some(false);
        loop {
            let line = dialogue.line().await?;
            if line == "." {
                break;
            }
            if line.trim_end().eq_ignore_ascii_case("STLS") {
                offers = Some(true);
            }
        }
    }
    if offers == Some(false) {
        dialogue.leave("QUIT").await;
        return Ok(Wish::Plain { said: String::new() });
    }
    dialogue.say("STLS").await?;
    let answer = dialogue.line().await?;
    if is_consent(&answer)? {
        return Ok(Wish::Granted);
    }
    dialogue.leave("QUIT").await;
    match offers {
        // It says that it can, and now that it cannot.
        Some(_) => Err(Trouble::TurnedAway(words(&answer))),
        None => Ok(Wish::Plain { said: words(&answer) }),
    }
}

fn is_consent(line: &str) -> Result<bool, Trouble> {
    match line.split(' ').next() {
        Some("+OK") => Ok(true),
        Some("-ERR") => Ok(false),
        _ => Err(foreign(line)),
    }
}
