//! The wizard's steps: as they open, and with something wrong.

use jalon_domain::{profile::Programme, text::Text};
use jalon_service::engagement::{LeftOut, Preview};

use super::{draft::Draft, reasons::reasons, step::Step, view::Wizard};
use crate::ui::forms::Errors;

/// A step with nothing wrong.
pub fn sample(step: Step) -> Wizard {
    let typed = [
        ("organisation", "Example Nord"),
        ("start", "2026-09-07"),
        ("target", "2027-01-29"),
        ("programmes", "office365"),
        ("programmes", "ems"),
        ("services", "exchange"),
        ("services", "teams"),
        ("services", "intune"),
        ("options", "device-management"),
        ("seats", "2,340"),
        ("cloud", "gcc"),
        ("domains", "nord.example.com\r\nnord.example.org"),
        ("endpoints", "mail.nord.example.com:443"),
    ];
    let draft = Draft::sent(typed.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect());
    wizard(draft, step)
}

/// A step that came back: what is wrong is said at each field.
pub fn refused(step: Step) -> Wizard {
    let mut draft = Draft::default();
    for (name, value) in [
        ("start", "2026-09-07"),
        ("target", "2026-01-29"),
        ("seats", "many"),
        ("domains", "nord.example.com\nnord"),
        ("endpoints", "https://mail"),
    ] {
        draft.put(name, value);
    }
    let mut wizard = wizard(draft, step);
    wizard.errors = wizard.draft.check(step);
    if step == Step::Directory {
        wizard.errors.add(
            "directory",
            Text::new(
                "“nord.ldif” is empty. Choose the export again.",
                "«\u{a0}nord.ldif\u{a0}» est vide. Choisissez de nouveau l’export.",
            ),
        );
    }
    wizard
}

fn wizard(draft: Draft, step: Step) -> Wizard {
    let left_out = |id: &str, title: [&str; 2], condition: [&str; 2]| LeftOut {
        id: id.parse().expect("samples hold valid ids"),
        title: Text::new(title[0], title[1]),
        condition: Text::new(condition[0], condition[1]),
    };
    let manager = [
        "the option “Configuration Manager is in use”",
        "l’option «\u{a0}Configuration Manager est utilisé\u{a0}»",
    ];
    let migration = [
        "the option “The provider migrates the data”",
        "l’option «\u{a0}Le prestataire migre les données\u{a0}»",
    ];
    let supported = [
        "Run a supported Configuration Manager",
        "Exploiter un Configuration Manager pris en charge",
    ];
    let current = [
        "Bring Configuration Manager up to date",
        "Mettre Configuration Manager à jour",
    ];
    let preview = Preview {
        applicable: 73,
        machine: 27,
        left_out: vec![
            left_out("cm.minimum", supported, manager),
            left_out("cm.latest", current, manager),
            left_out(
                "access.grant",
                ["Grant the provider access", "Donner accès au prestataire"],
                migration,
            ),
        ],
    };
    Wizard {
        reasons: reasons(&preview.left_out, &draft.profile(), |_| None),
        preview,
        draft,
        step,
        errors: Errors::none(),
        added: vec![(Text::new("US Government", "Gouvernement américain"), 2)],
        bullets: vec![(Programme::Office365, 64), (Programme::Ems, 43)],
        upload_limit: 256 << 20,
    }
}
