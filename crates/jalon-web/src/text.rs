//! Texts: the macros that load a folder's `en.ftl` and `fr.ftl` and look a message up. The texts themselves live beside
//! the code that shows them.

/// The messages of the folder that the calling file is in.
///
/// ```text
/// static M: LazyLock<Messages> = messages!();
/// ```
macro_rules! messages {
    () => {
        ::std::sync::LazyLock::new(|| {
            ::jalon_domain::text::Messages::new(include_str!("en.ftl"), include_str!("fr.ftl"))
        })
    };
}

/// A message in one language: `t!(lang, M, "found", n = count, name = name)`. Write `M` and the key as they are: a test
/// reads the calls and looks for the keys.
macro_rules! t {
    ($lang:expr, $messages:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $messages.get($lang, $key, &[$((stringify!($name), ::jalon_domain::text::Value::from($value))),*])
    };
}

/// The same message in both languages, for what outlives the request: errors, problems.
macro_rules! texts {
    ($messages:expr, $key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $messages.text($key, &[$((stringify!($name), ::jalon_domain::text::Value::from($value))),*])
    };
}

pub(crate) use {messages, t, texts};

#[cfg(test)]
mod tests {
    //! Reads the sources: every folder with texts has them in both languages, under the keys that its code asks for, and
    //! the French ones follow French typography.

    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
    };

    fn folders() -> Vec<PathBuf> {
        fn walk(dir: &Path, out: &mut Vec<PathBuf>) {
            if dir.join("en.ftl").exists() || dir.join("fr.ftl").exists() {
                out.push(dir.to_owned());
            }
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, out);
                }
            }
        }
        let mut out = Vec::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
        out
    }

    fn read(path: &Path) -> String {
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn keys(ftl: &str) -> BTreeSet<String> {
        let starts_message = |it: &&str| it.starts_with(|c: char| c.is_ascii_lowercase());
        ftl.lines()
            .filter(starts_message)
            .filter_map(|it| Some(it.split_once('=')?.0.trim().to_owned()))
            .collect()
    }

    /// The sources that share a folder's texts: its own and those of subfolders without texts.
    fn sources(folder: &Path) -> Vec<String> {
        let mut out = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.join("en.ftl").exists() {
                out.extend(sources(&path));
            } else if path.extension().is_some_and(|it| it == "rs") {
                out.push(read(&path));
            }
        }
        out
    }

    /// The keys of `t!(…, M, "key"` and `texts!(M, "key"` in a source, however it is broken into lines.
    fn asked(source: &str) -> BTreeSet<String> {
        let source = source
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("( M,", "(M,");
        let after_m = source.split(" M, \"").skip(1).chain(source.split("(M, \"").skip(1));
        after_m
            .filter_map(|it| Some(it.split_once('"')?.0.to_owned()))
            .collect()
    }

    /// Complaints of every folder, so that one run shows them all.
    #[track_caller]
    fn check(complaints: impl Fn(&Path) -> Vec<String>) {
        let all: Vec<String> = folders()
            .iter()
            .flat_map(|folder| {
                complaints(folder)
                    .into_iter()
                    .map(|it| format!("{}: {it}", folder.display()))
                    .collect::<Vec<_>>()
            })
            .collect();
        assert!(all.is_empty(), "{}", all.join("\n"));
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        check(|folder| {
            let (en, fr) = (keys(&read(&folder.join("en.ftl"))), keys(&read(&folder.join("fr.ftl"))));
            en.symmetric_difference(&fr)
                .map(|it| format!("`{it}` is in one language only"))
                .collect()
        });
    }

    #[test]
    fn every_key_asked_for_exists_and_every_key_is_asked_for() {
        check(|folder| {
            let texts = keys(&read(&folder.join("en.ftl")));
            let used: BTreeSet<String> = sources(folder).iter().flat_map(|it| asked(it)).collect();
            let absent = used.difference(&texts).map(|it| format!("no text for `{it}`"));
            absent
                .chain(texts.difference(&used).map(|it| format!("nobody asks for `{it}`")))
                .collect()
        });
    }

    #[test]
    fn french_texts_follow_french_typography() {
        let plain = [" ;", " !", " ?", " :", "« ", " »", "\'"];
        check(|folder| {
            let texts = read(&folder.join("fr.ftl"));
            let lines = texts.lines().filter(|it| !it.starts_with('#'));
            lines
                .filter(|it| plain.iter().any(|sign| it.contains(sign)))
                .map(str::to_owned)
                .collect()
        });
    }
}
