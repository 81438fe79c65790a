//! What every check owes: its folder, its texts in both languages, its cases. And how a case is read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use jalon_domain::{
    evidence::Outcome,
    finding::{Defect, Severity},
    ids::CheckId,
    measure::{CheckReport, RuleResult},
    profile::{Cloud, Profile, Programme, Service},
};
use regex::Regex;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{Context, families, known, registry, rule};

mod texts;

pub(crate) use texts::Texts;

/// What a case expects of one rule; a rule without expectation passes or does not apply.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expectation {
    outcome: Outcome,
    severity: Option<Severity>,
    /// What the messages say, in whichever language.
    #[serde(default)]
    says: Vec<String>,
    /// What the fixes hold.
    #[serde(default)]
    fix: Vec<String>,
    /// How many defects there are, when that is not one.
    defects: Option<usize>,
}

/// The cases of a check, by file name.
pub(crate) fn cases<T: DeserializeOwned>(check: &str) -> Vec<(String, T)> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("the file is there");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files(&folder(check).join("cases"), "json")
        .iter()
        .map(|it| (name(it), read(it)))
        .collect()
}

/// Compares a report with what a case expects, and with what every report owes.
#[track_caller]
pub(crate) fn verify(case: &str, report: &CheckReport, expected: &BTreeMap<String, Expectation>) {
    for result in &report.rules {
        let defects: Vec<&Defect> = report.defects.iter().filter(|it| it.rule == result.rule).collect();
        verify_result(case, result, &defects);
        match expected.get(result.rule.as_str()) {
            Some(expected) => verify_expected(case, result, &defects, expected),
            None => assert!(
                matches!(result.outcome, Outcome::Pass | Outcome::NotApplicable) || result.by_choice,
                "{case}: {} was not expected: {result:?} {defects:?}",
                result.rule
            ),
        }
    }
    let rules: BTreeSet<&str> = report.rules.iter().map(|it| it.rule.as_str()).collect();
    assert!(
        expected.keys().all(|it| rules.contains(it.as_str())),
        "{case}: a rule is not the check's"
    );
}

#[track_caller]
fn verify_result(case: &str, result: &RuleResult, defects: &[&Defect]) {
    assert_eq!(
        result.outcome == Outcome::Fail,
        !defects.is_empty(),
        "{case}: {}",
        result.rule
    );
    let is_doubtful = matches!(result.outcome, Outcome::Inconclusive | Outcome::NotApplicable);
    assert_eq!(
        result.reason.as_ref().is_some_and(|it| it.is_complete()),
        is_doubtful,
        "{case}: {result:?}"
    );
    for defect in defects {
        for text in [&defect.message, &defect.remedy] {
            assert!(
                text.is_complete() && text.en.contains(' ') && text.fr.contains(' '),
                "{case}: {text:?}"
            );
            assert!(
                !text.en.contains("{$") && !text.fr.contains("{$"),
                "{case}: an argument is missing: {text:?}"
            );
        }
    }
}

#[track_caller]
fn verify_expected(case: &str, result: &RuleResult, defects: &[&Defect], expected: &Expectation) {
    let rule = &result.rule;
    assert_eq!(
        result.outcome, expected.outcome,
        "{case}: {rule}: {result:?} {defects:?}"
    );
    if expected.outcome == Outcome::Fail {
        assert_eq!(
            defects.len(),
            expected.defects.unwrap_or(1),
            "{case}: {rule}: {defects:?}"
        );
    }
    if let Some(severity) = expected.severity {
        assert_eq!(
            defects.iter().map(|it| it.severity).max(),
            Some(severity),
            "{case}: {rule}"
        );
    }
    let reasons = result.reason.iter().flat_map(|it| [&it.en, &it.fr]);
    let messages = defects
        .iter()
        .flat_map(|it| [&it.message.en, &it.message.fr, &it.remedy.en, &it.remedy.fr]);
    let said: Vec<&String> = reasons.chain(messages).collect();
    for wanted in &expected.says {
        assert!(
            said.iter().any(|it| it.contains(wanted)),
            "{case}: {rule} does not say {wanted:?}: {said:?}"
        );
    }
    let fixes: Vec<&str> = defects
        .iter()
        .filter_map(|it| it.fix.as_ref())
        .map(|it| it.text.as_str())
        .collect();
    for wanted in &expected.fix {
        assert!(
            fixes.iter().any(|it| it.contains(wanted)),
            "{case}: {rule} does not propose {wanted:?}: {fixes:?}"
        );
    }
}

/// An engagement with the usual services.
pub(crate) fn profile() -> Profile {
    Profile {
        programmes: [Programme::Office365, Programme::Ems].into(),
        services: [Service::Exchange, Service::Intune, Service::EntraPremium].into(),
        options: BTreeSet::new(),
        seats: 500,
        cloud: Cloud::Worldwide,
    }
}

/// A context for that profile, at a fixed instant.
pub(crate) fn context(profile: &Profile) -> Context<'_> {
    let now = "2026-11-20T12:00:00Z".parse().expect("an instant");
    Context {
        profile,
        now,
        clock: &|| "2026-11-20T12:00:01Z".parse().expect("an instant"),
        vantage: "local",
        progress: &|_| {},
    }
}

