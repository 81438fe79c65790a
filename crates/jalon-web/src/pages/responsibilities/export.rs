//! The rows of the list as a CSV file: the same filter, the same order.

use jalon_domain::{programme::Phase, text::Lang};
use jalon_service::view::duties::{Duties, DutyRow};

use super::M;
use crate::{
    pages::parts::csv::Csv,
    text::t,
    ui::{dates, marks},
};

/// The file.
pub(super) fn csv(lang: Lang, duties: &Duties) -> Csv {
    let heads = [
        t!(lang, M, "id"),
        t!(lang, M, "source"),
        t!(lang, M, "responsibility"),
        t!(lang, M, "phase"),
        t!(lang, M, "workstream"),
        t!(lang, M, "side"),
        t!(lang, M, "state"),
        t!(lang, M, "regressed"),
        t!(lang, M, "met"),
        t!(lang, M, "asked"),
        t!(lang, M, "valid-until"),
        t!(lang, M, "owner"),
        t!(lang, M, "due"),
    ];
    let mut table = Csv::new(t!(lang, M, "file-name"), &heads);
    for it in duties.groups.iter().flat_map(|it| &it.rows) {
        table.row(row(lang, it).iter().map(String::as_str));
    }
    table
}

fn row(lang: Lang, it: &DutyRow) -> [String; 13] {
    let day = |at: jiff::Timestamp| dates::date_of(at).to_string();
    [
        it.id.to_string(),
        it.code.clone(),
        it.title.get(lang).to_owned(),
        it.phase
            .map_or(t!(lang, M, "across"), |it: Phase| it.name().get(lang).to_owned()),
        it.workstream.name().get(lang).to_owned(),
        it.side.name().get(lang).to_owned(),
        marks::state_name(lang, it.state, it.reason),
        it.regressed_since.map(day).unwrap_or_default(),
        it.met.to_string(),
        it.asked.to_string(),
        it.valid_until.map(day).unwrap_or_default(),
        it.owner.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        it.due.map(|it| it.to_string()).unwrap_or_default(),
    ]
}
