//! The frame of a page inside an engagement.

use jalon_domain::profile::Programme;
use jalon_service::{Caller, view::Header};

use crate::{
    links,
    ui::shell::{Around, Frame},
};

/// `frame` around a page of the engagement of `header`, seen by `caller`. `path` is where the page is read again: the
/// switches of language and theme come back to it, also from a form that was refused.
pub(crate) fn inside(frame: Frame, caller: &Caller, header: &Header, path: String) -> Frame {
    Frame {
        path,
        person: Some(caller.person.name.clone()),
        engagement: Some(around(header)),
        ..frame
    }
}

/// What the side bar says of an engagement.
pub(crate) fn around(header: &Header) -> Around {
    let short = |it: &Programme| match it {
        Programme::Office365 => "Office 365",
        Programme::Ems => "EMS",
    };
    Around {
        base: links::overview(header.id),
        name: header.organisation.clone(),
        caption: header.programmes.iter().map(short).collect::<Vec<_>>().join(" + "),
        responsibilities: header.counts.applicable(),
        findings: header.findings,
        gates: (header.gates_open, header.gates),
        unread: header.unread,
    }
}
