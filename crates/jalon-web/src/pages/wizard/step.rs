//! The steps of the wizard: which fields each shows, and where a sent form leads.

use super::draft::Draft;
use crate::ui::forms::Errors;

/// A step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Who, when, and what is taken on.
    #[default]
    Scope,
    /// What is measured over the network.
    Domains,
    /// The directory's export, and everything once more.
    Directory,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 3] = [Self::Scope, Self::Domains, Self::Directory];

    /// The word in the form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Domains => "domains",
            Self::Directory => "directory",
        }
    }

    fn parse(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == raw)
    }

    /// The step that shows a field; none for what is no field of the form.
    pub fn of_field(name: &str) -> Option<Self> {
        match name {
            "organisation" | "name" | "start" | "target" | "programmes" | "services" | "options" | "seats"
            | "cloud" => Some(Self::Scope),
            "domains" | "endpoints" => Some(Self::Domains),
            "directory" | "file" => Some(Self::Directory),
            _ => None,
        }
    }

    /// Where the form leads: the step asked for, unless something is wrong on the way there. Going back and working the
    /// answer out again ask nothing of the fields.
    pub fn follow(draft: &Draft) -> (Self, Errors) {
        let at = Self::parse(draft.get("at")).unwrap_or_default();
        let wanted = Self::parse(draft.get("go")).unwrap_or(at);
        for step in Self::ALL.into_iter().filter(|it| *it < wanted) {
            let errors = draft.check(step);
            if !errors.is_empty() {
                return (step, errors);
            }
        }
        (wanted, Errors::none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: &str, go: &str, domains: &str, expected: Step, is_right: bool) {
        let mut draft = Draft::new(jiff::civil::date(2026, 11, 20));
        for (name, value) in [
            ("at", at),
            ("go", go),
            ("organisation", "Example Nord"),
            ("seats", "2340"),
            ("domains", domains),
        ] {
            draft.put(name, value);
        }
        let (step, errors) = Step::follow(&draft);
        assert_eq!((step, errors.is_empty()), (expected, is_right), "{at} {go}");
    }

    #[test]
    fn a_form_goes_on_only_when_the_steps_before_are_right() {
        check("scope", "domains", "", Step::Domains, true);
        check("domains", "directory", "nord.example.com", Step::Directory, true);
        check("domains", "directory", "nord", Step::Domains, false);
        check("domains", "scope", "nord", Step::Scope, true);
        check("scope", "refresh", "", Step::Scope, true);
        check("", "", "", Step::Scope, true);
    }
}
