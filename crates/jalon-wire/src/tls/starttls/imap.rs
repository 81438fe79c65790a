//! IMAP: greeting, CAPABILITY, STARTTLS (RFC 9051, 6.1.1, 6.2.1 and 7.1).

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
    match word(&greeting, 0).as_str() {
        "*" => {}
        _ => return Err(foreign(&greeting)),
    }
    match word(&greeting, 1).as_str() {
        "OK" => {}
        // Who is signed in already cannot ask for TLS any more.
        "PREAUTH" => return Ok(Wish::Plain { said: words(&greeting) }),
        "BYE" => return Err(Trouble::TurnedAway(words(&greeting))),
        _ => return Err(foreign(&greeting)),
    }
    let (answer, capabilities) = command(dialogue, "a1", "CAPABILITY").await?;
    let offers = capabilities.iter().filter(|it| word(it, 1) == "CAPABILITY").any(|it| {
        it.split_ascii_whitespace()
            .any(|it| it.eq_ignore_ascii_case("STARTTLS"))
    });
    let wish = match word(&answer, 1).as_str() {
        "OK" if offers => start(dialogue).await,
        "OK" => Ok(Wish::Plain { said: String::new() }),
        _ => Err(Trouble::TurnedAway(words(&answer))),
    };
    if !matches!(wish, Ok(Wish::Granted)) {
        dialogue.leave("a3 LOGOUT").await;
    }
    wish
}

async fn start<S>(dialogue: &mut Dialogue<'_, S>) -> Result<Wish, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (answer, _) = command(dialogue, "a2", "STARTTLS").await?;
    match word(&answer, 1).as_str() {
        "OK" => Ok(Wish::Granted),
        "BAD" => Ok(Wish::Plain { said: words(&answer) }),
        _ => Err(Trouble::TurnedAway(words(&answer))),
    }
}

/// The line that ends the command, and what came before it.
async fn command<S>(dialogue: &mut Dialogue<'_, S>, tag: &str, command: &str) -> Result<(String, Vec<String>), Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    dialogue.say(&format!("{tag} {command}")).await?;
    let mut before = Vec::new();
    loop {
        let line = dialogue.line().await?;
        match word(&line, 0) {
            it if it == tag.to_ascii_uppercase() => return Ok((line, before)),
            it if it == "*" && word(&line, 1) == "BYE" => return Err(Trouble::TurnedAway(words(&line))),
            it if it == "*" => before.push(line),
            _ => return Err(foreign(&line)),
        }
    }
}

fn word(line: &str, place: usize) -> String {
    let word = line.split(' ').nth(place).unwrap_or_default();
    word.to_ascii_uppercase()
}
