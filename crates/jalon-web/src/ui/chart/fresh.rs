//! Freshness: what remains of a proof's validity, as a bar and a date.

use jalon_domain::text::Lang;
use jiff::Timestamp;
use maud::{Markup, html};

use super::fixed;
use crate::{
    text::t,
    ui::{M, dates},
};

/// How much longer a proof holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Freshness {
    /// Until then; `share` of its validity is left, between 0 and 1.
    Until {
        /// When it ends.
        end: Timestamp,
        /// What is left.
        share: f64,
    },
    /// Without end.
    Always,
    /// Ended.
    Expired,
    /// A newer measurement says otherwise.
    Contradicted,
    /// Nobody knows: the newest measurement said nothing.
    Unknown,
}

/// Under this share it is time to renew.
const LOW: f64 = 0.2;
/// The bar's width, in units of its view box.
const WIDTH: f64 = 36.0;

impl Freshness {
    /// Of evidence collected at `from` that holds until `until`.
    pub fn of(now: Timestamp, from: Timestamp, until: Option<Timestamp>) -> Self {
        let Some(end) = until else { return Self::Always };
        let (whole, left) = (
            end.duration_since(from).as_secs_f64(),
            end.duration_since(now).as_secs_f64(),
        );
        if left <= 0.0 {
            return Self::Expired;
        }
        Self::Until {
            end,
            share: if whole > 0.0 { (left / whole).min(1.0) } else { 1.0 },
        }
    }
}

/// The bar, then the date or the word.
pub fn fresh(lang: Lang, freshness: Freshness) -> Markup {
    let (class, width, words) = match freshness {
        Freshness::Until { end, share } => {
            let class = if share < LOW { "f-low" } else { "f-left" };
            let date = dates::day(lang, dates::date_of(end));
            (class, (share * WIDTH).max(3.0), t!(lang, M, "until", date = date))
        }
        Freshness::Always => return html! { span.j-dim { (t!(lang, M, "no-end")) } },
        Freshness::Expired => ("f-out", 2.0, t!(lang, M, "expired")),
        Freshness::Contradicted => ("f-out", 3.0, t!(lang, M, "contradicted")),
        Freshness::Unknown => ("f-left", 0.0, t!(lang, M, "unknown")),
    };
    html! {
        span.j-fresh {
            svg viewBox="0 0 36 6" aria-hidden="true" {
                rect.f-track width="36" height="6" rx="2" {}
                rect class=(class) width=(fixed(width)) height="6" rx="2" {}
            }
            (words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(until: Option<&str>, class: &str, words: &str) {
        let at = |raw: &str| raw.parse::<Timestamp>().unwrap();
        let until = until.map(at);
        let html = fresh(
            Lang::En,
            Freshness::of(at("2026-11-20T12:00:00Z"), at("2026-11-10T12:00:00Z"), until),
        )
        .into_string();
        assert!(html.contains(class) && html.contains(words), "{html}");
    }

    #[test]
    fn the_bar_turns_amber_under_a_fifth_and_red_at_the_end() {
        check(Some("2026-12-10T12:00:00Z"), "f-left", "until 10 Dec");
        check(Some("2026-11-21T12:00:00Z"), "f-low", "until 21 Nov");
        check(Some("2026-11-20T12:00:00Z"), "f-out", "expired");
        check(None, "j-dim", "no end date");
    }
}
