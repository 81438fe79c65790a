//! The scans by hand against the patterns that they stand for, on any text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{
    Mode, entry,
    reference::{Plain, Reference},
    run, settings,
};
use crate::directory::{
    TopLevelDomains,
    idfix::{address::names_smtp, chains::announces_x400, charset::Charset},
};

const SETS: [(&str, Charset); 9] = [
    ("space", Charset::WHITE_SPACE),
    ("nickname", Charset::NICKNAME),
    ("account", Charset::ACCOUNT),
    ("upn", Charset::PRINCIPAL),
    ("proxy-smtp", Charset::SMTP),
    ("proxy-x400", Charset::X400),
    ("proxy-other", Charset::OTHER),
    ("target-smtp", Charset::TARGET_SMTP),
    ("target-other", Charset::TARGET_OTHER),
];

static PATTERNS: LazyLock<Reference> = LazyLock::new(|| Reference::new("example fr"));

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~]{0,40}",
        "(?s).{0,10}(smtp|SMTP|sMtP|x400|X.500|x5)?:?.{0,10}",
        "[\\s\u{85}\u{a0}\u{180e}\u{200b}\u{3000}äÄŸſ\u{212a}\u{130}]{0,8}",
    ]
}

#[test]
fn every_character_is_in_a_set_when_its_pattern_says_so() {
    // No white space and no letter of any set stands further back.
    for c in '\0'..='\u{3100}' {
        let text = c.to_string();
        for (pattern, set) in SETS {
            assert_eq!(
                set.strip(&text).is_some(),
                PATTERNS.is(pattern, &text),
                "{pattern} {c:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn what_is_stripped_is_what_the_pattern_replaces(text in any_text()) {
        for (pattern, set) in SETS {
            let expected = PATTERNS.is(pattern, &text).then(|| PATTERNS.without(pattern, &text));
            prop_assert_eq!(set.strip(&text), expected, "{} {:?}", pattern, text);
        }
    }

    #[test]
    fn kinds_of_addresses_are_told_apart_as_the_patterns_do(text in any_text()) {
        prop_assert_eq!(names_smtp(&text), PATTERNS.is("smtp", &text));
        prop_assert_eq!(announces_x400(&text), PATTERNS.is("x400", &text));
    }

    #[test]
    fn any_text_is_the_address_that_the_patterns_make_of_it(text in any_text(), prefix in "(smtp:|SMTP:)?", end in "(@b.fr|@b)?") {
        let (text, tlds) = (format!("{prefix}{text}{end}"), TopLevelDomains::parse("example fr"));
        let names = ["cn", "displayName", "homeMDB", "mail", "proxyAddresses", "targetAddress"];
        let mut values: Vec<(&str, &str)> = names.iter().map(|it| (*it, text.as_str())).collect();
        values.push(("objectClass", "user"));
        let plain = Plain {
            dn: "CN=A".to_owned(),
            values: values.iter().map(|it| (it.0.to_lowercase(), vec![it.1.to_owned()])).collect(),
        };
        for mode in Mode::ALL {
            let expected = PATTERNS.run(std::slice::from_ref(&plain), *mode, false);
            prop_assert_eq!(run(&[entry("CN=A", &values)], &settings(*mode, &tlds)), expected);
        }
    }
}
