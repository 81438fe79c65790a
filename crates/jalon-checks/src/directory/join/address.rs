//! Addresses of the other directory: which of them Active Directory can hold (the rules DIR-005, DIR-007, DIR-011 and
//! DIR-016), and their one spelling.

use jalon_domain::finding::FlawKind;

use crate::directory::TopLevelDomains;

/// The longest that fits all of mail, proxyAddresses and targetAddress, their prefix included.
const LONGEST: usize = 250;

/// An address as it is written to the directory: without a prefix, its domain in lower case.
///
/// # Errors
/// What is wrong with it.
pub(super) fn parse(raw: &str, tlds: &TopLevelDomains) -> Result<String, FlawKind> {
    let bare = without_prefix(raw.trim()).ok_or(FlawKind::Format)?;
    let (local, domain) = bare.rsplit_once('@').ok_or(FlawKind::Format)?;
    if !local.is_ascii() {
        return Err(FlawKind::Character);
    }
    if !local.split('.').all(is_atom) {
        return Err(FlawKind::LocalPart);
    }
    let domain = idna::domain_to_ascii(domain).map_err(|_| FlawKind::DomainPart)?;
    if !is_domain(&domain) {
        return Err(FlawKind::DomainPart);
    }
    if !tlds.has(domain.rsplit('.').next().unwrap_or_default()) {
        return Err(FlawKind::TopLevelDomain);
    }
    let address = format!("{local}@{domain}");
    if address.len() > LONGEST {
        Err(FlawKind::Length)
    } else {
        Ok(address)
    }
}

/// What stands behind `smtp:`, or all of it; `None` for an address of another kind (`x500:`, `sip:`).
pub(super) fn without_prefix(value: &str) -> Option<&str> {
    match value.split_once(':') {
        Some((prefix, rest)) => prefix.eq_ignore_ascii_case("smtp").then_some(rest),
        None => Some(value),
    }
}

/// The address of a value in proxyAddresses that is an SMTP address.
pub(super) fn of_proxy(value: &str) -> Option<&str> {
    value
        .split_once(':')
        .filter(|it| it.0.eq_ignore_ascii_case("smtp"))
        .map(|it| it.1)
}

/// The address that proxyAddresses marks as the one to write from.
pub(super) fn primary_of(proxies: &[String]) -> Option<&str> {
    proxies.iter().find_map(|it| it.strip_prefix("SMTP:"))
}

/// The atext of RFC 5322, section 3.2.3, without what Microsoft's page on directory attributes bars from addresses.
fn is_atom(atom: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    !atom.is_empty() && atom.bytes().all(is_allowed)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |it: &str| {
        let has_form = it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (1..=63).contains(&it.len()) && has_form && !it.starts_with('-') && !it.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: Result<&str, FlawKind>) {
        let found = parse(raw, &TopLevelDomains::default());
        assert_eq!(found.as_deref().map_err(|it| *it), expected, "{raw}");
    }

    #[test]
    fn a_sound_address_gets_its_domain_in_lower_case() {
        check(" Ada.L@Contoso.EXAMPLE ", Ok("Ada.L@contoso.example"));
        check("SMTP:ada@contoso.example", Ok("ada@contoso.example"));
        check("ada@cöntoso.example", Ok("ada@xn--cntoso-wxa.example"));
    }

    #[test]
    fn what_the_directory_cannot_hold_is_told() {
        check("Ada Lovelace/Nord@NORD", Err(FlawKind::LocalPart));
        check("ada@nord", Err(FlawKind::DomainPart));
        check("ada@nord.local", Err(FlawKind::TopLevelDomain));
        check("adé@contoso.example", Err(FlawKind::Character));
        check("ada.@contoso.example", Err(FlawKind::LocalPart));
        check("ada", Err(FlawKind::Format));
        check("x500:/o=Nord/cn=ada", Err(FlawKind::Format));
        check(&format!("{}@contoso.example", "a".repeat(240)), Err(FlawKind::Length));
    }

    #[test]
    fn prefixes_tell_the_kind_and_their_case_the_primary() {
        let values = ["x500:/o=Nord", "smtp:a@contoso.example", "SMTP:b@contoso.example"].map(str::to_owned);
        assert_eq!(primary_of(&values), Some("b@contoso.example"));
        assert_eq!(values.iter().filter_map(|it| of_proxy(it)).count(), 2);
    }
}
