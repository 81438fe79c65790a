//! A plan as a script for Windows PowerShell 5.1 and later, with the module ActiveDirectory. Values come from a directory
//! that anybody may have written to: nothing of them is ever more than a string there.

use std::io::{self, Write};

use base64::{Engine, prelude::BASE64_STANDARD};
use jalon_domain::text::Lang;

use super::{
    plan::{ObjectChange, Plan, is_one_of_several},
    texts,
};

/// Without it Windows PowerShell 5.1 takes the file for the system's code page, and spoils every accent.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const HEAD: &str = include_str!("head.ps1");
const TAIL: &str = include_str!("tail.ps1");

/// Writes the script. It shows what it would do; with `-Apply` it does it, object by object, each read again first.
///
/// # Errors
/// What the destination says.
pub fn write_powershell(plan: &Plan, lang: Lang, mut out: impl Write) -> io::Result<()> {
    out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    out.write_all(spoken(HEAD, lang).as_bytes())?;
    plan.objects.iter().try_for_each(|it| writeln!(out, "{}", call(it)))?;
    out.write_all(spoken(TAIL, lang).as_bytes())?;
    out.flush()
}

/// What the script says: each `{{key}}` stands for a message, as a string; each `{{# key}}` for one in a comment.
fn spoken(template: &str, lang: Lang) -> String {
    let mut text = String::new();
    let mut pieces = template.split("{{");
    text.extend(pieces.next());
    for piece in pieces {
        let (key, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let said = |key: &str| texts::both(key, &[]).get(lang).to_owned();
        match key.strip_prefix("# ") {
            Some(key) => text.push_str(&said(key)),
            None => text.push_str(&quoted(&said(key))),
        }
        text.push_str(rest);
    }
    text
}

/// The line that changes one object.
fn call(object: &ObjectChange) -> String {
    let mut tables = Tables::default();
    for it in &object.changes {
        let name = it.attribute.as_str();
        let (from, to) = (it.from.as_deref(), it.to.as_deref());
        tables.was.note(name, from);
        match (is_one_of_several(name), from, to) {
            (false, _, Some(_)) => tables.replace.note(name, to),
            (false, _, None) => tables.remove.note(name, from),
            (true, ..) => {
                tables.remove.note_some(name, from);
                tables.add.note_some(name, to);
            }
        }
    }
    let tables = [
        ("Was", tables.was),
        ("Remove", tables.remove),
        ("Add", tables.add),
        ("Replace", tables.replace),
    ];
    let given = tables.iter().filter(|it| !it.1.0.is_empty());
    let words: Vec<String> = given.map(|(name, table)| format!("-{name} {}", table.text())).collect();
    format!("Edit-Object {} {}", quoted(&object.dn), words.join(" "))
}

#[derive(Default)]
struct Tables<'a> {
    was: Table<'a>,
    remove: Table<'a>,
    add: Table<'a>,
    replace: Table<'a>,
}

/// Values by attribute; an attribute without values is one that must be empty.
#[derive(Default)]
struct Table<'a>(Vec<(&'a str, Vec<&'a str>)>);

impl<'a> Table<'a> {
    fn note(&mut self, name: &'a str, value: Option<&'a str>) {
        match self.0.iter_mut().find(|it| it.0.eq_ignore_ascii_case(name)) {
            Some(it) => it.1.extend(value),
            None => self.0.push((name, value.into_iter().collect())),
        }
    }

    fn note_some(&mut self, name: &'a str, value: Option<&'a str>) {
        if value.is_some() {
            self.note(name, value);
        }
    }

    /// `@{ 'mail' = @('a') }`
    fn text(&self) -> String {
        let entry = |(name, values): &(&str, Vec<&str>)| {
            let values: Vec<String> = values.iter().map(|it| quoted(it)).collect();
            format!("{} = @({})", quoted(name), values.join(", "))
        };
        format!("@{{ {} }}", self.0.iter().map(entry).collect::<Vec<_>>().join("; "))
    }
}