fn folder(check: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src")
        .join(check.replace('.', "/").replace('-', "_"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("readable").path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == extension));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem()
        .map(|it| it.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Every folder below `src` that holds a `check.toml`, as `family::check`.
fn folders() -> Vec<String> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let below = |path: &Path| -> Vec<PathBuf> {
        fs::read_dir(path)
            .expect("readable")
            .map(|it| it.expect("readable").path())
            .filter(|it| it.is_dir())
            .collect()
    };
    let all = below(&src)
        .into_iter()
        .flat_map(|family| below(&family).into_iter().map(move |it| (family.clone(), it)));
    let mut found: Vec<String> = all
        .filter(|(_, check)| check.join("check.toml").is_file())
        .map(|(family, check)| format!("{}::{}", name(&family), name(&check)))
        .collect();
    found.sort();
    found
}

#[test]
fn the_registry_lists_every_folder() {
    let lines: String = folders()
        .iter()
        .map(|it| format!("        &crate::{it}::CHECK,\n"))
        .collect();
    let expected = format!(
        "//! Generated by `cargo xtask sync`; do not edit.\n\nuse crate::check::Check;\n\n/// Every check, by family and name.\n\
         pub fn all() -> [&'static dyn Check; {}] {{\n    [\n{lines}    ]\n}}\n",
        folders().len()
    );
    assert_eq!(include_str!("registry.rs"), expected, "run `cargo xtask sync`");
}

#[test]
fn ids_follow_the_folders_and_rules_are_unique() {
    let ids: Vec<String> = registry::all()
        .iter()
        .map(|it| it.id().as_str().replace('.', "::").replace('-', "_"))
        .collect();
    assert_eq!(ids, folders());
    let mut rules: Vec<_> = known().into_iter().flat_map(|it| it.1).collect();
    let count = rules.len();
    rules.sort();
    rules.dedup();
    assert_eq!(rules.len(), count);
    assert!(
        rules
            .iter()
            .all(|it| rule(it).is_some_and(|rule| rule.title.is_complete() && !rule.source.is_empty()))
    );
    assert!(families().iter().all(|(_, checks)| !checks.is_empty()));
    assert_eq!(families().iter().map(|it| it.1.len()).sum::<usize>(), ids.len());
}

#[test]
fn both_languages_have_the_same_keys_and_each_is_used() {
    let key = Regex::new(r"(?m)^([a-z][a-z0-9-]*) =").expect("a pattern");
    let keys = |path: PathBuf| -> BTreeSet<String> {
        let text = fs::read_to_string(path).expect("readable");
        key.captures_iter(&text).map(|it| it[1].to_owned()).collect()
    };
    for check in registry::all() {
        let folder = folder(check.id().as_str());
        let (en, fr) = (keys(folder.join("en.ftl")), keys(folder.join("fr.ftl")));
        assert_eq!(en, fr, "{}", check.id());
        let code = code_below(&folder);
        for key in &en {
            let problem = key.strip_suffix("-remedy").unwrap_or(key);
            assert!(
                code.contains(&format!("\"{problem}\"")),
                "{}: {key} is never used",
                check.id()
            );
        }
        assert!(
            check.sheet().weighed().all(|it| en.contains(it)),
            "{}: a weight without a sentence",
            check.id()
        );
    }
}

#[test]
fn every_key_that_code_names_has_a_sentence() {
    let named =
        Regex::new(r#"(?:key: |key = |text\(|=> \(|then_some\(\(|Some\(\()"([a-z]+(?:-[a-z]+)+)""#).expect("a pattern");
    for check in registry::all() {
        let code = code_below(&folder(check.id().as_str()));
        for found in named.captures_iter(&code) {
            assert!(
                check.sheet().has(&found[1]),
                "{}: {} has no sentence",
                check.id(),
                &found[1]
            );
        }
    }
}

/// The code of a check, tests left out.
fn code_below(folder: &Path) -> String {
    let mut code = String::new();
    for path in files(folder, "rs") {
        let text = fs::read_to_string(&path).expect("readable");
        code.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
        let inner = path.with_extension("");
        if inner.is_dir() {
            code.push_str(&code_below(&inner));
        }
    }
    code
}

#[test]
fn french_is_set_with_its_own_spaces() {
    let wrong =
        Regex::new("[^\u{202f}][;!?]( |$)|[^\u{a0}]:( |$)|«[^\u{a0}]|[^\u{a0}]»|[a-zé]'[a-zé]").expect("a pattern");
    for check in registry::all() {
        let text = fs::read_to_string(folder(check.id().as_str()).join("fr.ftl")).expect("readable");
        for line in text.lines() {
            assert!(!wrong.is_match(line), "{}: {line}", check.id());
        }
    }
}

#[test]
fn every_check_has_a_case_that_passes_one_that_fails_and_one_in_doubt() {
    #[derive(Deserialize)]
    struct Any {
        expected: BTreeMap<String, Expectation>,
    }
    let outcomes = |check: &CheckId| -> Vec<Outcome> {
        let cases: Vec<(String, Any)> = cases(check.as_str());
        cases
            .iter()
            .map(|it| Outcome::all(it.1.expected.values().map(|it| it.outcome).chain([Outcome::Pass])))
            .collect()
    };
    for check in registry::all() {
        let found = outcomes(&check.id());
        for wanted in [Outcome::Pass, Outcome::Fail, Outcome::Inconclusive] {
            assert!(
                found.contains(&wanted),
                "{} has no case that ends with {wanted}",
                check.id()
            );
        }
    }
}
