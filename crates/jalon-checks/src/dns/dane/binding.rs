//! Whether a TLSA record binds what a server shows (RFC 6698, section 2.1; RFC 7671, section 5; RFC 7672, section 3.1).

use jalon_wire::{
    dns::Data,
    tls::{CertificateFacts, Handshake},
};
use sha2::{Digest, Sha256};

use crate::doubt::{Doubt, Doubted};

/// One TLSA record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Binding<'a> {
    usage: u8,
    selector: u8,
    matching: u8,
    association: &'a str,
}

/// What the records together say of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// One of them binds what it shows.
    Bound,
    /// None does.
    Other,
}

/// What one record says.
enum Said {
    Yes,
    No,
    /// It cannot be told from what was seen.
    Unknown,
}

impl<'a> Binding<'a> {
    pub(super) fn read(data: &'a Data) -> Option<Self> {
        match data {
            Data::Tlsa {
                usage,
                selector,
                matching,
                association,
            } => Some(Self {
                usage: *usage,
                selector: *selector,
                matching: *matching,
                association,
            }),
            _ => None,
        }
    }

    /// Whether senders of mail can use it: usages 0 and 1 are not for them (RFC 7672, section 3.1.3), and what is unknown
    /// or of the wrong length is passed over.
    pub(super) fn is_usable(&self) -> bool {
        let digits = self.association.len();
        let fits = match self.matching {
            0 => digits > 0,
            1 => digits == 64,
            2 => digits == 128,
            _ => false,
        };
        matches!(self.usage, 2 | 3) && self.selector < 2 && fits
    }

    /// Whether it binds this certificate; `None` when its digests were not taken.
    fn binds(&self, it: &CertificateFacts) -> Option<bool> {
        let whole = self.matching == 0;
        let (expected, seen) = match (self.selector, self.matching) {
            (0, 0 | 1) => (self.digest(whole)?, it.sha256_fingerprint.as_str()),
            (0, _) => (self.association.to_owned(), it.bindings.sha512.as_str()),
            (_, 0 | 1) => (self.digest(whole)?, it.bindings.key_sha256.as_str()),
            _ => (self.association.to_owned(), it.bindings.key_sha512.as_str()),
        };
        (!seen.is_empty()).then(|| seen.eq_ignore_ascii_case(&expected))
    }

    /// The SHA-256 that it stands for: what is bound as it is, is compared by its digest.
    fn digest(&self, whole: bool) -> Option<String> {
        if !whole {
            return Some(self.association.to_owned());
        }
        let bytes = hex::decode(self.association).ok()?;
        Some(hex::encode(Sha256::digest(bytes)))
    }

    fn says(&self, seen: &Handshake) -> Said {
        match self.usage {
            // The server's own: neither its name nor its dates count (RFC 7671, section 5.1).
            3 => said(seen.chain.first().and_then(|it| self.binds(it))),
            _ => self.says_of_authorities(seen),
        }
    }

    /// An authority: it is among those that were sent, the chain holds under it, and the certificate carries the name.
    fn says_of_authorities(&self, seen: &Handshake) -> Said {
        let mut places = Vec::new();
        for (place, it) in seen.chain.iter().enumerate() {
            match self.binds(it) {
                Some(true) => places.push(place),
                Some(false) => {}
                None => return Said::Unknown,
            }
        }
        match places[..] {
            // A whole certificate need not be sent: senders have it from the record.
            [] if self.matching == 0 => Said::Unknown,
            [] => Said::No,
            // Implementations differ where the server's own is named as its authority.
            [0, ..] => Said::Unknown,
            _ if seen.name_matches && places.iter().any(|it| seen.anchored_by.contains(it)) => Said::Yes,
            _ => Said::No,
        }
    }
}

fn said(binds: Option<bool>) -> Said {
    match binds {
        Some(true) => Said::Yes,
        Some(false) => Said::No,
        None => Said::Unknown,
    }
}

/// What the records say of a server; one that binds is enough.
///
/// # Errors
/// When none binds, and one of them may.
pub(super) fn fit(bindings: &[Binding<'_>], seen: &Handshake, about: &str) -> Result<Fit, Doubted> {
    let mut is_unknown = false;
    for binding in bindings.iter().filter(|it| it.is_usable()) {
        match binding.says(seen) {
            Said::Yes => return Ok(Fit::Bound),
            Said::No => {}
            Said::Unknown => is_unknown = true,
        }
    }
    if is_unknown {
        return Err(Doubted {
            doubt: Doubt::NotShown,
            about: about.to_owned(),
        });
    }
    Ok(Fit::Other)
}
