//! The fix of a rule about directory objects: made by the fix engine from the findings of one directory, given out as
//! files, gone through by people, approved, and proved by the runs that close its findings.
//!
//! Nothing of it is stored before somebody approves it: a plan is derived from the findings as they are, each time.

mod approve;
mod compare;
mod file;
mod plan;
mod view;

use jalon_domain::{
    finding::FlawKind,
    ids::{RuleId, TargetId},
    words,
};

pub use approve::Approval;
pub use file::FixFile;
pub use view::{ApprovedFix, FixPreview, FixProof, FixedFile, Left};

words! {
    /// A file of a fix.
    FixPart {
        Changes = "changes", "Change records", "Enregistrements de modification";
        Undo = "undo", "Undo", "Annulation";
        Script = "script", "PowerShell script", "Script PowerShell";
        Review = "review", "Table for review", "Table de relecture";
    }
}

impl FixPart {
    /// The name of the file, of a rule about directory objects: `fix-dir-019.ldif`.
    pub fn file_name(self, rule: &RuleId) -> String {
        let (word, extension) = match self {
            Self::Changes => ("fix", "ldif"),
            Self::Undo => ("undo", "ldif"),
            Self::Script => ("fix", "ps1"),
            Self::Review => ("review", "csv"),
        };
        format!("{word}-{}.{extension}", rule.as_str().to_lowercase())
    }

    /// Its media type.
    const fn media_type(self) -> &'static str {
        match self {
            Self::Changes | Self::Undo => "text/x-ldif",
            Self::Script => "text/plain; charset=utf-8",
            Self::Review => "text/csv; charset=utf-8",
        }
    }
}

/// Of which of a rule's open findings the fix is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixScope {
    /// The directory; needed where several break the rule.
    pub target: Option<TargetId>,
    /// Only this attribute.
    pub attribute: Option<String>,
    /// Only values with this kind of error.
    pub error: Option<FlawKind>,
}

/// The check whose findings are mended here.
const OBJECTS: &str = "directory.objects";

/// Whether `rule` is about directory objects: then its fix is made here. Any other rule's findings bring their own.
pub(crate) fn is_of_objects(rule: &RuleId) -> bool {
    let mut checks = jalon_checks::known().into_iter();
    checks.any(|(check, rules)| check.as_str() == OBJECTS && rules.contains(rule))
}
