//! Reads an export and prints how fast: `cargo run --release --example ldif_rate -- FILE`.

use std::{path::Path, process::ExitCode, time::Instant};

use jalon_wire::export::Export;

fn main() -> ExitCode {
    let Some(file) = std::env::args_os().nth(1) else {
        eprintln!("usage: ldif_rate FILE.ldif");
        return ExitCode::from(2);
    };
    match read(Path::new(&file)) {
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
fn read(file: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let started = Instant::now();
    let mut export = Export::open(file)?;
    let (mut entries, mut values, mut value_bytes) = (0_u64, 0_u64, 0_u64);
    while let Some(entry) = export.next_entry() {
        let entry = entry?;
        entries += 1;
        values += entry.attributes.len() as u64;
        value_bytes += entry
            .attributes
            .iter()
            .map(|(_, it)| it.bytes.len() as u64)
            .sum::<u64>();
    }
    let (bytes, seconds) = (export.progress().bytes(), started.elapsed().as_secs_f64());
    let rate = bytes as f64 / 1e6 / seconds;
    Ok(format!(
        "entries {entries} values {values} value_bytes {value_bytes} bytes {bytes} \
         seconds {seconds:.3} mb_per_s {rate:.0}"
    ))
}
