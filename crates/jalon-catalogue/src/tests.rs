//! The catalogue that comes with the program holds, and one that does not is told so in a line per fault.

mod bad_files;
mod differences;
mod folder;
mod profiles;
mod programme;

use jalon_domain::ids::{CheckId, RuleId};

use crate::{Catalogue, Unloadable, data, load};

/// The checks that the data files may name. The program passes its own registry; this is what it had on this version.
fn checks() -> Vec<(CheckId, Vec<RuleId>)> {
    let directory = [1, 2, 4, 5, 6, 8, 9, 11, 13, 14, 15, 16, 18, 19, 20, 21];
    [
        (
            "dns.records",
            (1..=13).map(|it| format!("DNS-{it:03}")).collect::<Vec<_>>(),
        ),
        ("dns.spf", (1..=25).map(|it| format!("SPF-{it:02}")).collect()),
        ("dns.dmarc", (1..=20).map(|it| format!("DMARC-{it:02}")).collect()),
        ("dns.mail", (1..=8).map(|it| format!("MX-{it:02}")).collect()),
        ("dns.dkim", (1..=7).map(|it| format!("DKIM-{it:02}")).collect()),
        ("dns.mta-sts", (1..=6).map(|it| format!("MTASTS-{it:02}")).collect()),
        ("dns.dane", (1..=2).map(|it| format!("DANE-{it:02}")).collect()),
        ("dns.tlsrpt", (1..=2).map(|it| format!("TLSRPT-{it:02}")).collect()),
        (
            "dns.delegation",
            ["NS-01", "NS-02", "NS-03", "DNSSEC-01", "DNSSEC-02"]
                .map(str::to_owned)
                .to_vec(),
        ),
        (
            "tls.certificate",
            [1, 2, 3, 5, 7].map(|it| format!("TLS-{it:02}")).to_vec(),
        ),
        ("tls.protocol", [9, 10, 16].map(|it| format!("TLS-{it:02}")).to_vec()),
        ("directory.objects", directory.map(|it| format!("DIR-{it:03}")).to_vec()),
    ]
    .map(|(check, rules)| {
        (
            check.parse().unwrap(),
            rules.iter().map(|it| it.parse().unwrap()).collect(),
        )
    })
    .to_vec()
}

/// The data files with one of them changed: `from` must be there, and is replaced everywhere by `to`.
#[track_caller]
fn altered(path: &str, from: &str, to: &str) -> Vec<(String, String)> {
    assert!(
        data::FILES.iter().any(|it| it.0 == path && it.1.contains(from)),
        "{path} does not contain {from}"
    );
    let change = |it: &str, text: &str| {
        if it == path {
            text.replace(from, to)
        } else {
            text.to_owned()
        }
    };
    data::FILES
        .iter()
        .map(|(it, text)| ((*it).to_owned(), change(it, text)))
        .collect()
}

/// Everything that is said of a catalogue made of `files`: why it cannot be read, or what does not hold.
fn said_of(files: Vec<(String, String)>) -> Vec<String> {
    match load::assemble(files) {
        Ok(catalogue) => catalogue.validate(&checks()).iter().map(ToString::to_string).collect(),
        Err(Unloadable(problems)) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// A catalogue made of the data files with one change.
#[track_caller]
fn catalogue(path: &str, from: &str, to: &str) -> Catalogue {
    load::assemble(altered(path, from, to)).unwrap()
}
