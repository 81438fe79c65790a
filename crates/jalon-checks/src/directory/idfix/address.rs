//! The form of an Internet address (`RFC2822Rule`, with the patterns of `Constants`). Names of the findings in the order
//! in which IdFix looks: top-level domain, domain part, local part, form.
//!
//! Patterns ignore case without regard to culture: the Kelvin sign counts as the letter k. `$` in them also matches
//! before a line feed that ends the value.

use jalon_domain::finding::FlawKind;

use crate::directory::TopLevelDomains;

/// Everything that is wrong with a value, and the value as mended.
#[derive(Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) kinds: Vec<FlawKind>,
    pub(super) mended: String,
}

/// Judges a value, or what stands behind its first colon when `smtp:` stands anywhere in it.
pub(super) fn judge(value: &str, tlds: &TopLevelDomains) -> Option<Wrong> {
    let (prefix, written) = match value.split_once(':') {
        Some(parts) if names_smtp(value) => parts,
        _ => ("", value),
    };
    let is_listed = has_listed_end(written, tlds);
    if is_listed && is_address(written) {
        return None;
    }
    let mut kinds = Vec::new();
    if !is_listed {
        kinds.push(FlawKind::TopLevelDomain);
    }
    let address = mended(written, &mut kinds);
    let mended = if written.len() == value.len() {
        address
    } else {
        format!("{}:{address}", prefix.trim_start())
    };
    Some(Wrong { kinds, mended })
}

/// `smtp:` stands somewhere in it, not only at its beginning (`SMTPRegex`).
pub(super) fn names_smtp(value: &str) -> bool {
    let is_smtp = |end: usize| {
        let start = end.checked_sub(4);
        start.is_some_and(|it| value.as_bytes()[it..end].eq_ignore_ascii_case(b"smtp"))
    };
    value.match_indices(':').any(|it| is_smtp(it.0))
}

/// What stands behind the last full stop is a known top-level domain. Nothing behind it, or no full stop at all, is not
/// looked at here.
fn has_listed_end(address: &str, tlds: &TopLevelDomains) -> bool {
    match address.rsplit_once('.') {
        None | Some((_, "")) => true,
        Some((_, end)) => tlds.listed(end) || tlds.listed(&end.to_lowercase()),
    }
}

fn mended(address: &str, kinds: &mut Vec<FlawKind>) -> String {
    let mut address = address.to_owned();
    if !has_domain(&address) {
        kinds.push(FlawKind::DomainPart);
        if let Some((local, domain)) = address.rsplit_once('@') {
            let domain: String = domain.chars().filter(|it| is_host(*it) || *it == '.').collect();
            address = format!("{local}@{domain}");
        }
    }
    if !has_local(&address) || address.matches('@').count() > 1 {
        kinds.push(FlawKind::LocalPart);
        if let Some((local, domain)) = address.rsplit_once('@') {
            let local: String = local.chars().filter(|it| is_atext(*it) || *it == '.').collect();
            // One full stop before the @ goes; of several, the others stay.
            address = format!("{}@{domain}", local.strip_suffix('.').unwrap_or(&local));
        }
    }
    if !is_address(&address) {
        kinds.push(FlawKind::Format);
    }
    address
}

/// `Rfc2822Regex`: a local part, one @, a domain.
fn is_address(address: &str) -> bool {
    has_local(address) && has_domain(address) && address.matches('@').count() == 1
}

/// `LocalPartRegex`: atoms between full stops, up to the first @.
fn has_local(address: &str) -> bool {
    let Some((local, _)) = address.split_once('@') else {
        return false;
    };
    local.split('.').all(|it| !it.is_empty() && it.chars().all(is_atext))
}

/// `DomainPartRegex`: labels behind the last @, the last of them 2 to 17 letters. An error of IdFix: neither `xn--…`
/// nor the longest new top-level domains are that, although a list may have them.
fn has_domain(address: &str) -> bool {
    let Some((_, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let domain = domain.strip_suffix('\n').unwrap_or(domain);
    let Some((labels, end)) = domain.rsplit_once('.') else {
        return false;
    };
    labels.split('.').all(is_label) && (2..=17).contains(&end.chars().count()) && end.chars().all(is_letter)
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_host)
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '\u{212a}'
}

fn is_host(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || c == '-'
}

/// The atext of RFC 5322, section 3.2.3.
fn is_atext(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || "!#$%&'*+/=?^_`{|}~-".contains(c)
}