/// A string of PowerShell. Within single quotes nothing has a meaning but the quote itself, of which PowerShell knows
/// five; each stands for itself when it is doubled. What a person would not see is spelt out in base64.
fn quoted(value: &str) -> String {
    let is_unseen = |it: char| {
        it.is_control()
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if value.contains(is_unseen) {
        return format!("(Get-Text '{}')", BASE64_STANDARD.encode(value));
    }
    let mut text = String::with_capacity(value.len() + 2);
    text.push('\'');
    for c in value.chars() {
        text.push(c);
        if is_quote(c) {
            text.push(c);
        }
    }
    text.push('\'');
    text
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}'..='\u{201b}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::directory::fix::plan::ValueChange;

    fn change(attribute: &str, from: Option<&str>, to: Option<&str>) -> ValueChange {
        ValueChange {
            attribute: attribute.to_owned(),
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
            rules: Vec::new(),
        }
    }

    #[track_caller]
    fn check(changes: Vec<ValueChange>, expected: &str) {
        let object = ObjectChange {
            dn: "CN=O'Hara".to_owned(),
            object_class: "user".to_owned(),
            changes,
        };
        assert_eq!(call(&object), format!("Edit-Object 'CN=O''Hara' {expected}"));
    }

    #[test]
    fn one_line_an_object_says_what_it_was_and_what_it_becomes() {
        check(
            vec![change("mail", Some("a b@x"), Some("ab@x"))],
            "-Was @{ 'mail' = @('a b@x') } -Replace @{ 'mail' = @('ab@x') }",
        );
        check(
            vec![change("displayName", None, Some("$(calc) `n’"))],
            "-Was @{ 'displayName' = @() } -Replace @{ 'displayName' = @('$(calc) `n’’') }",
        );
        check(
            vec![
                change("proxyAddresses", Some("smtp:a"), Some("smtp:b")),
                change("proxyAddresses", Some("smtp:c"), None),
                change("mail", Some("a\nb"), None),
            ],
            "-Was @{ 'proxyAddresses' = @('smtp:a', 'smtp:c'); 'mail' = @((Get-Text 'YQpi')) } \
             -Remove @{ 'proxyAddresses' = @('smtp:a', 'smtp:c'); 'mail' = @((Get-Text 'YQpi')) } \
             -Add @{ 'proxyAddresses' = @('smtp:b') }",
        );
    }

    #[test]
    fn the_script_speaks_the_language_and_leaves_nothing_open() {
        for lang in Lang::ALL {
            let mut script = Vec::new();
            write_powershell(&Plan::default(), lang, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            assert!(script.starts_with('\u{feff}') && script.contains("[switch]$Apply"));
            assert!(!script.contains("{{") && !script.contains("}}"), "{script}");
            for key in ["script-", "'moved"] {
                assert!(!script.contains(key), "a message is missing: {key}");
            }
        }
    }

    /// How PowerShell reads a string in single quotes, and what follows it.
    fn read(text: &str) -> (String, String) {
        let mut chars = text.strip_prefix('\'').expect("a quote").chars().peekable();
        let mut value = String::new();
        while let Some(c) = chars.next() {
            if is_quote(c) {
                match chars.next_if(|it| is_quote(*it)) {
                    Some(second) => value.push(second),
                    None => break,
                }
            } else {
                value.push(c);
            }
        }
        (value, chars.collect())
    }

    proptest! {
        #[test]
        fn no_value_is_more_than_a_string(value in "[-a '\u{2018}-\u{201b}\"$`;(){}#\n\u{202e}é]{0,12}") {
            let text = quoted(&value);
            match text.strip_prefix("(Get-Text ") {
                Some(rest) => {
                    let (encoded, end) = read(rest);
                    prop_assert_eq!(BASE64_STANDARD.decode(encoded).unwrap(), value.as_bytes());
                    prop_assert_eq!(end, ")");
                }
                None => prop_assert_eq!(read(&text), (value, String::new())),
            }
        }
    }
}
