//! When something that was seen expires: in words, amber a month before and red afterwards.

use jalon_domain::text::Lang;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::M;
use crate::{text::t, ui::dates};

/// From then on it is time to renew.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// `expires on 1 Dec 2026, in 11 days`; once it is past, `expired on 1 Dec 2026`.
pub(crate) fn until(lang: Lang, now: Timestamp, at: Timestamp) -> Markup {
    let (left, day) = (at.duration_since(now), dates::day_year(lang, dates::date_of(at)));
    let is_past = left <= SignedDuration::ZERO;
    let said = if is_past {
        t!(lang, M, "expired-on", day = day)
    } else {
        t!(
            lang,
            M,
            "expires-on",
            day = day,
            span = dates::span(lang, left.as_secs())
        )
    };
    html! { time.j-late[is_past].j-soon[!is_past && left < SOON] datetime=(at) title=(dates::moment_full(lang, at)) { (said) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(at: &str, class: &str, words: &str) {
        let (now, at) = ("2026-11-20T12:00:00Z".parse().unwrap(), at.parse().unwrap());
        let html = until(Lang::En, now, at).into_string();
        assert!(
            html.contains(words)
                && html.contains("j-soon") == (class == "j-soon")
                && html.contains("j-late") == (class == "j-late"),
            "{html}"
        );
    }

    #[test]
    fn what_ends_soon_or_has_ended_is_told_by_word_and_colour() {
        check("2027-02-20T12:00:00Z", "", "expires on 20 Feb 2027, in 92 days");
        check("2026-12-01T12:00:00Z", "j-soon", "expires on 1 Dec 2026, in 11 days");
        check("2026-11-20T12:00:00Z", "j-late", "expired on 20 Nov 2026");
    }
}
