//! What one server answered to one question, as it came, and for how long that may be remembered.

use std::{net::SocketAddr, time::Duration};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{self, Name, RData},
};
use jiff::{SignedDuration, Timestamp};

use super::Transport;

/// Nothing is remembered for longer than a day, whatever a zone says.
const LONGEST: u32 = 24 * 60 * 60;
/// An absence not for longer than three hours (RFC 2308, section 5).
const LONGEST_ABSENCE: u32 = 3 * 60 * 60;

/// An answer and where it came from.
pub(super) struct Reply {
    pub(super) message: Message,
    pub(super) server: SocketAddr,
    pub(super) over: Transport,
    pub(super) rtt: Duration,
    /// When it came; not known without a clock.
    pub(super) at: Option<Timestamp>,
}

impl Reply {
    /// For how long it may be remembered from when it came, in seconds (RFC 2181, 5.2; RFC 2308, 5).
    pub(super) fn lifetime(&self) -> u32 {
        let records = self.message.answers.iter().map(|it| it.ttl).min();
        let is_absence = self.message.metadata.response_code == ResponseCode::NXDomain
            || self.message.answers.is_empty()
            || self.absence().is_some();
        let absence = self.absence().unwrap_or(0).min(LONGEST_ABSENCE);
        match records {
            Some(records) if is_absence => records.min(absence),
            Some(records) => records.min(LONGEST),
            None => absence,
        }
    }

    /// How long the absence it tells may be remembered; none when it tells none, or nothing says so.
    fn absence(&self) -> Option<u32> {
        let start = |it: &rr::Record| match &it.data {
            RData::SOA(soa) => Some(it.ttl.min(soa.minimum)),
            _ => None,
        };
        self.message.authorities.iter().find_map(start)
    }

    /// How much of the lifetime is left.
    pub(super) fn left(&self, now: Option<Timestamp>) -> u32 {
        let age = match (self.at, now) {
            (Some(at), Some(now)) => u32::try_from(now.duration_since(at).as_secs()).unwrap_or(0),
            _ => 0,
        };
        self.lifetime().saturating_sub(age)
    }

    /// When it is to be forgotten.
    pub(super) fn until(&self) -> Option<Timestamp> {
        self.at?
            .checked_add(SignedDuration::from_secs(i64::from(self.lifetime())))
            .ok()
    }

    /// About how much room it takes.
    pub(super) fn weight(&self) -> usize {
        let sections = [
            &self.message.answers,
            &self.message.authorities,
            &self.message.additionals,
        ];
        let records: usize = sections.iter().map(|it| it.len()).sum();
        256 + records * 320
    }

    /// Forgets what a server of `zone` cannot know: records of other zones are for others to tell (RFC 5452, section 6).
    pub(super) fn keep_to(&mut self, zone: &Name) {
        for section in [
            &mut self.message.answers,
            &mut self.message.authorities,
            &mut self.message.additionals,
        ] {
            section.retain(|it| zone.zone_of(&it.name));
        }
    }
}
