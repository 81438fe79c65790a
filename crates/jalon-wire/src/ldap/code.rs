//! Result codes (RFC 4511, appendix A) turned into errors that somebody can act on.

use super::{Denial, LdapError, Rejection, message::Outcome};

/// What a result means when somebody signs in.
pub(super) fn bind_error(server: &str, name: &str, result: &Outcome) -> LdapError {
    let (server_, said) = (server.to_owned(), said(result));
    match result.code {
        49 => LdapError::Denied {
            server: server_,
            name: name.to_owned(),
            why: denial(&result.text),
        },
        7 | 48 => LdapError::MethodRefused { server: server_, said },
        _ => error(server, result),
    }
}

/// What a result means when it is about no object in particular.
pub(super) fn error(server: &str, result: &Outcome) -> LdapError {
    let (server, said) = (server.to_owned(), said(result));
    match result.code {
        3 => LdapError::TimeLimit { server, entries: 0 },
        4 | 11 => LdapError::ServerSizeLimit {
            server,
            entries: 0,
            said,
        },
        8 | 13 => LdapError::ProtectionRequired { server, said },
        // Active Directory says "operations error" to whoever has not signed in (MS-ADTS 3.1.1.3.1.3).
        1 if said.contains("successful bind") || said.contains("000004DC") => {
            LdapError::SignInRequired { server, said }
        }
        48 => LdapError::SignInRequired { server, said },
        50 => LdapError::Forbidden { server, said },
        51 | 52 => LdapError::Busy { server, said },
        code => LdapError::Other {
            server,
            code,
            name: name(code),
            said,
        },
    }
}

/// What a result means for a search below `base`.
pub(super) fn search_error(server: &str, base: &str, anonymous: bool, result: &Outcome) -> LdapError {
    let server_ = server.to_owned();
    match result.code {
        10 => LdapError::Elsewhere {
            server: server_,
            base: base.to_owned(),
            urls: result.urls.clone(),
        },
        // A server that hides everything from anonymous clients says "no such object" or "operations error".
        1 | 50 if anonymous => LdapError::SignInRequired {
            server: server_,
            said: said(result),
        },
        32 => LdapError::NoBase {
            server: server_,
            base: base.to_owned(),
            matched: result.matched.clone(),
        },
        34 => LdapError::BadDn { dn: base.to_owned() },
        _ => error(server, result),
    }
}

/// What a result means for a change of `dn`.
pub(super) fn modify_error(server: &str, dn: &str, result: &Outcome) -> LdapError {
    match rejection(result.code) {
        Some(why) => LdapError::Rejected {
            dn: dn.to_owned(),
            why,
            said: said(result),
        },
        None if result.code == 34 => LdapError::BadDn { dn: dn.to_owned() },
        None => error(server, result),
    }
}

fn rejection(code: i64) -> Option<Rejection> {
    Some(match code {
        16 => Rejection::ValueAbsent,
        17 => Rejection::NoSuchAttribute,
        19 | 68 => Rejection::Constraint,
        20 => Rejection::ValueExists,
        21 => Rejection::Syntax,
        32 => Rejection::NoSuchObject,
        50 => Rejection::Forbidden,
        53 => Rejection::Unwilling,
        65 | 67 | 69 => Rejection::ObjectClass,
        _ => return None,
    })
}

/// Active Directory adds a code of Windows to "invalid credentials": `AcceptSecurityContext error,
/// data 52e, v…` (the codes are those of `LogonUser`).
fn denial(text: &str) -> Denial {
    let code = text.split("data ").nth(1).map(|it| it.split(',').next().unwrap_or(it));
    match code.map(str::trim) {
        Some("525") => Denial::NoSuchAccount,
        Some("530" | "531") => Denial::NotNow,
        Some("532" | "773") => Denial::PasswordExpired,
        Some("533") => Denial::Disabled,
        Some("701") => Denial::AccountExpired,
        Some("775") => Denial::Locked,
        Some("80090346") => Denial::ChannelBinding,
        _ => Denial::WrongCredentials,
    }
}

/// The server's own words on one line; without any, the name of the result.
pub(super) fn said(result: &Outcome) -> String {
    let words = result.text.split(['\0', '\n', '\r']).map(str::trim);
    let text = words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        name(result.code).to_owned()
    } else {
        text
    }
}

/// The name of a result code.
fn name(code: i64) -> &'static str {
    match code {
        0 => "success",
        1 => "operations error",
        2 => "protocol error",
        3 => "time limit exceeded",
        4 => "size limit exceeded",
        7 => "authentication method not supported",
        8 => "stronger authentication required",
        10 => "referral",
        11 => "administrative limit exceeded",
        12 => "unavailable critical extension",
        13 => "confidentiality required",
        14 => "SASL bind in progress",
        16 => "no such attribute",
        17 => "undefined attribute type",
        18 => "inappropriate matching",
        19 => "constraint violation",
        20 => "attribute or value exists",
        21 => "invalid attribute syntax",
        32 => "no such object",
        33 => "alias problem",
        34 => "invalid DN syntax",
        48 => "inappropriate authentication",
        49 => "invalid credentials",
        50 => "insufficient access rights",
        51 => "busy",
        52 => "unavailable",
        53 => "unwilling to perform",
        54 => "loop detected",
        64 => "naming violation",
        65 => "object class violation",
        66 => "not allowed on non-leaf",
        67 => "not allowed on RDN",
        68 => "entry already exists",
        69 => "object class modifications prohibited",
        71 => "affects multiple servers",
        80 => "other error",
        _ => "unknown result",
    }
}
