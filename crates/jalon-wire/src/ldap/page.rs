//! One page of a search: how it is asked for, and what the server says of the next (RFC 2696).

use super::{
    Client, LdapError, Query, ber,
    decode::Decoded,
    link::Asked,
    message::Outcome,
    request::{self, Control},
};

const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";

/// How pages are asked for. A server that cannot is asked for less, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paging {
    /// Pages of that size, or an error.
    Demanded(u32),
    /// Pages of that size, or everything at once.
    Wished(u32),
    /// Everything at once.
    Without,
}

impl Paging {
    pub(super) fn size(self) -> Option<u32> {
        match self {
            Self::Demanded(size) | Self::Wished(size) => Some(size),
            Self::Without => None,
        }
    }

    /// What to try when the server refuses the size: half of it, at last no pages at all.
    pub(super) fn smaller(self) -> Option<Self> {
        match self {
            Self::Demanded(size @ 2..) => Some(Self::Demanded(size / 2)),
            Self::Wished(size @ 2..) => Some(Self::Wished(size / 2)),
            Self::Demanded(_) | Self::Wished(_) => Some(Self::Without),
            Self::Without => None,
        }
    }

    /// What to try when the server does not know pages.
    pub(super) fn milder(self) -> Option<Self> {
        match self {
            Self::Demanded(size) => Some(Self::Wished(size)),
            Self::Wished(_) => Some(Self::Without),
            Self::Without => None,
        }
    }

    /// The control that asks for the page after this cookie.
    pub(super) fn control(self, cookie: &[u8]) -> Option<Control> {
        let size = ber::integer_element(self.size()?.into());
        Some(Control {
            oid: PAGED_RESULTS,
            critical: matches!(self, Self::Demanded(_)),
            value: Some(ber::element(ber::SEQUENCE, &[size, ber::octets(cookie)].concat())),
        })
    }
}

/// What of a page is left when its entries have been taken.
pub(super) struct Page {
    pub(super) entries: Vec<Decoded>,
    /// References to other servers among them.
    pub(super) references: u64,
    pub(super) outcome: Outcome,
}

/// Asks for a page of what lies below a base.
pub(super) async fn ask(
    client: &mut Client,
    query: &Query,
    base: &str,
    controls: &[Control],
) -> Result<Asked, LdapError> {
    let request = request::search(query, base).ok_or_else(|| LdapError::BadFilter {
        filter: query.filter.clone(),
    })?;
    client.link().ask(&request, controls).await
}

/// Reads a whole page.
pub(super) async fn read(client: &mut Client, mut asked: Asked) -> Result<Page, LdapError> {
    let (mut entries, mut references) = (Vec::new(), 0);
    loop {
        let part = client.link().part(&mut asked, "search").await?;
        entries.extend(part.entries);
        references += part.references;
        if let Some(outcome) = part.outcome {
            return Ok(Page {
                entries,
                references,
                outcome,
            });
        }
    }
}

/// The cookie of the next page; `None` after the last one.
pub(super) fn next_cookie(outcome: &Outcome) -> Option<Vec<u8>> {
    let value = outcome.control(PAGED_RESULTS)?;
    let (sequence, _) = ber::take(value, ber::SEQUENCE)?;
    let (_, rest) = ber::take(sequence, ber::INTEGER)?;
    let (cookie, _) = ber::take(rest, ber::OCTETS)?;
    (!cookie.is_empty()).then(|| cookie.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_by_size_and_cookie() {
        let control = Paging::Demanded(1_000).control(b"a").expect("pages");
        assert_eq!(control.value.map(hex::encode).as_deref(), Some("3007020203e8040161"));
        assert!(control.critical && !Paging::Wished(9).control(b"").expect("pages").critical);
        assert_eq!(Paging::Without.control(b""), None);
    }

    #[test]
    fn a_refused_page_gets_smaller_until_there_are_none() {
        let steps = std::iter::successors(Some(Paging::Demanded(9)), |it| it.smaller());
        let sizes: Vec<_> = steps.map(Paging::size).collect();
        assert_eq!(sizes, [Some(9), Some(4), Some(2), Some(1), None]);
        let steps = std::iter::successors(Some(Paging::Demanded(9)), |it| it.milder());
        assert_eq!(
            steps.collect::<Vec<_>>(),
            [Paging::Demanded(9), Paging::Wished(9), Paging::Without]
        );
    }
}
