//! Whether a program that judges a directory finds what was planted in it, and nothing else. What was planted is told by
//! `crates/jalon-rehearsal/examples/directory_write.rs`, what is found by `jalon check directory --format ndjson`, both
//! one JSON object a line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Rule, entry, attribute, value; of IdFix also its errors and which holder it is.
pub(super) type Finding = [String; 6];

/// Who judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judge {
    Strict,
    StrictWithDomains,
    MultiTenant,
    Dedicated,
}

impl Judge {
    pub(super) const ALL: [Self; 4] = [
        Self::Strict,
        Self::StrictWithDomains,
        Self::MultiTenant,
        Self::Dedicated,
    ];

    /// Its name, for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::StrictWithDomains => "strict, domains known",
            Self::MultiTenant => "idfix multi-tenant",
            Self::Dedicated => "idfix dedicated",
        }
    }

    /// What to tell the program.
    pub(super) fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::Strict => vec![],
            Self::StrictWithDomains => vec!["--domains", DOMAINS],
            Self::MultiTenant => vec!["--profile", "idfix", "--mode", "multi-tenant"],
            Self::Dedicated => vec!["--profile", "idfix", "--mode", "dedicated"],
        }
    }

    fn is_idfix(self) -> bool {
        matches!(self, Self::MultiTenant | Self::Dedicated)
    }

    /// What it should find of one planted value.
    fn expected(self, planted: &Value) -> Option<Finding> {
        let said = match self {
            Self::Strict if planted["scope"] != "strict" => return None,
            Self::StrictWithDomains if planted["scope"] == "idfix" => return None,
            Self::Strict | Self::StrictWithDomains => planted,
            Self::MultiTenant => &planted["multi_tenant"],
            Self::Dedicated => &planted["dedicated"],
        };
        let rule = said["rule"].as_str()?;
        let [dn, attribute, value] = ["dn", "attribute", "value"].map(|it| text(&planted[it]));
        Some(self.finding(rule, &dn, &attribute, &value, said))
    }

    /// A finding as it is compared: the first holder of a value may be told as it is compared itself, in lower case, and
    /// how old a date is may be told in its place. OpenLDAP writes names of attributes in lower case, also in a
    /// distinguished name.
    fn finding(self, rule: &str, dn: &str, attribute: &str, value: &str, said: &Value) -> Finding {
        let is_date = attribute == "lastLogonTimestamp";
        let value = if is_date { String::new() } else { value.to_lowercase() };
        let words = |it: &Value| if self.is_idfix() { text(it) } else { String::new() };
        [
            rule.to_owned(),
            dn.to_lowercase(),
            attribute.to_owned(),
            value,
            words(&said["errors"]),
            words(&said["holder"]),
        ]
    }
}

/// `Plan::DOMAINS` of the generator, as an option. A copy: with the generator among its dependencies, every task of ours
/// would wait for it to be built. Were it another list, precision would fall.
const DOMAINS: &str = "nord.example.com,antennes-communales-de-la-cote-d-opale.example.com";

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Findings, and how often each is there.
pub(super) type Findings = BTreeMap<Finding, u32>;

/// What the judge should find.
pub(super) fn planted(file: &Path, judge: Judge) -> Result<Findings> {
    let mut findings = Findings::new();
    for line in lines(file)? {
        let planted: Value = serde_json::from_str(&line?)?;
        let expected = judge.expected(&planted);
        expected
            .into_iter()
            .for_each(|it| *findings.entry(it).or_default() += 1);
    }
    Ok(findings)
}

/// What it found. The last line is the sum, and must be there: without it, the program has not come to the end.
pub(super) fn found(file: &Path, judge: Judge) -> Result<Findings> {
    let mut findings = Findings::new();
    let mut is_whole = false;
    for line in lines(file)? {
        let said: Value = serde_json::from_str(&line?)?;
        is_whole = said.get("outcome").is_some();
        if !is_whole {
            let [rule, dn, attribute] = ["rule", "dn", "attribute"].map(|it| text(&said[it]));
            let finding = judge.finding(&rule, &dn, &attribute, &text(&said["value"]), &said);
            *findings.entry(finding).or_default() += 1;
        }
    }
    ensure!(is_whole, "{} has no sum as its last line", file.display());
    Ok(findings)
}

/// What it found, line by line and without the sum, in order: what was found first is chance.
pub(super) fn sorted(file: &Path) -> Result<Vec<String>> {
    let mut lines = lines(file)?.collect::<std::io::Result<Vec<_>>>()?;
    let sum = lines.pop().unwrap_or_default();
    ensure!(
        sum.contains("\"outcome\""),
        "{} has no sum as its last line",
        file.display()
    );
    lines.sort_unstable();
    Ok(lines)
}

fn lines(file: &Path) -> Result<impl Iterator<Item = std::io::Result<String>>> {
    let open = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(BufReader::new(open).lines())
}

