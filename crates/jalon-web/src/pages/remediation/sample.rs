//! The list with the numbers of the mock-ups: with the SPF group opened, with a large directory group opened and a finding
//! about to be waived, with its fix looked at, with its fix approved, with nothing opened, and without any finding.

mod fixes;
mod seen;

use jalon_domain::{
    finding::{Fix, FixKind, FlawKind, Severity},
    ids::{RuleId, TargetId},
    measure::Family,
    text::Text,
};
use jalon_service::{
    propagation::{Form, Reached, Seen, ZonePlan},
    view::{
        common::{FindingTable, FindingTableRow},
        remediation::{
            Facets, FamilyGroups, FindingGroup, FindingView, FindingsFilter, FindingsView, OpenedGroup, Remediation,
            TargetCount,
        },
    },
};
use jiff::civil::date;
use maud::Markup;
use uuid::Uuid;

pub(crate) use self::{
    fixes::{approved, previewed},
    seen::{arrived, in_form, looking, on_its_way},
};
use super::view::{self, List};
use crate::{
    pages::{
        overview::sample::{at, header, now},
        parts::{
            Cx,
            sample::{Seen as Found, finding, people, spf, who},
            toast::Done,
        },
        target,
    },
    ui::shell::Frame,
};

/// The pages, each under the name of what it shows.
pub fn pages(frame: &Frame) -> Vec<(&'static str, Markup)> {
    let directory = directory();
    let waive = directory.opened.as_ref().map(|it| it.findings[1].id);
    let page = |remediation: &Remediation| {
        let list = List {
            remediation,
            waive: None,
            tried: None,
            done: None,
            fix: None,
        };
        render(frame, &list)
    };
    let waiving = List {
        remediation: &directory,
        waive,
        tried: None,
        done: None,
        fix: None,
    };
    let approved = approved();
    let done = List {
        remediation: &approved,
        waive: None,
        tried: None,
        done: Some(Done::FixApproved.word()),
        fix: Some(Uuid::from_u128(31)),
    };
    vec![
        ("remediation", page(&dns())),
        ("remediation-directory", render(frame, &waiving)),
        ("remediation-preview", page(&previewed())),
        ("remediation-approved", render(frame, &done)),
        ("remediation-closed", page(&closed())),
        ("remediation-none", page(&none())),
        ("remediation-form", page(&in_form())),
        ("remediation-looking", page(&looking())),
        ("remediation-arrived", page(&arrived())),
    ]
}

fn render(frame: &Frame, list: &List<'_>) -> Markup {
    let cx = Cx::new(frame, people()[0].id, now());
    view::page(frame, &cx, list)
}

fn rule(raw: &str) -> RuleId {
    raw.parse().expect("samples hold valid ids")
}

fn group(check: &str, id: &str, severity: Severity, count: usize, title: [&str; 2], subject: &str) -> FindingGroup {
    FindingGroup {
        check: check.parse().expect("samples hold valid ids"),
        rule: rule(id),
        title: Text::new(title[0], title[1]),
        severity,
        count,
        subject: subject.to_owned(),
        owner: who("Thomas"),
        due: Some(date(2026, 11, 25)),
        late: false,
        came_back: None,
        fix: Some(FixKind::Zone),
        seen: None,
    }
}

fn spf_group() -> FindingGroup {
    FindingGroup {
        seen: Some(Seen {
            state: Reached::Partly,
            seen: 3,
            of: 4,
        }),
        due: Some(date(2026, 11, 19)),
        late: true,
        came_back: Some(at("2026-11-18T06:12:00Z")),
        ..group(
            "dns.spf",
            "SPF-02",
            Severity::Blocker,
            1,
            ["Two SPF records for one domain", "Deux SPF pour le même domaine"],
            "nord.example.com",
        )
    }
}

fn names_group() -> FindingGroup {
    FindingGroup {
        owner: who("Inès"),
        due: Some(date(2026, 11, 23)),
        fix: Some(FixKind::Ldif),
        ..group(
            "directory.objects",
            "DIR-019",
            Severity::Major,
            9,
            [
                "Sign-in names hold only accepted characters",
                "Les noms de connexion n’ont que des caractères acceptés",
            ],
            "userPrincipalName",
        )
    }
}

