//! What was gathered of one forest: for each part the entries, or why there are none.

use std::collections::{BTreeMap, BTreeSet};

use jalon_domain::text::Text;
use jalon_wire::{
    entry::Entry,
    ldap::{LdapError, RootDse},
};

use super::{Part, dn, types::Why};

/// What was gathered of one forest, from one server or several.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What the servers say of themselves.
    pub roots: Vec<RootDse>,
    /// The parts, each of a domain (its distinguished name) or, with an empty name, of the forest.
    pub parts: BTreeMap<(Part, String), Seen>,
}

/// What came of asking for a part.
#[derive(Clone, Debug)]
pub enum Seen {
    /// The entries; there may be none.
    Entries(Vec<Entry>),
    /// Why they are not known.
    Unseen(Unseen),
}

/// Why a part is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Why, for programs.
    pub why: Why,
    /// More about it: servers, a limit, the server's words.
    pub detail: String,
}

impl Gathered {
    /// The entries of a part of the forest; none when it was not seen.
    pub(super) fn entries(&self, part: Part) -> &[Entry] {
        match self.parts.get(&(part, String::new())) {
            Some(Seen::Entries(entries)) => entries,
            _ => &[],
        }
    }

    /// The entries of a part of each domain, with the domain's distinguished name.
    pub(super) fn of_domains(&self, part: Part) -> impl Iterator<Item = (&str, &Entry)> {
        let of_part = self.parts.iter().filter(move |it| it.0.0 == part);
        of_part.flat_map(|((_, domain), seen)| {
            let entries = match seen {
                Seen::Entries(entries) => entries.as_slice(),
                Seen::Unseen(_) => &[],
            };
            entries.iter().map(move |it| (domain.as_str(), it))
        })
    }

    /// The parts that were not seen.
    pub(super) fn unseen(&self) -> impl Iterator<Item = (Part, &str, &Unseen)> {
        self.parts.iter().filter_map(|((part, domain), seen)| match seen {
            Seen::Unseen(unseen) => Some((*part, domain.as_str(), unseen)),
            Seen::Entries(_) => None,
        })
    }

    /// Whether both were gathered of the same forest.
    pub fn is_same_forest(&self, other: &Self) -> bool {
        let configuration = |it: &Self| it.roots.iter().find_map(|it| it.configuration_naming_context.clone());
        match (configuration(self), configuration(other)) {
            (Some(own), Some(others)) => dn::same(&own, &others),
            _ => false,
        }
    }

    /// Adds what another server of the same forest told: of each part, what was seen is kept.
    pub fn join(&mut self, other: Self) {
        self.roots.extend(other.roots);
        for (key, seen) in other.parts {
            if !matches!(self.parts.get(&key), Some(Seen::Entries(_))) {
                self.parts.insert(key, seen);
            }
        }
        // Whoever was asked for parts of a domain holds it: that the other server does not matters no more.
        let parts = self.parts.keys().filter(|it| it.0 != Part::Domain);
        let held: BTreeSet<String> = parts.map(|it| it.1.clone()).collect();
        self.parts
            .retain(|(part, domain), _| *part != Part::Domain || !held.contains(domain));
    }
}

impl Unseen {
    /// Why a server does not show a part.
    pub(super) fn of(error: &LdapError) -> Self {
        let why = match error {
            LdapError::NoBase { .. } => Why::NotThere,
            LdapError::Forbidden { .. } => Why::Forbidden,
            LdapError::SignInRequired { .. } => Why::SignInRequired,
            LdapError::Elsewhere { .. } => Why::Elsewhere,
            LdapError::SizeLimit { .. } | LdapError::ServerSizeLimit { .. } => Why::TooMany,
            LdapError::Timeout { .. }
            | LdapError::Unreachable { .. }
            | LdapError::ConnectionLost { .. }
            | LdapError::Busy { .. }
            | LdapError::TimeLimit { .. } => Why::NoAnswer,
            _ => Why::Failed,
        };
        Self {
            why,
            detail: error.to_string(),
        }
    }

    /// Whether asking for more of the server is in vain.
    pub(super) fn is_final(&self, error: &LdapError) -> bool {
        matches!(self.why, Why::NoAnswer | Why::SignInRequired) && !matches!(error, LdapError::TimeLimit { .. })
    }

    /// The sentence about it.
    pub(super) fn reason(&self, part: Part) -> Text {
        let detail = &self.detail;
        match (self.why, part) {
            (Why::NotThere, Part::ExchangeSchema) => Text::new(
                "absent: the forest was never prepared for Exchange",
                "absent : la forêt n’a jamais été préparée pour Exchange",
            ),
            (Why::NotThere, Part::SkypeSchema) => Text::new(
                "absent: the forest was never prepared for Lync or Skype",
                "absent : la forêt n’a jamais été préparée pour Lync ni Skype",
            ),
            (Why::NotThere, _) => Text::new("the directory has no such thing", "l’annuaire n’en a pas"),
            (Why::Forbidden, _) => Text::new(
                format!("this account may not see it ({detail})"),
                format!("ce compte n’a pas le droit de le voir ({detail})"),
            ),
            (Why::SignInRequired, _) => Text::new(
                "the server shows nothing to whoever has not signed in",
                "le serveur ne montre rien à qui ne s’est pas identifié",
            ),
            (Why::Elsewhere, _) => Text::new(
                format!("another server holds it: {detail}"),
                format!("un autre serveur le détient : {detail}"),
            ),
            (Why::TooMany, _) => Text::new(
                format!("there is too much of it to be read ({detail})"),
                format!("il y en a trop pour être lu ({detail})"),
            ),
            (Why::NoAnswer, _) => Text::new(format!("no answer ({detail})"), format!("pas de réponse ({detail})")),
            (Why::Failed, _) => Text::new(format!("it failed ({detail})"), format!("échec ({detail})")),
        }
    }
}
