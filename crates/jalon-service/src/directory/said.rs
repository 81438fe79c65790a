//! What a directory server, or the way there, refuses: in both languages, with what to do.

use jalon_domain::text::Text;
use jalon_store::seal::KeyError;
use jalon_wire::ldap::{Denial, LdapError};

/// What went wrong and what to do, as one line.
pub(crate) fn said(error: &LdapError) -> Text {
    let fr = in_french(error);
    let advice = advice(error);
    Text::new(
        format!("{error}; {}", advice.en),
        format!("{fr}\u{202f}; {}", advice.fr),
    )
}

fn in_french(error: &LdapError) -> String {
    match error {
        LdapError::NameNotFound { host } => format!("le nom {host} n’existe pas"),
        LdapError::LookupFailed { host, reason } => format!("le nom {host} n’a pas pu être résolu ({reason})"),
        LdapError::OutOfReach(it) => format!(
            "{} ne peut pas être joint\u{a0}: ces adresses sont refusées",
            it.address
        ),
        LdapError::Unreachable { address, reason } => format!("{address} est injoignable ({reason})"),
        LdapError::Timeout { server, .. } => format!("{server} n’a pas répondu à temps"),
        LdapError::Untrusted { server, why } => {
            format!("le certificat de {server} n’est pas digne de confiance ({why})")
        }
        LdapError::NoStartTls { server, said } => format!("{server} n’offre pas StartTLS ({said})"),
        LdapError::NoTls { server, reason } => format!("pas de TLS avec {server} ({reason})"),
        LdapError::Denied { server, name, why } => {
            format!("{server} ne laisse pas entrer {name}\u{a0}: {}", denial(*why))
        }
        LdapError::ProtectionRequired { server, said } => format!("{server} exige signature ou chiffrement ({said})"),
        LdapError::MethodRefused { server, said } => format!("{server} n’accepte pas cette identification ({said})"),
        LdapError::SignInRequired { server, said } => format!("{server} ne répond rien aux anonymes ({said})"),
        LdapError::Forbidden { server, said } => format!("{server} l’interdit ({said})"),
        LdapError::NoBase { server, base, .. } => format!("« {base} » n’existe pas sur {server}")
            .replace("« ", "«\u{a0}")
            .replace(" »", "\u{a0}»"),
        LdapError::BadDn { dn } => format!("«\u{a0}{dn}\u{a0}» n’est pas un nom distinctif"),
        LdapError::BadFilter { filter } => format!("«\u{a0}{filter}\u{a0}» n’est pas un filtre LDAP"),
        LdapError::Elsewhere { server, base, urls } => {
            format!(
                "{server} ne détient pas «\u{a0}{base}\u{a0}» et renvoie à {}",
                urls.join(", ")
            )
        }
        LdapError::ServerSizeLimit { server, entries, .. } => {
            format!("{server} ne donne que {entries} entrées à ce compte")
        }
        LdapError::TimeLimit { server, entries } => {
            format!("{server} a atteint sa limite de temps après {entries} entrées")
        }
        LdapError::Busy { server, said } => format!("{server} est occupé ou s’arrête ({said})"),
        LdapError::ConnectionLost {
            server,
            reason,
            entries,
        } => {
            format!("la connexion à {server} a été perdue après {entries} entrées ({reason})")
        }
        LdapError::Malformed { server, reason } => format!("{server} a envoyé une réponse illisible ({reason})"),
        LdapError::Other {
            server,
            code,
            name,
            said,
        } => format!("{server} a répondu {code} ({name}) «\u{a0}{said}\u{a0}»"),
        other => format!("l’annuaire a refusé ({other})"),
    }
}

const fn denial(why: Denial) -> &'static str {
    match why {
        Denial::WrongCredentials => "le nom ou le mot de passe est faux",
        Denial::NoSuchAccount => "ce compte n’existe pas",
        Denial::NotNow => "le compte ne peut pas s’identifier maintenant ou d’ici",
        Denial::PasswordExpired => "le mot de passe a expiré ou doit être changé",
        Denial::Disabled => "le compte est désactivé",
        Denial::AccountExpired => "le compte a expiré",
        Denial::Locked => "le compte est verrouillé",
        Denial::ChannelBinding => "le serveur exige une liaison au canal TLS",
    }
}

