//! What is said about a failure, whatever the shape: its stable word, its title, its sentence.

use std::sync::LazyLock;

use jalon_domain::text::{Lang, Messages, Text};

use super::Failure;
use crate::text::{messages, t, texts};

static M: LazyLock<Messages> = messages!();

/// A failure in words.
pub(super) struct Facts {
    /// Stable: what programs compare.
    pub(super) word: &'static str,
    /// What happened, in a few words.
    pub(super) title: Text,
    /// What it means and what to do, in a sentence or two.
    pub(super) detail: Text,
}

/// What `failure` says.
pub(super) fn facts(failure: &Failure) -> Facts {
    let (word, title, detail) = match failure {
        Failure::NotFound => ("not-found", texts!(M, "not-found"), texts!(M, "not-found-detail")),
        Failure::Forbidden { permission } => (
            "forbidden",
            texts!(M, "forbidden"),
            texts!(M, "forbidden-detail", permission = permission),
        ),
        Failure::SignedOut => ("signed-out", texts!(M, "signed-out"), texts!(M, "signed-out-detail")),
        Failure::Invalid { text, .. } => ("invalid", texts!(M, "invalid"), text.clone()),
        Failure::Stale { .. } => ("stale", texts!(M, "stale"), texts!(M, "stale-detail")),
        Failure::Conflict(text) => (
            "conflict",
            texts!(M, "conflict"),
            text.clone().unwrap_or_else(|| texts!(M, "conflict-detail")),
        ),
        Failure::TooLarge { limit } => ("too-large", texts!(M, "too-large"), too_large(*limit)),
        Failure::Throttled { seconds } => (
            "throttled",
            texts!(M, "throttled"),
            texts!(M, "throttled-detail", n = *seconds),
        ),
        Failure::Full(_) => ("full", texts!(M, "full"), texts!(M, "full-detail")),
        Failure::Unavailable(_) => ("unavailable", texts!(M, "unavailable"), texts!(M, "unavailable-detail")),
        Failure::Internal(_) => ("internal", texts!(M, "internal"), texts!(M, "internal-detail")),
        Failure::Forged => ("forged", texts!(M, "forged"), texts!(M, "forged-detail")),
        Failure::Unreadable(text) => ("unreadable", texts!(M, "unreadable"), text.clone()),
        Failure::Interrupted => ("interrupted", texts!(M, "interrupted"), texts!(M, "interrupted-detail")),
        Failure::NoSuchMethod => (
            "no-such-method",
            texts!(M, "no-such-method"),
            texts!(M, "no-such-method-detail"),
        ),
        Failure::TimedOut => ("out-of-time", texts!(M, "out-of-time"), texts!(M, "out-of-time-detail")),
    };
    Facts { word, title, detail }
}

fn too_large(limit: u64) -> Text {
    let size = |lang| match limit {
        it if it >= 1 << 20 && it % (1 << 20) == 0 => t!(lang, M, "size-mib", n = it >> 20),
        it if it >= 1 << 10 && it % (1 << 10) == 0 => t!(lang, M, "size-kib", n = it >> 10),
        it => t!(lang, M, "size-bytes", n = it),
    };
    Text {
        en: t!(Lang::En, M, "too-large-detail", limit = size(Lang::En)),
        fr: t!(Lang::Fr, M, "too-large-detail", limit = size(Lang::Fr)),
    }
}
