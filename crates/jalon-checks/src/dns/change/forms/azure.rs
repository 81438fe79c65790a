//! Commands of the Azure CLI (`az network dns record-set`): its import of zone files merges, and removes nothing.

use std::fmt::Write;

use jalon_wire::dns::{Data, Record, update::SetChange};

use super::super::Plan;

/// The longest string of a TXT record, in bytes (RFC 1035, section 3.3).
const LONGEST_STRING: usize = 255;

pub(super) fn write(plan: &Plan) -> String {
    let mut text = String::new();
    if !plan.is_empty() {
        let _ = writeln!(text, "ZONE={}", quoted(&plan.zone));
        text.push_str(": \"${RESOURCE_GROUP:?the resource group of the zone}\"\n");
    }
    // What goes, goes first: an alias may not stand beside anything else.
    for set in plan.changes() {
        let gone = set.before.iter().filter(|it| !set.after.contains(it));
        gone.for_each(|it| command(plan, set, it, "remove", &mut text));
    }
    for set in plan.changes() {
        let new = set.after.iter().filter(|it| !set.before.contains(it));
        new.for_each(|it| command(plan, set, it, "add", &mut text));
    }
    text
}

fn command(plan: &Plan, set: &SetChange, record: &Record, verb: &str, text: &mut String) {
    let Some(values) = values(&record.data) else {
        let _ = writeln!(text, "# {verb} {} {} by hand", set.kind, set.name);
        return;
    };
    // An alias has one value: it is set, not added.
    let verb = match (&record.data, verb) {
        (Data::Cname { .. }, "add") => "set",
        _ => verb,
    };
    let _ = writeln!(
        text,
        "az network dns record-set {} {verb}-record -g \"$RESOURCE_GROUP\" -z \"$ZONE\" -n {} {values}",
        set.kind.to_ascii_lowercase(),
        quoted(relative(&set.name, &plan.zone)),
    );
}

/// The arguments that name the record.
fn values(data: &Data) -> Option<String> {
    Some(match data {
        Data::A { address } => format!("-a {address}"),
        Data::Aaaa { address } => format!("-a {address}"),
        Data::Cname { target } => format!("-c {}", quoted(target)),
        Data::Mx { preference, exchange } => format!("-e {} -p {preference}", quoted(exchange)),
        Data::Ns { host } => format!("-d {}", quoted(host)),
        Data::Ptr { target } => format!("-d {}", quoted(target)),
        Data::Srv {
            priority,
            weight,
            port,
            target,
        } => format!("-p {priority} -w {weight} -r {port} -t {}", quoted(target)),
        Data::Txt { text, .. } => format!("-v {}", strings(text)),
        Data::Tlsa {
            usage,
            selector,
            matching,
            association,
        } => format!(
            "--certificate-usage {usage} --selector {selector} --matching-type {matching} --certificate-data {association}"
        ),
        Data::Soa { .. } | Data::Other { .. } => return None,
    })
}

fn relative<'a>(name: &'a str, zone: &str) -> &'a str {
    match name.strip_suffix(zone).map(|it| it.strip_suffix('.').unwrap_or(it)) {
        Some("") => "@",
        Some(label) => label,
        None => name,
    }
}

/// The strings of a text, each an argument of its own.
fn strings(text: &str) -> String {
    let mut strings = vec![String::new()];
    for c in text.chars() {
        let is_full = strings
            .last()
            .is_some_and(|it| it.len() + c.len_utf8() > LONGEST_STRING);
        if is_full {
            strings.push(String::new());
        }
        if let Some(last) = strings.last_mut() {
            last.push(c);
        }
    }
    strings.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(" ")
}

/// One word to a shell, whatever stands in it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