/// What to do about it.
fn advice(error: &LdapError) -> Text {
    let (en, fr) = match error {
        LdapError::NameNotFound { .. } | LdapError::LookupFailed { .. } => (
            "check the spelling, and that this server asks the name servers that know the name",
            "vérifiez l’orthographe, et que ce serveur interroge les serveurs de noms qui le connaissent",
        ),
        LdapError::OutOfReach(_) => (
            "allow private addresses in this server’s settings, or name another one",
            "autorisez les adresses privées dans les réglages de ce serveur, ou indiquez-en une autre",
        ),
        LdapError::Unreachable { .. } | LdapError::Timeout { .. } | LdapError::ConnectionLost { .. } => (
            "check the port and the firewalls between this server and the directory",
            "vérifiez le port et les pare-feu entre ce serveur et l’annuaire",
        ),
        LdapError::Untrusted { .. } => (
            "paste the certificate of the authority that issued it under “Authorities”",
            "collez le certificat de l’autorité qui l’a émis sous «\u{a0}Autorités\u{a0}»",
        ),
        LdapError::NoStartTls { .. } | LdapError::NoTls { .. } => (
            "choose LDAPS, or install a certificate on the directory server",
            "choisissez LDAPS, ou installez un certificat sur le serveur d’annuaire",
        ),
        LdapError::Denied { .. } => (
            "check name and password; a locked account stays locked while it is tried",
            "vérifiez le nom et le mot de passe\u{202f}; un compte verrouillé le reste tant qu’on l’essaie",
        ),
        LdapError::ProtectionRequired { .. } => ("choose StartTLS or LDAPS", "choisissez StartTLS ou LDAPS"),
        LdapError::MethodRefused { .. } => (
            "choose name and password over StartTLS or LDAPS",
            "choisissez nom et mot de passe sous StartTLS ou LDAPS",
        ),
        LdapError::SignInRequired { .. } => ("name an account that may read", "indiquez un compte qui peut lire"),
        LdapError::Forbidden { .. } | LdapError::ServerSizeLimit { .. } => (
            "give the account the right to read these objects, or name another one",
            "donnez au compte le droit de lire ces objets, ou indiquez-en un autre",
        ),
        LdapError::NoBase { .. } | LdapError::BadDn { .. } | LdapError::Elsewhere { .. } => (
            "correct the bases, or leave them empty to read everything",
            "corrigez les bases, ou laissez-les vides pour tout lire",
        ),
        LdapError::BadFilter { .. } => (
            "correct the filter, or leave it empty",
            "corrigez le filtre, ou laissez-le vide",
        ),
        LdapError::Busy { .. } | LdapError::TimeLimit { .. } => ("try again later", "réessayez plus tard"),
        _ => (
            "look at the directory server’s log",
            "regardez le journal du serveur d’annuaire",
        ),
    };
    Text::new(en, fr)
}

/// Whether another try may succeed without anybody changing anything.
pub(crate) fn may_pass(error: &LdapError) -> bool {
    matches!(
        error,
        LdapError::LookupFailed { .. }
            | LdapError::Unreachable { .. }
            | LdapError::Timeout { .. }
            | LdapError::ConnectionLost { .. }
            | LdapError::Busy { .. }
            | LdapError::TimeLimit { .. }
            | LdapError::Malformed { .. }
    )
}

/// What is wrong with the key file, in both languages.
pub fn key_said(error: &KeyError) -> Text {
    let fr = match error {
        KeyError::Unnamed => {
            "les secrets se gardent avec un fichier de clé, et aucun n’est indiqué\u{a0}: créez-en un de 32 octets aléatoires et indiquez-le".to_owned()
        }
        KeyError::Missing { path } => {
            format!("le fichier de clé {} manque\u{a0}: remettez-le, ou indiquez le bon", path.display())
        }
        KeyError::Unreadable { path, error } => format!("le fichier de clé {}\u{a0}: {error}", path.display()),
        KeyError::NotAKey { path, size } => {
            format!("{} n’est pas un fichier de clé\u{a0}: il contient {size} octets, pas 32", path.display())
        }
        KeyError::Wrong { path } => {
            format!("la clé de {} n’ouvre pas les secrets gardés ici\u{a0}: remettez le bon fichier", path.display())
        }
        KeyError::Damaged { .. } => "un secret ne peut pas être ouvert\u{a0}: saisissez-le de nouveau".to_owned(),
    };
    Text::new(error.to_string(), fr)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_failed_comes_with_what_to_do_in_both_languages() {
        let server = || "dc1.nord.example:389".to_owned();
        let errors = [
            LdapError::NameNotFound { host: "dc1".into() },
            LdapError::Denied {
                server: server(),
                name: "svc".into(),
                why: Denial::Locked,
            },
            LdapError::NoBase {
                server: server(),
                base: "DC=x".into(),
                matched: String::new(),
            },
            LdapError::Stopped { entries: 1 },
        ];
        for error in errors {
            let said = said(&error);
            assert!(said.en.contains("; ") && said.fr.contains("\u{202f}; "), "{said:?}");
            assert!(!said.fr.contains(" ;") && !said.fr.contains(" :"), "{}", said.fr);
        }
    }
}
