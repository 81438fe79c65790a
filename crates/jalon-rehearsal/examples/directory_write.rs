//! Writes a generated directory, exported today, and what is planted in it as NDJSON:
//! `cargo run --release --example directory_write -- ENTRIES FLAWS_PER_10000 [FORM [TRUTH_FILE]] > FILE`

use std::{
    error::Error,
    fs::File,
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use jalon_rehearsal::directory::{Flaw, Form, Plan, Planted, Said, Scope};
use jiff::Timestamp;
use serde_json::{Value, json};

const USAGE: &str = "usage: directory_write ENTRIES FLAWS_PER_10000 [ldif|server|csvde|powershell [TRUTH_FILE]]";

/// What the names are drawn from.
const SEED: u64 = 365;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let written = match arguments[..] {
        [entries, rate] => write(entries, rate, "ldif", None),
        [entries, rate, form] => write(entries, rate, form, None),
        [entries, rate, form, truth] => write(entries, rate, form, Some(truth)),
        _ => Err(USAGE.into()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn write(entries: &str, rate: &str, form: &str, truth: Option<&str>) -> Result<(), Box<dyn Error>> {
    let form = match form {
        "ldif" => Form::Ldif,
        "server" => Form::Server,
        "csvde" => Form::Csvde,
        "powershell" => Form::PowerShell,
        _ => return Err(USAGE.into()),
    };
    let plan = plan(entries.parse()?, rate.parse()?)?;
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let planted = plan.write_as(form, &mut out)?;
    out.flush()?;
    match truth {
        Some(file) => tell(&planted, &mut BufWriter::new(File::create(file)?)),
        None => Ok(()),
    }
}

/// As many flaws as asked, of each kind in turn.
fn plan(entries: usize, rate: usize) -> Result<Plan, Box<dyn Error>> {
    let kinds = [&Flaw::ALL[..], &Flaw::WITH_DOMAINS, &Flaw::IDFIX_ONLY].concat();
    let flaws: Vec<Flaw> = kinds.into_iter().cycle().take(entries * rate / 10_000).collect();
    #[expect(clippy::disallowed_methods, reason = "this is the program, and it exports today")]
    let now = Timestamp::now();
    Ok(Plan::new(entries, SEED, &flaws)?.dated(now))
}

fn tell(planted: &[Planted], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for it in planted {
        let scope = match it.scope {
            Scope::Strict => "strict",
            Scope::StrictWithDomains => "domains",
            Scope::IdFix => "idfix",
        };
        let line = json!({
            "rule": it.rule,
            "dn": it.dn,
            "attribute": it.attribute,
            "value": it.value,
            "scope": scope,
            "multi_tenant": said(it.multi_tenant),
            "dedicated": said(it.dedicated),
        });
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}

fn said(it: Option<Said>) -> Value {
    it.map_or(
        Value::Null,
        |it| json!({ "rule": it.rule, "errors": it.errors, "holder": it.holder }),
    )
}
