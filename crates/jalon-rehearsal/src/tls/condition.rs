//! What can be wrong with a certificate, as data: names, dates, issuer and chain. Making it is `authority`'s.

use jiff::{SignedDuration, Timestamp};

/// What a listener's certificate looks like. Days are counted from the `now` given to the listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Nothing is wrong: 60 days left, the host's name, the whole chain.
    Sound,
    /// Ended 3 days ago.
    Expired,
    /// Ends in 11 days (and a half, so that it says 11 for half a day).
    ExpiresSoon,
    /// Begins in 2 days.
    NotYetValid,
    /// Made for `www.example.org` only.
    WrongHost,
    /// Signed by its own key, no authority involved.
    SelfSigned,
    /// Correct, but the server sends it without the intermediate certificate.
    MissingIntermediate,
    /// Made for the domain, its `mail` and its `webmail`, and not for this host: the usual fate of `autodiscover`.
    MissingName,
}

/// Who signs a certificate, and what the server sends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chain {
    Whole,
    LeafOnly,
    SelfSigned,
}

/// What the authority needs to know to make a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) names: Vec<String>,
    pub(super) from: Timestamp,
    pub(super) until: Timestamp,
    pub(super) chain: Chain,
}

/// The life of a certificate, in days: short enough for the public rules of 2026 (200 days at most).
const LIFE: i64 = 90;

impl Condition {
    /// All of them, the sound one first.
    pub const ALL: [Self; 8] = [
        Self::Sound,
        Self::Expired,
        Self::ExpiresSoon,
        Self::NotYetValid,
        Self::WrongHost,
        Self::SelfSigned,
        Self::MissingIntermediate,
        Self::MissingName,
    ];

    /// Its name in lower case, `expires-soon`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sound => "sound",
            Self::Expired => "expired",
            Self::ExpiresSoon => "expires-soon",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongHost => "wrong-host",
            Self::SelfSigned => "self-signed",
            Self::MissingIntermediate => "missing-intermediate",
            Self::MissingName => "missing-name",
        }
    }

    /// The certificate to make for that host.
    pub(super) fn request(self, host: &str, now: Timestamp) -> Request {
        let hours_left = match self {
            Self::Expired => -3 * 24,
            Self::ExpiresSoon => 11 * 24 + 12,
            Self::NotYetValid => (LIFE + 2) * 24,
            _ => 60 * 24,
        };
        Request {
            names: self.names(host),
            from: hours_after(now, hours_left - LIFE * 24),
            until: hours_after(now, hours_left),
            chain: match self {
                Self::SelfSigned => Chain::SelfSigned,
                Self::MissingIntermediate => Chain::LeafOnly,
                _ => Chain::Whole,
            },
        }
    }

    fn names(self, host: &str) -> Vec<String> {
        let domain = host.split_once('.').map_or(host, |(_, domain)| domain);
        match self {
            Self::WrongHost => vec!["www.example.org".to_owned()],
            Self::MissingName => ["", "mail.", "webmail."]
                .map(|it| format!("{it}{domain}"))
                .into_iter()
                .filter(|it| it != host)
                .collect(),
            _ => vec![host.to_owned()],
        }
    }
}

/// That many hours later, or the end of the calendar.
pub(super) fn hours_after(now: Timestamp, hours: i64) -> Timestamp {
    let end = if hours < 0 { Timestamp::MIN } else { Timestamp::MAX };
    now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_name_is_never_in_the_certificate() {
        for host in ["autodiscover.nord.example.com", "mail.nord.example.com"] {
            let request = Condition::MissingName.request(host, Timestamp::UNIX_EPOCH);
            assert!(!request.names.iter().any(|it| it == host));
            assert!(request.names.contains(&"nord.example.com".to_owned()));
        }
    }

    #[test]
    fn dates_are_relative_to_the_given_instant() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let request = Condition::ExpiresSoon.request("mail.example.com", now);
        assert_eq!(request.until.to_string(), "2026-12-02T00:00:00Z");
        assert!(Condition::NotYetValid.request("a.example.com", now).from > now);
        assert!(Condition::Expired.request("a.example.com", now).until < now);
    }

    #[test]
    fn the_end_of_the_calendar_is_not_passed() {
        let request = Condition::Sound.request("a.example.com", Timestamp::MAX);
        assert_eq!(request.until, Timestamp::MAX);
    }
}
