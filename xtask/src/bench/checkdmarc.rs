//! checkdmarc, the program that people check domains with today, from the Python package index: beside Jalon on the same domains of
//! the same name server, and whether both say the same of zones with planted faults.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::table;
use crate::shell::{self, Shell};
use crate::tree::Tree;

/// What is installed.
const PACKAGE: &str = "checkdmarc==6.0.4";

/// The rules of which one is enough that receivers apply nothing of the record: what checkdmarc calls not valid.
const VOID_SPF: [&str; 13] = [
    "SPF-01", "SPF-02", "SPF-03", "SPF-04", "SPF-05", "SPF-06", "SPF-07", "SPF-08", "SPF-10", "SPF-12", "SPF-16",
    "SPF-21", "SPF-22",
];
const VOID_DMARC: [&str; 8] = [
    "DMARC-01", "DMARC-02", "DMARC-03", "DMARC-04", "DMARC-05", "DMARC-08", "DMARC-18", "DMARC-20",
];

/// An environment of its own with checkdmarc in it.
pub(super) struct Checkdmarc {
    shell: Shell,
    python: PathBuf,
}

/// Whether the SPF and the DMARC record of a domain are valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    spf: bool,
    dmarc: bool,
}

/// By domain.
pub(super) type Verdicts = BTreeMap<String, Verdict>;

impl Checkdmarc {
    /// Installs it below `target/bench`, once for each version. `None` where it cannot be had, which is said.
    pub(super) fn install(shell: &Shell) -> Result<Option<Self>> {
        let folder = shell::target()?.join("bench").join(PACKAGE.replace("==", "-"));
        let peer = Self {
            shell: shell.clone(),
            python: folder.join("bin/python"),
        };
        let done = folder.join("installed");
        if !done.exists() {
            let mut environment = shell.command("python3");
            environment.args(["-m", "venv", "--clear"]).arg(&folder);
            let mut package = shell.command(&peer.python.display().to_string());
            package.args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                PACKAGE,
            ]);
            if let Err(error) = shell.run(&mut environment).and_then(|()| shell.run(&mut package)) {
                println!("\nno {PACKAGE}, so nothing is measured beside it: {error:#}");
                return Ok(None);
            }
            std::fs::write(done, PACKAGE)?;
        }
        Ok(Some(peer))
    }

    /// How long it takes to check these domains, each of which it has to tell.
    pub(super) fn time(&self, address: &str, domains: impl IntoIterator<Item = String>) -> Result<Duration> {
        let domains: Vec<String> = domains.into_iter().collect();
        let started = Instant::now();
        let told = self.shell.read(&mut self.check(address, &domains))?;
        let took = started.elapsed();
        let lines = told.lines().count();
        ensure!(
            lines == domains.len(),
            "checkdmarc told {lines} of {} domains",
            domains.len()
        );
        Ok(took)
    }

    /// It checks the domains of that name server.
    fn check(&self, address: &str, domains: &[String]) -> Command {
        let (ip, port) = address.rsplit_once(':').unwrap_or((address, "53"));
        let script = Tree::ours().path("xtask/src/bench/ask_checkdmarc.py");
        let mut check = self.shell.command(&self.python.display().to_string());
        check.arg(script).args([ip, port]).args(domains);
        check
    }

    /// What it says of these domains.
    fn verdicts(&self, address: &str, domains: &[String]) -> Result<Verdicts> {
        let told = self.shell.read(&mut self.check(address, domains))?;
        told.lines().map(told_by_peer).collect()
    }

    /// Prints where both differ on the laboratory's zones with a planted fault of SPF or DMARC, and on how many they agree.
    /// `jalon` is the command that checks such domains and prints a document a line.
    pub(super) fn compare(&self, address: &str, jalon: impl Fn(&[String]) -> Command) -> Result<()> {
        let zones = planted()?;
        let theirs = self.verdicts(address, &zones)?;
        let mut ours = Verdicts::new();
        let mut unread = Ok(());
        // Findings are what it is run for: it ends with 1.
        self.shell.follow(&mut jalon(&zones), |line| match told_by_us(line) {
            Ok(Some((domain, verdict))) => drop(ours.insert(domain, verdict)),
            Ok(None) => {}
            Err(error) => unread = Err(error),
        })?;
        unread?;
        ensure!(
            ours.len() == zones.len(),
            "jalon told {} of {} zones",
            ours.len(),
            zones.len()
        );
        let rows: Vec<Vec<String>> = differences(&ours, &theirs);
        let title = format!(
            "Verdicts on {} zones with planted faults, SPF and DMARC: {} of {} the same",
            zones.len(),
            2 * zones.len() - rows.len(),
            2 * zones.len()
        );
        table::print(&title, &["where they differ", "record", "jalon", "checkdmarc"], &rows);
        Ok(())
    }
}

