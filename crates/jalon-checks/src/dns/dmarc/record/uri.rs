//! Where reports go (RFC 9989, section 4.7, `rua` and `ruf`; RFC 9990, section 4).

use crate::dns::spf::syntax::Span;

/// One address of a list, and where it stands in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where.
    pub span: Span,
    /// The URI without a size, where it is a mail address that can be written to.
    pub uri: Option<String>,
    /// The domain of the address, lower-case.
    pub host: Option<String>,
    /// Whether a size follows, which receivers no longer read (RFC 9989 leaves out `!10m` of RFC 7489).
    pub is_sized: bool,
}

/// The addresses of a value that stands at `at`.
pub fn targets(value: &str, at: Span) -> Vec<Target> {
    let mut start = at.start;
    let target = |piece: &str| {
        let written = piece.trim_matches([' ', '\t']);
        let from = start + (piece.len() - piece.trim_start_matches([' ', '\t']).len());
        start += piece.len() + 1;
        let span = Span {
            start: from,
            end: from + written.len(),
        };
        target(written, span)
    };
    value.split(',').map(target).collect()
}

fn target(written: &str, span: Span) -> Target {
    let (uri, size) = match written.split_once('!') {
        Some((uri, size)) => (uri, Some(size)),
        None => (written, None),
    };
    let fits = size.is_none_or(is_size);
    let host = host(uri).filter(|_| fits);
    Target {
        span,
        uri: host.is_some().then(|| uri.to_owned()),
        host,
        is_sized: size.is_some(),
    }
}

/// A number and perhaps a unit.
fn is_size(size: &str) -> bool {
    let digits = size.trim_end_matches(['k', 'm', 'g', 't', 'K', 'M', 'G', 'T']);
    size.len() - digits.len() <= 1 && !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
}

/// The domain of a `mailto:` address (RFC 6068); nothing for any other URI.
fn host(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    let address = rest.split('?').next().unwrap_or_default();
    let (local, host) = address.rsplit_once('@')?;
    let is_label = |it: &str| {
        let fits = it
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
        (1..=63).contains(&it.len()) && fits
    };
    let is_host = host.contains('.') && host.len() <= 253 && host.split('.').all(is_label);
    let is_local = !local.is_empty()
        && local
            .bytes()
            .all(|it| it.is_ascii_graphic() && !b"<>\"()".contains(&it));
    (scheme.eq_ignore_ascii_case("mailto") && is_local && is_host).then(|| host.to_ascii_lowercase())
}
