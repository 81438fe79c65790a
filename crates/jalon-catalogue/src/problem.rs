//! What is wrong with a catalogue: one line each, with the file, the place and what to do.

use std::fmt;

use jalon_domain::{
    ids::{BulletId, CheckId, ResponsibilityId, RuleId},
    programme::{Phase, Role, Section},
    text::Lang,
};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, from the catalogue's folder.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<u32>,
    /// The key, or the id and the key, where it is known; empty otherwise.
    pub key: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ", {}", self.key)?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    pub(crate) fn of_file(file: &str, fault: Fault) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            key: String::new(),
            fault,
        }
    }

    pub(crate) fn at(file: &str, key: impl Into<String>, fault: Fault) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            key: key.into(),
            fault,
        }
    }
}

/// What can be wrong with a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// The file, or the folder, is larger than any catalogue.
    #[error("is over the limit of {limit} {unit}")]
    TooLarge {
        /// The limit.
        limit: usize,
        /// What is counted.
        unit: &'static str,
    },
    /// A file that must be there is not.
    #[error("is missing; a catalogue has catalogue.toml, gates.toml, bullets/, responsibilities/ and overlays/")]
    Missing,
    /// A file that no catalogue has.
    #[error(
        "does not belong here; accepted: catalogue.toml, gates.toml, bullets/PROGRAMME.toml, responsibilities/ID.toml, overlays/ID.toml"
    )]
    UnknownFile,
    /// The text is not what the file is made of: the parser's words, put plainly.
    #[error("{0}")]
    Malformed(String),
    /// The id inside is not the file's name.
    #[error("the id is `{id}`; name the file {id}.toml or correct the id")]
    WrongName {
        /// The id inside.
        id: String,
    },
    /// A bullet's id is not one of the page.
    #[error("`{id}` is not a bullet of this page; expected an id such as {example}")]
    WrongPage {
        /// The id.
        id: BulletId,
        /// One that would do.
        example: &'static str,
    },
    /// A page without its header.
    #[error("catalogue.toml has no [[source]] for it; add one")]
    NoSource,
    /// An overlay without its header.
    #[error("catalogue.toml has no [[overlay]] for it; add one")]
    NoOverlay,
    /// Something that is not a date.
    #[error("`{0}` is not a date; expected YYYY-MM-DD")]
    BadDate(String),
    /// A text that one language lacks.
    #[error("the {} text is empty; write it", language(.0))]
    NoText(Lang),
    /// French that is not typeset as French.
    #[error("{0}")]
    Typography(&'static str),
    /// A text that is the same in both languages.
    #[error("both languages say the same; translate it")]
    Untranslated,
    /// An id that stands twice.
    #[error("`{0}` stands twice; rename or remove one")]
    Duplicate(String),
    /// The ordinal is not the one in the id.
    #[error("the ordinal is `{ordinal}`, the id says `{expected}`; correct one of them")]
    WrongOrdinal {
        /// What is written.
        ordinal: String,
        /// What the id says.
        expected: String,
    },
    /// A section has more or fewer bullets than its page.
    #[error("section {section} has {found} bullets, the page has {expected}; add or remove what differs")]
    WrongCount {
        /// The section.
        section: Section,
        /// How many are there.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// An overlay has more or fewer rows than it says.
    #[error("has {found} responsibilities, catalogue.toml announces {expected}; correct one of them")]
    WrongRows {
        /// How many are there.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A list that must not be empty is.
    #[error("is empty; name at least one")]
    Empty,
    /// An id that nothing has.
    #[error("`{0}` does not exist; correct it, remove it or add what it names")]
    Dangling(String),
    /// A link that only one end knows.
    #[error("`{there}` does not name `{here}` back; add it there or remove it here")]
    OneWay {
        /// This end.
        here: String,
        /// The other end.
        there: String,
    },
    /// The bullet shown to people is not the one of the Office 365 page.
    #[error("`{0}` is an Office 365 bullet and must come first: its code is the one shown")]
    NotFirst(BulletId),
    /// Things that wait for each other.
    #[error("goes in a circle: {}; break it", joined(.0, " → "))]
    Cycle(Vec<ResponsibilityId>),
    /// A container inside a container.
    #[error("`{0}` has children of its own; a child must be proven by requirements")]
    Nested(ResponsibilityId),
    /// Neither a phase nor a phase whose gate waits.
    #[error("has neither `phase` nor `needed_by`; give one of them")]
    NoPhase,
    /// Both a phase and a phase whose gate waits.
    #[error("has both `phase` and `needed_by`; a duty of one phase needs no `needed_by`")]
    TwoPhases,
    /// The phase is not the section's.
    #[error("is `{found}`, but its first bullet stands in section {section}")]
    WrongPhase {
        /// What is written.
        found: String,
        /// The section.
        section: Section,
    },
    /// Something waits for what comes later.
    #[error("`{id}` belongs to phase {later}, after {phase}; nothing can wait for a later phase")]
    Later {
        /// What it waits for.
        id: ResponsibilityId,
        /// Its phase.
        later: Phase,
        /// The phase of what waits.
        phase: Phase,
    },
    /// A role on the wrong side.
    #[error("`{role}` is a role of the {}", if role.is_provider() { "provider; name a role of the customer" } else { "customer; name a role of the provider" })]
    WrongSide {
        /// The role.
        role: Role,
    },
    /// An optional duty that applies to everybody.
    #[error("is optional but applies to everybody; give the condition that the choice sets")]
    OptionalAlways,
    /// Nothing could ever prove it.
    #[error("has neither a requirement nor a child, so nothing could prove it; add one")]
    Unprovable,
    /// Nothing could prove it for some profiles.
    #[error("would apply with nothing to prove it ({profile}); add a requirement for that case or narrow `applies`")]
    UnprovableFor {
        /// Which profile.
        profile: String,
    },
    /// A check that does not exist.
    #[error("the check `{check}` does not exist; accepted: {}", joined(accepted, ", "))]
    UnknownCheck {
        /// The check.
        check: CheckId,
        /// Those that exist.
        accepted: Box<[CheckId]>,
    },
    /// A rule that the check does not have.
    #[error("the check `{check}` has no rule `{rule}`; accepted: {}", joined(accepted, ", "))]
    UnknownRule {
        /// The check.
        check: CheckId,
        /// The rule.
        rule: RuleId,
        /// Those it has.
        accepted: Box<[RuleId]>,
    },
    /// A kind of document, meeting or register that is not a plain word.
    #[error("`{0}` is not a word; expected lower-case letters, digits and dashes, such as success-plan")]
    NotAWord(String),
    /// A probe outside the vocabulary.
    #[error("the probe `{0}` is unknown; correct it or add it to `probes` in catalogue.toml")]
    UnknownProbe(String),
    /// A stand-in for a measurement that asks for no file.
    #[error("stands for a measurement but asks for no file; set `file = true`")]
    StandInWithoutFile,
    /// A number that must not be zero.
    #[error("is 0; give at least 1")]
    Zero,
    /// A phase that no gate, or more than one gate, closes.
    #[error("{found} gates close phase {phase}; exactly one must")]
    ClosingGates {
        /// The phase.
        phase: Phase,
        /// How many gates close it.
        found: usize,
    },
    /// Gates out of order.
    #[error("stands after a gate of a later phase; put the gates in the order of the phases")]
    GateOrder,
    /// A gate that waits for nothing.
    #[error("waits for nothing; give `phases`, `core`, `responsibilities` or `findings`")]
    IdleGate,
}

fn language(lang: &Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Fr => "French",
    }
}

fn joined<T: fmt::Display>(items: &[T], between: &str) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
}

/// A catalogue that could not be read: every file that is wrong, one line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unloadable(pub Vec<Problem>);

impl fmt::Display for Unloadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&joined(&self.0, "\n"))
    }
}

impl std::error::Error for Unloadable {}
