//! DNS-013: the address of AD FS. The usual names are looked for, at the domain and above it. One farm serves every domain of an
//! organisation, so that none of them says little; one that leads nowhere says much.

use crate::{
    dns::{Facts, Question},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The names of Microsoft's own examples: `sts` in "External Domain Name System records", `fs` and `adfs` in "Deploying federation
/// servers" and "AD FS requirements".
const LABELS: [&str; 3] = ["sts", "adfs", "fs"];

/// One round a level: the names above are asked for only where nothing stands below.
pub(super) fn questions(facts: &Facts) -> Vec<Question> {
    let mut questions = Vec::new();
    for domain in levels(&facts.domain) {
        let level = || LABELS.iter().map(|it| format!("{it}.{domain}"));
        let is_known = level().all(|it| facts.knows(&Question::a(it)));
        questions.extend(level().flat_map(|it| facts.reaching(&it)));
        if !is_known || level().any(|it| is_there(facts, &it).unwrap_or(false)) {
            break;
        }
    }
    questions
}

fn levels(domain: &str) -> impl Iterator<Item = &str> {
    let parents = std::iter::successors(Some(domain), |it| it.split_once('.').map(|it| it.1));
    parents.filter(|it| it.contains('.')).take(3)
}

pub(super) fn judge(facts: &Facts, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let mut doubted = None;
    for domain in levels(&facts.domain) {
        for label in LABELS {
            match is_there(facts, &format!("{label}.{domain}")) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(it) => doubted = doubted.or(Some(it)),
            }
        }
    }
    if let Some(doubted) = doubted {
        return Err(doubted);
    }
    let names = LABELS.map(|it| facts.below(it));
    let dangling = names.iter().find(|it| leads_nowhere(facts, it));
    let name = dangling.unwrap_or(&names[0]).as_str();
    let key = if dangling.is_some() {
        "sign-in-dangling"
    } else {
        "sign-in-nowhere"
    };
    verdicts.complain(Complaint {
        rule: "DNS-013",
        key,
        subject: &facts.domain,
        attribute: Some("A"),
        observed: facts.chain(&Question::a(name)).join(" → "),
        expected: names[0].clone(),
        args: &[("names", names.join(", ").into()), ("name", name.into())],
        fix: Some(super::manual(&format!("{key}-remedy"), &[("name", name.into())])),
        ..Complaint::BLANK
    });
    Ok(())
}

/// Whether a name is an alias of something without an address: it was meant to be there.
fn leads_nowhere(facts: &Facts, name: &str) -> bool {
    facts
        .reach(name)
        .is_ok_and(|it| it.addresses.is_empty() && (it.is_circle || !it.chain.is_empty()))
}

fn is_there(facts: &Facts, name: &str) -> Result<bool, Doubted> {
    Ok(!facts.reach(name)?.addresses.is_empty())
}
