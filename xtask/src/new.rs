//! `cargo xtask new`: the skeleton of something, written into the one folder it lives in, and listed where lists are kept.
//! What a skeleton holds stands in `xtask/templates/`; a folder there makes its kind known.

use anyhow::{Context, Result, bail, ensure};
use clap::Subcommand;

use crate::sync;
use crate::tree::Tree;

const TEMPLATES: &str = "xtask/templates/check";

/// What can be written.
#[derive(Clone, Debug, Subcommand)]
pub enum Kind {
    /// A check, with a case that fails until it is written
    Check {
        /// Family and name, such as dns.caa
        id: String,
    },
}

/// Writes the skeleton, and the generated lists again.
pub fn write(tree: &Tree, kind: &Kind) -> Result<()> {
    let Kind::Check { id } = kind;
    let (family, name) = parse(id)?;
    let templates = templates(tree, family)?;
    let folder = format!("crates/jalon-checks/src/{family}/{name}");
    ensure!(!tree.path(&folder).exists(), "{folder} is there already");
    let module = format!("crates/jalon-checks/src/{family}/mod.rs");
    let listed = sync::formatted(&listed(&tree.text(&module)?, name).with_context(|| {
        format!("{module} has no `fn checks()` with a plain list any more: teach xtask/src/new.rs its new shape")
    })?)?;

    for template in templates {
        let file = template
            .strip_prefix(&format!("{TEMPLATES}/{family}/"))
            .unwrap_or(&template);
        let mut text = filled(&tree.text(&template)?, name);
        if file.ends_with(".rs") {
            text = sync::formatted(&text)?;
        }
        tree.put(&format!("{folder}/{file}"), text.as_bytes())?;
    }
    tree.put(&module, listed.as_bytes())?;
    sync::run(tree, false)?;
    println!("wrote {folder} and listed it in {module}");
    println!("now make its case pass: cargo test --package jalon-checks");
    Ok(())
}

/// Family and name; each is a word, since it is a Rust module and a part of the id at once.
fn parse(id: &str) -> Result<(&str, &str)> {
    let is_word = |it: &str| {
        it.starts_with(|it: char| it.is_ascii_lowercase())
            && it.len() >= 2
            && it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    match id.split_once('.') {
        Some((family, name)) if is_word(family) && is_word(name) => Ok((family, name)),
        _ => bail!("`{id}` is no id of a check: two words of small letters and digits, such as dns.caa"),
    }
}

fn templates(tree: &Tree, family: &str) -> Result<Vec<String>> {
    let files = tree.files(TEMPLATES)?;
    let folder = format!("{TEMPLATES}/{family}/");
    let own: Vec<_> = files.iter().filter(|it| it.starts_with(&folder)).cloned().collect();
    ensure!(
        !own.is_empty(),
        "there is no skeleton for the family {family}: its rules share one look at the target, so a new rule belongs to \
         the check it has ({TEMPLATES} has the families with several)",
    );
    Ok(own)
}

/// The text of a template with its names filled in.
fn filled(template: &str, name: &str) -> String {
    let (first, rest) = name.split_at(1);
    let rule: String = name.chars().filter(char::is_ascii_lowercase).take(8).collect();
    template
        .replace("{name}", name)
        .replace("{Name}", &(first.to_ascii_uppercase() + rest))
        .replace("{RULE}", &rule.to_ascii_uppercase())
}

/// The family's module with one more check: declared, and the last of `fn checks()`. `None` when that is not a plain list.
fn listed(module: &str, name: &str) -> Option<String> {
    let (declarations, code) = module.split_once("pub mod ")?;
    let (before, rest) = code.split_once("fn checks() -> [")?;
    let (kind, rest) = rest.split_once("; ")?;
    let (count, rest) = rest.split_once("] {")?;
    let (list, after) = rest.split_once("]\n}")?;
    let list = list.trim().strip_prefix('[')?.trim_end().trim_end_matches(',');
    let count = count.parse::<usize>().ok()? + 1;
    Some(format!(
        "{declarations}pub mod {name};\npub mod {before}fn checks() -> [{kind}; {count}] {{ [{list}, &{name}::CHECK] }}{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_two_words() {
        assert_eq!(parse("dns.caa").expect("an id"), ("dns", "caa"));
        for id in [
            "dns", "dns.", ".caa", "dns.Caa", "dns.c_a", "dns.c-a", "dns.2fa", "dns.a.b", "../x.y", "dns.x",
        ] {
            assert!(parse(id).is_err(), "{id}");
        }
    }

    #[test]
    fn names_are_filled_in_as_each_place_wants_them() {
        let filled = filled("{name} {Name} {RULE}-01 { $subject }", "mtasts2record");
        assert_eq!(filled, "mtasts2record Mtasts2record MTASTSRE-01 { $subject }");
    }

    #[test]
    fn a_check_is_declared_and_listed_last() {
        let module = "//! A family.\n\npub mod a;\nmod facts;\npub mod b;\n\n/// All.\nfn checks() -> [&'static dyn It; 2] {\n    [&a::CHECK, &b::CHECK]\n}\n\nfn rest() {}\n";
        let listed = sync::formatted(&listed(module, "aa").expect("a plain list")).expect("it is Rust");
        assert_eq!(
            listed,
            "//! A family.\n\npub mod a;\npub mod aa;\npub mod b;\nmod facts;\n\n/// All.\nfn checks() -> [&'static dyn It; 3] {\n    [&a::CHECK, &b::CHECK, &aa::CHECK]\n}\n\nfn rest() {}\n"
        );
        assert_eq!(
            super::listed("pub mod a;\nfn checks() -> Vec<u8> { all() }\n", "aa"),
            None
        );
    }

    #[test]
    fn a_family_without_skeleton_is_refused() {
        let refusal = templates(&Tree::ours(), "tls")
            .expect_err("the family has one check")
            .to_string();
        assert!(refusal.contains("no skeleton for the family tls"), "{refusal}");
        assert!(templates(&Tree::ours(), "dns").is_ok_and(|it| it.len() == 7));
    }
}
