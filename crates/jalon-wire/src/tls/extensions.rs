//! What a certificate says in its extensions, beside names and usages.

use x509_parser::{
    certificate::X509Certificate,
    extensions::{GeneralName, ParsedExtension},
};

/// id-pe-tlsfeature (RFC 7633, 6).
const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";
/// `status_request` as an integer in DER.
const STATUS_REQUEST: [u8; 3] = [2, 1, 5];
/// id-ad-caIssuers (RFC 5280, 4.2.2.1).
const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
/// A certificate names a handful of places at most, none of them long.
const MOST_URLS: usize = 8;
const LONGEST_URL: usize = 500;

pub(super) fn timestamps(certificate: &X509Certificate<'_>) -> u32 {
    let counts = certificate.extensions().iter().map(|it| match it.parsed_extension() {
        ParsedExtension::SCT(all) => all.len(),
        _ => 0,
    });
    u32::try_from(counts.sum::<usize>()).unwrap_or(u32::MAX)
}

pub(super) fn must_staple(certificate: &X509Certificate<'_>) -> bool {
    let is_asked = |value: &[u8]| value.windows(STATUS_REQUEST.len()).any(|it| it == STATUS_REQUEST);
    certificate
        .extensions()
        .iter()
        .any(|it| it.oid.to_id_string() == TLS_FEATURE && is_asked(it.value))
}

pub(super) fn issuer_urls(certificate: &X509Certificate<'_>) -> Vec<String> {
    let access = certificate
        .extensions()
        .iter()
        .filter_map(|it| match it.parsed_extension() {
            ParsedExtension::AuthorityInfoAccess(access) => Some(access),
            _ => None,
        })
        .flat_map(|it| &it.accessdescs);
    access
        .filter(|it| it.access_method.to_id_string() == CA_ISSUERS)
        .filter_map(|it| match &it.access_location {
            GeneralName::URI(url) if url.len() <= LONGEST_URL => Some((*url).to_owned()),
            _ => None,
        })
        .take(MOST_URLS)
        .collect()
}
