//! Why something is not known: a closed list, each with a code for programs and a sentence for people.

use jalon_domain::text::Text;
use serde::{Deserialize, Serialize};

/// Why a rule is inconclusive. None of these says anything about the thing that was to be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Nothing came back in time.
    Timeout,
    /// A name server refuses to answer (RCODE 5).
    Refused,
    /// A name server failed to find out (SERVFAIL and other codes).
    ServerFailure,
    /// A name server that is neither responsible nor asks others.
    NotResponsible,
    /// An answer that cannot be read.
    Unreadable,
    /// No way to the server.
    Unreachable,
    /// Nothing listens on the port.
    ConnectionRefused,
    /// The host name leads to no address.
    NameNotFound,
    /// An address that may not be connected.
    Forbidden,
    /// What listens does not speak TLS, or no version of it that can be spoken here.
    NoHandshake,
    /// Aliases in a circle.
    AliasLoop,
    /// A name that cannot be asked for.
    BadName,
    /// The source holds nothing to judge.
    Empty,
    /// The source leaves out what the rule needs.
    NotExported,
    /// The question was not put.
    NotAsked,
    /// A mail server that nobody allowed to call.
    NotCalled,
    /// What would be right is not known here.
    NotInTable,
    /// A live source does not show it: it forbids it, another server holds it, or no answer came.
    NotShown,
    /// People of another directory who are nobody here, or perhaps several.
    Unmatched,
    /// There is more than one where only one can count.
    Several,
    /// Servers of which each counts show different things.
    Differing,
    /// Only what somebody sends would show it.
    SenderDecides,
    /// A server that does not serve this caller, now or ever.
    TurnedAway,
    /// No chain of signatures could be followed to it.
    Unvalidated,
}

/// A doubt and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubted {
    pub(crate) doubt: Doubt,
    pub(crate) about: String,
}

impl Doubt {
    /// Every doubt.
    pub const ALL: [Self; 24] = [
        Self::Timeout,
        Self::Refused,
        Self::ServerFailure,
        Self::NotResponsible,
        Self::Unreadable,
        Self::Unreachable,
        Self::ConnectionRefused,
        Self::NameNotFound,
        Self::Forbidden,
        Self::NoHandshake,
        Self::AliasLoop,
        Self::BadName,
        Self::Empty,
        Self::NotExported,
        Self::NotAsked,
        Self::NotCalled,
        Self::NotInTable,
        Self::NotShown,
        Self::Unmatched,
        Self::Several,
        Self::Differing,
        Self::SenderDecides,
        Self::TurnedAway,
        Self::Unvalidated,
    ];

    /// The code of a JSON document.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Refused => "refused",
            Self::ServerFailure => "server failure",
            Self::NotResponsible => "not responsible",
            Self::Unreadable => "unreadable answer",
            Self::Unreachable => "unreachable",
            Self::ConnectionRefused => "connection refused",
            Self::NameNotFound => "name not found",
            Self::Forbidden => "address not allowed",
            Self::NoHandshake => "no TLS",
            Self::AliasLoop => "alias loop",
            Self::BadName => "bad name",
            Self::Empty => "nothing to judge",
            Self::NotExported => "not in the export",
            Self::NotAsked => "not asked",
            Self::NotCalled => "not called",
            Self::NotInTable => "not in the table",
            Self::NotShown => "not shown",
            Self::Unmatched => "not matched",
            Self::Several => "several",
            Self::Differing => "differing",
            Self::SenderDecides => "depends on the sender",
            Self::TurnedAway => "turned away",
            Self::Unvalidated => "not validated",
        }
    }

    /// The sentence, which begins with the code in English so that [`code_of`] finds it again.
    pub(crate) fn text(self, about: &str) -> Text {
        let Text { en, fr } = self.said();
        Text::new(format!("{}: {en} ({about})", self.code()), format!("{fr} ({about})"))
    }

    /// The doubt in a few words.
    pub fn said(self) -> Text {
        let (en, fr) = match self {
            Self::Timeout => ("no answer in time", "délai dépassé"),
            Self::Refused => (
                "the name server refuses to answer",
                "le serveur de noms refuse de répondre",
            ),
            Self::ServerFailure => (
                "the name server could not find out",
                "le serveur de noms n’a pas su répondre",
            ),
            Self::NotResponsible => (
                "the name server does not know this zone",
                "le serveur de noms ne connaît pas cette zone",
            ),
            Self::Unreadable => ("the answer cannot be read", "la réponse est illisible"),
            Self::Unreachable => ("there is no way to it", "aucun chemin n’y mène"),
            Self::ConnectionRefused => ("nothing listens there", "rien n’y écoute"),
            Self::NameNotFound => ("the name leads to no address", "le nom ne mène à aucune adresse"),
            Self::Forbidden => (
                "this address may not be connected from here",
                "il est interdit de joindre cette adresse d’ici",
            ),
            Self::NoHandshake => ("TLS could not be agreed on", "aucun accord TLS"),
            Self::AliasLoop => ("the aliases lead in a circle", "les alias tournent en rond"),
            Self::BadName => ("the name cannot be asked for", "ce nom ne peut pas être demandé"),
            Self::Empty => (
                "the source holds nothing to judge",
                "la source ne contient rien à juger",
            ),
            Self::NotExported => ("no object of the source has it", "aucun objet de la source ne le porte"),
            Self::NotAsked => ("the question was not put", "la question n’a pas été posée"),
            Self::NotCalled => (
                "mail servers are only called where `jalon check dns --mail-servers` allows it, from where port 25 is open",
                "les serveurs de courrier ne sont appelés que si `jalon check dns --mail-servers` le permet, d’où le port 25 est ouvert",
            ),
            Self::NotInTable => (
                "the expected records of this cloud are not in the built-in table",
                "les enregistrements attendus de ce nuage ne sont pas dans la table intégrée",
            ),
            Self::NotShown => ("the directory does not show it", "l’annuaire ne le montre pas"),
            Self::Several => (
                "there is more than one, and receivers apply none",
                "il y en a plusieurs, et les destinataires n’en appliquent aucun",
            ),
            Self::Differing => (
                "what is shown differs from one address to another, and which one counts is chance",
                "ce qui est montré diffère d’une adresse à l’autre, et laquelle compte relève du hasard",
            ),
            Self::SenderDecides => (
                "where it leads changes with the sender",
                "où il mène change avec l’expéditeur",
            ),
            Self::TurnedAway => (
                "the server does not serve this caller, or not now",
                "le serveur ne sert pas cet appelant, ou pas maintenant",
            ),
            Self::Unvalidated => (
                "no chain of signatures could be followed to it",
                "aucune chaîne de signatures n’a pu être suivie jusqu’à lui",
            ),
            Self::Unmatched => (
                "people or addresses of the other directory are left to decide about: `jalon fix mail` lists them",
                "des personnes ou des adresses de l’autre annuaire restent à décider : `jalon fix mail` les énumère",
            ),
        };
        Text::new(en, fr)
    }
}

/// The code that a sentence of [`Doubt::text`] begins with; the whole sentence when it is none of them.
pub(crate) fn code_of(reason: &Text) -> &str {
    reason.en.split_once(": ").map_or(reason.en.as_str(), |(code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_doubt_is_told_in_both_languages_and_keeps_its_code() {
        for doubt in Doubt::ALL {
            let text = doubt.text("TXT contoso.example");
            assert_eq!(code_of(&text), doubt.code());
            assert!(text.is_complete() && text.fr.contains("contoso.example"), "{doubt:?}");
        }
    }
}
