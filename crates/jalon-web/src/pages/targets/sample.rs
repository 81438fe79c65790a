//! Targets and people of the mock-ups' engagement; an engagement without any; a form that came back; an invitation.

use jalon_domain::{evidence::Outcome, ids::PersonId, ids::TargetId, measure::Family, programme::Role, text::Text};
use jalon_service::{Level, Permission};
use uuid::Uuid;

use super::{
    form::{Done, Invitation, Person, Sent},
    list::{Member, Target, Targets},
};
use crate::{
    pages::{
        directories::sample::{source, works},
        overview::sample::{at, header},
    },
    ui::forms::Errors,
};

/// The page, as the lead of the engagement sees it.
pub fn sample() -> Targets {
    let measured = |n, value: &str, outcome, findings| Target {
        id: TargetId(Uuid::from_u128(n)),
        value: value.to_owned(),
        last: Some((outcome, at("2026-11-20T16:48:00Z"))),
        expires_at: None,
        findings,
        source: None,
    };
    let live = Target {
        value: "nord.example".to_owned(),
        source: Some(source()),
        ..measured(6, "", Outcome::Fail, 12)
    };
    let fresh = Target {
        last: None,
        findings: 0,
        ..measured(4, "vpn.nord.example.com:443", Outcome::Pass, 0)
    };
    Targets {
        header: header(),
        families: vec![
            (
                Family::Dns,
                vec![
                    measured(1, "nord.example.com", Outcome::Fail, 5),
                    measured(2, "nord.example.org", Outcome::Inconclusive, 0),
                ],
            ),
            (
                Family::Tls,
                vec![
                    Target {
                        expires_at: Some(at("2026-12-01T12:00:00Z")),
                        ..measured(3, "mail.nord.example.com:443", Outcome::Pass, 0)
                    },
                    fresh,
                ],
            ),
            (
                Family::Directory,
                vec![live, measured(5, "nord.ldif", Outcome::Fail, 26)],
            ),
        ],
        people: vec![
            member(1, "Anna Keller", Level::Contributor, &[Role::ProviderSpecialist]),
            member(
                2,
                "Claire Morel",
                Level::Lead,
                &[Role::ProjectManager, Role::ChangeManager],
            ),
            member(3, "Thomas Leroy", Level::Contributor, &[Role::NetworkEngineer]),
            Member {
                is_awaited: true,
                ..member(4, "Zoé Petit", Level::Viewer, &[])
            },
        ],
        upload_limit: 256 << 20,
    }
}

/// An engagement that measures nothing yet, as somebody sees it who may only read.
pub fn empty() -> Targets {
    let mut view = sample();
    view.families.iter_mut().for_each(|it| it.1.clear());
    view.header.may = vec![Permission::See];
    view
}

/// A page without anything sent, after an act, with something wrong, with a link to hand over.
pub fn sents() -> Vec<Sent> {
    let mut errors = Errors::none();
    let wrong = |text: [&str; 2]| Text::new(text[0], text[1]);
    errors.add(
        "domain",
        wrong([
            "nord.example.com is measured already",
            "nord.example.com est déjà mesuré",
        ]),
    );
    errors.add(
        "email",
        wrong(["This is not an e-mail address.", "Ce n’est pas une adresse."]),
    );
    let person = Person {
        name: "Paul Girard".to_owned(),
        email: "paul".to_owned(),
        level: Level::Lead.word().to_owned(),
        role: Role::SecurityLead.word().to_owned(),
    };
    let link = "https://jalon.example.org/join?key=3vQk1c9Zr0wXyT5uB7nM2aLpE8sHdF4gJ6iOqRtUvWx".to_owned();
    vec![
        Sent::default(),
        Sent {
            done: Some(Done::Removed),
            ..Sent::default()
        },
        Sent {
            domain: "nord.example.com".to_owned(),
            person,
            errors,
            ..Sent::default()
        },
        Sent {
            trial: Some((TargetId(Uuid::from_u128(6)), works())),
            ..Sent::default()
        },
        Sent {
            invitation: Some(Invitation {
                name: "Zoé Petit".to_owned(),
                link,
            }),
            ..Sent::default()
        },
    ]
}

fn member(n: u128, name: &str, level: Level, roles: &[Role]) -> Member {
    let is_provider = roles.iter().any(|it| it.is_provider());
    let domain = if is_provider {
        "partner.example.net"
    } else {
        "nord.example.com"
    };
    let local = name.to_lowercase().replace(' ', ".").replace('é', "e");
    let email = format!("{local}@{domain}");
    Member {
        id: PersonId(Uuid::from_u128(n)),
        name: name.to_owned(),
        email,
        level,
        roles: roles.to_vec(),
        is_provider,
        is_awaited: false,
        is_disabled: false,
    }
}
