//! The checklist as a CSV file: every finding of the filter, one a line, with what to do.

use jalon_domain::text::Lang;
use jalon_service::view::remediation::FindingView;

use super::{Around, M};
use crate::{
    error::PageError,
    pages::parts::{self, csv::Csv},
    text::t,
    ui::dates,
};

/// Findings read at once.
const PAGE: u64 = 5_000;
/// Findings in one file: beyond them a filter helps more than a longer file.
const MOST: usize = 100_000;

/// The file.
pub(super) async fn csv(it: &Around) -> Result<Csv, PageError> {
    let lang = it.frame.lang();
    let mut table = empty(lang);
    let mut filter = it.asked.filter();
    let mut written = 0;
    while written < MOST {
        let (findings, next) = it
            .app
            .service
            .findings(&it.session.caller, it.at.id, &filter, PAGE)
            .await?;
        written += findings.len();
        for finding in &findings {
            table.row(row(lang, finding).iter().map(String::as_str));
        }
        filter.after = next;
        if filter.after.is_none() {
            break;
        }
    }
    Ok(table)
}

/// The file before its first finding.
pub(super) fn empty(lang: Lang) -> Csv {
    let heads = [
        t!(lang, M, "severity"),
        t!(lang, M, "rule"),
        t!(lang, M, "object"),
        t!(lang, M, "attribute"),
        t!(lang, M, "target"),
        t!(lang, M, "observed"),
        t!(lang, M, "expected"),
        t!(lang, M, "message"),
        t!(lang, M, "what-to-do"),
        t!(lang, M, "owner"),
        t!(lang, M, "due"),
        t!(lang, M, "first-seen-head"),
        t!(lang, M, "last-seen-head"),
        t!(lang, M, "back-since"),
        t!(lang, M, "waived-head"),
        t!(lang, M, "closed-head"),
        t!(lang, M, "id"),
    ];
    Csv::new(t!(lang, M, "file-name"), &heads)
}

/// One line.
pub(super) fn row(lang: Lang, it: &FindingView) -> [String; 17] {
    let day = |at: jiff::Timestamp| dates::date_of(at).to_string();
    [
        it.severity.name().get(lang).to_owned(),
        it.rule.to_string(),
        it.subject.clone(),
        it.attribute.clone().unwrap_or_default(),
        it.target.clone(),
        it.observed.clone(),
        it.expected.clone(),
        it.message.get(lang).to_owned(),
        it.remedy.get(lang).to_owned(),
        it.owner.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        it.due.map(|it| it.to_string()).unwrap_or_default(),
        day(it.opened_at),
        day(it.last_seen_at),
        it.reopened_at.map(day).unwrap_or_default(),
        it.accepted_until
            .map(|it| parts::last_day(it).to_string())
            .unwrap_or_default(),
        it.fixed_at.map(day).unwrap_or_default(),
        it.id.to_string(),
    ]
}