fn families() -> Vec<FamilyGroups> {
    let family = |family, measured, groups: Vec<FindingGroup>| FamilyGroups {
        family,
        count: groups.iter().map(|it| it.count).sum(),
        measured_at: Some(at(measured)),
        groups,
    };
    vec![
        family(
            Family::Dns,
            "2026-11-20T16:48:00Z",
            vec![
                spf_group(),
                FindingGroup {
                    late: true,
                    due: Some(date(2026, 11, 12)),
                    ..group(
                        "dns.records",
                        "DNS-003",
                        Severity::Major,
                        1,
                        [
                            "Autodiscover leads to the former server",
                            "La découverte automatique mène à l’ancien serveur",
                        ],
                        "autodiscover.nord.example.com",
                    )
                },
                FindingGroup {
                    owner: None,
                    due: None,
                    ..group(
                        "dns.records",
                        "DNS-005",
                        Severity::Major,
                        1,
                        ["DKIM key selector2 is missing", "La clé DKIM selector2 est absente"],
                        "agences.example.com",
                    )
                },
            ],
        ),
        family(
            Family::Tls,
            "2026-11-20T16:48:00Z",
            vec![
                FindingGroup {
                    fix: Some(FixKind::Manual),
                    ..group(
                        "tls.certificate",
                        "TLS-002",
                        Severity::Blocker,
                        1,
                        [
                            "The certificate expires in 11 days",
                            "Le certificat expire dans 11 jours",
                        ],
                        "mail.nord.example.com:443",
                    )
                },
                FindingGroup {
                    fix: Some(FixKind::Manual),
                    ..group(
                        "tls.certificate",
                        "TLS-004",
                        Severity::Major,
                        1,
                        [
                            "The name autodiscover is missing from the certificate",
                            "Le nom autodiscover est absent du certificat",
                        ],
                        "mail.nord.example.com:443",
                    )
                },
            ],
        ),
        family(
            Family::Directory,
            "2026-11-20T14:00:00Z",
            vec![
                FindingGroup {
                    owner: who("Inès"),
                    fix: Some(FixKind::Ldif),
                    ..group(
                        "directory.objects",
                        "DIR-011",
                        Severity::Blocker,
                        4,
                        [
                            "Each address belongs to one object",
                            "Chaque adresse appartient à un seul objet",
                        ],
                        "proxyAddresses",
                    )
                },
                names_group(),
            ],
        ),
    ]
}

fn table() -> FindingTable {
    let row = |family, [blocker, major, minor, info]: [usize; 4]| FindingTableRow {
        family,
        blocker,
        major,
        minor,
        info,
        measured_at: Some(at("2026-11-20T16:48:00Z")),
    };
    FindingTable {
        rows: vec![
            row(Family::Dns, [1, 2, 2, 0]),
            row(Family::Tls, [1, 1, 1, 0]),
            row(Family::Directory, [4, 9, 9, 4]),
        ],
        fixed: 118,
        accepted: 2,
    }
}

/// What mends the zone, all of it.
fn zone_plan(form: Form) -> ZonePlan {
    ZonePlan {
        left: Vec::new(),
        ..target::sample::plan(form)
    }
}

/// Nothing is opened: the findings that hold the gate.
pub(crate) fn closed() -> Remediation {
    Remediation {
        header: header(),
        table: table(),
        views: FindingsView::ALL
            .iter()
            .copied()
            .zip([18, 34, 0, 3, 3, 2, 118])
            .collect(),
        families: families(),
        opened: None,
        facets: facets(),
        people: people(),
        filter: FindingsFilter {
            view: Some(FindingsView::Holding),
            ..FindingsFilter::default()
        },
    }
}

/// The SPF group is opened: one finding, and the lines that mend it.
pub(crate) fn dns() -> Remediation {
    let finding = spf();
    let mut page = closed();
    page.filter.open = Some("SPF-02".to_owned());
    page.opened = Some(OpenedGroup {
        group: spf_group(),
        rule_title: Text::new(
            "A domain has exactly one SPF record",
            "Un domaine a exactement un enregistrement SPF",
        ),
        source: "RFC 7208, section 3.2".to_owned(),
        remedy: Some(finding.remedy.clone()),
        fix: finding.fix.clone(),
        findings: vec![finding],
        next: None,
        responsibilities: vec![(
            "dns.records".parse().expect("samples hold valid ids"),
            "o365.enable.06".to_owned(),
        )],
        targets: vec!["nord.example.com".to_owned()],
        is_export: false,
        directories: Vec::new(),
        preview: None,
        approved: Vec::new(),
        seen: vec![on_its_way()],
        plans: vec![zone_plan(Form::Cloudflare)],
    });
    page
}

