//! The form of the mock-ups' engagement: empty, tried out, refused; a directory that is connected.

use jalon_domain::{ids::TargetId, text::Text};
use jalon_service::{
    Error,
    directory::{SourceView, Trial},
};
use jalon_store::directory::sources::{BindKind, Mode, Security};
use uuid::Uuid;

use super::{form::typed, view::Sheet, write::FORM};
use crate::pages::{
    overview::sample::at,
    parts::form::{Fields, Tried},
};

/// A connected directory.
pub fn source() -> SourceView {
    SourceView {
        id: TargetId(Uuid::from_u128(6)),
        name: "nord.example".to_owned(),
        url: "ldaps://dc1.nord.example:636".to_owned(),
        security: Security::Ldaps,
        bind: BindKind::Simple,
        user: Some("svc-jalon@nord.example".to_owned()),
        has_password: true,
        bases: vec!["OU=Staff,DC=nord,DC=example".to_owned()],
        filter: None,
        roots: None,
        rate: Some(2_000),
        page: 1_000,
        mode: Mode::Strict,
        full_scan_at: Some(at("2026-11-18T02:10:00Z")),
        full_wanted: false,
        is_incremental: true,
        version: 3,
    }
}

/// It answers.
pub fn works() -> Trial {
    Trial {
        works: true,
        text: Text::new(
            "dc1.nord.example:636 is Active Directory, signed in as svc-jalon@nord.example: reads OU=Staff,DC=nord,DC=example in pages; changes can be told",
            "dc1.nord.example:636 est Active Directory, identifié comme svc-jalon@nord.example : lit OU=Staff,DC=nord,DC=example par pages ; les changements peuvent être suivis",
        ),
        warning: None,
    }
}

/// A form that was not sent, one that was tried out, one that was refused, and the one of a connected directory.
pub fn sheets() -> Vec<Sheet> {
    let refused = Error::Invalid {
        field: "roots",
        text: Text::new(
            "no certificate was found; paste the authorities’ certificates, from BEGIN to END CERTIFICATE",
            "collez les certificats des autorités, de BEGIN à END CERTIFICATE",
        ),
    };
    vec![
        Sheet::new(None, Fields::default()),
        Sheet {
            trial: Some(works()),
            ..Sheet::new(None, typed(&source()))
        },
        Sheet {
            tried: Tried::of(FORM, &typed(&source()), refused).ok(),
            ..Sheet::new(None, typed(&source()))
        },
        Sheet::new(Some(source()), typed(&source())),
    ]
}
