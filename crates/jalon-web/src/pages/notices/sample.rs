//! What the mock-ups' engagement was told lately.

use jalon_domain::{ids::TargetId, measure::Family, text::Text};
use jalon_service::{
    notice::{NoticePage, NoticeView},
    view::{Header, Link},
};
use jalon_store::notices::{NoticeEnd, NoticeKind};
use uuid::Uuid;

use crate::pages::overview::sample::{at, header};

/// A page with one of each kind, read and not.
pub fn sample() -> NoticePage {
    NoticePage {
        header: Header { unread: 2, ..header() },
        notices: notices(),
        next: Some(Uuid::from_u128(0x70)),
    }
}

/// Nothing was told.
pub fn empty() -> NoticePage {
    NoticePage {
        header: Header { unread: 0, ..header() },
        notices: Vec::new(),
        next: None,
    }
}

/// The notices.
pub(crate) fn notices() -> Vec<NoticeView> {
    let spf = Link::Remediation {
        family: Some(Family::Dns),
        rule: Some("SPF-02".to_owned()),
    };
    vec![
        NoticeView {
            id: Uuid::from_u128(0x74),
            kind: NoticeKind::Certificate,
            title: Text::new(
                "The certificate of mail.nord.example.com:443 expires within 14 days",
                "Le certificat de mail.nord.example.com:443 expire sous 14 jours",
            ),
            detail: Text::new(
                "Renew it, then measure again.",
                "Renouvelez-le, puis mesurez à nouveau.",
            ),
            until: Some(at("2026-12-02T00:00:00Z")),
            link: Link::Target {
                id: TargetId(Uuid::from_u128(0x31)),
            },
            at: at("2026-11-20T16:48:00Z"),
            ended_at: None,
            ended_as: None,
            read: false,
        },
        NoticeView {
            id: Uuid::from_u128(0x73),
            kind: NoticeKind::Finding,
            title: Text::new("There are two SPF records", "Il y a deux enregistrements SPF"),
            detail: Text::new(
                "SPF-02 on nord.example.com: back after a measurement had closed it",
                "SPF-02 sur nord.example.com\u{a0}: de retour après avoir été clos par une mesure",
            ),
            until: None,
            link: spf,
            at: at("2026-11-18T06:12:00Z"),
            ended_at: None,
            ended_as: None,
            read: false,
        },
        NoticeView {
            id: Uuid::from_u128(0x72),
            kind: NoticeKind::Requirement,
            title: Text::new("Publish the DNS records", "Publier les enregistrements DNS"),
            detail: Text::new(
                "No longer met: nord.example.com: 2 findings",
                "N’est plus remplie\u{a0}: nord.example.com\u{a0}: 2 constats",
            ),
            until: None,
            link: Link::Responsibility {
                id: "dns.records".parse().expect("samples hold valid ids"),
            },
            at: at("2026-11-02T06:12:00Z"),
            ended_at: Some(at("2026-11-03T08:00:00Z")),
            ended_as: Some(NoticeEnd::Well),
            read: true,
        },
        NoticeView {
            id: Uuid::from_u128(0x71),
            kind: NoticeKind::Requirement,
            title: Text::new("Keep public certificates", "Tenir les certificats publics"),
            detail: Text::new(
                "No longer met: autodiscover.nord.example.com:443: one finding (TLS-04)",
                "N’est plus remplie\u{a0}: autodiscover.nord.example.com:443\u{a0}: un constat (TLS-04)",
            ),
            until: None,
            link: Link::Responsibility {
                id: "tls.public-certs".parse().expect("samples hold valid ids"),
            },
            at: at("2026-10-20T06:12:00Z"),
            ended_at: Some(at("2026-10-22T14:30:00Z")),
            ended_as: Some(NoticeEnd::Accepted),
            read: true,
        },
        NoticeView {
            id: Uuid::from_u128(0x70),
            kind: NoticeKind::Finding,
            title: Text::new("There is no DMARC record", "Il n’y a pas d’enregistrement DMARC"),
            detail: Text::new(
                "DMARC-01 on agences.example.com: back after a measurement had closed it",
                "DMARC-01 sur agences.example.com\u{a0}: de retour après avoir été clos par une mesure",
            ),
            until: None,
            link: Link::Remediation {
                family: Some(Family::Dns),
                rule: Some("DMARC-01".to_owned()),
            },
            at: at("2026-10-12T06:12:00Z"),
            ended_at: Some(at("2026-10-13T09:05:00Z")),
            ended_as: Some(NoticeEnd::Dropped),
            read: true,
        },
    ]
}
