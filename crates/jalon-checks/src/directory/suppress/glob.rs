//! A pattern in which `*` stands for anything, compared without regard to case, as directories compare.

/// Such a pattern. Every other character stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Glob {
    /// What stands before, between and behind the stars, in lower case; one part only where there is no star.
    parts: Vec<String>,
}

impl Glob {
    /// Reads a pattern; every text is one.
    pub(super) fn new(pattern: &str) -> Self {
        Self {
            parts: lower(pattern).split('*').map(str::to_owned).collect(),
        }
    }

    /// Whether the whole of `text`, which is in [lower case](lower), is what the pattern describes.
    pub(super) fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|it| it == text);
        };
        // What is found earliest leaves most room for the parts behind it, so that no other choice need be tried.
        let rest = text
            .strip_prefix(first.as_str())
            .and_then(|it| it.strip_suffix(last.as_str()));
        let behind = |rest: &'_ str, part: &String| rest.find(part.as_str()).map(|at| at + part.len());
        rest.is_some_and(|mut rest| {
            middle.iter().all(|part| {
                let end = behind(rest, part);
                rest = &rest[end.unwrap_or(0)..];
                end.is_some()
            })
        })
    }
}

/// Lower case, character by character, so that a piece of a text becomes a piece of what the text becomes.
pub(super) fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(
            Glob::new(pattern).matches(&lower(text)),
            expected,
            "{pattern} on {text}"
        );
    }

    #[test]
    fn a_star_stands_for_anything_and_nothing_else_does() {
        check(
            "*,OU=Service,DC=contoso,DC=example",
            "CN=svc-1,ou=service,DC=Contoso,DC=Example",
            true,
        );
        check(
            "*,OU=Service,DC=contoso,DC=example",
            "OU=Service,DC=contoso,DC=example",
            false,
        );
        check("*", "", true);
        check("", "", true);
        check("", "a", false);
        check("a*a", "a", false);
        check("a*a", "aa", true);
        check("*ab*ab*", "xabx", false);
        check("CN=?.[a]", "CN=x.a", false);
        check("*ΑΣ*", "cn=ΑΣΤΕΡΑΣ", true);
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_regular_expression(pattern in "[aAb,*.?É\\\\]{0,8}", text in "[aAbB,.é\\\\]{0,12}") {
            let parts: Vec<String> = lower(&pattern).split('*').map(regex::escape).collect();
            let expected = regex::Regex::new(&format!("(?s)^{}$", parts.join(".*"))).unwrap();
            let text = lower(&text);
            prop_assert_eq!(Glob::new(&pattern).matches(&text), expected.is_match(&text));
        }

        #[test]
        fn no_pattern_and_no_text_is_too_much(pattern in any::<String>(), text in any::<String>()) {
            Glob::new(&pattern).matches(&lower(&text));
            let literal = text.replace('*', "");
            let around = Glob::new(&format!("*{literal}*"));
            let text = lower(&["a", &literal, "b"].concat());
            prop_assert!(around.matches(&text));
        }
    }
}
