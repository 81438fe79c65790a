//! A file of suppressions: TOML, each `[[suppress]]` checked while it is read, so that a mistake is found with its line
//! before anything is measured.

use jalon_domain::{
    ids::RuleId,
    text::{Text, Value},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Glob, M, Suppression};
use crate::check;

/// How far ahead a suppression may end, in years.
const LONGEST: i8 = 2;

/// Why a file of suppressions cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", what.en)]
pub struct Malformed {
    /// Where, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    suppress: Vec<Spanned<Raw>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    rule: Spanned<String>,
    dn: Spanned<String>,
    attribute: Option<String>,
    value: Option<String>,
    reason: Spanned<String>,
    until: Option<Spanned<Datetime>>,
}

/// A mistake and where in the text it begins.
type Wrong = (usize, Text);

/// Reads the suppressions of the file called `name`; `today` decides how far ahead they may end.
pub(super) fn read(name: &str, text: &str, today: Date) -> Result<Vec<Suppression>, Malformed> {
    let file: File =
        toml::from_str(text).map_err(|it| malformed(text, (it.span().map_or(0, |it| it.start), said(&it))))?;
    let one = |raw: Spanned<Raw>| {
        let at = raw.span().start;
        let line = line(text, at);
        suppression(name, line, at, raw.into_inner(), today).map_err(|it| malformed(text, it))
    };
    file.suppress.into_iter().map(one).collect()
}

fn suppression(name: &str, line: usize, at: usize, raw: Raw, today: Date) -> Result<Suppression, Wrong> {
    let rule = rule(&raw.rule)?;
    if raw.dn.as_ref().trim().is_empty() {
        return Err((raw.dn.span().start, M.text("no-dn", &[])));
    }
    if raw.reason.as_ref().trim().is_empty() {
        return Err((raw.reason.span().start, M.text("no-reason", &[])));
    }
    Ok(Suppression {
        file: name.to_owned(),
        line,
        rule,
        dn: Glob::new(raw.dn.as_ref()),
        attribute: raw.attribute,
        value: raw.value.as_deref().map(Glob::new),
        reason: raw.reason.into_inner(),
        until: until(raw.until, at, today)?,
    })
}

/// The rule; none for all of them.
fn rule(raw: &Spanned<String>) -> Result<Option<RuleId>, Wrong> {
    let word = raw.as_ref().as_str();
    if word == "*" {
        return Ok(None);
    }
    let known = RuleId::parse(word).ok().filter(|it| check::rule(it).is_some());
    known
        .map(Some)
        .ok_or_else(|| (raw.span().start, M.text("no-such-rule", &[("rule", word.into())])))
}

/// The last day. Without one, or with one that nobody will see, something would be accepted for good.
fn until(raw: Option<Spanned<Datetime>>, at: usize, today: Date) -> Result<Date, Wrong> {
    let Some(raw) = raw else {
        return Err((at, M.text("no-end", &[])));
    };
    let at = raw.span().start;
    let Some(until) = day(raw.as_ref()) else {
        return Err((at, M.text("no-day", &[])));
    };
    let latest = today.saturating_add(LONGEST.years());
    if until > latest {
        let args: [(&str, Value<'_>); 1] = [("latest", latest.to_string().into())];
        return Err((at, M.text("too-far", &args)));
    }
    Ok(until)
}

/// A date alone: an hour would ask for a time zone, and nobody accepts something until five o'clock.
fn day(raw: &Datetime) -> Option<Date> {
    let Datetime {
        date: Some(it),
        time: None,
        offset: None,
    } = raw
    else {
        return None;
    };
    let (year, month, day) = (
        it.year.try_into().ok()?,
        it.month.try_into().ok()?,
        it.day.try_into().ok()?,
    );
    Date::new(year, month, day).ok().filter(|it| *it >= date(1970, 1, 1))
}

/// TOML's own message, which is in English and several lines long.
fn said(error: &toml::de::Error) -> Text {
    Text::same(error.message().lines().collect::<Vec<_>>().join("; "))
}

fn malformed(text: &str, (at, what): Wrong) -> Malformed {
    Malformed {
        line: line(text, at),
        what,
    }
}

fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|it| *it == b'\n').count()
}