fn told_by_peer(line: &str) -> Result<(String, Verdict)> {
    let told: Value = serde_json::from_str(line)?;
    let is_valid = |key: &str| told[key].as_bool().with_context(|| format!("no {key} in {line}"));
    let domain = told["domain"]
        .as_str()
        .with_context(|| format!("no domain in {line}"))?;
    let verdict = Verdict {
        spf: is_valid("spf")?,
        dmarc: is_valid("dmarc")?,
    };
    Ok((domain.to_owned(), verdict))
}

/// `None` of the line that sums up.
fn told_by_us(line: &str) -> Result<Option<(String, Verdict)>> {
    let told: Value = serde_json::from_str(line)?;
    let (Some(domain), Some(findings)) = (told["target"].as_str(), told["findings"].as_array()) else {
        return Ok(None);
    };
    let breaks = |rules: &[&str]| {
        findings
            .iter()
            .filter_map(|it| it["rule"].as_str())
            .any(|it| rules.contains(&it))
    };
    let verdict = Verdict {
        spf: !breaks(&VOID_SPF),
        dmarc: !breaks(&VOID_DMARC),
    };
    Ok(Some((domain.to_owned(), verdict)))
}

/// The zones of the laboratory in which something of SPF or DMARC is planted, or nothing at all.
fn planted() -> Result<Vec<String>> {
    let truth = Tree::ours().text("lab/zones/truth.tsv")?;
    let lines = truth.lines().filter(|it| !it.starts_with('#'));
    let zone = |line: &str| {
        let mut fields = line.split('\t');
        let (zone, rules) = (fields.next()?, fields.next()?);
        let is_ours = rules == "-"
            || rules
                .split(',')
                .any(|it| it.starts_with("SPF-") || it.starts_with("DMARC-"));
        is_ours.then(|| zone.to_owned())
    };
    Ok(lines.filter_map(zone).collect())
}

fn differences(ours: &Verdicts, theirs: &Verdicts) -> Vec<Vec<String>> {
    let word = |is_valid: bool| if is_valid { "valid" } else { "not valid" }.to_owned();
    let mut rows = Vec::new();
    for (domain, own) in ours {
        let other = theirs.get(domain);
        for (record, own, other) in [
            ("SPF", own.spf, other.map(|it| it.spf)),
            ("DMARC", own.dmarc, other.map(|it| it.dmarc)),
        ] {
            if other != Some(own) {
                let other = other.map_or("nothing".to_owned(), word);
                rows.push(vec![domain.clone(), record.to_owned(), word(own), other]);
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read_and_differences_told_by_record() {
        let line = r#"{"domain":"a.example","spf":true,"dmarc":false}"#;
        let theirs: Verdicts = [told_by_peer(line).expect("it is whole")].into();
        let line = r#"{"target":"a.example","findings":[{"rule":"SPF-13"},{"rule":"SPF-02"},{"rule":"DMARC-01"}]}"#;
        let ours: Verdicts = told_by_us(line).expect("it is JSON").into_iter().collect();
        assert_eq!(
            differences(&ours, &theirs),
            [["a.example", "SPF", "not valid", "valid"]]
        );
        assert_eq!(differences(&ours, &ours), Vec::<Vec<String>>::new());
        assert_eq!(differences(&ours, &Verdicts::new()).len(), 2);
        assert!(told_by_us(r#"{"schema":"jalon.summary/1"}"#).is_ok_and(|it| it.is_none()));
        assert!(told_by_peer("{}").is_err());
    }

    #[test]
    fn zones_without_a_fault_are_compared_too() {
        let zones = planted().expect("the truth is committed");
        assert!(
            ["good.example", "spf-two.example", "dmarc-two.example"]
                .iter()
                .all(|it| zones.iter().any(|zone| zone == it))
        );
        assert!(!zones.contains(&"mx-missing.example".to_owned()));
    }
}
