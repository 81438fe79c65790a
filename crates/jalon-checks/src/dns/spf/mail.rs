//! What the record has to say because of where mail goes: SPF-23, 24. And where an explanation is: SPF-17.

use jalon_domain::profile::Profile;

use super::{
    SHEET, proposal, record,
    syntax::{Letter, MacroText, Mechanism, Part, Qualifier, Term, TermKind, parse},
};
use crate::{
    dns::{
        Case, Facts, Question,
        dmarc::effective::is_null,
        mail::{self as exchangers, Provider},
        records::wanted,
    },
    doubt::{Doubt, Doubted},
    verdicts::{Complaint, Verdicts},
};

/// What a domain without mail says (RFC 7505, section 4.2; RFC 7208, section 5.1).
pub(super) const NOBODY: &str = "v=spf1 -all";

/// Who receives the mail of the domain, of those in the table; the one that the profile expects is another rule's.
pub(super) fn providers(facts: &Facts, profile: &Profile) -> Result<Vec<&'static Provider>, Doubted> {
    let expected = wanted::include(facts, profile);
    let mut providers: Vec<&Provider> = Vec::new();
    for host in exchangers::hosts(facts)? {
        let Some(it) = exchangers::provider(host.host) else {
            continue;
        };
        let is_expected = expected.as_ref().is_some_and(|include| it.spf.contains(include));
        let is_told = providers.iter().any(|told| told.spf == it.spf);
        if !it.spf.is_empty() && !is_expected && !is_told {
            providers.push(it);
        }
    }
    Ok(providers)
}

/// Whether the domain says that it takes no mail.
pub(in crate::dns) fn is_null_mx(facts: &Facts) -> Result<bool, Doubted> {
    facts.records(&Question::mx(&facts.domain)).map(is_null)
}

/// Whether the one record of the domain lets nobody send.
pub(in crate::dns) fn refuses_all(facts: &Facts) -> Result<bool, Doubted> {
    let published = record::published(facts, &facts.domain)?;
    let [held] = published.as_slice() else {
        return Ok(false);
    };
    let parsed = parse(held.value);
    let first = parsed.directives().next().map(|it| (it.1, it.2));
    Ok(parsed.errors.is_empty() && first == Some((Qualifier::Fail, &Mechanism::All)))
}

/// Whether the one record of the domain lets nobody send but whom that name lets.
pub(in crate::dns) fn lets_only(facts: &Facts, include: &str) -> Result<bool, Doubted> {
    let published = record::published(facts, &facts.domain)?;
    let [held] = published.as_slice() else {
        return Ok(false);
    };
    let parsed = parse(held.value);
    let is_plain = |it: &Term| match &it.kind {
        TermKind::Directive {
            mechanism: Mechanism::Include(name),
            ..
        } => name
            .plain()
            .is_some_and(|it| it.trim_end_matches('.').eq_ignore_ascii_case(include)),
        TermKind::Directive {
            qualifier,
            mechanism: Mechanism::All,
        } => *qualifier != Qualifier::Pass,
        TermKind::Directive { .. } | TermKind::Redirect(_) => false,
        TermKind::Exp(_) | TermKind::Unknown { .. } => true,
    };
    Ok(parsed.errors.is_empty() && parsed.terms.iter().all(is_plain))
}

/// What to ask before the rules can be judged.
pub(super) fn questions(facts: &Facts, profile: &Profile) -> Vec<Question> {
    let mut questions = vec![Question::mx(&facts.domain)];
    for held in record::published(facts, &facts.domain).unwrap_or_default() {
        questions.extend(explained_at(facts, held.value).flatten().map(Question::txt));
        for provider in providers(facts, profile).unwrap_or_default() {
            let behind = |it: &String| record::questions(facts, held.value, it);
            questions.extend(provider.spf.iter().flat_map(behind));
        }
    }
    questions
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    verdicts.judge("SPF-17", |it| explained(case, it));
    verdicts.judge("SPF-23", |it| nobody(case, it));
    verdicts.judge("SPF-24", |it| provided(case, it));
}

