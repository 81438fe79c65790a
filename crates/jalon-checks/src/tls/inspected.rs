//! Traffic that is opened on its way: a host of Microsoft that shows a certificate of nobody public. Microsoft advises
//! against it for its endpoints ("Microsoft 365 network connectivity principles", bypass of inspection devices).

use jalon_wire::tls::{Handshake, Trust};

/// Domains whose hosts are Microsoft's own ("Microsoft 365 URLs and IP address ranges").
const MICROSOFT: [&str; 13] = [
    "office.com",
    "office365.com",
    "office.net",
    "outlook.com",
    "microsoft.com",
    "microsoftonline.com",
    "microsoftonline-p.com",
    "msauth.net",
    "cloud.microsoft",
    "sharepoint.com",
    "live.com",
    "skype.com",
    "windowsupdate.com",
];

/// Whether a host is Microsoft's own.
pub(super) fn is_microsoft(host: &str) -> bool {
    let is_below = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|it| it.is_empty() || it.ends_with('.'))
    };
    MICROSOFT.iter().any(|it| is_below(it))
}

/// Whether somebody between here and Microsoft answers in its place.
pub(super) fn is_inspected(handshake: &Handshake) -> bool {
    let is_public = match handshake.verified_within_dates {
        Trust::Trusted => handshake.is_public,
        Trust::UnknownIssuer => false,
        // Refused for something else: that says nothing of who answers.
        _ => return false,
    };
    !is_public && is_microsoft(&handshake.host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_below_the_domains_are_microsofts() {
        for host in [
            "outlook.office.com",
            "office.com",
            "login.microsoftonline.com",
            "contoso.sharepoint.com",
        ] {
            assert!(is_microsoft(host), "{host}");
        }
        for host in [
            "notoffice.com",
            "office.com.contoso.example",
            "mail.contoso.example",
            "192.0.2.1",
        ] {
            assert!(!is_microsoft(host), "{host}");
        }
    }
}