/// A directory group is opened and its owner is being changed: more findings than fit on one page.
pub(crate) fn directory() -> Remediation {
    let mut page = closed();
    page.filter = FindingsFilter {
        view: Some(FindingsView::All),
        family: Some(Family::Directory),
        open: Some("DIR-019".to_owned()),
        edit: Some("DIR-019".to_owned()),
        ..FindingsFilter::default()
    };
    page.families.retain(|it| it.family == Family::Directory);
    let findings: Vec<FindingView> = ["zoë.petit", "naïma.adel", "m üller", "jean§paul"]
        .iter()
        .zip(20..)
        .map(|(name, n)| name_finding(n, name))
        .collect();
    let text = findings
        .iter()
        .filter_map(|it| it.fix.as_ref())
        .map(|it| it.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    page.opened = Some(OpenedGroup {
        group: names_group(),
        rule_title: Text::new(
            "Sign-in names hold only accepted characters",
            "Les noms de connexion n’ont que des caractères acceptés",
        ),
        source: "learn.microsoft.com, Prepare directory attributes".to_owned(),
        remedy: Some(Text::new(
            "Replace the characters that the service refuses; tell the users their new sign-in name.",
            "Remplacez les caractères que le service refuse\u{202f}; dites aux utilisateurs leur nouveau nom de connexion.",
        )),
        fix: Some(Fix {
            kind: FixKind::Ldif,
            undo: Some(text.clone()),
            text,
            steps: None,
        }),
        findings,
        next: Some("0193".to_owned()),
        responsibilities: vec![(
            "directory.prepare".parse().expect("samples hold valid ids"),
            "o365.enable.07".to_owned(),
        )],
        targets: vec!["export.ldif".to_owned()],
        is_export: true,
        directories: vec![target(4, "export.ldif", 9)],
        preview: None,
        approved: Vec::new(),
        seen: Vec::new(),
        plans: Vec::new(),
    });
    page
}

fn target(n: u128, name: &str, count: u64) -> TargetCount {
    TargetCount {
        id: TargetId(Uuid::from_u128(n)),
        name: name.to_owned(),
        count,
    }
}

fn facets() -> Facets {
    let attributes = [("MX", 1), ("TXT", 2), ("proxyAddresses", 4), ("userPrincipalName", 9)];
    Facets {
        targets: vec![
            target(4, "export.ldif", 13),
            target(5, "mail.nord.example.com:443", 2),
            target(6, "nord.example.com", 3),
        ],
        attributes: attributes.map(|(name, count)| (name.to_owned(), count)).into(),
        errors: vec![(FlawKind::Character, 9), (FlawKind::Duplicate, 4)],
    }
}

fn name_finding(n: u128, name: &str) -> FindingView {
    let (dn, old) = (
        format!("CN={name},OU=Agences,OU=Utilisateurs,DC=nord,DC=example,DC=com"),
        format!("{name}@nord.example.com"),
    );
    let new: String = old.chars().filter(|it| it.is_ascii() && *it != ' ').collect();
    let mut it = finding(&Found {
        n,
        rule: "DIR-019",
        severity: Severity::Major,
        subject: &dn,
        attribute: Some("userPrincipalName"),
        observed: &old,
        expected: "letters, digits and ' . - _ ! # ^ ~",
        message: [
            "A sign-in name holds a character that the service refuses",
            "Un nom de connexion a un caractère que le service refuse",
        ],
        remedy: ["Replace it.", "Remplacez-le."],
    });
    let text = format!(
        "dn: {dn}\nchangetype: modify\ndelete: userPrincipalName\nuserPrincipalName: {old}\n-\nadd: userPrincipalName\n\
         userPrincipalName: {new}\n-\n"
    );
    it.fix = Some(Fix {
        kind: FixKind::Ldif,
        undo: None,
        text,
        steps: None,
    });
    it.accepted_until = (n == 20).then(|| at("2027-01-29T00:00:00Z"));
    it.owner = who("Inès");
    it
}

/// Nothing was measured yet.
pub(crate) fn none() -> Remediation {
    Remediation {
        table: FindingTable::default(),
        views: FindingsView::ALL.iter().map(|it| (*it, 0)).collect(),
        families: Vec::new(),
        ..closed()
    }
}