/// How well what was found fits what was planted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) planted: u32,
    pub(super) found: u32,
    /// Found and planted.
    pub(super) right: u32,
    /// A few of those that were planted and not found, or found and not planted, each with a sign before it.
    pub(super) examples: Vec<String>,
}

/// How many examples are worth reading.
const EXAMPLES: usize = 6;

impl Score {
    pub(super) fn of(planted: &Findings, found: &Findings) -> Self {
        let count = |of: &Findings, it: &Finding| of.get(it).copied().unwrap_or_default();
        let lacking = |sign: &'static str, of: &Findings, other: &Findings| {
            let lacking = of.iter().filter(|(it, times)| count(other, it) < **times);
            let shown = lacking.map(|(it, _)| format!("{sign} {}", it.join(" | ")));
            shown.take(EXAMPLES).collect::<Vec<_>>()
        };
        Self {
            planted: planted.values().sum(),
            found: found.values().sum(),
            right: planted.iter().map(|(it, times)| count(found, it).min(*times)).sum(),
            examples: [lacking("missing", planted, found), lacking("surplus", found, planted)].concat(),
        }
    }

    /// The share of what was found that is right.
    pub(super) fn precision(&self) -> String {
        share(self.right, self.found)
    }

    /// The share of what was planted that was found.
    pub(super) fn recall(&self) -> String {
        share(self.right, self.planted)
    }
}

/// Cut, not rounded: 1.0000 is all of them.
fn share(part: u32, whole: u32) -> String {
    let of_ten_thousand = u64::from(part) * 10_000 / u64::from(whole.max(1));
    let of_ten_thousand = if whole == 0 { 10_000 } else { of_ten_thousand };
    format!("{}.{:04}", of_ten_thousand / 10_000, of_ten_thousand % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLANTED: &str = r#"{"rule":"DIR-009","dn":"CN=a","attribute":"mailNickname","value":"X","scope":"strict","multi_tenant":{"rule":"DIR-008","errors":["duplicate"],"holder":"first"},"dedicated":null}
{"rule":"DIR-031","dn":"CN=b","attribute":"userPrincipalName","value":"b@c","scope":"domains","multi_tenant":null,"dedicated":null}
{"rule":"DIR-017","dn":"CN=c","attribute":"targetAddress","value":"","scope":"idfix","multi_tenant":null,"dedicated":{"rule":"DIR-017","errors":["blank"],"holder":null}}
"#;

    /// The file is gone with the folder that comes back with it.
    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("lines.ndjson");
        std::fs::write(&file, text).expect("ours");
        (folder, file)
    }

    #[track_caller]
    fn check(judge: Judge, expected: &[&str]) {
        let (_folder, file) = file(PLANTED);
        let planted = planted(&file, judge).expect("it is JSON");
        let rules: Vec<_> = planted.keys().map(|it| it[0].as_str()).collect();
        assert_eq!(rules, expected);
    }

    #[test]
    fn each_judge_is_asked_for_what_it_can_find() {
        check(Judge::Strict, &["DIR-009"]);
        check(Judge::StrictWithDomains, &["DIR-009", "DIR-031"]);
        check(Judge::MultiTenant, &["DIR-008"]);
        check(Judge::Dedicated, &["DIR-017"]);
    }

    #[test]
    fn what_is_found_is_compared_without_case_and_needs_its_sum() {
        let line = r#"{"rule":"DIR-008","dn":"cn=a","attribute":"mailNickname","value":"x","errors":["duplicate"],"holder":"first"}"#;
        let (_folder, whole) = file(&format!("{line}\n{{\"outcome\":\"fail\"}}\n"));
        let (_other, planted_file) = file(PLANTED);
        let judge = Judge::MultiTenant;
        let (planted, found) = (
            planted(&planted_file, judge).expect("JSON"),
            found(&whole, judge).expect("whole"),
        );
        let score = Score::of(&planted, &found);
        assert_eq!((score.planted, score.found, score.right), (1, 1, 1));
        let (_folder, cut) = file(line);
        assert!(super::found(&cut, judge).is_err());
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_both_cost() {
        let findings = |rules: &[&str]| {
            let mut findings = Findings::new();
            for rule in rules {
                let finding = [*rule, "CN=a", "mail", "x", "", ""].map(str::to_owned);
                *findings.entry(finding).or_default() += 1;
            }
            findings
        };
        let score = Score::of(&findings(&["1", "2", "3"]), &findings(&["1", "1", "4"]));
        assert_eq!((score.planted, score.found, score.right), (3, 3, 1));
        assert_eq!(
            (score.precision(), score.recall()),
            ("0.3333".to_owned(), "0.3333".to_owned())
        );
        assert_eq!(score.examples.len(), 4, "2, 3, the second 1, 4");
        assert_eq!(Score::default().recall(), "1.0000");
    }
}
