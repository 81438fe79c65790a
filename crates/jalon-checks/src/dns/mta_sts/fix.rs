//! What to publish: the whole policy, and the record whose id makes senders read it again.

use jalon_domain::{
    finding::Fix,
    text::{Lang, Text},
};
use sha2::{Digest, Sha256};

use super::{
    SHEET,
    policy::{Mode, Policy},
    serve,
};
use crate::{
    dns::{
        Case, Facts,
        facts::Held,
        mail,
        zone::{self, Line},
    },
    doubt::Doubted,
};

/// For how long a policy is remembered, where none says it: a week, as RFC 8461 has in its examples.
const USUAL_AGE: u32 = 604_800;

/// The whole policy in that mode, with the mail servers of today beside the patterns that still match one, and its
/// record; none where the domain has no mail server that could stand in it.
///
/// # Errors
/// When nobody knows the mail servers.
pub(super) fn policy(case: &Case<'_>, mode: Mode, old: &Policy) -> Result<Option<Fix>, Doubted> {
    let facts = case.facts;
    let Some(file) = file(facts, mode, old)? else {
        return Ok(None);
    };
    let url = serve::url(facts);
    let record = Line::txt(&facts.below("_mta-sts"), &record_text(&file));
    let told = SHEET.text("publish", &[("url", url.into())]);
    let whole = |lang| {
        format!(
            "{}\n\n{file}\n{}\n\n{record}\n",
            told.get(lang),
            SHEET.text("then", &[]).get(lang)
        )
    };
    let steps = Text::new(whole(Lang::En), whole(Lang::Fr));
    Ok(Some(Fix::by_hand(steps)))
}

fn file(facts: &Facts, mode: Mode, old: &Policy) -> Result<Option<String>, Doubted> {
    let hosts = mail::hosts(facts)?;
    if hosts.is_empty() {
        return Ok(None);
    }
    let mut names: Vec<&str> = Vec::new();
    let used = |pattern: &&String| {
        let alone = Policy {
            patterns: vec![(*pattern).clone()],
            ..Policy::default()
        };
        hosts.iter().any(|it| alone.covers(it.host))
    };
    names.extend(old.patterns.iter().filter(used).map(String::as_str));
    names.extend(hosts.iter().map(|it| it.host).filter(|it| !old.covers(it)));
    names.dedup();
    let age = old.max_age.unwrap_or(USUAL_AGE);
    let lines: String = names.iter().map(|it| format!("mx: {it}\n")).collect();
    Ok(Some(format!(
        "version: STSv1\nmode: {}\n{lines}max_age: {age}\n",
        mode.word()
    )))
}

/// The record for a policy. Its id follows from the policy: it changes when that does, and only then.
fn record_text(file: &str) -> String {
    let digest = hex::encode(Sha256::digest(file.as_bytes()));
    format!("v=STSv1; id={};", &digest[..16])
}

/// The record alone, in place of those that are there. Where the policy cannot be known, its id is made from theirs.
pub(super) fn record(case: &Case<'_>, old: &[Held<'_, str>]) -> Fix {
    let facts = case.facts;
    let served = serve::served(facts).ok().filter(|it| !it.differ());
    let seed = match served.as_ref().and_then(|it| it.got.first()) {
        Some(it) => it.text.to_owned(),
        None => old.iter().map(|it| it.value).collect(),
    };
    // Behind an alias, the record stands where that leads.
    let name = old
        .first()
        .map_or_else(|| facts.below("_mta-sts"), |it| it.record.name.clone());
    let removed: Vec<Line> = old.iter().map(|it| Line::of(&name, it.record)).collect();
    zone::fix(&[Line::txt(&name, &record_text(&seed))], &removed)
}