/// Where the explanation of a record is: a name, or nothing where only a sender's mail would show it.
fn explained_at(facts: &Facts, text: &str) -> impl Iterator<Item = Option<String>> {
    let at = |target: &MacroText| -> Option<String> {
        let part = |it: &Part| match it {
            Part::Literal(text) => Some(text.clone()),
            Part::Macro {
                letter: Letter::Domain,
                keep: None,
                is_reversed: false,
                is_escaped: false,
                delimiters,
            } if delimiters == "." => Some(facts.domain.clone()),
            Part::Macro { .. } => None,
        };
        let name: Option<String> = target.parts.iter().map(part).collect();
        name.map(|it| it.trim_end_matches('.').to_ascii_lowercase())
    };
    let names: Vec<Option<String>> = parse(text)
        .terms
        .iter()
        .filter_map(|it| match &it.kind {
            TermKind::Exp(target) => Some(at(target)),
            _ => None,
        })
        .collect();
    names.into_iter()
}

/// SPF-17: an explanation is one text (RFC 7208, section 6.2).
fn explained(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    for held in record::published(case.facts, &case.facts.domain)? {
        for name in explained_at(case.facts, held.value) {
            let Some(name) = name else {
                return Err(Doubted {
                    doubt: Doubt::SenderDecides,
                    about: "exp".to_owned(),
                });
            };
            let count = case.facts.texts(&name)?.len();
            if count == 1 {
                continue;
            }
            verdicts.complain(Complaint {
                rule: "SPF-17",
                key: "spf-explanation",
                subject: &case.facts.domain,
                attribute: Some("TXT"),
                discriminator: &name,
                observed: name.clone(),
                args: &[("count", count.into())],
                ..Complaint::BLANK
            });
        }
    }
    Ok(())
}

/// The one record, or the reason why there is nothing to judge.
fn one<'a>(case: &'a Case<'_>, rule: &str, verdicts: &mut Verdicts) -> Result<Option<&'a str>, Doubted> {
    let published = record::published(case.facts, &case.facts.domain)?;
    let key = match published.as_slice() {
        [held] => return Ok(Some(held.value)),
        [] => "no-record",
        _ => "several-records",
    };
    verdicts.not_applicable(rule, SHEET.text(key, &[]));
    Ok(None)
}

/// SPF-23: who takes no mail can be told of no failure, and sends none.
fn nobody(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    if !is_null_mx(case.facts)? {
        verdicts.not_applicable("SPF-23", SHEET.text("takes-mail", &[]));
        return Ok(());
    }
    let Some(text) = one(case, "SPF-23", verdicts)? else {
        return Ok(());
    };
    let parsed = parse(text);
    if parsed.errors.is_empty() && parsed.written() == NOBODY {
        return Ok(());
    }
    // Where mail is expected, what is wrong may be the MX record: then no record is proposed.
    let is_expected = wanted::include(case.facts, case.profile).is_some();
    verdicts.complain(Complaint {
        rule: "SPF-23",
        key: "spf-null-mx",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: text.to_owned(),
        expected: NOBODY.to_owned(),
        fix: (!is_expected).then(|| proposal::fix(case)).flatten(),
        ..Complaint::BLANK
    });
    Ok(())
}

/// SPF-24: whoever receives the mail usually sends it too.
fn provided(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let providers = providers(case.facts, case.profile)?;
    if providers.is_empty() {
        verdicts.not_applicable("SPF-24", SHEET.text("no-provider", &[]));
        return Ok(());
    }
    let Some(text) = one(case, "SPF-24", verdicts)? else {
        return Ok(());
    };
    if refuses_all(case.facts)? {
        verdicts.not_applicable("SPF-24", SHEET.text("sends-nothing", &[]));
        return Ok(());
    }
    for provider in providers {
        if leads_to(case.facts, text, provider)? {
            continue;
        }
        let include = provider.spf.first().map_or("", String::as_str);
        verdicts.complain(Complaint {
            rule: "SPF-24",
            key: "spf-provider",
            subject: &case.facts.domain,
            attribute: Some("TXT"),
            discriminator: include,
            observed: text.to_owned(),
            expected: format!("include:{include}"),
            args: &[("provider", provider.name.as_str().into())],
            fix: proposal::fix(case),
            ..Complaint::BLANK
        });
    }
    Ok(())
}

/// Whether the record includes the provider in any of its ways.
pub(super) fn leads_to(facts: &Facts, text: &str, provider: &Provider) -> Result<bool, Doubted> {
    let mut doubted = None;
    for include in &provider.spf {
        match record::leads_to(facts, text, include) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(it) => {
                doubted.get_or_insert(it);
            }
        }
    }
    doubted.map_or(Ok(false), Err)
}
