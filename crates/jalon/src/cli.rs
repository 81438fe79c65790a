//! The words of the command line: what every command shares. Each command describes its own in its file.

use std::{str::FromStr, time::Duration};

use clap::{
    CommandFactory, FromArgMatches, Parser,
    builder::{PossibleValuesParser, TypedValueParser},
};
use jalon_domain::text::Lang;
use jiff::SignedDuration;

use crate::{command::Command, text, translate};

/// Every responsibility of a Microsoft 365 onboarding has an owner, a proof and an expiry.
///
/// Exit codes: 0 everything passes or is not applicable; 1 at least one finding at or above --fail-on; 2 usage,
/// configuration or unreadable input; 3 nothing failed but something was inconclusive.
#[derive(Parser)]
#[command(
    name = "jalon",
    version,
    max_term_width = 110,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// The language: fr or en [default: JALON_LANG, else the locale's, else en]
    #[arg(long, global = true, value_name = "fr|en")]
    lang: Option<Lang>,
    /// Only print results: no remarks, no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// The language to speak.
    pub(crate) fn lang(&self) -> Lang {
        text::spoken(self.lang)
    }
}

/// Reads the command line. Help is printed and usage errors end the program here, as clap does: codes 0 and 2.
pub(crate) fn read() -> Cli {
    let words = std::env::args_os().map(|it| it.to_string_lossy().into_owned());
    let lang = text::spoken(text::asked(words));
    let matches = command(lang).get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// The whole command line in one language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    translate::speaking(Cli::command(), lang)
}

/// One of a closed list of words.
pub(crate) fn word<T>(words: impl IntoIterator<Item = &'static str>) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|it| it.parse::<T>())
}

/// `3s`, `500ms`: between 10 milliseconds and five minutes.
pub(crate) fn patience(raw: &str) -> Result<Duration, String> {
    let span = raw
        .parse::<SignedDuration>()
        .ok()
        .and_then(|it| Duration::try_from(it).ok());
    span.filter(|it| (Duration::from_millis(10)..=Duration::from_secs(300)).contains(it))
        .ok_or_else(|| "expected between 10ms and 5m, such as 3s".to_owned())
}

/// A DKIM selector: labels of a name (RFC 6376, section 3.1).
pub(crate) fn selector(raw: &str) -> Result<String, String> {
    let is_label = |it: &str| {
        (1..=63).contains(&it.len())
            && it
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    let name = raw.to_ascii_lowercase();
    if name.len() <= 128 && name.split('.').all(is_label) {
        Ok(name)
    } else {
        Err("expected a selector alone, such as news2026".to_owned())
    }
}

/// An address with a port, 53 when none is typed.
pub(crate) fn resolver(raw: &str) -> Result<std::net::SocketAddr, String> {
    let plain = raw.trim_matches(['[', ']']);
    raw.parse()
        .or_else(|_| plain.parse::<std::net::IpAddr>().map(|it| (it, 53).into()))
        .map_err(|_| "expected IP or IP:PORT, such as 192.0.2.53 or [2001:db8::53]:5353".to_owned())
}
