//! Does a certificate carry a name? RFC 9525: only subjectAltName counts, never the common name;
//! a wildcard is the whole leftmost label and stands for exactly one.

use std::net::IpAddr;

/// Whether a host (A-labels or an address) is among the names of a certificate.
pub fn name_matches(host: &str, dns_names: &[String], ip_names: &[IpAddr]) -> bool {
    match host.parse::<IpAddr>() {
        Ok(address) => ip_names.contains(&address),
        Err(_) => {
            let host = host.strip_suffix('.').unwrap_or(host);
            dns_names.iter().any(|it| covers(it, host))
        }
    }
}

fn covers(presented: &str, host: &str) -> bool {
    match presented.strip_prefix("*.") {
        None => presented.eq_ignore_ascii_case(host),
        Some(rest) => host
            .split_once('.')
            .is_some_and(|(label, parent)| !label.is_empty() && parent.eq_ignore_ascii_case(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, presented: &str, expected: bool) {
        assert_eq!(
            name_matches(host, &[presented.to_owned()], &[]),
            expected,
            "{host} {presented}"
        );
    }

    #[test]
    fn a_wildcard_is_the_leftmost_label_and_stands_for_one() {
        check("mail.contoso.example", "MAIL.contoso.example", true);
        check("mail.contoso.example.", "mail.contoso.example", true);
        check("mail.contoso.example", "*.contoso.example", true);
        check("contoso.example", "*.contoso.example", false);
        check("a.mail.contoso.example", "*.contoso.example", false);
        check("mail.contoso.example", "m*.contoso.example", false);
        check("mail.contoso.example", "mail.*.example", false);
        check("mail.contoso.example", "*", false);
        check(".contoso.example", "*.contoso.example", false);
    }

    #[test]
    fn an_address_is_compared_with_addresses_only() {
        let address: IpAddr = "192.0.2.1".parse().expect("an address");
        assert!(name_matches("192.0.2.1", &[], &[address]));
        assert!(!name_matches("192.0.2.1", &["192.0.2.1".into(), "*.0.2.1".into()], &[]));
    }
}
