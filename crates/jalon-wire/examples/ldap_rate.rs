//! Reads a directory and prints how fast: `cargo run --release --example ldap_rate -- URL BASE ATTRIBUTE…`.
//! It signs in when `LDAP_NAME` and `LDAP_PASSWORD` say as whom, and trusts the roots in `LDAP_ROOTS`.

use std::{process::ExitCode, time::Instant};

use jalon_wire::{
    ldap::{Address, Bind, Client, Password, Query, Settings},
    tls::Roots,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [url, base, attributes @ ..] = arguments.as_slice() else {
        eprintln!("usage: ldap_rate URL BASE ATTRIBUTE…");
        return ExitCode::from(2);
    };
    match read(url, base, attributes).await {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Looks at every value once, as a check would.
async fn read(url: &str, base: &str, attributes: &[String]) -> Result<String, Box<dyn std::error::Error>> {
    let mut client = Client::connect(Address::parse(url)?, bind(), settings()?).await?;
    let attributes: Vec<&str> = attributes.iter().map(String::as_str).collect();
    let query = Query::below(base, &attributes);
    let started = Instant::now();
    let mut scan = client.scan(&query, &|| false);
    let (mut entries, mut values, mut bytes) = (0_u64, 0_u64, 0_u64);
    while let Some(batch) = scan.next_batch().await? {
        for entry in &batch {
            entries += 1;
            values += entry.attributes.view().len() as u64;
            let sizes = entry.attributes.iter().map(|(_, it)| it.bytes.len() as u64);
            bytes += sizes.sum::<u64>();
        }
    }
    let (tally, seconds) = (scan.tally(), started.elapsed().as_secs_f64());
    let rate = entries as f64 / seconds;
    Ok(format!(
        "entries {entries} values {values} value_bytes {bytes} references {} page {} \
         seconds {seconds:.3} entries_per_s {rate:.0}",
        tally.references, tally.page
    ))
}

#[expect(clippy::disallowed_methods, reason = "an example is configured by whoever runs it")]
fn bind() -> Bind {
    match (std::env::var("LDAP_NAME"), std::env::var("LDAP_PASSWORD")) {
        (Ok(name), Ok(password)) => Bind::Simple {
            name,
            password: Password::new(password),
        },
        _ => Bind::Anonymous,
    }
}

#[expect(clippy::disallowed_methods, reason = "an example is configured by whoever runs it")]
fn settings() -> Result<Settings, Box<dyn std::error::Error>> {
    let mut settings = Settings::new();
    if let Ok(file) = std::env::var("LDAP_ROOTS") {
        settings.roots = Roots::from_pem(&std::fs::read(file)?)?;
    }
    Ok(settings)
}
