//! People: initials in a neutral disc; a ring for the provider's; a dashed ring when nobody.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::M;
use crate::text::t;

/// Somebody with the full name.
pub fn person(name: &str, is_provider: bool) -> Markup {
    html! { span.j-who { (avatar(name, is_provider)) (name) } }
}

/// Somebody with the first name, for lists; the full name is told on demand.
pub fn person_short(name: &str, is_provider: bool) -> Markup {
    let first = name.split_whitespace().next().unwrap_or(name);
    html! { span.j-who title=(name) { (avatar(name, is_provider)) (first) } }
}

/// Nobody yet, with the link that changes it.
pub fn nobody(lang: Lang, href: &str) -> Markup {
    html! { span.j-who { span.j-av.none aria-hidden="true" {} a.j-link href=(href) { (t!(lang, M, "assign")) } } }
}

/// Nobody yet, for those who may not change it.
pub fn nobody_at_all(lang: Lang) -> Markup {
    html! { span.j-who { span.j-av.none aria-hidden="true" {} span.j-dim { (t!(lang, M, "nobody")) } } }
}

/// The disc.
pub fn avatar(name: &str, is_provider: bool) -> Markup {
    html! { span.j-av.pro[is_provider] aria-hidden="true" { (initials(name)) } }
}

/// The first letters of the first and the last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|it| it.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Claire Morel"), "CM");
        assert_eq!(initials("inès de la Faure"), "IF");
        assert_eq!(initials("Zoé"), "Z");
        assert_eq!(initials(" "), "");
    }
}
