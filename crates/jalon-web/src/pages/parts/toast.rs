//! What a small act that succeeded says on the page that it leads back to. The address carries which: `?done=waived`.

use jalon_domain::text::Lang;
use maud::{Markup, html};

use super::{Cx, M};
use crate::{text::t, ui::note};

/// An act that succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    /// Owner and due date were saved.
    Assigned,
    /// A file was handed in.
    Submitted,
    /// Something was approved or signed off.
    Approved,
    /// Something was refused.
    Refused,
    /// A responsibility was claimed.
    Claimed,
    /// A gap was accepted.
    Waived,
    /// A responsibility was set as not applicable.
    LeftOut,
    /// A decision was taken back.
    Revoked,
    /// A measurement was asked for.
    Queued,
    /// One was asked for that is under way already.
    Busy,
    /// A run was cancelled.
    Cancelled,
    /// A schedule was changed.
    Scheduled,
    /// A fix was approved.
    FixApproved,
    /// The approval of a fix was taken back.
    FixRevoked,
    /// The approval of a fix stands again.
    FixRestored,
}

impl Done {
    const ALL: [Self; 15] = [
        Self::Assigned,
        Self::Submitted,
        Self::Approved,
        Self::Refused,
        Self::Claimed,
        Self::Waived,
        Self::LeftOut,
        Self::Revoked,
        Self::Queued,
        Self::Busy,
        Self::Cancelled,
        Self::Scheduled,
        Self::FixApproved,
        Self::FixRevoked,
        Self::FixRestored,
    ];

    /// The word in the address.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Claimed => "claimed",
            Self::Waived => "waived",
            Self::LeftOut => "left-out",
            Self::Revoked => "revoked",
            Self::Queued => "queued",
            Self::Busy => "busy",
            Self::Cancelled => "cancelled",
            Self::Scheduled => "scheduled",
            Self::FixApproved => "fix-approved",
            Self::FixRevoked => "fix-revoked",
            Self::FixRestored => "fix-restored",
        }
    }

    fn text(self, lang: Lang) -> String {
        match self {
            Self::Assigned => t!(lang, M, "done-assigned"),
            Self::Submitted => t!(lang, M, "done-submitted"),
            Self::Approved => t!(lang, M, "done-approved"),
            Self::Refused => t!(lang, M, "done-refused"),
            Self::Claimed => t!(lang, M, "done-claimed"),
            Self::Waived => t!(lang, M, "done-waived"),
            Self::LeftOut => t!(lang, M, "done-left-out"),
            Self::Revoked => t!(lang, M, "done-revoked"),
            Self::Queued => t!(lang, M, "done-queued"),
            Self::Busy => t!(lang, M, "done-busy"),
            Self::Cancelled => t!(lang, M, "done-cancelled"),
            Self::Scheduled => t!(lang, M, "done-scheduled"),
            Self::FixApproved => t!(lang, M, "done-fix-approved"),
            Self::FixRevoked => t!(lang, M, "done-fix-revoked"),
            Self::FixRestored => t!(lang, M, "done-fix-restored"),
        }
    }

    /// The act of the word in the address.
    pub(crate) fn of(word: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|it| Some(it.word()) == word)
    }
}

/// The toast for the word in the address; nothing for a word that says nothing.
pub(crate) fn toast(lang: Lang, done: Option<&str>) -> Markup {
    html! { @if let Some(done) = Done::of(done) { (note::toast(lang, &done.text(lang), None)) } }
}

/// The same with the button that undoes the act: the form is posted to `action`.
pub(crate) fn undoable(cx: &Cx<'_>, done: Done, action: &str) -> Markup {
    note::toast_act(cx.lang, &done.text(cx.lang), cx.token, action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_say_something() {
        assert!(
            toast(Lang::Fr, Some("waived"))
                .into_string()
                .contains("Dérogation enregistrée")
        );
        assert!(toast(Lang::En, Some("<script>")).into_string().is_empty());
    }
}
