//! Who sends, and what macros say of them (RFC 7208, section 7).

use std::net::IpAddr;

use jiff::Timestamp;

use crate::dns::spf::syntax::{Letter, MacroText, Part};

/// The longest domain name as text (RFC 1035, section 3.1).
const LONGEST_NAME: usize = 253;

/// A client that hands in a message.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Its address; an IPv4 address inside an IPv6 one counts as IPv4.
    pub ip: IpAddr,
    /// The address that it gives as `MAIL FROM`; empty for a bounce.
    pub mail_from: String,
    /// The name that it greets with.
    pub helo: String,
    /// The name of the server that receives, for explanations.
    pub receiver: String,
    /// When, for explanations.
    pub now: Timestamp,
}

impl Sender {
    /// What stands before the at sign; `postmaster` when nothing does (RFC 7208, section 4.3).
    pub(super) fn local_part(&self) -> &str {
        match self.mail_from.rsplit_once('@') {
            Some((local, _)) if !local.is_empty() => local,
            _ => "postmaster",
        }
    }

    /// What stands behind it; the greeting for a bounce (RFC 7208, section 2.4).
    pub fn domain(&self) -> &str {
        match self.mail_from.rsplit_once('@') {
            Some((_, domain)) => domain,
            None if self.mail_from.is_empty() => &self.helo,
            None => &self.mail_from,
        }
    }

    pub(super) fn client(&self) -> IpAddr {
        self.ip.to_canonical()
    }
}

/// What a macro string becomes.
pub(super) struct Expansion<'a> {
    pub(super) sender: &'a Sender,
    /// The domain whose record is read.
    pub(super) domain: &'a str,
    /// The name of the client's address, when it is asked for.
    pub(super) validated: &'a str,
}

impl Expansion<'_> {
    /// A text with every macro filled in.
    pub(super) fn text(&self, text: &MacroText) -> String {
        text.parts.iter().map(|it| self.part(it)).collect()
    }

    /// A name to be asked for: without its last dot, and without labels on its left that make it too long (section 7.3).
    pub(super) fn name(&self, text: &MacroText) -> String {
        let whole = self.text(text).to_ascii_lowercase();
        let mut name = whole.strip_suffix('.').unwrap_or(&whole);
        while name.len() > LONGEST_NAME {
            let Some((_, shorter)) = name.split_once('.') else {
                break;
            };
            name = shorter;
        }
        name.to_owned()
    }

    fn part(&self, part: &Part) -> String {
        let (letter, is_escaped, keep, is_reversed, delimiters) = match part {
            Part::Literal(text) => return text.clone(),
            Part::Macro {
                letter,
                is_escaped,
                keep,
                is_reversed,
                delimiters,
            } => (*letter, *is_escaped, *keep, *is_reversed, delimiters),
        };
        let value = self.value(letter);
        let mut pieces: Vec<&str> = value.split(|it| delimiters.contains(it)).collect();
        if is_reversed {
            pieces.reverse();
        }
        let from = keep.map_or(0, |it| pieces.len().saturating_sub(it));
        let value = pieces[from..].join(".");
        if is_escaped { escaped(&value) } else { value }
    }

    fn value(&self, letter: Letter) -> String {
        let sender = self.sender;
        match letter {
            Letter::Sender => format!("{}@{}", sender.local_part(), sender.domain()),
            Letter::LocalPart => sender.local_part().to_owned(),
            Letter::SenderDomain => sender.domain().to_owned(),
            Letter::Domain => self.domain.to_owned(),
            Letter::Address => pieces(sender.client()),
            Letter::ValidatedName => self.validated.to_owned(),
            Letter::Family => family(sender.client()).to_owned(),
            Letter::Helo => sender.helo.clone(),
            Letter::ReadableAddress => sender.client().to_string(),
            Letter::Receiver => sender.receiver.clone(),
            Letter::Time => sender.now.as_second().to_string(),
        }
    }
}

/// The name under which the names of an address are (RFC 1035, section 3.5; RFC 3596, section 2.5).
pub(super) fn reverse_name(ip: IpAddr) -> String {
    let pieces = pieces(ip).to_ascii_lowercase();
    let reversed: Vec<&str> = pieces.rsplit('.').collect();
    format!("{}.{}.arpa", reversed.join("."), family(ip))
}

fn family(ip: IpAddr) -> &'static str {
    match ip {
        IpAddr::V4(_) => "in-addr",
        IpAddr::V6(_) => "ip6",
    }
}

/// The bytes of an IPv4 address, the half-bytes of an IPv6 one.
fn pieces(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => {
            let halves = it.octets().into_iter().flat_map(|it| [it >> 4, it & 0xf]);
            halves.map(|it| format!("{it:X}")).collect::<Vec<_>>().join(".")
        }
    }
}

/// Everything but unreserved characters as in a URL (RFC 3986, section 2.3).
fn escaped(text: &str) -> String {
    let byte = |it: u8| match it {
        it if it.is_ascii_alphanumeric() || b"-._~".contains(&it) => char::from(it).to_string(),
        it => format!("%{it:02X}"),
    };
    text.bytes().map(byte).collect()
}
