//! One data file from TOML, with messages that say where and what would be right.

use serde::de::DeserializeOwned;

use crate::{Fault, Problem};

/// Parses the `text` of the file `path`.
///
/// # Errors
/// A [`Problem`] with the line and the key.
pub(crate) fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|mut error| {
        let line = error.span().and_then(|it| line_of(text, it.start));
        let message = plainly(error.message());
        // Without the input the library names the key instead of drawing the line.
        error.set_input(None);
        let drawn = error.to_string();
        let key = drawn
            .lines()
            .last()
            .and_then(|it| it.strip_prefix("in `")?.strip_suffix('`'));
        Problem {
            file: path.to_owned(),
            line,
            key: key.unwrap_or_default().to_owned(),
            fault: Fault::Malformed(message),
        }
    })
}

/// The line, counted from 1, in which the byte at `place` stands.
fn line_of(text: &str, place: usize) -> Option<u32> {
    let before = text.bytes().take(place).filter(|it| *it == b'\n').count();
    u32::try_from(before + 1).ok()
}

/// The parser's message in the words of the other messages: what is wrong, then what would be right.
fn plainly(message: &str) -> String {
    let bare = |list: &str| {
        list.trim_start_matches("one of ")
            .replace('`', "")
            .replace(" or ", ", ")
    };
    let unknown = |kind: &str, message: &str| -> Option<String> {
        let (word, accepted) = message.strip_prefix(kind)?.split_once(", expected ")?;
        let key = if kind == "unknown field " { "the key " } else { "" };
        Some(format!("{key}{word} is unknown; accepted: {}", bare(accepted)))
    };
    let missing = || {
        Some(format!(
            "{} is missing; add it",
            message.strip_prefix("missing field ")?
        ))
    };
    unknown("unknown variant ", message)
        .or_else(|| unknown("unknown field ", message))
        .or_else(missing)
        .unwrap_or_else(|| message.lines().collect::<Vec<_>>().join(", "))
}
