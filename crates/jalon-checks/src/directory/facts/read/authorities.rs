//! Certificate authorities: every certificate of every object that holds some.

use jalon_wire::{entry::Entry, tls::CertificateFacts};

use crate::directory::facts::{
    Part, dn,
    gathered::Gathered,
    types::{Authority, AuthorityKind},
    value::{is_a, text},
};

pub(super) fn read(gathered: &Gathered) -> Vec<Authority> {
    let all = gathered.entries(Part::Authorities).iter();
    let mut authorities: Vec<Authority> = all.flat_map(authorities).collect();
    authorities.sort_by(|a, b| (a.kind, &a.name, a.not_after).cmp(&(b.kind, &b.name, b.not_after)));
    authorities
}

fn authorities(entry: &Entry) -> Vec<Authority> {
    let Some(kind) = kind(entry) else { return Vec::new() };
    let blank = Authority {
        name: dn::name(&entry.dn),
        kind,
        dns: text(entry, "dNSHostName"),
        subject: None,
        not_after: None,
    };
    let read = |der: &[u8]| CertificateFacts::read(der).ok();
    let certificates: Vec<CertificateFacts> = entry
        .attributes
        .values("cACertificate")
        .filter_map(|it| read(it.bytes))
        .collect();
    if certificates.is_empty() {
        return vec![blank];
    }
    let authority = |it: CertificateFacts| Authority {
        subject: Some(it.subject),
        not_after: Some(it.not_after),
        ..blank.clone()
    };
    certificates.into_iter().map(authority).collect()
}

/// By its class, or by the container that it stands in.
fn kind(entry: &Entry) -> Option<AuthorityKind> {
    if is_a(entry, "pKIEnrollmentService") {
        return Some(AuthorityKind::Enrollment);
    }
    if !is_a(entry, "certificationAuthority") {
        return None;
    }
    let container = dn::parent(&entry.dn).map(dn::name).unwrap_or_default();
    Some(match container.as_str() {
        "Certification Authorities" => AuthorityKind::Root,
        "AIA" => AuthorityKind::Intermediate,
        _ if dn::name(&entry.dn) == "NTAuthCertificates" => AuthorityKind::Logon,
        _ => AuthorityKind::Intermediate,
    })
}
