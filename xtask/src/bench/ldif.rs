//! How fast an export of a directory is read: our reader (`crates/jalon-wire/examples/ldif_rate.rs`, whose first
//! figure is the number of entries it read) beside `grep -c '^dn:'`, which only looks for the beginnings of lines.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::{megabytes, table};
use crate::shell::{self, Shell};
use crate::tree;

const ENTRIES: u32 = 100_000;

/// The best of so many runs: the first also reads the file from the disk, and the others may be disturbed.
const RUNS: u32 = 5;

/// `reader` is the built example.
pub(super) fn run(shell: &Shell, reader: &Path) -> Result<()> {
    let file = shell::target()?.join("bench/entries.ldif");
    tree::put(&file, export(ENTRIES).as_bytes())?;
    let size = std::fs::metadata(&file)?.len();

    let mut reader = shell.command(&reader.display().to_string());
    let mut grep = shell.command("grep");
    let rows = [
        row("jalon", size, best(shell, reader.arg(&file))?),
        row(
            "grep -c '^dn:'",
            size,
            best(shell, grep.args(["-c", "^dn:"]).arg(&file))?,
        ),
    ];
    let title = format!(
        "Reading {} MB of LDIF, {ENTRIES} entries (best of {RUNS})",
        megabytes(size)
    );
    table::print(&title, &["", "seconds", "MB/s", "entries/s"], &rows);
    Ok(())
}

/// The shortest run; an error when a program counts other than what the file holds, since then it did something else.
fn best(shell: &Shell, command: &mut Command) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let started = Instant::now();
        let said = shell.read(command)?;
        best = best.min(started.elapsed());
        let counted = said.split_whitespace().find_map(|it| it.parse::<u32>().ok());
        let program = Path::new(command.get_program()).display();
        ensure!(
            counted == Some(ENTRIES),
            "{program} did not count {ENTRIES} entries: {said}"
        );
    }
    Ok(best)
}

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 52 bits")]
fn row(name: &str, size: u64, took: Duration) -> Vec<String> {
    let seconds = took.as_secs_f64();
    vec![
        name.to_owned(),
        format!("{seconds:.3}"),
        table::thousands(size as f64 / 1e6 / seconds),
        table::thousands(f64::from(ENTRIES) / seconds),
    ]
}

/// An export as Active Directory writes it: about a thousand bytes an entry.
fn export(entries: u32) -> String {
    std::iter::once("version: 1\n\n".to_owned())
        .chain((0..entries).map(entry))
        .collect()
}

/// With folded lines and one value in base64.
fn entry(it: u32) -> String {
    let unit = it % 40;
    format!(
        "dn: CN=User {it:06},OU=Unit {unit:02},OU=People,DC=corp,DC=contoso,DC=example\n\
         objectClass: top\nobjectClass: person\nobjectClass: organizationalPerson\nobjectClass: user\n\
         cn: User {it:06}\nsn:: TWFydGluLULDqWF0cmljZQ==\ngivenName: Camille\n\
         displayName: Camille Martin {it:06}\nsAMAccountName: user{it:06}\n\
         userPrincipalName: user{it:06}@contoso.example\nmail: user{it:06}@contoso.example\n\
         mailNickname: user{it:06}\nproxyAddresses: SMTP:user{it:06}@contoso.example\n\
         proxyAddresses: smtp:camille.martin.{it:06}@contoso.example\n\
         proxyAddresses: smtp:user{it:06}@contoso.mail.onmicrosoft.com\n\
         memberOf: CN=Everyone in unit {unit:02},OU=Groups,OU=People,DC=corp,DC=contoso\n ,DC=example\n\
         description: A sample entry, written to measure how fast an export of a dire\n ctory is read\n\
         whenCreated: 20240115083000.0Z\nuserAccountControl: 512\n\
         physicalDeliveryOfficeName: Floor {unit}\ndepartment: Unit {unit:02}\nc: FR\nco: France\n\n",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_holds_as_many_entries_as_asked() {
        let text = export(40);
        assert_eq!(text.lines().filter(|it| it.starts_with("dn:")).count(), 40);
        assert!(text.lines().all(|it| it.len() <= 90), "folded");
    }
}
