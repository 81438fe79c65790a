//! TLS-10: no suite that is broken, and something better than CBC.

use jalon_domain::{finding::Severity, text::Text};
use jalon_wire::tls::{Answer, SuiteKind, Version};

use super::{Case, SHEET, fix};
use crate::{
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let survey = case.survey()?;
    let mut is_broken = false;
    for offered in &survey.weak_suites {
        let Answer::Accepted { suite } = &offered.answer else {
            continue;
        };
        is_broken = true;
        let (word, severity, kind) = told(offered.what);
        verdicts.complain(Complaint {
            rule: "TLS-10",
            key: "weak-suites",
            subject: &case.subject,
            discriminator: word,
            observed: suite.clone(),
            phrases: &[("kind", kind)],
            severity: Some(severity),
            fix: Some(fix::suites()),
            ..Complaint::BLANK
        });
    }
    if let Some(Answer::Refused { .. }) = survey.aead
        && matches!(case.version(Version::Tls13)?, Answer::Refused { .. })
    {
        is_broken = true;
        verdicts.complain(Complaint {
            rule: "TLS-10",
            key: "cbc-only",
            subject: &case.subject,
            discriminator: "cbc-only",
            expected: "GCM, CCM, ChaCha20".to_owned(),
            fix: Some(fix::suites()),
            ..Complaint::BLANK
        });
    }
    if is_broken {
        return Ok(());
    }
    case.first_doubt(&survey.weak_suites)?;
    match (&survey.aead, case.version(Version::Tls13)?) {
        (_, Answer::Accepted { .. }) | (None, _) => Ok(()),
        (Some(aead), _) => case.sure(aead),
    }
}

/// Its word, its weight, and what is wrong with it.
fn told(kind: SuiteKind) -> (&'static str, Severity, Text) {
    match kind {
        SuiteKind::TripleDes => ("3des", Severity::Major, SHEET.text("kind-triple-des", &[])),
        SuiteKind::Rc4 => ("rc4", Severity::Major, SHEET.text("kind-rc4", &[])),
        SuiteKind::Des => ("des", Severity::Blocker, SHEET.text("kind-des", &[])),
        SuiteKind::Export => ("export", Severity::Blocker, SHEET.text("kind-export", &[])),
        SuiteKind::Null => ("null", Severity::Blocker, SHEET.text("kind-null", &[])),
        SuiteKind::Anonymous => ("anonymous", Severity::Blocker, SHEET.text("kind-anonymous", &[])),
        SuiteKind::Current | SuiteKind::Aead | SuiteKind::Cbc => ("other", Severity::Info, Text::default()),
    }
}
