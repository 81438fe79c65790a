//! MTASTS-01 and 02: the record at `_mta-sts`, exactly one and well-formed (RFC 8461, section 3.1).

use jalon_domain::text::Text;

use super::{SHEET, fix};
use crate::{
    dns::{Case, Facts, facts::Held},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// How a record begins that senders look at.
const VERSION: &str = "v=STSv1;";
/// The longest id.
const LONGEST_ID: usize = 32;

/// The texts that announce a policy, or were meant to.
///
/// # Errors
/// When nobody said what is there.
pub(super) fn announced(facts: &Facts) -> Result<Vec<Held<'_, str>>, Doubted> {
    let mut texts = facts.texts(&facts.below("_mta-sts"))?;
    texts.retain(|it| is_meant(it.value));
    Ok(texts)
}

/// Whether somebody wanted to announce a policy: the version, whatever its case and what stands around it.
fn is_meant(text: &str) -> bool {
    let plain: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    plain.to_ascii_lowercase().starts_with("v=stsv")
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Version,
    NoId,
    BadId,
    SecondId,
    BadField,
}

impl Problem {
    fn text(self) -> Text {
        let key = match self {
            Self::Version => "record-version",
            Self::NoId => "record-no-id",
            Self::BadId => "record-bad-id",
            Self::SecondId => "record-second-id",
            Self::BadField => "record-bad-field",
        };
        SHEET.text(key, &[])
    }
}

/// What is wrong with a record, the heaviest first; nothing when senders can use it.
pub(super) fn problem(text: &str) -> Option<Problem> {
    if !text.starts_with(VERSION) {
        return Some(Problem::Version);
    }
    let is_space = |it: char| it == ' ' || it == '\t';
    let mut fields: Vec<&str> = text.split(';').skip(1).map(|it| it.trim_matches(is_space)).collect();
    if fields.last() == Some(&"") {
        fields.pop();
    }
    let mut ids = 0;
    for field in fields {
        match field.split_once('=') {
            Some(("id", id)) if is_id(id) => ids += 1,
            Some(("id", _)) => return Some(Problem::BadId),
            Some((name, value)) if is_name(name) && is_value(value) => {}
            _ => return Some(Problem::BadField),
        }
    }
    match ids {
        0 => Some(Problem::NoId),
        1 => None,
        _ => Some(Problem::SecondId),
    }
}

fn is_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// Letters and digits, then also `_`, `-` and `.`; 32 at most.
pub(super) fn is_name(name: &str) -> bool {
    let begins = name.bytes().next().is_some_and(|it| it.is_ascii_alphanumeric());
    begins
        && name.len() <= 32
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"_-.".contains(&it))
}

fn is_value(value: &str) -> bool {
    !value.is_empty()
        && value
            .bytes()
            .all(|it| it.is_ascii_graphic() && it != b'=' && it != b';')
}

pub(super) fn judge_number(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let all = announced(case.facts)?;
    let used: Vec<_> = all.iter().filter(|it| it.value.starts_with(VERSION)).collect();
    let [_, _, ..] = used[..] else { return Ok(()) };
    let shown: Vec<&str> = used.iter().map(|it| it.value).collect();
    verdicts.complain(Complaint {
        rule: "MTASTS-01",
        key: "records-several",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: shown.join("\n"),
        args: &[("count", used.len().into())],
        fix: Some(fix::record(case, &all)),
        ..Complaint::BLANK
    });
    Ok(())
}

pub(super) fn judge_form(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let all = announced(case.facts)?;
    // Of several records one is to stay, and it is written anew: MTASTS-01.
    if all.iter().filter(|it| it.value.starts_with(VERSION)).count() > 1 {
        verdicts.not_applicable("MTASTS-02", SHEET.text("see-number", &[]));
        return Ok(());
    }
    // A text that senders pass over does no harm beside one that they use.
    let used: Vec<_> = all.iter().filter(|it| problem(it.value).is_none()).collect();
    if !used.is_empty() {
        return Ok(());
    }
    let Some((held, problem)) = all.iter().find_map(|it| Some((it, problem(it.value)?))) else {
        return Ok(());
    };
    verdicts.complain(Complaint {
        rule: "MTASTS-02",
        key: "record-malformed",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: held.value.to_owned(),
        expected: "v=STSv1; id=…;".to_owned(),
        phrases: &[("why", problem.text())],
        fix: Some(fix::record(case, &all)),
        ..Complaint::BLANK
    });
    Ok(())
}
