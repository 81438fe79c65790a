//! What the policy asks for, wherever it comes from: DMARC-10, 17, 19.

use super::{
    SHEET,
    effective::{Effective, effective, organisation, takes_mail},
    fix, policies, proposal,
    record::{Acts, Disposition, Policy, Suffix},
};
use crate::{
    dns::{Case, Facts, spf},
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) {
    verdicts.judge("DMARC-10", |it| asked(case, it));
    verdicts.judge("DMARC-17", |it| parked(case, it));
    verdicts.judge("DMARC-19", |it| tested(case, it));
}

/// Whether nothing comes from the domain and nothing arrives there: it takes no mail, and its SPF record lets nobody send.
///
/// # Errors
/// When one of both is not known.
pub(super) fn is_parked(facts: &Facts) -> Result<bool, Doubted> {
    Ok(!takes_mail(facts, &facts.domain)? && spf::refuses_all(facts)?)
}

/// The policy that is judged; nothing where another rule says what is wrong.
fn judged<'a>(case: &'a Case<'_>, rule: &str, verdicts: &mut Verdicts) -> Result<Option<Effective<'a>>, Doubted> {
    let effective = effective(case.facts)?;
    let key = match &effective {
        None => "no-policy",
        Some(it) if it.policy.acts() != Acts::AsWritten && it.from == case.facts.domain => "unread-policy",
        Some(_) => return Ok(effective),
    };
    verdicts.not_applicable(rule, SHEET.text(key, &[]));
    Ok(None)
}

/// DMARC-10: nothing is asked of receivers, for the domain or for the names below it.
fn asked(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let Some(effective) = judged(case, "DMARC-10", verdicts)? else {
        return Ok(());
    };
    let Some((key, tag)) = opening(case.facts, &effective)? else {
        return Ok(());
    };
    if is_parked(case.facts)? {
        verdicts.not_applicable("DMARC-10", SHEET.text("parked-elsewhere", &[]));
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "DMARC-10",
        key,
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        discriminator: tag,
        observed: effective.held.value.to_owned(),
        expected: format!("{tag}=quarantine | {tag}=reject"),
        args: &[("from", effective.from.as_str().into()), ("tag", tag.into())],
        ..Complaint::BLANK
    });
    Ok(())
}

/// What is left open, and the tag that leaves it so. The record speaks of the names below only at the organisational domain.
fn opening(facts: &Facts, effective: &Effective<'_>) -> Result<Option<(&'static str, &'static str)>, Doubted> {
    let is_own = effective.from == facts.domain;
    if effective.asked == Disposition::None {
        let key = if is_own { "dmarc-observes" } else { "dmarc-open-above" };
        return Ok(Some((key, effective.tag)));
    }
    let Some(tag) = open_below(&effective.policy).filter(|_| is_own) else {
        return Ok(None);
    };
    let is_organisation = effective.policy.psd != Suffix::Unsaid || organisation(facts, &facts.domain)? == facts.domain;
    Ok(is_organisation.then_some(("dmarc-open-below", tag)))
}

/// The tag that asks for nothing at names below, though more is asked at the domain.
pub(super) fn open_below(policy: &Policy) -> Option<&'static str> {
    let open = [policy.below(), policy.missing()];
    open.into_iter().find(|it| it.0 == Disposition::None).map(|it| it.1)
}

/// DMARC-17: a domain without mail has no reason to ask for less than refusal.
fn parked(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let domain = &case.facts.domain;
    if !is_parked(case.facts)? {
        verdicts.not_applicable("DMARC-17", SHEET.text("not-parked", &[]));
        return Ok(());
    }
    let Some(effective) = judged(case, "DMARC-17", verdicts)? else {
        return Ok(());
    };
    let is_own = effective.from == *domain;
    let weakest = if is_own {
        let below = [effective.policy.below().0, effective.policy.missing().0];
        below.into_iter().fold(effective.disposition(), Ord::min)
    } else {
        effective.disposition()
    };
    if weakest == Disposition::Reject {
        return Ok(());
    }
    let expected = proposal(case).unwrap_or_default();
    verdicts.complain(Complaint {
        rule: "DMARC-17",
        key: "dmarc-parked",
        subject: domain,
        attribute: Some("TXT"),
        observed: effective.held.value.to_owned(),
        fix: fix(case, &expected),
        expected,
        args: &[("from", effective.from.as_str().into())],
        ..Complaint::BLANK
    });
    Ok(())
}

/// DMARC-19: the policy is under test.
fn tested(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let own = policies(case.facts, &case.facts.domain)?;
    let [held] = own.as_slice() else {
        verdicts.not_applicable("DMARC-19", SHEET.text("no-own-policy", &[]));
        return Ok(());
    };
    let policy = Policy::read(held.value);
    let asks = policy.own().0.max(policy.below().0).max(policy.missing().0);
    if !policy.is_tested || asks == Disposition::None {
        return Ok(());
    }
    if is_parked(case.facts)? {
        verdicts.not_applicable("DMARC-19", SHEET.text("parked-elsewhere", &[]));
        return Ok(());
    }
    verdicts.complain(Complaint {
        rule: "DMARC-19",
        key: "dmarc-tested",
        subject: &case.facts.domain,
        attribute: Some("TXT"),
        observed: held.value.to_owned(),
        expected: policy.own().0.word().to_owned(),
        args: &[
            ("asked", policy.own().0.word().into()),
            ("applied", policy.own().0.tested().word().into()),
        ],
        ..Complaint::BLANK
    });
    Ok(())
}
