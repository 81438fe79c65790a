//! What the cases of every check say, in both languages, as committed files: a change of a sentence, of a remedy or of a
//! fix is seen in review.

use std::{fmt::Write, path::Path};

use jalon_domain::{evidence::Outcome, measure::CheckReport};

use crate::registry;

/// How the files are made anew; told with every difference.
const ACCEPT: &str = "when the new texts are right: INSTA_UPDATE=always cargo test --workspace --lib -- every_case, \
                      then read the change and commit it";

/// The texts of one check, case by case.
pub(crate) struct Texts {
    check: String,
    told: String,
}

impl Texts {
    /// Nothing is told yet.
    pub(crate) fn of(check: &str) -> Self {
        Self {
            check: check.to_owned(),
            told: String::new(),
        }
    }

    /// What the report of a case says.
    pub(crate) fn add(&mut self, case: &str, report: &CheckReport) {
        let mut told = String::new();
        for defect in &report.defects {
            let _ = writeln!(told, "\n{} {} {}", defect.rule, defect.severity, defect.subject);
            for (text, mark) in [(&defect.message, ""), (&defect.remedy, "→ ")] {
                let _ = writeln!(told, "  en: {mark}{}\n  fr: {mark}{}", text.en, text.fr);
            }
            if let Some(fix) = &defect.fix {
                told.push_str(&indented("  fix: ", &fix.text));
                let steps = fix.steps.as_ref().map_or("", |it| it.fr.as_str());
                told.push_str(&indented("  fix (fr): ", steps));
            }
        }
        let unsaid = report.rules.iter().filter_map(|it| Some((it, it.reason.as_ref()?)));
        let doubts = unsaid.filter(|it| it.0.outcome == Outcome::Inconclusive);
        for (result, reason) in doubts {
            let _ = writeln!(told, "\n{} ?\n  en: {}\n  fr: {}", result.rule, reason.en, reason.fr);
        }
        if !told.is_empty() {
            let _ = write!(self.told, "\n## {case}\n{told}");
        }
    }

    /// Compares with the committed file.
    pub(crate) fn compare(self) {
        let settings = || {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path("snapshots");
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.set_description(ACCEPT);
            settings
        };
        settings().bind(|| insta::assert_snapshot!(self.check.as_str(), self.told.trim_start()));
    }
}

fn indented(mark: &str, text: &str) -> String {
    text.lines().map(|it| format!("{mark}{it}\n")).collect()
}

#[test]
fn the_texts_of_every_check_are_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/snapshots");
    for check in registry::all() {
        let path = folder.join(format!("{}.snap", check.id()));
        assert!(
            path.is_file(),
            "{} has no texts: compare them where its cases run ({ACCEPT})",
            check.id()
        );
    }
}
