//! A policy (RFC 8461, section 3.2): lines of keys and values, read whole, with everything that is wrong in them.

use jalon_domain::text::Text;
use jalon_wire::dns::canonical;

use super::{SHEET, record::is_name};

/// A year, about: the longest that a policy may be remembered.
const LONGEST_AGE: u32 = 31_557_600;

/// What senders do when a mail server does not prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They keep the mail.
    Enforce,
    /// They report.
    Testing,
    /// Nothing: there is no policy any more.
    None,
}

impl Mode {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }

    fn read(word: &str) -> Option<Self> {
        [Self::Enforce, Self::Testing, Self::None]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

/// What a policy says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) mode: Option<Mode>,
    /// For how long it may be remembered, in seconds.
    pub(super) max_age: Option<u32>,
    /// The hosts, in lower case, perhaps with a wildcard for the first label.
    pub(super) patterns: Vec<String>,
    /// What is wrong with it, as written.
    pub(super) problems: Vec<Problem>,
}

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// No line says `version: STSv1`.
    Version,
    NoMode,
    BadMode(String),
    NoAge,
    BadAge(String),
    /// No mail server is named, though the mode asks for some.
    NoHosts,
    BadHost(String),
    /// A line that is no key with a value.
    BadLine(usize),
}

impl Problem {
    pub(super) fn text(&self) -> Text {
        let (key, value) = match self {
            Self::Version => ("bad-version", ""),
            Self::NoMode => ("missing-mode", ""),
            Self::BadMode(it) => ("bad-mode", it.as_str()),
            Self::NoAge => ("missing-age", ""),
            Self::BadAge(it) => ("bad-age", it.as_str()),
            Self::NoHosts => ("missing-hosts", ""),
            Self::BadHost(it) => ("bad-host", it.as_str()),
            Self::BadLine(line) => return SHEET.text("bad-line", &[("line", (*line).into())]),
        };
        SHEET.text(key, &[("value", value.into())])
    }
}

impl Policy {
    /// Whether senders do the same with both.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let sorted = |it: &Self| {
            let mut patterns = it.patterns.clone();
            patterns.sort_unstable();
            patterns.dedup();
            patterns
        };
        (self.mode, self.max_age, self.problems.is_empty()) == (other.mode, other.max_age, other.problems.is_empty())
            && sorted(self) == sorted(other)
    }

    /// Reads a policy. Lines end with LF or CRLF, unknown keys are passed over, and of a key that stands twice the first
    /// counts.
    pub(super) fn read(text: &str) -> Self {
        let mut policy = Self::default();
        let mut version = None;
        let (mut mode, mut age) = (None, None);
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_end_matches([' ', '\t']);
            if line.is_empty() {
                continue;
            }
            let Some((key, value)) = line.split_once(':').filter(|it| is_name(it.0)) else {
                policy.problems.push(Problem::BadLine(number));
                continue;
            };
            let value = value.trim_start_matches([' ', '\t']);
            match key {
                "version" => drop(version.get_or_insert(value)),
                "mode" => drop(mode.get_or_insert(value)),
                "max_age" => drop(age.get_or_insert(value)),
                "mx" => policy.name(value),
                _ => {}
            }
        }
        if version != Some("STSv1") {
            policy.problems.insert(0, Problem::Version);
        }
        policy.mode = mode.and_then(Mode::read);
        match (mode, policy.mode) {
            (None, _) => policy.problems.push(Problem::NoMode),
            (Some(word), None) => policy.problems.push(Problem::BadMode(shown(word))),
            _ => {}
        }
        policy.max_age = age.and_then(seconds);
        match (age, policy.max_age) {
            (None, _) => policy.problems.push(Problem::NoAge),
            (Some(word), None) => policy.problems.push(Problem::BadAge(shown(word))),
            _ => {}
        }
        let wants_hosts = matches!(policy.mode, Some(Mode::Enforce | Mode::Testing));
        let names_none =
            policy.patterns.is_empty() && !policy.problems.iter().any(|it| matches!(it, Problem::BadHost(_)));
        if wants_hosts && names_none {
            policy.problems.push(Problem::NoHosts);
        }
        policy
    }

    fn name(&mut self, value: &str) {
        let bare = value.strip_prefix("*.").unwrap_or(value);
        let is_host = bare.bytes().all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it));
        match canonical(bare) {
            Ok(host) if is_host && !bare.is_empty() => {
                let wildcard = if bare == value { "" } else { "*." };
                self.patterns.push(format!("{wildcard}{host}"));
            }
            _ => self.problems.push(Problem::BadHost(shown(value))),
        }
    }

    /// Whether a mail server stands in it: by its name, or below a wildcard that stands for exactly one label
    /// (RFC 8461, section 4.1).
    pub(super) fn covers(&self, host: &str) -> bool {
        self.patterns.iter().any(|it| matches(it, host))
    }
}

fn matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(parent) => host
            .split_once('.')
            .is_some_and(|(first, rest)| !first.is_empty() && rest == parent),
        None => pattern == host,
    }
}

/// One to ten digits.
fn seconds(word: &str) -> Option<u32> {
    let is_number = (1..=10).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_digit());
    let seconds: u64 = word.parse().ok().filter(|_| is_number)?;
    u32::try_from(seconds).ok().filter(|it| *it <= LONGEST_AGE)
}

/// What somebody wrote, short and safe to print.
fn shown(word: &str) -> String {
    let safe = |it: char| {
        if it.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            it
        }
    };
    word.chars().take(60).map(safe).collect()
}
