//! Certificates that end soon, from what the last run of each endpoint knows: at 30, 14, 7 days and one day.

use std::collections::BTreeMap;

use jalon_domain::{ids::TargetId, measure::Family, text::Text};
use jalon_store::{
    Tx,
    notices::{Notice, NoticeEnd, NoticeKind},
    runs,
    targets::Target,
};
use jiff::{SignedDuration, Timestamp};

use super::{About, News, Turn};
use crate::{Result, engagement::Picture, view::Link};

/// How many days before its end a certificate is told of, the first first.
const DAYS: [i64; 4] = [30, 14, 7, 1];

/// Returns when the next of these instants is.
pub(super) async fn tell(tx: &Tx, picture: &Picture, turn: &mut Turn) -> Result<Option<Timestamp>> {
    let endpoints: Vec<&Target> = picture.targets.iter().filter(|it| it.family == Family::Tls).collect();
    if endpoints.is_empty() {
        return Ok(None);
    }
    let runs = runs::latest_done_of(tx, picture.engagement.id, Family::Tls).await?;
    let ends: BTreeMap<TargetId, Timestamp> = runs
        .into_iter()
        .filter_map(|it| Some((it.target, it.expires_at?)))
        .collect();
    let mut next = None;
    for target in endpoints {
        let Some(until) = ends.get(&target.id).copied() else {
            continue;
        };
        let key = |days: i64| format!("certificate:{}:{days}", target.id);
        let ahead = DAYS.into_iter().filter(|days| before(until, *days) > picture.now);
        let ahead: Vec<String> = ahead.map(key).collect();
        let own = format!("certificate:{}:", target.id);
        turn.end(NoticeEnd::Well, |it| {
            ahead.contains(&it.key) || it.key.starts_with(&own) && is_renewed(it, until)
        });
        if let Some(days) = passed(until, picture.now) {
            turn.begin(news(key(days), target, until, days, picture.now));
        }
        next = [next, to_come(until, picture.now)].into_iter().flatten().min();
    }
    Ok(next)
}

/// Whether the certificate that a notice tells of gave way to one that lasts longer.
fn is_renewed(notice: &Notice, until: Timestamp) -> bool {
    About::of(notice).until.is_some_and(|it| it < until)
}

/// The last of the instants that is past.
fn passed(until: Timestamp, now: Timestamp) -> Option<i64> {
    DAYS.into_iter().rfind(|days| before(until, *days) <= now)
}

/// The first of the instants that is to come.
fn to_come(until: Timestamp, now: Timestamp) -> Option<Timestamp> {
    DAYS.into_iter().map(|days| before(until, days)).find(|it| *it > now)
}

fn before(until: Timestamp, days: i64) -> Timestamp {
    until
        .saturating_sub(SignedDuration::from_hours(24 * days))
        .unwrap_or(Timestamp::MIN)
}

fn news(key: String, target: &Target, until: Timestamp, days: i64, now: Timestamp) -> News {
    let value = &target.value;
    let title = match days {
        _ if until <= now => Text::new(
            format!("The certificate of {value} has expired"),
            format!("Le certificat de {value} a expiré"),
        ),
        1 => Text::new(
            format!("The certificate of {value} expires within a day"),
            format!("Le certificat de {value} expire sous un jour"),
        ),
        _ => Text::new(
            format!("The certificate of {value} expires within {days} days"),
            format!("Le certificat de {value} expire sous {days} jours"),
        ),
    };
    News {
        kind: NoticeKind::Certificate,
        key,
        title,
        detail: Text::new(
            "Renew it, then measure again.",
            "Renouvelez-le, puis mesurez à nouveau.",
        ),
        about: About {
            link: Link::Target { id: target.id },
            until: Some(until),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(now: &str, expected: Option<i64>, then: Option<&str>) {
        let until = "2026-12-31T12:00:00Z".parse().unwrap();
        let now = now.parse().unwrap();
        assert_eq!(passed(until, now), expected, "{now}");
        assert_eq!(to_come(until, now).map(|it| it.to_string()).as_deref(), then, "{now}");
    }

    #[test]
    fn the_last_instant_that_is_past_counts_and_the_next_is_known() {
        check("2026-12-01T11:59:59Z", None, Some("2026-12-01T12:00:00Z"));
        check("2026-12-01T12:00:00Z", Some(30), Some("2026-12-17T12:00:00Z"));
        check("2026-12-24T12:00:00Z", Some(7), Some("2026-12-30T12:00:00Z"));
        check("2026-12-30T12:00:00Z", Some(1), None);
        check("2027-01-05T00:00:00Z", Some(1), None);
    }
}
